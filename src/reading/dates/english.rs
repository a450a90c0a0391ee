//! 1 January 2024, March 5, 2025, August 2024, in 2024.

use super::{MONTHS, Mention, small, whole, year_of};
use crate::model::Year;
use crate::reading::chars::after;
use crate::reading::words::DATES;

/// Every date of an English text, in its order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let words = words(text);
    let mut found: Vec<Mention> = Vec::new();
    for (index, (at, word)) in words.iter().enumerate() {
        let near = |offset: usize| words.get(index + offset).map(|(at, word)| (*at, *word));
        let last = index.checked_sub(1).and_then(|index| words.get(index));
        let end = at + word.len();
        if found.last().is_some_and(|last| last.range.end > *at) {
            continue;
        }
        if let Some(month) = month(word) {
            let day = last.and_then(|(at, word)| Some((*at, day_number(word)?)));
            let mut mention = Mention {
                range: day.map_or(*at, |(at, _)| at)..end,
                year: None,
                month: Some(month),
                day: day.map(|(_, day)| day),
            };
            let mut year = near(1);
            if let (Some((at, word)), None) = (near(1), day)
                && let Some(number) = day_number(word)
            {
                (mention.day, mention.range.end, year) = (Some(number), at + word.len(), near(2));
            }
            if let Some((at, word)) = year
                && let Some(number) = year_number(word)
                && text.get(mention.range.end..at).is_some_and(|gap| matches!(gap, " " | ", "))
            {
                (mention.year, mention.range.end) = (Some(number), at + word.len());
            }
            // "May" is a word as well; so is "March" at the head of a sentence.
            if mention.year.is_some() || mention.day.is_some() || is_interval_word(near(1)) {
                found.push(mention);
            }
        } else if let Some(year) = year_number(word)
            && last.is_some_and(|(_, word)| has(&DATES.before_year, &word.to_lowercase()))
            && follows_year(text, end, near(1).map(|(_, word)| word))
        {
            found.push(Mention { range: *at..end, year: Some(year), month: None, day: None });
        }
    }
    found
}

/// A month by its name, or by its first three letters (`Sept` has four), from 1.
fn month(word: &str) -> Option<i8> {
    if !word.starts_with(|ch: char| ch.is_ascii_uppercase()) {
        return None;
    }
    let is =
        |name: &&str| *name == word || name.get(..3) == Some(word) || word == "Sept" && *name == "September";
    i8::try_from(MONTHS.iter().position(is)? + 1).ok()
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|own| own == word)
}

fn is_interval_word(next: Option<(usize, &str)>) -> bool {
    next.is_some_and(|(_, word)| matches!(word, "to" | "until" | "through"))
}

fn follows_year(text: &str, end: usize, next: Option<&str>) -> bool {
    match after(text, end) {
        Some(' ') => next.is_some_and(|word| has(&DATES.after_year, word)),
        Some(ch) => {
            matches!(ch, '.' | ',' | ';' | ':' | ')' | '\n' | '’' | '\'' | '-' | '–')
                && !after(text, end + ch.len_utf8())
                    .is_some_and(|ch| ch.is_ascii_digit() && text.get(end..=end) != Some("-"))
        }
        None => true,
    }
}

fn year_number(word: &str) -> Option<Year> {
    let (value, digits, end) = whole(word, 0)?;
    year_of(value, digits).filter(|_| end == word.len())
}

fn day_number(word: &str) -> Option<i8> {
    let (value, digits, end) = whole(word, 0)?;
    small(value, digits, 31).filter(|_| end == word.len())
}

/// Runs of Latin letters and digits with their places; other characters separate.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut words = Vec::new();
    for piece in text.split(|ch: char| !ch.is_ascii_alphanumeric()) {
        if !piece.is_empty() {
            words.push((at, piece));
        }
        at += piece.len();
        at += after(text, at).map_or(0, char::len_utf8);
    }
    words
}
