//! Rates whose number cannot be: over 100 %, at least all of it, or too low a satisfaction.

use rust_decimal::Decimal;

use crate::check::indicator::{Measure, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Figure, Sign};
use crate::source::Span;

pub(super) static OUT_OF_RANGE: Rule = Rule {
    code: code::RATE_OUT_OF_RANGE,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase { zh: "比率超过100%", en: "a rate is over 100 %" },
    what: Phrase {
        zh: "以百分数表示的指标值超过100%（或写成“＞100%”），写在文字里的也算。增长率、回报率、毛入学率等可以超过100%的除外。",
        en: "A target in percent is over 100 %, or `> 100 %`, in figures or in words. Rates of growth, return and the like may be and are left alone.",
    },
    why: Phrase { zh: "部分不会多于全部。", en: "A part is never more than the whole." },
    bad: "name = \"问题处理及时率\"\ntarget = \"≥ 950 %\"",
    good: "name = \"问题处理及时率\"\ntarget = \"≥ 95.0 %\"",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check: out_of_range,
};

pub(super) static AT_LEAST_ALL: Rule = Rule {
    code: code::AT_LEAST_ALL,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "“≥100%”应写作“=100%”", en: "at least 100 % can only be exactly 100 %" },
    what: Phrase {
        zh: "不可能超过100%的指标，指标值写成“≥100%”或“不低于100%”。",
        en: "The target of a rate that cannot exceed 100 % is `≥ 100 %` or `at least 100 %`.",
    },
    why: Phrase {
        zh: "部分不会多于全部，“≥”没有意义，等于100%才是要达到的值。",
        en: "A part is never more than the whole, so that `≥` says nothing; the target is exactly 100 %.",
    },
    bad: "name = \"设备验收合格率\"\ntarget = \"≥ 100.00 %\"",
    good: "name = \"设备验收合格率\"\ntarget = \"= 100.00 %\"",
    source: Phrase {
        zh: "算术；已公开申报中的错误", en: "arithmetic; mistakes in published declarations"
    },
    check: at_least_all,
};

pub(super) static LOW_SATISFACTION: Rule = Rule {
    code: code::LOW_SATISFACTION,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "满意度目标偏低", en: "the satisfaction aimed at is low" },
    what: Phrase {
        zh: "满意度指标值低于表样设定的下限（一般为80%）。",
        en: "The target of a satisfaction indicator is below the form's limit, usually 80 %.",
    },
    why: Phrase {
        zh: "公开的申报多以90%为目标，过低的会被问及原因。",
        en: "Most published declarations aim at 90 %; a much lower aim will be asked about.",
    },
    bad: "kind = \"服务对象满意度指标\"\nname = \"读者满意度\"\ntarget = \"≥ 60.00 %\"",
    good: "kind = \"服务对象满意度指标\"\nname = \"读者满意度\"\ntarget = \"≥ 90.00 %\"",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check: low_satisfaction,
};

fn out_of_range(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some(measure) = item.measure() else { continue };
        let over = measure.figure.numbers().any(|number| number > Decimal::ONE_HUNDRED)
            || measure.figure == Figure::One(Sign::MoreThan, Decimal::ONE_HUNDRED);
        if !measure.is_percent() || !over || item.can_exceed() {
            continue;
        }
        let typed = measure.prose.value.trim();
        findings.push(
            findings
                .finding(say!(
                    "比率不会超过100%，指标值却是“{typed}”",
                    "no rate exceeds 100 %, but the target is `{typed}`"
                ))
                .label(measure.prose.place.span(), say!("指标值", "the target"))
                .label(item.indicator.name.span(), say!("指标名称", "the indicator"))
                .help(say!(
                    "改正数字；确实可以超过的（如增长率），在名称中写明",
                    "correct the number; if it may exceed 100 %, let the name say so, as a rate of growth does"
                )),
        );
    }
}

/// The sign of a target as typed.
fn sign_span(measure: &Measure<'_>) -> Span {
    let text = &measure.prose.value;
    let start = text.len() - text.trim_start().len();
    let signs = ['≥', '≧', '>', '='];
    let length = text.get(start..).map_or(0, |text| text.len() - text.trim_start_matches(signs).len());
    measure.prose.place.at(start..start + length)
}

fn at_least_all(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some(measure) = item.measure().filter(|measure| measure.sure) else { continue };
        let all = measure.figure == Figure::One(Sign::AtLeast, Decimal::ONE_HUNDRED);
        if !measure.is_percent() || !all || item.can_exceed() {
            continue;
        }
        let typed = measure.prose.value.trim();
        let finding = findings
            .finding(say!(
                "指标值“{typed}”应为“=100%”，比率不会超过100%",
                "`{typed}` can only be `= 100 %`: no rate exceeds 100 %"
            ))
            .at(measure.prose.place.span());
        let finding = match measure.in_words {
            true => finding.help(say!("写作“= 100 %”", "write `= 100 %`")),
            false => finding.help(say!("把“≥”改为“=”", "write `=` for `≥`")),
        };
        findings.push(match (item.agrees("= 100 %"), measure.in_words) {
            (false, _) => finding,
            (true, true) => finding.fix(measure.span(), "= 100 %"),
            (true, false) => finding.fix(sign_span(&measure), "="),
        });
    }
}

fn low_satisfaction(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let least = subject.profile.limits.satisfaction_least;
    for item in items(subject) {
        let Some(measure) = item.measure() else { continue };
        let dissatisfaction =
            item.name(Lang::Zh).contains("不满意") || item.name(Lang::En).to_lowercase().contains("dissatis");
        let low = measure.figure.least().filter(|number| *number < Decimal::from(least));
        let Some(low) = low.filter(|_| item.is_satisfaction() && measure.is_percent() && !dissatisfaction)
        else {
            continue;
        };
        let number = low.normalize();
        findings.push(
            findings
                .finding(say!(
                    "满意度目标 {number}% 偏低，一般不低于 {least}%",
                    "a satisfaction of {number} % is low; {least} % is the usual least"
                ))
                .at(measure.prose.place.span())
                .help(say!(
                    "提高目标，或在指标的 explanation 中说明原因",
                    "aim higher, or give the reason in the indicator's explanation"
                )),
        );
    }
}
