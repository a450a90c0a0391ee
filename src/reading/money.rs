//! Amounts: a number with a unit of money.

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::{self, Grouping, Numeral};
use super::sentences::{clause, follows, line, reach_back, words_back};
use super::words::AMOUNTS;
use super::{About, Amount, Sense};
use crate::model::Money;

/// Units in Chinese with their powers of ten; a longer one stands before those that it begins with.
const UNITS: [(&str, u32); 13] = [
    ("万亿元", 12),
    ("千亿元", 11),
    ("百亿元", 10),
    ("十亿元", 9),
    ("亿元", 8),
    ("千万元", 7),
    ("百万元", 6),
    ("十万元", 5),
    ("万元", 4),
    ("千元", 3),
    ("百元", 2),
    ("元", 0),
    ("圆", 0),
];

/// Units with a word inside that says the amount is not exact.
const LOOSE_UNITS: [(&str, u32); 8] = [
    ("余万元", 4),
    ("多万元", 4),
    ("万余元", 4),
    ("万多元", 4),
    ("余元", 0),
    ("余亿元", 8),
    ("亿余元", 8),
    ("亿多元", 8),
];

const ENGLISH_UNITS: [(&str, u32); 4] = [("trillion", 12), ("billion", 9), ("million", 6), ("thousand", 3)];

/// 元 begins other words too.
const NOT_YUAN: [char; 12] = ['化', '素', '宵', '旦', '件', '器', '数', '宇', '月', '首', '气', '老'];

/// What is read behind the digits.
struct Unit {
    power: u32,
    end: usize,
    bare: Option<Range<usize>>,
    about: Option<About>,
}

/// Reads an amount whose digits stand at `digits`; `currency` is where CNY, RMB or ¥ before them begins.
/// Gives the amount and where it ends.
pub(super) fn amount(
    text: &str,
    digits: Range<usize>,
    numeral: &Numeral,
    currency: Option<usize>,
) -> Option<(Amount, usize)> {
    let start = currency.unwrap_or(digits.start);
    if let Some(found) = below_a_yuan(text, &digits, start) {
        return Some(found);
    }
    let unit = unit(text, &digits, numeral, currency.is_some())?;
    let factor = power_of_ten(unit.power)?;
    let mut yuan = numeral.value.checked_mul(factor)?;
    let mut step = step(numeral, unit.power)?;
    let (mut end, mut bare) = (unit.end, unit.bare);
    // 1亿2000万元, 5万3000元
    if let Some(place) = &bare
        && let Some((more, more_end)) = continued(text, place.end, unit.power)
    {
        yuan = yuan.checked_add(more.money.yuan())?;
        (step, end, bare) = (more.step, more_end, more.bare);
    }
    if let Some(place) = &bare
        && !bare_is_money(text, start, place)
    {
        return None;
    }
    if numeral.grouping == Grouping::Short && is_idiom(text, &digits, yuan, end) {
        return None;
    }
    if bare.is_none() && text.get(..end)?.ends_with(['元', '圆']) {
        let (small, small_end) = jiao_and_fen(text, end);
        yuan = yuan.checked_add(small)?;
        if small_end > end {
            (end, step) = (small_end, Decimal::new(1, 2));
        }
    }
    let money = Money::from_yuan(yuan)?;
    let about = unit.about.or_else(|| about_after(text, end)).or_else(|| about_before(text, start));
    let amount = Amount {
        money,
        digits,
        grouping: numeral.grouping,
        step,
        coarse: coarse(yuan).max(step),
        large_unit: matches!(unit.power, 6 | 8 | 9 | 12),
        bare,
        about,
        in_range: false,
        per: Vec::new(),
    };
    Some((amount, end))
}

fn unit(text: &str, digits: &Range<usize>, numeral: &Numeral, currency: bool) -> Option<Unit> {
    let after = text.get(digits.end..)?;
    let spaces = after.len() - after.trim_start_matches([' ', '\u{3000}']).len();
    let at = digits.end + spaces.min(after.len());
    let rest = text.get(at..)?;
    let plain = |power: u32, len: usize| Unit { power, end: at + len, bare: None, about: None };
    if let Some((name, power)) = LOOSE_UNITS.iter().find(|(name, _)| rest.starts_with(name)) {
        let inner = name.find(['余', '多']).unwrap_or(0);
        let range = at + inner..at + inner + '余'.len_utf8();
        let about = Some(About { range, sense: Sense::Above, removable: true });
        return Some(Unit { about, ..plain(*power, name.len()) });
    }
    if let Some((name, power)) = UNITS.iter().find(|(name, _)| rest.starts_with(name)) {
        let next = rest.get(name.len()..)?.chars().next();
        return (!next.is_some_and(|next| NOT_YUAN.contains(&next))).then(|| plain(*power, name.len()));
    }
    // 十五万 has read its 万 as part of the numeral.
    if numeral.power > 0 && spaces == 0 {
        let last = text.get(digits.clone())?.chars().next_back()?;
        let place = digits.end - last.len_utf8()..digits.end;
        return Some(Unit { bare: Some(place), ..plain(0, 0) });
    }
    if let Some((name, power)) = [("亿", 8), ("万", 4)].iter().find(|(name, _)| rest.starts_with(name)) {
        return Some(Unit { bare: Some(at..at + name.len()), ..plain(*power, name.len()) });
    }
    english_unit(rest, currency).map(|(power, len)| plain(power, len))
}

/// `million yuan`, `yuan`, `RMB`; behind a currency `million`, or nothing.
fn english_unit(rest: &str, currency: bool) -> Option<(u32, usize)> {
    let len = numeral::word(rest);
    let name = rest.get(..len)?;
    let (power, mut end) = match ENGLISH_UNITS.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
        Some((_, power)) => (*power, len),
        None => (0, 0),
    };
    let more = rest.get(end..)?;
    let spaces = more.len() - more.trim_start_matches(' ').len();
    let next = more.get(spaces..)?;
    let next_len = numeral::word(next);
    let named = ["yuan", "rmb", "cny", "renminbi"]
        .iter()
        .find(|own| next.get(..next_len).is_some_and(|next| next.eq_ignore_ascii_case(own)));
    if named.is_some() {
        end += spaces + next_len;
    }
    (currency || named.is_some()).then_some((power, end))
}

/// The rest of 1亿2000万元 behind its first unit.
fn continued(text: &str, at: usize, power: u32) -> Option<(Amount, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    numeral::digit(first)?;
    let numeral = numeral::arabic(rest).ok()?;
    let digits = at..at + numeral.len;
    let below = unit(text, &digits, &numeral, false)?.power;
    if below >= power {
        return None;
    }
    amount(text, digits, &numeral, None)
}

/// Whether 万 or 亿 without 元 is money: nothing that it counts follows, what stands before it is no quantity, and the
/// paragraph speaks of money, in whatever words the amount itself is led in.
fn bare_is_money(text: &str, start: usize, place: &Range<usize>) -> bool {
    let after = text.get(place.end..).unwrap_or("").trim_start_matches(' ');
    let ends = after.is_empty()
        || after.starts_with(|ch: char| "，。；、：,.;:)）！？\n/／+＋=＝×*”".contains(ch))
        || AMOUNTS.bare_after.iter().any(|word| after.starts_with(word.as_str()));
    if !ends {
        return false;
    }
    let before = text.get(clause(text, start).start..start).unwrap_or("");
    let lead = before.trim_end_matches(|ch: char| "达到为约超过突破近有共计：: ".contains(ch));
    let last = |words: &[String]| {
        words.iter().filter_map(|word| Some(lead.rfind(word.as_str())? + word.len())).max()
    };
    match (last(&AMOUNTS.money_cues), last(&AMOUNTS.count_cues)) {
        (money, Some(count)) => money.is_some_and(|money| money > count),
        (Some(_), None) => true,
        (None, None) => {
            let quantity = lead.ends_with(['数', '量', '者', '众', '民', '户', '人', '体']);
            let decimals = text.get(start..place.start).is_some_and(|digits| digits.contains(['.', '．']));
            let around = text.get(line(text, start)).unwrap_or("");
            !quantity && (decimals || around.contains("元") || AMOUNTS.money_words.any_in(around))
        }
    }
}

/// 一元 in 一元化 or 二元结构, and 几十万元, whose digits say less than they seem to. Capital digits are written of money only.
fn is_idiom(text: &str, digits: &Range<usize>, yuan: Decimal, end: usize) -> bool {
    let before = text.get(..digits.start).and_then(|before| before.chars().next_back());
    let Some(first) = text.get(digits.start..).and_then(|own| own.chars().next()) else { return false };
    let after = text.get(end..).unwrap_or("");
    let plain = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    let closed = plain(after)
        || after.strip_prefix(['整', '正']).is_some_and(plain)
        || jiao_and_fen(text, end).0 > Decimal::ZERO;
    numeral::digit(first).is_none()
        && !is_capital(first)
        && (before.is_some_and(|ch| "几数上多好第".contains(ch)) || (yuan < Decimal::TEN && !closed))
}

/// Whether this is a digit of 大写.
fn is_capital(ch: char) -> bool {
    "壹贰叁肆伍陆柒捌玖".contains(ch)
}

/// 伍角叁分, without 元 before it. Only the digits of capital amounts: 一分 is a point of a score, and 五角 a shape.
fn below_a_yuan(text: &str, digits: &Range<usize>, start: usize) -> Option<(Amount, usize)> {
    let capital = text.get(digits.clone())?.starts_with(is_capital);
    if !capital || !text.get(digits.end..)?.starts_with(['角', '分']) {
        return None;
    }
    let (yuan, end) = jiao_and_fen(text, digits.start);
    let step = Decimal::new(1, 2);
    let amount = Amount {
        money: Money::from_yuan(yuan)?,
        digits: digits.clone(),
        grouping: Grouping::Short,
        step,
        coarse: step,
        large_unit: false,
        bare: None,
        about: about_after(text, end).or_else(|| about_before(text, start)),
        in_range: false,
        per: Vec::new(),
    };
    Some((amount, end)).filter(|_| !yuan.is_zero())
}

/// 伍角叁分 and 整 behind 元.
fn jiao_and_fen(text: &str, mut end: usize) -> (Decimal, usize) {
    let mut small = Decimal::ZERO;
    for (name, scale) in [('角', 1), ('分', 2)] {
        let rest = text.get(end..).unwrap_or("");
        let rest_len = rest.len();
        let rest = rest.strip_prefix('零').unwrap_or(rest);
        let skipped = rest_len - rest.len();
        let Some(numeral) = numeral::arabic(rest).ok().or_else(|| numeral::chinese(rest)) else { continue };
        let behind = rest.get(numeral.len..).unwrap_or("");
        // 5元3分之一 is a fraction.
        if behind.starts_with(name) && !behind.starts_with("分之") && numeral.value < Decimal::TEN {
            small += numeral.value * Decimal::new(1, scale);
            end += skipped + numeral.len + name.len_utf8();
        }
    }
    let rest = text.get(end..).unwrap_or("");
    if rest.starts_with(['整', '正'])
        && !rest.starts_with("整体")
        && !rest.starts_with("整个")
        && !rest.starts_with("正式")
    {
        end += '整'.len_utf8();
    }
    (small, end)
}

fn power_of_ten(power: u32) -> Option<Decimal> {
    Some(Decimal::from(10_u64.checked_pow(power)?))
}

fn step(numeral: &Numeral, power: u32) -> Option<Decimal> {
    let up = power_of_ten(power + numeral.power)?;
    up.checked_div(power_of_ten(numeral.decimals)?)
}

/// One unit of the last digit that is not zero.
fn coarse(yuan: Decimal) -> Decimal {
    let mut unit = Decimal::new(1, 2);
    for _ in 0..16 {
        let next = unit * Decimal::TEN;
        if yuan.is_zero() || !(yuan % next).is_zero() {
            break;
        }
        unit = next;
    }
    unit
}

fn about_after(text: &str, end: usize) -> Option<About> {
    let (place, word, sense) = AMOUNTS.about_after.iter().find_map(|(word, sense)| {
        follows(text.get(end..)?, &[word]).map(|(place, _)| (place, word.as_str(), *sense))
    })?;
    // 100万元余额 is no approximation.
    if word == "余" && text.get(end + place.end..).is_some_and(|after| after.starts_with(['额', '款'])) {
        return None;
    }
    Some(About { range: end + place.start..end + place.end, sense, removable: true })
}

fn about_before(text: &str, start: usize) -> Option<About> {
    let floor = start - reach_back(text, start).len();
    let before = reach_back(text, start);
    let trimmed = before.trim_end_matches([' ', '\u{3000}', '为', '是', '在', '需', '计', '达']);
    let trimmed = trimmed.strip_suffix("人民币").unwrap_or(trimmed);
    if let Some((word, sense)) =
        AMOUNTS.about_before.iter().find(|(word, _)| trimmed.ends_with(word.as_str()))
    {
        let end = floor + trimmed.len();
        let removable = !trimmed.ends_with("接近") && !trimmed.ends_with("将近");
        let range = end - word.len()..end;
        return (!AMOUNTS.not_about.iter().any(|other| trimmed.ends_with(other.as_str()))).then_some(About {
            range,
            sense: *sense,
            removable,
        });
    }
    let (at, word) = words_back(before).next()?;
    let (_, sense) = AMOUNTS.about_english.iter().find(|(own, _)| own.eq_ignore_ascii_case(word))?;
    // At the head of a sentence the next word would need a capital.
    let removable = word.chars().all(|ch| ch.is_ascii_lowercase());
    Some(About { range: floor + at..floor + at + word.len(), sense: *sense, removable })
}
