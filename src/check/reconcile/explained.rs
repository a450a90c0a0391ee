//! Whether the other amounts, numbers and percentages of a text give one of its amounts.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Judge, meets};
use crate::model::Money;
use crate::reading::{Amount, Kind, Role, Token};

/// How many amounts before or behind one are tried as its summands.
const MOST_SUMMED: usize = 40;
/// How many numbers before or behind an amount, in its line, may have to do with it.
const BESIDE: usize = 100;

impl Judge<'_> {
    /// Whether other amounts of the text, or of the declaration, give this one.
    pub(super) fn explained(&self, index: usize, amount: &Amount) -> bool {
        if self.facts.may_give(amount) || self.is_product(amount) || self.stated.contains(&index) {
            return true;
        }
        let (back, ahead) = (self.neighbours(index, false), self.neighbours(index, true));
        self.runs_to(amount, &back)
            || self.runs_to(amount, &ahead)
            || self.product_nearby(index, amount)
            || self.share_nearby(index, amount)
            || self.in_breakdown(index)
    }

    /// Whether a product that is written out comes to this amount.
    fn is_product(&self, amount: &Amount) -> bool {
        // Two amounts meet within a unit of the last digit, or within 100元.
        let reach = amount.coarse.max(amount.step).max(Decimal::ONE_HUNDRED);
        let yuan = amount.money.yuan();
        let from = self.values.partition_point(|value| value.yuan() < yuan - reach);
        let near = self.values.iter().skip(from).take_while(|value| value.yuan() <= yuan + reach);
        near.into_iter().any(|value| meets(amount, *value).is_some())
    }

    /// The tokens of an amount's line that stand near it.
    fn beside(&self, index: usize) -> Range<usize> {
        let ends = |at: &usize| {
            let (one, next) = (self.tokens.get(*at), self.tokens.get(at + 1));
            let gap = one.zip(next).and_then(|(one, next)| self.text.get(one.range.end..next.range.start));
            gap.is_none_or(|gap| gap.contains('\n'))
        };
        let first = index.saturating_sub(BESIDE);
        let first = (first..index).rev().find(ends).map_or(first, |at| at + 1);
        let last = (index..index + BESIDE).find(ends).unwrap_or(index + BESIDE);
        first..last + 1
    }

    /// These tokens with their roles.
    fn here(&self, index: usize) -> impl Iterator<Item = (usize, &Token, &Option<Role>)> {
        let tokens = self.beside(index);
        tokens.filter_map(|at| Some((at, self.tokens.get(at)?, self.roles.get(at)?)))
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
    fn product_nearby(&self, index: usize, amount: &Amount) -> bool {
        let prices = self.here(index).filter(|(_, _, role)| **role == Some(Role::Price));
        let mut prices = prices.filter_map(|(_, token, _)| token.amount()).take(MOST_SUMMED);
        let numbers: Vec<Decimal> =
            self.here(index).filter_map(|(_, token, _)| token.number()).take(MOST_SUMMED).collect();
        prices.any(|price| {
            let mut products = numbers.iter().filter_map(|number| price.money.times(*number));
            products.any(|value| meets(amount, value).is_some())
        })
    }

    /// Whether a percentage of the line, of an amount of the ledger or of the line, is this amount.
    fn share_nearby(&self, index: usize, amount: &Amount) -> bool {
        let shares = self.here(index).filter_map(|(_, token, _)| match token.kind {
            Kind::Percent(percent) => Some(percent),
            _ => None,
        });
        let shares: Vec<Decimal> = shares.take(MOST_SUMMED).collect();
        if shares.is_empty() {
            return false;
        }
        let stated = self.here(index).filter_map(|(_, token, _)| Some(token.amount()?.money));
        let bases: Vec<Money> =
            stated.take(MOST_SUMMED).chain(self.facts.named.iter().map(|known| known.money)).collect();
        shares.iter().any(|percent| {
            let mut of_bases = bases.iter().filter_map(|base| base.percent(*percent));
            of_bases.any(|share| meets(amount, share).is_some())
        })
    }

    /// Whether it stands in a row of amounts of its line that add up to one of the ledger or to one beside the row:
    /// a text may go into more detail than the costs do.
    fn in_breakdown(&self, index: usize) -> bool {
        let row = self.here(index).filter_map(|(at, token, role)| match role {
            Some(Role::Plain | Role::Total(_)) => Some((at, token.amount()?)),
            _ => None,
        });
        let row: Vec<(usize, &Amount)> = row.collect();
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
