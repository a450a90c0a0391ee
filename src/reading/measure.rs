//! What targets and ranges are read into, and the numbers that they begin with.

use rust_decimal::Decimal;

use super::numeral::arabic;
use crate::model::{Figure, Sign};

/// A target that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub figure: Figure,
    /// The unit without brackets; empty when there is none.
    pub unit: String,
    /// The same in one shape: `≥ 1,200 人次`, `4～6 次`, `20%～40%`.
    pub canonical: String,
}

/// Why a target cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong.
    pub why: Why,
    /// What was probably meant; it can be read.
    pub meant: Option<String>,
}

/// What is wrong with a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No number follows the sign.
    NoNumber,
    /// Digits that are no number: `4,5`, `3.5.1`, `4.`.
    BadNumber(String),
    /// A space or a mark parts a number: `1 000`, `4。5`.
    Parted(String),
    /// A range behind a sign.
    SignedRange(Sign),
    /// A range from the higher number to the lower.
    Descending,
    /// A date or a year behind a sign.
    Date,
    /// What follows the number is no unit.
    NoUnit(String),
}

/// A number at the beginning of a text, with its minus.
pub(super) struct Number<'t> {
    pub value: Decimal,
    pub typed: &'t str,
    pub rest: &'t str,
}

/// The least number that is none.
const MOST: u64 = 1_000_000_000_000_000_000;

/// The number that a text begins with; the error is what stands for one.
pub(super) fn number(text: &str) -> Result<Number<'_>, Option<&str>> {
    let bare = text.strip_prefix(['-', '−', '－']);
    let digits = bare.unwrap_or(text);
    let after = |len: usize| digits.get(len..).unwrap_or("");
    let misread =
        |len: usize| text.get(..text.len() - after(len).len()).filter(|typed| typed.contains(is_digit));
    if !digits.starts_with(is_digit) {
        return Err(None);
    }
    let read = arabic(digits).map_err(misread)?;
    // A point that no digit follows belongs to the number, not to the unit.
    let rest = after(read.len);
    if rest.starts_with(['.', '．']) {
        let more = rest.find(|ch: char| !is_digit(ch) && !matches!(ch, '.' | '．')).unwrap_or(rest.len());
        return Err(misread(read.len + more));
    }
    // What no quantity comes to would not fit once decimals are written.
    if read.value >= Decimal::from(MOST) {
        return Err(misread(read.len));
    }
    let value = if bare.is_some() { -read.value } else { read.value };
    Ok(Number { value, typed: text.get(..text.len() - rest.len()).unwrap_or(""), rest })
}

pub(super) fn is_digit(ch: char) -> bool {
    super::numeral::digit(ch).is_some()
}

/// A number as it is written in the one shape: as typed, or with narrow digits.
pub(super) fn written(number: &Number<'_>) -> String {
    if number.typed.is_ascii() { number.typed.to_owned() } else { number.value.to_string() }
}

pub(super) fn joined(sign: Sign, number: &str, unit: &str) -> String {
    let mark = sign.symbol();
    if unit.is_empty() { format!("{mark} {number}") } else { format!("{mark} {number} {unit}") }
}

/// `= 2026年`, `≤ 2026年12月`: a year is no measure.
pub(super) fn is_year(number: Decimal, unit: &str) -> bool {
    let year = Decimal::from(1900)..Decimal::from(2200);
    number.scale() == 0 && year.contains(&number) && unit.starts_with('年')
}
