//! Amounts of money: exact, in 元, read only with a unit.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

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

const ENGLISH_UNITS: [(&str, u32); 2] = [(" billion", 9), (" million", 6)];

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

    /// 元 with separators and two decimals, as forms print it: `10,180,000.00`.
    pub fn form(self) -> String {
        grouped(&self.fixed(self.0, 2))
    }

    /// 元 with separators, at least two decimals and all that there are, as derivations print it: `4,790.535`.
    pub fn exact_form(self) -> String {
        let decimals = self.0.normalize().scale().max(2);
        grouped(&self.fixed(self.0, decimals))
    }

    /// 元 without trailing zeros: `319369元`.
    pub fn in_yuan(self) -> String {
        format!("{}元", self.0.normalize())
    }

    /// 万元 without trailing zeros (`1018万元`), or with so many decimals (`1808.10万元`).
    pub fn in_wan(self, decimals: Option<u32>) -> String {
        self.scaled(4, "万元", decimals)
    }

    /// 亿元 without trailing zeros, or with so many decimals.
    pub fn in_yi(self, decimals: Option<u32>) -> String {
        self.scaled(8, "亿元", decimals)
    }

    fn scaled(self, power: u32, unit: &str, decimals: Option<u32>) -> String {
        let Ok(value) = Decimal::try_from_i128_with_scale(self.0.mantissa(), self.0.scale() + power) else {
            return self.in_yuan();
        };
        match decimals {
            Some(decimals) => format!("{}{unit}", self.fixed(value, decimals)),
            None => format!("{}{unit}", value.normalize()),
        }
    }

    fn fixed(self, value: Decimal, decimals: u32) -> String {
        let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        format!("{rounded:.*}", usize::try_from(decimals).unwrap_or(0))
    }

    /// 大写, as cheques and contracts have it: `壹仟零壹拾捌万元整`.
    pub fn capital(self) -> String {
        super::capital::capital(self.0)
    }

    /// How many decimals it needs in a unit, which is a power of ten.
    pub fn decimals_in(self, power: u32) -> u32 {
        Decimal::try_from_i128_with_scale(self.0.mantissa(), self.0.scale() + power)
            .map_or(0, |value| value.normalize().scale())
    }

    /// English: `CNY 10.18 million`, and in full where that would take more than four decimals or be under a million.
    pub fn english(self) -> String {
        self.english_with(0)
    }

    /// The unit in which English states it, as a power of ten, and the decimals that it needs there.
    pub fn english_unit(self) -> (u32, u32) {
        let large = ENGLISH_UNITS
            .iter()
            .map(|(_, power)| *power)
            .find(|power| self.0 >= Decimal::from(10_u64.pow(*power)) && self.decimals_in(*power) <= 4);
        match large {
            Some(power) => (power, self.decimals_in(power)),
            None => (0, if self.decimals_in(0) == 0 { 0 } else { 2 }),
        }
    }

    /// English, with at least so many decimals in its unit: `CNY 10.00 million`.
    pub fn english_with(self, decimals: u32) -> String {
        let (power, own) = self.english_unit();
        let decimals = decimals.max(own);
        let Ok(value) = Decimal::try_from_i128_with_scale(self.0.mantissa(), self.0.scale() + power) else {
            return self.english_full();
        };
        let unit = ENGLISH_UNITS.iter().find(|(_, own)| *own == power).map_or("", |(name, _)| name);
        format!("CNY {}{unit}", grouped(&self.fixed(value, decimals)))
    }

    /// English, to the last 分: `CNY 319,369`.
    pub fn english_full(self) -> String {
        let amount = self.0.normalize();
        let digits = if amount.scale() == 0 { amount.to_string() } else { self.fixed(amount, 2) };
        format!("CNY {}", grouped(&digits))
    }
}

impl fmt::Display for Money {
    /// As a person would type it: 万元 from one 万元 on where two decimals are enough, else 元.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wan = self.0 >= Decimal::from(10_000) && (self.0 % Decimal::ONE_HUNDRED).is_zero();
        f.write_str(&if wan { self.in_wan(None) } else { self.in_yuan() })
    }
}

/// Amounts as a person would type them, all in one unit, so that they compare at sight.
pub fn in_one_unit<const N: usize>(amounts: [Money; N]) -> [String; N] {
    let of_wan = |money: &Money| money.is_zero() || money.to_string().ends_with("万元");
    let wan = amounts.iter().all(of_wan);
    amounts.map(|money| if wan { money.in_wan(None) } else { money.in_yuan() })
}

fn mantissa_at(value: Decimal, scale: u32) -> Option<i128> {
    value.mantissa().checked_mul(10_i128.checked_pow(scale.checked_sub(value.scale())?)?)
}

fn exact(mantissa: i128, scale: u32) -> Option<Money> {
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|value| Money(value.normalize()))
}

/// Puts a comma before every third digit of the integer part.
fn grouped(digits: &str) -> String {
    let (integer, fraction) = match digits.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (digits, None),
    };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
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
    text.chars()
        .map(|ch| match ch {
            '０'..='９' => char::from_u32(u32::from(ch) - 0xFF10 + 0x30).unwrap_or(ch),
            '．' => '.',
            '，' => ',',
            '－' => '-',
            _ => ch,
        })
        .collect()
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
    fn each_printer_has_its_shape() {
        let total = money("1018万元");
        assert_eq!(total.form(), "10,180,000.00");
        assert_eq!(money("4790.53元").percent(Decimal::from(50)).unwrap().exact_form(), "2,395.265");
        assert_eq!(total.in_wan(None), "1018万元");
        assert_eq!(total.in_wan(Some(2)), "1018.00万元");
        assert_eq!(total.in_yuan(), "10180000元");
        assert_eq!(total.in_yi(None), "0.1018亿元");
        assert_eq!(total.english(), "CNY 10.18 million");
        assert_eq!(total.english_full(), "CNY 10,180,000");
        assert_eq!(total.to_string(), "1018万元");
        assert_eq!(money("330769元").to_string(), "330769元");
        assert_eq!(money("330769元").english(), "CNY 330,769");
        assert_eq!(money("1234567.5元").english(), "CNY 1,234,567.50");
        assert_eq!(money("32亿元").english(), "CNY 3.2 billion");
        assert_eq!(Money::ZERO.form(), "0.00");
        assert_eq!(Money::ZERO.in_wan(None), "0万元");
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
