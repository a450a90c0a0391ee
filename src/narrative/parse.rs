//! A text into blocks of pieces: characters, line breaks and placeholders.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::say;
use crate::model::Prose;
use crate::source::Span;

/// A block before values are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RawBlock {
    Paragraph(Vec<Piece>),
    List(Vec<RawItem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawItem {
    pub marker: String,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Characters as typed, and their offset in the decoded text.
    Text(String, usize),
    /// A line break, which joins.
    Break,
    Value(Placeholder),
}

/// `{{path | format}}`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placeholder {
    pub path: String,
    pub path_span: Span,
    pub format: Option<(String, Span)>,
}

pub(super) fn parse(prose: &Prose, diagnostics: &mut Diagnostics) -> Vec<RawBlock> {
    let mut blocks = Vec::new();
    let mut open: Option<RawBlock> = None;
    let mut offset = 0;
    let mut unclosed = false;
    for line in prose.value.split_inclusive('\n') {
        let start = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        let content = line.trim();
        if content.is_empty() {
            blocks.extend(open.take());
            continue;
        }
        if is_heading_line(content) {
            blocks.extend(open.take());
            let pieces = pieces(prose, start, content, &mut unclosed, diagnostics);
            blocks.push(RawBlock::Paragraph(pieces));
            continue;
        }
        let (marker, rest) = match marker(content) {
            Some(marker) => (Some(marker), content.get(marker.len()..).unwrap_or("")),
            None => (None, content),
        };
        let trimmed = rest.trim_start();
        let at = start + (content.len() - trimmed.len());
        let pieces = pieces(prose, at, trimmed, &mut unclosed, diagnostics);
        add_line(&mut blocks, &mut open, marker, pieces);
    }
    blocks.extend(open);
    blocks
}

/// Whether a line is a heading on its own, however long the values in it turn out to be.
pub(super) fn is_heading_line(line: &str) -> bool {
    if !line.starts_with('（') {
        return false;
    }
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        text.push('名');
        rest = after.split_once("}}").map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    is_subheading(&text)
}

fn add_line(blocks: &mut Vec<RawBlock>, open: &mut Option<RawBlock>, marker: Option<&str>, line: Vec<Piece>) {
    match (marker, open.as_mut()) {
        (Some(marker), Some(RawBlock::List(items))) => {
            items.push(RawItem { marker: marker.to_owned(), pieces: line });
        }
        (Some(marker), _) => {
            let item = RawItem { marker: marker.to_owned(), pieces: line };
            blocks.extend(open.replace(RawBlock::List(vec![item])));
        }
        (None, Some(RawBlock::Paragraph(pieces))) => {
            pieces.push(Piece::Break);
            pieces.extend(line);
        }
        (None, Some(RawBlock::List(items))) => {
            if let Some(last) = items.last_mut() {
                last.pieces.push(Piece::Break);
                last.pieces.extend(line);
            }
        }
        (None, None) => *open = Some(RawBlock::Paragraph(line)),
    }
}

/// The list marker at the start of a line: `(1)` `（1）` `1.` `1、` or `-` before a space.
pub(super) fn marker(line: &str) -> Option<&str> {
    if line.starts_with("- ") {
        return line.get(..1);
    }
    let (open, rest) = match line.strip_prefix(['(', '（']) {
        Some(rest) => (line.len() - rest.len(), rest),
        None => (0, line),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let mut after = rest.get(digits..)?.chars();
    let closing = after.next()?;
    let fits = match (open > 0, closing) {
        (true, ')' | '）') | (false, '、') => true,
        // 1.5万元 begins no list.
        (false, '.' | '．') => after.next().is_some_and(|next| !next.is_ascii_digit()),
        _ => false,
    };
    fits.then(|| line.get(..open + digits + closing.len_utf8())).flatten()
}

/// Most lines have none of these, which one pass tells.
static MARKS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(["{{", "}}", "｛｛", "｝｝"]).ok());

/// The pieces of a line; `unclosed` tells whether a `{{` before it still lacks its `}}`, which was told.
fn pieces(
    prose: &Prose,
    at: usize,
    line: &str,
    unclosed: &mut bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if MARKS.as_ref().is_some_and(|marks| !marks.is_match(line)) {
        if !line.is_empty() {
            pieces.push(Piece::Text(line.to_owned(), at));
        }
        return pieces;
    }
    let mut rest = line;
    let mut offset = at;
    while let Some(open) = rest.find("{{") {
        let (before, from_open) = rest.split_at(open);
        push_text(&mut pieces, before, prose, offset, unclosed, diagnostics);
        let begin = offset + open;
        let Some(close) = from_open.find("}}") else {
            diagnostics.push(not_closed(prose.place.at(begin..begin + from_open.len())));
            *unclosed = true;
            return pieces;
        };
        let inner = from_open.get(2..close).unwrap_or("");
        if let Some(again) = inner.find("{{") {
            diagnostics.push(not_closed(prose.place.at(begin..begin + 2)));
            *unclosed = true;
            rest = from_open.get(2 + again..).unwrap_or("");
            offset = begin + 2 + again;
            continue;
        }
        pieces.extend(placeholder(prose, begin + 2, inner, diagnostics));
        rest = from_open.get(close + 2..).unwrap_or("");
        offset = begin + close + 2;
    }
    push_text(&mut pieces, rest, prose, offset, unclosed, diagnostics);
    pieces
}

fn push_text(
    pieces: &mut Vec<Piece>,
    text: &str,
    prose: &Prose,
    at: usize,
    unclosed: &mut bool,
    diagnostics: &mut Diagnostics,
) {
    if text.is_empty() {
        return;
    }
    for mark in ["}}", "｛｛", "｝｝"] {
        if let Some(found) = text.find(mark) {
            // It closes what was told to be open.
            if mark == "}}" && std::mem::take(unclosed) {
                break;
            }
            let span = prose.place.at(at + found..at + found + mark.len());
            diagnostics.push(
                Diagnostic::error(code::BAD_PLACEHOLDER, say!("{mark} 不能单独出现", "unpaired {mark}"))
                    .at(span)
                    .help(say!(
                        "计算的值写成半角的 {{{{total}}}}",
                        "a computed value is written {{{{total}}}}"
                    )),
            );
            break;
        }
    }
    pieces.push(Piece::Text(text.to_owned(), at));
}

fn not_closed(span: Span) -> Diagnostic {
    Diagnostic::error(code::BAD_PLACEHOLDER, say!("{{{{ 没有结束", "unclosed {{{{")).at(span).help(say!(
        "在同一行里用 }}}} 结束，如 {{{{total}}}}",
        "close it with }}}} in the same line, as in {{{{total}}}}"
    ))
}

fn placeholder(prose: &Prose, at: usize, inner: &str, diagnostics: &mut Diagnostics) -> Option<Piece> {
    let trim = |part: &str, from: usize| {
        let start = from + (part.len() - part.trim_start().len());
        let text = part.trim();
        (text.to_owned(), prose.place.at(start..start + text.len()))
    };
    let (path, format) = match inner.split_once('|') {
        Some((path, format)) => (path, Some(trim(format, at + path.len() + 1))),
        None => (inner, None),
    };
    let (path, path_span) = trim(path, at);
    if path.is_empty() {
        let span = prose.place.at(at.saturating_sub(2)..at + inner.len() + 2);
        diagnostics.push(
            Diagnostic::error(code::BAD_PLACEHOLDER, say!("{{{{}}}} 里没有名称", "empty {{{{}}}}"))
                .at(span)
                .help(say!("写上要用的值，如 {{{{total}}}}", "name the value, as in {{{{total}}}}")),
        );
        return None;
    }
    Some(Piece::Value(Placeholder { path, path_span, format }))
}

/// （一） and a short line without an end: the second level of headings of GB/T 9704.
pub(super) fn is_subheading(text: &str) -> bool {
    let Some((numeral, rest)) = text.strip_prefix('（').and_then(|rest| rest.split_once('）')) else {
        return false;
    };
    !numeral.is_empty()
        && numeral.chars().all(|ch| "一二三四五六七八九十".contains(ch))
        && !rest.is_empty()
        && rest.chars().count() <= 40
        && !rest.contains(['。', '；', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_begin_list_items_and_numbers_do_not() {
        assert_eq!(marker("(1) 一"), Some("(1)"));
        assert_eq!(marker("（12）一"), Some("（12）"));
        assert_eq!(marker("1. 一"), Some("1."));
        assert_eq!(marker("1、一"), Some("1、"));
        assert_eq!(marker("- 一"), Some("-"));
        for none in ["1.5万元", "2024年", "-5", "(一)", "（一）总体", "1", "(1", "1)"] {
            assert_eq!(marker(none), None, "{none}");
        }
    }

    #[test]
    fn a_subheading_is_a_short_numbered_line() {
        assert!(is_subheading("（一）总体安排"));
        assert!(is_subheading("（十二）经费"));
        assert!(!is_subheading("（一）中心负责整网运行。"));
        assert!(!is_subheading("（1）总体安排"));
        assert!(!is_subheading("（附件）总体安排"));
    }
}
