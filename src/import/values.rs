//! What a cell of a form says as a value: amounts, dates, choices, targets.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::block::{Found, plain};
use super::items::Item;
use super::labels::Synonyms;
use crate::form::{AmountUnit, Profile};
use crate::lang::{Lang, narrow};
use crate::model::{Money, Year};
use crate::reading::target;

/// An amount of a cell: with its own unit, or in that of the form.
pub(super) fn amount(text: &str, unit: AmountUnit) -> Option<Money> {
    let bare: String = text.chars().map(narrow).filter(|ch| !ch.is_whitespace()).collect();
    let bare = bare.trim_start_matches(['¥', '￥']).trim_start_matches("人民币").replace('，', ",");
    if bare == "-" || bare == "—" || bare == "/" {
        return Some(Money::ZERO);
    }
    if let Ok(money) = Money::parse(&bare) {
        return Some(money);
    }
    let digits = bare.replace(',', "");
    let number: Decimal = digits.strip_suffix("万").unwrap_or(&digits).parse().ok()?;
    let wan = digits.ends_with('万') || unit == AmountUnit::Wan;
    let factor = if wan { Decimal::from(10_000) } else { Decimal::ONE };
    Money::from_yuan(number.checked_mul(factor)?.normalize()).filter(|_| !number.is_sign_negative())
}

/// The unit of amounts that a text states, plain: 项目资金(元), 金额单位:万元.
pub(super) fn unit_in(plain: &str) -> Option<&'static str> {
    let says = |unit: &&str| plain.contains(&format!("({unit})")) || plain.contains(&format!("单位:{unit}"));
    ["万元", "元"].into_iter().find(says)
}

/// The year before a word such as 年度, which no month follows.
pub(super) fn year_in(plain: &str, word: &str) -> Option<Year> {
    plain.match_indices(word).find_map(|(at, _)| {
        let dated = plain.get(at + word.len()..)?.starts_with(|ch: char| ch.is_ascii_digit());
        let year = plain.get(at.checked_sub(4)?..at)?.parse().ok()?;
        (!dated && (2000..=2099).contains(&year)).then_some(year)
    })
}

/// The first and last day that a text names: `2024-01-01`, 2024年1月至12月, 2024/1/1—2024/12/31.
pub(super) fn period(text: &str) -> Option<(Date, Date)> {
    let days = days(text);
    let first = days.first()?;
    let last = days.last()?;
    Some((first.0, last.1)).filter(|(start, end)| start <= end)
}

/// A day; of a month its first.
pub(super) fn day(text: &str) -> Option<Date> {
    days(text).first().map(|(first, _)| *first)
}

/// A last day; of a month its last.
pub(super) fn last_day(text: &str) -> Option<Date> {
    days(text).last().map(|(_, last)| *last)
}

/// Each date with the first and last day that it may mean.
fn days(text: &str) -> Vec<(Date, Date)> {
    let runs: Vec<i16> = text
        .split(|ch: char| !ch.is_ascii_digit())
        .filter(|run| (1..=4).contains(&run.len()))
        .filter_map(|run| run.parse().ok())
        .collect();
    let mut found = Vec::new();
    let mut year = None;
    let mut rest = runs.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let month = if *first > 31 {
            if !(2000..=2099).contains(first) {
                continue;
            }
            year = Some(*first);
            let Some((month, behind)) = rest.split_first().filter(|(month, _)| **month <= 12) else {
                found.extend(span(*first, None, None));
                continue;
            };
            rest = behind;
            *month
        } else {
            *first
        };
        let Some(year) = year else { continue };
        let day = rest.first().copied().filter(|day| *day <= 31 && follows_day(text, month, *day));
        if day.is_some() {
            rest = rest.get(1..).unwrap_or(&[]);
        }
        found.extend(span(year, Some(month), day));
    }
    found
}

/// Whether the number behind a month is a day and not the month in which a period ends: 1月至12月.
fn follows_day(text: &str, month: i16, day: i16) -> bool {
    let bare: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let tight = |mark: &str, month: &str, day: &str| bare.contains(&format!("{month}{mark}{day}"));
    let months = [format!("{month}"), format!("{month:02}")];
    let days = [format!("{day}"), format!("{day:02}")];
    ["月", "-", "/", "."]
        .iter()
        .any(|mark| months.iter().any(|month| days.iter().any(|day| tight(mark, month, day))))
}

fn span(year: i16, month: Option<i16>, day: Option<i16>) -> Option<(Date, Date)> {
    let first = i8::try_from(month.unwrap_or(1)).ok()?;
    let last = i8::try_from(month.unwrap_or(12)).ok()?;
    let day = day.map(i8::try_from).transpose().ok()?;
    let start = Date::new(year, first, day.unwrap_or(1)).ok()?;
    let end = match day {
        Some(_) => start,
        None => Date::new(year, last, 1).ok()?.last_of_month(),
    };
    Some((start, end))
}

/// The words that are ticked among those that a form lists; a text without ticks is taken as it is.
pub(super) fn choice(text: &str, profile: &Profile, path: &str) -> Option<String> {
    let choices = profile.choices(path);
    let ticks = ['■', '☑', '√', '✓', '☒', '✔', '●'];
    let bare = plain(text);
    if let Some(at) = bare.find(ticks) {
        let behind = bare.get(at..)?.trim_start_matches(ticks);
        let before = bare.get(..at)?;
        let named = |own: &&crate::lang::Words| behind.starts_with(&plain(&own.zh));
        let after = choices.iter().filter(named).max_by_key(|own| own.zh.len());
        let ahead = choices.iter().find(|own| before.ends_with(&plain(&own.zh)));
        return after.or(ahead).map(|own| own.zh.clone());
    }
    let same = choices.iter().find(|own| plain(&own.zh) == bare);
    (!bare.contains('□')).then(|| same.map_or_else(|| joined(text), |own| own.zh.clone()))
}

/// A name without the spaces that a layout puts between its Chinese characters.
pub(super) fn joined(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let latin = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphanumeric);
    let keeps = |at: usize| latin(at.checked_sub(1)) && latin(Some(at + 1));
    chars.iter().enumerate().filter(|(at, ch)| !ch.is_whitespace() || keeps(*at)).map(|(_, ch)| *ch).collect()
}

/// The target of an indicator as the files have it, from one cell or from those of sign, value and unit; whether it can be
/// read.
pub(super) fn target_of(item: &Item, key: &str, profile: &Profile) -> Option<(Found, bool)> {
    let found = item.get(key).or_else(|| item.get("number").filter(|_| key == "target"))?;
    let value = joined(&found.text);
    let begun = value.starts_with(['≥', '≤', '=', '＝', '<', '>', '＜', '＞', '≧', '≦']);
    let sign = item.text("sign").filter(|_| key == "target" && !begun).and_then(symbol).unwrap_or_default();
    let unit = item.text("unit").map(joined).filter(|_| key == "target").unwrap_or_default();
    let unit = if value.ends_with(&unit) { String::new() } else { unit };
    let text = if sign.is_empty() && unit.is_empty() { value } else { format!("{sign}{value}{unit}") };
    let known = |word: &str| profile.is_unit(word);
    let (text, reads) = match target::read(&text, &known) {
        Some(Ok(reading)) => (reading.canonical, true),
        Some(Err(misread)) => match misread.meant {
            Some(meant) => (meant, true),
            None => (text, false),
        },
        None => (text, true),
    };
    let en = found.en.as_deref().and_then(|english| target_in_english(english, &text, profile));
    Some((Found { text, en, place: found.place.clone() }, reads))
}

/// The English of a target, unless it is what the form makes of the Chinese by itself.
fn target_in_english(english: &str, chinese: &str, profile: &Profile) -> Option<String> {
    let translated = match target::read(chinese, &|_| true) {
        Some(Ok(reading)) => {
            let unit = profile.translate(&reading.unit, Lang::En);
            format!("{}{unit}", reading.canonical.strip_suffix(reading.unit.as_str())?)
        }
        _ => chinese.to_owned(),
    };
    if plain(&translated) == plain(english) {
        return None;
    }
    match target::read(english, &|_| true) {
        Some(Ok(reading)) => Some(reading.canonical),
        _ => Some(english.trim().to_owned()),
    }
}

/// The sign that a cell of 计算符号 means.
fn symbol(text: &str) -> Option<String> {
    let bare = plain(text);
    let synonyms = Synonyms::read();
    let found = synonyms.sign.iter().find(|(_, words)| words.iter().any(|word| plain(word) == bare))?;
    Some(found.0.clone())
}

/// Whether two targets say the same.
pub(super) fn same_target(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// The year before the declaration's, or the one before that, as a key.
pub(super) fn earlier(year: Year, back: i16) -> String {
    year.saturating_sub(back).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_take_the_unit_of_their_form() {
        let read = |text: &str, unit| amount(text, unit).map(|money| money.to_string());
        assert_eq!(read("10,180,000.00", AmountUnit::Yuan).as_deref(), Some("1018万元"));
        assert_eq!(read("269.00", AmountUnit::Wan).as_deref(), Some("269万元"));
        assert_eq!(read("３３０７６９", AmountUnit::Yuan).as_deref(), Some("330769元"));
        assert_eq!(read("80万元", AmountUnit::Yuan).as_deref(), Some("80万元"));
        assert_eq!(read("约80", AmountUnit::Wan), None);
    }

    #[test]
    fn periods_are_read_in_every_manner_of_forms() {
        let read = |text: &str| period(text).map(|(start, end)| format!("{start} {end}"));
        assert_eq!(read("2025-01-01 至 2027-12-31").as_deref(), Some("2025-01-01 2027-12-31"));
        assert_eq!(read("2024年1月至12月").as_deref(), Some("2024-01-01 2024-12-31"));
        assert_eq!(read("2024 年 8 月至 2025 年 7 月").as_deref(), Some("2024-08-01 2025-07-31"));
        assert_eq!(read("2024/3/5—2024/11/30").as_deref(), Some("2024-03-05 2024-11-30"));
        assert_eq!(read("2024年").as_deref(), Some("2024-01-01 2024-12-31"));
        assert_eq!(read("长期"), None);
    }
}
