//! Reads a workbook that `export --workbook` has written.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};

use super::sheet_of;
use crate::export::table::letters;
use crate::export::workbook::layout::{BASE, FIRST_ROW, KEY_COLUMN};
use crate::lang::{Words, say};
use crate::source::guarded;

/// Larger files were not written by the program.
const LARGEST: usize = 64 << 20;

/// What a workbook says.
pub(super) struct Read {
    /// What its cells said when it was written: part, row and column.
    pub base: BTreeMap<(String, String, String), String>,
    /// Its rows in their order.
    pub rows: Vec<ReadRow>,
}

/// A row of a sheet.
pub(super) struct ReadRow {
    /// The id of the sheet.
    pub part: &'static str,
    /// What it stands for; empty for one that is added.
    pub key: String,
    /// The texts of its cells by the ids of their columns.
    pub cells: BTreeMap<String, ReadCell>,
}

/// A cell.
pub(super) struct ReadCell {
    pub text: String,
    /// Where it is, as `费用!K5`.
    pub place: String,
}

pub(super) fn read(bytes: &[u8]) -> Result<Read, Words> {
    guarded(|| read_whole(bytes)).unwrap_or_else(|| Err(foreign()))
}

fn foreign() -> Words {
    say!(
        "这不是 shenbao export --workbook 写出的工作簿（.xlsx），不能取回：请用原来的工作簿填写",
        "this is no workbook that `shenbao export --workbook` has written (.xlsx): fill in that one"
    )
}

fn read_whole(bytes: &[u8]) -> Result<Read, Words> {
    // An archive, as every .xlsx is.
    if bytes.len() > LARGEST || !bytes.starts_with(b"PK") {
        return Err(foreign());
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| foreign())?;
    let base = book.worksheet_range(BASE).map_err(|_| foreign())?;
    let base = base.rows().filter_map(|row| match row {
        [part, key, column, rest @ ..] => {
            let said = rest.first().map(text).unwrap_or_default();
            Some(((text(part), text(key), text(column)), said))
        }
        _ => None,
    });
    let base: BTreeMap<_, _> = base.collect();
    let mut rows = Vec::new();
    let sheets: Vec<String> = book.sheet_names().clone();
    for name in sheets.iter().filter(|name| *name != BASE) {
        let range = book.worksheet_range(name).map_err(|_| foreign())?;
        rows.extend(rows_of(&range, name, &base));
    }
    if rows.is_empty() {
        return Err(foreign());
    }
    Ok(Read { base, rows })
}

/// The rows of a sheet, which is known by the columns in its hidden row and by the rows that the base has.
fn rows_of(
    range: &Range<Data>,
    name: &str,
    base: &BTreeMap<(String, String, String), String>,
) -> Vec<ReadRow> {
    let (Some((_, left)), Some((bottom, right))) = (range.start(), range.end()) else { return Vec::new() };
    let at = |row: u32, column: u32| range.get_value((row, column)).map(text).unwrap_or_default();
    let ids: Vec<(u32, String)> =
        (left..=right).map(|column| (column, at(0, column))).filter(|(_, id)| !id.is_empty()).collect();
    let (first, key) = (u32::try_from(FIRST_ROW).unwrap_or(2), u32::try_from(KEY_COLUMN).unwrap_or(0));
    let keys: Vec<String> = (first..=bottom).map(|row| at(row, key)).collect();
    let has = |part: &str| {
        let known = |key: &String| base.range((part.to_owned(), key.clone(), String::new())..).next();
        keys.iter().filter(|key| !key.is_empty()).any(|key| {
            known(key).is_some_and(|((own, row, column), _)| {
                own == part && row == key && ids.iter().any(|(_, id)| id == column)
            })
        })
    };
    let sheet_columns = |part: &str| {
        let own = sheet_of(part).map(|sheet| sheet.columns);
        own.is_some_and(|columns| ids.iter().all(|(_, id)| columns.iter().any(|column| column.id == id)))
    };
    let parts = crate::export::workbook::sheets::SHEETS.iter().map(|sheet| sheet.id);
    let Some(part) = parts.into_iter().find(|part| !ids.is_empty() && sheet_columns(part) && has(part))
    else {
        return Vec::new();
    };
    let row = |(row, key): (u32, String)| {
        let cell = |(column, id): &(u32, String)| {
            let letter = letters(usize::try_from(*column).unwrap_or(0));
            let place = format!("{name}!{letter}{}", row + 1);
            (id.clone(), ReadCell { text: at(row, *column), place })
        };
        ReadRow { part, key, cells: ids.iter().map(cell).collect() }
    };
    (first..=bottom).zip(keys).map(row).collect()
}

/// What a cell says, as the base has it: numbers without zeros at their ends, dates as `2026-01-31`.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        Data::Float(_) | Data::Int(_) => cell.to_string(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string().replace("\r\n", "\n").trim().to_owned(),
    }
}
