//! Characters that nobody sees: their names, and what stands for them instead.
//!
//! The list is `invisible.txt`, after the Unicode properties `Default_Ignorable_Code_Point`, `White_Space`, `Cc`, `Cf`,
//! `Co` and `Noncharacter_Code_Point`. Tab and line ends are not in it. Whether a character is out of place where it
//! stands is for the caller to say: an ideographic space may be meant in prose, and never is in a number.

use std::sync::LazyLock;

use crate::lang::{Words, say};

/// What an unseen character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A space of another width than the plain one.
    Blank,
    /// Joins, parts or marks letters without a shape of its own, such as U+200B.
    Format,
    /// Turns the direction of the text around.
    Direction,
    /// Stands for a letter that is not there, and looks like a space.
    Filler,
    /// Picks a shape of the character before it. Chinese names and emoji may need one.
    Variation,
    /// Tags and flags in plane 14.
    Tag,
    /// A control code; Word leaves U+000B for a line break.
    Control,
    /// Never a character of any text.
    Noncharacter,
    /// Without a meaning of its own: a character that somebody drew in a font.
    Private,
}

/// A character that nobody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// The character.
    pub ch: char,
    /// What it is.
    pub nature: Nature,
    /// What stands for it instead; `None` where only the author knows.
    pub replacement: Option<&'static str>,
    zh: &'static str,
    en: &'static str,
}

impl Invisible {
    /// Its name and code point: `零宽空格 U+200B`, `zero width space U+200B`.
    pub fn name(&self) -> Words {
        let (zh, en, code) = (self.zh, self.en, u32::from(self.ch));
        say!("{zh} U+{code:04X}", "{en} U+{code:04X}")
    }

    /// Whether PDF/A-2 does not allow a character of a text to stand for it, though fonts may have it. Noncharacters and
    /// private characters are refused where pages are laid out, with what the font has instead.
    pub fn is_forbidden(&self) -> bool {
        matches!(self.ch, '\0' | '\u{feff}')
    }
}

/// What is known of a character that nobody sees; `None` for all others, tab and line ends among them.
pub fn invisible(ch: char) -> Option<Invisible> {
    let code = u32::from(ch);
    if matches!(code, 0x20..=0x7e | 0x4e00..=0x9fff) {
        return None;
    }
    if code & 0xfffe == 0xfffe {
        let (zh, en) = ("非字符", "noncharacter");
        return Some(Invisible { ch, nature: Nature::Noncharacter, replacement: Some(""), zh, en });
    }
    let after = ROWS.partition_point(|row| row.last < code);
    let row = ROWS.get(after).filter(|row| row.first <= code)?;
    Some(Invisible { ch, nature: row.nature, replacement: row.replacement, zh: row.zh, en: row.en })
}

/// Every unseen character of a text, with the byte at which it stands.
pub fn all_invisible(text: &str) -> impl Iterator<Item = (usize, Invisible)> {
    text.char_indices().filter_map(|(at, ch)| Some((at, invisible(ch)?)))
}

/// Whether a text prints nothing but space.
pub fn shows_nothing(text: &str) -> bool {
    let unseen = |ch| {
        invisible(ch).is_some_and(|found| !matches!(found.nature, Nature::Noncharacter | Nature::Private))
    };
    text.chars().all(|ch| ch.is_whitespace() || unseen(ch))
}

/// A line of the list.
struct Row {
    first: u32,
    last: u32,
    nature: Nature,
    replacement: Option<&'static str>,
    zh: &'static str,
    en: &'static str,
}

/// The list in the order of code points.
static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| include_str!("invisible.txt").lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('|').map(str::trim);
    let code = |text: &str| u32::from_str_radix(text, 16).ok();
    let range = cells.next()?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last) = (code(first)?, code(last)?);
    let nature = match cells.next()? {
        "blank" => Nature::Blank,
        "format" => Nature::Format,
        "direction" => Nature::Direction,
        "filler" => Nature::Filler,
        "variation" => Nature::Variation,
        "tag" => Nature::Tag,
        "control" => Nature::Control,
        "noncharacter" => Nature::Noncharacter,
        "private" => Nature::Private,
        _ => return None,
    };
    let replacement = match cells.next()? {
        "delete" => Some(""),
        "space" => Some(" "),
        "keep" => None,
        _ => return None,
    };
    Some(Row { first, last, nature, replacement, zh: cells.next()?, en: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_list_is_read_and_they_stand_in_order() {
        let lines = include_str!("invisible.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(ROWS.len(), lines);
        assert!(ROWS.iter().all(|row| row.first <= row.last && !row.zh.is_empty() && !row.en.is_empty()));
        assert!(ROWS.iter().zip(ROWS.iter().skip(1)).all(|(row, next)| row.last < next.first));
    }

    #[test]
    fn an_unseen_character_is_named_in_both_languages() {
        let name = |ch| invisible(ch).map(|found: Invisible| found.name());
        let zero = name('\u{200b}').unwrap();
        assert_eq!((zero.zh.as_str(), zero.en.as_str()), ("零宽空格 U+200B", "zero width space U+200B"));
        assert_eq!(name('\0').unwrap().en, "null character U+0000");
        assert_eq!(name('\u{e0041}').unwrap().zh, "标签字符 U+E0041");
        assert_eq!(name('\u{1fffe}').unwrap().en, "noncharacter U+1FFFE");
    }

    #[test]
    fn what_is_seen_and_what_ends_a_line_is_not_in_the_list() {
        for ch in
            ['\t', '\n', '\r', ' ', 'a', '中', '〇', '，', '“', '…', '—', '\u{a9}', '\u{3001}', '😀', '𠮷']
        {
            assert_eq!(invisible(ch), None, "{ch:?}");
        }
    }

    #[test]
    fn what_stands_instead_is_nothing_or_a_space_or_unknown() {
        let instead = |ch| invisible(ch).and_then(|found: Invisible| found.replacement);
        let gone = [
            '\u{feff}',
            '\u{2060}',
            '\u{ad}',
            '\u{202e}',
            '\u{fe0f}',
            '\u{e0100}',
            '\u{fffa}',
            '\u{ffff}',
            '\u{7f}',
        ];
        assert!(gone.iter().all(|ch| instead(*ch) == Some("")));
        let spaces = [
            '\u{a0}', '\u{3000}', '\u{2002}', '\u{202f}', '\u{3164}', '\u{ffa0}', '\u{2800}', '\u{b}',
            '\u{2028}',
        ];
        assert!(spaces.iter().all(|ch| instead(*ch) == Some(" ")));
        assert!(['\u{e000}', '\u{f8ff}', '\u{f0000}'].iter().all(|ch| instead(*ch).is_none()));
    }

    #[test]
    fn each_one_of_a_text_is_found_at_its_byte() {
        let found: Vec<_> =
            all_invisible("全\u{200b}民\u{feff}阅读").map(|(at, found)| (at, found.ch)).collect();
        assert_eq!(found, [(3, '\u{200b}'), (9, '\u{feff}')]);
    }
}
