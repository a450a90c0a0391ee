//! Reads a target that is written in words but holds a number: `48小时内`, `不低于80%`, `每月两次`, `at least 80%`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::form::Profile;
use crate::lang::Lang;
use crate::model::Sign;
use crate::reading::chars::digit;
use crate::reading::numeral::{arabic, chinese as numerals};
use crate::reading::words::indicators::{WORDS, leading, trailing};

/// A number that stands in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InWords {
    /// The same in sign, number and unit, when nothing else is said.
    pub said: Option<Said>,
}

/// What words with a number say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sign that the words mean, `=` when there are none.
    pub sign: Sign,
    /// Whether the words leave no doubt about the sign.
    pub sure: bool,
    /// The number.
    pub number: Decimal,
    /// The unit; empty when there is none.
    pub unit: String,
}

impl Said {
    /// The target in sign, number and unit. All of something is exactly 100 % unless it `can_exceed` that.
    pub fn written(&self, can_exceed: bool) -> String {
        let Said { sign, number, unit, .. } = self;
        let all = unit == "%" && *number == Decimal::ONE_HUNDRED && *sign == Sign::AtLeast && !can_exceed;
        let sign = if all { Sign::Equal } else { *sign }.symbol();
        if unit.is_empty() { format!("{sign} {number}") } else { format!("{sign} {number} {unit}") }
    }
}

/// The number in a target in words; `None` when it holds none, or one that is no target: a date, a grade, `7×24小时`.
pub fn read(text: &str, lang: Lang, profile: &Profile) -> Option<InWords> {
    let text = text.trim().replace('％', "%");
    match lang {
        Lang::Zh => chinese(&text, profile),
        Lang::En => english(&text.to_lowercase(), profile),
    }
}

/// A number with its unit, at its place in the text.
struct Counted {
    start: usize,
    end: usize,
    number: Decimal,
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
        return (digits > 0).then_some(InWords { said: None });
    };
    let before = text.get(..only.start).unwrap_or("");
    let after = text.get(only.end..).unwrap_or("");
    let said = around(before, after).map(|Around { sign, sure, each }| {
        let unit = match each {
            Some(each) => format!("{}/{each}", only.unit),
            None => only.unit.clone(),
        };
        Said { sign, sure, number: only.number, unit }
    });
    // Chinese numerals stand in many words that state no number, so that only a whole target counts.
    (said.is_some() || !only.spelt).then_some(InWords { said })
}

/// What the words around a number mean.
struct Around<'t> {
    sign: Sign,
    sure: bool,
    /// The span of time that it is counted in.
    each: Option<&'t str>,
}

/// The meaning of the words around a number; `None` when they say more than that.
fn around<'t>(before: &'t str, after: &str) -> Option<Around<'t>> {
    let (mut before, mut after) = (before, after);
    let mut each = None;
    let mut bounds = Vec::new();
    while !before.is_empty() {
        if let Some(word) = WORDS.each.iter().find(|word| before.starts_with(word.as_str())) {
            let bare = before.get(..word.len())?.trim_start_matches('每').trim_start_matches('个');
            each = Some(if bare == "日" { "天" } else { bare });
            before = before.get(word.len()..)?;
        } else {
            let (len, bound) = leading(&WORDS.before, before)?;
            bounds.push(bound);
            before = before.get(len..)?;
        }
    }
    while !after.is_empty() {
        let (len, bound) = leading(&WORDS.after, after)?;
        bounds.push(bound);
        after = after.get(len..)?;
    }
    // 达到90%以上, 控制在5%以下: one of them says it; two that contradict each other say nothing.
    let signs = |hint: bool| -> BTreeSet<char> {
        let bounds = bounds.iter().filter(|bound| bound.hint == hint && (!hint || bound.sign != Sign::Equal));
        bounds.map(|bound| bound.sign.symbol()).collect()
    };
    let (sure, hinted) = (signs(false), signs(true));
    let told: BTreeSet<char> = sure.union(&hinted).copied().collect();
    if told.len() > 1 {
        return None;
    }
    let sign = bounds.iter().map(|bound| bound.sign).find(|sign| told.contains(&sign.symbol()));
    Some(Around { sign: sign.unwrap_or(Sign::Equal), sure: !sure.is_empty(), each })
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
            counts(before, number, unit, text.get(end..).unwrap_or(""), spelt).then(|| Counted {
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
fn counts(before: &str, number: Decimal, unit: &str, after: &str, spelt: bool) -> bool {
    let joined = before.strip_suffix('-').unwrap_or(before);
    let ordinal = joined.ends_with('第') || (joined.ends_with('前') && matches!(unit, "名" | "位" | "家"));
    let latin = joined.ends_with(|ch: char| ch.is_ascii_alphabetic());
    let quarter = number <= Decimal::from(4) && !before.ends_with(['每', '个']);
    let dated = match unit {
        "年" => number >= Decimal::ONE_THOUSAND || after.starts_with(['度', '底', '末']),
        "月" => !before.ends_with('每'),
        "日" => before.ends_with('月'),
        "季度" => quarter,
        "点" => true,
        _ => false,
    };
    let word = spelt && (unit == "分" || unit == "起" || unit == "点");
    !latin && !ordinal && !dated && !word
}

/// The longest unit of the form that the text begins with.
fn unit_of<'u>(text: &str, profile: &'u Profile) -> Option<&'u str> {
    let units = profile.unit_names.iter().map(|unit| unit.zh.as_str());
    units.filter(|unit| text.starts_with(unit)).max_by_key(|unit| unit.len())
}

/// The number that the text begins with: its length, itself in Arabic digits, and whether it is spelt in Chinese.
fn number(text: &str) -> Option<(usize, Decimal, bool)> {
    if text.starts_with(|ch| digit(ch).is_some())
        && let Ok(numeral) = arabic(text)
    {
        return Some((numeral.len, numeral.value, false));
    }
    for words in ["百分之百", "百分百"] {
        if text.starts_with(words) {
            return Some((words.len(), Decimal::ONE_HUNDRED, false));
        }
    }
    let (skipped, rest) = match text.strip_prefix("百分之") {
        Some(rest) => ("百分之".len(), rest),
        None => (0, text),
    };
    let numeral = numerals(rest)?;
    Some((skipped + numeral.len, numeral.value, skipped == 0))
}

fn english(text: &str, profile: &Profile) -> Option<InWords> {
    let text = text.replace("per cent", "%").replace("percent", "%");
    let mut rest = text.trim();
    let before = leading(&WORDS.before_english, rest)
        .filter(|(len, _)| rest.get(*len..).is_some_and(|rest| rest.starts_with(' ')));
    rest = rest.get(before.map_or(0, |(len, _)| len)..)?.trim_start();
    let after = trailing(&WORDS.after_english, rest);
    rest = rest.get(..rest.len() - after.map_or(0, |(len, _)| len))?.trim_end();
    let bound = before.or(after).map(|(_, bound)| bound);
    let rest =
        if let Some(each) = rest.strip_prefix("twice") { format!("2 times{each}") } else { rest.to_owned() };
    let numeral = arabic(&rest).ok()?;
    let unit = rest.get(numeral.len..)?.trim();
    (unit.is_empty() || profile.unit_names.iter().any(|own| own.en.eq_ignore_ascii_case(unit))).then(|| {
        InWords {
            said: Some(Said {
                sign: bound.map_or(Sign::Equal, |bound| bound.sign),
                sure: bound.is_some_and(|bound| !bound.hint),
                number: numeral.value,
                unit: unit.to_owned(),
            }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Templates;
    use crate::source::Sources;

    fn said(text: &str, lang: Lang) -> Option<Option<String>> {
        let templates = Templates::beside(std::path::Path::new("nowhere"));
        let profile = Profile::read("shanghai-2024", &templates, &mut Sources::default()).unwrap();
        read(text, lang, &profile).map(|found| found.said.map(|said| said.written(false)))
    }

    #[test]
    fn a_number_in_words_becomes_sign_number_and_unit() {
        let fixes = [
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
        for (text, fix) in fixes {
            assert_eq!(said(text, Lang::Zh), Some(Some(fix.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_number_among_more_words_is_found_but_not_fixed() {
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
        let fixes = [
            ("within 48 hours", "≤ 48 hours"),
            ("At least 80%", "≥ 80 %"),
            ("no more than 5 percent", "≤ 5 %"),
            ("twice a month", "= 2 times a month"),
            ("100% completed", "= 100 %"),
            ("90% or more", "≥ 90 %"),
        ];
        for (text, fix) in fixes {
            assert_eq!(said(text, Lang::En), Some(Some(fix.to_owned())), "{text}");
        }
        for text in ["good", "by 31 December", "7x24 support", "level 3"] {
            assert_eq!(said(text, Lang::En), None, "{text}");
        }
    }
}
