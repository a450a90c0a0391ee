//! A sub-project or a step of the schedule that begins before or ends after its project.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Words, say};
use crate::model::{Period, PeriodPlace, Project};

pub(super) static RULE: Rule = Rule {
    code: code::PART_OUTSIDE_PERIOD,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "子项目或进度的日期超出项目的起止日期",
        en: "a sub-project or a step of the schedule lies outside the project's period",
    },
    what: Phrase {
        zh: "子项目的 start、end，或 [[schedule]] 的起止日期，早于项目计划开始日期或晚于计划完成日期。",
        en: "The start or end of a sub-project or of a [[schedule]] step is before the project's start or after its end.",
    },
    why: Phrase {
        zh: "表中的计划完成日期应当管到项目的每一部分；有一部分更晚结束，审核时会问项目究竟何时完成、跨年度的资金如何安排。",
        en: "The dates in the form cover every part of the project. When a part ends later, a reviewer asks when the project really ends and how the money of the next year is planned.",
    },
    bad: "end = 2024-12-31\n\n[[subproject]]\nid     = \"network\"\nname   = \"驻场运维服务\"\nend    = 2025-07-31\namount = \"80万元\"",
    good: "end = 2025-07-31\n\n[[subproject]]\nid     = \"network\"\nname   = \"驻场运维服务\"\nend    = 2025-07-31\namount = { 2024 = \"35万元\", 2025 = \"45万元\" }",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, _) in subject.projects() {
        for subproject in &project.subprojects {
            let start =
                subproject.start.map_or((project.period.start, None), |own| (own.value, Some(own.span)));
            let end = subproject.end.map_or((project.period.end, None), |own| (own.value, Some(own.span)));
            let Some(place) = start.1.or(end.1) else { continue };
            let place = PeriodPlace { start: start.1.unwrap_or(place), end: end.1.unwrap_or(place) };
            let (zh, en) =
                (subproject.name.str(crate::lang::Lang::Zh), subproject.name.str(crate::lang::Lang::En));
            let what = say!("子项目“{zh}”", "the sub-project `{en}`");
            report(project, Period { start: start.0, end: end.0 }, place, &what, findings);
        }
        for step in &project.schedule {
            let (zh, en) = (step.task.str(crate::lang::Lang::Zh), step.task.str(crate::lang::Lang::En));
            let what = say!("进度“{zh}”", "the step `{en}`");
            report(project, step.period, step.period_place, &what, findings);
        }
    }
}

fn report(project: &Project, part: Period, place: PeriodPlace, what: &Words, findings: &mut Findings<'_>) {
    let (whole, whole_place) = (project.period, project.period_place);
    let (early, late) = (part.start < whole.start, part.end > whole.end);
    if !early && !late {
        return;
    }
    let (what_zh, what_en) = (&what.zh, &what.en);
    let (own, of_project) = (part.end, whole.end);
    let mut finding = match (early, late) {
        (_, true) => findings.finding(say!(
            "{what_zh}到{own}才结束，项目{of_project}就完成了",
            "{what_en} ends on {own}, but the project on {of_project}"
        )),
        _ => {
            let (own, of_project) = (part.start, whole.start);
            findings.finding(say!(
                "{what_zh}从{own}就开始，项目{of_project}才开始",
                "{what_en} starts on {own}, but the project on {of_project}"
            ))
        }
    };
    if late {
        finding = finding
            .label(place.end, say!("晚于项目", "after the project"))
            .label(whole_place.end, say!("项目的完成日期", "the project's end"));
    }
    if early {
        finding = finding
            .label(place.start, say!("早于项目", "before the project"))
            .label(whole_place.start, say!("项目的开始日期", "the project's start"));
    }
    findings.push(finding.help(say!(
        "改正其中一个日期；确实跨年度的，把项目的起止日期放宽到包含它，并分年度列出金额",
        "correct one of the dates; if it really runs across years, widen the project's period and give its amounts by year"
    )));
}
