//! What stands around a place of a text: its clause, phrase, statement, sentence, line.

use std::ops::Range;

use super::quotes::closes;
use super::words::SENTENCES;

/// How far a reader looks back and ahead, in bytes. Published sentences are shorter; it keeps a pass over any text linear.
const REACH: usize = 1500;

/// The line (paragraph or list item) around a place.
pub fn line(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |len| at + len);
    start..end
}

/// The sentence around a place, within its line.
pub fn sentence(text: &str, at: usize) -> Range<usize> {
    between(text, at, |ch, next| match ch {
        '\n' | '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
        _ => false,
    })
}

/// The statement around a place: a sentence, or what a semicolon sets off in it.
pub fn statement(text: &str, at: usize) -> Range<usize> {
    between(text, at, |ch, next| match ch {
        '\n' | '。' | '！' | '？' | '；' | ';' => true,
        '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
        _ => false,
    })
}

/// The phrase around a place: what stands between two commas; brackets belong to it.
pub fn phrase(text: &str, at: usize) -> Range<usize> {
    between(text, at, |ch, next| match ch {
        '\n' | '。' | '！' | '？' | '；' | ';' | '，' => true,
        ',' => next.is_none_or(|next| !next.is_ascii_digit()),
        '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
        _ => false,
    })
}

/// The clause around a place: what stands between two marks of punctuation, brackets and colons among them.
pub fn clause(text: &str, at: usize) -> Range<usize> {
    between(text, at, |ch, next| match ch {
        '\n' | '。' | '！' | '？' | '，' | '；' | '：' | ';' | '（' | '）' | '(' | ')' => true,
        ',' => next.is_none_or(|next| !next.is_ascii_digit()),
        '.' | ':' | '!' | '?' => next.is_none_or(char::is_whitespace),
        _ => false,
    })
}

fn between(text: &str, at: usize, ends: impl Fn(char, Option<char>) -> bool) -> Range<usize> {
    let floor = boundary(text, at.saturating_sub(REACH));
    let before = text.get(floor..at).unwrap_or("");
    let mut next = text.get(at..).and_then(|after| after.chars().next());
    let mut start = floor;
    for (place, ch) in before.char_indices().rev() {
        if ends(ch, next) && !is_abbreviation(ch, before.get(..place)) {
            start = floor + place + ch.len_utf8();
            break;
        }
        next = Some(ch);
    }
    let after = text.get(at..boundary(text, at.saturating_add(REACH))).unwrap_or("");
    let mut chars = after.char_indices().peekable();
    while let Some((place, ch)) = chars.next() {
        if ends(ch, chars.peek().map(|(_, next)| *next)) && !is_abbreviation(ch, after.get(..place)) {
            return start..at + place;
        }
    }
    start..at + after.len()
}

/// Whether a full stop after this ends a sentence.
pub fn full_stop_ends(before: &str) -> bool {
    let word = before.rsplit(|ch: char| !ch.is_ascii_alphanumeric() && ch != '.').next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(|ch| ch.is_ascii_uppercase());
    (!word.is_empty() || before.ends_with(closing_or_percent))
        && !word.ends_with('.')
        && !initial
        && !SENTENCES.abbreviations.contains(&word.to_ascii_lowercase())
        && !word.eq_ignore_ascii_case("p.m")
}

fn closing_or_percent(ch: char) -> bool {
    matches!(ch, '%' | '‰' | '}' | '℃' | '°')
        || ch == ')'
        || ch == ']'
        || ch == '"'
        || closes(ch)
        || ch.is_alphanumeric()
}

/// Whether a mark is the full stop of an abbreviation: No. 43 of 2007.
fn is_abbreviation(mark: char, before: Option<&str>) -> bool {
    mark == '.' && before.is_some_and(|before| !before.is_empty() && !full_stop_ends(before))
}

/// The few words before a place.
pub(super) fn reach_back(text: &str, at: usize) -> &str {
    text.get(boundary(text, at.saturating_sub(90))..at).unwrap_or("")
}

/// The next place from `at` on where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether any of `words` stands in `text`.
pub fn has_any(text: &str, words: &[impl AsRef<str>]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}

/// The place of `word` where `text` begins with it after spaces.
pub(super) fn follows<'w>(text: &str, words: &'w [impl AsRef<str>]) -> Option<(Range<usize>, &'w str)> {
    let spaces = text.len() - text.trim_start_matches([' ', '\u{3000}']).len();
    let rest = text.get(spaces..)?;
    let words = words.iter().map(AsRef::as_ref).filter(|word: &&str| rest.starts_with(word));
    let word = words.max_by_key(|word| word.len())?;
    Some((spaces..spaces + word.len(), word))
}

/// The words of an English text from its end, in small letters, each with the place where it begins.
pub(super) fn words_back(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        let trimmed = text.get(..end)?.trim_end_matches([' ', ',']);
        let start = trimmed.rfind(|ch: char| ch.is_whitespace() || ch == ',').map_or(0, |at| {
            at + trimmed.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let word = trimmed.get(start..)?;
        end = start;
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_lies_within_a_sentence_within_a_line() {
        let text = "前一句。预算为1,018万元，其中一项。\n下一行";
        let at = text.find('1').unwrap();
        assert_eq!(&text[clause(text, at)], "预算为1,018万元");
        assert_eq!(&text[sentence(text, at)], "预算为1,018万元，其中一项");
        assert_eq!(&text[line(text, at)], "前一句。预算为1,018万元，其中一项。");
        let text = "Its budget is CNY 1.5 million, in all. Next.";
        let at = text.find('1').unwrap();
        assert_eq!(&text[clause(text, at)], "Its budget is CNY 1.5 million");
        assert_eq!(&text[sentence(text, at)], "Its budget is CNY 1.5 million, in all");
    }

    #[test]
    fn english_words_are_told_from_the_end() {
        let words: Vec<_> = words_back("The budget, for 2024 is ").map(|(_, word)| word).collect();
        assert_eq!(words, ["is", "2024", "for", "budget", "The"]);
    }
}
