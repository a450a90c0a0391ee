//! Weights that do not add up.

use rust_decimal::Decimal;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;

pub(super) static RULE: Rule = Rule {
    code: code::WEIGHTS_DIFFER,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "分值权重之和不对", en: "weights do not add up" },
    what: Phrase {
        zh: "各指标权重之和不等于表样规定的数；表样没有规定而填了权重的，和应为100，或为90（另10分留给预算执行率）。",
        en: "The weights of a project's indicators do not add up to what the form asks; where the form asks nothing, they should give 100, or 90 with 10 left for budget execution.",
    },
    why: Phrase {
        zh: "自评按权重计分，和不对就得不出总分。表样没有规定时只作警告。",
        en: "Evaluation scores by weight, and a wrong sum gives no total. Where the form asks nothing, this is a warning.",
    },
    bad: "[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"\nweight = 30   # 其余各项共65",
    good: "[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"\nweight = 35   # 其余各项共65",
    source: Phrase { zh: "表样的规定；算术", en: "the form; arithmetic" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let asked = subject.profile.limits.weight_sum;
    for (_, project, _) in subject.projects() {
        let weighed: Vec<_> = project.printed_indicators().iter().filter(|own| own.is_annual()).collect();
        let given: Vec<_> = weighed.iter().filter_map(|own| own.weight).collect();
        let Some(last) = given.last() else {
            if let Some(asked) = asked {
                findings.push(
                    findings
                        .finding(say!(
                            "没有填权重，表样要求合计 {asked}",
                            "no weights are given; the form asks for {asked} in all"
                        ))
                        .at(project.span)
                        .help(say!("给每个指标写上 weight", "give each indicator a weight")),
                );
            }
            continue;
        };
        // Each weight is at most 100, so that the sum cannot overflow.
        let sum = given.iter().fold(Decimal::ZERO, |sum, weight| sum + weight.value).normalize();
        let without = weighed.len() - given.len();
        let right = match asked {
            Some(asked) => sum == Decimal::from(asked),
            None => sum == Decimal::ONE_HUNDRED || sum == Decimal::from(90),
        };
        if right && without == 0 {
            continue;
        }
        let missing = |zh: String, en: String| {
            if without == 0 {
                (zh, en)
            } else {
                (format!("{zh}，另有 {without} 个没有填"), format!("{en}; without a weight: {without}"))
            }
        };
        let (zh, en) = match asked {
            Some(asked) => {
                let difference = (sum - Decimal::from(asked)).abs().normalize();
                let (more, more_en) =
                    if sum > Decimal::from(asked) { ("多", "too much") } else { ("少", "too little") };
                missing(
                    format!("权重合计 {sum}，表样要求 {asked}，{more} {difference}"),
                    format!("the weights add up to {sum}; the form asks for {asked}, {difference} {more_en}"),
                )
            }
            None => missing(
                format!("权重合计 {sum}，一般为 100 或 90"),
                format!("the weights add up to {sum}; 100 or 90 is usual"),
            ),
        };
        let mut finding = findings
            .finding(crate::lang::Words { zh, en })
            .label(last.span, say!("合计 {sum}", "{sum} in all"))
            .help(say!("调整各指标的 weight", "adjust the indicators' weights"));
        if asked.is_none() {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
}
