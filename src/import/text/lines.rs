//! Bytes into lines with their numbers and pages; page numbers and repeated heads are left out.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::import::block::{At, Place, plain};
use crate::lang::is_han;

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// With its spaces.
    pub text: String,
    /// Its page, from 1, where the text has page breaks.
    pub page: Option<usize>,
    /// Its number, from 1.
    pub number: usize,
}

impl Line {
    /// Where it stands.
    pub fn place(&self, file: &str) -> Place {
        Place { file: file.to_owned(), at: At::Line { page: self.page, line: self.number } }
    }
}

/// The text of a file in UTF-8, UTF-16 with its mark, or GBK; `None` when it is none of these.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let marked = [(&[0xff, 0xfe][..], UTF_16LE), (&[0xfe, 0xff][..], UTF_16BE)];
    for (mark, encoding) in marked {
        if bytes.starts_with(mark) {
            return encoding.decode_with_bom_removal(bytes).0.into_owned().into();
        }
    }
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(_) => {
            let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
            let odd = text.chars().filter(|ch| ch.is_control() && !ch.is_whitespace()).count();
            (odd == 0).then(|| text.into_owned())
        }
    }
}

/// The lines of a text; a form feed begins a page.
pub fn lines(text: &str) -> Vec<Line> {
    let paged = text.contains('\u{c}');
    let mut lines = Vec::new();
    let mut number = 0;
    for (page, own) in text.split('\u{c}').enumerate() {
        for line in own.lines() {
            number += 1;
            // Tabs at the end are empty cells.
            let text = line.trim_end_matches([' ', '\r', '\u{3000}']).replace('\u{a0}', " ");
            lines.push(Line { text, page: paged.then_some(page + 1), number });
        }
    }
    lines
}

/// The lines without page numbers and watermarks, and without what stands at the top or foot of most pages, a form's title
/// excepted.
pub(super) fn without_furniture(lines: &[Line], title: &str) -> Vec<Line> {
    let mut repeated = repeated(lines);
    repeated.remove(title);
    let marks = watermark(lines);
    let mut kept = Vec::new();
    for line in lines {
        if repeated.contains(&plain(&line.text)) || is_page_number(line.text.trim(), line.page.is_some()) {
            kept.push(Line { text: String::new(), ..line.clone() });
            continue;
        }
        let text = without_marks(&line.text, &marks);
        // A line of the mark alone parts nothing.
        if !text.trim().is_empty() || line.text.trim().is_empty() {
            kept.push(Line { text, ..line.clone() });
        }
    }
    kept
}

/// The characters of a watermark: Chinese, alone on a line, on two pages or more.
fn watermark(lines: &[Line]) -> Vec<char> {
    let alone = lines.iter().filter_map(|line| {
        let mut chars = line.text.trim().chars();
        let only = chars.next().filter(|ch| is_han(*ch) && chars.next().is_none())?;
        Some((only, line.page?))
    });
    let mut seen: Vec<(char, usize)> = alone.collect();
    seen.sort_unstable();
    seen.dedup();
    let mut marks: Vec<char> = seen
        .windows(2)
        .filter(|two| matches!(two, [one, other] if one.0 == other.0))
        .filter_map(|two| Some(two.first()?.0))
        .collect();
    marks.dedup();
    marks
}

/// A line without the characters of a watermark that stand by themselves.
fn without_marks(text: &str, marks: &[char]) -> String {
    if marks.is_empty() {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let space = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|ch| ch.is_whitespace());
    let alone = |at: usize| {
        let before = space(at.checked_sub(1)) && space(at.checked_sub(2));
        before && space(Some(at + 1)) && space(Some(at + 2))
    };
    chars.iter().enumerate().map(|(at, ch)| if marks.contains(ch) && alone(at) { ' ' } else { *ch }).collect()
}

/// First and last lines that at least half of the pages share, three of them at least.
fn repeated(lines: &[Line]) -> BTreeSet<String> {
    let pages = lines.iter().filter_map(|line| line.page).max().unwrap_or(0);
    let mut edges: BTreeMap<String, usize> = BTreeMap::new();
    for page in lines.chunk_by(|one, other| one.page == other.page) {
        let mut own = page.iter().filter(|line| line.page.is_some() && !line.text.trim().is_empty());
        for line in [own.next(), own.next_back()].into_iter().flatten() {
            *edges.entry(plain(&line.text)).or_default() += 1;
        }
    }
    let often = |count: usize| count >= 3 && count * 2 >= pages;
    edges.into_iter().filter(|(_, count)| often(*count)).map(|(text, _)| text).collect()
}

/// — 1 —, -1-, 第1页, 第 1 页 共 9 页, 1/9; a bare number in a text with pages.
fn is_page_number(text: &str, paged: bool) -> bool {
    let bare: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let digits = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let dashes: &[char] = &['-', '—', '–', '－', '―', '~', '·'];
    let inner = bare.trim_matches(dashes);
    if digits(inner) && (inner.len() < bare.len() || paged) {
        return true;
    }
    if let Some((page, all)) = bare.split_once('/') {
        return paged && digits(page) && digits(all);
    }
    let Some(rest) = bare.strip_prefix('第') else { return false };
    let Some((page, rest)) = rest.split_once('页') else { return false };
    let rest = rest.trim_matches(['，', ',', '/', '(', ')', '（', '）']);
    let all = rest.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
    digits(page) && (rest.is_empty() || all.is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_left_out_and_figures_stay() {
        for number in ["— 1 —", "—12—", "-3-", "第 1 页", "第1页 共9页", "第 2 页，共 9 页"]
        {
            assert!(is_page_number(number, false), "{number}");
        }
        assert!(is_page_number("7", true) && !is_page_number("7", false));
        assert!(!is_page_number("12.00", true) && !is_page_number("第1页内容", true));
    }

    #[test]
    fn gbk_and_utf16_read_as_utf8_does() {
        let text = "项目名称：门户网站管理";
        let (gbk, _, _) = encoding_rs::GBK.encode(text);
        assert_eq!(decode(&gbk).as_deref(), Some(text));
        let mut wide = vec![0xff, 0xfe];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&wide).as_deref(), Some(text));
        assert_eq!(decode(b"\x00\x01\x02"), None);
    }

    #[test]
    fn a_watermark_is_left_out_where_its_characters_stand_alone() {
        let text = "项目甲的草案\n       草\n金额   1.00\u{c}乙    草    2.00\n   草\n丙";
        let kept: Vec<String> =
            without_furniture(&lines(text), "").into_iter().map(|line| line.text.replace(' ', "")).collect();
        assert_eq!(kept, ["项目甲的草案", "金额1.00", "乙2.00", "丙"]);
    }

    #[test]
    fn what_stands_at_the_top_of_pages_is_left_out() {
        let text = "某局预算\n一、概述\u{c}某局预算\n二、依据\u{c}某局预算\n三、主体";
        let kept: Vec<String> = without_furniture(&lines(text), "")
            .into_iter()
            .map(|line| line.text)
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(kept, ["一、概述", "二、依据", "三、主体"]);
    }
}
