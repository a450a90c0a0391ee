//! What became of a project, on both sides.

use super::fields::{code, plain, prose, same, short, words};
use super::pair::{pair, when};
use super::tree::{Fate, Node, Sum, What};
use crate::lang::{Words, say};
use crate::model::{Grade, IndicatorOutcome, Outcome, PlacedAmount, Spending, Text};

/// Compares the results of a project; on one side there may be none.
pub(super) fn outcome(node: &mut Node, old: Option<&Outcome>, new: Option<&Outcome>) {
    let labels = [
        say!("目标完成情况", "what became of the goal"),
        say!("实施过程", "process"),
        say!("评价结论", "conclusion"),
        say!("存在问题", "problems"),
        say!("改进措施", "measures"),
    ];
    for (label, (old, new)) in labels.into_iter().zip(texts(old).into_iter().zip(texts(new))) {
        prose(node, label, old, new);
    }
    let reason = |one: Option<&'_ Outcome>| one.and_then(|one| one.execution.reason.clone());
    prose(
        node,
        say!("预算执行的原因", "reason of the execution"),
        reason(old).as_ref(),
        reason(new).as_ref(),
    );
    let score = |one: Option<&Outcome>| {
        one.and_then(|one| one.execution.score).map(|own| own.value.normalize().to_string())
    };
    code(node, say!("预算执行得分", "score of the execution"), score(old).as_ref(), score(new).as_ref());
    spending(node, old.map_or(&[], |one| &one.spending), new.map_or(&[], |one| &one.spending));
    indicators(node, old.map_or(&[], |one| &one.indicators), new.map_or(&[], |one| &one.indicators));
}

fn texts(outcome: Option<&Outcome>) -> [Option<&Text>; 5] {
    outcome
        .map(|one| {
            [&one.achieved, &one.process, &one.conclusion, &one.problems, &one.measures].map(Option::as_ref)
        })
        .unwrap_or_default()
}

fn spending(node: &mut Node, old: &[Spending], new: &[Spending]) {
    let at = |o: usize, n: usize| old.get(o).zip(new.get(n));
    let pairs = pair(
        old.len(),
        new.len(),
        &[&|o, n| at(o, n).and_then(|(o, n)| when(o.source.value == n.source.value))],
    );
    let compared = |old: Option<&Spending>, new: Option<&Spending>| {
        let id = new.or(old).map(|own| own.source.value.clone()).unwrap_or_default();
        let mut child = Node::new(What::Spending, Some(id.clone()), plain(id));
        let mut amount = |sum, of: fn(&Spending) -> Option<PlacedAmount>| {
            child.amount(sum, old.and_then(of).map(|own| own.value), new.and_then(of).map(|own| own.value));
        };
        amount(Sum::Start, |own| own.start);
        amount(Sum::Adjusted, |own| own.adjusted);
        amount(Sum::Spent, |own| own.spent);
        child
    };
    for (o, n) in &pairs.kept {
        node.child(compared(old.get(*o), new.get(*n)));
    }
    pairs.removed.iter().for_each(|o| node.child(compared(old.get(*o), None).with(Fate::Removed)));
    pairs.added.iter().for_each(|n| node.child(compared(None, new.get(*n)).with(Fate::Added)));
}

fn indicators(node: &mut Node, old: &[IndicatorOutcome], new: &[IndicatorOutcome]) {
    let at = |o: usize, n: usize| old.get(o).zip(new.get(n));
    let pairs =
        pair(old.len(), new.len(), &[&|o, n| at(o, n).and_then(|(o, n)| when(same(&o.name, &n.name)))]);
    for (before, after) in pairs.kept.iter().filter_map(|(o, n)| at(*o, *n)) {
        node.child(result(Some(before), Some(after)));
    }
    let (removed, added) = (pairs.removed.iter(), pairs.added.iter());
    removed
        .filter_map(|o| old.get(*o))
        .for_each(|one| node.child(result(Some(one), None).with(Fate::Removed)));
    added.filter_map(|n| new.get(*n)).for_each(|one| node.child(result(None, Some(one)).with(Fate::Added)));
}

fn result(old: Option<&IndicatorOutcome>, new: Option<&IndicatorOutcome>) -> Node {
    let name = new.or(old).map_or_else(|| plain(""), |own| words(&own.name));
    let mut node = Node::new(What::Result, None, name);
    let actual = |one: Option<&'_ IndicatorOutcome>| one.and_then(|one| one.actual.clone());
    short(&mut node, &say!("实际完成值", "actual value"), actual(old).as_ref(), actual(new).as_ref());
    let grade =
        |one: Option<&IndicatorOutcome>| one.and_then(|one| one.grade).map(|grade| named(grade.value));
    node.field(say!("等级", "grade"), grade(old), grade(new));
    type Number = fn(&IndicatorOutcome) -> Option<rust_decimal::Decimal>;
    let mut number = |label: Words, of: Number| {
        let written =
            |one: Option<&IndicatorOutcome>| one.and_then(of).map(|own| plain(own.normalize().to_string()));
        node.field(label, written(old), written(new));
    };
    number(say!("分值", "weight"), |own| own.weight.map(|own| own.value));
    number(say!("计分比例", "share"), |own| own.share.map(|own| own.value));
    number(say!("得分", "score"), |own| own.score.map(|own| own.value));
    let reason = |one: Option<&'_ IndicatorOutcome>| one.and_then(|one| one.reason.clone());
    prose(&mut node, say!("偏差原因", "reason"), reason(old).as_ref(), reason(new).as_ref());
    node
}

fn named(grade: Grade) -> Words {
    match grade {
        Grade::Met => say!("达成", "met"),
        Grade::Partly => say!("部分达成", "partly met"),
        Grade::Not => say!("未达成", "not met"),
    }
}
