//! Several replacements in one text.

use crate::diagnostic::Fix;

/// The text with all fixes that do not touch each other, and how many those are. Of two that overlap the first is made;
/// the other is found again in the fixed text, if it still stands.
pub(super) fn apply(text: &str, mut fixes: Vec<&Fix>) -> (String, usize) {
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let (mut fixed, mut at, mut count) = (String::with_capacity(text.len()), 0, 0);
    let mut last: Option<&Fix> = None;
    for fix in fixes {
        let range = fix.span.range();
        // Two insertions at one place would stand in an order that nobody chose.
        let touches =
            last.is_some_and(|last| range.start < last.span.range().end || range == last.span.range());
        let (Some(between), Some(_), false) = (text.get(at..range.start), text.get(range.clone()), touches)
        else {
            continue;
        };
        fixed.push_str(between);
        fixed.push_str(&fix.replacement);
        (at, last, count) = (range.end, Some(fix), count + 1);
    }
    fixed.push_str(text.get(at..).unwrap_or(""));
    (fixed, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    fn fixed(text: &str, fixes: &[(std::ops::Range<usize>, &str)]) -> (String, usize) {
        let file = Sources::default().add("a.toml".as_ref(), text.to_owned());
        let fix = |(range, replacement): &(std::ops::Range<usize>, &str)| Fix {
            span: Span::new(file, range.clone()),
            replacement: (*replacement).to_owned(),
            safety: crate::diagnostic::Safety::Safe,
        };
        let fixes: Vec<Fix> = fixes.iter().map(fix).collect();
        apply(text, fixes.iter().collect())
    }

    #[test]
    fn fixes_are_made_in_order_whatever_order_they_are_found_in() {
        assert_eq!(fixed("one two three", &[(8..13, "3"), (0..3, "1")]), ("1 two 3".to_owned(), 2));
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        assert_eq!(fixed("abcdef", &[(1..4, "X"), (3..5, "Y")]), ("aXef".to_owned(), 1));
        assert_eq!(fixed("ab", &[(1..1, "x"), (1..1, "x")]), ("axb".to_owned(), 1));
    }

    #[test]
    fn one_that_follows_at_once_is_made_too() {
        assert_eq!(fixed("abcd", &[(0..2, "X"), (2..4, "Y")]), ("XY".to_owned(), 2));
    }

    #[test]
    fn what_lies_outside_the_text_or_inside_a_character_is_left_alone() {
        assert_eq!(fixed("中", &[(1..2, "x"), (7..9, "y")]), ("中".to_owned(), 0));
    }
}
