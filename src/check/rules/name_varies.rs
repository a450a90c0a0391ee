//! A name that a text writes a little differently.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::names::{LONG, Name, is_another};
use super::{short_names, title_varies};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::compute::ProjectLedger;
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Declaration, Money, Project, Text};
use crate::reading::chars::{is_han, is_numeral};
use crate::reading::quotes::{cited, holds};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::NAME_VARIES,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "名称前后不一致", en: "a name is written differently in different places" },
    what: Phrase {
        zh: "文字里手写的名称与子项目、费用、项目或单位的名称只差一两个字，或者少了开头的字，又不是另一项的名称。五个字以内的名称，只有后面的金额与该项相同，或者只差常混的字（维护、维修）时才比较。文件标题或文字里的表名与表样标题用字相同而次序不同的，也在此列。",
        en: "A name typed in Chinese differs from that of a sub-project, cost, project or unit by a character or two in one place, or lacks its beginning, and is no other item's name. Names of up to five characters are compared only where the amount behind them is the item's, or where the characters are often mixed up (维护, 维修). A title that has the words of the form's title in another order is found too.",
    },
    why: Phrase {
        zh: "同一项在各节里叫法不同，审核时会当成两项，与金额也对不上。",
        en: "A reviewer takes two spellings for two items, and cannot match them with the amounts.",
    },
    bad: "name = \"电子政务光纤租费\"\n\n[narrative]\nplan = \"电子光纤租费用于租用两条链路。\"",
    good: "[narrative]\nplan = \"{{subproject.optical-fiber.name}}用于租用两条链路。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    title_varies::check(subject, findings);
    let known = every_name(subject.declaration);
    for (index, project, ledger) in subject.projects() {
        let names = names(subject.declaration, project, ledger);
        let anchors = anchors(&names);
        let mut variants: BTreeMap<(usize, String), Vec<Span>> = BTreeMap::new();
        for text in subject.texts_of(index).filter(|text| text.passage.lang == Lang::Zh) {
            let passage = &text.passage;
            let mut found = variants_in(&passage.text, &names, &anchors);
            found.extend(short_names::variants(text, &names));
            if found.is_empty() {
                continue;
            }
            let quoted = cited(&passage.text);
            for (name, range) in found {
                let written = passage.text.get(range.clone()).unwrap_or("");
                let real = known.contains(&compared(written).iter().map(|(ch, _)| *ch).collect::<String>());
                if !real && !passage.is_computed(range.clone()) && !holds(&quoted, range.start) {
                    let places = variants.entry((name, written.to_owned())).or_default();
                    places.push(passage.span(range));
                }
            }
        }
        for ((name, written), places) in variants {
            let Some(name) = names.get(name) else { continue };
            let own = name.prose.value.trim();
            let mut finding = findings
                .finding(say!("“{written}”与名称“{own}”不一致", "`{written}` differs from the name `{own}`"));
            for place in places {
                finding = finding.label(place, say!("文字里的写法", "as the text has it"));
            }
            finding = finding.label(name.prose.place.span(), say!("名称", "the name"));
            findings.push(match &name.path {
                Some(path) => finding.help(say!(
                    "指同一项的，写成 {{{{{path}}}}}，由程序填入名称",
                    "if it is the same, write {{{{{path}}}}}, which is filled in"
                )),
                None => {
                    finding.help(say!("指同一项的，改成同样的名称", "if it is the same, write the same name"))
                }
            });
        }
    }
}

/// Every name of a declaration as it is compared.
fn every_name(declaration: &Declaration) -> BTreeSet<String> {
    let key = |text: &Text| compared(text.str(Lang::Zh)).into_iter().map(|(ch, _)| ch).collect::<String>();
    let mut known = BTreeSet::from([key(&declaration.unit.name), key(&declaration.department.name)]);
    for project in &declaration.projects {
        let costs = project.costs.iter().chain(project.subprojects.iter().flat_map(|part| &part.costs));
        known.insert(key(&project.name));
        known.extend(project.unit.iter().map(|unit| key(&unit.name)));
        known.extend(costs.map(|cost| key(&cost.name)));
        known.extend(project.subprojects.iter().map(|part| key(&part.name)));
        known.extend(project.indicators.iter().map(|indicator| key(&indicator.name)));
    }
    known
}

fn names<'n>(declaration: &'n Declaration, project: &'n Project, ledger: &ProjectLedger) -> Vec<Name<'n>> {
    let mut names: Vec<Name<'n>> = Vec::new();
    let mut seen: BTreeSet<Vec<char>> = BTreeSet::new();
    let mut add = |text: &'n Text, path: Option<String>, whole: bool, amounts: Vec<Money>| {
        let Some(prose) = text.exactly(Lang::Zh) else { return };
        let chars: Vec<char> = compared(&prose.value).into_iter().map(|(ch, _)| ch).collect();
        if chars.len() >= short_names::LEAST && seen.insert(chars.clone()) {
            names.push(Name { prose, chars, path, whole, amounts });
        }
    };
    for (subproject, own) in project.subprojects.iter().zip(&ledger.subprojects) {
        let path = format!("subproject.{}.name", subproject.id.value);
        add(&subproject.name, Some(path), true, vec![own.total.amount, own.annual]);
    }
    let below = project.subprojects.iter().flat_map(|subproject| &subproject.costs);
    let ledgers = ledger.costs.iter().chain(ledger.subprojects.iter().flat_map(|own| &own.costs));
    for (cost, own) in project.costs.iter().chain(below).zip(ledgers) {
        let path = cost.id.as_ref().map(|id| format!("cost.{}.name", id.value));
        add(&cost.name, path, true, vec![own.total.amount, own.annual]);
    }
    add(&project.name, Some("name".to_owned()), false, Vec::new());
    add(&project.unit(declaration).name, Some("unit.name".to_owned()), false, Vec::new());
    add(&declaration.department.name, Some("department.name".to_owned()), false, Vec::new());
    names
}

/// The characters of a text that make a name, with their places: brackets, quotes and spaces do not.
pub(super) fn compared(text: &str) -> Vec<(char, usize)> {
    let drop = |ch: char| matches!(ch, ' ' | '（' | '）' | '(' | ')' | '“' | '”' | '"' | '-' | '—' | '·');
    text.char_indices().filter(|(_, ch)| !drop(*ch)).map(|(at, ch)| (ch, at)).collect()
}

type Pair = (char, char);

/// How many characters a name may lack at its beginning.
const PREFIX: usize = 3;

/// The first pairs of characters by which names are found, whole (0) and without their beginning.
fn anchors(names: &[Name<'_>]) -> Vec<(Pair, usize, usize)> {
    let mut anchors = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if name.chars.len() < LONG {
            continue;
        }
        for skipped in 0..=if name.whole { PREFIX } else { 0 } {
            if let Some([first, second]) = name.chars.get(skipped..skipped + 2)
                && (skipped == 0 || name.chars.len() >= LONG + skipped)
            {
                anchors.push(((*first, *second), index, skipped));
            }
        }
    }
    anchors.sort_unstable();
    anchors
}

/// The variants in a text, with the index of the name that each varies; where two overlap, the longer.
fn variants_in(
    text: &str,
    names: &[Name<'_>],
    anchors: &[(Pair, usize, usize)],
) -> Vec<(usize, Range<usize>)> {
    let placed = compared(text);
    let chars: Vec<char> = placed.iter().map(|(ch, _)| *ch).collect();
    let mut exact: Vec<Range<usize>> = Vec::new();
    let mut near: Vec<(usize, Range<usize>)> = Vec::new();
    // Few characters of a text begin a name; their low bits leave out most others at once.
    let bit = |ch: char| 1_u128 << (u32::from(ch) & 127);
    let begin = anchors.iter().fold(0, |bits, ((first, _), ..)| bits | bit(*first));
    for (at, pair) in chars.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if begin & bit(*first) == 0 {
            continue;
        }
        let pair = (*first, *second);
        let from = anchors.partition_point(|(key, ..)| *key < pair);
        for (_, index, skipped) in anchors.iter().skip(from).take_while(|(key, ..)| *key == pair) {
            let (Some(name), Some(rest)) = (names.get(*index), chars.get(at..)) else { continue };
            let wanted = name.chars.get(*skipped..).unwrap_or_default();
            match (skipped, rest.starts_with(wanted)) {
                (0, true) => exact.push(at..at + wanted.len()),
                (0, false) => {
                    let near_name = one_edit(wanted, rest);
                    let kept =
                        near_name.filter(|length| *length >= wanted.len() || may_shorten(wanted, &chars, at));
                    near.extend(kept.map(|length| (*index, at..at + length)));
                }
                (2, true) if head_differs(&name.chars, &chars, at) => {
                    near.push((*index, at - 2..at + wanted.len()))
                }
                (_, true) if begins(&chars, at) => near.push((*index, at..at + wanted.len())),
                _ => {}
            }
        }
    }
    near.retain(|(_, range)| {
        !exact.iter().any(|known| {
            let overlaps = known.start < range.end && range.start < known.end;
            overlaps && (known.start <= range.start || known.end >= range.end)
        })
    });
    near.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    near.retain(|(_, range)| {
        range.start >= end && {
            end = range.end;
            true
        }
    });
    let byte = |at: usize| placed.get(at).map_or(text.len(), |(_, byte)| *byte);
    let close = |range: &Range<usize>| {
        let last = range.end.saturating_sub(1);
        byte(last) + placed.get(last).map_or(0, |(ch, _)| ch.len_utf8())
    };
    near.into_iter().map(|(name, range)| (name, byte(range.start)..close(&range))).collect()
}

/// Whether the two characters before `at` are the first two of a name but for one: 援疆 for 援滇.
fn head_differs(name: &[char], chars: &[char], at: usize) -> bool {
    let (Some(head), Some(own)) = (at.checked_sub(2).and_then(|from| chars.get(from..at)), name.get(..2))
    else {
        return false;
    };
    let mut differing = head.iter().zip(own).filter(|(a, b)| a != b);
    let one = differing.next().filter(|(a, b)| is_han(**a) && !is_another(**a, **b));
    one.is_some() && differing.next().is_none()
}

/// Whether fewer characters than the name's can only be the name: they begin something, and the name is no phrase
/// of several things, which a sentence may well tell in other words.
fn may_shorten(name: &[char], chars: &[char], at: usize) -> bool {
    begins(chars, at) && !name.iter().any(|ch| "和与及、".contains(*ch))
}

/// Whether something new begins at `at`: after a mark, a line break, or a word that leads in a name.
fn begins(chars: &[char], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|at| chars.get(at))
        .is_none_or(|ch| !is_han(*ch) || "为是即含括列".contains(*ch))
}

/// How many characters of `text` are `name` with one thing changed inside: one character another, or up to two
/// more or fewer.
fn one_edit(name: &[char], text: &[char]) -> Option<usize> {
    let same = name.iter().zip(text).take_while(|(a, b)| a == b).count();
    if same < 2 {
        return None;
    }
    let matches = |name_from: usize, text_from: usize, least: usize| {
        let tail = name.get(name_from..).filter(|tail| tail.len() >= least)?;
        text.get(text_from..)?.starts_with(tail).then_some(text_from + tail.len())
    };
    let changed = || {
        let (a, b) = (name.get(same)?, text.get(same)?);
        // One character behind the changed one is the name's end only where the text's word ends too.
        let ends =
            text.get(name.len()).is_none_or(|next| !is_han(*next) || "为的由按用于含共计".contains(*next));
        let length = matches(same + 1, same + 1, if ends { 1 } else { 2 })?;
        (is_han(*b) && !is_another(*a, *b)).then_some(length)
    };
    let fewer = |count: usize| {
        let gone = name.get(same..same + count)?;
        let enough = name.len() >= count * 4 && name.len() - count >= LONG - 1;
        (enough && !gone.iter().any(|ch| is_numeral(*ch))).then(|| matches(same + count, same, 1)).flatten()
    };
    let more = |count: usize| {
        let added = text.get(same..same + count)?;
        let plain = added.iter().all(|ch| is_han(*ch) && !is_numeral(*ch) && !"的和与及等类各".contains(*ch));
        (plain && name.len() >= count * 4).then(|| matches(same, same + count, 1)).flatten()
    };
    changed().or_else(|| fewer(1)).or_else(|| more(1)).or_else(|| fewer(2)).or_else(|| more(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(name: &str, text: &str) -> Option<usize> {
        let (name, text): (Vec<char>, Vec<char>) = (name.chars().collect(), text.chars().collect());
        one_edit(&name, &text)
    }

    #[test]
    fn a_name_with_one_change_is_found() {
        assert_eq!(edit("电子政务光纤租费", "电子光纤租费用于"), Some(6));
        assert_eq!(edit("电子政务光纤租费", "电子政务光纤租用费项目"), Some(9));
        assert_eq!(edit("网络安全测评服务", "网路安全测评服务"), None);
        assert_eq!(edit("信息网络安全测评", "信息网路安全测评"), Some(8));
    }

    #[test]
    fn shorter_forms_and_other_things_are_not() {
        assert_eq!(edit("数据安全专项检查项目", "数据安全专项检查"), None);
        assert_eq!(edit("政务外网改造一期运维", "政务外网改造二期运维"), None);
        assert_eq!(edit("关于市大数据中心费", "关于区大数据中心费"), None);
        assert_eq!(edit("数据运营服务项目", "数据运营的服务项目"), None);
    }
}
