//! Budget years, and the time between two dates.

use jiff::civil::Date;

use crate::source::Span;

/// A budget year, 1 January to 31 December (预算法 第十八条).
pub type Year = i16;

/// Where the two dates of a period stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodPlace {
    /// The start.
    pub start: Span,
    /// The end.
    pub end: Span,
}

/// A time from its first to its last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl Period {
    /// The years that it touches, ascending.
    pub fn years(self) -> std::ops::RangeInclusive<Year> {
        self.start.year()..=self.end.year()
    }

    /// Whether it touches more than one year.
    pub fn is_multi_year(self) -> bool {
        self.start.year() != self.end.year()
    }
}
