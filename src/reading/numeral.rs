//! Numbers as they are written: `1,018.5`, `１０`, 一百一十五, 壹佰, fourteen.

use rust_decimal::Decimal;

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Its value.
    pub value: Decimal,
    /// How many bytes it takes.
    pub len: usize,
    /// How many decimals are written.
    pub decimals: u32,
    /// How its thousands are grouped.
    pub grouping: Grouping,
    /// The power of ten that its last word names: 4 for 十五万.
    pub power: u32,
}

/// Whether thousands are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Fewer than four digits before the point, or no Arabic digits: nothing to group.
    Short,
    /// `10180000`
    Plain,
    /// `10,180,000`
    Separated,
}

impl Numeral {
    fn whole(value: u64, len: usize) -> Numeral {
        let value = Decimal::from(value);
        Numeral { value, len, decimals: 0, grouping: Grouping::Short, power: 0 }
    }
}

/// The value of a digit, narrow or of full width.
pub(super) fn digit(ch: char) -> Option<char> {
    super::chars::digit(ch).and_then(|value| char::from_digit(value, 10))
}

/// Reads Arabic digits; `Err` holds the length of digits that are no number (`10,18`, `1.2.3`).
pub(crate) fn arabic(text: &str) -> Result<Numeral, usize> {
    let mut plain = String::new();
    let (mut len, mut decimals, mut integer) = (0, None, 0_usize);
    let mut separated = false;
    for (at, ch) in text.char_indices() {
        let rest = text.get(at + ch.len_utf8()..).unwrap_or("");
        let follows = rest.chars().next().and_then(digit).is_some();
        match (digit(ch), ch) {
            (Some(digit), _) => {
                plain.push(digit);
                match &mut decimals {
                    Some(count) => *count += 1,
                    None => integer += 1,
                }
            }
            (None, '.' | '．') if follows && decimals.is_none() => {
                plain.push('.');
                decimals = Some(0);
            }
            (None, ',') if follows && decimals.is_none() => {
                let group = rest.chars().take_while(|ch| digit(*ch).is_some()).count();
                if group != 3 || !(separated || integer <= 3) {
                    return Err(run(text));
                }
                separated = true;
            }
            (None, '.' | '．' | ',') if follows => return Err(run(text)),
            _ => break,
        }
        len = at + ch.len_utf8();
    }
    let value = Decimal::from_str_exact(&plain).map_err(|_| run(text).max(1))?;
    let grouping = match (separated, integer) {
        (true, _) => Grouping::Separated,
        (false, 4..) => Grouping::Plain,
        _ => Grouping::Short,
    };
    Ok(Numeral { value, len, decimals: decimals.unwrap_or(0), grouping, power: 0 })
}

/// How far digits, points and separators reach.
fn run(text: &str) -> usize {
    let end = |ch: char| digit(ch).is_none() && !matches!(ch, '.' | '．' | ',');
    text.find(end).unwrap_or(text.len())
}

/// What a Chinese numeral is made of.
enum Part {
    Digit(u64),
    Place(u64),
    Group(u64, u32),
}

fn part(ch: char) -> Option<Part> {
    Some(match ch {
        '零' | '〇' => Part::Digit(0),
        '一' | '壹' => Part::Digit(1),
        '二' | '贰' | '两' => Part::Digit(2),
        '三' | '叁' => Part::Digit(3),
        '四' | '肆' => Part::Digit(4),
        '五' | '伍' => Part::Digit(5),
        '六' | '陆' => Part::Digit(6),
        '七' | '柒' => Part::Digit(7),
        '八' | '捌' => Part::Digit(8),
        '九' | '玖' => Part::Digit(9),
        '十' | '拾' => Part::Place(10),
        '百' | '佰' => Part::Place(100),
        '千' | '仟' => Part::Place(1000),
        '万' | '萬' => Part::Group(10_000, 4),
        '亿' | '億' => Part::Group(100_000_000, 8),
        _ => return None,
    })
}

/// Whether a Chinese numeral can begin with this character.
pub(super) fn begins_chinese(ch: char) -> bool {
    matches!(part(ch), Some(Part::Digit(1..) | Part::Place(10)))
}

/// Reads 一百一十五, 十四, 两, 三十三万零七百六十九; 大写 likewise. A row of digits (二〇二四) is read as digits.
pub(crate) fn chinese(text: &str) -> Option<Numeral> {
    if !text.chars().next().is_some_and(begins_chinese) {
        return None;
    }
    let row = text.chars().take_while(|ch| matches!(part(*ch), Some(Part::Digit(_)))).count();
    if row > 1 && !text.chars().nth(row).is_some_and(|ch| matches!(part(ch), Some(Part::Place(_)))) {
        return digit_row(text, row);
    }
    let (mut total, mut group, mut digit) = (0_u64, 0_u64, None::<u64>);
    let (mut len, mut power) = (0, 0);
    for (at, ch) in text.char_indices() {
        let Some(part) = part(ch) else { break };
        power = 0;
        match part {
            Part::Digit(value) => digit = Some(value),
            Part::Place(place) => {
                group = group.checked_add(digit.take().unwrap_or(1).checked_mul(place)?)?;
            }
            Part::Group(unit, of) => {
                group = group.checked_add(digit.take().unwrap_or(0))?;
                let below = if of == 8 { total.checked_add(group)? } else { group };
                let kept = if of == 8 { 0 } else { total };
                total = kept.checked_add(below.checked_mul(unit)?)?;
                group = 0;
                power = of;
            }
        }
        len = at + ch.len_utf8();
    }
    let value = total.checked_add(group)?.checked_add(digit.unwrap_or(0))?;
    Some(Numeral { power, ..Numeral::whole(value, len) })
}

fn digit_row(text: &str, count: usize) -> Option<Numeral> {
    let mut value = 0_u64;
    let mut len = 0;
    for ch in text.chars().take(count) {
        let Some(Part::Digit(digit)) = part(ch) else { break };
        value = value.checked_mul(10)?.checked_add(digit)?;
        len += ch.len_utf8();
    }
    Some(Numeral::whole(value, len))
}

const ENGLISH: [(&str, u64); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

/// Reads `fourteen`, `Twenty-four`; the text begins at a word.
pub(super) fn english(text: &str) -> Option<Numeral> {
    let len = word(text);
    let value = english_word(text.get(..len)?)?;
    let tail = text.get(len..).and_then(|rest| rest.strip_prefix('-'));
    let tail_len = tail.map_or(0, word);
    let unit = tail.and_then(|tail| tail.get(..tail_len)).and_then(english_word);
    match unit {
        Some(unit) if value >= 20 && unit < 10 => Some(Numeral::whole(value + unit, len + 1 + tail_len)),
        _ => Some(Numeral::whole(value, len)),
    }
}

fn english_word(word: &str) -> Option<u64> {
    ENGLISH.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
}

/// How many bytes of letters a text begins with.
pub(super) fn word(text: &str) -> usize {
    text.find(|ch: char| !ch.is_ascii_alphabetic()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_digits_are_read_with_separators_and_full_width() {
        let read = |text: &str| arabic(text).map(|found| (found.value.to_string(), found.len));
        assert_eq!(read("1,018.50万"), Ok(("1018.50".into(), 8)));
        assert_eq!(read("10,180,000.00"), Ok(("10180000.00".into(), 13)));
        assert_eq!(read("１０．５万"), Ok(("10.5".into(), 12)));
        assert_eq!(read("9600元,餐费"), Ok(("9600".into(), 4)));
        assert_eq!(read("1. 酷维"), Ok(("1".into(), 1)));
        assert_eq!(read("10,18万元"), Err(5));
        assert_eq!(read("1018,000元"), Err(8));
        assert_eq!(read("1.2.3"), Err(5));
    }

    #[test]
    fn chinese_numerals_are_read_in_both_writings() {
        let read = |text: &str| chinese(text).map(|found| (found.value.to_string(), found.power));
        assert_eq!(read("一百一十五万元"), Some(("1150000".into(), 4)));
        assert_eq!(read("壹仟零壹拾捌万元整"), Some(("10180000".into(), 4)));
        assert_eq!(read("叁拾叁万零柒佰陆拾玖元"), Some(("330769".into(), 0)));
        assert_eq!(read("三亿二千万元"), Some(("320000000".into(), 4)));
        assert_eq!(read("十四个"), Some(("14".into(), 0)));
        assert_eq!(read("两名"), Some(("2".into(), 0)));
        assert_eq!(read("二〇二四年"), Some(("2024".into(), 0)));
        assert_eq!(read("万一"), None);
        assert_eq!(read("百万"), None);
    }

    #[test]
    fn english_words_are_read_up_to_ninety_nine() {
        let read = |text: &str| english(text).map(|found| (found.value.to_string(), found.len));
        assert_eq!(read("Fourteen sub"), Some(("14".into(), 8)));
        assert_eq!(read("twenty-four people"), Some(("24".into(), 11)));
        assert_eq!(read("four-year"), Some(("4".into(), 4)));
        assert_eq!(read("someone"), None);
    }
}
