//! Every printer of amounts, for random amounts: its shape, and that it says the amount.

use proptest::prelude::*;
use shenbao::model::Money;
use shenbao::reading::{self, Token};

use crate::capital;
use crate::made::{any_amount, fen, money};

/// The digits of a number with a comma before every third of them.
fn assert_grouped(integer: &str) {
    let groups: Vec<&str> = integer.split(',').collect();
    assert!((1..=3).contains(&groups[0].len()), "{integer}");
    assert!(groups[1..].iter().all(|group| group.len() == 3), "{integer}");
    assert!(integer.chars().all(|ch| ch.is_ascii_digit() || ch == ','), "{integer}");
    assert!(integer == "0" || !integer.starts_with('0'), "{integer}");
}

/// Each way of writing an amount is the one amount of a sentence that it stands in.
fn assert_read_within_a_sentence(amount: Money) {
    let chinese = [amount.in_yuan(), amount.in_wan(None), amount.in_yi(None), amount.capital()];
    let written = chinese.into_iter().chain([amount.english(), amount.english_full()]);
    for sentence in written.map(|text| format!("预算{text}，")) {
        let tokens = reading::read(&sentence);
        let amounts: Vec<Money> = tokens.iter().filter_map(Token::amount).map(|own| own.money).collect();
        assert_eq!(amounts, [amount], "{sentence}");
    }
}

#[test]
fn each_small_amount_is_read_within_a_sentence() {
    (1..=2100).for_each(|fen| assert_read_within_a_sentence(money(fen)));
}

#[test]
fn capital_digits_are_money_and_small_ones_only_where_the_amount_ends() {
    let amounts = |sentence: &str| {
        let tokens = reading::read(sentence);
        tokens.iter().filter_map(Token::amount).map(|own| own.money).collect::<Vec<_>>()
    };
    for (sentence, fen) in [
        ("退回贰元零伍分，", 205),
        ("退回二元零五分，", 205),
        ("大写：捌元整人民币", 800),
        ("每份五元整。", 500),
        ("每份五元三角", 530),
    ] {
        assert_eq!(amounts(sentence), [money(fen)], "{sentence}");
    }
    for sentence in ["破除二元结构", "采购三元正极材料", "建成一元整体架构", "投入几十万元"]
    {
        assert_eq!(amounts(sentence), [], "{sentence}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_reads_the_same_however_it_is_written((fen, text) in any_amount()) {
        prop_assert_eq!(Money::parse(&text), Ok(money(fen)), "{}", text);
    }

    #[test]
    fn what_is_printed_reads_back(fen in fen()) {
        let amount = money(fen);
        for text in [amount.in_yuan(), amount.in_wan(None), amount.in_yi(None), amount.to_string()] {
            prop_assert_eq!(Money::parse(&text), Ok(amount), "{}", text);
            prop_assert!(!text.contains('.') || !text.contains("0万") && !text.contains("0元"), "{}", text);
        }
        for text in [format!("{}元", amount.form()), amount.in_wan(Some(6)), amount.in_yi(Some(10))] {
            prop_assert_eq!(Money::parse(&text), Ok(amount), "{}", text);
        }
    }

    #[test]
    fn forms_have_separators_and_two_decimals(fen in fen()) {
        let text = money(fen).form();
        let (integer, fraction) = text.split_once('.').unwrap();
        assert_grouped(integer);
        prop_assert_eq!(fraction.len(), 2, "{}", text);
    }

    #[test]
    fn decimals_that_are_asked_for_are_given_and_rounded_half_away_from_zero(fen in fen()) {
        let text = money(fen).in_wan(Some(2));
        let number = text.strip_suffix("万元").unwrap();
        let (integer, fraction) = number.split_once('.').unwrap();
        let hundredths: u64 = format!("{integer}{fraction}").parse().unwrap();
        // A hundredth of 万元 is 100元, ten thousand 分.
        prop_assert_eq!(hundredths, (fen + 5_000) / 10_000, "{}", text);
        prop_assert_eq!(fraction.len(), 2, "{}", text);
    }

    #[test]
    fn capital_numerals_say_the_amount(fen in 0..100_000_000_000_000_000_u64) {
        let text = money(fen).capital();
        prop_assert_eq!(capital::fen(&text), Some(fen), "{}", text);
        prop_assert!(!text.contains("零零") && !text.contains("零元") || fen == 0, "{}", text);
        prop_assert_eq!(text.ends_with('整'), fen % 10 == 0, "{}", text);
    }

    #[test]
    fn capital_numerals_of_round_amounts_say_the_amount(digits in prop::collection::vec(0..2_u64, 1..17)) {
        let fen = digits.iter().fold(0, |sum, digit| sum * 10 + digit * 7);
        let text = money(fen).capital();
        prop_assert_eq!(capital::fen(&text), Some(fen), "{}", text);
    }

    #[test]
    fn any_amount_is_read_within_a_sentence(fen in fen()) {
        prop_assume!(fen > 0);
        assert_read_within_a_sentence(money(fen));
    }

    #[test]
    fn english_amounts_are_in_millions_where_that_is_short(fen in fen()) {
        let amount = money(fen);
        let text = amount.english();
        let number = text.strip_prefix("CNY ").unwrap();
        let (number, unit) = number.split_once(' ').unwrap_or((number, ""));
        let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
        assert_grouped(integer);
        let power = match unit {
            "billion" => 11,
            "million" => 8,
            _ => 2,
        };
        prop_assert!(fraction.len() <= 4, "{}", text);
        prop_assert_eq!(unit.is_empty() && !fraction.is_empty(), unit.is_empty() && fen % 100 != 0, "{}", text);
        let plain = format!("{integer}{fraction}").replace(',', "");
        let zeros = power - fraction.len();
        prop_assert_eq!(format!("{plain}{}", "0".repeat(zeros)).parse::<u64>().unwrap(), fen, "{}", text);
        prop_assert!(fen >= 100_000_000 || unit.is_empty(), "{}", text);
    }

    #[test]
    fn sums_do_not_depend_on_order_and_differences_undo_them(one in fen(), other in fen(), third in fen()) {
        let (a, b, c) = (money(one), money(other), money(third));
        prop_assert_eq!(a.plus(b), b.plus(a));
        prop_assert_eq!(a.plus(b).unwrap().plus(c), b.plus(c).unwrap().plus(a));
        prop_assert_eq!(a.plus(b).unwrap().minus(b), Some(a));
        prop_assert_eq!(a.minus(b).is_some(), one >= other);
        prop_assert_eq!(a.cmp(&b), one.cmp(&other));
    }
}
