//! 绩效指标

use std::collections::BTreeSet;

use super::fields::{code, prose, remark, same, short, translated, words};
use super::pair::{alike, moved, pair, when};
use super::side::Side;
use super::tree::{Fate, Move, Node, What};
use crate::lang::{Lang, Words, say};
use crate::model::{Figure, Indicator, Measured, Project, Sign, Target, Term, Year};

/// Compares the indicators of a project.
pub(super) fn indicators(node: &mut Node, old: (&Side, &Project), new: (&Side, &Project)) {
    let (before, after) = (&old.1.indicators, &new.1.indicators);
    let at = |o: usize, n: usize| before.get(o).zip(after.get(n));
    let kinds = |o: &Indicator, n: &Indicator| kind(old.0, o) == kind(new.0, n);
    let pairs = pair(
        before.len(),
        after.len(),
        &[
            &|o, n| at(o, n).and_then(|(o, n)| when(kinds(o, n) && same(&o.name, &n.name))),
            &|o, n| at(o, n).and_then(|(o, n)| alike_names(o, n).filter(|_| kinds(o, n))),
            &|o, n| at(o, n).and_then(|(o, n)| when(same(&o.name, &n.name))),
            &|o, n| {
                at(o, n).and_then(|(o, n)| {
                    when(kinds(o, n) && target(old.0, &o.target) == target(new.0, &n.target))
                })
            },
        ],
    );
    let moves = moves(&pairs.kept, after, |one| kind(new.0, one));
    for &(o, n) in &pairs.kept {
        let Some((before, after)) = at(o, n) else { continue };
        let mut child = compare(old.0, before, new.0, after);
        child.moved = moves.iter().find(|one| one.0 == n).map(|one| Move::Place(one.1, one.2));
        node.child(child);
    }
    for one in pairs.removed.iter().filter_map(|index| before.get(*index)) {
        node.child(alone(old.0, one, Fate::Removed));
    }
    for one in pairs.added.iter().filter_map(|index| after.get(*index)) {
        node.child(alone(new.0, one, Fate::Added));
    }
}

/// New index, old and new place of those that changed their order among their kind, which is all that is printed.
fn moves(
    kept: &[(usize, usize)],
    after: &[Indicator],
    kind: impl Fn(&Indicator) -> Words,
) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut kinds: Vec<Words> = Vec::new();
    for indicator in after {
        let name = kind(indicator);
        if kinds.contains(&name) {
            continue;
        }
        let own: Vec<(usize, usize)> = kept
            .iter()
            .filter(|(_, n)| after.get(*n).is_some_and(|one| kind(one) == name))
            .copied()
            .collect();
        for (o, n) in moved(&own) {
            let place = |count: usize| count + 1;
            let from = place(own.iter().filter(|(other, _)| *other < o).count());
            found.push((n, from, place(own.iter().filter(|(_, other)| *other < n).count())));
        }
        kinds.push(name);
    }
    found
}

fn alike_names(old: &Indicator, new: &Indicator) -> Option<usize> {
    alike(old.name.str(Lang::Zh), new.name.str(Lang::Zh))
}

fn compare(old_side: &Side, old: &Indicator, new_side: &Side, new: &Indicator) -> Node {
    let mut node = Node::new(What::Indicator, None, words(&new.name));
    short(&mut node, &say!("名称", "name"), Some(&old.name), Some(&new.name));
    node.field(say!("指标类别", "kind"), Some(kind(old_side, old)), Some(kind(new_side, new)));
    let label = say!("指标值", "target");
    node.field(label.clone(), Some(target(old_side, &old.target)), Some(target(new_side, &new.target)));
    if let Some(note) = stricter(&old.target, &new.target) {
        remark(&mut node, &label, note);
    }
    let weight = |one: &Indicator| one.weight.map(|weight| weight.value.normalize().to_string());
    code(&mut node, say!("分值权重", "weight"), weight(old).as_ref(), weight(new).as_ref());
    prose(&mut node, say!("指标解释", "explanation"), old.explanation.as_ref(), new.explanation.as_ref());
    prose(&mut node, say!("设定依据", "basis"), old.basis.as_ref(), new.basis.as_ref());
    prose(&mut node, say!("数据来源", "source"), old.source.as_ref(), new.source.as_ref());
    prose(&mut node, say!("评（扣）分标准", "scoring"), old.scoring.as_ref(), new.scoring.as_ref());
    prose(&mut node, say!("备注", "note"), old.note.as_ref(), new.note.as_ref());
    node.field(say!("期限", "term"), Some(term(old.term)), Some(term(new.term)));
    let overall = |side: &Side, one: &Indicator| one.overall.as_ref().map(|own| target(side, own));
    let label = say!("中长期指标值", "target of the whole term");
    node.field(label, overall(old_side, old), overall(new_side, new));
    let years: BTreeSet<Year> = old.before.keys().chain(new.before.keys()).copied().collect();
    for year in years {
        let label = say!("{year}年实际水平", "reached in {year}");
        short(&mut node, &label, old.before.get(&year), new.before.get(&year));
    }
    let core = |one: &Indicator| one.core.map(|core| if core { say!("是", "yes") } else { say!("否", "no") });
    node.field(say!("核心指标", "core indicator"), core(old), core(new));
    node
}

fn term(term: Term) -> Words {
    match term {
        Term::Annual => say!("年度", "annual"),
        Term::Overall => say!("中长期", "overall"),
        Term::Both => say!("年度和中长期", "both"),
    }
}

pub(super) fn alone(side: &Side, indicator: &Indicator, fate: Fate) -> Node {
    let mut node = Node::new(What::Indicator, None, words(&indicator.name)).with(fate);
    let side_of =
        |value: Words| if fate == Fate::Removed { (Some(value), None) } else { (None, Some(value)) };
    let (old, new) = side_of(kind(side, indicator));
    node.field(say!("指标类别", "kind"), old, new);
    let (old, new) = side_of(target(side, &indicator.target));
    node.field(say!("指标值", "target"), old, new);
    node
}

/// 二级指标, by its names in the form.
fn kind(side: &Side, indicator: &Indicator) -> Words {
    let written = &indicator.kind.value;
    let found = side
        .profile
        .kind(written)
        .and_then(|(level1, kind)| side.profile.level1.get(level1)?.kinds.get(kind));
    found.map_or_else(
        || say!("{written}", "{written}"),
        |kind| Words { zh: kind.zh.clone(), en: kind.en.clone() },
    )
}

/// A target as forms print it, whatever way it was typed.
fn target(side: &Side, target: &Target) -> Words {
    let profile = &side.profile;
    match target {
        Target::Stated(text) => translated(profile, words(text)),
        Target::Measured(measured) => {
            let Measured { figure, unit, .. } = measured;
            let units = Words { zh: unit.clone(), en: measured.unit_in(Lang::En).to_owned() };
            let space = if unit.is_empty() || unit == "%" { "" } else { " " };
            let Words { zh, en } = translated(profile, units);
            Words {
                zh: format!("{}{zh}", figure.printed(Lang::Zh)),
                en: match en.starts_with(|ch: char| ch.is_ascii_digit()) {
                    true => format!("{} × {en}", figure.printed(Lang::En)),
                    false => format!("{}{space}{en}", figure.printed(Lang::En)),
                },
            }
        }
    }
}

/// Whether a target asks for more or less than before, where both are measured in the same way.
fn stricter(old: &Target, new: &Target) -> Option<Words> {
    let (Target::Measured(old), Target::Measured(new)) = (old, new) else { return None };
    if old.unit != new.unit || old.figure == new.figure {
        return None;
    }
    let tighter = match (old.figure, new.figure) {
        (Figure::One(sign, before), Figure::One(now, after)) if sign == now && before != after => {
            match sign {
                Sign::AtLeast | Sign::MoreThan => after > before,
                Sign::AtMost | Sign::LessThan => after < before,
                Sign::Equal => return None,
            }
        }
        (Figure::Range(low, high), Figure::Range(from, to)) if from >= low && to <= high => true,
        (Figure::Range(low, high), Figure::Range(from, to)) if from <= low && to >= high => false,
        _ => return None,
    };
    Some(if tighter { say!("更严", "tighter") } else { say!("放宽", "looser") })
}
