//! What a project, its sub-projects and its costs have.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Found, Origin, Value, Values, amount, count};
use crate::compute::{CostLedger, Derivation, Entry, ProjectLedger, SubprojectLedger};
use crate::lang::Lang;
use crate::model::{
    Cost, CostBasis, Earlier, Indicator, Money, Period, Project, SignOff, Subproject, Text, Year,
    YearlyAmount,
};

impl<'v> Values<'v> {
    pub(super) fn of_project(
        &self,
        project: &'v Project,
        ledger: &'v ProjectLedger,
        parts: &[&str],
    ) -> Option<Found<'v>> {
        let money = |entry: &'v Entry| Some(amount(entry));
        match parts {
            ["total"] => money(&ledger.total.rounded),
            ["exact"] => money(&ledger.total.exact),
            ["annual"] => money(&ledger.annual),
            ["fiscal"] => money(&ledger.fiscal),
            ["fiscal_annual"] => money(&ledger.fiscal_annual),
            ["appropriation"] => money(&ledger.appropriation),
            ["carried_over"] => money(&ledger.carried_over),
            ["other"] => Some(other(project, &ledger.other)),
            ["other_annual"] => Some(other(project, &ledger.other_annual)),
            ["name"] => Some(self.text(&project.name)),
            ["unit", "name"] => Some(self.text(&project.unit(self.declaration).name)),
            ["nature"] => project.nature.as_ref().map(|nature| self.word(nature)),
            ["category"] => project.category.as_ref().map(|category| self.word(category)),
            ["attribute"] => project.attribute.as_ref().map(|own| self.word(own)),
            ["type"] => project.project_type.as_ref().map(|own| self.word(own)),
            ["leader"] => project.people.leader.as_ref().map(|name| self.text(name)),
            ["leader_phone"] => plain(&project.people.leader_phone),
            ["contact"] => project.people.contact.as_ref().map(|name| self.text(name)),
            ["contact_phone"] => plain(&project.people.contact_phone),
            ["subject"] => plain(&project.funding.subject),
            ["class"] => project.funding.class.as_ref().map(|class| self.text(class)),
            ["unit", "functions"] => {
                project.unit(self.declaration).functions.as_ref().map(|text| self.text(text))
            }
            ["source", what @ ("last_year" | "last_year_spent" | "year_before")] => {
                self.all_earlier(project.funding.sources.iter().map(|source| &source.before), what)
            }
            ["source", id, what] => {
                let mut all = project.funding.sources.iter().zip(&ledger.sources);
                let (source, own) = all.find(|(source, _)| source.id.as_deref() == Some(id))?;
                self.of_source(source, own, what)
            }
            ["cost", what @ ("last_year" | "last_year_spent" | "year_before")] => {
                let below = project.subprojects.iter().flat_map(|sub| &sub.costs);
                self.all_earlier(project.costs.iter().chain(below).map(|cost| &cost.before), what)
            }
            ["code"] => project.code.clone().map(|code| Value::Text(code).computed()),
            ["unit", "code"] => {
                let code = project.unit(self.declaration).code.clone();
                code.map(|code| Value::Text(code).computed())
            }
            ["start"] => Some(Value::Date(project.period.start).at(project.period_place.start)),
            ["end"] => Some(Value::Date(project.period.end).at(project.period_place.end)),
            ["period"] => Some(Value::Period(project.period).at(project.period_place.start)),
            ["sign_off", what] => self.of_sign_off(project.sign_off.as_ref()?, what),
            ["indicator", "count"] => Some(count(project.indicators.len())),
            ["indicator", "weights"] => weights(&project.indicators),
            ["subproject", "count"] => Some(count(project.subprojects.len())),
            ["subproject", "names"] => {
                Some(self.names(project.subprojects.iter().map(|subproject| &subproject.name)))
            }
            ["subproject", what @ ("list" | "annual_list")] => {
                let items = project.subprojects.iter().zip(&ledger.subprojects);
                Some(self.list(what, items.map(|(sub, own)| (&sub.name, own.total.amount, own.annual))))
            }
            ["subproject", id, rest @ ..] => {
                let index = project.subprojects.iter().position(|sub| sub.id.value.as_str() == *id)?;
                let subproject = project.subprojects.get(index)?;
                self.of_subproject(project, subproject, ledger.subprojects.get(index)?, rest)
            }
            ["cost", rest @ ..] => {
                let own = project.costs.iter().zip(&ledger.costs);
                let below = project.subprojects.iter().zip(&ledger.subprojects);
                let below = below.flat_map(|(sub, ledger)| sub.costs.iter().zip(&ledger.costs));
                self.of_costs(&project.costs, &ledger.costs, own.chain(below), rest)
            }
            _ => None,
        }
    }

    pub(super) fn of_subproject(
        &self,
        project: &'v Project,
        subproject: &'v Subproject,
        ledger: &'v SubprojectLedger,
        parts: &[&str],
    ) -> Option<Found<'v>> {
        let start = subproject.start.map_or(project.period.start, |start| start.value);
        let end = subproject.end.map_or(project.period.end, |end| end.value);
        let place = project.period_place;
        match parts {
            ["name"] => Some(self.text(&subproject.name)),
            ["total"] => Some(amount_of(&ledger.total, &subproject.name)),
            ["annual"] => Some(Value::Money(ledger.annual).at(subproject.name.span())),
            ["start"] => Some(Value::Date(start).at(subproject.start.map_or(place.start, |own| own.span))),
            ["end"] => Some(Value::Date(end).at(subproject.end.map_or(place.end, |own| own.span))),
            ["period"] => Some(Value::Period(Period { start, end }).at(place.start)),
            ["cost", rest @ ..] => {
                let all = subproject.costs.iter().zip(&ledger.costs);
                self.of_costs(&subproject.costs, &ledger.costs, all, rest)
            }
            _ => None,
        }
    }

    /// `count`, `names` and the lists of the costs here; one by its id among `all`.
    fn of_costs(
        &self,
        costs: &'v [Cost],
        ledgers: &'v [CostLedger],
        mut all: impl Iterator<Item = (&'v Cost, &'v CostLedger)>,
        parts: &[&str],
    ) -> Option<Found<'v>> {
        match parts {
            ["count"] => Some(count(costs.len())),
            ["names"] => Some(self.names(costs.iter().map(|cost| &cost.name))),
            [what @ ("list" | "annual_list")] => {
                let items = costs.iter().zip(ledgers);
                Some(self.list(what, items.map(|(cost, own)| (&cost.name, own.total.amount, own.annual))))
            }
            [id, what] => {
                let named = |cost: &Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == *id);
                let (cost, ledger) = all.find(|(cost, _)| named(cost))?;
                self.of_cost(cost, ledger, what)
            }
            _ => None,
        }
    }

    pub(super) fn of_cost(&self, cost: &'v Cost, ledger: &'v CostLedger, what: &str) -> Option<Found<'v>> {
        match (what, &cost.amount) {
            ("name", _) => Some(self.text(&cost.name)),
            ("amount", _) => Some(amount_of(&ledger.total, &cost.name)),
            ("annual", _) => Some(Value::Money(ledger.annual).at(cost.name.span())),
            ("price", CostBasis::Product { price, .. }) => Some(Value::Money(price.value).at(price.span)),
            ("quantity", CostBasis::Product { quantity, unit, .. }) => {
                let unit = unit.as_ref().map(|unit| self.unit(unit));
                Some(Value::Quantity(quantity.value, unit).at(quantity.span))
            }
            ("percent", CostBasis::Share { percent, .. }) => {
                Some(Value::Percent(percent.value).at(percent.span))
            }
            ("formula", _) => Some(Value::Text(self.formula(ledger)).at(cost.name.span())),
            _ => None,
        }
    }

    /// The sum of what each of them had in an earlier year; nothing where none had.
    fn all_earlier<'b>(
        &self,
        all: impl Iterator<Item = &'b BTreeMap<Year, Earlier>>,
        what: &str,
    ) -> Option<Found<'v>> {
        let amount = |found: Found<'v>| match found.value {
            Value::Money(amount) => Some(amount),
            _ => None,
        };
        let amounts: Vec<Money> =
            all.filter_map(|before| self.earlier(before, what)).filter_map(amount).collect();
        (!amounts.is_empty()).then(|| Money::sum(amounts)).flatten().map(|sum| Value::Money(sum).computed())
    }

    fn of_sign_off(&self, sign_off: &'v SignOff, what: &str) -> Option<Found<'v>> {
        match what {
            "preparer" => sign_off.preparer.as_ref().map(|name| self.text(name)),
            "reviewer" => sign_off.reviewer.as_ref().map(|name| self.text(name)),
            "head" => sign_off.head.as_ref().map(|name| self.text(name)),
            "finance" => sign_off.finance.as_ref().map(|name| self.text(name)),
            "phone" => sign_off.phone.clone().map(|phone| Value::Text(phone).computed()),
            "date" => sign_off.date.map(|date| Value::Date(date).computed()),
            _ => None,
        }
    }

    fn unit(&self, unit: &Text) -> String {
        self.profile.translate(unit.str(self.lang).trim(), self.lang).to_owned()
    }

    /// `13家×4万元`, `10%×800万元`, or the amount itself.
    fn formula(&self, ledger: &CostLedger) -> String {
        let money = |amount: Money| match self.lang {
            Lang::Zh => amount.in_wan(None),
            Lang::En => amount.english(),
        };
        match (&ledger.total.from, self.lang) {
            (Derivation::Product { quantity, unit, price }, lang) => {
                let quantity = quantity.normalize();
                let unit = unit.as_ref().map(|unit| self.unit(unit)).unwrap_or_default();
                let price = money(*price);
                match lang {
                    Lang::Zh => format!("{quantity}{unit}×{price}"),
                    Lang::En => format!("{quantity} {unit} × {price}").replace("  ", " "),
                }
            }
            (Derivation::Share { percent, base, .. }, Lang::Zh) => {
                format!("{}%×{}", percent.normalize(), money(*base))
            }
            (Derivation::Share { percent, base, .. }, Lang::En) => {
                format!("{}% of {}", percent.normalize(), money(*base))
            }
            _ => money(ledger.total.amount),
        }
    }
}

/// The amount of a part of the project, which stands at its name unless it is stated.
fn amount_of<'v>(entry: &'v Entry, name: &Text) -> Found<'v> {
    Found { value: Value::Money(entry.amount), origin: Origin::Amount(entry, Some(name.span())) }
}

fn plain<'v>(text: &Option<String>) -> Option<Found<'v>> {
    text.clone().map(|text| Value::Text(text).computed())
}

/// All weights together, where there are any.
fn weights<'v>(indicators: &[Indicator]) -> Option<Found<'v>> {
    let weights = || indicators.iter().filter(|own| own.is_annual()).filter_map(|indicator| indicator.weight);
    let first = weights().next()?;
    let sum = weights().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight.value))?;
    Some(Value::Quantity(sum, None).at(first.span))
}

/// 其他资金, which may be written for several years at once.
fn other<'v>(project: &Project, entry: &'v Entry) -> Found<'v> {
    let place = project.funding.other.as_ref().map(YearlyAmount::span);
    Found { value: Value::Money(entry.amount), origin: Origin::Amount(entry, place) }
}
