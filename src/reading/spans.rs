//! Ranges of a text: what is cited in 《》 〈〉 〔〕, and sentences.

use std::ops::Range;

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
            (Some((start, first)), _) if ch == closing(first) => {
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

fn closing(open: char) -> char {
    match open {
        '《' => '》',
        '〈' => '〉',
        _ => '〕',
    }
}

/// Whether the byte `at` lies in one of the ascending `ranges`.
pub fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.start <= at)
}

/// The sentence around a range, without its final mark: up to 。 ； ！ ？ and line breaks.
pub fn sentence(text: &str, range: &Range<usize>) -> Range<usize> {
    let ends = |ch: char| matches!(ch, '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n');
    let before = text.get(..range.start).unwrap_or("");
    let start =
        before.char_indices().rev().find(|(_, ch)| ends(*ch)).map_or(0, |(at, ch)| at + ch.len_utf8());
    let after = text.get(range.end..).unwrap_or("");
    let end = after.find(ends).map_or(text.len(), |at| range.end + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_sentence_ends_at_its_mark() {
        let text = "甲。乙，丙；丁";
        let at = text.find('丙').unwrap();
        assert_eq!(&text[sentence(text, &(at..at + 3))], "乙，丙");
    }
}
