//! A line into what spaces set apart.

use crate::import::block::plain;
use crate::import::labels::{Labels, is};

/// A run of characters of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub text: String,
    /// Its first character's column, and the one behind its last.
    pub from: usize,
    pub to: usize,
    /// The line among those of the form.
    pub line: usize,
}

/// Parts a line at two spaces and more, and at single ones beside a label or an amount.
pub(super) fn segments(text: &str, line: usize, labels: &Labels) -> Vec<Segment> {
    let mut segments = Vec::new();
    let chars: Vec<char> = text.replace('\t', "    ").chars().collect();
    let mut from = 0;
    while from < chars.len() {
        if chars.get(from).is_some_and(|ch| ch.is_whitespace()) {
            from += 1;
            continue;
        }
        let rest = chars.get(from..).unwrap_or(&[]);
        let wide = rest.windows(2).position(|pair| pair.iter().all(|ch| ch.is_whitespace()));
        let to = from + wide.unwrap_or(rest.len());
        let own: String = chars.get(from..to).unwrap_or(&[]).iter().collect();
        split(own.trim_end(), from, line, labels, &mut segments);
        from = to;
    }
    segments
}

fn split(text: &str, from: usize, line: usize, labels: &Labels, segments: &mut Vec<Segment>) {
    let gaps: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for at in gaps {
        let (left, right) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
        if parts(left, right, labels) {
            push(left, from, line, segments);
            let behind = from + left.chars().count() + 1;
            return split(right.trim_start(), behind, line, labels, segments);
        }
    }
    push(text, from, line, segments);
}

fn push(text: &str, from: usize, line: usize, segments: &mut Vec<Segment>) {
    let to = from + text.chars().count();
    segments.push(Segment { text: text.trim().to_owned(), from, to, line });
}

/// Whether the space between two runs sets cells apart.
fn parts(left: &str, right: &str, labels: &Labels) -> bool {
    let (before, after) = (plain(left), plain(right));
    let first = plain(right.split(' ').next().unwrap_or(right));
    let field =
        |text: &str| labels.fields.iter().any(|field| is(&field.text, text)) || labels.kind(text).is_some();
    let chinese = right.chars().next().is_some_and(|ch| crate::lang::is_han(ch) || "《“（【".contains(ch));
    let unit = ["元", "万元", "亿元"].iter().any(|unit| after.starts_with(unit));
    (labels.is_label(&before) && before.chars().count() > 2)
        || (is_amount(&before) && !unit)
        || (chinese && is_measured(&before))
        || (field(&first) && first.chars().count() > 2)
        || (before.chars().count() > if chinese { 2 } else { 4 } && labels.is_piece(&before))
}

/// 10,180,000.00
pub(super) fn is_amount(text: &str) -> bool {
    let Some((whole, cents)) = text.split_once('.') else { return false };
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    digits(whole) && cents.len() == 2 && digits(cents)
}

/// A sign, a number and a unit.
fn is_measured(text: &str) -> bool {
    let signed = text.starts_with(['≥', '≤', '=', '<', '>']) && text.contains(|ch: char| ch.is_ascii_digit());
    signed && text.ends_with(|ch: char| !ch.is_ascii_digit() && ch != '/')
}
