//! Traditional characters among simplified ones.

use std::ops::Range;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::{after, is_han};
use crate::reading::quotes::cited;
use crate::reading::simplified::{is_simplified, simplified};

pub(super) static RULE: Rule = Rule {
    code: code::TRADITIONAL_CHARACTERS,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "简体文字里夹有繁体字", en: "traditional characters among simplified ones"
    },
    what: Phrase {
        zh: "中文文字里有只用于繁体的字，如“管理辦法”“部門”。书名号、引号里通篇用繁体的原名不算；简体也用的字（著、乾、徵等）不查。",
        en: "A Chinese text has characters that are traditional only, as in 管理辦法. Names in 《》 or “” that are traditional throughout are fine, and characters that simplified texts use as well are not looked at.",
    },
    why: Phrase {
        zh: "公文使用规范汉字；夹杂的繁体字多半是从扫描件识别或复制来的。",
        en: "Official texts use the standard characters; stray traditional ones come from scans and copies.",
    },
    bad: "overview = \"制定技术标准和管理辦法，指导各部門。\"",
    good: "overview = \"制定技术标准和管理办法，指导各部门。\"",
    source: Phrase {
        zh: "《通用规范汉字表》（2013年）",
        en: "Table of General Standard Chinese Characters (2013)",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings().filter(|writing| writing.lang == Lang::Zh) {
        let text = writing.text();
        let runs = runs(text);
        if runs.is_empty() {
            continue;
        }
        let names = names(text);
        for range in runs {
            if names.iter().any(|name| name.contains(&range.start)) || writing.is_computed(range.clone()) {
                continue;
            }
            let typed = text.get(range.clone()).unwrap_or("");
            let fixed: String = typed.chars().map(|ch| simplified(ch).unwrap_or(ch)).collect();
            let finding = findings.finding(say!(
                "繁体字“{typed}”，规范字是“{fixed}”",
                "`{typed}` is traditional; the standard form is `{fixed}`"
            ));
            let finding =
                finding.at(writing.span(range.clone())).help(say!("改成“{fixed}”", "write {fixed}"));
            findings.push(match writing.fixable(range) {
                Some(span) => finding.fix(span, fixed),
                None => finding,
            });
        }
    }
}

/// Runs of traditional characters, joined over up to two others, so that a word is told once.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, ch) in text.char_indices().filter(|(_, ch)| simplified(*ch).is_some()) {
        let end = at + ch.len_utf8();
        match runs.last_mut() {
            Some(last) if joins(text.get(last.end..at).unwrap_or("")) => last.end = end,
            _ => runs.push(at..end),
        }
    }
    runs
}

fn joins(gap: &str) -> bool {
    gap.chars().count() <= 2 && gap.chars().all(is_han)
}

/// Quoted names that are traditional throughout: they hold no simplified character.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut quoted = cited(text);
    for (at, open) in text.match_indices('“') {
        let rest = text.get(at..).unwrap_or("");
        let Some(close) = rest.find(['”', '\n']).filter(|end| after(rest, *end) == Some('”')) else {
            continue;
        };
        quoted.push(at + open.len()..at + close);
    }
    quoted.retain(|range| {
        let inner = text.get(range.clone()).unwrap_or("");
        inner.chars().filter(|ch| simplified(*ch).is_some()).count() >= 2 && !inner.chars().any(is_simplified)
    });
    quoted
}
