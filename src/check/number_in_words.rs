//! Reads a target that is written in words but holds a number: `48小时内`, `不低于80%`, `每月两次`, `at least 80%`.

use crate::form::Profile;
use crate::lang::Lang;
use crate::reading::numeral::{arabic, chinese as numerals};

/// A number that stands in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InWords {
    /// The same in sign, number and unit, when nothing else is said.
    pub mend: Option<String>,
}

/// Words before the number, and the sign they mean; longer ones first where one begins another.
const BEFORE: &[(&str, &str)] = &[
    ("不得低于", "≥"),
    ("不得少于", "≥"),
    ("不低于", "≥"),
    ("不少于", "≥"),
    ("不小于", "≥"),
    ("至少", "≥"),
    ("最少", "≥"),
    ("达到", "≥"),
    ("不得超过", "≤"),
    ("不得高于", "≤"),
    ("不超过", "≤"),
    ("不高于", "≤"),
    ("不大于", "≤"),
    ("不多于", "≤"),
    ("不超", "≤"),
    ("至多", "≤"),
    ("最多", "≤"),
    ("控制在", "≤"),
    ("低于", "<"),
    ("少于", "<"),
    ("小于", "<"),
    ("高于", ">"),
    ("大于", ">"),
    ("多于", ">"),
    ("超过", ">"),
    ("大于等于", "≥"),
    ("小于等于", "≤"),
    ("等于", "="),
    ("实现", "="),
    ("完成", "="),
    ("为", "="),
    ("共", "="),
];

/// Words after the unit, and the sign they mean.
const AFTER: &[(&str, &str)] = &[
    ("及以上", "≥"),
    ("或以上", "≥"),
    ("以上", "≥"),
    ("之上", "≥"),
    ("及以下", "≤"),
    ("或以下", "≤"),
    ("以下", "≤"),
    ("以内", "≤"),
    ("之内", "≤"),
    ("内", "≤"),
    ("完成", "="),
];

/// Spans of time that a number can be counted in: `每月2次` is `2 次/月`.
const EACH: &[&str] = &["每个月", "每月", "每季度", "每周", "每天", "每日", "每年"];

const BEFORE_EN: &[(&str, &str)] = &[
    ("at least ", "≥"),
    ("no less than ", "≥"),
    ("not less than ", "≥"),
    ("no fewer than ", "≥"),
    ("not fewer than ", "≥"),
    ("at most ", "≤"),
    ("no more than ", "≤"),
    ("not more than ", "≤"),
    ("not exceeding ", "≤"),
    ("no longer than ", "≤"),
    ("within ", "≤"),
    ("up to ", "≤"),
    ("more than ", ">"),
    ("over ", ">"),
    ("above ", ">"),
    ("less than ", "<"),
    ("fewer than ", "<"),
    ("under ", "<"),
    ("below ", "<"),
    ("exactly ", "="),
];

const AFTER_EN: &[(&str, &str)] = &[
    (" or more", "≥"),
    (" or above", "≥"),
    (" or less", "≤"),
    (" or fewer", "≤"),
    (" completed", "="),
    (" complete", "="),
];

/// The number in a target in words; `None` when it holds none, or one that is no target: a date, a grade, `7×24小时`.
pub fn read(text: &str, lang: Lang, profile: &Profile) -> Option<InWords> {
    let narrow: String = text.trim().chars().map(half_width).collect();
    match lang {
        Lang::Zh => chinese(&narrow, profile),
        Lang::En => english(&narrow.to_lowercase(), profile),
    }
}

fn half_width(ch: char) -> char {
    match ch {
        '０'..='９' | '％' | '．' | '，' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// A number with its unit, at its place in the text.
struct Counted {
    start: usize,
    end: usize,
    number: String,
    unit: String,
    /// Whether it is written in Chinese characters.
    spelt: bool,
}

fn chinese(text: &str, profile: &Profile) -> Option<InWords> {
    let text: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    if text.contains(['×', '*', '/', '《']) && !text.contains("次/") {
        return None;
    }
    let counted = count(&text, profile);
    let [only] = counted.as_slice() else {
        let digits = counted.iter().filter(|one| !one.spelt).count();
        return (digits > 0).then_some(InWords { mend: None });
    };
    let before = text.get(..only.start).unwrap_or("");
    let after = text.get(only.end..).unwrap_or("");
    let mend = around(before, after).map(|(sign, each)| {
        let unit = match each {
            Some(each) => format!("{}/{each}", only.unit),
            None => only.unit.clone(),
        };
        written(sign, &only.number, &unit)
    });
    // Chinese numerals stand in many words that state no number, so that only a whole target counts.
    (mend.is_some() || !only.spelt).then_some(InWords { mend })
}

/// The sign and the span of time that the words around a number mean; `None` when they say more than that.
fn around<'t>(before: &'t str, after: &str) -> Option<(&'static str, Option<&'t str>)> {
    let (mut before, mut after) = (before, after);
    let mut each = None;
    let mut signs = Vec::new();
    while !before.is_empty() {
        if let Some(word) = EACH.iter().find(|word| before.starts_with(**word)) {
            let bare = before.get(..word.len())?.trim_start_matches('每').trim_start_matches('个');
            each = Some(if bare == "日" { "天" } else { bare });
            before = before.strip_prefix(word)?;
        } else {
            let longest = BEFORE.iter().filter(|(word, _)| before.starts_with(word));
            let (word, sign) = longest.max_by_key(|(word, _)| word.len())?;
            signs.push(*sign);
            before = before.strip_prefix(word)?;
        }
    }
    while !after.is_empty() {
        let (word, sign) = AFTER.iter().find(|(word, _)| after.starts_with(word))?;
        signs.push(*sign);
        after = after.strip_prefix(word)?;
    }
    // 达到90%以上, 控制在5%以下: one of them says it; two that contradict each other say nothing.
    let told: std::collections::BTreeSet<&str> = signs.into_iter().filter(|sign| *sign != "=").collect();
    match told.len() {
        0 => Some(("=", each)),
        1 => Some((told.first().copied()?, each)),
        _ => None,
    }
}

fn written(sign: &str, number: &str, unit: &str) -> String {
    let sign = if unit == "%" && number == "100" && sign == "≥" { "=" } else { sign };
    if unit.is_empty() { format!("{sign} {number}") } else { format!("{sign} {number} {unit}") }
}

/// The numbers of a text that count something.
fn count(text: &str, profile: &Profile) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(ch) = rest.chars().next()
    {
        let next = number(rest).and_then(|(length, number, spelt)| {
            let after = rest.get(length..)?;
            let percent = rest.starts_with("百分");
            let unit = if percent { Some("%") } else { unit_of(after, profile) };
            let whole = length == text.len();
            let unit = unit.or(if whole && !spelt { Some("") } else { None })?;
            let end = at + length + if percent { 0 } else { unit.len() };
            let before = text.get(..at).unwrap_or("");
            counts(before, &number, unit, text.get(end..).unwrap_or(""), spelt).then(|| Counted {
                start: at,
                end,
                number,
                unit: unit.to_owned(),
                spelt,
            })
        });
        match next {
            Some(counted) => {
                at = counted.end;
                found.push(counted);
            }
            // A run of digits that counts nothing is passed as a whole.
            None => at += number(rest).map_or(ch.len_utf8(), |(length, ..)| length.max(ch.len_utf8())),
        }
    }
    found
}

/// Whether a number counts something: not a date, an ordinal, a grade, or part of a word.
fn counts(before: &str, number: &str, unit: &str, after: &str, spelt: bool) -> bool {
    let joined = before.strip_suffix('-').unwrap_or(before);
    let latin = joined.ends_with(|ch: char| ch.is_ascii_alphabetic() || ch == '第');
    let dated = match unit {
        "年" => number.len() == 4 || after.starts_with(['度', '底', '末']),
        "月" => !before.ends_with('每'),
        "日" => before.ends_with('月'),
        "季度" => number.len() == 1 && after.starts_with(['末', '底', '前']),
        "点" => true,
        _ => false,
    };
    let word = spelt && (unit == "分" || unit == "起" || unit == "点");
    !latin && !dated && !word
}

/// The longest unit of the form that the text begins with.
fn unit_of<'u>(text: &str, profile: &'u Profile) -> Option<&'u str> {
    let units = profile.unit_names.iter().map(|unit| unit.zh.as_str());
    units.filter(|unit| text.starts_with(unit)).max_by_key(|unit| unit.len())
}

/// The number that the text begins with: its length, itself in Arabic digits, and whether it is spelt in Chinese.
fn number(text: &str) -> Option<(usize, String, bool)> {
    if text.starts_with(|ch: char| ch.is_ascii_digit()) {
        let len = arabic(text).ok()?.len;
        return Some((len, text.get(..len)?.replace(',', ""), false));
    }
    for words in ["百分之百", "百分百"] {
        if text.starts_with(words) {
            return Some((words.len(), "100".to_owned(), false));
        }
    }
    let (skipped, rest) = match text.strip_prefix("百分之") {
        Some(rest) => ("百分之".len(), rest),
        None => (0, text),
    };
    let numeral = numerals(rest)?;
    Some((skipped + numeral.len, numeral.value.to_string(), skipped == 0))
}

fn english(text: &str, profile: &Profile) -> Option<InWords> {
    let text = text.replace("per cent", "%").replace("percent", "%");
    let (mut rest, mut sign) = (text.trim(), None);
    if let Some((word, meant)) = BEFORE_EN.iter().find(|(word, _)| rest.starts_with(word)) {
        sign = Some(*meant);
        rest = rest.get(word.len()..)?.trim_start();
    }
    if let Some((word, meant)) = AFTER_EN.iter().find(|(word, _)| rest.ends_with(word)) {
        sign = sign.or(Some(*meant));
        rest = rest.get(..rest.len() - word.len())?.trim_end();
    }
    let rest =
        if let Some(each) = rest.strip_prefix("twice") { format!("2 times{each}") } else { rest.to_owned() };
    let length = rest.find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',')).unwrap_or(rest.len());
    let (number, unit) = rest.split_at_checked(length)?;
    let unit = unit.trim();
    let known = |unit: &str| profile.unit_names.iter().any(|own| own.en.eq_ignore_ascii_case(unit));
    if !number.starts_with(|ch: char| ch.is_ascii_digit()) || number.ends_with(['.', ',']) {
        return None;
    }
    (unit.is_empty() || known(unit))
        .then(|| InWords { mend: Some(written(sign.unwrap_or("="), &number.replace(',', ""), unit)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Templates;
    use crate::source::Sources;

    fn said(text: &str, lang: Lang) -> Option<Option<String>> {
        let templates = Templates::beside(std::path::Path::new("nowhere"));
        let profile = Profile::read("shanghai-2024", &templates, &mut Sources::default()).unwrap();
        read(text, lang, &profile).map(|found| found.mend)
    }

    #[test]
    fn a_number_in_words_becomes_sign_number_and_unit() {
        let mends = [
            ("48小时内", "≤ 48 小时"),
            ("48 小时以内", "≤ 48 小时"),
            ("不低于80%", "≥ 80 %"),
            ("不低于８０％", "≥ 80 %"),
            ("每月2次", "= 2 次/月"),
            ("每月不少于两次", "≥ 2 次/月"),
            ("100%完成", "= 100 %"),
            ("达到90%以上", "≥ 90 %"),
            ("达到100%", "= 100 %"),
            ("控制在5%以下", "≤ 5 %"),
            ("不超过二十四小时", "≤ 24 小时"),
            ("百分之九十五以上", "≥ 95 %"),
            ("百分之百", "= 100 %"),
            ("15个工作日内", "≤ 15 个工作日"),
            ("1,200人次", "= 1200 人次"),
            ("至少12场", "≥ 12 场"),
            ("3年以上", "≥ 3 年"),
            ("42", "= 42"),
        ];
        for (text, mend) in mends {
            assert_eq!(said(text, Lang::Zh), Some(Some(mend.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_number_among_more_words_is_found_but_not_mended() {
        for text in ["英文每周3篇，日文每周1篇", "接报后2小时内到达现场", "3-4篇", "48小时左右"]
        {
            assert_eq!(said(text, Lang::Zh), Some(None), "{text}");
        }
    }

    #[test]
    fn dates_grades_and_words_hold_no_target() {
        let words = [
            "良好",
            "一致",
            "统一",
            "一流",
            "十分满意",
            "一次验收合格",
            "2024年12月底前",
            "12月31日前",
            "2024年内",
            "7×24小时",
            "达到GB/T 22239要求",
            "等保3级",
            "第1名",
            "第四季度",
            "按时完成",
            "V5版本",
            "无",
        ];
        for text in words {
            assert_eq!(said(text, Lang::Zh), None, "{text}");
        }
    }

    #[test]
    fn english_targets_are_read_too() {
        let mends = [
            ("within 48 hours", "≤ 48 hours"),
            ("At least 80%", "≥ 80 %"),
            ("no more than 5 percent", "≤ 5 %"),
            ("twice a month", "= 2 times a month"),
            ("100% completed", "= 100 %"),
            ("90% or more", "≥ 90 %"),
        ];
        for (text, mend) in mends {
            assert_eq!(said(text, Lang::En), Some(Some(mend.to_owned())), "{text}");
        }
        for text in ["good", "by 31 December", "7x24 support", "level 3"] {
            assert_eq!(said(text, Lang::En), None, "{text}");
        }
    }
}
