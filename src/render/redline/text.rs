//! Marks within a text.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::narrative::tokens;

/// A text that went, in its marks. They are private characters, which no text of a declaration may have (SB502).
pub(super) fn went(text: &str) -> String {
    within('\u{E000}', text, '\u{E001}')
}

/// A text that came, in its marks.
pub(super) fn came(text: &str) -> String {
    within('\u{E002}', text, '\u{E003}')
}

fn within(open: char, text: &str, close: char) -> String {
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}

pub(super) fn is_marked(text: &str) -> bool {
    text.contains(['\u{E000}', '\u{E002}'])
}

/// The new text with what changed in it marked, word by word; two texts that share little stand one after the other.
pub(super) fn compare(old: &str, new: &str) -> String {
    let (before, after) = (tokens(old), tokens(new));
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let part = |tokens: &[&str], range: std::ops::Range<usize>| tokens.get(range).unwrap_or(&[]).concat();
    let equal = ops.iter().filter(|op| op.tag() == DiffTag::Equal);
    let same: usize = equal.map(|op| part(&after, op.new_range()).chars().count()).sum();
    if same * 3 < old.chars().count().max(new.chars().count()) {
        return format!("{} {}", went(old), came(new)).trim().to_owned();
    }
    let mut text = String::new();
    for op in ops {
        let (old, new) = (part(&before, op.old_range()), part(&after, op.new_range()));
        match op.tag() {
            DiffTag::Equal => text.push_str(&new),
            _ => text.push_str(&format!("{}{}", went(&old), came(&new))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_changes_whole() {
        let marked = compare("预算合计1018万元。", "预算合计963万元。");
        assert_eq!(marked, "预算合计\u{E000}1018万元\u{E001}\u{E002}963万元\u{E003}。");
    }

    #[test]
    fn texts_that_share_little_stand_one_after_the_other() {
        assert_eq!(compare("良好", "优秀"), "\u{E000}良好\u{E001} \u{E002}优秀\u{E003}");
        assert_eq!(compare("", "新增"), "\u{E002}新增\u{E003}");
    }
}
