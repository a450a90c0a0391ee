//! Workbooks: each sheet as a table, with merged cells.

use std::collections::BTreeMap;
use std::fmt::LowerExp;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xls, Xlsx};
use rust_decimal::Decimal;

use super::block::{At, Block, Cell, Place, Table};
use super::note::{Kind, Note};
use super::package::{damaged, too_large};
use super::refusal::Refusal;
use crate::lang::say;
use crate::source::guarded;

/// The most cells of a workbook that are kept.
const MOST_CELLS: usize = 300_000;
/// The most cells of the rectangles that the sheets of an old workbook span.
const MOST_SPANNED: u64 = 4_000_000;
/// The most formulas without a value that are told.
const MOST_NOTES: usize = 100;
/// The widest row, for cells between others.
const WIDEST: u32 = 200;

/// The sheets of a workbook whose archive is within bounds.
pub(super) fn xlsx(file: &str, bytes: &[u8]) -> Result<(Vec<Block>, Vec<Note>), Refusal> {
    guarded(|| read_xlsx(file, bytes)).unwrap_or_else(|| Err(damaged()))
}

fn read_xlsx(file: &str, bytes: &[u8]) -> Result<(Vec<Block>, Vec<Note>), Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut left = MOST_CELLS;
    let (mut blocks, mut notes) = (Vec::new(), Vec::new());
    for name in workbook.sheet_names() {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut sheet = Sheet::default();
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;
        while let Some(cell) = cells.next_cell_with_formula().map_err(|_| damaged())? {
            let text = match &cell.value {
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    text.clone()
                }
                DataRef::Int(number) => number.to_string(),
                DataRef::Float(number) => decimal(*number),
                DataRef::DateTime(date) => day(date),
                DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => {
                    if let Some(formula) = cell.formula.filter(|_| notes.len() < MOST_NOTES) {
                        notes.push(without_value(&formula, place(file, &name, cell.pos)));
                    }
                    continue;
                }
            };
            sheet.put(cell.pos, text, &mut left)?;
        }
        blocks.push(Block::Table(sheet.table(file, &name, &merged)));
    }
    Ok((blocks, notes))
}

/// The sheets of an old workbook, of WPS Office likewise.
pub(super) fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    guarded(|| read_xls(file, bytes)).unwrap_or_else(|| Err(damaged()))
}

fn read_xls(file: &str, bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    spans(bytes)?;
    let workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut workbook = workbook;
    let mut left = MOST_CELLS;
    let mut blocks = Vec::new();
    for name in workbook.sheet_names() {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = workbook.worksheet_range(&name).map_err(|_| damaged())?;
        let (top, start) = range.start().unwrap_or((0, 0));
        let mut sheet = Sheet::default();
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Int(number) => number.to_string(),
                Data::Float(number) => decimal(*number),
                Data::DateTime(date) => day(date),
                _ => continue,
            };
            let (row, column) =
                (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            sheet.put((top.saturating_add(row), start.saturating_add(column)), text, &mut left)?;
        }
        blocks.push(Block::Table(sheet.table(file, &name, &merged)));
    }
    Ok(blocks)
}

/// Whether the stream of an old workbook is within bounds: its reader takes memory for whole rectangles.
fn spans(bytes: &[u8]) -> Result<(), Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut stream = Vec::new();
    for name in ["Workbook", "Book"] {
        if file.is_stream(name) {
            let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let part = file.open_stream(name).map_err(|_| damaged())?;
            part.take(most).read_to_end(&mut stream).map_err(|_| damaged())?;
            break;
        }
    }
    let mut rest = stream.as_slice();
    let (mut total, mut sheet) = (0_u64, None::<[u64; 4]>);
    let number = |bytes: &[u8], at: usize| -> Option<u64> {
        Some(u64::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
    };
    while let (Some(kind), Some(length)) = (number(rest, 0), number(rest, 2)) {
        let end = 4 + usize::try_from(length).unwrap_or(usize::MAX - 4);
        let record = rest.get(4..end).unwrap_or(&[]);
        match kind {
            // The beginning of a sheet.
            0x0809 => total += area(sheet.take()),
            // Cells of every kind begin with row and column.
            0x0006 | 0x00bd | 0x00be | 0x00d6 | 0x00fd | 0x0201 | 0x0203..=0x0205 | 0x027e => {
                if let (Some(row), Some(column)) = (number(record, 0), number(record, 2)) {
                    let own = sheet.get_or_insert([row, row, column, column]);
                    *own = [own[0].min(row), own[1].max(row), own[2].min(column), own[3].max(column)];
                }
            }
            _ => {}
        }
        rest = rest.get(end..).unwrap_or(&[]);
    }
    if total + area(sheet) > MOST_SPANNED { Err(too_large()) } else { Ok(()) }
}

fn area(sheet: Option<[u64; 4]>) -> u64 {
    // The last columns of a row record of several cells are not known.
    sheet.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
}

/// The cells of a sheet by row and column.
#[derive(Default)]
struct Sheet {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

impl Sheet {
    fn put(&mut self, (row, column): (u32, u32), text: String, left: &mut usize) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        *left = left.checked_sub(1).ok_or_else(too_large)?;
        self.rows.entry(row).or_default().insert(column, text);
        Ok(())
    }

    /// The sheet as a table; cells between others are there, though empty.
    fn table(self, file: &str, sheet: &str, merged: &[Dimensions]) -> Table {
        let mut by_row: BTreeMap<u32, Vec<&Dimensions>> = BTreeMap::new();
        merged.iter().for_each(|own| by_row.entry(own.start.0).or_default().push(own));
        let mut rows = Vec::new();
        for (row, mut texts) in self.rows {
            let last = texts.keys().next_back().copied().unwrap_or(0);
            let mut cells = Vec::new();
            let mut column = 0;
            while column <= last {
                let own = by_row.get(&row).into_iter().flatten().find(|own| own.start.1 == column);
                let (end, below) =
                    own.map_or((column, 1), |own| (own.end.1, own.end.0.saturating_sub(row) + 1));
                let text = texts.remove(&column).unwrap_or_default();
                if !text.is_empty() || last < WIDEST {
                    let place = place(file, sheet, (row, column));
                    let text = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
                    let columns = index(column)..index(end.max(column)) + 1;
                    cells.push(Cell { text, en: None, columns, rows: index(below).max(1), place });
                }
                column = end.max(column) + 1;
            }
            rows.push(cells);
        }
        Table { rows, exact: true }
    }
}

fn place(file: &str, sheet: &str, (row, column): (u32, u32)) -> Place {
    let cell = format!("{}{}", letters(column), row.saturating_add(1));
    Place { file: file.to_owned(), at: At::Sheet { sheet: sheet.to_owned(), cell } }
}

fn without_value(formula: &str, place: Place) -> Note {
    let formula: String = formula.chars().take(40).collect();
    let words = say!(
        "公式 ={formula} 没有算出的值；在 WPS 或 Excel 中打开并保存后再导入",
        "the formula ={formula} has no value; open and save the workbook in an office program first"
    );
    Note { kind: Kind::Left, words, place: Some(place) }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A column's letters: `AB`.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from_u32(u32::from('A') + rest % 26).unwrap_or('?'));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A number as its cell shows it: fifteen digits are exact.
fn decimal(number: impl LowerExp) -> String {
    let digits = format!("{number:.14e}");
    Decimal::from_scientific(&digits).map_or(digits, |number| number.normalize().to_string())
}

fn day(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return decimal(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_that_a_cell_shows() {
        assert_eq!(decimal(7_044_200.0), "7044200");
        assert_eq!(decimal(0.1 + 0.2), "0.3");
        assert_eq!(decimal(319_369.45), "319369.45");
        assert_eq!((letters(0), letters(27)), ("A".into(), "AB".into()));
    }
}
