//! Where the cells of a row stand.

use super::parts::{CellPart, RowPart};
use crate::form::{Cell, Part};

/// How many Chinese characters a line has that is as wide as a form.
const CHARACTERS: u64 = 47;

/// Up to so many lines, two texts stand side by side as the form describes them.
const FEW_LINES: u64 = 24;

/// Lets the longer of two texts that stand side by side have the columns that the other does not need, where it would else
/// run on to the next page beside empty paper.
pub(super) fn balance(cells: &mut [CellPart], head: &mut [CellPart], shares: &[u32]) {
    let [first, second] = cells else { return };
    let (Some(one), Some(other)) = (first.body.as_ref(), second.body.as_ref()) else { return };
    let lengths = [one.length(), other.length()];
    let whole: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    // The lines of the longer text, when the first has so many columns.
    let lines = |span: usize| {
        let left: u64 = shares.iter().take(span).map(|share| u64::from(*share)).sum();
        let widths = [left, whole.saturating_sub(left)];
        let needed =
            lengths.iter().zip(widths).map(|(length, width)| length * whole / (width * CHARACTERS).max(1));
        let wide_enough = widths.iter().all(|width| width * 4 >= whole);
        wide_enough.then(|| needed.max().unwrap_or(0))
    };
    let Some(now) = lines(first.span).filter(|now| *now > FEW_LINES) else { return };
    let best = (1..shares.len()).filter_map(|span| Some((lines(span)?, span))).min();
    let Some((_, span)) = best.filter(|(fewest, _)| fewest * 4 < now * 3) else { return };
    let rest = (first.span + second.span).saturating_sub(span);
    (first.span, second.span) = (span, rest);
    if let [first, second] = head {
        (first.span, second.span) = (span, rest);
    }
}

/// A row with as many marks as tell the pages that its labels stand on.
pub(super) fn row_of(cells: Vec<CellPart>, part: &Part) -> RowPart {
    let bodies = cells.iter().filter(|cell| cell.kind == "body").count();
    let marks = if bodies > 0 { 2 * bodies } else { usize::from(part.side.is_some()) };
    let high = cells.iter().any(|cell| cell.lines > 0);
    RowPart { id: None, marks, high, cells }
}

/// Whether a cell shows a rate or a share, which stands beside amounts and in line with them.
fn is_rate(cell: &Cell) -> bool {
    cell.path().is_some_and(|(path, _)| path.ends_with(".rate") || path.ends_with(".share"))
}

/// Where the text of a cell stands, if not in the middle. What stands at a side begins at the top, so that an amount stands
/// beside its label's main language, however many lines the others take; not so where it spans rows, nor among items.
pub(super) fn alignment(cell: &Cell, kind: &str, among_items: bool) -> Option<String> {
    let side = match (cell.align, kind) {
        (Some(side), _) => side.name(),
        (None, "amount") => "right",
        (None, "body") => "left",
        (None, _) if is_rate(cell) && cell.rows == 1 && !among_items => return Some("center top".to_owned()),
        (None, _) => return None,
    };
    let top = kind == "body" || (kind != "value" && cell.rows == 1 && !among_items && side != "center");
    Some(if top { format!("{side} top") } else { side.to_owned() })
}
