//! Half-width punctuation between Chinese characters.

use std::ops::Range;

use crate::check::writing::{PlainKind, Writing};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::{after, before, is_han};
use crate::reading::quotes::{closes, opens};

pub(super) static RULE: Rule = Rule {
    code: code::HALF_WIDTH_PUNCTUATION,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "中文里用了半角标点", en: "half-width punctuation in Chinese" },
    what: Phrase {
        zh: "中文文字里汉字旁边的逗号、句号、分号、冒号、问号、叹号、括号或引号是半角的。数字、时间、网址和外文之间的不算，指标值的单位括号也不算。",
        en: "A comma, full stop, semicolon, colon, question or exclamation mark, bracket or quotation mark beside Chinese characters is half-width. Marks within numbers, times, addresses and Latin words, and the brackets of targets, are fine.",
    },
    why: Phrase {
        zh: "中文使用全角标点；半角的多半是输入时没有切换，排版疏密也不匀。",
        en: "Chinese takes full-width marks; the half-width ones are slips of the keyboard and break the spacing.",
    },
    bad: "overall = \"工作中发现的问题及时反馈,并及时整改.\"",
    good: "overall = \"工作中发现的问题及时反馈，并及时整改。\"",
    source: Phrase {
        zh: "GB/T 15834-2011《标点符号用法》",
        en: "GB/T 15834-2011, General rules for punctuation",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings() {
        let target = writing.plain == Some(PlainKind::Target);
        if writing.lang == Lang::Zh && !target {
            marks(&writing, findings);
            pairs(&writing, findings);
        }
    }
}

/// Single marks.
fn marks(writing: &Writing<'_>, findings: &mut Findings<'_>) {
    let text = writing.text();
    for (at, mark) in text.match_indices([',', ';', ':', '?', '!', '.']) {
        let range = at..at + mark.len();
        let wide = match mark {
            "," => '，',
            ";" => '；',
            ":" => '：',
            "?" => '？',
            "!" => '！',
            _ => '。',
        };
        // A line that ends with such a mark is joined to the next with a space.
        let next = range.end
            + text.get(range.end..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
        let (left, right) = (before(text, range.start), after(text, next).filter(|ch| *ch != '\n'));
        // Of marks in a row another rule tells.
        let chinese = match (left, right) {
            (Some(left), None) => is_chinese(left),
            (Some(left), Some(right)) if mark == "." => is_chinese(left) && is_chinese(right),
            (Some(left), Some(right)) => {
                let (chinese_left, chinese_right) = (is_chinese(left), is_chinese(right) || opens(right));
                chinese_left && (chinese_right || is_figure(right)) || chinese_right && is_figure(left)
            }
            (None, _) => false,
        };
        if chinese && !writing.is_computed(range.clone()) {
            report(writing, range, wide.to_string(), findings);
        }
    }
}

/// Brackets and quotation marks around Chinese.
fn pairs(writing: &Writing<'_>, findings: &mut Findings<'_>) {
    let text = writing.text();
    let mut next = 0;
    for (at, open) in text.match_indices(['(', '"']) {
        let from = at + open.len();
        let rest = text.get(from..).unwrap_or("");
        let (close, wide) = if open == "(" { (')', ["（", "）"]) } else { ('"', ["“", "”"]) };
        let Some(length) = rest.find([close, '\n']).filter(|end| after(rest, *end) == Some(close)) else {
            continue;
        };
        let inner = rest.get(..length).unwrap_or("");
        let range = at..from + length + close.len_utf8();
        // 55" is a length.
        let inches = open == "\"" && before(text, at).is_some_and(|ch| ch.is_ascii_digit());
        if at < next || inches {
            continue;
        }
        if open == "\"" {
            next = range.end;
        }
        let nested = inner.contains(['(', '（', '）']);
        if inner.contains(is_han) && !nested && !writing.is_computed(at..from) {
            report(writing, range, format!("{}{inner}{}", wide[0], wide[1]), findings);
        }
    }
}

fn is_chinese(ch: char) -> bool {
    is_han(ch) || closes(ch)
}

fn is_figure(ch: char) -> bool {
    ch.is_ascii_digit() || matches!(ch, '%' | '‰' | '％')
}

fn report(writing: &Writing<'_>, range: Range<usize>, wide: String, findings: &mut Findings<'_>) {
    let typed = writing.text().get(range.clone()).unwrap_or("");
    let finding =
        findings.finding(say!("中文里的“{typed}”是半角标点", "half-width `{typed}` in Chinese text"));
    let finding = finding.at(writing.span(range.clone())).help(say!("改成 {wide}", "write {wide}"));
    findings.push(match writing.fixable(range) {
        Some(span) => finding.fix(span, wide),
        None => finding,
    });
}
