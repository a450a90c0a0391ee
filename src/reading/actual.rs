//! Reads 实际完成值: a number with the unit of the target that it is held against.

use rust_decimal::Decimal;

use super::measure::number;
use super::unit;
use crate::model::Money;

/// A value as it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The number, in the unit of the target.
    pub number: Decimal,
    /// Whether it was written with that unit, or with another of money.
    pub has_unit: bool,
}

/// Reads a value; `None` for words, or for a unit that is not the target's. A value without a unit is taken to be in it.
pub fn actual(text: &str, wanted: &str, known: &dyn Fn(&str) -> bool) -> Option<Actual> {
    let text = text.trim().trim_start_matches(['=', '＝']).trim_start();
    let read = number(text).ok()?;
    if read.rest.trim().is_empty() {
        return Some(Actual { number: read.value, has_unit: wanted.is_empty() });
    }
    let unit = unit::read(read.rest, known)?;
    if unit == wanted {
        return Some(Actual { number: read.value, has_unit: true });
    }
    // 199000元 against 万元.
    let in_yuan = |unit: &str| Money::parse(&format!("1{unit}")).ok().map(Money::yuan);
    let factor = in_yuan(&unit)?.checked_div(in_yuan(wanted)?)?;
    Some(Actual { number: read.value.checked_mul(factor)?, has_unit: true })
}

/// The number of a value as it is typed, and its unit; `None` for words, or where there is no unit.
pub fn parts<'t>(text: &'t str, known: &dyn Fn(&str) -> bool) -> Option<(&'t str, String)> {
    let text = text.trim();
    let read = number(text).ok()?;
    let unit = unit::read(read.rest, known)?;
    let typed = text.get(..text.len().checked_sub(read.rest.len())?)?;
    Some((typed.trim_end(), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_in_the_unit_of_its_target() {
        let read = |text, wanted| {
            actual(text, wanted, &|_| false).map(|own| (own.number.normalize().to_string(), own.has_unit))
        };
        assert_eq!(read("96.5%", "%"), Some(("96.5".to_owned(), true)));
        assert_eq!(read("= 24 场", "场"), Some(("24".to_owned(), true)));
        assert_eq!(read("199000元", "万元"), Some(("19.9".to_owned(), true)));
        assert_eq!(read("24", "场"), Some(("24".to_owned(), false)));
        assert_eq!(read("24 人", "场"), None);
        assert_eq!(read("按期完成", "场"), None);
    }
}
