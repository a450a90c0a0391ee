//! Parts that add up exactly, but not as they are printed.

use std::ops::Range;

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject, meets};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::Money;

pub(super) static RULE: Rule = Rule {
    code: code::PRINTED_PARTS_DIFFER,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "印出的各部分相加不等于总额",
        en: "printed parts do not add up to the printed total",
    },
    what: Phrase {
        zh: "一段文字里的总额和各部分是取整后印出的：准确的数相加正好等于总额，印出的数相加却不等。",
        en: "A text rounds a total and its parts for printing: the exact parts add up to the total, the printed ones do not.",
    },
    why: Phrase {
        zh: "读者只看得到印出的数，相加不符就会退回。",
        en: "A reader sees only what is printed, and sends back what does not add up.",
    },
    bad: "budget = \"年度预算1.00万元，其中设备0.33万元、资料0.33万元、交通0.33万元。\"",
    good: "budget = \"年度预算10033.50元，其中设备3344.50元、资料3344.50元、交通3344.50元。\"",
    source: Phrase {
        zh: "算术；已公开申报中的错误", en: "arithmetic; mistakes in published declarations"
    },
    check,
};

/// No list of parts is longer.
const MOST: usize = 60;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let list = printed(subject, text);
        let mut next = 0;
        for (at, whole) in list.iter().enumerate() {
            if at < next {
                continue;
            }
            let after = list.get(at + 1..).unwrap_or_default();
            let before = list.get(..at).unwrap_or_default();
            let items = subject.facts_of(text).map_or(0, |facts| facts.items);
            if let Some(count) = parts(whole, after.iter()).or_else(|| all_items(whole, after, items)) {
                report(text, whole, after.get(..count).unwrap_or_default(), findings);
                next = at + count + 1;
            } else if let Some(count) = parts(whole, before.iter().rev()) {
                report(text, whole, before.get(at - count..).unwrap_or_default(), findings);
            }
        }
    }
}

/// An amount as it is printed, and as it is.
struct Printed {
    range: Range<usize>,
    shown: Money,
    exact: Option<Money>,
}

fn printed(subject: &Subject<'_>, text: &ReadText<'_>) -> Vec<Printed> {
    let Some(facts) = subject.facts_of(text) else { return Vec::new() };
    let amounts = text.amounts().filter(|(_, _, amount, _)| amount.per.is_empty());
    let exact = |range: &Range<usize>, amount: &crate::reading::Amount| {
        if amount.about.is_some() || amount.in_range {
            return None;
        }
        let taken = text.passage.taken().find(|taken| taken.range.contains(&range.start));
        let known = facts.named.iter().map(|known| known.money);
        let nearest = || {
            known
                .filter(|money| meets(amount, *money).is_some())
                .min_by_key(|money| money.apart(amount.money))
        };
        taken.map(|taken| taken.amount).or_else(nearest)
    };
    amounts
        .map(|(_, token, amount, _)| Printed {
            range: token.range.clone(),
            shown: amount.money,
            exact: exact(&token.range, amount),
        })
        .collect()
}

/// How many of the amounts beside a whole are its parts exactly, and not as they are printed.
fn parts<'p>(whole: &Printed, beside: impl Iterator<Item = &'p Printed>) -> Option<usize> {
    let target = whole.exact?;
    let (mut sum, mut shown) = (Money::ZERO, Money::ZERO);
    for (index, part) in beside.take(MOST).enumerate() {
        sum = sum.plus(part.exact?)?;
        shown = shown.plus(part.shown)?;
        if sum > target {
            return None;
        }
        if sum == target && index > 0 {
            return (shown != whole.shown).then_some(index + 1);
        }
    }
    None
}

/// How many amounts beside a whole are all its items, where each is printed with fewer decimals than it has: which is which
/// does not matter then.
fn all_items(whole: &Printed, beside: &[Printed], items: usize) -> Option<usize> {
    let row =
        beside.get(..items).filter(|row| row.len() > 1 && row.iter().all(|part| part.exact.is_some()))?;
    let shown = Money::sum(row.iter().map(|part| part.shown))?;
    let rounded = row.iter().any(|part| part.exact != Some(part.shown));
    // Half of 0.01万元 for each.
    let most = Money::from_yuan((50 * i64::try_from(items).ok()?).into())?;
    (whole.exact.is_some() && rounded && shown != whole.shown && shown.apart(whole.shown) <= most)
        .then_some(items)
}

fn report(text: &ReadText<'_>, whole: &Printed, parts: &[Printed], findings: &mut Findings<'_>) {
    let (Some(first), Some(exact)) = (parts.first(), whole.exact) else { return };
    let Some(shown) = Money::sum(parts.iter().map(|part| part.shown)) else { return };
    let stated = whole.shown;
    let finding = findings.finding(say!(
        "印出的各部分相加为{shown}，印出的总额是{stated}",
        "the printed parts add up to {shown}, and the printed total is {stated}"
    ));
    findings.push(
        finding
            .at(text.passage.span(first.range.clone()))
            .label(text.passage.span(whole.range.clone()), say!("总额", "the total"))
            .help(say!(
                "总额准确为{exact}；总额和各部分多印几位小数，或以元为单位",
                "the exact total is {exact}; print total and parts with more decimals, or in 元"
            )),
    );
}
