//! Reads a target that is a range: two numbers and a unit, without a sign.

use super::measure::{Misread, Number, Reading, Why, is_year, joined, number, written};
use super::unit;
use crate::model::{Figure, Sign};

/// What stands between the ends of a range. A hyphen may be part of a date or a number, too.
const BETWEEN: [&str; 15] =
    ["～", "~", "〜", "∼", "——", "—", "–", "－", "−", "‐", "‑", "-", "至", "到", " to "];

/// Reads `4～6 次`, `20%～40%`, `4次至6次`; `None` for what is no range, or a span of dates.
pub(super) fn range(text: &str, known: &dyn Fn(&str) -> bool) -> Option<Result<Reading, Misread>> {
    let low = number(text).ok()?;
    let (own, mark, after) = ends(low.rest)?;
    let high = number(after.trim_start()).ok()?;
    let shared = unit::read(high.rest, known)?;
    let own = unit::read(own, known)?;
    let hyphen = !matches!(mark, "～" | "~" | "〜" | "∼" | "至" | "到" | " to ");
    let alike = own.is_empty() || shared.starts_with(&own);
    // Two signs in a row: the second belongs to the number only behind a mark that is no dash.
    if !alike || is_dated(&low, &high, &own, &shared, hyphen) || (hyphen && high.value.is_sign_negative()) {
        return None;
    }
    let mark = if mark == " to " { mark } else { "～" };
    let canonical = |low: &Number<'_>, high: &Number<'_>| match shared.as_str() {
        "%" | "‰" => format!("{}{shared}{mark}{}{shared}", written(low), written(high)),
        "" => format!("{}{mark}{}", written(low), written(high)),
        _ => format!("{}{mark}{} {shared}", written(low), written(high)),
    };
    if low.value < high.value {
        let figure = Figure::Range(low.value, high.value);
        return Some(Ok(Reading { figure, canonical: canonical(&low, &high), unit: shared }));
    }
    let descending = low.value > high.value;
    // 24-7 without a unit is a phrase.
    (!shared.is_empty() || !hyphen).then(|| {
        let meant =
            if descending { canonical(&high, &low) } else { joined(Sign::Equal, &written(&low), &shared) };
        Err(Misread { why: Why::Descending, meant: Some(meant) })
    })
}

/// What stands between the numbers of a range: a unit, the mark, and all that follows.
fn ends(text: &str) -> Option<(&str, &'static str, &str)> {
    let places = BETWEEN.iter().filter_map(|mark| Some((text.find(mark)?, *mark)));
    let (at, mark) = places.min_by_key(|(at, mark)| (*at, usize::MAX - mark.len()))?;
    Some((text.get(..at)?, mark, text.get(at + mark.len()..)?))
}

/// 3-5月, 9～17时, 2024-2026年, 021-1234: dates, times and numbers of other kinds.
fn is_dated(low: &Number<'_>, high: &Number<'_>, own: &str, shared: &str, hyphen: bool) -> bool {
    let date = |unit: &str| matches!(unit, "月" | "月份" | "号" | "时" | "点" | "季度" | "学年" | "年度");
    let year = |number: &Number<'_>| is_year(number.value, "年");
    let coded = |number: &Number<'_>| {
        number.typed.len() > 1 && number.typed.starts_with('0') && !number.typed.contains('.')
    };
    let years = (year(low) || year(high)) && (shared.starts_with('年') || (hyphen && shared.is_empty()));
    date(own) || date(shared) || years || coded(low) || coded(high)
}
