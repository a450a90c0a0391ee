//! Dates, years and periods.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, Table};
use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::model::{Period, PeriodPlace, Placed, Year};

/// Years that a declaration may be about: since the State Council asked for performance targets.
const YEARS: std::ops::RangeInclusive<Year> = 2000..=2099;

impl<'d> Reader<'_> {
    /// A date, written without quotes.
    pub fn date(&mut self, value: &'d Spanned<DeValue<'d>>, key: &str) -> Option<Placed<Date>> {
        let span = self.span(value);
        let example = format!("{key} = 2024-01-31");
        let wrong = |meant: Option<Date>| {
            let finding = Diagnostic::error(code::BAD_DATE, say!("日期写得不对", "this is no date")).at(span);
            match meant {
                Some(date) => finding
                    .help(say!("不加引号，写成 {date}", "write {date}, without quotes"))
                    .fix(span, date.to_string()),
                None => finding.help(say!("不加引号，写成 {example}", "write {example}, without quotes")),
            }
        };
        match value.get_ref() {
            DeValue::Datetime(datetime) => {
                let date = datetime.date.filter(|_| datetime.time.is_none()).and_then(|date| {
                    Date::new(
                        Year::try_from(date.year).ok()?,
                        i8::try_from(date.month).ok()?,
                        i8::try_from(date.day).ok()?,
                    )
                    .ok()
                });
                match date {
                    Some(date) if YEARS.contains(&date.year()) => Some(Placed { value: date, span }),
                    other => {
                        self.diagnostics.push(wrong(other.filter(|date| YEARS.contains(&date.year()))));
                        None
                    }
                }
            }
            DeValue::String(text) => {
                self.diagnostics.push(wrong(loose_date(text)));
                None
            }
            _ => {
                self.diagnostics.push(wrong(None));
                None
            }
        }
    }

    /// The period between two required dates, and where they stand; `None` after a finding.
    pub fn period(&mut self, table: Table<'d>) -> Option<(Period, PeriodPlace)> {
        let start = self.required(table, "start", "start = 2024-01-01");
        let start = start.and_then(|value| self.date(value, "start"));
        let end = self.required(table, "end", "end = 2024-12-31");
        let end = end.and_then(|value| self.date(value, "end"));
        let (start, end) = (start?, end?);
        let place = PeriodPlace { start: start.span, end: end.span };
        self.check_order(start, end).then_some((Period { start: start.value, end: end.value }, place))
    }

    /// Whether the end is not before the start; reports it otherwise.
    pub fn check_order(&mut self, start: Placed<Date>, end: Placed<Date>) -> bool {
        let right = start.value <= end.value;
        if !right {
            self.diagnostics.push(
                Diagnostic::error(
                    code::REVERSED_PERIOD,
                    say!("完成日期早于开始日期", "the end is before the start"),
                )
                .label(end.span, say!("完成日期", "the end"))
                .label(start.span, say!("开始日期", "the start"))
                .help(say!("改正其中一个日期", "correct one of the two dates")),
            );
        }
        right
    }

    /// A budget year, written as a number.
    pub fn year(&mut self, value: &'d Spanned<DeValue<'d>>) -> Option<Placed<Year>> {
        let digits = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            _ => {
                let finding =
                    self.wrong_type(value, &say!("年份，不加引号", "a year without quotes"), "year = 2024");
                self.diagnostics.push(finding);
                return None;
            }
        };
        let span = self.span(value);
        let year = parse_year(digits);
        if year.is_none() {
            self.diagnostics.push(
                Diagnostic::error(
                    code::BAD_DATE,
                    say!("{digits} 不是预算年度", "{digits} is no budget year"),
                )
                .at(span)
                .help(say!("写成四位数的年份，如 year = 2024", "write four digits, such as year = 2024")),
            );
        }
        year.map(|value| Placed { value, span })
    }
}

/// A year in four digits.
pub(super) fn parse_year(digits: &str) -> Option<Year> {
    digits.parse::<Year>().ok().filter(|year| YEARS.contains(year))
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
    fn a_date_in_another_shape_is_understood_for_the_mend() {
        for text in ["2024-1-5", "2024/01/05", "2024.1.5", "2024年1月5日"] {
            assert_eq!(loose_date(text), Date::new(2024, 1, 5).ok(), "{text}");
        }
        assert_eq!(loose_date("2024年1月"), None);
        assert_eq!(loose_date("2024-13-01"), None);
        assert_eq!(loose_date("明年"), None);
    }
}
