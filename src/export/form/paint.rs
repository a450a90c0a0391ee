//! Puts a form onto a sheet: merged cells, lines, numbers and formulas.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use super::flat::{Flat, FlatCell};
use super::formulas::figure;
use super::heights::High;
use crate::export::sheet::{FONT, number};

/// The rows above the grid: the title, and the line below it.
pub(super) const TITLE_ROWS: usize = 2;

/// What a form prints besides its grid.
pub(super) struct Titles {
    pub title: String,
    pub year: String,
    /// Whether amounts have separators.
    pub grouping: bool,
}

/// Writes the sheet.
pub(super) fn paint(
    sheet: &mut Worksheet,
    titles: &Titles,
    high: &High,
    formulas: &BTreeMap<usize, String>,
) -> Result<(), XlsxError> {
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    sheet.set_screen_gridlines(false);
    for (width, column) in high.widths.iter().zip(0_u16..) {
        sheet.set_column_width(column, *width)?;
    }
    let last = column_of(&high.flat, high.flat.columns.len().saturating_sub(1));
    head(sheet, 0, last, &titles.title, 16, true)?;
    head(sheet, 1, last, &titles.year, 11, false)?;
    for (height, row) in high.heights.iter().zip(TITLE_ROWS..) {
        // In twentieths of a point, three of which are a fifth of a pixel.
        sheet.set_row_height_pixels(index(row), (height * 4).div_ceil(60))?;
    }
    for (cell, place) in high.flat.cells.iter().zip(0..) {
        let format = format(cell, titles.grouping);
        merge(sheet, cell, &format)?;
        write(sheet, cell, &format, formulas.get(&place))?;
    }
    Ok(())
}

fn index(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_of(flat: &Flat, column: usize) -> u16 {
    u16::try_from(column.min(flat.columns.len())).unwrap_or(u16::MAX)
}

fn head(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    text: &str,
    size: u8,
    bold: bool,
) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_font_name(FONT)
        .set_font_size(size)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let format = if bold { format.set_bold() } else { format };
    if last > 0 {
        sheet.merge_range(row, 0, row, last, text, &format)?;
    } else {
        sheet.write_string_with_format(row, 0, text, &format)?;
    }
    let lines = u32::try_from(text.lines().count().max(1)).unwrap_or(1);
    sheet.set_row_height(row, lines * (u32::from(size) * 4 / 3 + 4) + 4)?;
    Ok(())
}

fn merge(sheet: &mut Worksheet, cell: &FlatCell, format: &Format) -> Result<(), XlsxError> {
    if cell.rows > 1 || cell.columns > 1 {
        let (row, column) = (index(cell.row), u16::try_from(cell.column).unwrap_or(u16::MAX));
        let end = u16::try_from(cell.column + cell.columns - 1).unwrap_or(u16::MAX);
        sheet.merge_range(row, column, index(cell.row + cell.rows - 1), end, "", format)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    cell: &FlatCell,
    format: &Format,
    formula: Option<&String>,
) -> Result<(), XlsxError> {
    let (row, column) = (index(cell.row), u16::try_from(cell.column).unwrap_or(u16::MAX));
    match (figure(cell), formula) {
        (Some(figure), Some(formula)) => {
            let formula = Formula::new(format!("={formula}")).set_result(figure.normalize().to_string());
            sheet.write_formula_with_format(row, column, formula, format)?
        }
        (Some(figure), None) => match number(figure) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, &cell.text, format)?,
        },
        (None, _) if cell.text.is_empty() => sheet.write_blank(row, column, format)?,
        (None, _) => sheet.write_string_with_format(row, column, &cell.text, format)?,
    };
    Ok(())
}

/// The manner in which a cell is printed on the page.
fn format(cell: &FlatCell, grouping: bool) -> Format {
    let mut format = Format::new().set_font_name(FONT).set_font_size(10.5).set_text_wrap();
    if cell.bordered {
        format = format.set_border(FormatBorder::Thin);
    }
    let align = cell.align.as_deref().unwrap_or(if cell.kind == "amount" { "right" } else { "center" });
    format = format.set_align(match align.split(' ').next() {
        Some("left") => FormatAlign::Left,
        Some("right") => FormatAlign::Right,
        _ => FormatAlign::Center,
    });
    // Long texts begin at the top; an amount stands in the middle, as its label does.
    let top = align.ends_with(" top") && cell.kind != "amount" && cell.kind != "label";
    format = format.set_align(if top { FormatAlign::Top } else { FormatAlign::VerticalCenter });
    if cell.kind == "label" {
        format = format.set_bold();
    }
    if cell.indent {
        format = format.set_indent(3);
    }
    if let Some(digits) = figure(cell).map(|_| cell.text.split_once('.').map_or(0, |(_, rest)| rest.len())) {
        let whole = if grouping && cell.kind == "amount" { "#,##0" } else { "0" };
        let decimals = if digits > 0 { format!(".{}", "0".repeat(digits)) } else { String::new() };
        // Behind an amount, a space keeps it off the line.
        let space = if align.starts_with("right") { "_ " } else { "" };
        format = format.set_num_format(format!("{whole}{decimals}{space}"));
    }
    format
}
