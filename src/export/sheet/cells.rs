//! Numbers, names of cells and widths of texts, as sheets have them.

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::export::table::letters;

/// A sheet keeps so many digits of a number.
const DIGITS: usize = 15;

/// The number that a sheet keeps for a decimal; `None` where it would lose digits.
#[allow(
    clippy::disallowed_types,
    reason = "cells of a workbook are such numbers; none is computed with here"
)]
pub fn number(decimal: Decimal) -> Option<f64> {
    let text = decimal.normalize().to_string();
    let digits = text.chars().filter(char::is_ascii_digit).collect::<String>();
    let significant = digits.trim_start_matches('0').trim_end_matches('0').len();
    (significant <= DIGITS).then(|| text.parse().ok()).flatten()
}

/// A cell as a formula of its own sheet names it; row and column from 0.
pub fn reference(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The widest line of a text, in characters of half width.
pub fn width_of(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_or_are_refused() {
        let kept = |text: &str| number(text.parse().unwrap()).map(|number| number.to_string());
        assert_eq!(kept("330769.01").as_deref(), Some("330769.01"));
        assert_eq!(kept("-0.10").as_deref(), Some("-0.1"));
        assert_eq!(kept("10000000000000000").as_deref(), Some("10000000000000000"));
        assert_eq!(kept("99999999999999.99"), None);
    }
}
