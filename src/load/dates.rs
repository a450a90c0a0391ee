//! Dates, years and periods.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::calendar::{YEARS, loose_date, not_a_day, out_of_range, parse_year, parts};
use super::reader::{Reader, Table};
use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::model::{Period, PeriodPlace, Placed, Year};

impl<'d> Reader<'_> {
    /// A date, written without quotes.
    pub fn date(&mut self, value: &'d Spanned<DeValue<'d>>, key: &str) -> Option<Placed<Date>> {
        let span = self.span(value);
        let wrong = |meant: Option<Date>| {
            let finding = Diagnostic::error(code::BAD_DATE, say!("日期写法有误", "invalid date")).at(span);
            match meant {
                Some(date) => finding
                    .help(say!("不加引号，写成 {date}", "write {date}, without quotes"))
                    .fix(span, date.to_string()),
                None => finding.help(say!(
                    "不加引号，按“年-月-日”写：{key} = YYYY-MM-DD",
                    "format: {key} = YYYY-MM-DD, without quotes"
                )),
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
                    Some(date) => {
                        self.diagnostics.push(out_of_range(date.year()).at(span));
                        None
                    }
                    None => {
                        let day = datetime.date.and_then(|date| loose_date(&date.to_string()));
                        self.diagnostics.push(wrong(day));
                        None
                    }
                }
            }
            DeValue::String(text) => {
                let meant = loose_date(text);
                let day = meant.is_none() && parts(text).is_some();
                self.diagnostics.push(if day { not_a_day(text).at(span) } else { wrong(meant) });
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
        let start = self.required(table, "start", "start = YYYY-MM-DD");
        let start = start.and_then(|value| self.date(value, "start"));
        let end = self.required(table, "end", "end = YYYY-MM-DD");
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
                .label(end.span, say!("完成日期", "end"))
                .label(start.span, say!("开始日期", "start"))
                .help(say!("请核对两个日期", "check both dates")),
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
                    self.wrong_type(value, &say!("年份，不加引号", "a year without quotes"), "year = YYYY");
                self.diagnostics.push(finding);
                return None;
            }
        };
        let span = self.span(value);
        let year = parse_year(digits);
        if year.is_none() {
            self.diagnostics.push(match digits.parse::<Year>() {
                Ok(year) if digits.len() == 4 => out_of_range(year).at(span),
                _ => Diagnostic::error(
                    code::BAD_DATE,
                    say!("预算年度“{digits}”写法有误", "invalid budget year `{digits}`"),
                )
                .at(span)
                .help(say!("写四位数的年份，不加引号", "a year has four digits and no quotes")),
            });
        }
        year.map(|value| Placed { value, span })
    }
}
