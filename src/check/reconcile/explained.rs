//! Whether the other amounts, numbers and percentages of a text give one of its amounts.

use super::{Judge, meets};
use crate::model::Money;
use crate::reading::{Amount, Kind, Role, Token, line};

/// How many amounts before or behind one are tried as its summands.
const MOST_SUMMED: usize = 40;

impl Judge<'_> {
    /// Whether other amounts of the text, or of the declaration, give this one.
    pub(super) fn explained(&self, index: usize, token: &Token, amount: &Amount) -> bool {
        if self.facts.may_give(amount) {
            return true;
        }
        if self.products.iter().any(|product| meets(amount, product.value).is_some())
            || self.implied.iter().any(|implied| implied.stated == index)
        {
            return true;
        }
        let (back, ahead) = (self.neighbours(index, false), self.neighbours(index, true));
        self.runs_to(amount, &back)
            || self.runs_to(amount, &ahead)
            || self.product_nearby(token, amount)
            || self.share_nearby(token, amount)
            || self.in_breakdown(index, token)
    }

    /// Up to so many amounts before or behind one, the nearest first; prices and bounds are no summands.
    fn neighbours(&self, index: usize, ahead: bool) -> Vec<Money> {
        let own = |at: usize| match self.roles.get(at)? {
            Some(Role::Plain | Role::Total(_)) => Some(self.tokens.get(at)?.amount()?.money),
            _ => None,
        };
        if ahead {
            (index + 1..self.tokens.len()).filter_map(own).take(MOST_SUMMED).collect()
        } else {
            (0..index).rev().filter_map(own).take(MOST_SUMMED).collect()
        }
    }

    /// Whether the nearest amounts, taken together, are this one, or the two nearest differ by it.
    fn runs_to(&self, amount: &Amount, amounts: &[Money]) -> bool {
        if let [first, second, ..] = amounts
            && let Some(difference) = first.minus(*second).or_else(|| second.minus(*first))
            && meets(amount, difference).is_some()
        {
            return true;
        }
        let mut sum = Money::ZERO;
        amounts.iter().enumerate().any(|(count, money)| {
            let Some(longer) = sum.plus(*money) else { return false };
            sum = longer;
            count > 0 && meets(amount, sum).is_some()
        })
    }

    /// Whether a price of the line times a number of the line is this amount.
    fn product_nearby(&self, token: &Token, amount: &Amount) -> bool {
        let line = line(self.text, token.range.start);
        let here = |token: &&Token| token.range.start >= line.start && token.range.end <= line.end;
        let tokens = || self.tokens.iter().zip(self.roles).filter(|(token, _)| here(token));
        let prices =
            tokens().filter(|(_, role)| **role == Some(Role::Price)).filter_map(|(token, _)| token.amount());
        let mut prices = prices.take(MOST_SUMMED);
        prices.any(|price| {
            let mut numbers = tokens().filter_map(|(token, _)| token.number()).take(MOST_SUMMED);
            numbers
                .any(|number| price.money.times(number).is_some_and(|value| meets(amount, value).is_some()))
        })
    }

    /// Whether a percentage of the line, of an amount of the ledger or of the line, is this amount.
    fn share_nearby(&self, token: &Token, amount: &Amount) -> bool {
        let line = line(self.text, token.range.start);
        let here = |token: &&Token| token.range.start >= line.start && token.range.end <= line.end;
        let bases = || {
            let stated = self.tokens.iter().filter(here).filter_map(|token| Some(token.amount()?.money));
            stated.take(MOST_SUMMED).chain(self.facts.named.iter().map(|known| known.money))
        };
        let shares = self.tokens.iter().filter(here).filter_map(|token| match token.kind {
            Kind::Percent(percent) => Some(percent),
            _ => None,
        });
        shares.take(MOST_SUMMED).any(|percent| {
            bases().filter_map(|base| base.percent(percent)).any(|share| meets(amount, share).is_some())
        })
    }

    /// Whether it stands in a row of amounts of its line that add up to one of the ledger or to one beside the row:
    /// a text may go into more detail than the costs do.
    fn in_breakdown(&self, index: usize, token: &Token) -> bool {
        let line = line(self.text, token.range.start);
        let mut row: Vec<(usize, &Amount)> = Vec::new();
        for (at, (token, role)) in self.tokens.iter().zip(self.roles).enumerate() {
            let inside = token.range.start >= line.start && token.range.end <= line.end;
            if let (true, Some(Role::Plain | Role::Total(_)), Some(amount)) = (inside, role, token.amount()) {
                row.push((at, amount));
            }
        }
        let Some(place) = row.iter().position(|(at, _)| *at == index) else { return false };
        let first = place.saturating_sub(MOST_SUMMED);
        (first..=place).any(|from| {
            let mut sum = Money::ZERO;
            row.iter().enumerate().skip(from).take(MOST_SUMMED).any(|(to, (_, amount))| {
                let Some(longer) = sum.plus(amount.money) else { return false };
                sum = longer;
                if to < place || to == from {
                    return false;
                }
                let beside = [from.checked_sub(1), Some(to + 1)];
                let beside = beside.into_iter().flatten().filter_map(|at| row.get(at));
                self.facts.named.iter().any(|known| known.money == sum)
                    || beside.into_iter().any(|(_, amount)| amount.money == sum)
            })
        })
    }
}
