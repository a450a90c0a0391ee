//! Cells that a form shows and a project leaves empty.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, Words, say};
use crate::model::{Cost, Indicator, Project, Text};
use crate::paths::List;

pub(super) static RULE: Rule = Rule {
    code: code::FORM_ASKS,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "表样要印的内容没有填写", en: "what the form shows is not given" },
    what: Phrase {
        zh: "表样印有项目属性、类型、负责人、资金来源、正文的某一节、指标的权重、解释、依据、数据来源、评分标准、测算依据或实施进度，项目没有填写，印出来是空格。同一栏目一个项目只报一次。",
        en: "The form shows the attribute, type or leader of a project, its sources of funds, a section, weights, explanations, bases, sources or scoring of indicators, bases of costs or a schedule, and a project leaves them empty. Told once a project for each column.",
    },
    why: Phrase {
        zh: "审核时空着的格子会退回补填。", en: "A reviewer sends empty cells back."
    },
    bad: "[[indicator]]\nkind = \"数量指标\"\nname = \"扫描页数\"\ntarget = \"≥ 580 万页\"",
    good: "[[indicator]]\nkind = \"数量指标\"\nname = \"扫描页数\"\ntarget = \"≥ 580 万页\"\nexplanation = \"当年验收合格的扫描页数\"",
    source: Phrase { zh: "表样的栏目", en: "the columns of the form" },
    check,
};

/// Whether an indicator gives a value.
type Given<T> = fn(&T) -> bool;

/// What an indicator may leave out, with its key.
const OF_INDICATORS: [(&str, Given<Indicator>); 6] = [
    ("weight", |own| own.weight.is_some()),
    ("explanation", |own| own.explanation.is_some()),
    ("basis", |own| own.basis.is_some()),
    ("source", |own| own.source.is_some()),
    ("scoring", |own| own.scoring.is_some()),
    ("core", |own| own.core.is_some()),
];

/// What a project may leave out, with its key.
const OF_PROJECTS: [(&str, Given<Project>); 6] = [
    ("attribute", |own| own.attribute.is_some()),
    ("type", |own| own.project_type.is_some()),
    ("leader", |own| own.people.leader.is_some()),
    ("leader_phone", |own| own.people.leader_phone.is_some()),
    ("contact", |own| own.people.contact.is_some()),
    ("contact_phone", |own| own.people.contact_phone.is_some()),
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let profile = subject.profile;
    for (_, project, _) in subject.projects().filter(|(_, project, _)| project.print.form) {
        let mut left: Vec<String> = Vec::new();
        left.extend(
            OF_PROJECTS
                .iter()
                .filter(|(key, given)| profile.grid.shows(key) && !given(project))
                .map(|(key, _)| format!("{key} = …")),
        );
        if profile.grid.shows("source") && project.funding.sources.is_empty() {
            left.push("[[funding.source]]".to_owned());
        }
        if let Some(whole) =
            subject.declaration.of_department.as_deref().filter(|_| subject.ledger.department.is_some())
        {
            let lists = [
                ("task", whole.tasks.is_empty()),
                ("income", whole.income.is_empty()),
                ("outlay", whole.outlay.is_empty()),
            ];
            let asked = lists.into_iter().filter(|(key, empty)| *empty && profile.grid.shows(key));
            left.extend(asked.map(|(key, _)| format!("[[{key}]]")));
            let no_end = whole.until.is_none() && profile.grid.label_takes("until");
            left.extend(no_end.then(|| "until = …".to_owned()));
        }
        let unwritten = profile.sections.iter().filter(|section| {
            !project.print.narrative
                && section.default.is_none()
                && profile.grid.shows(&format!("narrative.{}", section.id))
                && project.narrative.iter().all(|own| own.id != section.id)
        });
        left.extend(unwritten.map(|section| format!("[narrative.{}]", section.id)));
        if !left.is_empty() {
            let list = left.join("  ");
            let words = say!("表样要印的内容没有填写", "what the form shows is not given");
            findings.push(findings.finding(words).at(project.span).help(say!("补上 {list}", "add {list}")));
        }
        for (key, given) in OF_INDICATORS {
            // Where the form says what weights give together, another rule asks for them.
            let asked = profile.grid.shows(&format!("indicator.{key}"))
                && (key != "weight" || profile.limits.weight_sum.is_none());
            if asked {
                let without = project.indicators.iter().filter(|own| !given(own)).map(|own| &own.name);
                tell(findings, &say!("指标", "indicators"), key, &without.collect::<Vec<_>>());
            }
        }
        if profile.grid.shows("cost.basis") {
            let without = costs(project).filter(|own| own.basis.is_none()).map(|own| &own.name);
            tell(findings, &say!("费用", "costs"), "basis", &without.collect::<Vec<_>>());
        }
        if profile.grid.repeats(List::Schedule) && project.schedule.is_empty() {
            let words =
                say!("表样要印实施进度，项目没有填写", "the form shows a schedule, and the project has none");
            let help =
                say!("写上 [[schedule]]：task、start、end", "add [[schedule]] with task, start and end");
            findings.push(findings.finding(words).at(project.span).help(help));
        }
    }
}

fn costs(project: &Project) -> impl Iterator<Item = &Cost> {
    project.costs.iter().chain(project.subprojects.iter().flat_map(|own| &own.costs))
}

fn tell(findings: &mut Findings<'_>, what: &Words, key: &str, without: &[&Text]) {
    let Some(first) = without.first() else { return };
    let (Words { zh, en }, count) = (what, without.len());
    let has = if count == 1 { "has" } else { "have" };
    let finding = findings
        .finding(say!(
            "有 {count} 项{zh}没有填 {key}，表样要印",
            "the form shows `{key}` of {en}, and {count} of them {has} none"
        ))
        .at(first.span());
    let named = |lang: Lang, separator: &str| {
        without.iter().map(|name| name.str(lang).trim()).collect::<Vec<_>>().join(separator)
    };
    let (zh, en) = (named(Lang::Zh, "、"), named(Lang::En, "; "));
    findings.push(
        finding
            .help(say!("没有填的是：{zh}", "those are: {en}"))
            .help(say!("给每项写上 {key} = …", "give each of them {key} = …")),
    );
}
