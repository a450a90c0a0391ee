//! Products that a sentence implies: 20人……人均24万元/年，总资金800万元.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::Money;
use crate::reading::words::COUNTS;
use crate::reading::{Amount, Role, Token, clause, sentence};

/// How many numbers before a price may have to do with it. What is tried grows with the third power of this.
const NEAR: usize = 24;

/// A count and a price that do not give the amount stated for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implied {
    /// The token of the count.
    pub count: usize,
    /// The token of the price.
    pub price: usize,
    /// The token of the amount that is stated.
    pub stated: usize,
    /// What count and price give.
    pub value: Money,
}

/// Every product of a text that differs from the amount its sentence goes on to state.
pub fn implied(text: &str, tokens: &[Token], roles: &[Option<Role>]) -> Vec<Implied> {
    let prices = roles.iter().enumerate().filter(|(_, role)| **role == Some(Role::Price));
    prices.filter_map(|(price, _)| Reader { text, tokens, roles, price }.read()).collect()
}

struct Reader<'r> {
    text: &'r str,
    tokens: &'r [Token],
    roles: &'r [Option<Role>],
    price: usize,
}

impl Reader<'_> {
    fn read(&self) -> Option<Implied> {
        let token = self.tokens.get(self.price)?;
        let price = token.amount()?;
        let stated = self.stated(token.range.end)?;
        let (stated_at, stated_amount) = stated;
        let counts = self.counts(price, self.tokens.get(stated_at)?.range.start);
        let (count, number) = counts.iter().copied().max_by_key(|(_, number)| *number)?;
        let value = price.money.times(number)?;
        if self.explained(price, &counts, stated_amount) {
            return None;
        }
        Some(Implied { count, price: self.price, stated: stated_at, value })
    }

    /// The tokens of the line from shortly before the price on.
    fn near(&self) -> impl Iterator<Item = (usize, &Token)> {
        let from = self.price.saturating_sub(NEAR);
        let start = |at: usize| self.tokens.get(at).map_or(0, |token| token.range.start);
        let before = self.text.get(start(from)..start(self.price)).unwrap_or("");
        let line = start(from) + before.rfind('\n').unwrap_or(0);
        self.tokens.iter().enumerate().skip(from).filter(move |(_, token)| token.range.start >= line)
    }

    /// The total that the sentence of the price goes on to state.
    fn stated(&self, from: usize) -> Option<(usize, &Amount)> {
        let end = sentence(self.text, from).end;
        let next = self.tokens.iter().enumerate().skip(self.price + 1);
        let (at, token) = next
            .take_while(|(_, token)| token.range.end <= end)
            .find(|(_, token)| token.amount().is_some())?;
        matches!(self.roles.get(at), Some(Some(Role::Total(_)))).then_some(())?;
        token.amount().map(|amount| (at, amount))
    }

    /// Numbers of what the price is for one of, in the line of the price and before the amount, which begins at `to`.
    fn counts(&self, price: &Amount, to: usize) -> Vec<(usize, Decimal)> {
        let tokens = self.near().take_while(|(_, token)| token.range.end <= to);
        let counted = tokens.filter_map(|(at, token)| {
            let number = token.number()?;
            let after = self.text.get(token.range.end..)?.trim_start_matches(' ').to_ascii_lowercase();
            let before = self.text.get(clause(self.text, token.range.start).start..token.range.start)?;
            let fits = price.per.iter().filter(|unit| !unit.is_empty()).any(|unit| {
                after.starts_with(unit.as_str())
                    || (COUNTS.persons.contains(unit)
                        && COUNTS.persons.iter().any(|own| after.starts_with(own.as_str())))
            });
            // 其中5人 are some of those that the price is paid for; in 其中保障费按300人 the fee is what is one of several.
            let some = before.rsplit_once("其中").is_some_and(|(_, what)| what.chars().count() <= 4);
            (fits && number > Decimal::ONE && !some).then_some((at, number))
        });
        counted.collect()
    }

    /// Whether the stated amount follows from some count, with other numbers and amounts of the line.
    fn explained(&self, price: &Amount, counts: &[(usize, Decimal)], stated: &Amount) -> bool {
        let mut numbers = BTreeSet::from([Decimal::ONE, Decimal::from(12)]);
        let mut others = vec![Money::ZERO];
        for (at, token) in self.near().take_while(|(at, _)| *at <= self.price) {
            numbers.extend(token.number());
            if let (Some(amount), Some(Some(Role::Plain | Role::Price | Role::Total(_)))) =
                (token.amount(), self.roles.get(at))
                && at != self.price
            {
                others.push(amount.money);
            }
        }
        let all = Money::sum(others.iter().copied());
        others.extend(all);
        let counts: BTreeSet<Decimal> = counts.iter().map(|(_, count)| *count).collect();
        let products: BTreeSet<Money> = counts
            .iter()
            .flat_map(|count| numbers.iter().filter_map(|number| price.money.times(*count)?.times(*number)))
            .collect();
        products.iter().any(|product| {
            let mut sums = others.iter().filter_map(|other| product.plus(*other));
            sums.any(|sum| super::meets(stated, sum).is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{read, roles};

    fn found(text: &str) -> Vec<String> {
        let tokens = read(text);
        let roles = roles(text, &tokens);
        implied(text, &tokens, &roles).iter().map(|one| one.value.to_string()).collect()
    }

    #[test]
    fn a_count_and_a_price_that_do_not_give_the_total_are_found() {
        let text = "服务商派驻不少于20人的团队，其中一人为组长。提供7×24小时值守，人均约24万元/年，项目总资金为800万元。";
        assert_eq!(found(text), ["480万元"]);
        assert_eq!(found("聘请20人，每人每年24万元，共计800万元。"), ["480万元"]);
        assert_eq!(found("预算40万元，其中保障人员费用按300人、每人200元计，共8万元。"), ["6万元"]);
        assert_eq!(found("检查13家，每家4万元，合计60万元。"), ["52万元"]);
    }

    #[test]
    fn what_other_figures_explain_is_right() {
        for text in [
            "不少于4人的团队，人均约20万元/年，项目总资金为80万元。",
            "内部检查单次6万；街道园区不少于13家，每家4万，项目资金共计为58万。",
            "聘用2人，每人每月5000元，共计12万元。",
            "20人工作2年，每人每年24万元，共计960万元。",
            "每月普查2次，单次5000元，全年24次，共计12万元。",
            "20人的团队提供服务，预算合计800万元。",
            "每人每年24万元。",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
