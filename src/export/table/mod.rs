//! The lists that platforms and bureaus ask for, as tables with one head: indicators, projects, costs, funds by source.
//!
//! A table is in one language and one unit of money, and knows nothing of the file that it is written to. Its first row is
//! the head: row 1 of a sheet, so that the first row of `rows` is row 2 in formulas.

mod categories;
mod costs;
mod declarations;
mod funding;
mod indicators;
mod projects;
mod separated;

use rust_decimal::Decimal;

pub use categories::categories;
pub use costs::{CostRows, costs, costs_with_places};
pub use declarations::{declaration, declarations};
pub use funding::funding;
pub use indicators::indicators;
pub use projects::projects;
pub use separated::csv;

use crate::form::AmountUnit;
use crate::lang::{Lang, Words, say};
use crate::model::{Agency, Declaration, Money, Project};

/// How tables print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The language of heads and contents.
    pub lang: Lang,
    /// The unit of amounts.
    pub unit: AmountUnit,
}

impl Style {
    /// The power of ten of its unit.
    pub fn power(self) -> u32 {
        match self.unit {
            AmountUnit::Yuan => 0,
            AmountUnit::Wan => 4,
        }
    }

    /// What its unit is called.
    pub fn unit_words(self) -> Words {
        match self.unit {
            AmountUnit::Yuan => say!("元", "CNY"),
            AmountUnit::Wan => say!("万元", "CNY 10,000"),
        }
    }

    /// An amount in its unit, exact; `None` only for amounts that no budget has.
    pub fn number(self, amount: Money) -> Option<Decimal> {
        let yuan = amount.yuan();
        Decimal::try_from_i128_with_scale(yuan.mantissa(), yuan.scale() + self.power())
            .ok()
            .map(|number| number.normalize())
    }

    /// A head over amounts, with the unit.
    pub(super) fn amount(self, head: Words) -> Column {
        let unit = self.unit_words();
        let head = match self.lang {
            Lang::Zh => format!("{}（{}）", head.zh, unit.zh),
            Lang::En => format!("{} ({})", head.en, unit.en),
        };
        Column { head, kind: ColumnKind::Amount }
    }

    pub(super) fn text(self, head: Words) -> Column {
        Column { head: head.get(self.lang).to_owned(), kind: ColumnKind::Text }
    }

    /// A head over counts, which are summed.
    pub(super) fn count(self, head: Words) -> Column {
        Column { head: head.get(self.lang).to_owned(), kind: ColumnKind::Count }
    }

    fn plain_number(self, head: Words) -> Column {
        Column { head: head.get(self.lang).to_owned(), kind: ColumnKind::Number }
    }
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Datum>>,
    /// Whether the last of the rows is the sum of the others.
    pub has_sum: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head, with the unit of amounts.
    pub head: String,
    /// What stands in it.
    pub kind: ColumnKind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Numbers that are no amounts.
    Number,
    /// Numbers of things, of which the sum says something.
    Count,
    /// Amounts of money.
    Amount,
    /// Amounts of which the sum says nothing.
    Price,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing.
    Empty,
    /// Words, never a formula whatever they begin with.
    Text(String),
    /// A number that is no amount.
    Number(Decimal),
    /// An amount that is written or of which only the sum is known.
    Amount(Money),
    /// An amount by a formula, without the `=`, with its result.
    Computed(String, Money),
    /// A number by a formula, likewise.
    Counted(String, Decimal),
}

impl Datum {
    pub(super) fn text(text: impl Into<String>) -> Datum {
        let text: String = text.into();
        if text.is_empty() { Datum::Empty } else { Datum::Text(text) }
    }

    pub(super) fn count(number: usize) -> Datum {
        Datum::Number(Decimal::from(number))
    }

    /// The amount, where it is one.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Datum::Amount(amount) | Datum::Computed(_, amount) => Some(*amount),
            Datum::Empty | Datum::Text(_) | Datum::Number(_) | Datum::Counted(..) => None,
        }
    }
}

/// The unit that a project is of.
fn unit_of(project: &Project, declaration: &Declaration, lang: Lang) -> Datum {
    let Agency { name, .. } = project.unit(declaration);
    Datum::text(name.str(lang).trim())
}

/// Adds a row with the sums of all amounts; `label` stands in its first column of words.
pub(super) fn with_sums(mut table: Table, label: &Words, lang: Lang) -> Table {
    let last = table.rows.len() + 1;
    if table.rows.is_empty() {
        return table;
    }
    let labelled = table.columns.iter().position(|column| column.kind == ColumnKind::Text);
    let of_column = |(index, column): (usize, &Column)| {
        if Some(index) == labelled {
            return Datum::Text(label.get(lang).to_owned());
        }
        let letter = letters(index);
        if column.kind == ColumnKind::Count {
            let counts = table.rows.iter().filter_map(|row| match row.get(index)? {
                Datum::Number(number) => Some(*number),
                _ => None,
            });
            return Datum::Counted(format!("SUM({letter}2:{letter}{last})"), counts.sum());
        }
        if column.kind != ColumnKind::Amount || has_no_amount(&table, index) {
            return Datum::Empty;
        }
        let amounts = table.rows.iter().filter_map(|row| row.get(index)?.amount());
        // A sum past any budget is left out and not made up.
        Money::sum(amounts)
            .map_or(Datum::Empty, |sum| Datum::Computed(format!("SUM({letter}2:{letter}{last})"), sum))
    };
    let sums: Vec<Datum> = table.columns.iter().enumerate().map(of_column).collect();
    table.rows.push(sums);
    table.has_sum = true;
    table
}

/// Whether a column has no amounts at all.
fn has_no_amount(table: &Table, index: usize) -> bool {
    table.rows.iter().all(|row| row.get(index).is_none_or(|cell| cell.amount().is_none()))
}

/// The letters of a column, counted from 0: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    let mut text = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        text.insert(0, letter(rest));
        rest /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_that_sheets_give_them() {
        let of = [0, 25, 26, 51, 52, 701, 702].map(letters);
        assert_eq!(of, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn amounts_are_exact_in_either_unit() {
        let amount = Money::parse("330769.01元").unwrap();
        let style = |unit| Style { lang: Lang::Zh, unit };
        assert_eq!(style(AmountUnit::Yuan).number(amount).unwrap().to_string(), "330769.01");
        assert_eq!(style(AmountUnit::Wan).number(amount).unwrap().to_string(), "33.076901");
    }
}
