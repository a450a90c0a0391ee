//! 指标值: sign, number and unit, or a word.

use rust_decimal::Decimal;

use super::Text;
use super::money::half_width;

/// How the value is compared with the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// ≥
    AtLeast,
    /// ≤
    AtMost,
    /// =
    Equal,
    /// >
    MoreThan,
    /// <
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

/// A target: measured, or stated in a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `≥ 90.00 %`
    Measured {
        /// The sign.
        sign: Sign,
        /// The number as typed, with its decimals.
        number: Decimal,
        /// The unit in each language that was typed; empty when there is none.
        unit: String,
        /// The target as typed, which may give English words for the unit.
        text: Text,
    },
    /// 良好
    Stated(Text),
}

/// Why a target that begins with a sign cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetError {
    /// No number follows the sign.
    NoNumber,
    /// The number cannot be read.
    BadNumber,
}

impl Target {
    /// The target as typed.
    pub fn text(&self) -> &Text {
        let (Target::Measured { text, .. } | Target::Stated(text)) = self;
        text
    }

    /// Reads `≥ 90.00 %` (also `>=`, `<=`, and signs or digits of full width); `None` for a word, which has no sign.
    pub fn measured(text: &str) -> Option<Result<(Sign, Decimal, String), TargetError>> {
        let text = half_width(text.trim());
        let signs = [
            (">=", Sign::AtLeast),
            ("<=", Sign::AtMost),
            ("≥", Sign::AtLeast),
            ("≧", Sign::AtLeast),
            ("≤", Sign::AtMost),
            ("≦", Sign::AtMost),
            ("=", Sign::Equal),
            ("＝", Sign::Equal),
            (">", Sign::MoreThan),
            ("＞", Sign::MoreThan),
            ("<", Sign::LessThan),
            ("＜", Sign::LessThan),
        ];
        let (rest, sign) = signs.iter().find_map(|(mark, sign)| Some((text.strip_prefix(mark)?, *sign)))?;
        Some(number_and_unit(rest.trim_start()).map(|(number, unit)| (sign, number, unit)))
    }
}

/// The number may be negative, as for a growth rate: `≥ -2.00 %`.
fn number_and_unit(text: &str) -> Result<(Decimal, String), TargetError> {
    let (minus, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let end = text.find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    if number.is_empty() {
        return Err(TargetError::NoNumber);
    }
    let plain: String = number.chars().filter(|ch| *ch != ',').collect();
    if plain.starts_with('.') || plain.ends_with('.') {
        return Err(TargetError::BadNumber);
    }
    let number = Decimal::from_str_exact(&format!("{minus}{plain}")).map_err(|_| TargetError::BadNumber)?;
    let unit = unit.trim();
    let bare = unit.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    let unit = match bare.unwrap_or(unit) {
        "％" => "%",
        other => other.trim(),
    };
    Ok((number, unit.to_owned()))
}

/// A target's number as forms print it: at least two decimals, and all that were typed.
pub fn fixed_number(number: Decimal) -> String {
    let decimals = number.normalize().scale().max(2);
    format!("{number:.*}", usize::try_from(decimals).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Sign, String, String) {
        let (sign, number, unit) = Target::measured(text).unwrap().unwrap();
        (sign, fixed_number(number), unit)
    }

    #[test]
    fn a_target_is_sign_number_and_unit() {
        assert_eq!(read("≥ 90.00 %"), (Sign::AtLeast, "90.00".into(), "%".into()));
        assert_eq!(read("<=24小时"), (Sign::AtMost, "24.00".into(), "小时".into()));
        assert_eq!(read("≤16.55(万元)"), (Sign::AtMost, "16.55".into(), "万元".into()));
        assert_eq!(read("＝100％"), (Sign::Equal, "100.00".into(), "%".into()));
        assert_eq!(read("≧４．５ 次"), (Sign::AtLeast, "4.50".into(), "次".into()));
        assert_eq!(read("≥ -2 %"), (Sign::AtLeast, "-2.00".into(), "%".into()));
        assert_eq!(read("> 0.125"), (Sign::MoreThan, "0.125".into(), String::new()));
        assert_eq!(read("≥1,200人次"), (Sign::AtLeast, "1200.00".into(), "人次".into()));
    }

    #[test]
    fn a_word_is_no_measured_target_and_a_sign_wants_a_number() {
        assert_eq!(Target::measured("良好"), None);
        assert_eq!(Target::measured("48小时内"), None);
        assert_eq!(Target::measured("≥ 良好"), Some(Err(TargetError::NoNumber)));
        assert_eq!(Target::measured("≥ 1..2"), Some(Err(TargetError::BadNumber)));
    }
}
