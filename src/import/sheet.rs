//! Workbooks: each sheet as a table, with merged cells.

use std::collections::BTreeMap;
use std::fmt::LowerExp;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xls, Xlsx, XlsxFormulaMetadata};
use rust_decimal::Decimal;

use super::block::{At, Block, Cell, Place, Table};
use super::note::{Kind, Note};
use super::package::Package;
use super::records;
use super::refusal::{Refusal, damaged, too_large};
use super::room::Room;
use crate::lang::say;
use crate::source::guarded;

/// The most sheets of a workbook, each of which is read from its beginning to its end.
const MOST_SHEETS: usize = 255;
/// The most formulas without a value that are told.
const MOST_NOTES: usize = 100;
/// The widest row, for cells between others.
const WIDEST: u32 = 200;

/// What a sheet of a workbook says.
#[derive(Default)]
pub(crate) struct Sheet {
    pub name: String,
    /// The texts by row and column, which count from 0; numbers as they are shown, dates as `2026-01-31`.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
    merged: Vec<Dimensions>,
    /// Formulas whose value the file does not have.
    unknown: Vec<((u32, u32), String)>,
}

/// The sheets of a workbook whose archive is within bounds.
pub(super) fn xlsx(file: &str, bytes: &[u8]) -> Result<(Vec<Block>, Vec<Note>), Refusal> {
    let mut room = Room::default();
    let sheets = bounded(bytes, &mut room)?;
    let unknown = sheets.iter().flat_map(|own| own.unknown.iter().map(move |cell| (own, cell)));
    let notes = unknown
        .take(MOST_NOTES)
        .map(|(own, (cell, formula))| without_value(formula, place(file, &own.name, *cell)));
    let notes = notes.collect();
    let blocks = sheets.into_iter().map(|own| own.table(file, &mut room).map(Block::Table));
    Ok((blocks.collect::<Result<_, _>>()?, notes))
}

/// The sheets of a workbook by themselves.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    Package::open(bytes)?;
    bounded(bytes, &mut Room::default())
}

fn bounded(bytes: &[u8], room: &mut Room) -> Result<Vec<Sheet>, Refusal> {
    guarded(|| read_xlsx(bytes, room)).unwrap_or_else(|| Err(damaged()))
}

fn read_xlsx(bytes: &[u8], room: &mut Room) -> Result<Vec<Sheet>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let names = workbook.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(too_large());
    }
    let mut sheets = Vec::new();
    for name in names {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut sheet = Sheet { merged, ..Sheet::default() };
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;
        // The formulas of cells that share one are not asked for: each would be made anew.
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| damaged())? {
            let text = match &cell.value {
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    text.clone()
                }
                DataRef::Int(number) => number.to_string(),
                DataRef::Float(number) => decimal(*number),
                DataRef::DateTime(date) => day(date),
                DataRef::Bool(own) => truth(*own),
                DataRef::Error(_) | DataRef::Empty => {
                    if let Some(formula) = cell.formula.filter(|_| sheet.unknown.len() < MOST_NOTES) {
                        sheet.unknown.push((cell.pos, text_of(formula)));
                    }
                    continue;
                }
            };
            sheet.put(cell.pos, text, room)?;
        }
        sheets.push(Sheet { name, ..sheet });
    }
    Ok(sheets)
}

fn text_of(formula: XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => "…".to_owned(),
    }
}

fn truth(own: bool) -> String {
    if own { "TRUE" } else { "FALSE" }.to_owned()
}

/// The sheets of an old workbook, of WPS Office likewise.
pub(super) fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    guarded(|| read_xls(file, bytes)).unwrap_or_else(|| Err(damaged()))
}

fn read_xls(file: &str, bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let bounded = records::bounded(bytes)?;
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bounded.as_slice())).map_err(|_| damaged())?;
    let mut room = Room::default();
    let mut blocks = Vec::new();
    for name in workbook.sheet_names() {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = workbook.worksheet_range(&name).map_err(|_| damaged())?;
        let (top, start) = range.start().unwrap_or((0, 0));
        let mut sheet = Sheet { merged, ..Sheet::default() };
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Int(number) => number.to_string(),
                Data::Float(number) => decimal(*number),
                Data::DateTime(date) => day(date),
                Data::Bool(own) => truth(*own),
                _ => continue,
            };
            let (row, column) =
                (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            sheet.put((top.saturating_add(row), start.saturating_add(column)), text, &mut room)?;
        }
        blocks.push(Block::Table(Sheet { name, ..sheet }.table(file, &mut room)?));
    }
    Ok(blocks)
}

impl Sheet {
    fn put(&mut self, (row, column): (u32, u32), text: String, room: &mut Room) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        room.take(text.len())?;
        self.rows.entry(row).or_default().insert(column, text);
        Ok(())
    }

    /// The sheet as a table; cells between others are there, though empty.
    fn table(self, file: &str, room: &mut Room) -> Result<Table, Refusal> {
        let merged: BTreeMap<(u32, u32), &Dimensions> =
            self.merged.iter().map(|own| (own.start, own)).collect();
        let mut rows = Vec::new();
        for (row, mut texts) in self.rows {
            let last = texts.keys().next_back().copied().unwrap_or(0);
            let columns: Vec<u32> =
                if last < WIDEST { (0..=last).collect() } else { texts.keys().copied().collect() };
            let mut cells = Vec::new();
            let mut next = 0;
            for column in columns {
                // The cells behind the first of a merged area say nothing.
                if column < next {
                    continue;
                }
                let (end, below) = merged
                    .get(&(row, column))
                    .map_or((column, 1), |own| (own.end.1, own.end.0.saturating_sub(row).saturating_add(1)));
                next = end.max(column).saturating_add(1);
                let text = texts.remove(&column).unwrap_or_default();
                // Each cell keeps the name of its sheet.
                room.take_text(self.name.len())?;
                if text.is_empty() {
                    room.take(0)?;
                }
                let place = place(file, &self.name, (row, column));
                let text = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
                let columns = index(column)..index(next.min(column.saturating_add(WIDEST)));
                cells.push(Cell { text, en: None, columns, rows: index(below).max(1), place });
            }
            rows.push(cells);
        }
        Ok(Table { rows, exact: true })
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
    let mut rest = column.saturating_add(1);
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
