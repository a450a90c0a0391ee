//! The formats behind a path: `{{total | 万元,.2}}`, `{{start | year}}`.

/// What a value is, where it takes formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// An amount of money.
    Amount,
    /// A date, or a period of two.
    Date,
}

/// What the value at this path is; `None` for one that takes no format.
pub fn printed(path: &str) -> Option<Printed> {
    match path.rsplit('.').next().unwrap_or(path) {
        "last_year" | "year_before" if path.starts_with("indicator.") => None,
        "total" if path.starts_with("score.") => None,
        "start" | "adjusted" | "spent" if path.starts_with("spending.") => Some(Printed::Amount),
        "total" | "exact" | "annual" | "fiscal" | "fiscal_annual" | "appropriation" | "carried_over"
        | "other" | "other_annual" | "amount" | "price" | "last_year" | "last_year_spent" | "year_before" => {
            Some(Printed::Amount)
        }
        "start" | "end" | "period" | "date" | "until" => Some(Printed::Date),
        _ => None,
    }
}

/// A format, as it stands behind `|`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// In 元, 万元 or 亿元, with thousands set apart or not, and with so many decimals.
    Amount(Unit, bool, Option<u32>),
    /// 大写
    Capital,
    /// As forms print amounts.
    Form,
    /// `2024年1月1日`
    Day,
    /// `2024年1月`
    Month,
    /// `2024`
    Year,
    /// `2024-01-01`
    Iso,
    /// `2024/1/1`
    Slash,
}

/// What an amount is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Yuan,
    Wan,
    Yi,
}

/// The most decimals of a format: 万元 with six are finer than a 分.
const DECIMALS: u32 = 6;

impl Format {
    /// Examples of the formats of amounts.
    pub const OF_AMOUNTS: [&str; 11] =
        ["元", "元,", "万元", "万元.2", "万元,", "万元,.2", "亿元", "亿元.2", "亿元,.2", "大写", "form"];
    /// The formats of dates.
    pub const OF_DATES: [&str; 5] = ["day", "month", "year", "iso", "slash"];

    /// Reads a format.
    pub fn parse(written: &str) -> Option<Format> {
        Some(match written {
            "大写" => Format::Capital,
            "form" => Format::Form,
            "day" => Format::Day,
            "month" => Format::Month,
            "year" => Format::Year,
            "iso" => Format::Iso,
            "slash" => Format::Slash,
            amount => {
                let (unit, decimals) = match amount.split_once('.') {
                    Some((unit, decimals)) => (unit, Some(decimals.parse().ok()?)),
                    None => (amount, None),
                };
                let plain = unit.strip_suffix([',', '，']);
                let unit = match plain.unwrap_or(unit) {
                    "元" if decimals.is_none() => Unit::Yuan,
                    "万元" => Unit::Wan,
                    "亿元" => Unit::Yi,
                    _ => return None,
                };
                if decimals.is_some_and(|decimals| decimals > DECIMALS) {
                    return None;
                }
                Format::Amount(unit, plain.is_some(), decimals)
            }
        })
    }

    /// What it prints.
    pub fn of(self) -> Printed {
        match self {
            Format::Amount(..) | Format::Capital | Format::Form => Printed::Amount,
            Format::Day | Format::Month | Format::Year | Format::Iso | Format::Slash => Printed::Date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_one_of_those_that_there_are() {
        for known in Format::OF_AMOUNTS.iter().chain(&Format::OF_DATES) {
            assert!(Format::parse(known).is_some(), "{known}");
        }
        for unknown in ["元xyz", "万元.99", "元.2", "万", "", "万元.", "days"] {
            assert_eq!(Format::parse(unknown), None, "{unknown}");
        }
        assert_eq!(Format::parse("万元,.2"), Some(Format::Amount(Unit::Wan, true, Some(2))));
    }

    #[test]
    fn a_score_is_no_amount() {
        assert_eq!([printed("score.total"), printed("spending.start")], [None, Some(Printed::Amount)]);
        assert_eq!([printed("start"), printed("indicator.last_year")], [Some(Printed::Date), None]);
    }
}
