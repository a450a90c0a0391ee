//! A section of the narrative that a project leaves out.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::form::Section;
use crate::lang::{Lang, say};

pub(super) static RULE: Rule = Rule {
    code: code::SECTION_MISSING,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "项目经费情况说明缺少一节", en: "a section of the narrative is missing" },
    what: Phrase {
        zh: "表样要求的一节在 [narrative] 里没有写，表样也没有为它备好文字。",
        en: "The project has no text for a section that the form asks for and that has no standard text.",
    },
    why: Phrase {
        zh: "项目经费情况说明的各节是固定的，缺一节就不完整。",
        en: "The sections of the funding statement are fixed; without one it is incomplete.",
    },
    bad: "[narrative]\noverview = \"…\"\nbasis    = \"…\"",
    good: "[narrative]\noverview = \"…\"\nbasis    = \"…\"\nbody     = \"…\"\nplan     = \"…\"\nperiod   = \"…\"\nbudget   = \"…\"",
    source: Phrase {
        zh: "表样（已公开的上海市申报都有这几节）",
        en: "the form profile (every published Shanghai declaration has them)",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, _) in subject.projects().filter(|(_, project, _)| project.print.narrative) {
        let missing: Vec<&Section> = subject
            .profile
            .sections
            .iter()
            .filter(|section| section.default.is_none())
            .filter(|section| !project.narrative.iter().any(|own| own.id == section.id))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let list = |lang: Lang, mark: &str| {
            missing.iter().map(|section| section.heading.get(lang)).collect::<Vec<_>>().join(mark)
        };
        let (zh, en) = (list(Lang::Zh, "、"), list(Lang::En, ", "));
        let keys = missing.iter().map(|section| format!("[narrative.{}]", section.id)).collect::<Vec<_>>();
        let keys = keys.join("  ");
        let finding = findings
            .finding(say!("项目经费情况说明缺少：{zh}", "sections of the narrative are missing: {en}"));
        findings.push(finding.at(project.span).help(say!("补上 {keys}", "add {keys}")));
    }
}
