//! 2024年1月5日, 2024-01-05, 二〇二四年一月, 1—6月, 2025全年度.

use super::{Mention, small, whole, year_of};
use crate::model::Year;
use crate::reading::chars::{after, before, digit};
use crate::reading::numeral::{begins_chinese, chinese};

const DASHES: &[char] = &['-', '–', '—', '－', '~', '～', '至', '到'];

/// What follows the number of a year and makes it one; the longest first.
const YEAR_UNITS: [&str; 4] = ["全年度", "年度", "全年", "年"];

/// Every date of a text that is written in figures or with 年 月 日, in its order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut next = 0;
    for (at, ch) in text.char_indices() {
        if at < next {
            continue;
        }
        let figures = digit(ch).is_some();
        if figures {
            next = whole(text, at).map_or(at, |(.., end)| end);
            let inside =
                before(text, at).is_some_and(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '/'));
            if inside {
                continue;
            }
            if let Some([first, second]) = pair_of_months(text, at) {
                next = second.range.end;
                found.extend([first, second]);
                continue;
            }
        }
        let mention = match figures {
            true => at_figures(text, at),
            false => begins_chinese(ch).then(|| at_numerals(text, at)).flatten(),
        };
        if let Some(mention) = mention {
            next = mention.range.end;
            found.push(mention);
        }
    }
    found
}

fn at_figures(text: &str, at: usize) -> Option<Mention> {
    let (value, digits, end) = whole(text, at)?;
    if let Some(year) = year_of(value, digits) {
        if let Some(end) = year_end(text, end) {
            return Some(month_after(text, at, end, year));
        }
        return first_of_years(text, at, end, year).or_else(|| numeric(text, at, end, year));
    }
    let month = small(value, digits, 12)?;
    let end = month_end(text, end)?;
    Some(day_after(text, at, end, None, month))
}

/// 二〇二四年, 一月五日
fn at_numerals(text: &str, at: usize) -> Option<Mention> {
    let numeral = chinese(text.get(at..)?)?;
    let end = at + numeral.len;
    let digits = text.get(at..end)?.chars().count();
    let value = u32::try_from(numeral.value).ok()?;
    if let Some(year) = year_of(value, digits) {
        return year_end(text, end).map(|end| month_after(text, at, end, year));
    }
    // 第一月 and 每一月 count; 十一月 is a month only with a day or behind a year.
    let month = small(value, 2, 12)?;
    let end = past(text, end, &['月'])?;
    let mention = day_after(text, at, end, None, month);
    mention.day.is_some().then_some(mention)
}

/// Behind 年, 年度 or 全年度.
fn year_end(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let rest = text.get(at..)?;
    YEAR_UNITS.iter().find(|unit| rest.starts_with(**unit)).map(|unit| at + unit.len())
}

/// The first year of 2022—2024年.
fn first_of_years(text: &str, at: usize, end: usize, year: Year) -> Option<Mention> {
    let from = past(text, end, DASHES)?;
    let (second, digits, second_end) = whole(text, skip_spaces(text, from))?;
    year_of(second, digits)?;
    year_end(text, second_end)?;
    Some(Mention { range: at..end, year: Some(year), month: None, day: None })
}

/// Behind 月, or where a month ends that is the first of `1—6月`.
fn month_end(text: &str, end: usize) -> Option<usize> {
    if let Some(end) = past(text, end, &['月']) {
        return Some(end);
    }
    let (value, digits, second) =
        past(text, end, DASHES).and_then(|from| whole(text, skip_spaces(text, from)))?;
    small(value, digits, 12)?;
    past(text, second, &['月']).map(|_| end)
}

fn month_after(text: &str, at: usize, end: usize, year: Year) -> Mention {
    let from = skip_spaces(text, end);
    let month = number(text, from)
        .and_then(|(value, digits, end)| Some((small(value, digits, 12)?, month_end(text, end)?)));
    match month {
        Some((month, end)) => day_after(text, at, end, Some(year), month),
        None => Mention { range: at..end, year: Some(year), month: None, day: None },
    }
}

fn day_after(text: &str, at: usize, end: usize, year: Option<Year>, month: i8) -> Mention {
    let from = skip_spaces(text, end);
    let day = number(text, from)
        .and_then(|(value, digits, end)| Some((small(value, digits, 31)?, past(text, end, &['日', '号'])?)));
    let (day, end) = day.map_or((None, end), |(day, end)| (Some(day), end));
    Mention { range: at..end, year, month: Some(month), day }
}

/// A whole number in figures or Chinese numerals: its value, how many figures, where it ends.
fn number(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    whole(text, at).or_else(|| {
        let numeral = chinese(text.get(at..)?)?;
        Some((u32::try_from(numeral.value).ok()?, 1, at + numeral.len))
    })
}

/// 2024-01-31, 2024/1/31, 2024.1.31
fn numeric(text: &str, at: usize, end: usize, year: Year) -> Option<Mention> {
    let (month, end, mark) = month_of(text, end)?;
    let end = after(text, end).filter(|ch| *ch == mark).map(|_| end + mark.len_utf8())?;
    let (day, digits, end) = whole(text, end)?;
    Some(Mention { range: at..end, year: Some(year), month: Some(month), day: Some(small(day, digits, 31)?) })
}

/// 2024.1—2024.12: without a day, only two of them are sure to be months and no decimals.
fn pair_of_months(text: &str, at: usize) -> Option<[Mention; 2]> {
    let month_at = |at: usize| {
        let (value, digits, end) = whole(text, at)?;
        let year = year_of(value, digits)?;
        let (month, end, mark) = month_of(text, end)?;
        let day = after(text, end).filter(|ch| *ch == mark).and_then(|_| whole(text, end + mark.len_utf8()));
        let mention = Mention { range: at..end, year: Some(year), month: Some(month), day: None };
        day.is_none().then_some(mention)
    };
    let first = month_at(at)?;
    let second = month_at(skip_spaces(text, past(text, first.range.end, DASHES)?))?;
    Some([first, second])
}

/// The month behind a year and a mark, where it ends, and the mark.
fn month_of(text: &str, end: usize) -> Option<(i8, usize, char)> {
    let mark = after(text, end).filter(|ch| matches!(ch, '-' | '/' | '.'))?;
    let (month, digits, end) = whole(text, end + mark.len_utf8())?;
    Some((small(month, digits, 12)?, end, mark))
}

fn skip_spaces(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']).len())
}

/// Behind `mark` and the spaces before it.
fn past(text: &str, at: usize, marks: &[char]) -> Option<usize> {
    let at = skip_spaces(text, at);
    after(text, at).filter(|ch| marks.contains(ch)).map(|ch| at + ch.len_utf8())
}
