//! The wholes of all projects, which the texts of each may name.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::compute::{Ledger, ProjectLedger};
use crate::model::Money;

/// The total and the year's request of every project, ascending: a declaration may have thousands.
#[derive(Debug, Clone, Default)]
pub struct Wholes(Arc<[Money]>);

/// The wholes of all projects but one.
#[derive(Debug, Clone, Default)]
pub struct Others {
    all: Wholes,
    own: Vec<Money>,
}

impl Wholes {
    /// Those of a declaration.
    pub fn of(ledger: &Ledger) -> Wholes {
        let mut all: Vec<Money> = ledger.projects.iter().flat_map(of_project).collect();
        all.sort_unstable();
        Wholes(all.into())
    }

    /// Those of all projects but this one.
    pub fn but(&self, project: &ProjectLedger) -> Others {
        Others { all: self.clone(), own: of_project(project).to_vec() }
    }

    fn between(&self, least: Decimal, most: Decimal) -> &[Money] {
        let from = self.0.partition_point(|money| money.yuan() < least);
        let to = self.0.partition_point(|money| money.yuan() <= most);
        self.0.get(from..to).unwrap_or_default()
    }
}

impl Others {
    /// Whether another project has this whole.
    pub(super) fn has(&self, money: Money) -> bool {
        let count = self.all.between(money.yuan(), money.yuan()).len();
        count > self.own.iter().filter(|own| **own == money).count()
    }

    /// Those that an amount as written may stand for: no word for "about" reaches further than a tenth, and no missing
    /// decimal further than 100元.
    pub(super) fn near(&self, money: Money) -> impl Iterator<Item = Money> {
        let reach = (money.yuan() / Decimal::TEN).max(Decimal::ONE_HUNDRED);
        let near = self.all.between(money.yuan() - reach, money.yuan() + reach).iter().copied();
        near.filter(|money| self.has(*money))
    }
}

fn of_project(ledger: &ProjectLedger) -> [Money; 2] {
    [ledger.total.rounded.amount, ledger.annual.amount]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(all: &[i64], own: &[i64]) -> Others {
        let money = |yuan: &[i64]| -> Vec<Money> {
            yuan.iter().filter_map(|yuan| Money::parse(&format!("{yuan}元")).ok()).collect()
        };
        Others { all: Wholes(money(all).into()), own: money(own) }
    }

    #[test]
    fn a_whole_of_its_own_counts_only_where_another_project_has_it_too() {
        let yuan = |yuan: i64| Money::parse(&format!("{yuan}元")).unwrap();
        let found = others(&[100, 200, 200, 300, 300], &[200, 300, 300]);
        assert!(
            found.has(yuan(100)) && found.has(yuan(200)) && !found.has(yuan(300)) && !found.has(yuan(400))
        );
        assert_eq!(found.near(yuan(250)).collect::<Vec<_>>(), [yuan(200), yuan(200)]);
    }
}
