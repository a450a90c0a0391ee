//! Numbers of headings and items: 一、（一） 1. （1） ① 一是.

use std::ops::Range;

use super::chars::after;
use crate::lang::Lang;

/// A number of a heading or item.
#[derive(Debug, Clone)]
pub struct Marker {
    /// Where it stands in the text as typed.
    pub range: Range<usize>,
    /// 0 for 一、, 1 for （一）, 2 for 1., 3 for （1）, 4 for ①, 5 for 一是.
    pub level: usize,
    /// Which of the styles of its level.
    pub style: Style,
    /// Its number.
    pub value: usize,
    /// Which run of lines without a blank one it stands in.
    pub block: usize,
    /// Whether it begins its line.
    pub leads: bool,
}

/// How a number of a heading or item is marked off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// （1）
    Wide,
    /// (1), or with one bracket of each width.
    Narrow,
    /// 1、
    Comma,
    /// 1.
    Point,
    /// The level knows one style.
    Only,
}

/// Every number of a heading or item in a text as typed.
pub fn markers(text: &str, lang: Lang) -> Vec<Marker> {
    let mut found = Vec::new();
    let (mut offset, mut block) = (0, 0);
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            block += 1;
        }
        let lead = offset + (line.len() - line.trim_start().len());
        let mut next = offset;
        let mut last = None;
        for (at, ch) in line.char_indices() {
            let at = offset + at;
            let leads = at == lead;
            let open = leads || matches!(last, Some('。' | '；' | '：' | '，' | ';' | ':'));
            let circled = ('①'..='⑳').contains(&ch);
            last = Some(ch);
            if at < next || !(open || circled) {
                continue;
            }
            if let Some((length, level, style, value)) = marker_at(text.get(at..).unwrap_or(""), leads, lang)
            {
                next = at + length;
                found.push(Marker { range: at..next, level, style, value, block, leads });
            }
        }
        offset += line.len();
    }
    found
}

fn marker_at(text: &str, leads: bool, lang: Lang) -> Option<(usize, usize, Style, usize)> {
    let first = text.chars().next()?;
    if let Some(value) = ('①'..='⑳').position(|ch| ch == first) {
        return Some((first.len_utf8(), 4, Style::Only, value + 1));
    }
    if matches!(first, '(' | '（') {
        let inner = text.get(first.len_utf8()..)?;
        let close = inner.find([')', '）'])?;
        let last = after(inner, close)?;
        let style = if first == '（' && last == '）' { Style::Wide } else { Style::Narrow };
        let number = inner.get(..close)?;
        let length = first.len_utf8() + close + last.len_utf8();
        return match (arabic(number), numeral(number)) {
            (Some(value), _) => Some((length, 3, style, value)),
            (_, Some(value)) if leads => Some((length, 1, style, value)),
            _ => None,
        };
    }
    if first.is_ascii_digit() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let mark = after(text, digits).filter(|ch| matches!(ch, '.' | '．' | '、'))?;
        let end = digits + mark.len_utf8();
        // 1.5万元 and 1、2号楼 are no items, and an English sentence may end with a number.
        let number = after(text, end).is_none_or(|ch| ch.is_ascii_digit());
        let style = if mark == '、' { Style::Comma } else { Style::Point };
        let value = arabic(text.get(..digits)?)?;
        return (!number && (leads || lang == Lang::Zh)).then_some((end, 2, style, value));
    }
    let digits: usize = text.chars().take_while(|ch| NUMERALS.contains(*ch)).map(char::len_utf8).sum();
    let value = numeral(text.get(..digits)?)?;
    match after(text, digits)? {
        '、' if leads => Some((digits + '、'.len_utf8(), 0, Style::Only, value)),
        '是' => Some((digits + '是'.len_utf8(), 5, Style::Only, value)),
        _ => None,
    }
}

const NUMERALS: &str = "一二三四五六七八九十";

fn arabic(text: &str) -> Option<usize> {
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The value of 一 to 九十九.
fn numeral(text: &str) -> Option<usize> {
    let one = |text: &str| {
        let mut chars = text.chars();
        let value = NUMERALS.chars().take(9).position(|ch| chars.clone().next() == Some(ch))? + 1;
        chars.next();
        chars.next().is_none().then_some(value)
    };
    match text.split_once('十') {
        None => one(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, usize)> {
        markers(text, Lang::Zh).iter().map(|marker| (marker.level, marker.value)).collect()
    }

    #[test]
    fn markers_are_read_at_lines_and_in_running_text() {
        assert_eq!(read("一、总则\n（二）安排\n3. 采购\n(4)验收"), [(0, 1), (1, 2), (2, 3), (3, 4)]);
        assert_eq!(
            read("如下：1.甲；2.乙。一是快，二是稳。含①丙②丁"),
            [(2, 1), (2, 2), (5, 1), (5, 2), (4, 1), (4, 2)]
        );
        assert_eq!(read("十二、收尾"), [(0, 12)]);
    }

    #[test]
    fn numbers_of_other_kinds_are_no_markers() {
        assert_eq!(read("单价：1.5万元，1、2号楼，附件(3)，2024年，三是总数。"), [(5, 3)]);
    }
}
