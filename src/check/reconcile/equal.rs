//! When an amount as written stands for an exact one.

use rust_decimal::Decimal;

use crate::model::Money;
use crate::reading::{Amount, Sense};

/// How a written amount meets an exact one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meets {
    /// To the 分.
    Exactly,
    /// As far as its decimals or its 约 allow.
    Nearly,
}

/// Platforms compare to 0.01万元.
const TOLERANCE: i64 = 100;

/// Compares a written amount with an exact one.
///
/// They may differ by 0.01万元 where the text has fewer decimals than the exact amount needs; in 亿元 or millions two
/// decimals are a rounding; a word such as 约 allows what its last digit that is not zero leaves open.
pub fn meets(stated: &Amount, exact: Money) -> Option<Meets> {
    let (written, exact) = (stated.money.yuan(), exact.yuan());
    if written == exact {
        return Some(Meets::Exactly);
    }
    let gap = written.max(exact) - written.min(exact);
    let half = |unit: Decimal| unit / Decimal::TWO;
    let finer = !stated.step.is_zero() && !(exact % stated.step).is_zero();
    if finer && gap <= Decimal::from(TOLERANCE) {
        return Some(Meets::Nearly);
    }
    let large = stated.large_unit && stated.step <= written / Decimal::ONE_HUNDRED;
    if finer && large && gap <= half(stated.step) {
        return Some(Meets::Nearly);
    }
    let near = match stated.about.as_ref().map(|about| about.sense)? {
        Sense::Near => gap <= half(stated.coarse),
        Sense::Below => exact < written && gap < stated.coarse,
        Sense::Above => exact > written && gap < stated.coarse,
    };
    // 约800万元 may stand for 835, but nothing for less than half of itself.
    (near && gap * Decimal::TEN <= written).then_some(Meets::Nearly)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::read;

    fn compare(stated: &str, exact: &str) -> Option<Meets> {
        let tokens = read(stated);
        meets(tokens.iter().find_map(|token| token.amount()).unwrap(), Money::parse(exact).unwrap())
    }

    #[test]
    fn a_hundred_yuan_are_allowed_only_where_decimals_are_missing() {
        assert_eq!(compare("33.08万元", "330800元"), Some(Meets::Exactly));
        assert_eq!(compare("33.08万元", "330769元"), Some(Meets::Nearly));
        assert_eq!(compare("33万元", "330769元"), None);
        assert_eq!(compare("330800元", "330769元"), None);
        assert_eq!(compare("835.74万元", "704.42万元"), None);
        assert_eq!(compare("33.07万元", "33.08万元"), None);
    }

    #[test]
    fn about_and_large_units_allow_a_rounding() {
        assert_eq!(compare("约33万元", "330769元"), Some(Meets::Nearly));
        assert_eq!(compare("近100万元", "99.2万元"), Some(Meets::Nearly));
        assert_eq!(compare("1000余万元", "1018万元"), Some(Meets::Nearly));
        assert_eq!(compare("CNY 10.18 million", "1018.42万元"), Some(Meets::Nearly));
        assert_eq!(compare("约800万元", "480万元"), None);
        assert_eq!(compare("1.02亿元", "1.018亿元"), Some(Meets::Nearly));
        assert_eq!(compare("1亿元", "1.018亿元"), None);
    }
}
