//! The numbers of a source that may be amounts, each with its place.

use rust_decimal::Decimal;

use super::block::{Block, Found};
use crate::lang::narrow;

/// From here on a number of a text may be an amount; below it are years, counts and dates.
const LEAST_IN_TEXT: u32 = 2_200;

/// A number, and the cell or paragraph that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    pub number: Decimal,
    pub found: Found,
}

/// The numbers that may be amounts: each cell that is a number, and the large ones of texts.
pub(super) fn figures(blocks: &[Block]) -> Vec<Figure> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(found) => all.extend(in_text(found)),
            Block::Table(table) => {
                for cell in table.rows.iter().flatten().filter(|cell| !cell.is_empty()) {
                    let found = cell.found();
                    match bare(&found.text) {
                        Some(number) => all.push(Figure { number, found }),
                        None => all.extend(in_text(&found)),
                    }
                }
            }
        }
    }
    all
}

fn in_text(found: &Found) -> Vec<Figure> {
    let large = |number: &Decimal| *number >= Decimal::from(LEAST_IN_TEXT) && number.scale() <= 2;
    let own = numbers(&found.text).into_iter().filter(large);
    own.map(|number| Figure { number, found: found.clone() }).collect()
}

/// A cell that is a number, with separators, a currency sign or a unit.
pub(super) fn bare(text: &str) -> Option<Decimal> {
    let text: String = text.chars().map(narrow).filter(|ch| !ch.is_whitespace()).collect();
    let digits = text.trim_start_matches(['¥', '￥']).trim_end_matches(['万', '元', '%']);
    let number: Decimal = digits.replace(',', "").parse().ok()?;
    // Telephone numbers and codes are text.
    let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.contains('.');
    (!number.is_zero() && !is_code).then(|| number.normalize())
}

/// The numbers of a text, separators of thousands left out.
pub(super) fn numbers(text: &str) -> Vec<Decimal> {
    let narrowed: String = text.chars().map(narrow).collect();
    let mut all = Vec::new();
    let mut rest = narrowed.as_str();
    while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
        let run = rest.get(start..).unwrap_or("");
        let len = run.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | ','))).unwrap_or(run.len());
        let (digits, behind) = run.split_at(len);
        let number = digits.trim_matches(['.', ',']).replace(',', "").parse::<Decimal>().ok();
        let wan = number.filter(|_| behind.trim_start().starts_with('万'));
        let yuan = wan.and_then(|number| number.checked_mul(Decimal::from(10_000)));
        all.extend(number.into_iter().chain(yuan).map(|number| number.normalize()));
        rest = behind;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_are_numbers_are_figures_whatever_their_size() {
        let read = |text| bare(text).map(|number| number.to_string());
        assert_eq!(read("1,018.00").as_deref(), Some("1018"));
        assert_eq!(read("￥12.5万元").as_deref(), Some("12.5"));
        let of_text = |text| numbers(text).iter().map(Decimal::to_string).collect::<Vec<_>>();
        assert_eq!(of_text("合同 1,200.50 元，另 3.6万元"), ["1200.5", "3.6", "36000"]);
        assert_eq!((read("0.00"), read("0000001"), read("3次"), read("12:30")), (None, None, None, None));
    }
}
