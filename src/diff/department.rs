//! The department as a whole, on both sides.

use std::collections::BTreeSet;

use super::cost::earlier;
use super::fields::{code, date, plain, prose, same, short, translated, words};
use super::pair::{Pairs, pair, when};
use super::project::{self, Whole};
use super::side::{Passages, Side};
use super::tree::{Fate, Node, Sum, What};
use crate::compute::{BudgetLedger, DepartmentLedger, TaskLedger, earlier_amount};
use crate::form::Profile;
use crate::lang::say;
use crate::model::{BudgetLine, Department, Task};

/// What differs between the department on one side and on the other, or that it came or went.
pub(super) fn department(root: &mut Node, old: &Side, new: &Side) {
    let is_unread = |side: &Side| side.unread.contains("department");
    let bare = || {
        let name = say!("部门整体绩效目标", "the department as a whole");
        Node::new(What::Department, Some("department".to_owned()), name)
    };
    if is_unread(old) || is_unread(new) {
        return;
    }
    match (old.department.as_deref(), new.department.as_deref()) {
        (Some(old), Some(new)) => {
            let (before, after) = (old.passages(), new.passages());
            if let Some((was, is)) = side(old, &before).zip(side(new, &after)) {
                let mut node = bare();
                compare(&mut node, was, is);
                root.child(node);
            }
        }
        (Some(_), None) => root.child(bare().with(Fate::Removed)),
        (None, Some(_)) => root.child(bare().with(Fate::Added)),
        (None, None) => {}
    }
}

/// The department of a side, with its amounts.
#[derive(Clone, Copy)]
struct Of<'w> {
    written: &'w Department,
    ledger: &'w DepartmentLedger,
    whole: Whole<'w>,
}

fn side<'w>(side: &'w Side, passages: &'w Passages<'w>) -> Option<Of<'w>> {
    let whole = Whole {
        side,
        project: side.declaration.projects.first()?,
        ledger: side.ledger.projects.first()?,
        passages: passages.projects.first()?,
    };
    let written = side.declaration.of_department.as_deref()?;
    Some(Of { written, ledger: side.ledger.department.as_deref()?, whole })
}

fn compare(node: &mut Node, old: Of<'_>, new: Of<'_>) {
    let form = say!("表样", "form");
    code(node, form, Some(&old.written.form.value), Some(&new.written.form.value));
    let until = |one: Of<'_>| one.written.until.map(|until| until.value);
    date(node, say!("长期目标截止日期", "end of the long-term goals"), until(old), until(new));
    tasks(node, (&old.written.tasks, &old.ledger.tasks), (&new.written.tasks, &new.ledger.tasks));
    let profiles = (&old.whole.side.profile, &new.whole.side.profile);
    budget(
        node,
        (&old.written.income, &old.ledger.income),
        (&new.written.income, &new.ledger.income),
        profiles,
    );
    budget(
        node,
        (&old.written.outlay, &old.ledger.outlay),
        (&new.written.outlay, &new.ledger.outlay),
        profiles,
    );
    project::written(node, old.whole, new.whole);
    let signed = |one: Of<'_>| one.written.own.sign_off.clone();
    project::sign_off(node, signed(old).as_ref(), signed(new).as_ref());
}

fn tasks(node: &mut Node, old: (&[Task], &[TaskLedger]), new: (&[Task], &[TaskLedger])) {
    let at = |o: usize, n: usize| old.0.get(o).zip(new.0.get(n));
    let shared = |o: &Task, n: &Task| {
        let ids = |task: &Task| task.projects.iter().map(|id| id.value.clone()).collect::<BTreeSet<_>>();
        !o.projects.is_empty() && ids(o) == ids(n)
    };
    let pairs = pair(
        old.0.len(),
        new.0.len(),
        &[&|o, n| at(o, n).and_then(|(o, n)| when(same(&o.name, &n.name))), &|o, n| {
            at(o, n).and_then(|(o, n)| when(shared(o, n)))
        }],
    );
    let compared = |was: Option<usize>, is: Option<usize>| {
        let (before, after) = (was.and_then(|o| old.0.get(o)), is.and_then(|n| new.0.get(n)));
        let (past, now) = (was.and_then(|o| old.1.get(o)), is.and_then(|n| new.1.get(n)));
        let mut child = Node::new(What::Task, None, words(&after.or(before)?.name));
        let name = |one: Option<&'_ Task>| one.map(|one| one.name.clone());
        if before.is_some() && after.is_some() {
            short(&mut child, &say!("名称", "name"), name(before).as_ref(), name(after).as_ref());
        }
        let mut amount = |sum, of: fn(&TaskLedger) -> crate::model::Money| {
            child.amount(sum, past.map(of), now.map(of));
        };
        amount(Sum::Total, |own| own.amount.amount);
        amount(Sum::Fiscal, |own| own.fiscal.amount);
        amount(Sum::Other, |own| own.other.amount);
        let content = |one: Option<&'_ Task>| one.and_then(|one| one.content.clone());
        prose(&mut child, say!("主要内容", "content"), content(before).as_ref(), content(after).as_ref());
        let ids = |one: Option<&Task>| {
            let ids: Vec<&str> = one?.projects.iter().map(|id| id.value.as_str()).collect();
            (!ids.is_empty()).then(|| plain(ids.join(", ")))
        };
        child.field(say!("列入的项目", "projects"), ids(before), ids(after));
        Some(child)
    };
    children(node, &pairs, compared);
}

fn budget(
    node: &mut Node,
    old: (&[BudgetLine], &BudgetLedger),
    new: (&[BudgetLine], &BudgetLedger),
    profiles: (&Profile, &Profile),
) {
    let at = |o: usize, n: usize| old.0.get(o).zip(new.0.get(n));
    let pairs = pair(
        old.0.len(),
        new.0.len(),
        &[&|o, n| at(o, n).and_then(|(o, n)| when(o.id == n.id && o.id.is_some())), &|o, n| {
            at(o, n).and_then(|(o, n)| when(same(&o.kind, &n.kind)))
        }],
    );
    let compared = |was: Option<usize>, is: Option<usize>| {
        let (before, after) = (was.and_then(|o| old.0.get(o)), is.and_then(|n| new.0.get(n)));
        let line = after.or(before)?;
        let profile = if after.is_some() { profiles.1 } else { profiles.0 };
        let name = translated(profile, words(&line.kind));
        let mut child = Node::new(What::BudgetLine, line.id.clone(), name);
        let amount = |all: &BudgetLedger, index: Option<usize>| Some(all.lines.get(index?)?.amount);
        child.amount(Sum::Total, amount(old.1, was), amount(new.1, is));
        let all = [before, after].into_iter().flatten().flat_map(|line| line.before.keys());
        for year in all.copied().collect::<BTreeSet<_>>() {
            let of = |line: Option<&BudgetLine>| line.and_then(|line| line.before.get(&year)).copied();
            let both = |line| of(line).is_some_and(|own| own.amounts().count() > 1);
            if both(before) || both(after) {
                earlier(&mut child, year, of(before).as_ref(), of(after).as_ref());
            } else {
                let one = |line| of(line).as_ref().and_then(earlier_amount);
                child.amount(Sum::Earlier(year), one(before), one(after));
            }
        }
        Some(child)
    };
    children(node, &pairs, compared);
}

/// Puts a child below a node for each that is on both sides or on one.
fn children(node: &mut Node, pairs: &Pairs, compared: impl Fn(Option<usize>, Option<usize>) -> Option<Node>) {
    let kept = pairs.kept.iter().filter_map(|(o, n)| compared(Some(*o), Some(*n)));
    let removed = pairs.removed.iter().filter_map(|o| Some(compared(Some(*o), None)?.with(Fate::Removed)));
    let added = pairs.added.iter().filter_map(|n| Some(compared(None, Some(*n))?.with(Fate::Added)));
    kept.chain(removed).chain(added).for_each(|child| node.child(child));
}
