//! The grid of a form, cell by cell: which rows and columns each takes.

use std::collections::BTreeSet;

use super::text::{of_blocks, of_pair};
use crate::document::parts::{CellPart, FormPart, GridPart, Grouped, ItemsPart, RowPart};
use crate::lang::Lang;

/// A form laid out on rows and columns, counted from 0.
#[derive(Debug)]
pub(super) struct Flat {
    /// Shares of the width.
    pub columns: Vec<u32>,
    /// How many rows it has.
    pub rows: usize,
    /// Its cells, from the left of each row on.
    pub cells: Vec<FlatCell>,
}

/// A cell of it.
#[derive(Debug)]
pub(super) struct FlatCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    /// What it says, in the languages that are printed, a line each.
    pub text: String,
    /// What it is, as [`CellPart::kind`].
    pub kind: &'static str,
    /// Where its text stands, as [`CellPart::align`].
    pub align: Option<String>,
    pub indent: bool,
    /// How many lines it is high at least.
    pub lines: u8,
    pub bordered: bool,
    /// The path of its value.
    pub path: Option<String>,
    /// The item that its row is repeated for, counted from 0.
    pub item: Option<usize>,
}

/// Lays a form out below `first` rows.
pub(super) fn flat(form: &FormPart, languages: &[Lang], first: usize) -> Flat {
    let mut layout = Layout { languages, cells: Vec::new(), taken: BTreeSet::new(), bordered: true };
    let count = form.columns.len();
    let mut row = first;
    for part in &form.parts {
        row = layout.part(part, row, count);
    }
    layout.cells.sort_by_key(|cell| (cell.row, cell.column));
    Flat { columns: form.columns.clone(), rows: row, cells: layout.cells }
}

struct Layout<'l> {
    languages: &'l [Lang],
    cells: Vec<FlatCell>,
    /// Row and column of what is covered.
    taken: BTreeSet<(usize, usize)>,
    bordered: bool,
}

impl Layout<'_> {
    /// Lays a part out from a row on, and gives the row below it.
    fn part(&mut self, part: &GridPart, first: usize, count: usize) -> usize {
        self.bordered = part.lines;
        let side = if part.side.is_some() { part.side_span } else { 0 };
        let mut row = first;
        if !part.head.is_empty() {
            self.row(&part.head, row, side, count, None);
            row += 1;
        }
        if let Some(items) = &part.items {
            row = self.items(items, row, side, count);
        }
        for own in &part.rows {
            self.row(&own.cells, row, side, count, None);
            row += 1;
        }
        if let Some(label) = &part.side {
            let text = of_pair(label, self.languages);
            self.put(FlatCell { columns: side, rows: row - first, ..self.label(text, first, 0) });
        }
        row
    }

    fn label(&self, text: String, row: usize, column: usize) -> FlatCell {
        FlatCell {
            row,
            column,
            rows: 1,
            columns: 1,
            text,
            kind: "label",
            align: None,
            indent: false,
            lines: 0,
            bordered: self.bordered,
            path: None,
            item: None,
        }
    }

    fn put(&mut self, cell: FlatCell) {
        for row in cell.row..cell.row + cell.rows {
            self.taken.extend((cell.column..cell.column + cell.columns).map(|column| (row, column)));
        }
        self.cells.push(cell);
    }

    /// A row of cells, beside those that reach down from above.
    fn row(&mut self, cells: &[CellPart], row: usize, first: usize, count: usize, item: Option<usize>) {
        let mut column = first;
        for cell in cells {
            while column < count && self.taken.contains(&(row, column)) {
                column += 1;
            }
            let text = match (&cell.amount, &cell.text, &cell.body) {
                (Some(amount), ..) => amount.clone(),
                (None, Some(text), _) => of_pair(text, self.languages),
                (None, None, Some(body)) => of_blocks(body, self.languages),
                (None, None, None) => String::new(),
            };
            self.put(FlatCell {
                rows: cell.rows,
                columns: cell.span,
                kind: cell.kind,
                align: cell.align.clone(),
                indent: cell.indent,
                lines: cell.lines,
                path: cell.path.clone(),
                item,
                ..self.label(text, row, column)
            });
            column += cell.span;
        }
    }

    /// The rows of items; a list of nothing has an empty row.
    fn items(&mut self, items: &ItemsPart, first: usize, side: usize, count: usize) -> usize {
        if items.count == 0 {
            let mut column = side;
            for span in &items.spans {
                let blank =
                    FlatCell { columns: *span, kind: "blank", ..self.label(String::new(), first, column) };
                self.put(blank);
                column += span;
            }
            return first + 1;
        }
        let mut next = 0;
        self.grouped(&items.rows, &items.spans, first, side, count, &mut next)
    }

    fn grouped(
        &mut self,
        grouped: &Grouped,
        spans: &[usize],
        first: usize,
        column: usize,
        count: usize,
        next: &mut usize,
    ) -> usize {
        match grouped {
            Grouped::Rows(rows) => {
                for (RowPart { cells, .. }, row) in rows.iter().zip(first..) {
                    self.row(cells, row, column, count, Some(*next));
                    *next += 1;
                }
                first + rows.len()
            }
            Grouped::Groups(groups) => {
                let (span, further) = spans.split_first().map_or((1, spans), |(span, rest)| (*span, rest));
                let mut row = first;
                for group in groups {
                    let end = self.grouped(&group.below, further, row, column + span, count, next);
                    let text = of_pair(&group.name, self.languages);
                    self.put(FlatCell {
                        rows: end - row,
                        columns: span,
                        kind: "group",
                        ..self.label(text, row, column)
                    });
                    row = end;
                }
                row
            }
        }
    }
}
