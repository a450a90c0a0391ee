//! The ledger: amounts with their derivations. All amounts are in 元, exact unless said to be rounded.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::DepartmentLedger;
use crate::model::{Id, Money, PlacedAmount, Text, Year};
use crate::source::Span;

/// Every amount of a declaration.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// One for each project of the declaration, in its order.
    pub projects: Vec<ProjectLedger>,
    /// The sums of the projects in the declaration.
    pub printed: Total,
    /// What a department states of all its projects instead.
    pub declared: Option<PlacedAmount>,
    /// What a department has over its projects, where the declaration is that of one as a whole.
    pub department: Option<Box<DepartmentLedger>>,
}

impl Ledger {
    /// What the overview states: the declared amount, or the sum of what is printed.
    pub fn stated_total(&self) -> Money {
        self.declared.map_or(self.printed.total.amount, |declared| declared.value)
    }

    /// Every amount, in its order: the sums, and of each project its costs with their years and its own lines.
    pub fn amounts(&self) -> Vec<Money> {
        let mut amounts = vec![self.printed.total.amount, self.printed.annual.amount, self.stated_total()];
        for project in &self.projects {
            for cost in project.all_costs() {
                amounts.push(cost.total.amount);
                amounts.extend(cost.years.known.values().copied());
            }
            let lines = [
                &project.total.exact,
                &project.total.rounded,
                &project.annual,
                &project.fiscal,
                &project.other,
                &project.appropriation,
                &project.carried_over,
                &project.other_annual,
            ];
            amounts.extend(lines.map(|entry| entry.amount));
        }
        amounts
    }
}

/// The sums over all projects.
#[derive(Debug, Clone)]
pub struct Total {
    /// Of all years.
    pub total: Entry,
    /// Of the declaration's year.
    pub annual: Entry,
}

/// An amount and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The amount.
    pub amount: Money,
    /// Where it comes from.
    pub from: Derivation,
}

impl Entry {
    /// Nothing, from nothing.
    pub(super) fn zero() -> Entry {
        Entry { amount: Money::ZERO, from: Derivation::Sum(Vec::new()) }
    }
}

/// How an amount came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derivation {
    /// It is written in a file.
    Stated(Span),
    /// Nothing is written, which means none.
    Absent,
    /// 数量 × 单价
    Product {
        /// How many.
        quantity: Decimal,
        /// Of what.
        unit: Option<Text>,
        /// 单价
        price: Money,
    },
    /// A share of another amount.
    Share {
        /// In a hundred.
        percent: Decimal,
        /// What it is a share of.
        of: Text,
        /// The amount of that.
        base: Money,
    },
    /// A sum.
    Sum(Vec<Term>),
    /// The sum of amounts by year.
    Years(BTreeMap<Year, Money>),
    /// Rounded half away from zero to a multiple of `step`.
    Rounded {
        /// The exact amount.
        exact: Money,
        /// The step.
        step: Money,
    },
    /// What is left of a whole.
    Remainder {
        /// The whole.
        whole: Money,
        /// What is taken from it.
        less: Vec<(Source, Money)>,
    },
}

/// One summand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name.
    pub name: Text,
    /// Its amount.
    pub amount: Money,
}

/// A source of funds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// 财政资金
    Fiscal,
    /// 当年财政拨款
    Appropriation,
    /// 上年结转资金
    CarriedOver,
    /// 其他资金
    Other,
}

/// Amounts by year, and what is of years whose split is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Years {
    /// Of each year that is known, ascending.
    pub known: BTreeMap<Year, Money>,
    /// Of the other years together.
    pub undated: Money,
}

impl Default for Years {
    fn default() -> Years {
        Years { known: BTreeMap::new(), undated: Money::ZERO }
    }
}

impl Years {
    pub(super) fn one(year: Year, amount: Money) -> Years {
        Years { known: BTreeMap::from([(year, amount)]), undated: Money::ZERO }
    }

    /// Of all years; `None` when that is too much.
    pub(super) fn total(&self) -> Option<Money> {
        Money::sum(self.known.values().copied().chain([self.undated]))
    }

    /// Adds other amounts year by year; `None` when one is too much.
    pub(super) fn add(&mut self, other: &Years) -> Option<()> {
        for (year, amount) in &other.known {
            let own = self.known.entry(*year).or_insert(Money::ZERO);
            *own = own.plus(*amount)?;
        }
        self.undated = self.undated.plus(other.undated)?;
        Some(())
    }

    pub(super) fn each(self, mut change: impl FnMut(Money) -> Money) -> Years {
        let known = self.known.into_iter().map(|(year, amount)| (year, change(amount))).collect();
        Years { known, undated: change(self.undated) }
    }
}

/// The amounts of one project.
#[derive(Debug, Clone)]
pub struct ProjectLedger {
    /// Its own costs.
    pub costs: Vec<CostLedger>,
    /// Its sub-projects.
    pub subprojects: Vec<SubprojectLedger>,
    /// Its sources of funds, as the project lists them.
    pub sources: Vec<SourceLedger>,
    /// The exact sum of each year.
    pub years: Years,
    /// 项目资金总额
    pub total: RoundedTotal,
    /// 年度资金申请总额, rounded like the total.
    pub annual: Entry,
    /// 财政资金
    pub fiscal: Entry,
    /// 财政资金, of the declaration's year: what is carried over among it.
    pub fiscal_annual: Entry,
    /// 其他资金, of all years.
    pub other: Entry,
    /// 当年财政拨款
    pub appropriation: Entry,
    /// 上年结转资金
    pub carried_over: Entry,
    /// 其他资金, of the declaration's year.
    pub other_annual: Entry,
}

impl ProjectLedger {
    /// Its costs and those of its sub-projects.
    pub fn all_costs(&self) -> impl Iterator<Item = &CostLedger> {
        self.costs.iter().chain(self.subprojects.iter().flat_map(|own| &own.costs))
    }
}

/// A project's total before and after its one rounding.
#[derive(Debug, Clone)]
pub struct RoundedTotal {
    /// The exact sum.
    pub exact: Entry,
    /// What is declared; the exact sum again when nothing is rounded.
    pub rounded: Entry,
}

impl RoundedTotal {
    /// Whether rounding changed the amount.
    pub fn is_rounded(&self) -> bool {
        self.exact.amount != self.rounded.amount
    }
}

/// What a source of funds gives.
#[derive(Debug, Clone)]
pub struct SourceLedger {
    /// In all years.
    pub total: Entry,
    /// In the declaration's year.
    pub annual: Entry,
}

/// The amounts of a sub-project.
#[derive(Debug, Clone)]
pub struct SubprojectLedger {
    /// Its costs.
    pub costs: Vec<CostLedger>,
    /// Of all years.
    pub total: Entry,
    /// Of the declaration's year.
    pub annual: Money,
    /// Of each year.
    pub years: Years,
}

/// The amounts of a cost.
#[derive(Debug, Clone)]
pub struct CostLedger {
    /// Of all years.
    pub total: Entry,
    /// Of the declaration's year.
    pub annual: Money,
    /// Of each year.
    pub years: Years,
}

impl ProjectLedger {
    /// The ledger of the sub-project `id`, with the same index as in the project.
    pub fn subproject<'l>(
        &'l self,
        project: &crate::model::Project,
        id: &Id,
    ) -> Option<&'l SubprojectLedger> {
        let index = project.subprojects.iter().position(|subproject| subproject.id.value == *id)?;
        self.subprojects.get(index)
    }
}
