//! The amounts of one project.

use std::collections::BTreeMap;

use crate::compute::ledger::RoundedTotal;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::{Lang, say};
use crate::model::{
    Cost, CostBasis, Declaration, Money, PlacedAmount, Project, Year, YearlyAmount, in_one_unit,
};
use crate::source::Span;

use super::ledger::{
    CostLedger, Derivation, Entry, ProjectLedger, Source, SourceLedger, SubprojectLedger, Term, Years,
};
use super::shares::{Resolver, too_large};

/// One 分: amounts are never printed finer, so an exact total is rounded to it at least.
const FEN: &str = "0.01元";

pub(super) fn ledger(
    project: &Project,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> ProjectLedger {
    let year = declaration.year;
    let names = Resolver::new(project, year);
    let amounts = Resolver::new(project, year).resolve_all(diagnostics);
    let mut computed = all_costs(project)
        .zip(&amounts)
        .map(|(cost, years)| cost_ledger(cost, years, year, &names, &amounts));
    let costs: Vec<CostLedger> = computed.by_ref().take(project.costs.len()).collect();
    let mut sum = Summer { project, diagnostics };
    let mut subprojects = Vec::new();
    for subproject in &project.subprojects {
        let costs: Vec<CostLedger> = computed.by_ref().take(subproject.costs.len()).collect();
        subprojects.push(subproject_ledger(&subproject.costs, subproject.single, costs, year, &mut sum));
    }
    let years =
        sum.years(costs.iter().map(|cost| &cost.years).chain(subprojects.iter().map(|sub| &sub.years)));
    let step =
        declaration.round_to.map_or_else(|| Money::parse(FEN).unwrap_or(Money::ZERO), |step| step.value);
    let terms = terms(project, &costs, &subprojects);
    let exact =
        Entry { amount: sum.money(terms.iter().map(|term| term.amount)), from: Derivation::Sum(terms) };
    let total = RoundedTotal { rounded: sum.round(&exact, step), exact };
    let of_year = years.known.get(&year).copied().unwrap_or(Money::ZERO);
    // One year is the total again; of several, the year's own terms show what the request is made of.
    let from = match years.known.len() {
        0 | 1 if years.undated.is_zero() => Derivation::Years(years.known.clone()),
        _ => Derivation::Sum(terms_of_year(project, &costs, &subprojects)),
    };
    let annual = sum.round(&Entry { amount: of_year, from }, step);
    let funding = &project.funding;
    let sources: Vec<SourceLedger> =
        funding.sources.iter().map(|source| source_ledger(&source.amount, year, &mut sum)).collect();
    let (other, other_annual) = other_entries(project, &sources, year, &mut sum);
    let carried_over = funding.carried_over.map_or_else(absent, stated);
    let first_other = funding.other_sources().next().map(|source| source.amount.span());
    let (carried_span, other_span) = (
        funding.carried_over.map(|amount| amount.span),
        funding.other.as_ref().map(YearlyAmount::span).or(first_other),
    );
    let mut found = Diagnostics::default();
    let fiscal = remainder(
        &total.rounded,
        &[(Source::Other, &other, other_span)],
        Source::Fiscal,
        project,
        &mut found,
    );
    let fiscal_annual = remainder(
        &annual,
        &[(Source::Other, &other_annual, other_span)],
        Source::Fiscal,
        project,
        &mut Diagnostics::default(),
    );
    let appropriation = remainder(
        &annual,
        &[(Source::CarriedOver, &carried_over, carried_span), (Source::Other, &other_annual, other_span)],
        Source::Appropriation,
        project,
        &mut found,
    );
    // Other funds that exceed the whole exceed the year as well; that is told once.
    sum.diagnostics.extend(found.into_iter().take(1));
    ProjectLedger {
        costs,
        subprojects,
        sources,
        years,
        total,
        annual,
        fiscal,
        fiscal_annual,
        other,
        appropriation,
        carried_over,
        other_annual,
    }
}

fn all_costs(project: &Project) -> impl Iterator<Item = &Cost> {
    project.costs.iter().chain(project.subprojects.iter().flat_map(|subproject| &subproject.costs))
}

/// Adds up, and reports a sum that does not fit.
struct Summer<'s> {
    project: &'s Project,
    diagnostics: &'s mut Diagnostics,
}

impl Summer<'_> {
    fn money(&mut self, amounts: impl IntoIterator<Item = Money>) -> Money {
        let sum = Money::sum(amounts);
        self.or_report(sum)
    }

    fn or_report(&mut self, amount: Option<Money>) -> Money {
        amount.unwrap_or_else(|| {
            self.diagnostics.push(too_large(self.project.span));
            Money::ZERO
        })
    }

    fn years<'y>(&mut self, all: impl Iterator<Item = &'y Years>) -> Years {
        let mut sum = Years::default();
        for years in all {
            let added = sum.add(years).map(|()| Money::ZERO);
            self.or_report(added);
        }
        sum
    }

    fn round(&mut self, exact: &Entry, step: Money) -> Entry {
        let rounded = self.or_report(exact.amount.round_to(step));
        if rounded == exact.amount {
            return exact.clone();
        }
        Entry { amount: rounded, from: Derivation::Rounded { exact: exact.amount, step } }
    }
}

fn cost_ledger(
    cost: &Cost,
    years: &Years,
    year: Year,
    names: &Resolver<'_>,
    amounts: &[Years],
) -> CostLedger {
    let total = years.total().unwrap_or(Money::ZERO);
    let from = match &cost.amount {
        CostBasis::Stated(YearlyAmount::ThisYear(amount)) => Derivation::Stated(amount.span),
        CostBasis::Stated(YearlyAmount::ByYear(..)) => Derivation::Years(years.known.clone()),
        CostBasis::Stated(YearlyAmount::Whole { total, .. }) => Derivation::Stated(total.span),
        CostBasis::Product { quantity, unit, price } => {
            Derivation::Product { quantity: quantity.value, unit: unit.clone(), price: price.value }
        }
        CostBasis::Share { percent, of } => match names.named(&of.value) {
            Some((indices, name)) => {
                let shared = indices.iter().filter_map(|index| amounts.get(*index));
                let base = Money::sum(shared.filter_map(Years::total));
                Derivation::Share { percent: percent.value, of: name, base: base.unwrap_or(Money::ZERO) }
            }
            None => Derivation::Absent,
        },
    };
    let annual = years.known.get(&year).copied().unwrap_or(Money::ZERO);
    CostLedger { total: Entry { amount: total, from }, annual, years: years.clone() }
}

fn subproject_ledger(
    costs: &[Cost],
    single: bool,
    ledgers: Vec<CostLedger>,
    year: Year,
    sum: &mut Summer<'_>,
) -> SubprojectLedger {
    let years = sum.years(ledgers.iter().map(|cost| &cost.years));
    let amount = sum.money(ledgers.iter().map(|cost| cost.total.amount));
    let from = match (single, ledgers.first()) {
        (true, Some(only)) => only.total.from.clone(),
        _ => Derivation::Sum(
            costs
                .iter()
                .zip(&ledgers)
                .map(|(cost, ledger)| Term { name: cost.name.clone(), amount: ledger.total.amount })
                .collect(),
        ),
    };
    let annual = years.known.get(&year).copied().unwrap_or(Money::ZERO);
    SubprojectLedger { costs: ledgers, total: Entry { amount, from }, annual, years }
}

fn terms(project: &Project, costs: &[CostLedger], subprojects: &[SubprojectLedger]) -> Vec<Term> {
    let costs = project.costs.iter().zip(costs);
    let costs = costs.map(|(cost, ledger)| Term { name: cost.name.clone(), amount: ledger.total.amount });
    let subprojects = project.subprojects.iter().zip(subprojects);
    let subprojects =
        subprojects.map(|(sub, ledger)| Term { name: sub.name.clone(), amount: ledger.total.amount });
    costs.chain(subprojects).collect()
}

/// The terms of the declaration's year, without those that cost nothing in it.
fn terms_of_year(project: &Project, costs: &[CostLedger], subprojects: &[SubprojectLedger]) -> Vec<Term> {
    let costs = project.costs.iter().zip(costs);
    let costs = costs.map(|(cost, ledger)| Term { name: cost.name.clone(), amount: ledger.annual });
    let subprojects = project.subprojects.iter().zip(subprojects);
    let subprojects = subprojects.map(|(sub, ledger)| Term { name: sub.name.clone(), amount: ledger.annual });
    costs.chain(subprojects).filter(|term| !term.amount.is_zero()).collect()
}

fn stated(amount: PlacedAmount) -> Entry {
    Entry { amount: amount.value, from: Derivation::Stated(amount.span) }
}

fn absent() -> Entry {
    Entry { amount: Money::ZERO, from: Derivation::Absent }
}

/// 其他资金 of all years, and of the declaration's: what is stated, or the sum of its sources.
fn other_entries(
    project: &Project,
    sources: &[SourceLedger],
    year: Year,
    sum: &mut Summer<'_>,
) -> (Entry, Entry) {
    if let Some(other) = &project.funding.other {
        let own = source_ledger(other, year, sum);
        return (own.total, own.annual);
    }
    let listed = || project.funding.sources.iter().zip(sources).filter(|(source, _)| !source.is_fiscal);
    if listed().next().is_none() {
        return (absent(), absent());
    }
    let mut added = |of: fn(&SourceLedger) -> &Entry| {
        let terms = listed().map(|(source, own)| Term { name: source.kind.clone(), amount: of(own).amount });
        let terms: Vec<Term> = terms.collect();
        Entry { amount: sum.money(terms.iter().map(|term| term.amount)), from: Derivation::Sum(terms) }
    };
    (added(|own| &own.total), added(|own| &own.annual))
}

/// An amount of all years, and of the declaration's.
fn source_ledger(amount: &YearlyAmount, year: Year, sum: &mut Summer<'_>) -> SourceLedger {
    let of_year =
        |amounts: &BTreeMap<Year, PlacedAmount>| amounts.get(&year).map_or_else(absent, |one| stated(*one));
    match amount {
        YearlyAmount::ThisYear(amount) => SourceLedger { total: stated(*amount), annual: stated(*amount) },
        YearlyAmount::Whole { total, years, .. } => {
            SourceLedger { total: stated(*total), annual: of_year(years) }
        }
        YearlyAmount::ByYear(years, _) => {
            let known: BTreeMap<Year, Money> =
                years.iter().map(|(year, amount)| (*year, amount.value)).collect();
            let amount = sum.money(known.values().copied());
            SourceLedger { total: Entry { amount, from: Derivation::Years(known) }, annual: of_year(years) }
        }
    }
}

/// What is left of `whole`; an error when the parts exceed it.
fn remainder(
    whole: &Entry,
    parts: &[(Source, &Entry, Option<Span>)],
    left: Source,
    project: &Project,
    diagnostics: &mut Diagnostics,
) -> Entry {
    let less: Vec<(Source, Money)> = parts.iter().map(|(source, entry, _)| (*source, entry.amount)).collect();
    let taken = Money::sum(less.iter().map(|(_, amount)| *amount));
    let amount = taken.and_then(|taken| whole.amount.minus(taken)).unwrap_or_else(|| {
        diagnostics.push(negative(whole.amount, taken.unwrap_or(Money::ZERO), parts, left, project));
        Money::ZERO
    });
    Entry { amount, from: Derivation::Remainder { whole: whole.amount, less } }
}

fn negative(
    whole: Money,
    taken: Money,
    parts: &[(Source, &Entry, Option<Span>)],
    left: Source,
    project: &Project,
) -> Diagnostic {
    let [whole, taken, over] = in_one_unit([whole, taken, taken.minus(whole).unwrap_or(Money::ZERO)]);
    let (name_zh, name_en) = (project.name.str(Lang::Zh).trim(), project.name.str(Lang::En).trim());
    let (what, whole_zh, whole_en) = match left {
        Source::Fiscal => (("财政资金", "fiscal funds"), "项目资金总额", "the project's total"),
        _ => (("当年财政拨款", "this year's appropriation"), "年度资金申请总额", "the annual request"),
    };
    let (what_zh, what_en) = what;
    let mut finding = Diagnostic::error(
        code::NEGATIVE_REMAINDER,
        say!(
            "{what_zh}会成为负数：{whole_zh}只有 {whole}，已列 {taken}，多出 {over}",
            "{what_en} would be negative: {whole_en} is {whole}, and {taken} is named, {over} too much"
        ),
    );
    // The largest part is the likeliest slip, and the place to correct.
    let mut parts: Vec<_> = parts.iter().collect();
    parts.sort_by_key(|(_, entry, _)| std::cmp::Reverse(entry.amount));
    for (source, entry, span) in parts {
        let amount = entry.amount;
        let Some(span) = span.filter(|_| !amount.is_zero()) else { continue };
        let words = match source {
            Source::CarriedOver => say!("上年结转资金 {amount}", "carried over: {amount}"),
            _ => say!("其他资金 {amount}", "other funds: {amount}"),
        };
        finding = finding.label(span, words);
    }
    finding
        .label(project.span, say!("{name_zh}：{whole_zh} {whole}", "{name_en}: {whole_en} is {whole}"))
        .help(say!(
            "改小已列的资金，或补上缺少的费用",
            "lower the funds named, or add the cost that is missing"
        ))
}
