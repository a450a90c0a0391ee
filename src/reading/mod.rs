//! What Chinese and English prose says: numerals, amounts, dates and years, sentences, characters.
//!
//! Text in, ranges and values out: nothing here knows a declaration. [`read`] passes over a printed text once ([`scan`]);
//! what stands around a number decides what it is ([`money`], [`sentences`]), and what an amount says of the project
//! ([`role`]). What is not understood gives no token, so that a rule can say nothing about it.

pub mod actual;
pub mod chars;
pub mod dates;
pub mod invisible;
pub mod markers;
mod measure;
mod money;
pub(crate) mod numeral;
mod price;
mod product;
pub mod quotes;
mod range;
mod role;
mod scan;
mod sentences;
pub mod simplified;
pub mod target;
mod unit;
pub(crate) mod words;
pub mod years;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::model::Money;

pub use dates::Mention;
pub use numeral::Grouping;
pub use product::{Product, Term, products};
pub use role::{Role, Scope, Total, names_whole, opens_list, roles, year_before};
pub use scan::{read, read_beside};
pub use sentences::{clause, full_stop_ends, has_any, line, phrase, sentence, statement};

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
    Date(Mention),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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
