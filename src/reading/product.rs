//! Products that a text writes out: 20人×24万元/年=480万元, 6万元+13家×4万元.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Kind, Token};
use crate::model::Money;

/// A sum of products with the amount that is stated for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its bytes in the text, without the stated amount.
    pub range: Range<usize>,
    /// Its summands.
    pub terms: Vec<Term>,
    /// What it comes to.
    pub value: Money,
    /// The token behind `=`.
    pub stated: Option<usize>,
}

/// A product of numbers, percentages and one amount; or one amount of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The tokens.
    pub tokens: Vec<usize>,
}

/// Every product written out in a text.
pub fn products(text: &str, tokens: &[Token]) -> Vec<Product> {
    let mut products = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let (chain, next) = chain(text, tokens, index);
        products.extend(product(text, tokens, &chain));
        index = next.max(index + 1);
    }
    products
}

/// What joins two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Times,
    Plus,
    Equals,
}

/// The tokens from `first` that are joined, in terms; the stated one; where to go on.
struct Chain {
    terms: Vec<Term>,
    stated: Option<usize>,
}

fn chain(text: &str, tokens: &[Token], first: usize) -> (Chain, usize) {
    let mut terms = vec![Term { tokens: vec![first] }];
    let mut at = first;
    while let (Some(own), Some(next)) = (tokens.get(at), tokens.get(at + 1)) {
        let Some(joint) = joint(text.get(own.range.end..next.range.start).unwrap_or("")) else { break };
        at += 1;
        match joint {
            Joint::Times => {
                if let Some(term) = terms.last_mut() {
                    term.tokens.push(at);
                }
            }
            Joint::Plus => terms.push(Term { tokens: vec![at] }),
            Joint::Equals => return (Chain { terms, stated: Some(at) }, at + 1),
        }
    }
    (Chain { terms, stated: None }, at + 1)
}

/// The bytes between two numbers beyond which no sign can join them: a unit of eight characters, a word, and spaces.
const LONGEST_JOINT: usize = 80;

/// `人×`, `/年·人 × `, ` = `, ` + `: a short unit, one sign, and nothing more.
fn joint(gap: &str) -> Option<Joint> {
    if gap.len() > LONGEST_JOINT {
        return None;
    }
    let (at, sign) = gap
        .char_indices()
        .find(|(_, ch)| "×✕╳*＊xX+＋=＝".contains(*ch))
        .or_else(|| gap.find("乘以").map(|at| (at, '乘')))?;
    let unit = gap.get(..at)?.trim();
    let after = gap.get(at..)?.trim_start_matches(sign).trim_start_matches('以').trim();
    let short = unit.chars().count() <= 8 && !unit.contains(['，', '。', '；', '：', '、', ',', ';', '\n']);
    // A Latin x is a sign only by itself.
    let free = !matches!(sign, 'x' | 'X') || !unit.ends_with(|ch: char| ch.is_ascii_alphabetic());
    let clear = after.is_empty() || ["约", "单价", "人民币", "（", "("].contains(&after);
    (short && free && clear).then_some(match sign {
        '+' | '＋' => Joint::Plus,
        '=' | '＝' => Joint::Equals,
        _ => Joint::Times,
    })
}

fn product(text: &str, tokens: &[Token], chain: &Chain) -> Option<Product> {
    if !chain.terms.iter().any(|term| term.tokens.len() > 1) {
        return None;
    }
    let mut value = Money::ZERO;
    for term in &chain.terms {
        value = value.plus(term_value(tokens, term)?)?;
    }
    let stated = chain.stated.filter(|at| tokens.get(*at).is_some_and(|token| token.amount().is_some()));
    let first = chain.terms.first()?.tokens.first()?;
    let last = chain.terms.last()?.tokens.last()?;
    let range = tokens.get(*first)?.range.start..tokens.get(*last)?.range.end;
    text.get(range.clone())?;
    Some(Product { range, terms: chain.terms.clone(), value, stated })
}

/// A product has exactly one amount, and no range, so that 5×8小时 and 3×4 are none.
fn term_value(tokens: &[Token], term: &Term) -> Option<Money> {
    let mut money = None;
    let mut factor = Decimal::ONE;
    for at in &term.tokens {
        match &tokens.get(*at)?.kind {
            Kind::Amount(amount) if money.is_none() && !amount.in_range => money = Some(amount.money),
            Kind::Number(number) => factor = factor.checked_mul(*number)?,
            Kind::Percent(percent) => {
                factor = factor.checked_mul(*percent)?.checked_div(Decimal::ONE_HUNDRED)?;
            }
            _ => return None,
        }
    }
    money?.times(factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::read;

    fn found(text: &str) -> Vec<(String, Option<String>)> {
        let tokens = read(text);
        let products = products(text, &tokens);
        let stated = |product: &Product| product.stated.map(|at| text[tokens[at].range.clone()].to_owned());
        products.iter().map(|product| (product.value.to_string(), stated(product))).collect()
    }

    #[test]
    fn products_are_read_in_every_writing() {
        let one = |value: &str, stated: Option<&str>| vec![(value.to_owned(), stated.map(str::to_owned))];
        assert_eq!(found("20人×24万元/年=480万元"), one("480万元", Some("480万元")));
        assert_eq!(found("20 人 × 24 万元/年·人，合计480万元"), one("480万元", None));
        assert_eq!(found("4万元/家*13家"), one("52万元", None));
        assert_eq!(found("2人 x 12个月 x 5000元 = 12万元"), one("12万元", Some("12万元")));
        assert_eq!(found("800万元×10%"), one("80万元", None));
        assert_eq!(found("6万元+13家×4万元=58万元"), one("58万元", Some("58万元")));
        assert_eq!(
            found("20 people × CNY 240,000 = CNY 4.8 million"),
            one("480万元", Some("CNY 4.8 million"))
        );
    }

    #[test]
    fn hours_and_sums_are_no_products() {
        for text in
            ["提供5×8小时支撑", "7×24小时值守", "10万元+20万元=30万元", "A4 x 3", "采购3台，每台2万元"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
