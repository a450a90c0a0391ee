//! Kinds of characters.

pub use crate::lang::{is_han, narrow};

/// A digit or a Chinese numeral.
pub fn is_numeral(ch: char) -> bool {
    digit(ch).is_some() || "〇○零一二三四五六七八九十百两甲乙丙丁①②③④⑤⑥⑦⑧⑨".contains(ch)
}

/// The value of a digit, of half or full width.
pub fn digit(ch: char) -> Option<u32> {
    narrow(ch).to_digit(10)
}

/// A text without spaces and with half-width brackets widened, for comparing names.
pub fn key(text: &str) -> String {
    let wide = |ch| match ch {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    text.chars().filter(|ch| !ch.is_whitespace()).map(wide).collect()
}

/// How many characters a reader counts: all but spaces and line breaks.
pub fn count(text: &str) -> usize {
    text.chars().filter(|ch| !ch.is_whitespace()).count()
}

/// The character that ends before the byte `at`.
pub fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at the byte `at`.
pub fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_spaces_and_widths_of_brackets() {
        assert_eq!(key("网站 英文版(运维)"), key("网站英文版（运维）"));
        assert_ne!(key("网站英文版"), key("网站日文版"));
    }

    #[test]
    fn digits_of_both_widths_have_values() {
        assert_eq!(digit('７'), Some(7));
        assert_eq!(digit('七'), None);
    }
}
