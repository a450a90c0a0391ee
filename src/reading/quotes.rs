//! Brackets, quotation marks and title marks: pairs, marks without their other, and what is cited.

use std::ops::Range;

use super::chars;

/// The marks in pairs that a text may hold; straight quotes open and close alike and are left out.
const PAIRS: [(char, char); 14] = [
    ('《', '》'),
    ('〈', '〉'),
    ('〔', '〕'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('［', '］'),
    ('[', ']'),
    ('〖', '〗'),
    ('｛', '｝'),
];

/// What closes an opening mark.
pub fn closing(open: char) -> Option<char> {
    PAIRS.iter().find(|(own, _)| *own == open).map(|(_, close)| *close)
}

/// What opens the pair that a mark closes.
pub fn opening(close: char) -> Option<char> {
    PAIRS.iter().find(|(_, own)| *own == close).map(|(open, _)| *open)
}

/// Whether a Chinese mark opens a pair.
pub fn opens(ch: char) -> bool {
    !ch.is_ascii() && closing(ch).is_some()
}

/// Whether a Chinese mark closes a pair.
pub fn closes(ch: char) -> bool {
    !ch.is_ascii() && is_close(ch)
}

fn is_close(ch: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == ch)
}

/// The pairs of a text, and its marks without another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Each pair with its marks, in the order in which they close.
    pub pairs: Vec<Range<usize>>,
    /// The places of marks whose other is missing, ascending.
    pub unpaired: Vec<usize>,
}

/// Pairs the marks of a text, line by line: a pair does not reach into another paragraph.
pub fn marks(text: &str) -> Marks {
    let mut marks = Marks::default();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, ch) in text.char_indices().filter(|(_, ch)| may_be_mark(*ch)) {
        if ch == '\n' {
            marks.unpaired.extend(open.drain(..).map(|(at, _)| at));
        } else if closing(ch).is_some() {
            open.push((at, ch));
        } else if is_close(ch) && !is_item_number(text, at, &open) && !is_apostrophe(text, at) {
            match open.iter().rposition(|(_, own)| closes_one(*own, ch)) {
                Some(place) => {
                    marks.unpaired.extend(open.drain(place + 1..).map(|(at, _)| at));
                    marks.pairs.extend(open.pop().map(|(start, _)| start..at + ch.len_utf8()));
                }
                None => marks.unpaired.push(at),
            }
        }
    }
    marks.unpaired.extend(open.into_iter().map(|(at, _)| at));
    marks.unpaired.sort_unstable();
    marks
}

/// Leaves out nearly every character of a text before the pairs are looked through.
fn may_be_mark(ch: char) -> bool {
    matches!(ch, '\n' | '(' | ')' | '[' | ']' | '\u{2018}'..='\u{201d}' | '\u{3008}'..='\u{3017}' | '\u{ff08}'..='\u{ff5d}')
}

/// Whether one mark closes the other; brackets of both widths are taken for each other's, which another rule finds.
fn closes_one(open: char, close: char) -> bool {
    closing(open).is_some_and(|own| chars::narrow(own) == chars::narrow(close))
}

/// 1）, 2) or a) at the head of an item, which opens nothing.
fn is_item_number(text: &str, at: usize, open: &[(usize, char)]) -> bool {
    let is_bracket = text.get(at..).is_some_and(|rest| rest.starts_with(['）', ')']));
    if !is_bracket || open.iter().any(|(_, own)| matches!(own, '（' | '(')) {
        return false;
    }
    let before = text.get(..at).unwrap_or("");
    let head = before.trim_end_matches(|ch: char| chars::is_numeral(ch) || ch.is_ascii_alphanumeric());
    let length = before.len() - head.len();
    (1..=6).contains(&length) && head.chars().next_back().is_none_or(|ch| !ch.is_alphanumeric())
}

/// ’ between Latin letters.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphabetic());
    text.get(at..).is_some_and(|rest| rest.starts_with('’'))
        && letter(chars::before(text, at))
        && !chars::after(text, at + '’'.len_utf8()).is_some_and(chars::is_han)
}

/// The ranges of 《…》, 〈…〉 and 〔…〕 with their brackets, ascending; one that is not closed in its paragraph is none.
pub fn cited(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut depth = 0_usize;
    for (at, ch) in text.char_indices() {
        match (open, ch) {
            (_, '\n') => open = None,
            (None, '《' | '〈' | '〔') => (open, depth) = (Some((at, ch)), 1),
            (Some((_, first)), _) if ch == first => depth += 1,
            (Some((start, first)), _) if closing(first) == Some(ch) => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at + ch.len_utf8());
                    open = None;
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the byte `at` lies in one of the ascending `ranges`.
pub fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.start <= at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpaired(text: &str) -> Vec<char> {
        marks(text).unpaired.iter().filter_map(|at| text[*at..].chars().next()).collect()
    }

    #[test]
    fn titles_and_years_of_documents_are_cited() {
        let text = "依据《关于〈办法〉的通知（2015年）》（国办发〔2007〕6号）和《未完\n》";
        let ranges = cited(text);
        let found: Vec<_> = ranges.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(found, ["《关于〈办法〉的通知（2015年）》", "〔2007〕"]);
        assert!(holds(&ranges, text.find("2015").unwrap()));
        assert!(!holds(&ranges, text.find("6号").unwrap()));
    }

    #[test]
    fn a_mark_without_its_other_is_found() {
        assert_eq!(unpaired("依据《办法（试行）的通知"), ['《']);
        assert_eq!(unpaired("“一网通办”和一网统管”"), ['”']);
        assert_eq!(unpaired("（含税，另行核定"), ['（']);
        assert_eq!(unpaired("第一段（未完\n第二段）"), ['（', '）']);
        assert_eq!(unpaired("“甲（乙”后）"), ['（', '）']);
    }

    #[test]
    fn item_numbers_and_apostrophes_open_nothing() {
        for text in [
            "1）采购；2）安装；（3）验收",
            "a) one; b) two",
            "the unit’s work",
            "（一）《甲》和“乙‘丙’”",
            "(半角）",
        ] {
            assert_eq!(unpaired(text), Vec::<char>::new(), "{text}");
        }
    }
}
