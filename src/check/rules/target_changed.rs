//! A target differs from the one declared.

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::Target;

pub(super) static RULE: Rule = Rule {
    code: code::TARGET_CHANGED,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "指标值与申报时不同", en: "a target differs from the one declared" },
    what: Phrase {
        zh: "自评文件里记下的指标值，与项目文件里现在的不同。",
        en: "The target noted in the results is not the one that the project now has.",
    },
    why: Phrase {
        zh: "自评以申报时批复的指标值为准；申报以后改动的，审核时会追问。",
        en: "An evaluation goes by the targets as approved; one that was changed since will be asked about.",
    },
    bad: "# 项目文件：target = \"≥ 20 场\"\n[[indicator]]\nname = \"讲座场次\"\ntarget = \"≥ 24 场\"",
    good: "# 项目文件：target = \"≥ 24 场\"\n[[indicator]]\nname = \"讲座场次\"\ntarget = \"≥ 24 场\"",
    source: Phrase { zh: "平台的填报说明", en: "instructions of the budget platform" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        for (result, indicator, _) in own.indicators() {
            let Some(noted) = &result.target else { continue };
            let same = match (noted, &indicator.target) {
                (Target::Measured(noted), Target::Measured(now)) => {
                    noted.figure == now.figure && noted.unit == now.unit
                }
                (Target::Stated(noted), Target::Stated(now)) => {
                    noted.str(Lang::Zh).trim() == now.str(Lang::Zh).trim()
                }
                _ => false,
            };
            if same {
                continue;
            }
            let [(zh, en), (now_zh, now_en)] = [noted, &indicator.target]
                .map(|target| (target.text().str(Lang::Zh).trim(), target.text().str(Lang::En).trim()));
            let words = say!(
                "申报时的指标值是“{zh}”，项目里现在是“{now_zh}”",
                "the target was `{en}` when declared, and is now `{now_en}`"
            );
            findings.push(
                findings
                    .finding(words)
                    .label(noted.text().span(), say!("记下的", "as noted"))
                    .label(indicator.target.text().span(), say!("现在的", "as it is now"))
                    .help(say!(
                        "恢复申报的指标值；经批准调整的，两处改成一样",
                        "restore the declared target; where the change was approved, write it in both places"
                    )),
            );
        }
    }
}
