//! More was spent than was budgeted.

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::in_one_unit;

pub(super) static RULE: Rule = Rule {
    code: code::SPENT_ABOVE_BUDGET,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase { zh: "执行数超过预算数", en: "more was spent than was budgeted" },
    what: Phrase {
        zh: "一个资金来源的全年执行数大于全年预算数。",
        en: "What was spent of a source exceeds its budget of the whole year.",
    },
    why: Phrase {
        zh: "支出以调整后的预算为限；多半是忘了写 adjusted，或单位写错。",
        en: "Spending is limited by the adjusted budget; mostly `adjusted` was left out, or the unit is wrong.",
    },
    bad: "[[spending]]\nsource = \"appropriation\"   # 年初 25 万元\nspent = \"28万元\"",
    good: "[[spending]]\nsource = \"appropriation\"\nadjusted = \"30万元\"\nspent = \"28万元\"",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        for (spending, amounts) in own.outcome.spending.iter().zip(&own.evaluation.spending) {
            let (Some(place), Some(spent)) = (spending.spent, amounts.spent) else { continue };
            if spent <= amounts.adjusted {
                continue;
            }
            let [spent, budget, over] = in_one_unit([spent, amounts.adjusted, spent.apart(amounts.adjusted)]);
            let words = say!(
                "执行数 {spent}，超过全年预算数 {budget}，多 {over}",
                "{spent} was spent of a budget of {budget}, {over} too much"
            );
            let help = say!(
                "核对单位；预算有追加的，写上 adjusted",
                "check the unit; where the budget was raised, give `adjusted`"
            );
            findings.push(findings.finding(words).at(place.span).help(help));
        }
    }
}
