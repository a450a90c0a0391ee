//! A year in the text that is neither this nor the last.

use std::ops::Range;

use crate::check::writing::Writing;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::form::SectionRole;
use crate::lang::say;
use crate::model::{Project, Year};
use crate::narrative::Part;
use crate::reading::dates::{intervals, names_period};
use crate::reading::quotes::holds;
use crate::reading::statement;
use crate::reading::years::{Meaning, YearOf, years};

pub(super) static RULE: Rule = Rule {
    code: code::FOREIGN_YEAR,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "文字中出现其他年度",
        en: "the text names another year where the declaration's belongs",
    },
    what: Phrase {
        zh: "手写的年份既不是申报年度，又不在项目或子项目的起止日期之内。上一年度的年份，只有写在计划、预算、目标、周期里才算（2025年度预算安排、2025年完成）。书名号和六角括号里的、标准号里的、规划名称后面括号里的年份，“截至”后面的年份，文件、批复、会议的日期，说明由来的往年（自2017年起、2019年建成），以及往年的执行情况，不在此列。",
        en: "A typed year is not the declaration's and lies outside the period of the project and its sub-projects. The year before counts only where this year's plan, budget, goal or period is stated. Years in the titles and numbers of documents and standards, after 'as of', in brackets after a plan, dates of documents and decisions, past years that tell a history (since 2017), and results of earlier years are fine.",
    },
    why: Phrase {
        zh: "多数是沿用往年文字时漏改的年份。",
        en: "Most such years were left over from an earlier declaration.",
    },
    bad: "# year = 2024\nannual = \"2021年完成12次巡检。\"",
    good: "# year = 2024\nannual = \"{{year}}年完成12次巡检。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let year = subject.declaration.year;
    let projects = &subject.declaration.projects;
    // The term of a department's goals: from the declaration's year to the last.
    let department =
        subject.declaration.of_department.as_deref().filter(|_| subject.ledger.department.is_some());
    let last = department.and_then(|own| own.until).map_or(year, |until| until.value.year());
    for writing in subject.writings() {
        let text = writing.text();
        let dates = writing.dates();
        if dates.is_empty() {
            continue;
        }
        let of_period = periods(subject, &writing);
        let all = years(text, &dates, year);
        let candidates: Vec<&YearOf> = all
            .iter()
            .filter(|found| {
                let within = |project: &Project| touches(project, found.year);
                let expected = match writing.project {
                    Some(index) => projects.get(index).is_some_and(within),
                    None => projects.iter().any(within),
                };
                let expected = expected || (year..=last).contains(&found.year);
                let range = found.mention.range.clone();
                // What is no period of the project is found by the rule on periods.
                found.year != year
                    && !expected
                    && !writing.is_computed(range.clone())
                    && !holds(&of_period, range.start)
            })
            .collect();
        let mut reported: Vec<Year> = Vec::new();
        for found in &candidates {
            if !reported.contains(&found.year) && is_mistaken(subject, &writing, found) {
                reported.push(found.year);
                findings.push(finding(
                    findings,
                    &writing,
                    &beside(subject, &writing, &candidates, found),
                    year,
                ));
            }
        }
    }
}

/// All places of a text where the year of `found` is mistaken like there, `found` among them, in order.
fn beside<'y>(
    subject: &Subject<'_>,
    writing: &Writing<'_>,
    candidates: &[&'y YearOf],
    found: &'y YearOf,
) -> Vec<&'y YearOf> {
    let same = candidates.iter().copied().filter(|other| other.year == found.year);
    // A step of last year's plan is no document's date only because something is signed in it.
    let step = |other: &YearOf| other.meaning == Meaning::Document && other.mention.day.is_none();
    let plans = tells_plan(subject, writing);
    same.filter(|other| is_mistaken(subject, writing, other) || plans && step(other)).collect()
}

fn finding(findings: &Findings<'_>, writing: &Writing<'_>, places: &[&YearOf], year: Year) -> Diagnostic {
    let (named, last) = (places.first().map_or(year, |found| found.year), year - 1);
    let mut finding = findings.finding(say!(
        "文字写的是{named}年，申报年度是{year}年",
        "the text names {named}, but the declaration is for {year}"
    ));
    for found in places {
        finding = finding.at(writing.span(found.mention.range.clone()));
    }
    let plan = places.iter().find(|found| matches!(found.meaning, Meaning::Plan | Meaning::Work));
    let because = plan.and_then(|found| writing.text().get(found.because.clone())).unwrap_or("").trim();
    if !because.is_empty() && because.chars().count() <= 12 {
        finding = finding.help(say!(
            "这里说的是“{because}”，应当是申报年度的事",
            "`{because}` speaks of what the declared year is to bring"
        ));
    }
    finding.help(say!(
        "若指申报年度，写成 {{{{year}}}}年；若是历史情况，写明“截至{named}年”或“自{named}年起”；上年度（{last}年）的执行情况写明“{last}年已……”",
        "for the declaration's year write {{{{year}}}}; for history say 'as of {named}' or 'since {named}'; say of results of {last} that they were reached"
    ))
}

/// Whether a year that is not the declaration's can only be a mistake. The year before often stands rightly in a text: it
/// is mistaken where something is planned for it.
fn is_mistaken(subject: &Subject<'_>, writing: &Writing<'_>, found: &YearOf) -> bool {
    match found.meaning {
        Meaning::Name | Meaning::State | Meaning::History | Meaning::Document | Meaning::Comparison => false,
        Meaning::Plan => true,
        Meaning::Open | Meaning::Work if found.year + 1 == subject.declaration.year => {
            tells_plan(subject, writing)
        }
        Meaning::Open | Meaning::Work => true,
    }
}

/// Whether a text tells what the year is to bring, so that a year in it is the year of the plan.
fn tells_plan(subject: &Subject<'_>, writing: &Writing<'_>) -> bool {
    let Some(part) = writing.part() else { return false };
    matches!(part, Part::OverallGoal | Part::AnnualGoal)
        || matches!(
            subject.role_of(part),
            Some(SectionRole::Plan | SectionRole::Period | SectionRole::Budget | SectionRole::Goals)
        )
}

/// Where a text tells the period of a project, whose years another rule compares.
fn periods(subject: &Subject<'_>, writing: &Writing<'_>) -> Vec<Range<usize>> {
    let Some(part) = writing.part() else { return Vec::new() };
    let (text, own) = (writing.text(), subject.role_of(part) == Some(SectionRole::Period));
    let intervals = intervals(text, &writing.dates()).into_iter().map(|interval| interval.range);
    intervals
        .filter(|range| own || text.get(statement(text, range.start)).is_some_and(names_period))
        .collect()
}

fn touches(project: &Project, year: Year) -> bool {
    let parts = project.subprojects.iter();
    let years = parts.flat_map(|part| [part.start, part.end]).flatten().map(|date| date.value.year());
    let (first, last) = (project.period.start.year(), project.period.end.year());
    let (first, last) = years.fold((first, last), |(first, last), year| (first.min(year), last.max(year)));
    (first..=last).contains(&year)
}
