//! A line into what spaces set apart.

use super::cells::Piece;
use crate::import::block::plain;
use crate::import::labels::{Labels, is};

/// How far the left edge of a text may be off from line to line.
const OFF: usize = 4;
/// How far off it may be where a text fills its column up to the next.
const FULL: usize = 6;

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

/// The left edges of texts below heads: the column in which most of their lines begin.
pub(super) fn edges(block: &[Vec<Segment>], heads: &[Piece]) -> Vec<usize> {
    let mut edges = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        if at == 0 {
            edges.push(0);
            continue;
        }
        let before = heads.get(at - 1).map_or(0, |head| (head.from + head.to) / 2);
        let starts: Vec<usize> = block
            .iter()
            .flat_map(|line| line.iter().map(|segment| segment.from))
            .filter(|from| *from > before && *from <= head.to)
            .collect();
        let votes = |edge: usize| starts.iter().filter(|from| from.abs_diff(edge) <= 1).count();
        let best = starts.iter().copied().max_by_key(|edge| (votes(*edge), usize::MAX - edge));
        edges.push(best.unwrap_or(head.from));
    }
    edges
}

/// The texts of a line by their columns.
pub(super) fn parted(line: &[Segment], edges: &[usize]) -> Vec<(usize, String)> {
    let mut texts = Vec::new();
    let column = |from: usize| edges.iter().rposition(|edge| from + OFF > *edge).unwrap_or(0);
    for segment in line {
        let mut own = column(segment.from);
        let mut text = segment.text.as_str();
        let mut from = segment.from;
        // A text that fills its column, one space before the next.
        while let Some(edge) = edges.get(own + 1).copied() {
            let gaps = text.char_indices().enumerate().filter(|(_, (_, ch))| *ch == ' ');
            let near = gaps
                .map(|(count, (at, _))| (from + count + 1, at))
                .filter(|(start, _)| start.abs_diff(edge) <= FULL)
                .min_by_key(|(start, _)| start.abs_diff(edge));
            let Some((start, at)) = near else { break };
            texts.push((own, text.get(..at).unwrap_or("").trim().to_owned()));
            text = text.get(at..).unwrap_or("").trim_start();
            from = start;
            own += 1;
        }
        texts.push((own, text.to_owned()));
    }
    texts
}
