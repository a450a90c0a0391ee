//! Years and dates, as they are written and as they were meant.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::model::Year;

/// Years that a declaration may be about: since the State Council asked for performance targets.
pub(super) const YEARS: std::ops::RangeInclusive<Year> = 2000..=2099;

/// A year in four digits.
pub(super) fn parse_year(digits: &str) -> Option<Year> {
    digits.parse::<Year>().ok().filter(|year| YEARS.contains(year))
}

/// The finding for a year that no declaration is about.
pub(super) fn out_of_range(year: Year) -> Diagnostic {
    let (first, last) = (YEARS.start(), YEARS.end());
    Diagnostic::error(
        code::BAD_DATE,
        say!("年份 {year} 超出范围：{first} 至 {last}", "year {year} is out of range: {first} to {last}"),
    )
    .help(say!("请核对年份", "check the year"))
}

/// Year, month and day as they are written.
pub(super) fn parts(text: &str) -> Option<(Year, i8, i8)> {
    let mut parts = text.split(|ch: char| !ch.is_ascii_digit()).filter(|part| !part.is_empty());
    let date = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(date)
}

/// The finding for a date that the calendar does not have, such as 2024-02-30.
pub(super) fn not_a_day(text: &str) -> Diagnostic {
    let of_month =
        parts(text).and_then(|(year, month, _)| Some((year, month, Date::new(year, month, 1).ok()?)));
    let words = say!("日期 {text} 不存在", "{text} is not in the calendar");
    let finding = Diagnostic::error(code::BAD_DATE, words);
    match (parts(text), of_month) {
        (Some((year, ..)), _) if !YEARS.contains(&year) => out_of_range(year),
        (_, Some((year, month, first))) => {
            let days = first.days_in_month();
            finding.help(say!("{year} 年 {month} 月有 {days} 天", "month {month} of {year} has {days} days"))
        }
        _ => finding
            .help(say!("月份是 1 至 12：请核对年、月、日", "months are 1 to 12: check year, month and day")),
    }
}

/// The date that `2024-1-5`, `2024/01/05`, `2024.1.5` or `2024年1月5日` means.
pub(super) fn loose_date(text: &str) -> Option<Date> {
    let mut parts = text.split(|ch: char| !ch.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = parse_year(parts.next()?)?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_another_shape_is_understood_for_its_fix() {
        for text in ["2024-1-5", "2024/01/05", "2024.1.5", "2024年1月5日"] {
            assert_eq!(loose_date(text), Date::new(2024, 1, 5).ok(), "{text}");
        }
        assert_eq!(loose_date("2024年1月"), None);
        assert_eq!(loose_date("2024-13-01"), None);
        assert_eq!(loose_date("明年"), None);
    }
}
