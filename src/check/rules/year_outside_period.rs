//! A budget year that lies outside a project's period.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;

pub(super) static RULE: Rule = Rule {
    code: code::YEAR_OUTSIDE_PERIOD,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase {
        zh: "申报年度不在项目起止日期之内",
        en: "the declaration's year lies outside a project's period",
    },
    what: Phrase {
        zh: "declaration.toml 的 year 不在项目计划开始日期和计划完成日期的年份之间。",
        en: "The year in declaration.toml is not among the years between the project's start and end.",
    },
    why: Phrase {
        zh: "项目在申报年度并不实施，当年也就没有可以申请的资金。多数是沿用上年文件时日期没有改。",
        en: "A project that is not carried out in the year cannot ask for the year's money. Usually the dates were left as they stood in last year's file.",
    },
    bad: "# declaration.toml\nyear = 2024\n\n# projects/1-portal.toml\nstart = 2023-01-01\nend   = 2023-12-31",
    good: "# declaration.toml\nyear = 2024\n\n# projects/1-portal.toml\nstart = 2024-01-01\nend   = 2024-12-31",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let year = subject.declaration.year;
    for (_, project, _) in subject.projects() {
        if project.period.years().contains(&year) {
            continue;
        }
        let (start, end) = (project.period.start, project.period.end);
        let finding = findings.finding(say!(
            "申报年度是{year}年，项目却从{start}到{end}",
            "the declaration is for {year}, but the project runs from {start} to {end}"
        ));
        let place = if end.year() < year { project.period_place.end } else { project.period_place.start };
        findings.push(
            finding
                .label(place, say!("不含{year}年", "does not include {year}"))
                .label(subject.declaration.year_place, say!("申报年度", "the declaration's year"))
                .help(say!("改正项目的起止日期，或改正申报年度", "correct the project's dates, or the year")),
        );
    }
}
