//! Runs of characters below each other into cells.

use super::segments::{Segment, is_amount};
use crate::import::block::{continue_with, plain};
use crate::import::labels::{Labels, is};

/// How many lines below another a run may belong to the same cell.
pub(super) const APART: usize = 2;

/// A cell with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    /// The text for comparing.
    pub plain: String,
    pub from: usize,
    pub to: usize,
    /// Its first and last line.
    pub first: usize,
    pub last: usize,
    /// Whether it is a label of the form.
    pub label: bool,
}

impl Piece {
    /// The line in its middle.
    pub fn middle(&self) -> usize {
        (self.first + self.last) / 2
    }
}

/// The cells of lines that no blank line parts. In a list, two lines with values each are two rows.
pub(super) fn pieces(block: &[Vec<Segment>], labels: &Labels, in_list: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // The pieces that may still go on.
    let mut open: Vec<usize> = Vec::new();
    for segment in block.iter().flatten() {
        open.retain(|at| pieces.get(*at).is_some_and(|piece| piece.last + APART >= segment.line));
        let own = open.iter().rev().copied();
        let joined = own
            .into_iter()
            .find(|at| pieces.get(*at).is_some_and(|piece| goes_on(piece, segment, block, labels, in_list)));
        if joined.is_none() {
            open.push(pieces.len());
        }
        match joined.and_then(|at| pieces.get_mut(at)) {
            Some(piece) => {
                continue_with(&mut piece.text, &segment.text);
                piece.from = piece.from.min(segment.from);
                piece.to = piece.to.max(segment.to);
                piece.last = segment.line;
                piece.plain = plain(&piece.text);
            }
            None => pieces.push(Piece {
                text: segment.text.clone(),
                plain: plain(&segment.text),
                from: segment.from,
                to: segment.to,
                first: segment.line,
                last: segment.line,
                label: false,
            }),
        }
    }
    for piece in &mut pieces {
        piece.label = labels.is_label(&piece.plain)
            || labels.fields.iter().any(|field| field.within && piece.plain.starts_with(&field.text));
    }
    pieces
}

fn goes_on(piece: &Piece, segment: &Segment, block: &[Vec<Segment>], labels: &Labels, in_list: bool) -> bool {
    let apart = segment.line.saturating_sub(piece.last);
    let overlap = piece.to.min(segment.to).saturating_sub(piece.from.max(segment.from));
    let narrow = (piece.to - piece.from).min(segment.to - segment.from);
    if !(1..=APART).contains(&apart) || overlap * 2 < narrow {
        return false;
    }
    let below = plain(&segment.text);
    let whole = format!("{}{below}", piece.plain);
    if labels.is_piece(&piece.plain) && labels.is_piece(&below) {
        return labels.is_piece(&whole) && (apart == 1 || between(piece, segment, block) != Some(0));
    }
    // A unit that went on to the next line: ≤1800元/ and 批次.
    let broken = piece.plain.ends_with(['/', '(', '、', '·', '至']);
    if (is_closed(&piece.plain, labels) && !broken) || is_closed(&below, labels) {
        return false;
    }
    if in_list
        && (piece.first..=piece.last).any(|line| has_value(block, line))
        && has_value(block, segment.line)
    {
        return false;
    }
    // What stands beside its label is whole, where the next line belongs to a label further down.
    let beside = |line: usize| labelled(block, line, segment.from.min(piece.from), labels);
    let next = || apart == 2 || beside(segment.line + 1);
    if !in_list && piece.first == piece.last && beside(piece.first) && next() {
        return false;
    }
    apart == 1 || across(piece, segment, block, labels, in_list)
}

/// Whether two runs belong to a cell although a line stands between them: that of the row's other values, or of the label
/// beside the cell.
fn across(piece: &Piece, segment: &Segment, block: &[Vec<Segment>], labels: &Labels, in_list: bool) -> bool {
    let Some(count) = between(piece, segment, block) else { return false };
    let line = piece.last + 1;
    if in_list {
        return count >= 2 && !only_levels(block, line, labels);
    }
    let own = on_line(block, line).iter().filter(|own| own.to <= piece.from.max(segment.from));
    own.map(|own| plain(&own.text)).any(|text| labels.fields.iter().any(|field| field.text.contains(&text)))
}

/// The runs of a line.
fn on_line(block: &[Vec<Segment>], line: usize) -> &[Segment] {
    let number = |own: &Vec<Segment>| own.first().map(|segment| segment.line);
    // The lines of a block follow each other.
    let first = block.first().and_then(number).unwrap_or(line);
    let own = line.checked_sub(first).and_then(|at| block.get(at)).filter(|own| number(own) == Some(line));
    own.or_else(|| block.iter().find(|own| number(own) == Some(line))).map_or(&[], Vec::as_slice)
}

/// Whether a label of the form stands on a line before a column.
fn labelled(block: &[Vec<Segment>], line: usize, before: usize, labels: &Labels) -> bool {
    let own = on_line(block, line).iter().filter(|segment| segment.to <= before);
    own.map(|segment| plain(&segment.text))
        .any(|text| labels.fields.iter().any(|field| is(&field.text, &text)))
}

/// Whether a line has nothing but levels that stand for several rows.
fn only_levels(block: &[Vec<Segment>], line: usize, labels: &Labels) -> bool {
    let mut own = on_line(block, line).iter().map(|segment| plain(&segment.text));
    own.all(|text| {
        labels.kind(&text).is_some()
            || labels.is_side_piece(&text)
            || labels.level1.iter().any(|level| level.contains(&text))
    })
}

/// How many runs the line between has, `None` where one of them stands between the two.
fn between(piece: &Piece, segment: &Segment, block: &[Vec<Segment>]) -> Option<usize> {
    let line = Some(on_line(block, piece.last + 1)).filter(|line| !line.is_empty())?;
    let clear =
        line.iter().all(|own| own.to <= piece.from.max(segment.from) || own.from >= piece.to.min(segment.to));
    clear.then_some(line.len())
}

/// Whether a text is whole by itself: a label, an amount, a date, a measured value.
fn is_closed(plain: &str, labels: &Labels) -> bool {
    labels.fields.iter().any(|field| is(&field.text, plain))
        || labels.sides.iter().any(|side| side == plain)
        || labels.head(plain).is_some()
        || labels.kind(plain).is_some()
        || is_amount(plain)
        || is_value(plain)
}

fn is_value(plain: &str) -> bool {
    let date = plain.len() == 10 && plain.bytes().filter(|byte| *byte == b'-').count() == 2;
    date || plain.starts_with(['≥', '≤', '=', '<', '>'])
}

/// Whether a line holds a measured value or an amount.
fn has_value(block: &[Vec<Segment>], line: usize) -> bool {
    on_line(block, line).iter().any(|segment| {
        let text = plain(&segment.text);
        is_value(&text) || is_amount(&text)
    })
}
