//! The years of a text, and which of them mean the declaration's.

use std::ops::Range;

use crate::lang::Lang;
use crate::model::Year;
use crate::reading::dates::{Mention, intervals, mentions};
use crate::reading::spans::{cited, holds};

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

/// Every year of a text outside 《》 and 〔〕. The declaration's year moves, and a year that is the other end of a period
/// with it; what follows 截至 or *as of* is a fact of its day and stays.
pub(super) fn years(text: &str, lang: Lang, own: Year) -> Vec<YearInText> {
    let cited = cited(text);
    let beside: Vec<Range<usize>> = intervals(text, lang)
        .into_iter()
        .filter(|interval| interval.start.year == Some(own) || interval.end.year == Some(own))
        .map(|interval| interval.range)
        .collect();
    let found = mentions(text, lang).into_iter().filter(|mention| !holds(&cited, mention.range.start));
    found
        .filter_map(|mention| {
            let (range, year) = digits(text, &mention)?;
            let fact = is_fact(text.get(..mention.range.start).unwrap_or(""));
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

fn is_fact(before: &str) -> bool {
    let before = before.trim_end();
    let lower = before.to_lowercase();
    ["截至", "截止", "截至到"].iter().any(|word| before.ends_with(word))
        || ["as of", "as at", "up to"].iter().any(|word| lower.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, lang: Lang) -> Vec<(Year, bool)> {
        years(text, lang, 2024).into_iter().map(|found| (found.year, found.moves)).collect()
    }

    #[test]
    fn the_year_of_the_declaration_moves_and_others_stay() {
        let text = "2023年建成，2024年5月启动，依据《2024年度预算》和国发〔2024〕1号。";
        assert_eq!(read(text, Lang::Zh), [(2023, false), (2024, true)]);
    }

    #[test]
    fn both_ends_of_a_period_move() {
        assert_eq!(read("服务期为2024年8月至2025年7月。", Lang::Zh), [(2024, true), (2025, true)]);
        let english = "It runs from August 2024 to July 2025.";
        assert_eq!(read(english, Lang::En), [(2024, true), (2025, true)]);
    }

    #[test]
    fn a_state_of_affairs_at_a_day_stays() {
        assert_eq!(read("截至2024年6月底，已接入42个单位。", Lang::Zh), [(2024, false)]);
    }

    #[test]
    fn the_digits_alone_are_replaced() {
        let text = "自2024年1月起";
        let found = years(text, Lang::Zh, 2024);
        assert_eq!(found.first().map(|one| &text[one.range.clone()]), Some("2024"));
    }
}
