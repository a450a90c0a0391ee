//! A department whose income, outlay and tasks do not fit each other and its projects.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::in_one_unit;

pub(super) static UNBALANCED: Rule = Rule {
    code: code::BUDGET_UNBALANCED,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "部门收入合计与支出合计不符", en: "the income of the department is not its outlay"
    },
    what: Phrase {
        zh: "department.toml 的 [[income]] 当年金额之和不等于 [[outlay]] 当年金额之和。两者都列了才比较；没有写 amount 的项目支出由各项目相加。",
        en: "The amounts of the year under [[income]] in department.toml do not add up to those under [[outlay]]. Compared where both are listed; outlay on projects without an `amount` is the sum of the projects.",
    },
    why: Phrase {
        zh: "部门预算收支平衡，两个合计印在同一张表里。",
        en: "The budget of a department is balanced, and its form shows both sums.",
    },
    bad: "[[income]]\nkind = \"财政拨款\"\namount = \"500万元\"\n\n[[outlay]]\nkind = \"基本支出\"\namount = \"320万元\"  # 项目支出 160万元",
    good: "[[income]]\nkind = \"财政拨款\"\namount = \"480万元\"\n\n[[outlay]]\nkind = \"基本支出\"\namount = \"320万元\"  # 项目支出 160万元",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check: unbalanced,
};

pub(super) static OUTLAY: Rule = Rule {
    code: code::PROJECTS_OUTLAY_DIFFERS,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "部门填写的项目支出与各项目之和不符",
        en: "what the department states of its projects is not what they request",
    },
    what: Phrase {
        zh: "[[outlay]] 写明了项目支出的 amount，与各项目当年资金申请总额之和（写了 declared 的，与申报的总额）不一致。",
        en: "[[outlay]] states an `amount` for the projects that is not the sum of what they request for the year, or not what `declared` says where that is given.",
    },
    why: Phrase {
        zh: "项目支出由各项目相加得出，另填一个数就可能对不上。",
        en: "Outlay on projects is the sum of the projects; a figure typed beside it drifts away.",
    },
    bad: "[[outlay]]\nkind = \"项目支出\"\namount = \"150万元\"  # 各项目合计 160万元",
    good: "[[outlay]]\nkind = \"项目支出\"",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check: outlay,
};

pub(super) static TASKS: Rule = Rule {
    code: code::PROJECT_WITHOUT_TASK,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "项目没有列入部门的任何一项任务",
        en: "a project is in none of the department’s tasks",
    },
    what: Phrase {
        zh: "department.toml 列有年度主要任务，申报的某个项目不在任何一项任务的 projects 里，它的金额没有算进任务。",
        en: "department.toml lists tasks, and a project of the declaration is in the `projects` of none of them, so that its amount counts in none.",
    },
    why: Phrase {
        zh: "任务金额由所列项目相加，漏列的项目会使任务合计偏小。",
        en: "Tasks cost what their projects do; a project that is left out makes their sum too small.",
    },
    bad: "[[task]]\nname = \"艺术普及\"\nprojects = [\"classes\"]  # 还有项目 stage",
    good: "[[task]]\nname = \"艺术普及\"\nprojects = [\"classes\", \"stage\"]",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check: tasks,
};

fn unbalanced(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let written = subject.declaration.of_department.as_deref();
    let Some((written, ledger)) = written.zip(subject.ledger.department.as_deref()) else { return };
    let (income, outlay) = (ledger.income.sum.amount, ledger.outlay.sum.amount);
    let (Some(first), Some(other)) = (written.income.first(), written.outlay.first()) else { return };
    if income == outlay {
        return;
    }
    let [came, went, apart] = in_one_unit([income, outlay, income.apart(outlay)]);
    let (more_zh, more_en) = if income > outlay { ("多", "more") } else { ("少", "less") };
    let finding = findings.finding(say!(
        "收入合计 {came}，支出合计 {went}，收入{more_zh} {apart}",
        "income is {came} and outlay {went}: income is {apart} {more_en}"
    ));
    let finding = finding.label(first.kind.span(), say!("收入合计 {came}", "income: {came}"));
    findings.push(finding.label(other.kind.span(), say!("支出合计 {went}", "outlay: {went}")).help(say!(
        "核对 [[income]] 和 [[outlay]] 的金额；动用结余的，列作一项收入",
        "check the amounts of [[income]] and [[outlay]]; savings that are used are a line of income"
    )));
}

fn outlay(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let written = subject.declaration.of_department.as_deref();
    let Some((written, ledger)) = written.zip(subject.ledger.department.as_deref()) else { return };
    let own = &ledger.ledger;
    let projects = own.declared.map_or(own.printed.annual.amount, |declared| declared.value);
    let computed = |id: &Option<String>| {
        subject.profile.outlay.iter().any(|kind| kind.of_projects && Some(&kind.id) == id.as_ref())
    };
    for line in written.outlay.iter().filter(|line| computed(&line.id)) {
        let Some(amount) = line.amount.filter(|amount| amount.value != projects) else { continue };
        let [stated, sum] = in_one_unit([amount.value, projects]);
        let finding = findings.finding(say!(
            "项目支出写的是 {stated}，各项目合计 {sum}",
            "outlay on projects is given as {stated}; the projects request {sum}"
        ));
        findings.push(finding.at(amount.span).help(say!(
            "删去这一行的 amount，由各项目相加；只印一部分项目的，在 declaration.toml 写 declared",
            "delete this `amount`: it is the sum of the projects; where only some are printed, give `declared` in declaration.toml"
        )));
    }
}

fn tasks(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let written = subject.declaration.of_department.as_deref();
    let Some((written, ledger)) = written.zip(subject.ledger.department.as_deref()) else { return };
    let Some(first) = written.tasks.first() else { return };
    let named = |id: &str| written.tasks.iter().flat_map(|task| &task.projects).any(|own| own.value == id);
    let left: Vec<_> =
        ledger.declaration.projects.iter().filter(|project| !named(project.id.as_str())).collect();
    if left.is_empty() {
        return;
    }
    let (count, names) = (left.len(), |lang: Lang, between: &str| {
        left.iter().map(|one| one.name.str(lang).trim()).collect::<Vec<_>>().join(between)
    });
    let (zh, en) = (names(Lang::Zh, "、"), names(Lang::En, "; "));
    let ids = left.iter().map(|one| format!("\"{}\"", one.id)).collect::<Vec<_>>().join(", ");
    let are = if count == 1 { "project is" } else { "projects are" };
    let finding = findings
        .finding(say!("有 {count} 个项目没有列入任何一项任务：{zh}", "{count} {are} in no task: {en}"));
    findings.push(finding.at(first.name.span()).help(say!(
        "在对应任务的 projects 里写上 {ids}",
        "add {ids} to the `projects` of the task that they serve"
    )));
}
