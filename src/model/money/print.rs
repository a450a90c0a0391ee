//! How an amount is printed: in 元, 万元 and 亿元, in English, and as a person would type it.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Money;

const ENGLISH_UNITS: [(&str, u32); 2] = [(" billion", 9), (" million", 6)];

impl Money {
    /// 元 with separators and two decimals, as forms print it: `10,180,000.00`.
    pub fn form(self) -> String {
        grouped(&self.fixed(self.0, 2))
    }

    /// In a unit, which is a power of ten, with at least so many decimals, and more down to the 分: `1,018.00` 万元.
    pub fn in_table(self, power: u32, decimals: u32, grouping: bool) -> String {
        let Ok(value) = Decimal::try_from_i128_with_scale(self.0.mantissa(), self.0.scale() + power) else {
            return self.exact_form();
        };
        let digits = self.fixed(value, value.normalize().scale().min(power + 2).max(decimals));
        if grouping { grouped(&digits) } else { digits }
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
        super::super::capital::capital(self.0)
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

/// A printed amount with separators: `22,614.51万元`.
pub fn with_separators(printed: &str) -> String {
    let end = printed.find(|ch: char| !ch.is_ascii_digit() && ch != '.').unwrap_or(printed.len());
    let (digits, unit) = printed.split_at(end);
    format!("{}{unit}", grouped(digits))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn each_printer_has_its_shape() {
        let total = money("1018万元");
        assert_eq!(total.form(), "10,180,000.00");
        assert_eq!(money("4790.53元").percent(Decimal::from(50)).unwrap().exact_form(), "2,395.265");
        assert_eq!(total.in_table(4, 2, true), "1,018.00");
        assert_eq!(money("330769元").in_table(4, 2, false), "33.0769");
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
}
