//! A target was missed, and no reason is given.

use rust_decimal::Decimal;

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::compute::Scoring;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::lang::{Lang, say};
use crate::model::Grade;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::REASON_MISSING,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "未达到指标值或预算未执行，没有写原因",
        en: "a target was missed, and no reason is given",
    },
    what: Phrase {
        zh: "实际完成值低于（或按符号高于）指标值、等级不是“达成”，或执行率低于表样规定的界限，或自写了得分，而没有写 reason。",
        en: "An actual value misses its target, a grade is not `met`, the execution rate is below the form's limit, or a score is written, and `reason` is left out.",
    },
    why: Phrase {
        zh: "自评表要求逐项说明偏差原因和改进措施。",
        en: "Self-evaluation forms ask for the reason of each deviation.",
    },
    bad: "[[indicator]]\nname = \"讲座场次\"\nactual = \"18 场\"   # 指标值 ≥ 24 场",
    good: "[[indicator]]\nname = \"讲座场次\"\nactual = \"18 场\"\nreason = \"三季度场馆维修，停办6场；明年提前排期\"",
    source: Phrase {
        zh: "自评表的栏目；川、皖等地的填报说明",
        en: "the columns of self-evaluation forms; instructions of several provinces",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        let limit = own.scheme.explain_below.map(Decimal::from);
        let rate = own.evaluation.whole.rate.and_then(|rate| rate.checked_mul(Decimal::ONE_HUNDRED));
        if let (Some(limit), Some(rate)) = (limit, rate)
            && rate < limit
            && own.outcome.execution.reason.is_none()
        {
            let rate = rate.round_dp(2).normalize();
            let words = say!(
                "执行率 {rate}%，低于 {limit}%，没有写原因",
                "the execution rate is {rate}%, below {limit}%, and no reason is given"
            );
            let place =
                own.outcome.spending.first().map_or(own.outcome.span, |spending| spending.source.span);
            let help = say!("写上 [execution] reason = \"…\"", "add [execution] with reason = \"…\"");
            findings.push(findings.finding(words).at(place).help(help));
        }
        let score = own.outcome.execution.score.filter(|_| own.outcome.execution.reason.is_none());
        if let Some(score) = score {
            findings.push(own_score(findings, score.span));
        }
        for (result, indicator, scored) in own.indicators() {
            let below = match scored.from {
                Scoring::Ratio(part, base) => part < base,
                Scoring::Share(share) => share < Decimal::ONE_HUNDRED,
                _ => result.grade.is_some_and(|grade| grade.value != Grade::Met),
            };
            if result.reason.is_some() {
                continue;
            }
            if let Some(score) = result.score {
                findings.push(own_score(findings, score.span));
                continue;
            }
            if !below {
                continue;
            }
            let (zh, en) = (indicator.name.str(Lang::Zh).trim(), indicator.name.str(Lang::En).trim());
            let words =
                say!("“{zh}”未达到指标值，没有写原因", "`{en}` missed its target, and no reason is given");
            let help = say!(
                "写上 reason = \"…\"：偏差原因和改进措施",
                "add reason = \"…\": why, and what is done about it"
            );
            findings.push(findings.finding(words).at(result.name.span()).help(help));
        }
    }
}

/// The finding of a score that was written without a reason.
fn own_score(findings: &Findings<'_>, place: Span) -> Diagnostic {
    let words =
        say!("得分不是计算的，没有写理由", "the score is not the computed one, and no reason is given");
    let help = say!("写上 reason = \"…\"，或删去 score", "add reason = \"…\", or delete `score`");
    findings.finding(words).at(place).help(help)
}
