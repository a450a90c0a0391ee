//! A table as CSV that spreadsheet programs read right: UTF-8 with a mark, amounts without separators, no formulas.

use super::{Datum, Style, Table};

/// By which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// What a spreadsheet program may take for the beginning of a formula; a sign alone is none.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// The table with its head; formulas by their results.
pub fn csv(table: &Table, style: Style) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heads: Vec<String> = table.columns.iter().map(|column| harmless(&column.head)).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| plain(cell, style)).collect::<Vec<_>>());
    for record in std::iter::once(heads).chain(rows) {
        // Into memory, with as many cells in each row, nothing fails.
        let _ = writer.write_record(&record);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8(bytes).unwrap_or_default())
}

fn plain(cell: &Datum, style: Style) -> String {
    match cell {
        Datum::Empty => String::new(),
        Datum::Text(text) => harmless(text),
        Datum::Number(number) | Datum::Counted(_, number) => number.to_string(),
        Datum::Amount(amount) | Datum::Computed(_, amount) => amount.in_table(style.power(), 2, false),
    }
}

/// A text that no program takes for a formula: an apostrophe goes before it where one would.
fn harmless(text: &str) -> String {
    let alone = text.chars().count() == 1;
    if text.starts_with(FORMULA) && !alone { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, ColumnKind};
    use super::*;
    use crate::form::AmountUnit;
    use crate::lang::Lang;
    use crate::model::Money;

    #[test]
    fn texts_stay_texts_and_amounts_are_exact() {
        let column = |head: &str, kind| Column { head: head.to_owned(), kind };
        let text = |text: &str| Datum::Text(text.to_owned());
        let table = Table {
            name: "表".to_owned(),
            columns: vec![column("名称", ColumnKind::Text), column("金额（万元）", ColumnKind::Amount)],
            rows: vec![
                vec![text("=1+1"), Datum::Amount(Money::parse("330769.01元").unwrap())],
                vec![text("甲，\"乙\",丙\n丁"), Datum::Computed("A1".to_owned(), Money::ZERO)],
                vec![text("="), Datum::Empty],
                vec![text("＠当"), Datum::Empty],
            ],
            has_sum: false,
        };
        let style = Style { lang: Lang::Zh, unit: AmountUnit::Wan };
        assert_eq!(
            csv(&table, style),
            "\u{feff}名称,金额（万元）\r\n'=1+1,33.076901\r\n\"甲，\"\"乙\"\",丙\n丁\",0.00\r\n=,\r\n'＠当,\r\n"
        );
    }
}
