//! Reads a workbook that `export --workbook` has written.

use std::collections::BTreeMap;

use super::sheet_of;
use crate::export::table::letters;
use crate::export::workbook::layout::{BASE, FIRST_ROW, KEY_COLUMN};
use crate::import::{Sheet, sheets};
use crate::lang::{Words, say};

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

fn foreign() -> Words {
    say!(
        "这不是 shenbao export --workbook 写出的工作簿（.xlsx），不能取回：请用原来的工作簿填写",
        "this is no workbook that `shenbao export --workbook` has written (.xlsx): fill in that one"
    )
}

pub(super) fn read(bytes: &[u8]) -> Result<Read, Words> {
    // An archive, as every .xlsx is.
    if bytes.len() > LARGEST || !bytes.starts_with(b"PK") {
        return Err(foreign());
    }
    let sheets = sheets(bytes).map_err(|_| foreign())?;
    let base = sheets.iter().find(|sheet| sheet.name == BASE).ok_or_else(foreign)?;
    let base = base.rows.values().filter_map(|row| {
        let said = |column: u32| row.get(&column).map(|own| text(own)).unwrap_or_default();
        (!row.is_empty()).then(|| ((said(0), said(1), said(2)), said(3)))
    });
    let base: BTreeMap<_, _> = base.collect();
    let others = sheets.iter().filter(|sheet| sheet.name != BASE);
    let rows: Vec<ReadRow> = others.flat_map(|sheet| rows_of(sheet, &base)).collect();
    if rows.is_empty() {
        return Err(foreign());
    }
    Ok(Read { base, rows })
}

/// The rows of a sheet, which is known by the columns in its hidden row and by the rows that the base has.
fn rows_of(sheet: &Sheet, base: &BTreeMap<(String, String, String), String>) -> Vec<ReadRow> {
    let at = |row: u32, column: u32| {
        sheet.rows.get(&row).and_then(|row| row.get(&column)).map(|own| text(own)).unwrap_or_default()
    };
    let head = sheet.rows.get(&0).into_iter().flatten();
    let ids: Vec<(u32, String)> =
        head.map(|(column, own)| (*column, text(own))).filter(|(_, id)| !id.is_empty()).collect();
    let (first, key) = (u32::try_from(FIRST_ROW).unwrap_or(2), u32::try_from(KEY_COLUMN).unwrap_or(0));
    let written = || sheet.rows.range(first..).map(|(row, _)| *row);
    let keys: Vec<String> = written().map(|row| at(row, key)).collect();
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
            let place = format!("{}!{letter}{}", sheet.name, row.saturating_add(1));
            (id.clone(), ReadCell { text: at(row, *column), place })
        };
        ReadRow { part, key, cells: ids.iter().map(cell).collect() }
    };
    written().zip(keys).map(row).collect()
}

/// What a cell says, as the base has it.
fn text(cell: &str) -> String {
    cell.replace("\r\n", "\n").trim().to_owned()
}
