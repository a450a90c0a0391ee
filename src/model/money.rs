//! Amounts of money: exact, in 元, read only with a unit.

mod print;

use rust_decimal::{Decimal, RoundingStrategy};

pub use print::{in_one_unit, with_separators};

use crate::lang::narrow;

/// An exact, non-negative amount in 元. Sums and products that do not fit exactly are refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// Why an amount cannot be read. Each carries what was probably meant, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing is written.
    Empty,
    /// A number without a unit.
    NoUnit(String),
    /// The number has a unit that is not 元, 万元 or 亿元; `Some` where the meaning is plain (万 is 万元).
    BadUnit(String, Option<String>),
    /// Digits or punctuation of full width.
    FullWidth(String),
    /// A minus sign.
    Negative,
    /// Less than a 分 (0.01 元).
    FractionOfFen,
    /// Thousands separators that do not stand every three digits.
    BadGrouping(String),
    /// Not a number at all.
    NotANumber,
    /// Larger than [`Money::MAX_YUAN`].
    TooLarge,
}

const UNITS: [(&str, u32); 3] = [("亿元", 8), ("万元", 4), ("元", 0)];

impl Money {
    /// No money.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// The largest amount that a file may state, 一万万亿元: far above any budget, and exact in every product.
    pub const MAX_YUAN: i64 = 10_000_000_000_000_000;

    /// Takes an amount in 元.
    pub fn from_yuan(yuan: Decimal) -> Option<Money> {
        (!yuan.is_sign_negative() || yuan.is_zero()).then_some(Money(yuan.normalize()))
    }

    /// The amount in 元.
    pub fn yuan(self) -> Decimal {
        self.0
    }

    /// Whether it is 0 元.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Reads `80万元`, `319369元`, `1,018万元`, `3.2亿元`; spaces around number and unit are allowed.
    pub fn parse(text: &str) -> Result<Money, AmountError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let narrow = half_width(text);
        if narrow != text {
            return Err(match Money::parse(&narrow) {
                Ok(_) => AmountError::FullWidth(narrow),
                Err(other) => other,
            });
        }
        if text.starts_with(['-', '−', '－']) {
            return Err(AmountError::Negative);
        }
        let split = text
            .find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',' | '_'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let (number, unit) = (number.trim(), unit.trim());
        let mixed = unit.contains(|ch: char| ch.is_ascii_digit())
            || (unit.starts_with(|ch: char| ch.is_ascii_alphabetic()) && unit.ends_with('元'));
        if mixed || !number.starts_with(|ch: char| ch.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        if unit.is_empty() {
            return Err(AmountError::NoUnit(number.to_owned()));
        }
        let Some((_, power)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(AmountError::BadUnit(unit.to_owned(), meant_unit(number, unit)));
        };
        Money::in_unit(number, unit, *power)
    }

    fn in_unit(number: &str, unit: &str, power: u32) -> Result<Money, AmountError> {
        let plain: String = number.chars().filter(|ch| *ch != ',').collect();
        if plain.ends_with('.') || plain.matches('.').count() > 1 || plain.contains('_') {
            return Err(AmountError::NotANumber);
        }
        if !well_grouped(number) {
            return Err(AmountError::BadGrouping(format!("{plain}{unit}")));
        }
        let value = Decimal::from_str_exact(&plain).map_err(|error| match error {
            rust_decimal::Error::Underflow | rust_decimal::Error::ScaleExceedsMaximumPrecision(_) => {
                AmountError::FractionOfFen
            }
            // Digits and at most one point: what else can be wrong is their number.
            _ => AmountError::TooLarge,
        })?;
        let yuan = value.checked_mul(Decimal::from(10_u64.pow(power))).ok_or(AmountError::TooLarge)?;
        let yuan = yuan.normalize();
        if yuan.scale() > 2 {
            return Err(AmountError::FractionOfFen);
        }
        if yuan > Decimal::from(Money::MAX_YUAN) {
            return Err(AmountError::TooLarge);
        }
        Ok(Money(yuan))
    }

    /// The exact sum; `None` when it does not fit.
    pub fn plus(self, other: Money) -> Option<Money> {
        let scale = self.0.scale().max(other.0.scale());
        let sum = mantissa_at(self.0, scale)?.checked_add(mantissa_at(other.0, scale)?)?;
        exact(sum, scale)
    }

    /// The exact difference; `None` when it is negative.
    pub fn minus(self, other: Money) -> Option<Money> {
        let scale = self.0.scale().max(other.0.scale());
        let rest = mantissa_at(self.0, scale)?.checked_sub(mantissa_at(other.0, scale)?)?;
        if rest < 0 { None } else { exact(rest, scale) }
    }

    /// How far two amounts are apart; zero when that does not fit.
    pub fn apart(self, other: Money) -> Money {
        self.minus(other).or_else(|| other.minus(self)).unwrap_or(Money::ZERO)
    }

    /// The exact product with a number that has no unit; `None` when it does not fit.
    pub fn times(self, factor: Decimal) -> Option<Money> {
        let (amount, factor) = (self.0.normalize(), factor.normalize());
        let product = amount.mantissa().checked_mul(factor.mantissa())?;
        exact(product, amount.scale().checked_add(factor.scale())?)
    }

    /// The exact share of `percent` in a hundred.
    pub fn percent(self, percent: Decimal) -> Option<Money> {
        let hundredth = Decimal::try_from_i128_with_scale(percent.mantissa(), percent.scale() + 2).ok()?;
        self.times(hundredth)
    }

    /// The exact sum of many; `None` when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
        amounts.into_iter().try_fold(Money::ZERO, Money::plus)
    }

    /// Rounds to a multiple of `step`, half away from zero; a step of zero leaves the amount as it is.
    pub fn round_to(self, step: Money) -> Option<Money> {
        if step.is_zero() {
            return Some(self);
        }
        let steps =
            self.0.checked_div(step.0)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Money(steps).times(step.0)
    }
}

fn mantissa_at(value: Decimal, scale: u32) -> Option<i128> {
    value.mantissa().checked_mul(10_i128.checked_pow(scale.checked_sub(value.scale())?)?)
}

fn exact(mantissa: i128, scale: u32) -> Option<Money> {
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|value| Money(value.normalize()))
}

/// Whether the separators of `number`, if any, stand every three digits before the point.
fn well_grouped(number: &str) -> bool {
    let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = integer.split(',');
    let first = groups.next().unwrap_or("");
    let separated = integer.contains(',');
    !fraction.contains(',')
        && !first.is_empty()
        && (!separated || first.len() <= 3)
        && groups.all(|group| group.len() == 3)
}

/// What a unit that is no unit probably means, as the whole amount.
fn meant_unit(number: &str, unit: &str) -> Option<String> {
    let meant = match unit {
        "万" | "萬" | "萬元" | "万 元" | "万人民币" | "万元整" => "万元",
        "亿" | "億" | "億元" => "亿元",
        "块" | "圆" | "元整" | "人民币" | "RMB" | "CNY" | "yuan" => "元",
        _ => return None,
    };
    Some(format!("{number}{meant}"))
}

/// The text with digits, point, comma and minus of full width made narrow.
pub(super) fn half_width(text: &str) -> String {
    let of_number = |ch: char| matches!(ch, '０'..='９' | '．' | '，' | '－');
    text.chars().map(|ch| if of_number(ch) { narrow(ch) } else { ch }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn amounts_are_read_with_their_unit() {
        assert_eq!(money("80万元").yuan(), Decimal::from(800_000));
        assert_eq!(money("1,018万元"), money("10180000元"));
        assert_eq!(money(" 1.61 万元 "), money("16100元"));
        assert_eq!(money("3.2亿元"), money("320,000,000.00元"));
        assert_eq!(money("0元"), Money::ZERO);
    }

    #[test]
    fn what_is_no_amount_says_what_was_meant() {
        use AmountError::*;
        let cases = [
            ("", Empty),
            ("80", NoUnit("80".into())),
            ("80万", BadUnit("万".into(), Some("80万元".into()))),
            ("80美元", BadUnit("美元".into(), None)),
            ("８０万元", FullWidth("80万元".into())),
            ("-80万元", Negative),
            ("－80万元", Negative),
            ("0.001元", FractionOfFen),
            ("0.0000001万元", FractionOfFen),
            ("10,18万元", BadGrouping("1018万元".into())),
            ("1.5,00万元", BadGrouping("1.500万元".into())),
            ("1.万元", NotANumber),
            ("1.2.3万元", NotANumber),
            ("八十万元", NotANumber),
            ("约80万元", NotANumber),
            ("20-30万元", NotANumber),
            ("96OO元", NotANumber),
            (".5万元", NotANumber),
            ("99999999999亿元", TooLarge),
            ("99999999999999999999999999999999999元", TooLarge),
            ("999999999999999999999999999999999999999999999999元", TooLarge),
        ];
        for (text, error) in cases {
            assert_eq!(Money::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        let step = money("100元");
        assert_eq!(money("330769元").round_to(step), Some(money("330800元")));
        assert_eq!(money("330750元").round_to(step), Some(money("330800元")));
        assert_eq!(money("330749.99元").round_to(step), Some(money("330700元")));
    }

    #[test]
    fn what_does_not_fit_is_refused_not_rounded() {
        let cent = Money(Decimal::new(1, 2));
        let tiny = cent.times(Decimal::new(1, 20));
        assert!(tiny.is_some());
        assert_eq!(Money(Decimal::MAX).plus(cent), None);
        assert_eq!(Money(Decimal::MAX).times(Decimal::TWO), None);
        assert_eq!(tiny.and_then(|tiny| tiny.times(Decimal::new(1, 20))), None);
        assert_eq!(Money::ZERO.minus(cent), None);
    }
}
