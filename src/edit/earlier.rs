//! What a year's results are to the next year's declaration: values of an earlier year.

use std::ops::Range;

use crate::compute::compute;
use crate::diagnostic::Diagnostics;
use crate::lang::Lang;
use crate::model::{BudgetLine, Declaration, Department, Indicator, IndicatorOutcome, Project, Text, Year};

/// The lines that a project's file gets, each with the place where it goes in.
pub(super) fn earlier(
    source: &str,
    declaration: &Declaration,
    project: &Project,
) -> Vec<(Range<usize>, String)> {
    let Some(outcome) = &project.outcome else { return Vec::new() };
    let year = declaration.year;
    let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    for own in &outcome.indicators {
        let indicator = own.index.and_then(|index| project.indicators.get(index));
        if let (Some(indicator), Some(reached)) = (indicator, reached(own)) {
            edits.extend(of_indicator(source, indicator, year, &reached, end));
        }
    }
    for own in &outcome.spending {
        let listed =
            project.funding.sources.iter().find(|source| source.id.as_deref() == Some(&own.source.value));
        let Some((listed, spent)) = listed.zip(own.spent) else { continue };
        if !listed.before.is_empty() {
            continue;
        }
        let approved = own.adjusted.or(own.start).map(|amount| amount.value.in_wan(None));
        let approved = approved.map(|amount| format!("approved = \"{amount}\", ")).unwrap_or_default();
        let line =
            format!("before = {{ {year} = {{ {approved}spent = \"{}\" }} }}", spent.value.in_wan(None));
        edits.extend(behind_line(source, listed.amount.span().range().end, "amount", &line, end));
    }
    edits
}

/// The same for the lines of a department's income and outlay. What is computed of the projects is added up once more.
pub(super) fn of_department(
    source: &str,
    declaration: &Declaration,
    department: &Department,
) -> Vec<(Range<usize>, String)> {
    let ledger = compute(declaration, &mut Diagnostics::default());
    let projects = ledger.declared.map_or(ledger.printed.annual.amount, |declared| declared.value);
    let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = department.income.iter().chain(&department.outlay);
    let edit = |line: &BudgetLine| {
        let year = declaration.year;
        if line.before.contains_key(&year) {
            return None;
        }
        let amount = line.amount.map_or(projects, |amount| amount.value).in_wan(None);
        let last = line.before.last_key_value().filter(|(last, _)| **last < year);
        match (last, line.amount) {
            (Some((_, earlier)), _) => {
                let only = earlier.amounts().last().filter(|_| earlier.amounts().count() == 1)?;
                let at = only.span.range().end;
                let rest = source.get(at..)?;
                rest.trim_start()
                    .starts_with(['}', ','])
                    .then(|| (at..at, format!(", {year} = \"{amount}\"")))
            }
            (None, _) if !line.before.is_empty() => None,
            (None, Some(stated)) => {
                let before = format!("before = {{ {year} = \"{amount}\" }}");
                behind_line(source, stated.span.range().end, "amount", &before, end)
            }
            (None, None) => {
                let before = format!("before = {{ {year} = \"{amount}\" }}");
                behind_line(source, line.kind.span().range().end, "kind", &before, end)
            }
        }
    };
    lines.filter_map(edit).collect()
}

/// What was reached, as TOML writes it.
fn reached(own: &IndicatorOutcome) -> Option<String> {
    let quoted = |text: &str| toml::Value::String(text.trim().to_owned()).to_string();
    let text: &Text = own.actual.as_ref()?;
    Some(match (text.exactly(Lang::Zh), text.exactly(Lang::En)) {
        (Some(zh), Some(en)) => format!("{{ zh = {}, en = {} }}", quoted(&zh.value), quoted(&en.value)),
        (Some(one), None) => quoted(&one.value),
        (None, Some(one)) => format!("{{ en = {} }}", quoted(&one.value)),
        (None, None) => return None,
    })
}

fn of_indicator(
    source: &str,
    indicator: &Indicator,
    year: Year,
    reached: &str,
    end: &str,
) -> Option<(Range<usize>, String)> {
    if indicator.before.contains_key(&year) {
        return None;
    }
    if let Some((last, text)) = indicator.before.last_key_value() {
        // Behind the last of the earlier years, before the brace that ends them.
        let from = text.span().range().end;
        let rest = source.get(from..)?;
        let brace = rest.find('}').filter(|_| matches!(text, Text::Zh(_)) && *last < year)?;
        let at = from + brace;
        return Some((at..at, format!(", {year} = {reached} ")));
    }
    let target = indicator.target.text();
    let at = target.proses().map(|(_, prose)| prose.place.span().range().end).max()?;
    behind_line(source, at, "target", &format!("before = {{ {year} = {reached} }}"), end)
}

/// A line of its own below the one at this place, if that begins with this key.
fn behind_line(source: &str, at: usize, key: &str, line: &str, end: &str) -> Option<(Range<usize>, String)> {
    let begin = source.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    source.get(begin..at)?.trim_start().starts_with(key).then_some(())?;
    let rest = source.get(at..)?;
    let newline = rest.find('\n').map_or(rest.len(), |newline| {
        if rest.get(..newline).is_some_and(|line| line.ends_with('\r')) { newline - 1 } else { newline }
    });
    let at = at + newline;
    Some((at..at, format!("{end}{line}")))
}
