//! The figures of a form that others on the sheet, or on the sheet of costs, add up to.
//!
//! A formula is written only where it gives, from the figures that are printed, the figure that the program computed: what
//! it would give otherwise is another rule than the program's, and the figure stands alone.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::flat::{Flat, FlatCell};
use crate::export::sheet::reference;

/// What the sheet of costs has of a project.
#[derive(Debug, Clone)]
pub(super) struct CostSheet {
    /// The name of the sheet, ready for formulas.
    pub name: String,
    /// The cells of all years, and their sum in the form's unit.
    pub amounts: (String, Decimal),
    /// Those of the declaration's year.
    pub annual: (String, Decimal),
    /// The cell of each cost, of all years and of the declaration's.
    pub costs: Vec<[String; 2]>,
    /// What totals are rounded to a multiple of, in the form's unit.
    pub step: Decimal,
}

/// The figure of a cell, where it has nothing but one.
pub(super) fn figure(cell: &FlatCell) -> Option<Decimal> {
    let is_number = match cell.kind {
        "amount" => true,
        "value" | "text" => cell.path.as_deref().is_some_and(is_numeric),
        _ => false,
    };
    let plain = cell.text.replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let digital = digits.starts_with(|ch: char| ch.is_ascii_digit())
        && digits.chars().all(|ch| ch.is_ascii_digit() || ch == '.');
    (is_number && digital).then(|| plain.parse().ok()).flatten()
}

/// Whether a path names a number that is no amount.
fn is_numeric(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("weight" | "weights" | "score" | "total" | "number"))
}

/// The formulas of cells, without the `=`, by their places among the cells.
pub(super) fn formulas(flat: &Flat, costs: Option<&CostSheet>) -> BTreeMap<usize, String> {
    let sheet = Figures::new(flat);
    let mut found = BTreeMap::new();
    for (index, cell) in flat.cells.iter().enumerate() {
        let (Some(path), Some(figure)) = (cell.path.as_deref(), figure(cell)) else { continue };
        let formula = match cell.item {
            Some(item) => costs.and_then(|costs| linked(path, item, costs)),
            None => sheet
                .sum(path, figure)
                .or_else(|| sheet.difference(path, figure))
                .or_else(|| costs.and_then(|costs| total(path, figure, costs))),
        };
        if let Some(formula) = formula {
            found.insert(index, formula);
        }
    }
    found
}

/// The cell of a cost on the sheet of costs.
fn linked(path: &str, item: usize, costs: &CostSheet) -> Option<String> {
    let [amount, annual] = costs.costs.get(item)?;
    let cell = match path {
        "cost.amount" => amount,
        "cost.annual" => annual,
        _ => return None,
    };
    Some(format!("{}!{cell}", costs.name))
}

/// A total from the sheet of costs, rounded as the program does.
fn total(path: &str, figure: Decimal, costs: &CostSheet) -> Option<String> {
    let CostSheet { name, step, .. } = costs;
    let (cells, sum) = match path {
        "total" | "exact" => &costs.amounts,
        "annual" => &costs.annual,
        _ => return None,
    };
    if *sum == figure {
        return Some(format!("SUM({name}!{cells})"));
    }
    let steps = sum.checked_div(*step)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    (steps.checked_mul(*step)? == figure).then(|| format!("ROUND(SUM({name}!{cells})/{step},0)*{step}"))
}

/// The figures of a sheet by their paths.
struct Figures<'f> {
    /// Those outside of lists.
    single: BTreeMap<&'f str, (String, Decimal)>,
    /// Those of lists.
    listed: BTreeMap<&'f str, Vec<(String, Decimal)>>,
}

impl<'f> Figures<'f> {
    fn new(flat: &'f Flat) -> Figures<'f> {
        let mut figures = Figures { single: BTreeMap::new(), listed: BTreeMap::new() };
        for cell in &flat.cells {
            let (Some(path), Some(figure)) = (cell.path.as_deref(), figure(cell)) else { continue };
            let named = (reference(cell.row, cell.column), figure);
            match cell.item {
                Some(_) => figures.listed.entry(path).or_default().push(named),
                None => drop(figures.single.entry(path).or_insert(named)),
            }
        }
        figures
    }

    /// What the cells of a list add up to, or those of the parts of a total that the form names one by one.
    fn sum(&self, path: &str, figure: Decimal) -> Option<String> {
        let (list, further) = match path {
            "total" | "exact" => ("cost.amount", None),
            "annual" => ("cost.annual", None),
            "indicator.weights" => ("indicator.weight", None),
            "score.weights" => ("result.weight", Some("execution.weight")),
            "score.total" => ("result.score", Some("execution.score")),
            path => (path, None),
        };
        let listed = self.listed.get(list).map_or(&[][..], Vec::as_slice);
        let mut parts: Vec<&(String, Decimal)> = listed.iter().collect();
        parts.extend(further.and_then(|further| self.single.get(further)));
        if listed.is_empty() {
            parts = self.named(path);
        }
        let sum: Decimal = parts.iter().map(|(_, figure)| *figure).sum();
        (!parts.is_empty() && sum == figure).then(|| format!("SUM({})", cells(&parts)))
    }

    /// `spending.ID.start` of each source for `spending.start`.
    fn named(&self, path: &str) -> Vec<&(String, Decimal)> {
        let Some((list, what)) = path.split_once('.') else { return Vec::new() };
        let is_part = |own: &str| {
            let rest = own.strip_prefix(list).and_then(|rest| rest.strip_prefix('.'));
            rest.and_then(|rest| rest.strip_suffix(what)).is_some_and(|id| id.len() > 1 && id.ends_with('.'))
        };
        self.single.iter().filter(|(own, _)| is_part(own)).map(|(_, cell)| cell).collect()
    }

    /// What is left of a whole that the sheet has.
    fn difference(&self, path: &str, figure: Decimal) -> Option<String> {
        let (whole, less): (&str, &[&str]) = match path {
            "fiscal" => ("total", &["other"]),
            "fiscal_annual" => ("annual", &["other_annual"]),
            "appropriation" => ("annual", &["carried_over", "other_annual"]),
            _ => return None,
        };
        let (whole, mut rest) = self.single.get(whole).cloned()?;
        let mut formula = whole;
        for (cell, taken) in less.iter().filter_map(|own| self.single.get(own)) {
            formula.push_str(&format!("-{cell}"));
            rest -= *taken;
        }
        (rest == figure).then_some(formula)
    }
}

/// The names of cells, those below each other as a range.
fn cells(parts: &[&(String, Decimal)]) -> String {
    let split = |cell: &str| {
        let digits = cell.find(|ch: char| ch.is_ascii_digit()).unwrap_or(cell.len());
        let (letters, row) = cell.split_at(digits);
        (letters.to_owned(), row.parse::<usize>().unwrap_or(0))
    };
    let mut places: Vec<(String, usize)> = parts.iter().map(|(cell, _)| split(cell)).collect();
    places.sort();
    let mut runs: Vec<(String, usize, usize)> = Vec::new();
    for (letters, row) in places {
        match runs.last_mut() {
            Some((column, _, last)) if *column == letters && *last + 1 == row => *last = row,
            _ => runs.push((letters, row, row)),
        }
    }
    let named = |(column, first, last): &(String, usize, usize)| match first == last {
        true => format!("{column}{first}"),
        false => format!("{column}{first}:{column}{last}"),
    };
    runs.iter().map(named).collect::<Vec<_>>().join(",")
}
