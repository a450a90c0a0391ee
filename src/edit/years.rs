//! The years of a text, and which of them mean the declaration's.

use std::ops::Range;

use crate::model::Year;
use crate::reading::Mention;
use crate::reading::dates::{intervals, mentions};
use crate::reading::quotes::holds;
use crate::reading::years::{Meaning, years as meanings};

/// A year in digits, and what next year's declaration makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearInText {
    /// Its four digits.
    pub range: Range<usize>,
    /// The year.
    pub year: Year,
    /// Whether it moves with the declaration.
    pub moves: bool,
}

/// Every year of a text outside 《》 and 〔〕, by what it means there. The declaration's year moves, and a year that is the
/// other end of a period with it; what was at a day, and the date of a document, is a fact and stays.
pub(super) fn years(text: &str, own: Year) -> Vec<YearInText> {
    let dates = mentions(text);
    let beside: Vec<Range<usize>> = intervals(text, &dates)
        .into_iter()
        .filter(|interval| interval.start.year == Some(own) || interval.end.year == Some(own))
        .map(|interval| interval.range)
        .collect();
    let found = meanings(text, &dates, own).into_iter().filter(|one| one.meaning != Meaning::Name);
    found
        .filter_map(|one| {
            let (range, year) = digits(text, &one.mention)?;
            let fact = matches!(one.meaning, Meaning::State | Meaning::Document);
            let moves = !fact && (year == own || holds(&beside, range.start));
            Some(YearInText { range, year, moves })
        })
        .collect()
}

/// Where a mention has its year in digits; one in Chinese numerals has none.
fn digits(text: &str, mention: &Mention) -> Option<(Range<usize>, Year)> {
    let year = mention.year?;
    let digits = year.to_string();
    let at = mention.range.start + text.get(mention.range.clone())?.find(&digits)?;
    Some((at..at + digits.len(), year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Year, bool)> {
        years(text, 2024).into_iter().map(|found| (found.year, found.moves)).collect()
    }

    #[test]
    fn the_year_of_the_declaration_moves_and_others_stay() {
        let text = "2023年建成，2024年5月启动，依据《2024年度预算》和国发〔2024〕1号。";
        assert_eq!(read(text), [(2023, false), (2024, true)]);
    }

    #[test]
    fn both_ends_of_a_period_move() {
        assert_eq!(read("服务期为2024年8月至2025年7月。"), [(2024, true), (2025, true)]);
        let english = "It runs from August 2024 to July 2025.";
        assert_eq!(read(english), [(2024, true), (2025, true)]);
    }

    #[test]
    fn a_state_of_affairs_at_a_day_stays() {
        assert_eq!(read("截至2024年6月底，已接入42个单位。"), [(2024, false)]);
    }

    #[test]
    fn the_digits_alone_are_replaced() {
        let text = "自2024年1月起";
        let found = years(text, 2024);
        assert_eq!(found.first().map(|one| &text[one.range.clone()]), Some("2024"));
    }
}
