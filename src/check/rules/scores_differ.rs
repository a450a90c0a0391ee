//! Weights or scores are not as the form says.

use rust_decimal::Decimal;

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::lang::say;
use crate::model::Placed;

pub(super) static RULE: Rule = Rule {
    code: code::SCORES_DIFFER,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "自评的分值或得分不合表样", en: "weights or scores are not as the form says"
    },
    what: Phrase {
        zh: "指标分值与预算执行的分值合计不是100；得分高于分值；或定性指标的 share 不在其等级的范围内。只在表样计分时检查。",
        en: "The weights of the indicators and of the execution do not add up to 100, a score is above its weight, or a `share` lies outside the band of its grade. Only where the form scores.",
    },
    why: Phrase {
        zh: "分值不足或超出，总分就没有意义。", en: "With other weights the total means nothing."
    },
    bad: "weight = 30   # 各项合计 110",
    good: "weight = 20   # 各项合计 100",
    source: Phrase {
        zh: "自评表：指标 90 分，预算执行 10 分；湖北为 80 和 20",
        en: "self-evaluation forms: 90 for indicators and 10 for execution; in Hubei 80 and 20",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        let Some(execution) = own.scheme.execution.map(Decimal::from) else { continue };
        let weights: Vec<Decimal> = own.indicators().filter_map(|(_, _, scored)| scored.weight).collect();
        let sum = weights.iter().fold(execution, |sum, weight| sum.saturating_add(*weight)).normalize();
        let complete = own.indicators().all(|(_, _, scored)| scored.weight.is_some());
        if complete && !weights.is_empty() && sum != Decimal::ONE_HUNDRED {
            let words = say!(
                "分值合计 {sum}（其中预算执行 {execution}），应为 100",
                "the weights add up to {sum}, of which {execution} for the execution of the budget; they should give 100"
            );
            let place =
                own.outcome.indicators.last().map_or(own.outcome.span, |last| {
                    last.weight.map_or(last.name.span(), |weight| weight.span)
                });
            let help = say!("调整各指标的 weight", "adjust the weights of the indicators");
            findings.push(findings.finding(words).at(place).help(help));
        }
        if let Some(score) = own.outcome.execution.score.filter(|score| score.value > execution) {
            findings.push(above(findings, score, execution));
        }
        for (result, _, scored) in own.indicators() {
            if let (Some(score), Some(weight)) = (result.score, scored.weight)
                && score.value > weight
            {
                findings.push(above(findings, score, weight));
            }
            let band =
                result.grade.and_then(|grade| own.scheme.bands.iter().find(|band| band.grade == grade.value));
            let (Some(band), Some(share)) = (band, result.share) else { continue };
            let (least, most) = (band.least, band.most);
            if share.value < Decimal::from(least) || share.value > Decimal::from(most) {
                let (zh, en, written) = (&band.name.zh, &band.name.en, share.value.normalize());
                let words = say!(
                    "“{zh}”按分值的 {least}% 至 {most}% 计分，写了 {written}",
                    "`{en}` gets {least} to {most} in a hundred of the weight, not {written}"
                );
                let help = say!("改 share，或改 grade", "change `share`, or `grade`");
                findings.push(findings.finding(words).at(share.span).help(help));
            }
        }
    }
}

fn above(findings: &Findings<'_>, score: Placed<Decimal>, weight: Decimal) -> Diagnostic {
    let (written, weight) = (score.value.normalize(), weight.normalize());
    let words = say!("得分 {written} 高于分值 {weight}", "the score {written} is above the weight {weight}");
    findings.finding(words).at(score.span).help(say!("得分不高于分值", "a score is at most its weight"))
}
