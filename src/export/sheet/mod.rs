//! Workbooks: tables as sheets, with real numbers, formulas and their results.

mod cells;
mod names;
mod styles;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

pub use cells::{height, lines, number, reference, width_of};
pub use names::Names;
pub use styles::{FONT, Styles};

use super::table::{ColumnKind, Datum, Style, Table};
use crate::lang::{Words, say};

/// The widest column, in characters of half width.
const WIDEST: usize = 46;
/// The narrowest.
const NARROWEST: usize = 7;
/// A4, by Excel's number.
const A4: u8 = 9;

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    names: Names,
    styles: Styles,
}

impl Book {
    /// A workbook of this title and author; the date makes the same input give the same bytes.
    ///
    /// # Errors
    ///
    /// None with dates that Excel knows; from 1900 on.
    pub fn new(title: &str, author: &str, date: Date) -> Result<Book, XlsxError> {
        let mut workbook = Workbook::new();
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(date.year()).unwrap_or(1900);
        let date = ExcelDateTime::from_ymd(year.clamp(1900, 9999), part(date.month()), part(date.day()))?;
        let properties = DocProperties::new().set_title(title).set_author(author);
        workbook.set_properties(&properties.set_creation_datetime(&date));
        Ok(Book { workbook, names: Names::default(), styles: Styles::default() })
    }

    /// The formats of cells.
    pub fn styles(&self) -> Styles {
        self.styles.clone()
    }

    /// The name that the next sheet of this name would have, which formulas of other sheets may use before it is there.
    pub fn reserve(&mut self, wanted: &str) -> String {
        self.names.free(wanted)
    }

    /// Adds an empty sheet under a name that was reserved.
    ///
    /// # Errors
    ///
    /// None for reserved names.
    pub fn sheet(&mut self, reserved: &str) -> Result<&mut Worksheet, XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(reserved)?;
        sheet.set_paper_size(A4);
        sheet.set_footer("&C&P / &N");
        Ok(sheet)
    }

    /// Adds a table as a sheet, and gives the name of that.
    ///
    /// # Errors
    ///
    /// Texts longer than a cell may be, more rows than a sheet has.
    pub fn table(&mut self, table: &Table, style: Style) -> Result<String, XlsxError> {
        let name = self.reserve(&table.name);
        self.table_on(&name, table, style)?;
        Ok(name)
    }

    /// The same under a name that was reserved.
    ///
    /// # Errors
    ///
    /// As [`Book::table`].
    pub fn table_on(&mut self, reserved: &str, table: &Table, style: Style) -> Result<(), XlsxError> {
        let styles = self.styles();
        let sheet = self.sheet(reserved)?;
        write(sheet, table, style, &styles)
    }

    /// The bytes of the file.
    ///
    /// # Errors
    ///
    /// What does not hold together, such as ranges over each other.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

/// Why there is no workbook, for the user.
pub fn trouble(error: &XlsxError) -> Words {
    match error {
        XlsxError::MaxStringLengthExceeded => say!(
            "有一段文字超过 32767 个字，工作簿的一个单元格放不下：请分成几段，或改用 CSV",
            "a text has more than 32,767 characters, which a cell of a workbook cannot hold: divide it, or use CSV"
        ),
        XlsxError::RowColumnLimitError => say!(
            "行数或列数超过工作表的上限（1048576 行、16384 列）：请分成几次导出",
            "there are more rows or columns than a sheet has (1,048,576 and 16,384): export in several calls"
        ),
        other => say!("不能写成工作簿：{other}", "the workbook cannot be written: {other}"),
    }
}

fn write(sheet: &mut Worksheet, table: &Table, style: Style, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    let widths: Vec<u16> = (0..table.columns.len()).map(|index| width(table, index, style)).collect();
    for ((column, width), index) in table.columns.iter().zip(&widths).zip(0_u16..) {
        sheet.write_string_with_format(0, index, &column.head, &styles.head)?;
        sheet.set_column_width(index, *width)?;
    }
    let taken = |text: &str, width: &u16| lines(text, usize::from(width.saturating_sub(4)));
    let heads = table.columns.iter().zip(&widths).map(|(column, width)| taken(&column.head, width));
    sheet.set_row_height(0, height(heads.max().unwrap_or(1)))?;
    let last = table.rows.len();
    for (row, number) in table.rows.iter().zip(1_u32..) {
        let texts = row.iter().zip(&widths).map(|(cell, width)| match cell {
            Datum::Text(text) => taken(text, width),
            _ => 1,
        });
        sheet.set_row_height(number, height(texts.max().unwrap_or(1)))?;
        let is_sum = table.has_sum && usize::try_from(number).is_ok_and(|number| number == last);
        for (cell, (column, index)) in row.iter().zip(table.columns.iter().zip(0_u16..)) {
            let format = styles.of_column(column.kind, is_sum);
            write_datum(sheet, (number, index), cell, style, format)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let listed = u32::try_from(last - usize::from(table.has_sum)).unwrap_or(u32::MAX);
    let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    if let (1.., Some(end)) = (listed, columns.checked_sub(1)) {
        sheet.autofilter(0, 0, listed, end)?;
    }
    Ok(())
}

/// Writes a cell: a number that a sheet can hold as one, or else its digits as text, so that none is lost.
///
/// # Errors
///
/// Texts longer than a cell may be.
pub fn write_datum(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Datum,
    style: Style,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let digits = |amount| style.number(amount);
    match cell {
        Datum::Empty => sheet.write_blank(row, column, format)?,
        Datum::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Datum::Number(decimal) => match number(*decimal) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, decimal.to_string(), format)?,
        },
        Datum::Amount(amount) => match digits(*amount).and_then(number) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, amount.exact_form(), format)?,
        },
        Datum::Computed(formula, amount) => {
            let result = digits(*amount).map(|number| number.to_string()).unwrap_or_default();
            sheet.write_formula_with_format(row, column, computed(formula, result), format)?
        }
        Datum::Counted(formula, number) => {
            let result = number.normalize().to_string();
            sheet.write_formula_with_format(row, column, computed(formula, result), format)?
        }
    };
    Ok(())
}

/// A formula, whose result stands in the file for programs that do not compute it.
fn computed(formula: &str, result: String) -> Formula {
    Formula::new(format!("={formula}")).set_result(result)
}

/// How wide a column is: as its widest cell, long texts running over more lines.
fn width(table: &Table, column: usize, style: Style) -> u16 {
    let printed = |cell: &Datum| match cell {
        Datum::Empty => 0,
        Datum::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0),
        Datum::Number(number) | Datum::Counted(_, number) => number.to_string().len(),
        Datum::Amount(amount) | Datum::Computed(_, amount) => amount.in_table(style.power(), 2, true).len(),
    };
    let kind = table.columns.get(column).map(|column| column.kind);
    // The head of amounts may take two lines.
    let head = table.columns.get(column).map_or(0, |own| match kind {
        Some(ColumnKind::Text) => own.head.width(),
        _ => own.head.width().div_ceil(2) + 2,
    });
    let widest = table.rows.iter().filter_map(|row| row.get(column)).map(printed).max().unwrap_or(0);
    u16::try_from(head.max(widest).clamp(NARROWEST, WIDEST) + 5).unwrap_or(60)
}
