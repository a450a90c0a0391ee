//! What Chinese and English prose says: numerals, amounts, dates and years, sentences, characters.
//!
//! Text in, ranges and values out: nothing here knows a declaration. [`read`] passes over a printed text once ([`scan`]);
//! what stands around a number decides what it is ([`money`], [`around`]), and what an amount says of the project
//! ([`role`]). What is not understood gives no token, so that a rule can say nothing about it.

mod around;
pub mod chars;
mod date;
pub mod dates;
mod english_dates;
mod money;
pub(crate) mod numeral;
mod price;
mod product;
mod range;
mod role;
mod scan;
pub mod simplified;
pub mod spans;
pub mod target;
mod unit;
pub(crate) mod words;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::Money;

pub use around::{clause, line, sentence};
pub use numeral::Grouping;
pub use product::{Product, Term, products};
pub use role::{Role, Scope, Total, roles};
pub use scan::read;

/// A number of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Its bytes in the text, with its unit.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a number is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// An amount of money.
    Amount(Amount),
    /// A number with some unit that is not money, or with none.
    Number(Decimal),
    /// In a hundred.
    Percent(Decimal),
    /// 2024年, or 2024 in English.
    Year(i16),
    /// 2024年8月1日, 8月1日 of no year, August 2024.
    Date(PartialDate),
}

/// A date as far as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month.
    pub day: Option<i8>,
}

/// An amount of money in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// What it says.
    pub money: Money,
    /// The digits without currency and unit.
    pub digits: Range<usize>,
    /// How its thousands are grouped.
    pub grouping: Grouping,
    /// One unit of its last decimal, in 元: 0.01万元 is written to 100元.
    pub step: Decimal,
    /// One unit of its last digit that is not zero, in 元: 800万元 may stand for anything near within a million.
    pub coarse: Decimal,
    /// Whether it is written in 亿元 or millions, where two decimals are a rounding that everybody makes.
    pub large_unit: bool,
    /// 万 or 亿 without 元: the place of that character.
    pub bare: Option<Range<usize>>,
    /// A word that says it is not exact.
    pub about: Option<About>,
    /// Whether it is one end of a range.
    pub in_range: bool,
    /// The units that it is the price of one of: 人, 家, 次; empty for an amount that is no price.
    pub per: Vec<String>,
}

/// A word that says that an amount is not exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its place.
    pub range: Range<usize>,
    /// Which way it points.
    pub sense: Sense,
    /// Whether the sentence stays right without it.
    pub removable: bool,
}

/// Which way an approximate amount points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// 约, 左右, about
    Near,
    /// 近, nearly
    Below,
    /// 余, 多
    Above,
}

impl Token {
    /// The amount that it is.
    pub fn amount(&self) -> Option<&Amount> {
        match &self.kind {
            Kind::Amount(amount) => Some(amount),
            _ => None,
        }
    }

    /// The number that it is, when it is no money, percentage or date.
    pub fn number(&self) -> Option<Decimal> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// The months in English, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
