//! Lines that fit a terminal, under Chinese too.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a terminal that nobody has made wider.
pub(super) const WIDTH: usize = 80;

/// Text with a line break at its end, and wherever else it takes one to fit.
pub(super) fn wrap(text: &str) -> String {
    lines(text, WIDTH).into_iter().map(|line| line + "\n").collect()
}

/// A text in lines of `width` columns; those after the first are indented by four more than it, so that none
/// is taken for a part of it.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let indent = text.chars().take_while(|ch| *ch == ' ').count();
    let margin = " ".repeat((indent + 4).min(width / 2));
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if line.width() + piece.trim_end().width() > width && !line.trim().is_empty() {
            lines.push(std::mem::replace(&mut line, margin.clone()).trim_end().to_owned());
        }
        // What has no place to break at is broken where the line ends.
        for ch in piece.chars() {
            if ch != ' ' && line.width() + ch.width().unwrap_or(0) > width && !line.trim().is_empty() {
                lines.push(std::mem::replace(&mut line, margin.clone()));
            }
            line.push(ch);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What is never parted: a word with the spaces behind it, a sign of arithmetic with its term, a Chinese character with the
/// punctuation at it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut chars = text.chars().peekable();
    let mut piece = String::new();
    while let Some(ch) = chars.next() {
        piece.push(ch);
        let Some(next) = chars.peek() else { break };
        let wide = |ch: char| ch.width() == Some(2);
        let ends = match (ch, *next) {
            (_, ' ') => false,
            (' ', _) => !piece.trim().is_empty() && !piece.trim_end().ends_with(['=', '+', '−', '×']),
            (ch, next) => (wide(ch) || wide(next)) && !OPENING.contains(ch) && !CLOSING.contains(next),
        };
        if ends {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
    pieces
}

const OPENING: &str = "（《〈“‘「『【〔(";
const CLOSING: &str = "）》〉”’」』】〕)，。、；：！？…%％,.;:!?";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_below_and_no_sign_loses_its_term() {
        assert_eq!(lines("合计 300.00 = 100.00 + 200.00", 20), ["合计 300.00 = 100.00", "    + 200.00"]);
        assert_eq!(lines("  松江区大数据资源平台（运维）", 18), ["  松江区大数据资源", "      平台（运维）"]);
        assert_eq!(lines("Special data security review", 16), ["Special data", "    security", "    review"]);
        assert_eq!(lines("short", 80), ["short"]);
        assert_eq!(lines("", 80), [""]);
    }

    #[test]
    fn what_has_no_place_to_break_at_is_broken_all_the_same() {
        for (text, width) in [("a".repeat(50), 12), ("字".repeat(50), 7), ("12,345,678,901.23".into(), 4)] {
            let lines = lines(&text, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
            let whole: String = lines.iter().map(|line| line.trim()).collect();
            assert_eq!(whole, text);
        }
    }
}
