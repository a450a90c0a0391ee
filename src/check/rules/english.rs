//! English that is missing, or still Chinese.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::form::Profile;
use crate::lang::{Lang, say};
use crate::model::{Declaration, Project, Target, Text};
use crate::reading::chars::is_han;
use crate::reading::quotes::cited;
use crate::source::Span;

pub(super) static MISSING: Rule = Rule {
    code: code::ENGLISH_MISSING,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "要印英文，却缺英文文字", en: "English is to be printed, but texts have none"
    },
    what: Phrase {
        zh: "languages 列有 en，而会印出的文字只有中文。每个文件只报一次，列出缺英文的各处。表样能翻译的词（项目性质、类别、常用单位、常用指标值）和不含汉字的名称不用写英文。",
        en: "languages has en, but texts that are printed have Chinese only. Told once a file, with all of them. Words that the form profile translates and names without Chinese characters need none.",
    },
    why: Phrase {
        zh: "缺英文的地方印出的是中文，英文部分就不完整。",
        en: "The Chinese is printed in its place, so that the English part is incomplete.",
    },
    bad: "languages = [\"zh\", \"en\"]\n\n# projects/1-portal.toml\nname = \"门户网站管理\"",
    good: "languages = [\"zh\", \"en\"]\n\n# projects/1-portal.toml\nname = { zh = \"门户网站管理\", en = \"Portal website management\" }",
    source: Phrase { zh: "declaration.toml 的 languages", en: "languages in declaration.toml" },
    check: check_missing,
};

pub(super) static CHINESE: Rule = Rule {
    code: code::ENGLISH_LEFT_CHINESE,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "英文文字仍是中文", en: "an English text is left in Chinese" },
    what: Phrase {
        zh: "en 的一行里汉字多于英文字母。书名号、引号和括号里的中文名称不算。",
        en: "A line of an en text has more Chinese characters than Latin letters. Chinese names in 《》, quotation marks and brackets are fine.",
    },
    why: Phrase {
        zh: "多半是复制中文后没有翻译。",
        en: "Usually the Chinese was copied and never translated.",
    },
    bad: "name = { zh = \"门户网站管理\", en = \"门户网站管理\" }",
    good: "name = { zh = \"门户网站管理\", en = \"Portal website management\" }",
    source: Phrase { zh: "declaration.toml 的 languages", en: "languages in declaration.toml" },
    check: check_chinese,
};

fn check_missing(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let declaration = subject.declaration;
    if !declaration.languages.contains(&Lang::En) {
        return;
    }
    let mut head = Missing::default();
    head.text("title", declaration.title.as_ref());
    head.text("unit.name", [&declaration.unit.name]);
    head.text("department.name", [&declaration.department.name]);
    head.text("overview.text", declaration.overview.text.as_ref());
    head.report(findings);
    for (_, project, _) in subject.projects() {
        of_project(project, declaration, subject.profile).report(findings);
    }
}

/// What a project prints in English and does not have.
fn of_project(project: &Project, declaration: &Declaration, profile: &Profile) -> Missing {
    let mut missing = Missing::default();
    let known = |text: &&Text| {
        let word = text.str(Lang::Zh).trim();
        profile.translate(word, Lang::En) == word
    };
    missing.text("name", [&project.name]);
    missing.text("unit.name", project.unit.as_ref().map(|unit| &unit.name));
    missing.text("heading", project.printed_heading());
    if project.print.form {
        missing.text("nature", project.nature.as_ref().filter(known));
        missing.text("category", project.category.as_ref().filter(known));
    }
    for subproject in &project.subprojects {
        missing.text(&format!("subproject {}", subproject.id.value), [&subproject.name]);
    }
    let below = project.subprojects.iter().filter(|subproject| !subproject.single);
    let costs = project.costs.iter().chain(below.flat_map(|subproject| &subproject.costs));
    let sources = english_sources(project, declaration);
    let all = sources.iter().any(|text| text.contains("cost.names") || text.contains("cost.list"));
    for cost in costs {
        // A cost's name is printed only where a text asks for it.
        let own = cost.id.as_ref().map(|id| format!("cost.{}.name", id.value));
        let asked = own.as_ref().is_some_and(|path| sources.iter().any(|text| text.contains(path)));
        if all || asked {
            let key = own.unwrap_or_else(|| "cost name".to_owned());
            missing.text(&key, [&cost.name]);
        }
    }
    for section in project.printed_sections() {
        missing.text(&format!("narrative.{}", section.id), [&section.text]);
    }
    if let Some(goals) = project.printed_goals() {
        missing.text("goal.overall", [&goals.overall]);
        missing.text("goal.annual", goals.annual.as_ref());
    }
    for (indicator, number) in project.printed_indicators().iter().zip(1..) {
        missing.text(&format!("indicator {number} name"), [&indicator.name]);
        let word = match &indicator.target {
            Target::Stated(text) => Some(text).filter(known),
            Target::Measured(measured) => {
                let unit = &measured.unit;
                Some(&measured.text).filter(|_| profile.translate(unit, Lang::En) == unit)
            }
        };
        missing.text(&format!("indicator {number} target"), word);
    }
    missing
}

/// The English texts of a project as written, which say what they take.
fn english_sources<'p>(project: &'p Project, declaration: &'p Declaration) -> Vec<&'p str> {
    let sections = project.printed_sections().iter().map(|section| &section.text);
    let goals = project
        .printed_goals()
        .into_iter()
        .flat_map(|goals| [&goals.overall].into_iter().chain(&goals.annual));
    let texts = sections.chain(goals).chain(declaration.overview.text.as_ref());
    texts.filter_map(|text| text.exactly(Lang::En)).map(|prose| prose.value.as_str()).collect()
}

/// Texts of a file without English.
#[derive(Default)]
struct Missing {
    keys: Vec<String>,
    places: Vec<Span>,
}

impl Missing {
    fn text<'t>(&mut self, key: &str, texts: impl IntoIterator<Item = &'t Text>) {
        for text in texts {
            if text.exactly(Lang::En).is_none() && text.str(Lang::Zh).contains(is_han) {
                self.keys.push(key.to_owned());
                self.places.push(text.span());
            }
        }
    }

    fn report(self, findings: &mut Findings<'_>) {
        let Some(first) = self.places.first() else { return };
        let (count, keys) = (self.keys.len(), self.keys.join("  "));
        let finding = findings.finding(say!(
            "要印英文，这个文件却有{count}处没有英文",
            "English is to be printed, but {count} of this file's texts have none"
        ));
        findings.push(finding.at(*first).help(say!("补上英文：{keys}", "add the English of: {keys}")).help(
            say!(
                "写成 {{ zh = \"…\", en = \"…\" }}；不印英文的，从 languages 里去掉 en",
                "write {{ zh = \"…\", en = \"…\" }}; or take en out of languages"
            ),
        ));
    }
}

fn check_chinese(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !subject.declaration.languages.contains(&Lang::En) {
        return;
    }
    for writing in subject.writings().filter(|writing| writing.lang == Lang::En) {
        let text = writing.text();
        if !text.contains(is_han) {
            continue;
        }
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let range = offset..offset + line.trim_end().len();
            offset += line.len();
            let typed = |at: usize| !writing.is_computed(range.start + at..range.start + at + 1);
            let quoted = quotations(line);
            let outside = |at: usize| !quoted.iter().any(|range| range.contains(&at));
            let han =
                line.char_indices().filter(|(at, ch)| is_han(*ch) && outside(*at) && typed(*at)).count();
            let latin = line.bytes().filter(u8::is_ascii_alphabetic).count();
            if han <= latin {
                continue;
            }
            let finding = findings.finding(say!("英文文字仍是中文", "this English text is left in Chinese"));
            findings.push(finding.at(writing.span(range)).help(say!(
                "译成英文；暂时没有译文的，删去 en，打印时用中文代替",
                "translate it; without a translation leave en out, and the Chinese is printed"
            )));
        }
    }
}

/// The ranges of a line in which Chinese names may stand.
fn quotations(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = cited(line);
    for (open, close) in [('“', '”'), ('(', ')'), ('（', '）'), ('"', '"')] {
        let mut from = 0;
        while let Some(start) = line.get(from..).and_then(|rest| rest.find(open)).map(|at| from + at) {
            let inner = start + open.len_utf8();
            let Some(length) = line.get(inner..).and_then(|rest| rest.find(close)) else { break };
            from = inner + length + close.len_utf8();
            ranges.push(start..from);
        }
    }
    ranges
}
