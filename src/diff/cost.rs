//! A cost line: its amount, and how that comes about.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::fields::{code, plain, prose, short, translated, words};
use super::tree::{Fate, Node, Sum, What};
use crate::compute::{CostLedger, Years};
use crate::form::Profile;
use crate::lang::{Words, say};
use crate::model::{Cost, CostBasis, Earlier, Money, Year};

/// A cost with its amounts and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Line<'l> {
    /// The index of its sub-project; `None` below the project itself.
    pub(super) parent: Option<usize>,
    /// Its index there.
    pub(super) place: usize,
    pub(super) cost: &'l Cost,
    pub(super) ledger: &'l CostLedger,
    pub(super) profile: &'l Profile,
}

/// A cost that is on one side only.
pub(super) fn alone(line: &Line<'_>, fate: Fate) -> Node {
    let id = line.cost.id.as_ref().map(|id| id.value.to_string());
    let mut node = Node::new(What::Cost, id, words(&line.cost.name)).with(fate);
    let amount = Some(line.ledger.total.amount);
    let formula = (!matches!(line.cost.amount, CostBasis::Stated(_))).then(|| formula(line));
    match fate {
        Fate::Removed => node.amount(Sum::Total, amount, None),
        _ => {
            node.amount(Sum::Total, None, amount);
            node.field(say!("算法", "how computed"), None, formula);
        }
    }
    node
}

/// Amounts of each year, on both sides.
pub(super) struct Sides<'y> {
    pub(super) old: &'y Years,
    pub(super) new: &'y Years,
}

/// Notes the total, and the years where there are several.
pub(super) fn amounts(node: &mut Node, old: Money, new: Money, years: &Sides<'_>) {
    node.amount(Sum::Total, Some(old), Some(new));
    let alone = |years: &Years| years.known.len() < 2 && years.undated.is_zero();
    if alone(years.old) && alone(years.new) {
        return;
    }
    let (old, new) = (&years.old.known, &years.new.known);
    let all: BTreeSet<Year> = old.keys().chain(new.keys()).copied().collect();
    for year in all {
        node.amount(Sum::Year(year), old.get(&year).copied(), new.get(&year).copied());
    }
}

/// Compares a cost.
pub(super) fn cost(old: &Line<'_>, new: &Line<'_>) -> Node {
    let (before, after) = (old.cost, new.cost);
    let id = |cost: &Cost| cost.id.as_ref().map(|id| id.value.to_string());
    let mut node = Node::new(What::Cost, id(after), words(&after.name));
    let years = Sides { old: &old.ledger.years, new: &new.ledger.years };
    amounts(&mut node, old.ledger.total.amount, new.ledger.total.amount, &years);
    code(&mut node, say!("编号", "id"), id(before).as_ref(), id(after).as_ref());
    short(&mut node, &say!("名称", "name"), Some(&before.name), Some(&after.name));
    how(&mut node, old, new);
    prose(&mut node, say!("测算依据", "basis of the estimate"), before.basis.as_ref(), after.basis.as_ref());
    let years: BTreeSet<Year> = before.before.keys().chain(after.before.keys()).copied().collect();
    for year in years {
        earlier(&mut node, year, before.before.get(&year), after.before.get(&year));
    }
    node
}

/// Compares what an earlier year had.
pub(super) fn earlier(node: &mut Node, year: Year, old: Option<&Earlier>, new: Option<&Earlier>) {
    let approved = |one: Option<&Earlier>| one.and_then(|one| one.approved).map(|amount| amount.value);
    let spent = |one: Option<&Earlier>| one.and_then(|one| one.spent).map(|amount| amount.value);
    node.amount(Sum::Approved(year), approved(old), approved(new));
    node.amount(Sum::Before(year), spent(old), spent(new));
}

/// Quantity, price and share; the whole formula when it is another one.
fn how(node: &mut Node, old: &Line<'_>, new: &Line<'_>) {
    match (&old.cost.amount, &new.cost.amount) {
        (CostBasis::Stated(_), CostBasis::Stated(_)) => {}
        (CostBasis::Product { price, .. }, CostBasis::Product { price: now, .. }) => {
            node.field(say!("数量", "quantity"), quantity(old), quantity(new));
            node.amount(Sum::Price, Some(price.value), Some(now.value));
        }
        (CostBasis::Share { percent, of }, CostBasis::Share { percent: now, of: other }) => {
            let share = |percent: Decimal| Some(plain(format!("{}%", percent.normalize())));
            node.field(say!("比例", "share"), share(percent.value), share(now.value));
            code(node, say!("计取基数", "share of"), Some(&of.value), Some(&other.value));
        }
        _ => node.field(say!("算法", "how computed"), Some(formula(old)), Some(formula(new))),
    }
}

fn quantity(line: &Line<'_>) -> Option<Words> {
    let CostBasis::Product { quantity, unit, .. } = &line.cost.amount else { return None };
    let number = quantity.value.normalize();
    Some(match unit.as_ref().map(|unit| translated(line.profile, words(unit))) {
        Some(Words { zh, en }) => say!("{number}{zh}", "{number} {en}"),
        None => plain(number.to_string()),
    })
}

fn formula(line: &Line<'_>) -> Words {
    match &line.cost.amount {
        CostBasis::Stated(_) => say!("直接填写", "as written"),
        CostBasis::Product { price, .. } => {
            let (quantity, price) = (quantity(line).unwrap_or_else(|| plain("")), price.value);
            let (zh, en) = (quantity.zh, quantity.en);
            let full = price.english_full();
            say!("{zh} × {price}", "{en} × {full}")
        }
        CostBasis::Share { percent, of } => {
            let (percent, of) = (percent.value.normalize(), &of.value);
            say!("{of} 的 {percent}%", "{percent}% of {of}")
        }
    }
}
