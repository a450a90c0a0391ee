//! A sign that says the opposite of what is wanted: a cost of at least so much, a satisfaction of at most so much.

use crate::check::indicator::{Item, has_any, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Figure, Sign};
use crate::reading::words::indicators::{WORDS, ends_with, holds};

pub(super) static RULE: Rule = Rule {
    code: code::SIGN_AGAINST_SENSE,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "指标值的符号与含义相反", en: "the sign says the opposite of what is wanted"
    },
    what: Phrase {
        zh: "越少越好的指标（成本、故障、投诉、差错、处理时间）用了“≥”，或越多越好的指标（数量、覆盖率、合格率、满意度）用了“≤”。",
        en: "What should be little (costs, faults, complaints, errors, time to repair) has `≥`, or what should be much (quantities, coverage, pass rates, satisfaction) has `≤`.",
    },
    why: Phrase {
        zh: "照字面理解，做得越差越算完成。",
        en: "Taken at its word, the worse the result, the better the target is met.",
    },
    bad: "name = \"用户投诉次数\"\ntarget = \"≥ 3.00 次\"",
    good: "name = \"用户投诉次数\"\ntarget = \"≤ 3.00 次\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

/// What the sign should be, by the indicator's name and kind; `None` when the words do not say.
fn wanted(item: &Item<'_>) -> Option<Wanted> {
    let (lang, name) = item.own_name();
    if lang == Lang::En {
        return wanted_en(item, &name.to_lowercase());
    }
    let words = &WORDS.sense;
    // 节约费用, 查处违规起数: what is done about it should be much, and what is saved is a benefit.
    if item.is_benefit() && ends_with(name, &words.costs) || holds(name, &words.handled) {
        return if ends_with(name, &words.much) { Some(Wanted::Much) } else { timed(name) };
    }
    let little = ends_with(without_counting(name), &words.little) || ends_with(name, &words.costs);
    if little || timed(name).is_some() {
        return Some(Wanted::Little);
    }
    if holds(name, &words.limited) || holds(name, &words.little) {
        return None;
    }
    let much = ends_with(name, &words.much) || (item.is_quantity() && ends_with(name, &words.quantities));
    much.then_some(Wanted::Much)
}

/// 故障处理时间: the time that a task takes should be short.
fn timed(name: &str) -> Option<Wanted> {
    let words = &WORDS.sense;
    let mut tasks = words.times.iter().filter_map(|end| name.strip_suffix(end.as_str()));
    tasks.any(|task| ends_with(task, &words.tasks)).then_some(Wanted::Little)
}

/// The name without the words of counting at its end: 投诉起数, 投诉率.
fn without_counting(mut name: &str) -> &str {
    let longest = |name: &str| {
        let ends = WORDS.sense.counted.iter().filter(|end| name.ends_with(end.as_str()));
        ends.map(String::len).max()
    };
    while let Some(shorter) = longest(name).and_then(|len| name.get(..name.len() - len)) {
        name = shorter;
    }
    name
}

fn wanted_en(item: &Item<'_>, name: &str) -> Option<Wanted> {
    let words = &WORDS.sense;
    let has = |words: &[String]| has_any(name, words);
    if has(&words.handled_english) {
        return None;
    }
    if item.is_cost() && has(&words.cost_english) || has(&words.little_english) {
        return Some(Wanted::Little);
    }
    let much = has(&words.much_english) || (item.is_quantity() && name.starts_with("number of "));
    much.then_some(Wanted::Much)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Little,
    Much,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some(measure) = item.measure().filter(|measure| measure.sure) else { continue };
        let Figure::One(sign, _) = measure.figure else { continue };
        let stated = match sign {
            Sign::AtLeast | Sign::MoreThan => Wanted::Much,
            Sign::AtMost | Sign::LessThan => Wanted::Little,
            Sign::Equal => continue,
        };
        let Some(wanted) = wanted(&item).filter(|wanted| *wanted != stated) else { continue };
        let (zh, en, sign) = (item.name(Lang::Zh), item.name(Lang::En), sign.symbol());
        let finding = match wanted {
            Wanted::Little => findings.finding(say!(
                "“{zh}”应不超过目标，指标值却用“{sign}”",
                "`{en}` should stay within its target, but that has `{sign}`"
            )),
            Wanted::Much => findings.finding(say!(
                "“{zh}”应不低于目标，指标值却用“{sign}”",
                "`{en}` should reach its target, but that has `{sign}`"
            )),
        };
        let finding = finding
            .label(measure.prose.place.span(), say!("指标值", "the target"))
            .label(item.indicator.name.span(), say!("指标名称", "the indicator"));
        findings.push(match wanted {
            Wanted::Little => finding.help(say!(
                "用“≤”；确实要多的，在名称中说明，如“节约额”“处理率”",
                "use `≤`; if more of it is wanted, let the name say so, such as the amount saved"
            )),
            Wanted::Much => finding.help(say!(
                "用“≥”，数目固定的用“=”；确实要控制的，在名称中写明“控制”",
                "use `≥`, or `=` for a fixed number; if it is to be limited, let the name say so"
            )),
        });
    }
}
