//! Years and dates among the numbers of a text, so that none is taken for a count or an amount.

use rust_decimal::prelude::ToPrimitive;

use super::MONTHS;
use super::around::{follows, reach_back, words_back};
use super::numeral::{self, Numeral};
use super::scan::Scanner;
use super::{Grouping, Kind, PartialDate};

impl Scanner<'_> {
    /// 2024年8月1日, 2024-08-01, 2024 by itself in English.
    pub(super) fn date(&mut self, numeral: &Numeral) -> bool {
        let Some(year) = numeral.value.to_i16().filter(|year| (1900..2100).contains(year)) else {
            return false;
        };
        if numeral.decimals > 0 || numeral.grouping == Grouping::Separated {
            return false;
        }
        let begin = self.at;
        let mut end = begin + numeral.len;
        if let Some((month, day, len)) = iso_date(self.text.get(end..).unwrap_or("")) {
            self.push(begin..end + len, Kind::Date(PartialDate { year, month, day: Some(day) }));
            return true;
        }
        if let Some(len) = self.behind(end, &["年度", "年"]) {
            end += len;
            let month = self.small(end, "月");
            let Some((month, len)) = month else {
                self.push(begin..end, Kind::Year(year));
                return true;
            };
            end += len;
            let day = self.small(end, "日");
            end += day.map_or(0, |(_, len)| len);
            self.push(begin..end, Kind::Date(PartialDate { year, month, day: day.map(|(day, _)| day) }));
            return true;
        }
        let word = words_back(reach_back(self.text, begin)).next().map_or("", |(_, word)| word);
        let after = self.text.get(end..).unwrap_or("");
        let loose = word.ends_with(|ch: char| ch.is_ascii_alphabetic())
            && (after.starts_with(|ch: char| ch.is_ascii_punctuation() || ch.is_whitespace())
                || after.is_empty());
        if !loose {
            return false;
        }
        let named =
            ["in", "for", "year", "of", "from", "since", "by", "until", "to", "and", "during", "throughout"];
        match month_name(word) {
            Some(month) => self.push(begin..end, Kind::Date(PartialDate { year, month, day: None })),
            None if named.iter().any(|own| own.eq_ignore_ascii_case(word)) => {
                self.push(begin..end, Kind::Year(year));
            }
            None => return false,
        }
        true
    }

    /// The length of spaces and one of `words` at a place.
    fn behind(&self, at: usize, words: &[&str]) -> Option<usize> {
        follows(self.text.get(at..)?, words).map(|(range, _)| range.end)
    }

    /// A number of at most two digits with its unit: 8月, 1日.
    fn small(&self, at: usize, unit: &str) -> Option<(i8, usize)> {
        let rest = self.text.get(at..)?;
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let rest = rest.get(spaces..)?;
        let numeral = numeral::arabic(rest).ok().or_else(|| numeral::chinese(rest))?;
        let value = numeral.value.to_i8().filter(|value| (1..=31).contains(value))?;
        let len = self.behind(at + spaces + numeral.len, &[unit])?;
        Some((value, spaces + numeral.len + len))
    }
}

/// `-08-01` or `/8/1` behind a year.
fn iso_date(rest: &str) -> Option<(i8, i8, usize)> {
    let mark = rest.chars().next().filter(|ch| matches!(ch, '-' | '/' | '.'))?;
    let body = rest.get(1..)?;
    let (month, body) = body.split_once(mark)?;
    let len = body.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(body.len()).min(2);
    let day = body.get(..len)?;
    let (month_number, day_number) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month_number) && (1..=31).contains(&day_number)).then_some((
        month_number,
        day_number,
        1 + month.len() + 1 + len,
    ))
}

/// A month by its name or the first three letters of it.
fn month_name(word: &str) -> Option<i8> {
    let head = word.get(..3).filter(|head| head.starts_with(|ch: char| ch.is_ascii_uppercase()))?;
    let month =
        MONTHS.iter().position(|name| name.get(..3).is_some_and(|own| own.eq_ignore_ascii_case(head)))?;
    i8::try_from(month + 1).ok()
}
