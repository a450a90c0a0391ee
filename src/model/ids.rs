//! Ids: how text, indicators and diffs name a project, sub-project or cost.

use std::fmt;

/// A name of lower-case Latin letters, digits and hyphens that starts with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// Takes `text` if it is an id.
    pub fn new(text: &str) -> Option<Id> {
        let valid = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
        let starts = text.starts_with(|ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit());
        (starts && text.chars().all(valid)).then(|| Id(text.to_owned()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What `text` would be as an id: small letters, hyphens for spaces and underscores; `None` when nothing is left.
    pub fn suggest(text: &str) -> Option<Id> {
        let mut out = String::new();
        for ch in text.chars() {
            match ch {
                'a'..='z' | '0'..='9' => out.push(ch),
                'A'..='Z' => out.push(ch.to_ascii_lowercase()),
                ' ' | '_' | '-' | '.' | '/' if !out.is_empty() && !out.ends_with('-') => out.push('-'),
                _ => {}
            }
        }
        Id::new(out.trim_end_matches('-'))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        for good in ["a", "7", "security-review", "v5-3"] {
            assert!(Id::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "A", "a_b", "安全", "a b", "a.b"] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
        assert_eq!(Id::suggest("Security Review_2").unwrap().as_str(), "security-review-2");
        assert_eq!(Id::suggest("安全"), None);
    }
}
