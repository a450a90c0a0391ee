//! Where sentences end, in Chinese and in English.

use std::ops::Range;

use crate::narrative::join;
use crate::reading::full_stop_ends;
use crate::reading::quotes::{closing, marks, opening};

fn opens(ch: char) -> bool {
    ch == '"' || closing(ch).is_some()
}

fn closes(ch: char) -> bool {
    ch == '"' || opening(ch).is_some()
}

/// A character of a line, and whether a sentence can end with it.
struct Glyph {
    at: usize,
    ch: char,
    /// Within a pair of marks, or a mark of one.
    paired: bool,
    /// Of `{{…}}`.
    value: bool,
}

/// The sentences of a line, from the byte `from` on, each with what stood between it and the next.
pub(super) fn split(line: &str, from: usize) -> Vec<(&str, &'static str)> {
    let glyphs = glyphs(line);
    let mut out = Vec::new();
    let mut start = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        if glyph.at < from || glyph.at < start {
            continue;
        }
        if let Some((end, next)) = end_after(line, start, &glyphs, index) {
            let (sentence, rest) = (line.get(start..end).unwrap_or(""), line.get(next..).unwrap_or(""));
            let between = line.get(end..next).unwrap_or("");
            if let Some(joint) = join(sentence, rest).filter(|joint| *joint == between) {
                out.push((sentence, joint));
                start = next;
            }
        }
    }
    out.push((line.get(start..).unwrap_or(""), ""));
    out
}

/// Whether a line ends with a sentence's mark within a pair, as in `他说：“好。”`, where only its author knows.
pub(super) fn may_end(line: &str) -> bool {
    let bare = line.trim_end_matches(closes);
    bare.len() < line.len() && bare.ends_with(['。', '！', '？', '.', '!', '?'])
}

/// Where the sentence that the glyph at `index` ends is over, and where the next begins; it begins at `start`.
fn end_after(line: &str, start: usize, glyphs: &[Glyph], index: usize) -> Option<(usize, usize)> {
    let glyph = glyphs.get(index).filter(|glyph| !glyph.paired && !glyph.value)?;
    let wide = matches!(glyph.ch, '。' | '！' | '？');
    if !wide && !matches!(glyph.ch, '.' | '!' | '?') {
        return None;
    }
    let belongs = |glyph: &&Glyph| {
        let mark = matches!(glyph.ch, '。' | '！' | '？' | '!' | '?');
        let closing = !glyph.paired && closes(glyph.ch);
        !glyph.value && (mark || closing)
    };
    let rest = glyphs.get(index + 1..)?;
    let after = rest.iter().take_while(belongs).count();
    let next = rest.get(after)?;
    if wide {
        return (!next.ch.is_whitespace()).then_some((next.at, next.at));
    }
    let first = rest.get(after + 1).filter(|_| next.ch == ' ')?;
    let begins = first.ch.is_uppercase() || first.ch.is_numeric() || (!first.value && opens(first.ch));
    let stop = glyph.ch != '.' || full_stop_ends(line.get(start..glyph.at).unwrap_or(""));
    (begins && stop).then_some((next.at, first.at))
}

fn glyphs(line: &str) -> Vec<Glyph> {
    let pairs = pairs(line);
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut value = false;
    for (at, ch) in line.char_indices() {
        let rest = line.get(at..).unwrap_or("");
        value |= rest.starts_with("{{");
        let paired = !value && pairs.iter().any(|pair| pair.contains(&at));
        glyphs.push(Glyph { at, ch, paired, value });
        if value && line.get(..=at).is_some_and(|before| before.ends_with("}}")) {
            value = false;
        }
    }
    glyphs
}

/// The pairs of marks of a line, within which no sentence ends. A mark without its other is as any character.
fn pairs(line: &str) -> Vec<Range<usize>> {
    let mut pairs = marks(line).pairs;
    let straight: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
    pairs.extend(straight.as_chunks::<2>().0.iter().map(|[from, to]| *from..to + 1));
    pairs
}
