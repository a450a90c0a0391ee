//! Amounts by year of every cost, with shares of other costs resolved.

use std::collections::BTreeMap;

use super::ledger::Years;
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::lang::say;
use crate::model::{Cost, CostBasis, Money, PlacedAmount, Project, Text, Year, YearlyAmount};
use crate::source::Span;

/// What a share can be taken of: all costs of a project, those of its sub-projects after its own.
pub(super) struct Resolver<'p> {
    project: &'p Project,
    year: Year,
    costs: Vec<&'p Cost>,
    /// The first cost of each sub-project among `costs`.
    starts: Vec<usize>,
    state: Vec<State>,
}

#[derive(Clone)]
enum State {
    Untouched,
    /// Being resolved: to meet it again is a circle.
    Open,
    Done(Years),
}

impl<'p> Resolver<'p> {
    pub fn new(project: &'p Project, year: Year) -> Resolver<'p> {
        let mut costs: Vec<&Cost> = project.costs.iter().collect();
        let mut starts = Vec::new();
        for subproject in &project.subprojects {
            starts.push(costs.len());
            costs.extend(&subproject.costs);
        }
        let state = vec![State::Untouched; costs.len()];
        Resolver { project, year, costs, starts, state }
    }

    /// The amounts of every cost, the project's own first.
    pub fn resolve_all(mut self, diagnostics: &mut Diagnostics) -> Vec<Years> {
        for index in 0..self.costs.len() {
            self.resolve(index, &mut Vec::new(), diagnostics);
        }
        self.state
            .into_iter()
            .map(|state| match state {
                State::Done(years) => years,
                State::Untouched | State::Open => Years::default(),
            })
            .collect()
    }

    /// Resolves one cost; `path` holds the shares on the way to it. `None` after a finding.
    fn resolve(
        &mut self,
        index: usize,
        path: &mut Vec<Span>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Years> {
        match self.state.get(index) {
            Some(State::Done(years)) => return Some(years.clone()),
            Some(State::Open) => {
                diagnostics.push(circle(path));
                return None;
            }
            _ => {}
        }
        self.set(index, State::Open);
        let cost = *self.costs.get(index)?;
        let years = match &cost.amount {
            CostBasis::Stated(amount) => Some(by_year(amount, self.year)),
            CostBasis::Product { quantity, price, .. } => {
                let product = price.value.times(quantity.value);
                if product.is_none() {
                    diagnostics.push(too_large(price.span));
                }
                product.map(|amount| Years::one(self.year, amount))
            }
            CostBasis::Share { percent, of } => {
                path.push(of.span);
                let base = self.base(&of.value, of.span, path, diagnostics);
                path.pop();
                base.map(|base| {
                    let share = |amount: Money| {
                        amount.percent(percent.value).unwrap_or_else(|| {
                            diagnostics.push(too_large(percent.span));
                            Money::ZERO
                        })
                    };
                    base.each(share)
                })
            }
        };
        // A failed cost counts as resolved, so that its finding is given once.
        self.set(index, State::Done(years.clone().unwrap_or_default()));
        years
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(slot) = self.state.get_mut(index) {
            *slot = state;
        }
    }

    /// The amounts by year of what `id` names: a sub-project, or a cost.
    fn base(
        &mut self,
        id: &str,
        span: Span,
        path: &mut Vec<Span>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Years> {
        let indices = match target(self.project, &self.starts, &self.costs, id) {
            Some((indices, _)) => indices,
            None => {
                diagnostics.push(unknown(self.project, id, span));
                return None;
            }
        };
        let mut sum = Years::default();
        for index in indices {
            if sum.add(&self.resolve(index, path, diagnostics)?).is_none() {
                diagnostics.push(too_large(span));
                return None;
            }
        }
        Some(sum)
    }

    /// What a share is taken of: its name, and the indices of its costs.
    pub fn named(&self, id: &str) -> Option<(Vec<usize>, Text)> {
        let (indices, name) = target(self.project, &self.starts, &self.costs, id)?;
        Some((indices.collect(), name))
    }
}

fn target(
    project: &Project,
    starts: &[usize],
    costs: &[&Cost],
    id: &str,
) -> Option<(std::ops::Range<usize>, Text)> {
    let subproject =
        project.subprojects.iter().zip(starts).find(|(subproject, _)| subproject.id.value.as_str() == id);
    if let Some((subproject, start)) = subproject {
        return Some((*start..*start + subproject.costs.len(), subproject.name.clone()));
    }
    let named = |cost: &&Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == id);
    let index = costs.iter().position(named)?;
    Some((index..index + 1, costs.get(index)?.name.clone()))
}

/// An amount as amounts by year.
fn by_year(amount: &YearlyAmount, year: Year) -> Years {
    let placed = |amounts: &BTreeMap<Year, PlacedAmount>| -> BTreeMap<Year, Money> {
        amounts.iter().map(|(year, amount)| (*year, amount.value)).collect()
    };
    match amount {
        YearlyAmount::ThisYear(amount) => Years::one(year, amount.value),
        YearlyAmount::ByYear(amounts, _) => Years { known: placed(amounts), undated: Money::ZERO },
        YearlyAmount::Whole { total, years, .. } => {
            let known = placed(years);
            let rest = Money::sum(known.values().copied()).and_then(|sum| total.value.minus(sum));
            Years { known, undated: rest.unwrap_or(Money::ZERO) }
        }
    }
}

pub(super) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(code::TOO_LARGE, say!("算得的金额过大", "the computed amount is too large"))
        .at(span)
        .help(say!("请核对数量、单价、比例和单位", "check quantity, price, percentage and units"))
}

fn circle(path: &[Span]) -> Diagnostic {
    let finding = Diagnostic::error(
        code::CIRCULAR_SHARE,
        say!(
            "按比例计取绕成了圈，最后又取自它自己",
            "shares go in a circle: this one is taken of itself in the end"
        ),
    );
    let finding = path
        .iter()
        .rev()
        .fold(finding, |finding, span| finding.label(*span, say!("取自这一项", "taken of this")));
    finding.help(say!("把其中一项改成金额", "give one of them as an amount"))
}

fn unknown(project: &Project, id: &str, span: Span) -> Diagnostic {
    let costs =
        project.costs.iter().chain(project.subprojects.iter().flat_map(|subproject| &subproject.costs));
    let ids: Vec<&str> = project
        .subprojects
        .iter()
        .map(|subproject| subproject.id.value.as_str())
        .chain(costs.filter_map(|cost| cost.id.as_ref().map(|id| id.value.as_str())))
        .collect();
    let finding = Diagnostic::error(
        code::UNKNOWN_SHARE,
        say!("未找到 id 为“{id}”的子项目或费用", "unknown sub-project or cost `{id}`"),
    )
    .at(span);
    let list = ids.join(" ");
    match by_name(project, id).or_else(|| nearest(id, ids.iter().copied())) {
        Some(meant) => finding
            .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
            .suggest(span, format!("\"{meant}\"")),
        None if ids.is_empty() => finding.help(say!("先给那一项写上 id", "first give that item an id")),
        None => finding.help(say!("有这些 id：{list}", "there are: {list}")),
    }
}

/// The id of what has `name` as its name.
fn by_name<'p>(project: &'p Project, name: &str) -> Option<&'p str> {
    let named = |text: &Text| text.proses().any(|(_, prose)| prose.value.trim() == name.trim());
    let subproject = project.subprojects.iter().find(|subproject| named(&subproject.name));
    let costs =
        project.costs.iter().chain(project.subprojects.iter().flat_map(|subproject| &subproject.costs));
    subproject.map(|subproject| subproject.id.value.as_str()).or_else(|| {
        costs.filter(|cost| named(&cost.name)).find_map(|cost| cost.id.as_ref()).map(|id| id.value.as_str())
    })
}
