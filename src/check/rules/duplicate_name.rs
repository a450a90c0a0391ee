//! Projects, sub-projects or costs of the same name.

use std::collections::BTreeMap;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, Words, say};
use crate::model::Text;
use crate::reading::chars;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::DUPLICATE_NAME,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "名称重复", en: "a name is used twice" },
    what: Phrase {
        zh: "一份申报里的两个项目、一个项目里的两个子项目，或同一处的两项费用名称相同。空格和括号的全角半角不计。不同子项目里的费用可以同名。",
        en: "Two projects of a declaration, two sub-projects of a project, or two costs in one place have the same name, spaces and the width of brackets aside. Costs of different sub-projects may share a name.",
    },
    why: Phrase {
        zh: "名称相同就分不清文字说的是哪一项，也常常是同一项填了两遍，金额因此重复计算。",
        en: "Nobody can tell which of them a text means; often it is one item entered, and counted, twice.",
    },
    bad: "[[cost]]\nname = \"体检费\"\namount = \"1800元\"\n\n[[cost]]\nname = \"体检费\"\namount = \"1800元\"",
    good: "[[cost]]\nname = \"体检费\"\namount = \"1800元\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let project_words = say!("项目", "projects");
    report(subject.declaration.projects.iter().map(|project| &project.name), &project_words, findings);
    let (sub_words, cost_words) = (say!("子项目", "sub-projects"), say!("费用", "costs"));
    for (_, project, _) in subject.projects() {
        report(project.subprojects.iter().map(|subproject| &subproject.name), &sub_words, findings);
        report(project.costs.iter().map(|cost| &cost.name), &cost_words, findings);
        for subproject in &project.subprojects {
            report(subproject.costs.iter().map(|cost| &cost.name), &cost_words, findings);
        }
    }
}

fn report<'t>(names: impl Iterator<Item = &'t Text>, what: &Words, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for name in names {
        let written = name.str(Lang::Zh).trim();
        let key = chars::key(written);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, name.span());
            continue;
        };
        let (zh, en) = (&what.zh, &what.en);
        let finding = findings.finding(say!("{zh}重名：“{written}”", "two {en} have the name `{written}`"));
        findings.push(
            finding
                .label(name.span(), say!("又用在这里", "used again here"))
                .label(*first, say!("先用在这里", "first used here"))
                .help(say!(
                    "是同一项的，删去一处；不是的，改成能区分的名称",
                    "delete one if they are the same; otherwise give them names that differ"
                )),
        );
    }
}
