//! How a value is printed in a text, with or without a format.

use jiff::civil::Date;

use super::precision::Precision;
use super::values::{Value, Values};
use crate::lang::Lang;
use crate::model::{Money, Period, with_separators};
use crate::paths::{Format, Unit};
use crate::reading::MONTHS;

/// Why a format does not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormatError {
    /// There is no such format.
    Unknown,
    /// It is for other values.
    Unfit,
}

/// The formats that a value takes.
pub(super) fn names_for(value: &Value, lang: Lang) -> Vec<&'static str> {
    match (value, lang) {
        (Value::Money(_), Lang::Zh) => Format::OF_AMOUNTS.to_vec(),
        (Value::Money(_), Lang::En) => vec!["元", "form"],
        (Value::Date(_) | Value::Period(_), _) => Format::OF_DATES.to_vec(),
        _ => Vec::new(),
    }
}

/// Prints a value; `wanted` is the format after `|`, and `precision` that of the text around it.
pub(super) fn print(
    value: &Value,
    wanted: Option<&str>,
    values: &Values<'_>,
    precision: &Precision,
) -> Result<String, FormatError> {
    let lang = values.lang;
    match (value, wanted) {
        (Value::Money(amount), None) => Ok(precision.print(*amount, lang)),
        (Value::Money(amount), Some(wanted)) => money(*amount, wanted, lang),
        (Value::Date(date), wanted) => date_text(*date, wanted.unwrap_or("day"), lang),
        (Value::Period(period), wanted) => period_text(*period, wanted, lang),
        (_, Some(wanted)) => Err(unfit(wanted)),
        (Value::Count(count), None) => Ok(count.to_string()),
        (Value::Year(year), None) => Ok(year.to_string()),
        (Value::Text(text), None) => Ok(text.clone()),
        (Value::Names(names), None) => Ok(enumeration(names, lang)),
        (Value::List(items), None) => Ok(inline_list(items, lang, precision)),
        (Value::Percent(percent), None) => Ok(format!("{}%", percent.normalize())),
        (Value::Quantity(quantity, unit), None) => {
            let quantity = quantity.normalize();
            Ok(match (unit, lang) {
                (None, _) => quantity.to_string(),
                (Some(unit), Lang::Zh) => format!("{quantity}{unit}"),
                (Some(unit), Lang::En) => format!("{quantity} {unit}"),
            })
        }
    }
}

fn unfit(wanted: &str) -> FormatError {
    if Format::parse(wanted).is_some() { FormatError::Unfit } else { FormatError::Unknown }
}

fn money(amount: Money, wanted: &str, lang: Lang) -> Result<String, FormatError> {
    let separated = |printed: String, grouped| if grouped { with_separators(&printed) } else { printed };
    match (Format::parse(wanted), lang) {
        (Some(Format::Form), _) => Ok(amount.form()),
        (Some(Format::Amount(Unit::Yuan, false, _)), Lang::En) => Ok(amount.english_full()),
        (Some(Format::Amount(unit, grouped, decimals)), Lang::Zh) => Ok(separated(
            match unit {
                Unit::Yuan => amount.in_yuan(),
                Unit::Wan => amount.in_wan(decimals),
                Unit::Yi => amount.in_yi(decimals),
            },
            grouped,
        )),
        (Some(Format::Capital), Lang::Zh) => Ok(amount.capital()),
        _ => Err(unfit(wanted)),
    }
}

fn month_name(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("")
}

fn date_text(date: Date, wanted: &str, lang: Lang) -> Result<String, FormatError> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match (wanted, lang) {
        ("iso", _) => Ok(date.to_string()),
        ("year", _) => Ok(year.to_string()),
        ("slash", _) => Ok(format!("{year}/{month}/{day}")),
        ("day", Lang::Zh) => Ok(format!("{year}年{month}月{day}日")),
        ("month", Lang::Zh) => Ok(format!("{year}年{month}月")),
        ("day", Lang::En) => Ok(format!("{day} {} {year}", month_name(date))),
        ("month", Lang::En) => Ok(format!("{} {year}", month_name(date))),
        (other, _) => Err(unfit(other)),
    }
}

fn period_text(period: Period, wanted: Option<&str>, lang: Lang) -> Result<String, FormatError> {
    let Period { start, end } = period;
    let whole_months = start.day() == 1 && end.day() == end.days_in_month();
    let wanted = wanted.unwrap_or(if whole_months { "month" } else { "day" });
    let (first, last) = (date_text(start, wanted, lang)?, date_text(end, wanted, lang)?);
    Ok(match lang {
        Lang::Zh => format!("{first}至{last}"),
        Lang::En if wanted == "month" && start.year() == end.year() => {
            format!("{} to {last}", month_name(start))
        }
        Lang::En => format!("{first} to {last}"),
    })
}

/// Names in a sentence. Where a name holds the usual separator itself, the next stronger one parts them.
fn enumeration(names: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let separator = if names.iter().any(|name| name.contains('、')) { "，" } else { "、" };
            names.join(separator)
        }
        Lang::En => {
            let comma = if names.iter().any(|name| name.contains(',')) { "; " } else { ", " };
            match names {
                [] => String::new(),
                [one] => one.clone(),
                [one, two] => format!("{one} and {two}"),
                [most @ .., last] => format!("{}{comma}and {last}", most.join(comma)),
            }
        }
    }
}

fn inline_list(items: &[(String, Money)], lang: Lang, precision: &Precision) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(name, amount)| match (lang, precision.print(*amount, lang)) {
            (Lang::Zh, amount) => format!("{name}{amount}"),
            (Lang::En, amount) => format!("{name}: {amount}"),
        })
        .collect();
    items.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

/// What stands in English between a number and its unit.
pub(super) fn apart(unit: &str) -> &'static str {
    match unit.chars().next() {
        // 10,000 m³ behind a number would read as more digits of it.
        Some(first) if first.is_ascii_digit() => " × ",
        Some(first) if first.is_alphabetic() => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_is_told_in_months_when_it_is_made_of_them() {
        let print = |start, end, lang| period_text(Period { start, end }, None, lang).unwrap();
        let (january, december) = (date(2024, 1, 1), date(2024, 12, 31));
        assert_eq!(print(january, december, Lang::Zh), "2024年1月至2024年12月");
        assert_eq!(print(january, december, Lang::En), "January to December 2024");
        assert_eq!(print(date(2023, 8, 1), december, Lang::En), "August 2023 to December 2024");
        assert_eq!(print(date(2024, 1, 5), december, Lang::Zh), "2024年1月5日至2024年12月31日");
    }

    #[test]
    fn names_that_hold_the_separator_are_parted_by_a_stronger_one() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(enumeration(&names(&["甲", "乙"]), Lang::Zh), "甲、乙");
        assert_eq!(enumeration(&names(&["甲、乙", "丙"]), Lang::Zh), "甲、乙，丙");
        assert_eq!(enumeration(&names(&["a", "b", "c"]), Lang::En), "a, b, and c");
        assert_eq!(enumeration(&names(&["a, b", "c", "d"]), Lang::En), "a, b; c; and d");
    }
}
