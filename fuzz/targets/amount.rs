//! An amount that is read, printed and read is equal, by itself and within a sentence; what a sentence says has its place.
#![no_main]

use shenbao::model::Money;
use shenbao::reading::{self, Token};
use shenbao_fuzz::bundle::words;
use shenbao_fuzz::target;

target!(words, hold);

fn hold(input: &[u8]) {
    let text = &*String::from_utf8_lossy(input);
    if let Ok(money) = Money::parse(text) {
        let printed = [
            money.to_string(),
            money.in_yuan(),
            money.in_wan(None),
            money.in_yi(None),
            format!("{}元", money.form()),
            shenbao::model::with_separators(&money.to_string()),
        ];
        for own in &printed {
            assert_eq!(Money::parse(own), Ok(money), "printed as {own}");
        }
        let english = [money.english(), money.english_full()];
        // 零元整 is no amount that a sentence is about.
        let capital = (!money.is_zero()).then(|| money.capital());
        for own in printed.iter().chain(&english).chain(&capital) {
            within(&format!("预算{own}，"), money);
        }
    }
    let tokens = reading::read(text);
    let mut end = 0;
    for token in &tokens {
        assert!(text.get(token.range.clone()).is_some(), "{token:?} is not in the text");
        assert!(
            token.range.start >= end && token.range.end > token.range.start,
            "{token:?} overlaps another"
        );
        end = token.range.end;
        if let Some(amount) = token.amount() {
            assert!(text.get(amount.digits.clone()).is_some(), "{amount:?} is not in the text");
        }
    }
}

/// The one amount of a sentence is this.
fn within(sentence: &str, money: Money) {
    let tokens = reading::read(sentence);
    let amounts: Vec<Money> = tokens.iter().filter_map(Token::amount).map(|amount| amount.money).collect();
    assert_eq!(amounts, [money], "in {sentence}");
}
