//! The formats of cells.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::export::table::ColumnKind;

/// What every Chinese office machine has; other systems put their own in its place.
pub const FONT: &str = "宋体";

/// Amounts with separators and two decimals, and all further ones that there are; a space keeps them off the line.
pub const AMOUNT: &str = "#,##0.00####_ ";

/// The formats of the cells of tables.
#[derive(Debug, Clone)]
pub struct Styles {
    /// Heads.
    pub head: Format,
    /// Words.
    pub text: Format,
    /// Numbers as they were typed.
    pub number: Format,
    /// Amounts.
    pub amount: Format,
    sum_text: Format,
    sum_number: Format,
    sum_amount: Format,
}

impl Default for Styles {
    fn default() -> Styles {
        let base = || {
            Format::new()
                .set_font_name(FONT)
                .set_font_size(10.5)
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
        };
        let text =
            || base().set_align(FormatAlign::Left).set_indent(1).set_align(FormatAlign::VerticalCenter);
        let number = || base().set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter);
        let amount = || number().set_num_format(AMOUNT);
        let sum = |format: Format| format.set_bold().set_background_color(SUM);
        let head = base().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Styles {
            head: head.set_bold().set_background_color(HEAD),
            text: text(),
            number: number(),
            amount: amount(),
            sum_text: sum(text()),
            sum_number: sum(number()),
            sum_amount: sum(amount()),
        }
    }
}

/// Behind heads and sums.
const HEAD: Color = Color::RGB(0x00E7_ECF2);
const SUM: Color = Color::RGB(0x00F4_F4F0);

impl Styles {
    /// The format of a cell in a column.
    pub fn of_column(&self, kind: ColumnKind, is_sum: bool) -> &Format {
        match (kind, is_sum) {
            (ColumnKind::Text, false) => &self.text,
            (ColumnKind::Number | ColumnKind::Count, false) => &self.number,
            (ColumnKind::Amount | ColumnKind::Price, false) => &self.amount,
            (ColumnKind::Text, true) => &self.sum_text,
            (ColumnKind::Number | ColumnKind::Count, true) => &self.sum_number,
            (ColumnKind::Amount | ColumnKind::Price, true) => &self.sum_amount,
        }
    }
}
