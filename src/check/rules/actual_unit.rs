//! An actual value has no unit, or another.

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::Target;
use crate::reading::actual::{Actual, actual};

pub(super) static RULE: Rule = Rule {
    code: code::ACTUAL_UNIT,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase { zh: "实际完成值的单位不对", en: "an actual value has no unit, or another" },
    what: Phrase {
        zh: "指标值有数字，实际完成值却没有单位、单位与指标值不同，或读不出数字。",
        en: "The target has a number, and the actual value has no unit, another unit, or no number that can be read.",
    },
    why: Phrase {
        zh: "单位不同就无法比较，得分也算不出来。",
        en: "Values of different units cannot be compared, so no score follows.",
    },
    bad: "# 指标值 ≥ 24 场\nactual = \"26\"",
    good: "actual = \"26 场\"",
    source: Phrase {
        zh: "算术；平台的填报说明", en: "arithmetic; instructions of the budget platform"
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        for (result, indicator, _) in own.indicators() {
            let (Target::Measured(target), Some(text)) = (&indicator.target, &result.actual) else {
                continue;
            };
            if result.grade.is_some() || result.score.is_some() {
                continue;
            }
            let Some((_, prose)) = text.proses().next() else { continue };
            let (written, unit) = (prose.value.trim(), &target.unit);
            let read = actual(&prose.value, unit, &|word| own.profile.is_unit(word));
            let words = match read {
                Some(Actual { has_unit: true, .. }) => continue,
                Some(_) => say!("实际完成值“{written}”没有单位", "the actual value `{written}` has no unit"),
                None => say!(
                    "实际完成值“{written}”与指标值的单位“{unit}”对不上",
                    "the actual value `{written}` is no number of `{unit}`, the unit of the target"
                ),
            };
            let help =
                say!("写数字和单位，如 \"… {unit}\"", "write a number with its unit, such as \"… {unit}\"");
            findings.push(findings.finding(words).at(prose.place.span()).help(help));
        }
    }
}
