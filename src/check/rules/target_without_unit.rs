//! A number without a unit.

use rust_decimal::Decimal;

use crate::check::indicator::{Item, Measure, has_any, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::words::indicators::{WORDS, holds};

pub(super) static RULE: Rule = Rule {
    code: code::TARGET_WITHOUT_UNIT,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "指标值缺计量单位", en: "a target has a number without a unit" },
    what: Phrase {
        zh: "指标值有符号和数字而没有计量单位，或只写“万”“亿”（成本的“万”显然是万元，按警告提示）。名称已带单位的（如“培训人数（人）”）和指数、系数等无单位的量除外。",
        en: "The target has sign and number but no unit, or only 万 or 亿 (a warning in a cost, where 万元 is plainly meant). Names that carry the unit in brackets and plain numbers such as an index are left alone.",
    },
    why: Phrase {
        zh: "没有单位，90 是百分之九十还是九十个，无从判断。",
        en: "Without a unit, nobody knows whether 90 is a share or a count.",
    },
    bad: "name = \"问题处理及时率\"\ntarget = \"≥ 90\"",
    good: "name = \"问题处理及时率\"\ntarget = \"≥ 90 %\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some(measure) = item.measure() else { continue };
        let number = measure.figure.numbers().map(|number| number.to_string()).collect::<Vec<_>>().join("～");
        if matches!(measure.unit.as_str(), "万" | "亿") {
            let unit = &measure.unit;
            let span = measure.prose.place.span();
            let finding = findings.finding(say!(
                "{number}{unit} 后面缺单位，“{unit}”只是数的大小",
                "{number}{unit} has no unit; {unit} only says how large the number is"
            ));
            let mut finding = finding.at(span);
            let at = measure.prose.value.rfind(unit.as_str()).map(|at| at + unit.len());
            let amount = at.filter(|_| item.is_cost());
            if amount.is_some() {
                // What is meant is plain, though it is not what the form prints.
                finding.severity = Severity::Warning;
            }
            findings.push(match amount {
                Some(at) => finding
                    .help(say!("金额写作“{unit}元”", "write {unit}元 for an amount"))
                    .fix(measure.prose.place.at(at..at), "元"),
                None => finding.help(say!(
                    "写出单位，如{unit}人次、{unit}元",
                    "add the unit, such as {unit}人次 or {unit}元"
                )),
            });
            continue;
        }
        if !measure.unit.is_empty() || is_unitless(&item) {
            continue;
        }
        let finding = findings
            .finding(say!("指标值 {number} 没有单位", "the target {number} has no unit"))
            .label(measure.prose.place.span(), say!("这里缺单位", "the unit is missing here"));
        let end = measure.prose.value.trim_end().len();
        findings.push(match evident_unit(&item, &measure) {
            Some(unit) => finding
                .help(say!("补上单位“{unit}”", "add the unit `{unit}`"))
                .suggest(measure.prose.place.at(end..end), format!(" {unit}")),
            None => finding.help(say!(
                "在数字后面写单位，如 %、次、人、小时、万元",
                "write the unit after the number, such as %, 次, 人, 小时 or 万元"
            )),
        });
    }
}

/// Whether the name carries the unit itself (人数（人）), or needs none.
fn is_unitless(item: &Item<'_>) -> bool {
    let (lang, name) = item.own_name();
    name.ends_with(['）', ')'])
        || match lang {
            Lang::Zh => holds(name, &WORDS.unitless.zh),
            Lang::En => has_any(&name.to_lowercase(), &WORDS.unitless.en),
        }
}

/// The unit that a name leaves no doubt about.
fn evident_unit(item: &Item<'_>, measure: &Measure<'_>) -> Option<&'static str> {
    let name = item.name(Lang::Zh);
    let rate =
        name.ends_with('率') || name.ends_with("满意度") || name.ends_with("比例") || name.ends_with("占比");
    let share =
        measure.figure.numbers().all(|number| number > Decimal::ONE && number <= Decimal::ONE_HUNDRED);
    match () {
        // 0.9 may be a share of one.
        () if rate && share => Some("%"),
        () if name.ends_with("次数") => Some("次"),
        () if name.ends_with("人数") => Some("人"),
        () if name.ends_with("户数") => Some("户"),
        () if name.ends_with("天数") => Some("天"),
        () => None,
    }
}
