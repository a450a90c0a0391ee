//! More is printed than the department declares.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::in_one_unit;

pub(super) static RULE: Rule = Rule {
    code: code::DECLARED_EXCEEDED,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "印出的项目多于、大于部门填报的数目",
        en: "more is printed than the department declares",
    },
    what: Phrase {
        zh: "overview.declared 填报的项目数小于项目文件数，或填报的金额小于各项目的年度资金合计。",
        en: "`overview.declared` states fewer projects than there are files, or less money than the projects request \
             for the year.",
    },
    why: Phrase {
        zh: "部门填报的总数、总额包括印出的全部项目，不会小于它们。",
        en: "The projects that are printed are part of what the department declares, so it cannot be less.",
    },
    bad: "declared = { projects = 1, amount = \"5万元\" }  # two projects that request 38万元",
    good: "declared = { projects = 247, amount = \"314076.90万元\" }",
    source: Phrase {
        zh: "算术：部分不大于整体。部门公开的绩效目标表只列部分项目，总数、总额见概述。",
        en: "Arithmetic: a part is no larger than the whole. A department publishes some of its projects and gives the \
             number and the sum of all in its overview.",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(declared) = subject.declaration.overview.declared else { return };
    let (count, stated) = (subject.declaration.projects.len(), declared.projects.value);
    if usize::try_from(stated).is_ok_and(|stated| count > stated) {
        let finding = findings.finding(say!(
            "填报了 {stated} 个项目，项目文件有 {count} 个",
            "{stated} projects are declared, {count} project files exist"
        ));
        findings.push(
            finding
                .at(declared.projects.span)
                .help(say!("请核对 declared 的 projects", "check `projects` of `declared`")),
        );
    }
    let (stated, sum) = (declared.amount.value, subject.ledger.printed.annual.amount);
    if sum > stated {
        let [sum, stated, over] = in_one_unit([sum, stated, sum.apart(stated)]);
        let finding = findings.finding(say!(
            "各项目年度资金合计 {sum}，比填报的 {stated} 多 {over}",
            "the projects request {sum} for the year, {over} more than the declared {stated}"
        ));
        findings.push(finding.at(declared.amount.span).help(say!(
            "请核对 declared 的 amount 和各项目的金额",
            "check `amount` of `declared` and the projects' amounts"
        )));
    }
}
