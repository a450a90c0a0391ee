//! Units of targets: 次, 万元, %, m², 元/人·次, 台（套）, kWh/100km, persons a month.

use super::chars::is_han;
use super::words::indicators::{WORDS, ends_with, holds};

/// A run of Chinese characters longer than this is a sentence.
const LONGEST: usize = 16;

/// A unit without the brackets around it; `None` for what is no unit.
///
/// `known` says which words the form lists as units. Other words may be units as well, joined as units are; numbers,
/// signs, punctuation and words of a bound (以上) may not.
pub(super) fn read(text: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return Some(String::new());
    }
    let bare = unwrapped(text).unwrap_or(text);
    let unit = if matches!(bare, "％" | "﹪") { "%" } else { bare };
    (known(unit) || (!bounds(unit) && is_unit(unit))).then(|| unit.to_owned())
}

/// What stands in brackets that enclose the whole.
fn unwrapped(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    let mut depth = 0_usize;
    for ch in inner.chars() {
        match ch {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0).then_some(inner.trim())
}

/// Whether it holds words that bound a number rather than name what is counted.
fn bounds(unit: &str) -> bool {
    let words = &WORDS.not_a_unit;
    holds(unit, &words.anywhere)
        || words.first.iter().any(|word| unit.starts_with(word.as_str()))
        || ends_with(unit, &words.last)
        || ends_with(&unit.to_lowercase(), &words.english)
}

fn is_unit(unit: &str) -> bool {
    let mut rest = Rest { text: unit };
    // /万人, /10万: so many in each.
    if rest.take(&['/', '／']) {
        rest.each(true);
    }
    rest.parts() && rest.text.is_empty()
}

/// What is still to be read.
struct Rest<'t> {
    text: &'t str,
}

impl Rest<'_> {
    fn next(&self) -> Option<char> {
        self.text.chars().next()
    }

    fn drop(&mut self, len: usize) {
        self.text = self.text.get(len..).unwrap_or("");
    }

    fn take(&mut self, any: &[char]) -> bool {
        let found = self.next().filter(|ch| any.contains(ch));
        self.drop(found.map_or(0, char::len_utf8));
        found.is_some()
    }

    fn spaces(&mut self) {
        self.text = self.text.trim_start();
    }

    /// Words, symbols and brackets, joined; stops before what is none of them.
    fn parts(&mut self) -> bool {
        if !self.part() {
            return false;
        }
        loop {
            let before = self.text;
            self.spaces();
            let slash = self.take(&['/', '／']);
            let joined = slash || self.take(&['·', '•', '∙', '⋅', '・', '×', '*', '-', '、']);
            self.spaces();
            if slash {
                self.each(false);
            }
            if self.text.is_empty() || self.next().is_some_and(|ch| matches!(ch, ')' | '）')) {
                return !joined;
            }
            if !self.part() || self.text == before {
                return false;
            }
        }
    }

    fn part(&mut self) -> bool {
        match self.next() {
            Some('(' | '（') => {
                self.drop(self.next().map_or(0, char::len_utf8));
                self.parts() && self.take(&[')', '）'])
            }
            Some(ch) if is_symbol(ch) => {
                self.drop(ch.len_utf8());
                // %以上, % %: a symbol is a unit by itself.
                let next = self.text.trim_start().chars().next();
                !next.is_some_and(|ch| is_han(ch) || is_symbol(ch))
            }
            Some(ch) if is_han(ch) => self.chinese(),
            Some(ch) if is_letter(ch) => self.latin(),
            _ => false,
        }
    }

    /// 个工作日, 个5G基站, 张A4纸: characters, with short names of letters and digits among them.
    fn chinese(&mut self) -> bool {
        let mut count = 0;
        while let Some(ch) = self.next() {
            let name = self.name_with_digit();
            if is_han(ch) {
                self.drop(ch.len_utf8());
                count += 1;
            } else if name > 0 {
                self.drop(name);
            } else {
                break;
            }
        }
        count <= LONGEST
    }

    /// The length of 5G, 4K, 3A, A4 before a Chinese character.
    fn name_with_digit(&self) -> usize {
        let mut chars = self.text.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(one), Some(two), Some(three)) if is_han(three) => {
                let digit_first = one.is_ascii_digit() && two.is_ascii_uppercase();
                let letter_first = one.is_ascii_uppercase() && two.is_ascii_digit();
                if digit_first || letter_first { 2 } else { 0 }
            }
            _ => 0,
        }
    }

    /// A word of letters, with a power behind a length (m2) or an oxide (CO2), and `per` with a number.
    fn latin(&mut self) -> bool {
        let end = self.text.find(|ch: char| !is_letter(ch)).unwrap_or(self.text.len());
        let word = self.text.get(..end).unwrap_or("").to_owned();
        self.drop(end);
        if word.ends_with(['m', 't', 'O']) && self.take(&['2', '3']) && self.next().is_some_and(is_letter) {
            return word.ends_with('O') && self.latin();
        }
        if self.text.starts_with(['\'', '’']) {
            self.take(&['\'', '’']);
        }
        self.take(&['.']);
        if word.eq_ignore_ascii_case("per") {
            self.spaces();
            self.each(false);
        }
        true
    }

    /// Passes a power of ten of what is counted: 10万人, 100km; `alone` when nothing is divided, where only 万 makes
    /// clear that this is no fraction.
    fn each(&mut self, alone: bool) {
        let end = self.text.find(|ch: char| !ch.is_ascii_digit() && ch != ',').unwrap_or(self.text.len());
        let digits = self.text.get(..end).unwrap_or("");
        let zeros =
            digits.strip_prefix('1').is_some_and(|rest| rest.chars().all(|ch| matches!(ch, '0' | ',')));
        let next = self.text.get(end..).and_then(|rest| rest.trim_start().chars().next());
        let counted = match alone {
            true => next.is_some_and(|ch| matches!(ch, '百' | '千' | '万' | '亿')),
            false => next.is_some_and(|ch| is_han(ch) || is_letter(ch)),
        };
        if zeros && counted {
            self.drop(end);
            self.spaces();
        }
    }
}

/// Signs that are units: per cent and degrees, currencies, and units in one character such as ㎡ and ℃.
fn is_symbol(ch: char) -> bool {
    matches!(ch, '%' | '％' | '‰' | '‱' | '′' | '″' | '$' | '¥' | '￥' | '€' | '£')
        || matches!(ch, '\u{2100}'..='\u{214f}' | '\u{3380}'..='\u{33df}')
}

/// A letter that is no Chinese character, a raised digit, or the circle of °C.
fn is_letter(ch: char) -> bool {
    let raised = matches!(ch, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '⁻' | '°');
    raised || (ch.is_alphabetic() && !is_han(ch) && !is_symbol(ch) && !matches!(ch, '\u{ff00}'..='\u{ffef}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Option<String> {
        read(text, &|_| false)
    }

    #[test]
    fn units_are_words_symbols_and_what_is_composed_of_them() {
        for text in [
            "次",
            "万元",
            "个工作日",
            "%",
            "‰",
            "m²",
            "㎡",
            "℃",
            "°C",
            "km/h",
            "次/月",
            "元/人·次",
            "元/（人·次）",
            "mg/m3",
            "kWh",
            "kW·h",
            "tCO2e",
            "m3/d",
            "台（套）",
            "个百分点",
            "件/10万人",
            "/10万",
            "/万人",
            "L/100km",
            "times a month",
            "readers’ visits",
            "person-times",
            "cases per 100,000 people",
            "dB(A)",
            "个5G基站",
            "张A4纸",
            "家5A级景区",
            "人次/年",
            "W/(m²·K)",
            "%RH",
            "μg/m³",
            "吨标准煤",
            "元／人",
            "个、套",
            "hrs.",
            "册（件）/年",
            "万人次",
            "% of readers",
            "元 / 人",
            "A级",
            "GB",
            "mmHg",
            "次每年",
            "床日",
        ] {
            assert_eq!(unit(text), Some(text.to_owned()), "{text}");
        }
        assert_eq!(unit("(次)"), Some("次".into()));
        assert_eq!(unit("（台（套））"), Some("台（套）".into()));
        assert_eq!(unit("(人·次)/年"), Some("(人·次)/年".into()));
        assert_eq!(unit(" ％ "), Some("%".into()));
        assert_eq!(unit(""), Some(String::new()));
        assert_eq!(read("10,000 m²", &|unit| unit == "10,000 m²"), Some("10,000 m²".into()));
    }

    #[test]
    fn what_holds_numbers_signs_or_words_of_a_bound_is_no_unit() {
        for text in [
            "000 人",
            "-6 次",
            "(次",
            "次)",
            "% %",
            "%以上",
            "次以上",
            "小时内",
            "余人",
            "人左右",
            "5次",
            "次5",
            "次，其中",
            "次（每月",
            "~6次",
            "次/",
            "/",
            "/4",
            "/4 次",
            "/10",
            "e5次",
            "e5",
            ".1次",
            "次6次",
            "小时30min",
            "年12月",
            "月底",
            "日前",
            "次。",
            "≥5",
            "：15",
            "+次",
            "times or more",
            "个“窗口”",
            "次\u{200b}",
            "次😀",
            "·次",
            "()",
            "%完成",
            "10,000 m²",
            "次（含2次线上）",
            "-次",
            "次～",
            "2d3h",
            "d3h",
        ] {
            assert_eq!(unit(text), None, "{text}");
        }
    }
}
