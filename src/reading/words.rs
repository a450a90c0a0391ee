//! The words that a reader goes by: lists in data files, read once.

pub(crate) mod indicators;

use std::sync::LazyLock;

use serde::Deserialize;

use super::Sense;

/// `words/amounts.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmountWords {
    pub(super) about_before: Vec<(String, Sense)>,
    pub(super) not_about: Vec<String>,
    pub(super) about_english: Vec<(String, Sense)>,
    pub(super) about_after: Vec<(String, Sense)>,
    pub(super) bound_before: Vec<String>,
    pub(super) bound_after: Vec<String>,
    pub(super) bound_english: Vec<String>,
    pub(super) foreign: Vec<String>,
    pub(super) foreign_english: Vec<String>,
    pub(super) total_strong: Vec<String>,
    pub(super) total_weak: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) other_whole: Vec<String>,
    pub(super) whole: Vec<String>,
    pub(super) annual: Vec<String>,
    pub(super) total_english: Vec<(String, bool)>,
    pub(super) links_english: Vec<String>,
    pub(super) total_after: Vec<String>,
    pub(super) whole_heads: Vec<String>,
    pub(super) list_openers: Vec<String>,
    pub(super) bare_after: Vec<String>,
    pub(super) money_words: Vec<String>,
    pub(super) money_cues: Vec<String>,
    pub(super) count_cues: Vec<String>,
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
    pub(super) state: Vec<String>,
    pub(super) since: Vec<String>,
    pub(super) since_before: Vec<String>,
    pub(super) history: Vec<String>,
    pub(super) history_before: Vec<String>,
    pub(super) document: Vec<String>,
    pub(super) not_document: Vec<String>,
    pub(super) plan_names: Vec<String>,
    pub(super) comparison: Vec<String>,
    pub(super) plan: Vec<String>,
    pub(super) plan_sure: Vec<String>,
    pub(crate) this_year: Vec<String>,
    pub(crate) all_years: Vec<String>,
    pub(super) period: Vec<String>,
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
}

/// The words of a template's hints.
pub(crate) static HINTS: LazyLock<HintWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/hints.toml")).unwrap_or_default());

/// `words/names.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameWords {
    pub(crate) mixed_up: Vec<String>,
}

/// The characters of names.
pub(crate) static NAMES: LazyLock<NameWords> =
    LazyLock::new(|| toml::from_str(include_str!("words/names.toml")).unwrap_or_default());

/// The words around amounts.
pub(super) static AMOUNTS: LazyLock<AmountWords> =
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
        assert!(toml::from_str::<CountWords>(include_str!("words/counts.toml")).is_ok());
    }
}
