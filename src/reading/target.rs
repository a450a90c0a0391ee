//! Reads 指标值: a sign, a number and a unit (`≥ 90.00 %`), or a range (`4～6 次`).
//!
//! What begins with a sign is read whole or refused, so that no part of it is lost. What has no sign and is no range is
//! words, and stands as it is typed.

pub use super::measure::{Misread, Reading, Why};
use super::measure::{Number, is_digit, is_year, joined, number, written};
use super::numeral::{arabic, chinese};
use super::range::range;
use super::unit;
use super::words::indicators::{WORDS, trailing};
use crate::model::{Figure, Sign};

/// Signs as they are typed, the longer ones first.
const SIGNS: [(&str, Sign); 16] = [
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("＞=", Sign::AtLeast),
    ("＜=", Sign::AtMost),
    ("＞＝", Sign::AtLeast),
    ("＜＝", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("≧", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("≦", Sign::AtMost),
    ("=", Sign::Equal),
    ("＝", Sign::Equal),
    (">", Sign::MoreThan),
    ("＞", Sign::MoreThan),
    ("<", Sign::LessThan),
    ("＜", Sign::LessThan),
];

/// Reads a target; `None` for words. `known` says which words the form lists as units.
pub fn read(text: &str, known: &dyn Fn(&str) -> bool) -> Option<Result<Reading, Misread>> {
    let text = text.trim();
    match SIGNS.iter().find_map(|(mark, sign)| Some((text.strip_prefix(mark)?, *sign))) {
        Some((rest, sign)) => Some(signed(sign, rest.trim(), known)),
        None => range(text, known),
    }
}

fn signed(sign: Sign, text: &str, known: &dyn Fn(&str) -> bool) -> Result<Reading, Misread> {
    let number = match number(text) {
        Ok(number) => number,
        Err(typed) => return Err(no_number(sign, text, typed, known)),
    };
    let dated = is_year(number.value, number.rest.trim_start());
    match unit::read(number.rest, known).filter(|unit| !dated && !is_exponent(unit)) {
        Some(unit) => {
            let canonical = joined(sign, &written(&number), &unit);
            Ok(Reading { figure: Figure::One(sign, number.value), unit, canonical })
        }
        None => Err(misread(sign, text, &number, known)),
    }
}

/// `1e3`: the letter belongs to the number.
fn is_exponent(unit: &str) -> bool {
    unit.strip_prefix(['e', 'E']).is_some_and(|rest| rest.starts_with(is_digit))
}

fn no_number(sign: Sign, text: &str, typed: Option<&str>, known: &dyn Fn(&str) -> bool) -> Misread {
    if let Some(typed) = typed {
        return Misread { why: Why::BadNumber(typed.to_owned()), meant: None };
    }
    // ≥ 四次, ≥ .5 次
    let spelt = chinese(text).map(|numeral| (numeral.value.to_string(), numeral.len));
    let point = text.strip_prefix('.').and_then(|rest| arabic(rest).ok());
    let point = point.and_then(|numeral| Some((format!("0{}", text.get(..=numeral.len)?), numeral.len + 1)));
    let pieces = spelt.or(point).and_then(|(number, len)| Some((number, text.get(len..)?)));
    let meant = pieces.and_then(|(number, rest)| Some(joined(sign, &number, &unit::read(rest, known)?)));
    Misread { why: Why::NoNumber, meant: readable(meant, known) }
}

/// Says what is wrong behind a number that no unit follows.
fn misread(sign: Sign, text: &str, number: &Number<'_>, known: &dyn Fn(&str) -> bool) -> Misread {
    let rest = number.rest.trim_start();
    if let Some(range) = range(text, known) {
        let meant = range.map_or_else(|misread| misread.meant, |range| Some(range.canonical));
        return Misread { why: Why::SignedRange(sign), meant };
    }
    let dated = ["年", "月"].iter().find_map(|word| rest.strip_prefix(word));
    let day = |rest: &str| {
        rest.trim_start().starts_with(is_digit) || rest.starts_with(['底', '末', '前', '度', '内'])
    };
    if dated.is_some_and(day) || is_year(number.value, rest) {
        return Misread { why: Why::Date, meant: None };
    }
    if let Some(parted) = parted(text, number) {
        let meant = parted.whole.map(|whole| format!("{}{whole}", sign.symbol()));
        let meant = meant.and_then(|meant| Some(read(&meant, known)?.ok()?.canonical));
        return Misread { why: Why::Parted(parted.typed), meant };
    }
    let meant = less(sign, rest).and_then(|rest| unit::read(rest, known));
    let meant = meant.map(|unit| joined(sign, &written(number), &unit));
    Misread { why: Why::NoUnit(rest.to_owned()), meant: readable(meant, known) }
}

/// The rest without what is written twice or says the sign again: `% %`, 小时以内 behind ≤.
fn less(sign: Sign, rest: &str) -> Option<&str> {
    if let Some((len, bound)) = trailing(&WORDS.after, rest).or_else(|| trailing(&WORDS.after_english, rest))
    {
        let same = bound.sign == sign && !bound.hint;
        return rest.get(..rest.len() - len).filter(|rest| same && !rest.trim().is_empty());
    }
    let mut words = rest.split_whitespace();
    let (one, two) = (words.next()?, words.next()?);
    (one == two && words.next().is_none()).then_some(one)
}

/// A number that a space or a mark parts.
struct Parted {
    typed: String,
    /// The text with the number whole, where the parts make one number only.
    whole: Option<String>,
}

/// `1 000`, `4 .00`, `4。5`, `1，000`, `4 5`.
fn parted(text: &str, first: &Number<'_>) -> Option<Parted> {
    let gap = |ch: char| {
        ch.is_whitespace()
            || matches!(ch, '.' | '．' | '。' | ',' | '，' | '、' | '٫' | '·' | '_' | '\'' | '’')
    };
    let body = |ch: char| gap(ch) || is_digit(ch);
    let end =
        text.len() - first.rest.len() + first.rest.find(|ch: char| !body(ch)).unwrap_or(first.rest.len());
    let typed = text.get(..end)?.trim_end_matches(gap);
    let tail = typed.get(text.len() - first.rest.len()..)?;
    if !tail.contains(is_digit) {
        return None;
    }
    let rest = text.get(typed.len()..)?;
    let groups: Vec<&str> = tail.split(gap).filter(|group| !group.is_empty()).collect();
    let marks: String = tail.chars().filter(|ch| !is_digit(*ch) && !ch.is_whitespace()).collect();
    let thousands =
        !first.typed.contains(['.', '．']) && groups.iter().all(|group| group.chars().count() == 3);
    let grouped = || Some(format!("{},{}{rest}", first.typed, groups.join(",")));
    let pointed = || Some(format!("{}.{}{rest}", first.typed, groups.first()?));
    let whole = match (marks.as_str(), groups.len()) {
        ("" | "_" | "，" | "'" | "’" | "、", _) if thousands => grouped(),
        ("." | "．" | "。" | "·", 1) if !first.typed.contains(['.', '．']) => pointed(),
        _ => None,
    };
    Some(Parted { typed: typed.to_owned(), whole })
}

/// An advice that can itself be read.
fn readable(meant: Option<String>, known: &dyn Fn(&str) -> bool) -> Option<String> {
    meant.filter(|meant| matches!(read(meant, known), Some(Ok(_))))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn canonical(text: &str) -> String {
        read(text, &|_| false).unwrap().unwrap().canonical
    }

    fn misread(text: &str) -> (Why, Option<String>) {
        let Misread { why, meant } = read(text, &|_| false).unwrap().unwrap_err();
        (why, meant)
    }

    #[test]
    fn a_target_is_sign_number_and_unit() {
        for (text, shape) in [
            ("≥ 90.00 %", "≥ 90.00 %"),
            ("<=24小时", "≤ 24 小时"),
            ("≤16.55(万元)", "≤ 16.55 万元"),
            ("＝100％", "= 100 %"),
            ("≧４．５ 次", "≥ 4.5 次"),
            ("≥ -2 %", "≥ -2 %"),
            ("> 0.125", "> 0.125"),
            ("≥1,200人次", "≥ 1,200 人次"),
            ("＞＝5次", "≥ 5 次"),
            ("≤ 18 /10万", "≤ 18 /10万"),
            ("≥ 5 台（套）", "≥ 5 台（套）"),
        ] {
            assert_eq!(canonical(text), shape, "{text}");
        }
        let reading = read("≥1,200人次", &|_| false).unwrap().unwrap();
        assert_eq!(
            (reading.figure, reading.unit.as_str()),
            (Figure::One(Sign::AtLeast, Decimal::from(1200)), "人次")
        );
    }

    #[test]
    fn a_number_with_more_digits_than_any_quantity_is_none() {
        assert_eq!(canonical("= 999999999999999999 次"), "= 999999999999999999 次");
        let digits = "1000009999999999999999999999";
        assert_eq!(misread(&format!("={digits}")), (Why::BadNumber(digits.to_owned()), None));
    }

    #[test]
    fn a_range_is_two_numbers_and_a_unit() {
        for (text, shape) in [
            ("4～6 次", "4～6 次"),
            ("4-6 次", "4～6 次"),
            ("4—6次", "4～6 次"),
            ("4 – 6 次", "4～6 次"),
            ("４～６次", "4～6 次"),
            ("4至6次", "4～6 次"),
            ("4次~6次/月", "4～6 次/月"),
            ("20%～40%", "20%～40%"),
            ("20~40%", "20%～40%"),
            ("-5～5 ℃", "-5～5 ℃"),
            ("-5～-2℃", "-5～-2 ℃"),
            ("6-9", "6～9"),
            ("3～5万元", "3～5 万元"),
            ("1,000～2,000(人)", "1,000～2,000 人"),
            ("4 to 6 times", "4 to 6 times"),
            ("3-5个工作日", "3～5 个工作日"),
        ] {
            assert_eq!(canonical(text), shape, "{text}");
        }
        let reading = read("2.5～4.00 小时", &|_| false).unwrap().unwrap();
        assert_eq!(reading.figure, Figure::Range(Decimal::new(25, 1), Decimal::new(400, 2)));
    }

    #[test]
    fn words_dates_and_numbers_of_other_kinds_are_no_measured_target() {
        for text in [
            "良好",
            "48小时内",
            "3-5月",
            "3月-5月",
            "2024-2026年",
            "2024年～2026年",
            "2024-11-20",
            "9:00-17:00",
            "9～17时",
            "1-3季度",
            "7×24小时",
            "英文每周3-4篇",
            "3-4篇，其他5篇",
            "021-61234567",
            "24-7",
            "20%～40次",
            "第1-3名",
            "1:15",
        ] {
            assert_eq!(read(text, &|_| false), None, "{text}");
        }
    }

    #[test]
    fn a_number_that_is_cut_is_refused_and_said_whole_where_it_is_plain() {
        let parted = |typed: &str, meant: Option<&str>| (Why::Parted(typed.into()), meant.map(str::to_owned));
        assert_eq!(misread("≥ 1 000 人"), parted("1 000", Some("≥ 1,000 人")));
        assert_eq!(misread("≥ 1，000人"), parted("1，000", Some("≥ 1,000 人")));
        assert_eq!(misread("≥ 12 345 678 元"), parted("12 345 678", Some("≥ 12,345,678 元")));
        assert_eq!(misread("≥ 4 .00 次"), parted("4 .00", Some("≥ 4.00 次")));
        assert_eq!(misread("≥ 4。5 次"), parted("4。5", Some("≥ 4.5 次")));
        assert_eq!(misread("≥ 4 5 次"), parted("4 5", None));
        assert_eq!(misread("≥ 4，5 次"), parted("4，5", None));
        assert_eq!(misread("≥ 4.5 000 次"), parted("4.5 000", None));
        let bad = |typed: &str| (Why::BadNumber(typed.into()), None);
        assert_eq!(misread("≥ 4,5 次"), bad("4,5"));
        assert_eq!(misread("≤ 3.5.1 次"), bad("3.5.1"));
        assert_eq!(misread("≥ 10,18 次"), bad("10,18"));
        assert_eq!(misread("≥ 4. 次"), bad("4."));
        assert_eq!(misread("≥ 4..0 次"), bad("4..0"));
    }

    #[test]
    fn a_range_behind_a_sign_is_refused() {
        let signed = |meant: &str| (Why::SignedRange(Sign::AtLeast), Some(meant.to_owned()));
        assert_eq!(misread("≥ 4-6 次"), signed("4～6 次"));
        assert_eq!(misread("≥50%-60%"), signed("50%～60%"));
        assert_eq!(misread("≥ ４～６次"), signed("4～6 次"));
        assert_eq!(misread("6～4 次"), (Why::Descending, Some("4～6 次".into())));
        assert_eq!(misread("4～4 次"), (Why::Descending, Some("= 4 次".into())));
    }

    #[test]
    fn what_follows_a_number_and_is_no_unit_is_refused() {
        let no_unit = |rest: &str, meant: Option<&str>| (Why::NoUnit(rest.into()), meant.map(str::to_owned));
        assert_eq!(misread("≥ 4(次"), no_unit("(次", None));
        assert_eq!(misread("≥ 5次（每月"), no_unit("次（每月", None));
        assert_eq!(misread("≥90.00 % %"), no_unit("% %", Some("≥ 90.00 %")));
        assert_eq!(misread("≥ 90%以上"), no_unit("%以上", Some("≥ 90 %")));
        assert_eq!(misread("≤ 48小时内"), no_unit("小时内", Some("≤ 48 小时")));
        assert_eq!(misread("≤ 90%以上"), no_unit("%以上", None));
        assert_eq!(misread("= 1:15"), no_unit(":15", None));
        assert_eq!(misread("≥ 1e5 次"), no_unit("e5 次", None));
        assert_eq!(misread("≥ 3/4"), no_unit("/4", None));
        assert_eq!(misread("≥ 1小时30分"), no_unit("小时30分", None));
    }

    #[test]
    fn a_sign_wants_a_number_and_a_date_wants_no_sign() {
        assert_eq!(misread("≥ 良好"), (Why::NoNumber, None));
        assert_eq!(misread("≥ 四次"), (Why::NoNumber, Some("≥ 4 次".into())));
        assert_eq!(misread("≥ .5 次"), (Why::NoNumber, Some("≥ 0.5 次".into())));
        for text in ["≤ 2026年12月", "= 2026 年", "≤ 12月底", "≤ 12月31日前"] {
            assert_eq!(misread(text), (Why::Date, None), "{text}");
        }
    }
}
