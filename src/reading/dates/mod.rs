//! Years, months and days that a text names, and the times between two of them.

mod chinese;
mod english;

use std::ops::Range;

use super::MONTHS;
use super::chars::digit;
use super::words::DATES;
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
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = chinese::mentions(text);
    if text.contains(|ch: char| ch.is_ascii_alphabetic()) {
        let overlaps = |mention: &Mention| {
            let after = found.partition_point(|own| own.range.end <= mention.range.start);
            found.get(after).is_some_and(|own| own.range.start < mention.range.end)
        };
        let english: Vec<Mention> =
            english::mentions(text).into_iter().filter(|mention| !overlaps(mention)).collect();
        if !english.is_empty() {
            found.extend(english);
            found.sort_by_key(|mention| mention.range.start);
        }
    }
    found
}

/// Every time from one date to another in a text.
pub fn intervals(text: &str, mentions: &[Mention]) -> Vec<Interval> {
    let pairs = mentions.iter().zip(mentions.iter().skip(1));
    let mut found: Vec<Interval> = Vec::new();
    for (start, end) in pairs {
        let gap = text.get(start.range.end..end.range.start).unwrap_or("");
        let overlaps = found.last().is_some_and(|last| last.range.end > start.range.start);
        if overlaps || !joins(gap) {
            continue;
        }
        let (mut start, mut end) = (start.clone(), end.clone());
        end.year = end.year.or(start.year);
        // "January to December 2024" gives the year at its end; 12月至2025年3月 begins in a year that nobody knows.
        let english = text
            .get(start.range.clone())
            .is_some_and(|own| own.starts_with(|ch: char| ch.is_ascii_alphabetic()));
        start.year = start.year.or(end.year.filter(|_| english));
        if start.year.is_some() {
            found.push(Interval { range: start.range.start..end.range.end, start, end });
        }
    }
    found
}

/// Whether what stands between two dates makes them a beginning and an end.
fn joins(gap: &str) -> bool {
    if gap.len() > 48 || gap.contains('\n') {
        return false;
    }
    let english = gap.trim().trim_start_matches(',').trim();
    if DATES.interval_joints_english.iter().any(|joint| joint == english) {
        return true;
    }
    let mut rest = gap.to_owned();
    for filler in &DATES.interval_fillers {
        rest = rest.replace(filler.as_str(), "");
    }
    DATES.interval_joints.contains(&rest)
}

/// The whole number at `at`, of digits of either width: its value, how many digits, and where it ends.
fn whole(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let (mut value, mut digits, mut end) = (0_u32, 0, at);
    for ch in text.get(at..)?.chars() {
        let Some(one) = digit(ch) else { break };
        value = value.saturating_mul(10).saturating_add(one);
        digits += 1;
        end += ch.len_utf8();
    }
    (digits > 0).then_some((value, digits, end))
}

fn year_of(value: u32, digits: usize) -> Option<Year> {
    (digits == 4 && (1900..2100).contains(&value)).then(|| Year::try_from(value).ok()).flatten()
}

fn small(value: u32, digits: usize, most: u32) -> Option<i8> {
    (digits <= 2 && (1..=most).contains(&value)).then(|| i8::try_from(value).ok()).flatten()
}

/// Whether a sentence calls the dates in it the period of the project.
pub fn names_period(sentence: &str) -> bool {
    DATES.period.any_in(sentence)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<Year>, Option<i8>, Option<i8>)> {
        mentions(text).iter().map(|one| (one.year, one.month, one.day)).collect()
    }

    fn between(text: &str) -> Vec<&str> {
        intervals(text, &mentions(text)).iter().map(|one| &text[one.range.clone()]).collect()
    }

    #[test]
    fn chinese_dates_are_read_with_spaces_and_in_full() {
        let full = (Some(2024), Some(1), Some(5));
        assert_eq!(read("2024 年 1 月 5 日"), [full]);
        assert_eq!(read("2024-01-05、2024.1.5"), [full, full]);
        assert_eq!(read("二〇二四年"), [(Some(2024), None, None)]);
        assert_eq!(read("2024年1-12月"), [(Some(2024), Some(1), None), (None, Some(12), None)]);
        assert_eq!(read("GB/T 22239-2019，6个月，2024.01万元，2017册"), []);
    }

    #[test]
    fn english_dates_are_read_and_counts_are_not() {
        assert_eq!(read("on 1 January 2024 and March 5, 2025").len(), 2);
        assert_eq!(read("added since 2017."), [(Some(2017), None, None)]);
        assert_eq!(read("for 2000 people; (No. 43 of 2007)"), [(Some(2007), None, None)]);
        assert_eq!(read("May the work be done"), []);
    }

    #[test]
    fn intervals_are_told_from_pairs_of_dates() {
        for text in
            ["2024年1月至12月", "2024年1-12月", "2024年8月到2025年7月", "2024年1月1日起，至2024年12月31日"]
        {
            assert_eq!(between(text), [text]);
        }
        assert_eq!(between("2024年1月，2024年5月"), Vec::<&str>::new());
        assert_eq!(between("runs from January to December 2024"), ["January to December 2024"]);
    }
}
