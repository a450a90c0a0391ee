//! 指标值: a sign or a range with number and unit, or words. `reading::target` reads it.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::Text;
use crate::lang::Lang;

/// How the value is compared with the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Sign {
    /// ≥
    #[serde(rename = ">=")]
    AtLeast,
    /// ≤
    #[serde(rename = "<=")]
    AtMost,
    /// =
    #[serde(rename = "=")]
    Equal,
    /// >
    #[serde(rename = ">")]
    MoreThan,
    /// <
    #[serde(rename = "<")]
    LessThan,
}

impl Sign {
    /// The sign as forms print it.
    pub fn symbol(self) -> char {
        match self {
            Sign::AtLeast => '≥',
            Sign::AtMost => '≤',
            Sign::Equal => '=',
            Sign::MoreThan => '>',
            Sign::LessThan => '<',
        }
    }
}

/// What a measured value is compared with. Numbers keep the decimals that were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// `≥ 90.00`
    One(Sign, Decimal),
    /// `4～6`: from the lower to the higher, both included.
    Range(Decimal, Decimal),
}

impl Figure {
    /// The numbers, the lower first.
    pub fn numbers(self) -> impl Iterator<Item = Decimal> {
        let (first, second) = match self {
            Figure::One(_, number) => (number, None),
            Figure::Range(low, high) => (low, Some(high)),
        };
        std::iter::once(first).chain(second)
    }

    /// The lowest value that meets it; `None` when there is no limit downwards.
    pub fn least(self) -> Option<Decimal> {
        match self {
            Figure::One(Sign::AtLeast | Sign::MoreThan | Sign::Equal, number) | Figure::Range(number, _) => {
                Some(number)
            }
            Figure::One(Sign::AtMost | Sign::LessThan, _) => None,
        }
    }

    /// The highest value that meets it; `None` when there is no limit upwards.
    pub fn most(self) -> Option<Decimal> {
        match self {
            Figure::One(Sign::AtMost | Sign::LessThan | Sign::Equal, number) | Figure::Range(_, number) => {
                Some(number)
            }
            Figure::One(Sign::AtLeast | Sign::MoreThan, _) => None,
        }
    }

    /// As forms print it, without the unit: `≥90.00`, `4.00～6.00`, in English `4.00–6.00`.
    pub fn printed(self, lang: Lang) -> String {
        self.with(lang, fixed_number)
    }

    /// The same with the decimals that were typed: `≥90`, `4～6`.
    pub fn typed(self, lang: Lang) -> String {
        self.with(lang, |number| number.to_string())
    }

    fn with(self, lang: Lang, print: impl Fn(Decimal) -> String) -> String {
        match self {
            Figure::One(sign, number) => format!("{}{}", sign.symbol(), print(number)),
            Figure::Range(low, high) => {
                // A dash after or before a minus would be read as another minus.
                let mark = if lang == Lang::Zh || low.is_sign_negative() { '～' } else { '–' };
                format!("{}{mark}{}", print(low), print(high))
            }
        }
    }
}

/// A target with a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// What the value is compared with.
    pub figure: Figure,
    /// The unit in the language that is read first, Chinese where it is given; empty when there is none.
    pub unit: String,
    /// The unit in English, where an English target is given beside the Chinese one.
    pub unit_en: Option<String>,
    /// The target as typed.
    pub text: Text,
}

impl Measured {
    /// The unit as typed for a language.
    pub fn unit_in(&self, lang: Lang) -> &str {
        self.unit_en.as_deref().filter(|_| lang == Lang::En).unwrap_or(&self.unit)
    }
}

/// A target: measured, or stated in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `≥ 90.00 %`, `4～6 次`
    Measured(Measured),
    /// 良好
    Stated(Text),
}

impl Target {
    /// The target as typed.
    pub fn text(&self) -> &Text {
        match self {
            Target::Measured(measured) => &measured.text,
            Target::Stated(text) => text,
        }
    }
}

/// A number as forms print it: at least two decimals, and all that were typed.
fn fixed_number(number: Decimal) -> String {
    let decimals = number.normalize().scale().max(2);
    format!("{number:.*}", usize::try_from(decimals).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_print_with_two_decimals_or_all_that_were_typed() {
        let printed = |figure: Figure| Lang::ALL.map(|lang| figure.printed(lang));
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(printed(Figure::One(Sign::AtMost, number("0.125"))), ["≤0.125", "≤0.125"]);
        assert_eq!(printed(Figure::Range(number("4"), number("6"))), ["4.00～6.00", "4.00–6.00"]);
        assert_eq!(printed(Figure::Range(number("-5"), number("5"))), ["-5.00～5.00", "-5.00～5.00"]);
    }

    #[test]
    fn limits_follow_from_the_sign() {
        let four = Decimal::from(4);
        assert_eq!(
            (Figure::One(Sign::AtLeast, four).least(), Figure::One(Sign::AtLeast, four).most()),
            (Some(four), None)
        );
        let range = Figure::Range(four, Decimal::TEN);
        assert_eq!((range.least(), range.most()), (Some(four), Some(Decimal::TEN)));
        assert_eq!(range.numbers().collect::<Vec<_>>(), [four, Decimal::TEN]);
    }
}
