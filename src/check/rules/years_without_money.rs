//! A project of several years whose money all falls into one.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;

pub(super) static RULE: Rule = Rule {
    code: code::YEARS_WITHOUT_MONEY,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "跨年度项目的资金只列在一个年度",
        en: "a project of several years has money in one only",
    },
    what: Phrase {
        zh: "项目周期跨年度，而年度资金申请总额等于项目资金总额。",
        en: "The project's period spans years, but its annual request equals its total.",
    },
    why: Phrase {
        zh: "跨年度项目的总额应包括各年度的资金，否则总额或周期有一个不对。",
        en: "The total of such a project includes the money of every year; otherwise the total or the period is wrong.",
    },
    bad: "start = 2024-01-01\nend = 2025-12-31\n\n[[cost]]\nname = \"服务费\"\namount = \"9万元\"",
    good: "start = 2024-01-01\nend = 2025-12-31\n\n[[cost]]\nname = \"服务费\"\namount = { 2024 = \"9万元\", 2025 = \"9万元\" }",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, ledger) in subject.projects() {
        let (annual, total) = (ledger.annual.amount, ledger.total.rounded.amount);
        let undated = !ledger.years.undated.is_zero();
        if !project.period.is_multi_year() || annual != total || total.is_zero() || undated {
            continue;
        }
        let (start, end) = (project.period.start.year(), project.period.end.year());
        let year = subject.declaration.year;
        let finding = findings.finding(say!(
            "项目周期为{start}年至{end}年，{total} 却全部列在{year}年",
            "the project runs from {start} to {end}, but all of its {total} is in {year}"
        ));
        findings.push(finding.at(project.span).help(say!(
            "按年度列出金额，如 amount = {{ {start} = \"…\", {end} = \"…\" }}，或改正项目周期",
            "give the amounts by year, as in amount = {{ {start} = \"…\", {end} = \"…\" }}, or correct the period"
        )));
    }
}
