//! Writes the sheets of the workbook: cells, lists, notes, and what is locked.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Note,
    ProtectionOptions, Worksheet, XlsxError,
};

use super::Lists;
use super::layout::{Column, FIRST_ROW, KEY_COLUMN, Kind, LISTS, Part, Sheet};
use super::rows::{Cell, Filled, Row, Terms, Value, cost_total};
use crate::export::sheet::{FONT, height, lines, number, width_of};
use crate::export::table::letters;
use crate::lang::{Lang, say};

/// Behind what cannot be changed.
const LOCKED: Color = Color::RGB(0x00ED_EDED);
const HEAD: Color = Color::RGB(0x00DD_E6F0);
/// Amounts with separators; nothing for zero, as in the rows that are left for more.
const AMOUNT: &str = "#,##0.00####;-#,##0.00####;";

pub(super) struct Painter<'p> {
    pub lang: Lang,
    pub english: bool,
    pub lists: &'p Lists,
}

impl Painter<'_> {
    pub fn sheet(&self, sheet: &mut Worksheet, filled: &Filled) -> Result<(), XlsxError> {
        let columns: Vec<&Column> = filled.sheet.shown(self.english).collect();
        let widths = self.heads(sheet, filled, &columns)?;
        let spare = (0..filled.sheet.spare).map(|place| {
            let row = FIRST_ROW + filled.rows.len() + place + 1;
            spare(filled.sheet, self.english, row)
        });
        for (row, number) in filled.rows.iter().cloned().chain(spare).zip(index(FIRST_ROW)..) {
            sheet.write_string(number, column(KEY_COLUMN), &row.key)?;
            sheet.set_row_height(number, height(highest(&row, &widths)))?;
            for ((cell, own), place) in row.cells.iter().zip(&columns).zip(1..) {
                write(sheet, (number, column(place)), cell, own)?;
            }
        }
        self.validate(sheet, filled, &columns)?;
        sheet.set_row_hidden(0)?;
        sheet.set_column_hidden(column(KEY_COLUMN))?;
        sheet.set_freeze_panes(index(FIRST_ROW), 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(1, 1)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::new()
        });
        Ok(())
    }

    /// Writes the heads, and gives the widths of the columns.
    fn heads(
        &self,
        sheet: &mut Worksheet,
        filled: &Filled,
        columns: &[&Column],
    ) -> Result<Vec<u16>, XlsxError> {
        let mut widths = Vec::with_capacity(columns.len());
        let head = base().set_bold().set_background_color(HEAD).set_align(FormatAlign::Center);
        for (own, place) in columns.iter().zip(1..) {
            let (at, text) = (column(place), own.head(self.lang));
            sheet.write_string(0, at, own.id)?;
            sheet.write_string_with_format(1, at, text, &head)?;
            let width = width(own, filled, place - 1, text);
            sheet.set_column_width(at, width)?;
            widths.push(width);
            let note = own.note(self.lang);
            if !note.is_empty() {
                let lines = u32::try_from(width_of(note).div_ceil(28)).unwrap_or(1);
                let note =
                    Note::new(note).add_author_prefix(false).set_width(240).set_height(26 + 18 * lines);
                sheet.insert_note(1, at, &note)?;
            }
        }
        Ok(widths)
    }

    fn validate(&self, sheet: &mut Worksheet, filled: &Filled, columns: &[&Column]) -> Result<(), XlsxError> {
        let last = FIRST_ROW + filled.rows.len() + filled.sheet.spare;
        let Some(last) = last.checked_sub(1).filter(|last| *last >= FIRST_ROW) else { return Ok(()) };
        for (own, place) in columns.iter().zip(1..) {
            let Kind::List(list) = own.kind else { continue };
            let Some(offered) = self.lists.iter().position(|(one, words)| *one == list && !words.is_empty())
            else {
                continue;
            };
            let count = self.lists.get(offered).map_or(1, |(_, words)| words.len());
            let letter = letters(offered);
            let formula = Formula::new(format!("='{LISTS}'!${letter}$1:${letter}${count}"));
            let rule = DataValidation::new().allow_list_formula(formula);
            let rule = if list.is_open() {
                // What the form does not list may be right all the same.
                rule.show_error_message(false)
            } else {
                let message = say!("请从列表里选一项", "choose from the list");
                rule.set_error_style(DataValidationErrorStyle::Stop)
                    .set_error_message(message.get(self.lang))?
            };
            sheet.add_data_validation(index(FIRST_ROW), column(place), index(last), column(place), &rule)?;
        }
        Ok(())
    }
}

fn index(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(10.5)
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

fn format(cell: &Cell, column: &Column) -> Format {
    let format = match column.kind {
        Kind::Amount => base().set_num_format(AMOUNT).set_align(FormatAlign::Right),
        Kind::Number => base().set_align(FormatAlign::Right),
        // Text that looks like a number, a date or a formula stays what it is.
        Kind::Text | Kind::Long | Kind::Date | Kind::List(_) => base().set_num_format("@"),
    };
    if cell.open { format.set_unlocked() } else { format.set_background_color(LOCKED) }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    own: &Column,
) -> Result<(), XlsxError> {
    let format = format(cell, own);
    if let Some(formula) = &cell.formula {
        let result = cell.value.plain();
        let result = if result.is_empty() { "0".to_owned() } else { result };
        sheet.write_formula_with_format(
            row,
            column,
            Formula::new(format!("={formula}")).set_result(result),
            &format,
        )?;
        return Ok(());
    }
    match &cell.value {
        Value::Empty => sheet.write_blank(row, column, &format)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, text, &format)?,
        Value::Number(decimal) => match number(*decimal) {
            Some(number) => sheet.write_number_with_format(row, column, number, &format)?,
            None => sheet.write_string_with_format(row, column, decimal.to_string(), &format)?,
        },
    };
    Ok(())
}

/// An empty row for what is added.
fn spare(sheet: &'static Sheet, english: bool, row: usize) -> Row {
    let cell = |column: &'static Column| Cell {
        value: Value::Empty,
        // An added cost is one of this year; by years it is written in the file.
        open: column.open && column.id != "annual",
        formula: (sheet.part == Part::Costs && column.id == "total")
            .then(|| cost_total(sheet, english, row, &Terms::default()))
            .flatten(),
    };
    Row { key: String::new(), cells: sheet.shown(english).map(cell).collect() }
}

/// The lines of the highest cell of a row.
fn highest(row: &Row, widths: &[u16]) -> usize {
    let taken = |(cell, width): (&Cell, &u16)| match &cell.value {
        Value::Text(text) => lines(text, usize::from(width.saturating_sub(2))),
        Value::Empty | Value::Number(_) => 1,
    };
    row.cells.iter().zip(widths).map(taken).max().unwrap_or(1)
}

fn width(own: &Column, filled: &Filled, place: usize, head: &str) -> u16 {
    let most = match own.kind {
        // Sections run to pages.
        Kind::Long if filled.sheet.part == Part::Sections => return 80,
        Kind::Long => return 50,
        Kind::Text => 36,
        Kind::Number | Kind::Amount | Kind::Date | Kind::List(_) => 24,
    };
    let said = filled.rows.iter().filter_map(|row| row.cells.get(place));
    let widest = said.map(|cell| width_of(&cell.value.plain())).max().unwrap_or(0);
    u16::try_from((widest + 4).max(width_of(head)).min(most) + 2).unwrap_or(30)
}

/// The sheet that keeps what each open cell says now.
pub(super) fn base_of(sheet: &mut Worksheet, filled: &[Filled], english: bool) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let mut number = 0_u32;
    for filled in filled {
        for row in &filled.rows {
            for (cell, own) in row.cells.iter().zip(filled.sheet.shown(english)).filter(|(cell, _)| cell.open)
            {
                let cells = [filled.sheet.id, &row.key, own.id, &cell.value.plain()];
                for (part, place) in cells.into_iter().zip(0_u16..) {
                    sheet.write_string_with_format(number, place, part, &text)?;
                }
                number += 1;
            }
        }
    }
    sheet.set_very_hidden(true);
    Ok(())
}
