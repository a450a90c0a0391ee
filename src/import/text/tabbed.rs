//! Tables whose cells are set apart by tabs, or by upright lines.

use super::Line;
use crate::import::block::{Cell, Table};

/// Whether a line is a row of such a table.
pub(super) fn is_row(text: &str) -> bool {
    text.contains('\t') || is_barred(text)
}

fn is_barred(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2 && text.starts_with('|') && text.ends_with('|')
}

/// The rows as a table. Cells are counted; they need not stand below each other.
pub(super) fn table(file: &str, lines: &[Line]) -> Table {
    let mut rows = Vec::new();
    for line in lines {
        let text = line.text.as_str();
        let cells: Vec<&str> = if is_barred(text) {
            text.trim().trim_matches('|').split('|').collect()
        } else {
            text.split('\t').collect()
        };
        let row = cells.iter().enumerate().map(|(at, cell)| Cell {
            text: cell.trim().to_owned(),
            en: None,
            columns: at..at + 1,
            rows: 1,
            place: line.place(file),
        });
        rows.push(row.filter(|cell| !is_rule(&cell.text)).collect());
    }
    Table { rows, exact: false }
}

/// What only draws a line.
fn is_rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|ch| matches!(ch, '-' | '=' | ':' | '─' | '━'))
}
