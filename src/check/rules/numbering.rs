//! Numbers of headings and lists: that they go on by one, and keep one style.

use std::ops::Range;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::after;

pub(super) static JUMPS: Rule = Rule {
    code: code::NUMBERING_JUMPS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "序号跳号或重号", en: "the numbers of a list jump or repeat" },
    what: Phrase {
        zh: "一段文字里的一、（一）1.（1）①和“一是、二是”没有依次递增，也没有从头编起。",
        en: "Numbers of headings or items in a text neither go on by one nor begin again at one.",
    },
    why: Phrase {
        zh: "跳号像是漏了一项，重号使人无法引用。",
        en: "A gap looks like a lost item, and a number used twice cannot be referred to.",
    },
    bad: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（4）组织验收。\n'''",
    good: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（3）组织验收。\n'''",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: check_jumps,
};

pub(super) static MIXED: Rule = Rule {
    code: code::NUMBERING_MIXED,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "序号写法混用", en: "a list mixes styles of numbers" },
    what: Phrase {
        zh: "一段文字里同一层序号有的写“1.”、有的写“1、”，或者有的用全角括号、有的用半角括号。",
        en: "In a text some numbers of one level are written 1. and some 1、, or some in wide and some in narrow brackets.",
    },
    why: Phrase {
        zh: "同一层次的序号写法应当一致。公文的层次序数依次是“一、”“（一）”“1.”“（1）”。",
        en: "One level has one style. The levels of official documents are 一、 （一） 1. （1）.",
    },
    bad: "plan = '''\n（1）制订计划；\n（2）开展采购；\n(3)组织验收。\n'''",
    good: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（3）组织验收。\n'''",
    source: Phrase {
        zh: "GB/T 9704-2012 7.3.3 的层次序数",
        en: "GB/T 9704-2012, 7.3.3, on the numbers of levels",
    },
    check: check_mixed,
};

/// A number of a heading or item.
#[derive(Debug, Clone)]
struct Marker {
    /// Where it stands in the text as typed.
    range: Range<usize>,
    /// 0 for 一、, 1 for （一）, 2 for 1., 3 for （1）, 4 for ①, 5 for 一是.
    level: usize,
    /// Which of the styles of its level.
    style: Style,
    /// Its number.
    value: usize,
    /// Which run of lines without a blank one it stands in.
    block: usize,
    /// Whether it begins its line.
    leads: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Wide,
    Narrow,
    Comma,
    Point,
    Only,
}

fn check_jumps(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let (prose, all) = (text.passage.prose, markers(&text.passage.prose.value, text.passage.lang));
        let mut last: [Option<&Marker>; 6] = [None; 6];
        for marker in &all {
            let before = last.get(marker.level).copied().flatten();
            let expected = before.map_or(1, |before| before.value + 1);
            // A number in running text begins a list only where a first one does.
            let counts = marker.leads || before.is_some() || marker.value == 1;
            let again = marker.value == 1
                && before.is_none_or(|before| before.block != marker.block || before.value > 1);
            if counts && marker.value != expected && !again {
                let typed = |marker: &Marker| prose.value.get(marker.range.clone()).unwrap_or("").to_owned();
                let this = typed(marker);
                let mut finding = match before.map(typed) {
                    Some(before) if before == this => {
                        findings.finding(say!("序号{this}出现了两次", "the number {this} comes twice"))
                    }
                    Some(before) => findings.finding(say!(
                        "序号从{before}跳到了{this}",
                        "the numbers go from {before} to {this}"
                    )),
                    None => findings.finding(say!("序号从{this}开始", "the numbers begin with {this}")),
                };
                finding = finding.at(prose.place.at(marker.range.clone()));
                if let Some(before) = before {
                    let place = prose.place.at(before.range.clone());
                    finding = finding.label(place, say!("前一个序号", "the number before"));
                }
                findings.push(finding.help(say!(
                    "依次编号；查一查是不是漏了或多了一项",
                    "number the items one by one; see whether one is missing or given twice"
                )));
            }
            if let Some(place) = last.get_mut(marker.level).filter(|_| counts) {
                *place = Some(marker);
            }
        }
    }
}

fn check_mixed(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let prose = text.passage.prose;
        let all = markers(&prose.value, text.passage.lang);
        for level in [1, 2, 3] {
            let of_level: Vec<&Marker> = all.iter().filter(|marker| marker.level == level).collect();
            let Some(first) = of_level.first() else { continue };
            let count = |style| of_level.iter().filter(|marker| marker.style == style).count();
            // The style that most have; of two as common, the one that comes first.
            let usual = of_level.iter().fold(first.style, |usual, marker| {
                if count(marker.style) > count(usual) { marker.style } else { usual }
            });
            let Some(model) = of_level.iter().find(|marker| marker.style == usual) else { continue };
            let model_text = prose.value.get(model.range.clone()).unwrap_or("");
            for marker in of_level.iter().filter(|marker| marker.style != usual) {
                let typed = prose.value.get(marker.range.clone()).unwrap_or("");
                let mended = restyled(typed, usual);
                let place = prose.place.at(marker.range.clone());
                let finding = findings.finding(say!(
                    "序号“{model_text}”和“{typed}”两种写法混用",
                    "numbers like {model_text} and like {typed} are mixed"
                ));
                let finding = finding
                    .at(place)
                    .label(prose.place.at(model.range.clone()), say!("别处的写法", "as elsewhere"))
                    .help(say!("写成“{mended}”", "write {mended}"));
                findings.push(finding.fix(place, mended));
            }
        }
    }
}

/// A marker in another style of its level.
fn restyled(marker: &str, style: Style) -> String {
    let number = marker.trim_matches(|ch| matches!(ch, '(' | ')' | '（' | '）' | '.' | '．' | '、'));
    match style {
        Style::Wide => format!("（{number}）"),
        Style::Narrow => format!("({number})"),
        Style::Comma => format!("{number}、"),
        Style::Point => format!("{number}."),
        Style::Only => marker.to_owned(),
    }
}

/// Every number of a heading or item in a text as typed.
fn markers(text: &str, lang: Lang) -> Vec<Marker> {
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
