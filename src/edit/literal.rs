//! What a person fills in as TOML values.

use toml_edit::Value;

use crate::lang::{Words, say};
use crate::model::Money;
use crate::reading::target::read;

/// What kind of value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A decimal number.
    Number,
    /// An amount; without a unit it is in 元.
    Amount,
    /// A date.
    Date,
    /// `true` or `false`.
    Switch,
}

/// The value for what a person has filled in, in the manner of the one that stands in its place.
///
/// # Errors
///
/// What is expected instead, and how to write it.
pub fn value(shape: Shape, text: &str, old: Option<&Value>) -> Result<Value, Words> {
    match shape {
        Shape::Text => Ok(string(text, old)),
        Shape::Number => number(text),
        Shape::Amount => amount(text, old),
        Shape::Date => date(text),
        Shape::Switch => text.parse::<bool>().map(Value::from).map_err(|_| {
            say!("“{text}”不是布尔值：写成 true 或 false", "`{text}` is not a boolean: write true or false")
        }),
    }
}

/// A target in one shape, such as `≥ 98 %`; words, and what cannot be read, stay as they are.
pub fn target(text: &str) -> String {
    match read(text, &|_| false) {
        Some(Ok(reading)) => reading.canonical,
        _ => text.to_owned(),
    }
}

fn number(text: &str) -> Result<Value, Words> {
    let plain = text.replace([',', '，'], "");
    let digital = plain.starts_with(|ch: char| ch.is_ascii_digit())
        && plain.chars().all(|ch| ch.is_ascii_digit() || ch == '.')
        && !plain.ends_with('.');
    let parsed = digital.then(|| plain.parse().ok()).flatten();
    parsed.ok_or_else(|| {
        say!(
            "“{text}”不是数：只写数字，如 12 或 2.5",
            "`{text}` is not a number: write digits alone, such as 12 or 2.5"
        )
    })
}

fn amount(text: &str, old: Option<&Value>) -> Result<Value, Words> {
    let plain = text.replace([',', '，'], "");
    let money =
        if plain.ends_with('元') { Money::parse(&plain) } else { Money::parse(&format!("{plain}元")) };
    let Ok(money) = money else {
        return Err(say!(
            "“{text}”不是金额：只写数字即为元，如 80000 或 12.50；也可写明单位，如 8万元",
            "`{text}` is not an amount: write CNY as digits, such as 80000 or 12.50, or with a unit, such as 8万元"
        ));
    };
    // In the unit that the file has.
    let printed = match old.and_then(Value::as_str).map(str::trim_end) {
        Some(old) if old.ends_with("亿元") => money.in_yi(None),
        Some(old) if old.ends_with("万元") && money.decimals_in(4) <= 2 => money.in_wan(None),
        Some(old) if !old.starts_with("0元") => money.in_yuan(),
        _ => money.to_string(),
    };
    Ok(Value::from(printed))
}

fn date(text: &str) -> Result<Value, Words> {
    let plain = text.replace(['/', '.', '年', '月'], "-").replace('日', "");
    let mut parts = plain.split('-').map(|part| part.trim().parse::<u16>().ok());
    let written = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        _ => plain,
    };
    written.parse::<toml_edit::Datetime>().map(Value::from).map_err(|_| {
        say!("“{text}”不是日期：写成 2026-01-31", "`{text}` is not a date: write it as 2026-01-31")
    })
}

/// A text; one of more lines, or in the place of one, stands between three quotes.
fn string(text: &str, old: Option<&Value>) -> Value {
    let long = text.contains('\n') || old.is_some_and(|old| old.to_string().trim().contains('\n'));
    let plain = !text.contains("'''") && !text.chars().any(|ch| ch.is_control() && ch != '\n' && ch != '\t');
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let written = (long && plain).then(|| format!("'''\n{text}{end}'''"));
    written.and_then(|written| written.parse().ok()).unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_the_unit_of_the_file() {
        let amount = |text: &str, old: &str| {
            let old = Value::from(old);
            value(Shape::Amount, text, Some(&old)).map(|value| value.to_string())
        };
        assert_eq!(amount("8000000", "750万元").as_deref(), Ok("\"800万元\""));
        assert_eq!(amount("319370.5", "319369元").as_deref(), Ok("\"319370.5元\""));
        assert_eq!(amount("80,000", "0元").as_deref(), Ok("\"8万元\""));
        assert_eq!(amount("9万元", "8万元").as_deref(), Ok("\"9万元\""));
        assert!(
            amount("八万", "8万元").is_err()
                && amount("1.234", "1元").is_err()
                && amount("-5", "1元").is_err()
        );
    }

    #[test]
    fn dates_and_numbers_are_read_as_officers_write_them() {
        let of = |shape, text: &str| value(shape, text, None).map(|value| value.to_string()).ok();
        assert_eq!(of(Shape::Date, "2026/1/5").as_deref(), Some("2026-01-05"));
        assert_eq!(of(Shape::Date, "2026年12月31日").as_deref(), Some("2026-12-31"));
        assert_eq!(of(Shape::Date, "明年"), None);
        assert_eq!(of(Shape::Number, "1,200").as_deref(), Some("1200"));
        assert_eq!(of(Shape::Number, "2.5").as_deref(), Some("2.5"));
        assert_eq!(of(Shape::Number, "两"), None);
    }

    #[test]
    fn targets_have_one_shape() {
        assert_eq!(target("≧ 98％"), "≥ 98 %");
        assert_eq!(target("4-6次"), "4～6 次");
        assert_eq!(target("良好"), "良好");
        assert_eq!(target(">= 三"), ">= 三");
    }

    #[test]
    fn a_text_of_more_lines_stands_between_three_quotes() {
        let text = value(Shape::Text, "甲。\n乙。", None).unwrap();
        assert_eq!(text.to_string(), "'''\n甲。\n乙。\n'''");
        assert_eq!(value(Shape::Text, "a \"b\"", None).unwrap().as_str(), Some("a \"b\""));
    }
}
