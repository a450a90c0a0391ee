//! 大写 amounts, by the rules for writing cheques (支付结算办法, annex 1).

use rust_decimal::{Decimal, RoundingStrategy};

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// Writes an amount in 元, rounded to the 分, in capital numerals.
pub(super) fn capital(yuan: Decimal) -> String {
    let fen = yuan.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let text = format!("{fen:.2}");
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    let mut out = integer_part(integer);
    if out.is_empty() && fraction == "00" {
        return "零元整".to_owned();
    }
    if !out.is_empty() {
        out.push('元');
    }
    let mut tail = fraction.chars().filter_map(|digit| digit.to_digit(10));
    let (jiao, fen) = (tail.next().unwrap_or(0), tail.next().unwrap_or(0));
    if jiao > 0 {
        out.push(digit_name(jiao));
        out.push('角');
    } else if fen > 0 && !out.is_empty() {
        out.push('零');
    }
    if fen > 0 {
        out.push(digit_name(fen));
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

fn digit_name(digit: u32) -> char {
    usize::try_from(digit).ok().and_then(|digit| DIGITS.get(digit)).copied().unwrap_or('零')
}

/// The integer digits in groups of four; empty for zero.
fn integer_part(digits: &str) -> String {
    let digits: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let mut out = String::new();
    let mut zero_due = false;
    let mut group_has_digit = false;
    for (index, digit) in digits.iter().enumerate() {
        let power = digits.len() - 1 - index;
        if *digit == 0 {
            zero_due = true;
        } else {
            if zero_due && !out.is_empty() {
                out.push('零');
            }
            zero_due = false;
            group_has_digit = true;
            out.push(digit_name(*digit));
            out.push_str(PLACES.get(power % 4).unwrap_or(&""));
        }
        if power.is_multiple_of(4) {
            if group_has_digit {
                out.push_str(GROUPS.get(power / 4).unwrap_or(&""));
            }
            group_has_digit = false;
        }
    }
    // Both 万亿 and a following 亿 group name the 亿; it is said once, after the lower group.
    match out.find("万亿") {
        Some(at) if out.get(at + "万亿".len()..).is_some_and(|rest| rest.contains('亿')) => {
            out.replacen("万亿", "万", 1)
        }
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_numerals_follow_the_rules_for_zero_and_zheng() {
        let cases = [
            ("10180000", "壹仟零壹拾捌万元整"),
            ("0", "零元整"),
            ("330769", "叁拾叁万零柒佰陆拾玖元整"),
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("107000.53", "壹拾万零柒仟元伍角叁分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("0.05", "伍分"),
            ("100000000", "壹亿元整"),
            ("100010000", "壹亿零壹万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1200300000000", "壹万贰仟零叁亿元整"),
            ("10000000000000000", "壹亿亿元整"),
        ];
        for (yuan, words) in cases {
            assert_eq!(capital(Decimal::from_str_exact(yuan).unwrap()), words, "{yuan}");
        }
    }
}
