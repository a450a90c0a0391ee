//! How high rows have to be for their texts, which a sheet does not find out by itself where cells are merged.

use super::flat::{Flat, FlatCell};
use crate::export::sheet::lines;

/// The width of a page of A4 between its margins, in characters of half width.
pub(super) const PAGE: u32 = 96;
/// The height of a line, and what stands above and below the lines of a cell, in twentieths of a point.
const LINE: u32 = 285;
const PADDING: u32 = 140;
/// The height of a line that is left for a seal or a signature.
const ROOM: u32 = 340;
/// The highest row that a sheet has.
const MOST: u32 = 405 * 20;

/// A form on rows that are high enough.
pub(super) struct High {
    /// The form, with a row of more than a sheet's height on several.
    pub flat: Flat,
    /// The height of each row from `first` on, in twentieths of a point.
    pub heights: Vec<u32>,
    /// The width of each column, in characters of half width.
    pub widths: Vec<u32>,
}

/// Finds the heights of the rows below `first`.
pub(super) fn high(mut flat: Flat, first: usize) -> High {
    let widths = widths(&flat.columns);
    let count = flat.rows - first;
    let mut heights = vec![LINE + PADDING; count];
    let needed = |cell: &FlatCell| {
        let width: u32 = widths.iter().skip(cell.column).take(cell.columns).sum();
        let text = lines_of(cell, width) * LINE;
        text.max(u32::from(cell.lines) * ROOM) + PADDING
    };
    // Those of one row first; what reaches over several takes what these have, and the rest from the last.
    let mut cells: Vec<&FlatCell> = flat.cells.iter().collect();
    cells.sort_by_key(|cell| cell.rows);
    for cell in cells {
        let own = cell.row - first..(cell.row - first + cell.rows).min(count);
        let Some(rows) = heights.get_mut(own) else { continue };
        let missing = needed(cell).saturating_sub(rows.iter().sum());
        if let Some(last) = rows.last_mut() {
            *last += missing;
        }
    }
    let starts = divided(&mut heights, first);
    for cell in &mut flat.cells {
        let at = |row: usize| starts.get(row - first).copied().unwrap_or(row);
        let end = at(cell.row + cell.rows);
        cell.row = at(cell.row);
        cell.rows = end - cell.row;
    }
    flat.rows = first + heights.len();
    High { flat, heights, widths }
}

/// Columns as wide as their shares of the page.
fn widths(shares: &[u32]) -> Vec<u32> {
    let whole = shares.iter().sum::<u32>().max(1);
    shares.iter().map(|share| (share * PAGE / whole).max(3)).collect()
}

/// How many lines a cell takes in so much width, less what stands at its sides.
fn lines_of(cell: &FlatCell, width: u32) -> u32 {
    let room = width.saturating_sub(if cell.kind == "amount" { 1 } else { 2 });
    u32::try_from(lines(&cell.text, usize::try_from(room).unwrap_or(1))).unwrap_or(1)
}

/// Divides rows that are too high, and tells the row in which each now begins, and that below the last.
fn divided(heights: &mut Vec<u32>, first: usize) -> Vec<usize> {
    let mut starts = vec![first];
    let mut all = Vec::new();
    for height in heights.iter() {
        let parts = height.div_ceil(MOST).max(1);
        all.extend((0..parts).map(|_| height.div_ceil(parts)));
        starts.push(first + all.len());
    }
    *heights = all;
    starts
}
