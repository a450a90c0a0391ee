//! A text that names another period than the form.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Period, Project};
use crate::narrative::Part;
use crate::reading::dates::{Interval, beside, in_months, intervals};
use crate::reading::spans::{cited, holds};

pub(super) static RULE: Rule = Rule {
    code: code::PERIOD_DIFFERS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "文字中的起止时间与申报表不一致", en: "the text names another period than the form"
    },
    what: Phrase {
        zh: "手写的起止时间（如2024年1月至12月）称为实施周期、起止时间等，或者写在“实施周期”一节里、超出了项目的起止日期，却既不是项目的，也不是哪个子项目或进度的起止日期。一节之内的分段安排不在此列。",
        en: "A typed period, such as January to December 2024, is called the period of the project, or stands in its period section and goes beyond the project's dates, and is neither the project's own nor that of a sub-project or step. Stages within the period are fine.",
    },
    why: Phrase {
        zh: "文字和申报表的起止日期应当一致，否则审核时无法判断以哪个为准。",
        en: "Text and form must give the same dates; otherwise nobody knows which of them holds.",
    },
    bad: "start = 2024-01-01\nend   = 2024-12-31\n\n[narrative]\nperiod = \"本项目实施周期为2024年1月至2025年6月。\"",
    good: "start = 2024-01-01\nend   = 2024-12-31\n\n[narrative]\nperiod = \"本项目实施周期为{{period}}。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

/// Words that say that what stands beside them is the period of the project.
const PERIOD_WORDS: [&str; 11] = [
    "实施周期",
    "项目周期",
    "建设周期",
    "起止时间",
    "起止日期",
    "实施期限",
    "实施时间",
    "项目期",
    "project period",
    "period of the project",
    "project runs",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, project, _) in subject.projects() {
        for text in subject.texts_of(index) {
            let passage = &text.passage;
            let own_section = matches!(&passage.part, Part::Section(id) if id == "period");
            let quoted = cited(&passage.text);
            for interval in intervals(&passage.text, passage.lang) {
                let range = interval.range.clone();
                let told = beside(&passage.text, &range, &PERIOD_WORDS)
                    || own_section && interval.leaves(project.period);
                let computed = passage.is_computed(range.clone());
                if !told || computed || holds(&quoted, range.start) || is_known(&interval, project) {
                    continue;
                }
                let typed = passage.text.get(range.clone()).unwrap_or("");
                let (zh, en) = (in_months(project.period, Lang::Zh), in_months(project.period, Lang::En));
                let finding = findings.finding(say!(
                    "文字写的是{typed}，申报表是{zh}",
                    "the text says {typed}, but the form {en}"
                ));
                let (start, end) = (project.period.start, project.period.end);
                findings.push(
                    finding
                        .at(passage.span(range))
                        .label(project.period_place.start, say!("开始日期{start}", "starts on {start}"))
                        .label(project.period_place.end, say!("完成日期{end}", "ends on {end}"))
                        .help(say!(
                            "写成 {{{{period}}}}，由程序填入；若是子项目的周期，给子项目写上 start 和 end",
                            "write {{{{period}}}}, which is filled in; if it is a sub-project's, give that its start and end"
                        )),
                );
            }
        }
    }
}

/// Whether it is the period of the project or of a part of it.
fn is_known(interval: &Interval, project: &Project) -> bool {
    let parts = project.subprojects.iter().map(|subproject| Period {
        start: subproject.start.map_or(project.period.start, |start| start.value),
        end: subproject.end.map_or(project.period.end, |end| end.value),
    });
    let steps = project.schedule.iter().map(|step| step.period);
    std::iter::once(project.period).chain(parts).chain(steps).any(|period| interval.is(period))
}
