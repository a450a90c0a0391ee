//! Years, months and days that a text names, and the times between two of them.

use std::ops::Range;

use super::chars::{after, before, digit};
use super::english_dates;
use super::spans::sentence;
use crate::lang::Lang;
use crate::model::{Period, Year};

/// A date in a text, as far as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub range: Range<usize>,
    /// The year, when it is given.
    pub year: Option<Year>,
    /// The month, when it is given.
    pub month: Option<i8>,
    /// The day, when it is given.
    pub day: Option<i8>,
}

/// From one date to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its first date.
    pub start: Mention,
    /// Its last date, with the year of the first when it gives none.
    pub end: Mention,
}

impl Mention {
    /// Whether this is `date` as far as it says.
    fn is(&self, date: jiff::civil::Date) -> bool {
        self.year.is_none_or(|year| year == date.year())
            && self.month.is_none_or(|month| month == date.month())
            && self.day.is_none_or(|day| day == date.day())
    }
}

impl Interval {
    /// Whether this is `period` as far as it says.
    pub fn is(&self, period: Period) -> bool {
        self.start.is(period.start) && self.end.is(period.end)
    }

    /// Whether a part of it lies before or after `period`.
    pub fn leaves(&self, period: Period) -> bool {
        let of = |mention: &Mention, month: i8| Some((mention.year?, mention.month.unwrap_or(month)));
        let (from, to) = (period.start, period.end);
        of(&self.start, 12).is_some_and(|start| start < (from.year(), from.month()))
            || of(&self.end, 1).is_some_and(|end| end > (to.year(), to.month()))
    }
}

/// Every date of a text, in its order.
pub fn mentions(text: &str, lang: Lang) -> Vec<Mention> {
    match lang {
        Lang::Zh => chinese(text),
        Lang::En => english_dates::mentions(text),
    }
}

/// Every time from one date to another in a text.
pub fn intervals(text: &str, lang: Lang) -> Vec<Interval> {
    let mentions = mentions(text, lang);
    let pairs = mentions.iter().zip(mentions.iter().skip(1));
    let mut found: Vec<Interval> = Vec::new();
    for (start, end) in pairs {
        let gap = text.get(start.range.end..end.range.start).unwrap_or("");
        let overlaps = found.last().is_some_and(|last| last.range.end > start.range.start);
        if overlaps || !joins(gap, lang) {
            continue;
        }
        let (mut start, mut end) = (start.clone(), end.clone());
        end.year = end.year.or(start.year);
        // "January to December 2024" gives the year at its end.
        start.year = start.year.or(end.year.filter(|_| lang == Lang::En));
        if start.year.is_some() {
            found.push(Interval { range: start.range.start..end.range.end, start, end });
        }
    }
    found
}

/// Whether what stands between two dates makes them a beginning and an end.
fn joins(gap: &str, lang: Lang) -> bool {
    if gap.len() > 48 || gap.contains('\n') {
        return false;
    }
    match lang {
        Lang::Zh => {
            let mut rest = gap.to_owned();
            for filler in ["开始", "启动", "正式", "实施", "份", "初", "起", "，", ",", " "] {
                rest = rest.replace(filler, "");
            }
            matches!(rest.as_str(), "至" | "到" | "直至" | "—" | "——" | "－" | "-" | "–" | "~" | "～")
        }
        Lang::En => {
            let trimmed = gap.trim().trim_start_matches(',').trim();
            matches!(
                trimmed,
                "to" | "until" | "till" | "through" | "and ends on" | "and ends in" | "-" | "–" | "—"
            )
        }
    }
}

/// The whole number at `at`, of digits of either width: its value, how many digits, and where it ends.
pub(super) fn number(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let (mut value, mut digits, mut end) = (0_u32, 0, at);
    for ch in text.get(at..)?.chars() {
        let Some(one) = digit(ch) else { break };
        value = value.saturating_mul(10).saturating_add(one);
        digits += 1;
        end += ch.len_utf8();
    }
    (digits > 0).then_some((value, digits, end))
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

const DASHES: &[char] = &['-', '–', '—', '－', '~', '～', '至', '到'];

pub(super) fn year_of(value: u32, digits: usize) -> Option<Year> {
    (digits == 4 && (1900..2100).contains(&value)).then(|| Year::try_from(value).ok()).flatten()
}

pub(super) fn small(value: u32, digits: usize, most: u32) -> Option<i8> {
    (digits <= 2 && (1..=most).contains(&value)).then(|| i8::try_from(value).ok()).flatten()
}

fn chinese(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut next = 0;
    for (at, ch) in text.char_indices() {
        if at < next {
            continue;
        }
        let mention = if digit(ch).is_some() {
            next = number(text, at).map_or(at, |(.., end)| end);
            let inside =
                before(text, at).is_some_and(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '/'));
            if inside { None } else { at_number(text, at) }
        } else if is_year_numeral(ch) {
            numeral_year(text, at)
        } else {
            None
        };
        if let Some(mention) = mention {
            next = mention.range.end;
            found.push(mention);
        }
    }
    found
}

fn at_number(text: &str, at: usize) -> Option<Mention> {
    let (value, digits, end) = number(text, at)?;
    if let Some(year) = year_of(value, digits) {
        if let Some(end) = past(text, end, &['年']) {
            return Some(month_after(text, at, end, year));
        }
        // 2022—2024年
        if let Some((second, second_digits, second_end)) =
            past(text, end, DASHES).and_then(|from| number(text, skip_spaces(text, from)))
            && year_of(second, second_digits).is_some()
            && past(text, second_end, &['年']).is_some()
        {
            return Some(Mention { range: at..end, year: Some(year), month: None, day: None });
        }
        return numeric(text, at, end, year);
    }
    let month = small(value, digits, 12)?;
    let end = month_end(text, end)?;
    Some(day_after(text, at, end, None, month))
}

/// Behind 月, or where a month ends that is the first of `1—6月`.
fn month_end(text: &str, end: usize) -> Option<usize> {
    if let Some(end) = past(text, end, &['月']) {
        return Some(end);
    }
    let (value, digits, second) =
        past(text, end, DASHES).and_then(|from| number(text, skip_spaces(text, from)))?;
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

/// 2024-01-31, 2024/1/31, 2024.1.31
fn numeric(text: &str, at: usize, end: usize, year: Year) -> Option<Mention> {
    let mark = after(text, end).filter(|ch| matches!(ch, '-' | '/' | '.'))?;
    let (month, digits, end) = number(text, end + mark.len_utf8())?;
    let month = small(month, digits, 12)?;
    let end = after(text, end).filter(|ch| *ch == mark).map(|_| end + mark.len_utf8())?;
    let (day, digits, end) = number(text, end)?;
    Some(Mention { range: at..end, year: Some(year), month: Some(month), day: Some(small(day, digits, 31)?) })
}

fn is_year_numeral(ch: char) -> bool {
    matches!(ch, '一' | '二')
}

/// 二〇二四年
fn numeral_year(text: &str, at: usize) -> Option<Mention> {
    let rest = text.get(at..)?;
    let (mut value, mut end) = (0_u32, at);
    for ch in rest.chars().take(4) {
        let digit = match ch {
            '〇' | '○' | '零' => 0,
            other => u32::try_from("一二三四五六七八九".chars().position(|one| one == other)?).ok()? + 1,
        };
        value = value * 10 + digit;
        end += ch.len_utf8();
    }
    let year = year_of(value, 4)?;
    let end = past(text, end, &['年'])?;
    Some(Mention { range: at..end, year: Some(year), month: None, day: None })
}

/// A period in months, for messages: `2024年1月至2024年12月`, or `2024-01 to 2024-12`.
pub fn in_months(period: Period, lang: Lang) -> String {
    let (start, end) = (period.start, period.end);
    let (from, to) = ((start.year(), start.month()), (end.year(), end.month()));
    match lang {
        Lang::Zh => format!("{}年{}月至{}年{}月", from.0, from.1, to.0, to.1),
        Lang::En => format!("{}-{:02} to {}-{:02}", from.0, from.1, to.0, to.1),
    }
}

/// Whether the sentence around a range has one of these words.
pub fn beside(text: &str, range: &Range<usize>, words: &[&str]) -> bool {
    let sentence = text.get(sentence(text, range)).unwrap_or("");
    words.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, lang: Lang) -> Vec<(Option<Year>, Option<i8>, Option<i8>)> {
        mentions(text, lang).iter().map(|one| (one.year, one.month, one.day)).collect()
    }

    fn between(text: &str, lang: Lang) -> Vec<&str> {
        intervals(text, lang).iter().map(|one| &text[one.range.clone()]).collect()
    }

    #[test]
    fn chinese_dates_are_read_with_spaces_and_in_full() {
        let full = (Some(2024), Some(1), Some(5));
        assert_eq!(read("2024 年 1 月 5 日", Lang::Zh), [full]);
        assert_eq!(read("2024-01-05、2024.1.5", Lang::Zh), [full, full]);
        assert_eq!(read("二〇二四年", Lang::Zh), [(Some(2024), None, None)]);
        assert_eq!(read("2024年1-12月", Lang::Zh), [(Some(2024), Some(1), None), (None, Some(12), None)]);
        assert_eq!(read("GB/T 22239-2019，6个月，2024.01万元，2017册", Lang::Zh), []);
    }

    #[test]
    fn english_dates_are_read_and_counts_are_not() {
        assert_eq!(read("on 1 January 2024 and March 5, 2025", Lang::En).len(), 2);
        assert_eq!(read("added since 2017.", Lang::En), [(Some(2017), None, None)]);
        assert_eq!(read("for 2000 people; (No. 43 of 2007)", Lang::En), [(Some(2007), None, None)]);
        assert_eq!(read("May the work be done", Lang::En), []);
    }

    #[test]
    fn intervals_are_told_from_pairs_of_dates() {
        for text in
            ["2024年1月至12月", "2024年1-12月", "2024年8月到2025年7月", "2024年1月1日起，至2024年12月31日"]
        {
            assert_eq!(between(text, Lang::Zh), [text]);
        }
        assert_eq!(between("2024年1月，2024年5月", Lang::Zh), Vec::<&str>::new());
        assert_eq!(between("runs from January to December 2024", Lang::En), ["January to December 2024"]);
    }
}
