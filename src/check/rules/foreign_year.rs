//! A year in the text that is neither this nor the last.

use std::ops::Range;

use crate::check::writing::Writing;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Project, Year};
use crate::reading::chars;
use crate::reading::dates::{Mention, mentions};
use crate::reading::spans::{cited, holds};

pub(super) static RULE: Rule = Rule {
    code: code::FOREIGN_YEAR,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "文字中出现其他年度", en: "the text names a year that is neither this nor the last"
    },
    what: Phrase {
        zh: "手写的年份不是申报年度，也不是上一年度，又不在项目或子项目的起止日期之内。书名号和六角括号里的、“截至”后面的、标准号里的年份，规划名称后面括号里的年份，以及说明由来的往年（自2017年起、2019年建成），不在此列。",
        en: "A typed year is neither the declaration's nor the one before it, and lies outside the period of the project and its sub-projects. Years in the titles and numbers of documents and standards, years after 'as of', in brackets after a plan, and past years that tell a history (since 2017) are fine.",
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

/// What is said of a past year to tell where something comes from.
const HISTORY: [&str; 22] = [
    "以来",
    "始建",
    "建成",
    "成立",
    "设立",
    "启用",
    "投用",
    "投入",
    "印发",
    "发布",
    "颁布",
    "施行",
    "修订",
    "购置",
    "开通",
    "上线",
    "founded",
    "built",
    "established",
    "issued",
    "revised",
    "opened",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let year = subject.declaration.year;
    let projects = &subject.declaration.projects;
    for writing in subject.writings() {
        let text = writing.text();
        let found = mentions(text, writing.lang);
        if found.is_empty() {
            continue;
        }
        let quoted = cited(text);
        for mention in found {
            let Some(named) = mention.year else { continue };
            let within = |project: &Project| touches(project, named);
            let expected = match writing.project {
                Some(index) => projects.get(index).is_some_and(within),
                None => projects.iter().any(within),
            };
            let range = mention.range.clone();
            if named == year
                || named + 1 == year
                || expected
                || holds(&quoted, range.start)
                || writing.is_computed(range.clone())
                || is_explained(&writing, &mention, named < year)
            {
                continue;
            }
            let (this, last) = (year, year - 1);
            let finding = findings.finding(say!(
                "文字写的是{named}年，申报年度是{this}年",
                "the text names {named}, but the declaration is for {this}"
            ));
            findings.push(finding.at(writing.span(range)).help(say!(
                "若指申报年度，写成 {{{{year}}}}年；若是历史情况，写明“截至{named}年”或“自{named}年起”；上年度（{last}年）的情况可以直接写",
                "for the declaration's year write {{{{year}}}}; for history say 'as of {named}' or 'since {named}'; the last year ({last}) may be named as it is"
            )));
        }
    }
}

fn touches(project: &Project, year: Year) -> bool {
    let parts = project.subprojects.iter();
    let years = parts.flat_map(|part| [part.start, part.end]).flatten().map(|date| date.value.year());
    let (first, last) = (project.period.start.year(), project.period.end.year());
    let (first, last) = years.fold((first, last), |(first, last), year| (first.min(year), last.max(year)));
    (first..=last).contains(&year)
}

/// Whether the words around a year say why it stands there.
fn is_explained(writing: &Writing<'_>, mention: &Mention, past: bool) -> bool {
    let text = writing.text();
    let Range { start, end } = clause(text, &mention.range);
    let before = text.get(start..mention.range.start).unwrap_or("").trim_end();
    let after = text.get(mention.range.end..end).unwrap_or("");
    match writing.lang {
        Lang::Zh => {
            let since = past && before.ends_with(['自', '从', '于']) && after.contains(['起', '始']);
            let history = past && (since || HISTORY.iter().any(|word| after.contains(word)));
            before.contains("截至")
                || before.contains("截止")
                || history
                || before.ends_with('到')
                || in_plan(before)
        }
        Lang::En => {
            let before = before.to_lowercase();
            let history = past && HISTORY.iter().any(|word| before.contains(word));
            ["as of", "by the end of", "since", "no. "].iter().any(|word| before.contains(word)) || history
        }
    }
}

/// Whether an open bracket follows the name of a plan: “十四五”规划（2021—2025年）.
fn in_plan(before: &str) -> bool {
    let Some((name, inner)) = before.rsplit_once(['（', '(']) else { return false };
    !inner.contains(['）', ')'])
        && (name.ends_with(['》', '”']) || name.ends_with("规划") || name.ends_with("计划"))
}

/// The part of a sentence around a range, between commas.
fn clause(text: &str, range: &Range<usize>) -> Range<usize> {
    let ends = |ch: char| matches!(ch, '，' | '。' | '；' | '！' | '？' | ',' | ';' | '\n');
    let before = text.get(..range.start).unwrap_or("");
    let start = before.rfind(ends).map_or(0, |at| at + chars::after(text, at).map_or(1, char::len_utf8));
    let after = text.get(range.end..).unwrap_or("");
    start..after.find(ends).map_or(text.len(), |at| range.end + at)
}
