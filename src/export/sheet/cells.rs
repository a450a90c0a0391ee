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

/// How many lines a text takes in a column of so many characters of half width.
pub fn lines(text: &str, width: usize) -> usize {
    let of_line = |line: &str| {
        let latin = line.chars().filter(char::is_ascii_alphabetic).count() * 2 > line.chars().count();
        let own = line.width();
        // Words are not divided, which leaves a part of each line empty.
        let own = if latin { own + own / 8 } else { own };
        own.div_ceil(width.max(2)).max(1)
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

/// The height of a row of so many lines, in points: programs find it by themselves only for what is typed in them.
pub fn height(lines: usize) -> u32 {
    /// A line of 10.5 points, what stands around lines, and the most that a row may have.
    const HALVES: (u32, u32, u32) = (29, 10, 818);
    let (line, around, most) = HALVES;
    let lines = u32::try_from(lines).unwrap_or(most);
    (lines.saturating_mul(line) + around).min(most).div_ceil(2)
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
