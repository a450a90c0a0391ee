//! What changed in a text, sentence by sentence and word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::tree::Piece;
use crate::lang::is_han;
use crate::narrative::tokens;

/// The sentences that differ, each with the words that went and came.
pub(super) fn compare(old: &[String], new: &[String]) -> Vec<Vec<Piece>> {
    let (old, new) = (sentences(old), sentences(new));
    let mut changed = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let before: Vec<&str> = slice(&old, op.old_range()).iter().flat_map(|one| cut(one)).collect();
        let after: Vec<&str> = slice(&new, op.new_range()).iter().flat_map(|one| cut(one)).collect();
        changed.push(pieces(&before, &after));
    }
    changed.retain(|pieces| !pieces.is_empty());
    changed
}

fn slice<T>(list: &[T], range: std::ops::Range<usize>) -> &[T] {
    list.get(range).unwrap_or(&[])
}

/// Each line cut after the marks that end a sentence.
fn sentences(lines: &[String]) -> Vec<&str> {
    let mut found = Vec::new();
    for line in lines {
        let mut start = 0;
        let mut chars = line.char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            let end = match ch {
                '。' | '！' | '？' | '；' => true,
                '.' | ';' | '!' | '?' => chars.peek().is_some_and(|(_, next)| *next == ' '),
                _ => false,
            };
            if end {
                let stop = at + ch.len_utf8();
                found.extend(line.get(start..stop).map(str::trim));
                start = stop;
            }
        }
        found.extend(line.get(start..).map(str::trim));
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The tokens of a sentence.
fn cut(sentence: &str) -> Vec<&str> {
    let mut found = tokens(sentence);
    // A sentence that ends without a mark of its own is parted from the next one.
    if sentence.ends_with(|ch: char| ch.is_ascii()) {
        found.push(" ");
    }
    found
}

fn pieces(old: &[&str], new: &[&str]) -> Vec<Piece> {
    let mut parts: Vec<Part> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (before, after) = (slice(old, op.old_range()).concat(), slice(new, op.new_range()).concat());
        match op.tag() {
            DiffTag::Equal => parts.push(Part::Same(before)),
            _ => parts.push(Part::Changed(before, after)),
        }
    }
    let parts = joined(parts);
    let same: usize =
        parts.iter().map(|part| if let Part::Same(text) = part { text.chars().count() } else { 0 }).sum();
    let whole = |tokens: &[&str]| tokens.concat().trim().to_owned();
    let longest = whole(old).chars().count().max(whole(new).chars().count());
    let changes = parts.iter().filter(|part| matches!(part, Part::Changed(..))).count();
    // Sentences that share little but scattered words are easier to read one after the other.
    let scattered = changes > 1 && same * 3 < longest;
    let parts = if scattered { vec![Part::Changed(whole(old), whole(new))] } else { parts };
    let mut pieces = Vec::new();
    for part in parts {
        match part {
            Part::Same(text) => pieces.push(Piece::Same(text)),
            Part::Changed(old, new) => {
                pieces.extend((!old.is_empty()).then_some(Piece::Old(old)));
                pieces.extend((!new.is_empty()).then_some(Piece::New(new)));
            }
        }
    }
    trim_end(&mut pieces);
    pieces
}

/// The space that parts sentences is not shown after the last.
fn trim_end(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Same(text) | Piece::Old(text) | Piece::New(text)) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            pieces.pop();
        }
    }
}

enum Part {
    Same(String),
    Changed(String, String),
}

/// Lets changes swallow what is too short between them to be read as the same: one or two Chinese characters, a mark.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let last = parts.len().saturating_sub(1);
    let mut out: Vec<Part> = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = match part {
            Part::Same(text) if index > 0 && index < last && is_short(&text) => {
                Part::Changed(text.clone(), text)
            }
            other => other,
        };
        match (out.last_mut(), part) {
            (Some(Part::Changed(old, new)), Part::Changed(before, after)) => {
                old.push_str(&before);
                new.push_str(&after);
            }
            (_, part) => out.push(part),
        }
    }
    out
}

fn is_short(text: &str) -> bool {
    let trimmed = text.trim();
    let words = trimmed.chars().filter(|ch| ch.is_alphanumeric()).count();
    match trimmed.chars().any(is_han) {
        true => words < 3 && !trimmed.contains("{{"),
        false => {
            words == 0 && !trimmed.contains(['。', '；', '，', ',', '.'])
                || words > 0 && words < 3 && !trimmed.chars().any(|ch| ch.is_ascii_digit())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let changed = compare(&[old.to_owned()], &[new.to_owned()]);
        let write = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Old(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
        };
        changed
            .iter()
            .map(|pieces| pieces.iter().map(write).collect::<String>())
            .collect::<Vec<_>>()
            .join(" … ")
    }

    #[test]
    fn amounts_dates_and_placeholders_change_whole() {
        assert_eq!(shown("预算704.42万元。", "预算704.43万元。"), "预算[-704.42万元-]{+704.43万元+}。");
        assert_eq!(shown("预算704.42万元。", "预算{{total}}。"), "预算[-704.42万元-]{+{{total}}+}。");
        assert_eq!(
            shown("于2023年完成全部工作。", "于2024年完成全部工作。"),
            "于[-2023年-]{+2024年+}完成全部工作。"
        );
    }

    #[test]
    fn only_the_sentences_that_changed_are_shown() {
        assert_eq!(shown("甲乙丙丁。戊己庚辛壬。", "甲乙丙丁。戊己庚辛癸。"), "戊己庚辛[-壬-]{+癸+}。");
        assert_eq!(
            shown("One thing. Two things are here.", "One thing. Two cats are here."),
            "Two [-things-]{+cats+} are here."
        );
        assert_eq!(shown("甲。乙丙。", "甲。"), "[-乙丙。-]");
    }

    #[test]
    fn sentences_that_share_little_stand_one_after_the_other() {
        assert_eq!(
            shown("由市政府统一安排实施。", "区大数据中心负责本项目。"),
            "[-由市政府统一安排实施-]{+区大数据中心负责本项目+}。"
        );
    }
}
