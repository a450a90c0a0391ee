//! A text that names another period than the form.

use std::ops::Range;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::form::SectionRole;
use crate::lang::{Lang, say};
use crate::model::{Period, Project};
use crate::narrative::Passage;
use crate::reading::chars::count;
use crate::reading::dates::{self, Interval, in_months, intervals};
use crate::reading::quotes::{cited, holds};
use crate::reading::{Mention, statement};

pub(super) static RULE: Rule = Rule {
    code: code::PERIOD_DIFFERS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "文字中的起止时间与申报表不一致", en: "the text names another period than the form"
    },
    what: Phrase {
        zh: "手写的起止时间（如2024年1月至12月）称为实施周期、起止时间等，或者写在“实施周期”一节里、超出了项目的起止日期或单独写在那里，却既不是项目的，也不是哪个子项目或进度的起止日期。一节之内的分段安排不在此列。",
        en: "A typed period, such as January to December 2024, is called the period of the project, or stands in its period section and goes beyond the project's dates or is all that the section says, and is neither the project's own nor that of a sub-project or step. Stages within the period are fine.",
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

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, project, _) in subject.projects() {
        for text in subject.texts_of(index) {
            let passage = &text.passage;
            let own_section = subject.role_of(&passage.part) == Some(SectionRole::Period);
            let dates = &text.numbers.dates;
            let quoted = cited(&passage.text);
            // What a section on the period says alone is the period; among others it may be a stage.
            let alone = own_section && !says_more(passage);
            for interval in intervals(&passage.text, dates) {
                let range = interval.range.clone();
                let told = is_called_period(&passage.text, range.start)
                    || own_section && interval.leaves(project.period)
                    || alone && dates.len() == 2;
                let computed = passage.is_computed(range.clone());
                if told && !computed && !holds(&quoted, range.start) && !is_known(&interval, project) {
                    findings.push(finding(findings, passage, range, project));
                }
            }
            if let [Mention { range, year: Some(year), month: None, .. }] = dates.as_slice()
                && alone
                && project.period.is_multi_year()
                && *year == subject.declaration.year
            {
                findings.push(finding(findings, passage, range.clone(), project));
            }
        }
    }
}

fn finding(
    findings: &Findings<'_>,
    passage: &Passage<'_>,
    range: Range<usize>,
    project: &Project,
) -> Diagnostic {
    let typed = passage.text.get(range.clone()).unwrap_or("");
    let (zh, en) = (in_months(project.period, Lang::Zh), in_months(project.period, Lang::En));
    let (start, end) = (project.period.start, project.period.end);
    findings
        .finding(say!("文字写的是{typed}，申报表是{zh}", "the text says {typed}, but the form {en}"))
        .at(passage.span(range))
        .label(project.period_place.start, say!("开始日期{start}", "starts on {start}"))
        .label(project.period_place.end, say!("完成日期{end}", "ends on {end}"))
        .help(say!(
            "写成 {{{{period}}}}，由程序填入；若是子项目的周期，给子项目写上 start 和 end",
            "write {{{{period}}}}, which is filled in; if it is a sub-project's, give that its start and end"
        ))
}

/// Whether the sentence calls what stands in it the period.
fn is_called_period(text: &str, at: usize) -> bool {
    text.get(statement(text, at)).is_some_and(dates::names_period)
}

/// Whether a text holds more than a period and the words that lead it in: computed values, or other sentences.
fn says_more(passage: &Passage<'_>) -> bool {
    const MOST: usize = 36;
    count(&passage.text) > MOST || passage.is_computed(0..passage.text.len())
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
