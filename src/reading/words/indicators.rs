//! The words of `indicators.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Sign;

/// What the file holds; its remarks say what each list is for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Indicators {
    pub each: Vec<String>,
    pub not_a_unit: NotUnit,
    pub before: Vec<Bound>,
    pub after: Vec<Bound>,
    pub before_english: Vec<Bound>,
    pub after_english: Vec<Bound>,
    pub measure: Measures,
    pub vague: Vague,
    pub beyond: Pair,
    pub unitless: Pair,
    pub sense: Senses,
    pub cost: Own,
    pub common: Pair,
}

/// Words that are no unit, by where they stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct NotUnit {
    pub anywhere: Vec<String>,
    pub first: Vec<String>,
    pub last: Vec<String>,
    pub english: Vec<String>,
}

/// Words that mean a sign.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bound {
    /// The sign.
    pub sign: Sign,
    /// Whether they only suggest it.
    #[serde(default)]
    pub hint: bool,
    /// The words.
    pub words: Vec<String>,
}

/// Words in both languages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Pair {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

/// Words in Chinese alone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Own {
    pub zh: Vec<String>,
}

/// Names that want a number.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Measures {
    pub zh: Vec<String>,
    pub except: Vec<String>,
    pub moment: Vec<String>,
    pub time: Vec<String>,
    pub en: Vec<String>,
}

/// Words that nobody can measure.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Vague {
    pub degree: Vec<String>,
    pub change: Vec<String>,
    pub except: Vec<String>,
    pub en: Vec<String>,
}

/// Words that say which way a sign should point.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Senses {
    pub little: Vec<String>,
    pub counted: Vec<String>,
    pub costs: Vec<String>,
    pub tasks: Vec<String>,
    pub times: Vec<String>,
    pub much: Vec<String>,
    pub quantities: Vec<String>,
    pub limited: Vec<String>,
    pub handled: Vec<String>,
    pub handled_english: Vec<String>,
    pub cost_english: Vec<String>,
    pub little_english: Vec<String>,
    pub much_english: Vec<String>,
}

/// The words.
pub(crate) static WORDS: LazyLock<Indicators> =
    LazyLock::new(|| toml::from_str(include_str!("indicators.toml")).unwrap_or_default());

/// The longest of some bounds that a text begins with, with its length.
pub(crate) fn leading<'b>(bounds: &'b [Bound], text: &str) -> Option<(usize, &'b Bound)> {
    longest(bounds, |word| text.starts_with(word))
}

/// The longest of some bounds that a text ends with, with its length.
pub(crate) fn trailing<'b>(bounds: &'b [Bound], text: &str) -> Option<(usize, &'b Bound)> {
    longest(bounds, |word| text.ends_with(word))
}

fn longest(bounds: &[Bound], fits: impl Fn(&str) -> bool) -> Option<(usize, &Bound)> {
    let words = bounds.iter().flat_map(|bound| bound.words.iter().map(move |word| (word.len(), word, bound)));
    words.filter(|(_, word, _)| fits(word)).max_by_key(|(len, ..)| *len).map(|(len, _, bound)| (len, bound))
}

/// Whether a text ends with one of some words.
pub(crate) fn ends_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// Whether a text holds one of some words.
pub(crate) fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_every_list() {
        let read: Indicators = toml::from_str(include_str!("indicators.toml")).unwrap();
        let few = |words: &[String]| words.len() < 3 || words.iter().any(|word| word.trim() != word);
        assert!(!few(&read.each) && !few(&read.vague.change) && !few(&read.common.en));
        assert!(read.common.zh.iter().all(|word| word.chars().count() == 2));
        assert_eq!(read.before.iter().filter(|bound| bound.hint).count(), 3);
    }

    #[test]
    fn of_two_words_the_longer_counts() {
        assert_eq!(leading(&WORDS.before, "不超过5次").map(|(len, _)| len), Some("不超过".len()));
        assert_eq!(trailing(&WORDS.after, "小时以内").map(|(len, _)| len), Some("以内".len()));
    }
}
