//! Short names that a text writes with another character. A part of the rule on names.

use std::ops::Range;

use super::names::{LONG, Name, is_another};
use crate::check::ReadText;
use crate::reading::chars::{before, is_han};
use crate::reading::words::NAMES;

/// The shortest name that is compared at all.
pub(super) const LEAST: usize = 3;

/// Where a text has a short name with one other character: before an amount that is the name's own, or with a
/// character that is often mixed up with the name's. With each the index of the name.
pub(super) fn variants(text: &ReadText<'_>, names: &[Name<'_>]) -> Vec<(usize, Range<usize>)> {
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    let short =
        || names.iter().enumerate().filter(|(_, name)| name.chars.len() < LONG && !name.amounts.is_empty());
    if short().next().is_none() {
        return found;
    }
    let whole = text.passage.text.as_str();
    for (_, token, amount, _) in text.amounts() {
        let head = whole.get(..token.range.start).unwrap_or("");
        let lead = head.trim_end_matches(|ch: char| "为是约计共需：:， ".contains(ch));
        let beside = short().filter(|(_, name)| name.amounts.contains(&amount.money));
        found.extend(beside.filter_map(|(index, name)| Some((index, tail_but_one(lead, &name.chars)?))));
    }
    for (index, name) in short() {
        for variant in mixed_up(&name.chars) {
            let places = whole.match_indices(&variant).map(|(at, own)| at..at + own.len());
            let begins = |range: &Range<usize>| {
                before(whole, range.start).is_none_or(|ch| !is_han(ch) || "为是即含括列、".contains(ch))
            };
            found.extend(places.filter(begins).map(|range| (index, range)));
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    found.dedup_by_key(|(_, range)| range.start);
    found
}

/// The end of `text` where it is a name but for one character.
fn tail_but_one(text: &str, name: &[char]) -> Option<Range<usize>> {
    let start = text.char_indices().rev().nth(name.len() - 1).map(|(at, _)| at)?;
    let mut differing = text.get(start..)?.chars().zip(name).filter(|(a, b)| a != *b);
    let (a, b) = differing.next()?;
    let one = differing.next().is_none() && is_han(a) && !is_another(a, *b);
    // 其他设备费 before the same amount is an item of its own: what it begins with stands before it.
    let begins = before(text, start).is_none_or(|ch| !is_han(ch) || "为是即含括列和与及中".contains(ch));
    (one && begins).then_some(start..text.len())
}

/// A name with one of its characters changed for one that it is often mixed up with.
fn mixed_up(name: &[char]) -> Vec<String> {
    let mut variants = Vec::new();
    for (at, own) in name.iter().enumerate() {
        for set in NAMES.mixed_up.iter().filter(|set| set.contains(*own)) {
            for other in set.chars().filter(|other| other != own) {
                variants.push(
                    name.iter()
                        .enumerate()
                        .map(|(place, ch)| if place == at { other } else { *ch })
                        .collect(),
                );
            }
        }
    }
    variants
}
