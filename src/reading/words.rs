//! The words that a reader goes by: lists in data files, read once.

pub(crate) mod indicators;

use std::ops::{Deref, Range};
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::chars;

use super::Sense;

/// Words in small letters that are looked for all at once, in either case.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordList {
    words: Vec<String>,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl WordList {
    /// Whether a text has any of them, be it a part of another word.
    pub(crate) fn any_in(&self, text: &str) -> bool {
        self.finder().is_some_and(|finder| finder.is_match(text))
    }

    /// The first of them in a text, the longest where several begin there; a Latin word counts only whole.
    pub(super) fn first_in(&self, text: &str) -> Option<Range<usize>> {
        let letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphabetic());
        let whole = |range: &Range<usize>| {
            !text.get(range.start..).is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_alphabetic()))
                || !letter(chars::before(text, range.start)) && !letter(chars::after(text, range.end))
        };
        let found = self.finder()?.find_overlapping_iter(text).map(|hit| hit.range());
        found.filter(whole).min_by_key(|range| (range.start, std::cmp::Reverse(range.end)))
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let build = || AhoCorasick::builder().ascii_case_insensitive(true).build(&self.words).ok();
        self.finder.get_or_init(build).as_ref()
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> WordList {
        WordList { words, finder: OnceLock::new() }
    }
}

impl Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

/// `words/amounts.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountWords {
    pub(super) about_before: Vec<(String, Sense)>,
    pub(super) not_about: Vec<String>,
    pub(super) about_english: Vec<(String, Sense)>,
    pub(super) about_after: Vec<(String, Sense)>,
    pub(super) bound_before: Vec<String>,
    pub(super) bound_after: Vec<String>,
    pub(super) bound_english: Vec<String>,
    pub(super) foreign: WordList,
    pub(super) foreign_english: WordList,
    pub(super) total_strong: Vec<String>,
    pub(super) total_weak: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) other_whole: Vec<String>,
    pub(super) whole: WordList,
    pub(super) annual: WordList,
    pub(super) total_english: Vec<(String, bool)>,
    pub(super) links_english: Vec<String>,
    pub(super) total_after: Vec<String>,
    pub(super) whole_heads: Vec<String>,
    pub(super) list_openers: Vec<String>,
    pub(super) bare_after: Vec<String>,
    pub(super) money_words: WordList,
    pub(super) money_cues: Vec<String>,
    pub(super) count_cues: Vec<String>,
    pub(crate) quarters: Vec<Vec<String>>,
    pub(crate) halves: Vec<Vec<String>>,
    pub(crate) fiscal: Vec<String>,
    pub(crate) below_fiscal: Vec<Vec<String>>,
    pub(crate) other_funds: Vec<String>,
}

/// `words/dates.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateWords {
    pub(super) before_year: Vec<String>,
    pub(super) after_year: Vec<String>,
    pub(super) interval_fillers: Vec<String>,
    pub(super) interval_joints: Vec<String>,
    pub(super) interval_joints_english: Vec<String>,
    pub(super) state: WordList,
    pub(super) since: WordList,
    pub(super) since_before: Vec<String>,
    pub(super) history: WordList,
    pub(super) history_before: Vec<String>,
    pub(super) document: WordList,
    pub(super) not_document: WordList,
    pub(super) plan_names: Vec<String>,
    pub(super) comparison: WordList,
    pub(super) plan: WordList,
    pub(super) plan_sure: WordList,
    pub(crate) this_year: WordList,
    pub(crate) all_years: WordList,
    pub(super) period: WordList,
    pub(super) grounds: Vec<String>,
}

/// The words around dates and years.
pub(crate) static DATES: LazyLock<DateWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/dates.toml")).unwrap_or_default());

/// `words/counts.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountWords {
    pub(crate) some: Vec<String>,
    pub(crate) made_of: Vec<String>,
    pub(crate) links: Vec<String>,
    pub(crate) made_of_english: Vec<String>,
    pub(crate) persons: Vec<String>,
}

/// The words around counts.
pub(crate) static COUNTS: LazyLock<CountWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/counts.toml")).unwrap_or_default());

/// `words/hints.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HintWords {
    pub(crate) sentence_starts: Vec<String>,
    pub(crate) bracket_starts: Vec<String>,
    pub(crate) bracket_ends: Vec<String>,
    pub(crate) subjects: Vec<String>,
    pub(crate) list_marks: Vec<String>,
    pub(crate) omitted: Vec<String>,
    pub(crate) asks: WordList,
}

/// The words of a template's hints.
pub(crate) static HINTS: LazyLock<HintWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/hints.toml")).unwrap_or_default());

/// `words/names.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameWords {
    pub(crate) mixed_up: Vec<String>,
    pub(crate) others: Vec<String>,
    pub(crate) tails: Vec<String>,
    pub(crate) small: Vec<String>,
}

/// The characters of names.
pub(crate) static NAMES: LazyLock<NameWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/names.toml")).unwrap_or_default());

/// `words/documents.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentWords {
    pub(crate) chinese: Vec<String>,
    pub(crate) english: WordList,
}

/// The words of documents.
pub(crate) static DOCUMENTS: LazyLock<DocumentWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/documents.toml")).unwrap_or_default());

/// `words/sentences.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SentenceWords {
    pub(super) abbreviations: Vec<String>,
}

/// The words at the ends of sentences.
pub(super) static SENTENCES: LazyLock<SentenceWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/sentences.toml")).unwrap_or_default());

/// The words around amounts.
pub(crate) static AMOUNTS: LazyLock<AmountWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/amounts.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_can_be_read() {
        assert!(toml::from_str::<AmountWords>(include_str!("words/amounts.toml")).is_ok());
        assert!(toml::from_str::<DateWords>(include_str!("words/dates.toml")).is_ok());
        assert!(toml::from_str::<HintWords>(include_str!("words/hints.toml")).is_ok());
        assert!(toml::from_str::<NameWords>(include_str!("words/names.toml")).is_ok());
        assert!(toml::from_str::<DocumentWords>(include_str!("words/documents.toml")).is_ok());
        assert!(toml::from_str::<SentenceWords>(include_str!("words/sentences.toml")).is_ok());
        assert!(toml::from_str::<CountWords>(include_str!("words/counts.toml")).is_ok());
    }
}
