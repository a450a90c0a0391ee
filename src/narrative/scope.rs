//! The values that a text may take, by path.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::listed::{OVERVIEW_PATHS, PROJECT_PATHS};
use crate::compute::{CostLedger, Derivation, Ledger, ProjectLedger, SubprojectLedger};
use crate::form::Profile;
use crate::lang::Lang;
use crate::model::{Cost, CostBasis, Declaration, Money, Period, Project, Subproject, Text, Year};
use crate::source::FileId;

/// Where a text stands, which decides what it can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 绩效目标设置情况
    Overview,
    /// A project, by its index.
    Project(usize),
}

/// A computed value, in one language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Money(Money),
    Count(usize),
    Text(String),
    Names(Vec<String>),
    List(Vec<(String, Money)>),
    Date(Date),
    Period(Period),
    Year(Year),
    Percent(Decimal),
    Quantity(Decimal, Option<String>),
}

impl Value {
    /// Whether it lists something of which there is none.
    pub(super) fn is_empty_list(&self) -> bool {
        match self {
            Value::Names(names) => names.is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

/// Everything that paths are looked up in.
pub(super) struct Values<'v> {
    pub(super) declaration: &'v Declaration,
    pub(super) ledger: &'v Ledger,
    pub(super) profile: &'v Profile,
    pub(super) scope: Scope,
    pub(super) lang: Lang,
    /// The files that have errors: what they name may be missing here for that reason.
    pub(super) broken: &'v BTreeSet<FileId>,
}

/// What `{{break}}` prints: a line break that stays, where a line break of the file joins.
pub(super) const LINE_BREAK: &str = "\u{2028}";

impl Values<'_> {
    /// Whether `path` names a part of a file that could not be read in full, which has its own finding.
    pub(super) fn may_be_unread(&self, path: &str) -> bool {
        if path.starts_with("declaration.project.") {
            return !self.broken.is_empty();
        }
        match self.scope {
            Scope::Overview => path.starts_with("project.") && !self.broken.is_empty(),
            Scope::Project(index) => {
                let file = self.declaration.projects.get(index).map(|project| project.span.file);
                (path.starts_with("cost.") || path.starts_with("subproject."))
                    && file.is_some_and(|file| self.broken.contains(&file))
            }
        }
    }

    /// The list that is not empty where this one is: a project has costs of its own or sub-projects.
    pub(super) fn list_instead(&self, path: &str) -> Option<String> {
        let other = match path.split_once('.')? {
            ("cost", what) => format!("subproject.{what}"),
            ("subproject", what) => format!("cost.{what}"),
            _ => return None,
        };
        self.resolve(&other).filter(|value| !value.is_empty_list()).map(|_| other)
    }

    pub(super) fn resolve(&self, path: &str) -> Option<Value> {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            ["year"] => Some(Value::Year(self.declaration.year)),
            ["break"] => Some(Value::Text(LINE_BREAK.to_owned())),
            ["department", "name"] => Some(self.text(&self.declaration.department.name)),
            parts => match self.scope {
                Scope::Overview => self.of_declaration(parts),
                Scope::Project(index) => {
                    let project = self.declaration.projects.get(index)?;
                    let ledger = self.ledger.projects.get(index)?;
                    match parts {
                        ["declaration", rest @ ..] => self.of_declaration(rest),
                        parts => self.of_project(project, ledger, parts),
                    }
                }
            },
        }
    }

    fn text(&self, text: &Text) -> Value {
        Value::Text(text.str(self.lang).trim().to_owned())
    }

    fn word(&self, text: &Text) -> Value {
        let word = text.str(self.lang).trim();
        Value::Text(self.profile.translate(word, self.lang).to_owned())
    }

    fn of_declaration(&self, parts: &[&str]) -> Option<Value> {
        let (declaration, ledger) = (self.declaration, self.ledger);
        let unit = &declaration.unit;
        let declared = declaration.overview.declared;
        let printed = &ledger.printed;
        match parts {
            ["unit", "name"] => Some(self.text(&unit.name)),
            ["total"] => Some(Value::Money(ledger.stated_total())),
            ["annual"] => {
                Some(Value::Money(declared.map_or(printed.annual.amount, |declared| declared.amount.value)))
            }
            ["budget_units"] => usize::try_from(declaration.overview.budget_units).ok().map(Value::Count),
            ["project", "count"] => match declared {
                Some(declared) => usize::try_from(declared.projects.value).ok().map(Value::Count),
                None => Some(Value::Count(declaration.projects.len())),
            },
            ["printed", "count"] => Some(Value::Count(declaration.projects.len())),
            ["printed", "total"] => Some(Value::Money(printed.total.amount)),
            ["printed", "annual"] => Some(Value::Money(printed.annual.amount)),
            ["project", "names"] => {
                Some(self.names(declaration.projects.iter().map(|project| &project.name)))
            }
            ["project", what @ ("list" | "annual_list")] => {
                let items = declaration.projects.iter().zip(&ledger.projects);
                self.list(
                    what,
                    items.map(|(project, own)| (&project.name, own.total.rounded.amount, own.annual.amount)),
                )
            }
            ["project", id, what] => {
                let index = declaration.projects.iter().position(|project| project.id.as_str() == *id)?;
                let (project, ledger) = (declaration.projects.get(index)?, ledger.projects.get(index)?);
                match *what {
                    "name" => Some(self.text(&project.name)),
                    "total" => Some(Value::Money(ledger.total.rounded.amount)),
                    "annual" => Some(Value::Money(ledger.annual.amount)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn of_project(&self, project: &Project, ledger: &ProjectLedger, parts: &[&str]) -> Option<Value> {
        let money = |entry: &crate::compute::Entry| Some(Value::Money(entry.amount));
        match parts {
            ["total"] => money(&ledger.total.rounded),
            ["exact"] => money(&ledger.total.exact),
            ["annual"] => money(&ledger.annual),
            ["fiscal"] => money(&ledger.fiscal),
            ["appropriation"] => money(&ledger.appropriation),
            ["carried_over"] => money(&ledger.carried_over),
            ["other"] => money(&ledger.other),
            ["other_annual"] => money(&ledger.other_annual),
            ["name"] => Some(self.text(&project.name)),
            ["unit", "name"] => Some(self.text(&project.unit(self.declaration).name)),
            ["nature"] => project.nature.as_ref().map(|nature| self.word(nature)),
            ["category"] => project.category.as_ref().map(|category| self.word(category)),
            ["code"] => project.code.clone().map(Value::Text),
            ["start"] => Some(Value::Date(project.period.start)),
            ["end"] => Some(Value::Date(project.period.end)),
            ["period"] => Some(Value::Period(project.period)),
            ["indicator", "count"] => Some(Value::Count(project.indicators.len())),
            ["subproject", "count"] => Some(Value::Count(project.subprojects.len())),
            ["subproject", "names"] => {
                Some(self.names(project.subprojects.iter().map(|subproject| &subproject.name)))
            }
            ["subproject", what @ ("list" | "annual_list")] => {
                let items = project.subprojects.iter().zip(&ledger.subprojects);
                self.list(what, items.map(|(sub, own)| (&sub.name, own.total.amount, own.annual)))
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

    fn of_subproject(
        &self,
        project: &Project,
        subproject: &Subproject,
        ledger: &SubprojectLedger,
        parts: &[&str],
    ) -> Option<Value> {
        let start = subproject.start.map_or(project.period.start, |start| start.value);
        let end = subproject.end.map_or(project.period.end, |end| end.value);
        match parts {
            ["name"] => Some(self.text(&subproject.name)),
            ["total"] => Some(Value::Money(ledger.total.amount)),
            ["annual"] => Some(Value::Money(ledger.annual)),
            ["start"] => Some(Value::Date(start)),
            ["end"] => Some(Value::Date(end)),
            ["period"] => Some(Value::Period(Period { start, end })),
            ["cost", rest @ ..] => {
                let all = subproject.costs.iter().zip(&ledger.costs);
                self.of_costs(&subproject.costs, &ledger.costs, all, rest)
            }
            _ => None,
        }
    }

    /// Names with their totals, or for `annual_list` with the amounts of the declaration's year, without those that have
    /// none in it.
    fn list<'t>(&self, what: &str, items: impl Iterator<Item = (&'t Text, Money, Money)>) -> Option<Value> {
        let mut items: Vec<_> = items.collect();
        let of_year = what == "annual_list";
        if of_year && items.iter().any(|(.., annual)| !annual.is_zero()) {
            items.retain(|(.., annual)| !annual.is_zero());
        }
        let listed = |(name, total, annual)| (self.name(name), if of_year { annual } else { total });
        Some(Value::List(items.into_iter().map(listed).collect()))
    }

    /// `count`, `names` and the lists of the costs here; one by its id among `all`.
    fn of_costs<'c>(
        &self,
        costs: &[Cost],
        ledgers: &[CostLedger],
        mut all: impl Iterator<Item = (&'c Cost, &'c CostLedger)>,
        parts: &[&str],
    ) -> Option<Value> {
        match parts {
            ["count"] => Some(Value::Count(costs.len())),
            ["names"] => Some(self.names(costs.iter().map(|cost| &cost.name))),
            [what @ ("list" | "annual_list")] => {
                let items = costs.iter().zip(ledgers);
                self.list(what, items.map(|(cost, own)| (&cost.name, own.total.amount, own.annual)))
            }
            [id, what] => {
                let named = |cost: &Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == *id);
                let (cost, ledger) = all.find(|(cost, _)| named(cost))?;
                self.of_cost(cost, ledger, what)
            }
            _ => None,
        }
    }

    fn of_cost(&self, cost: &Cost, ledger: &CostLedger, what: &str) -> Option<Value> {
        match (what, &cost.amount) {
            ("name", _) => Some(self.text(&cost.name)),
            ("amount", _) => Some(Value::Money(ledger.total.amount)),
            ("annual", _) => Some(Value::Money(ledger.annual)),
            ("price", CostBasis::Product { price, .. }) => Some(Value::Money(price.value)),
            ("quantity", CostBasis::Product { quantity, unit, .. }) => {
                Some(Value::Quantity(quantity.value, unit.as_ref().map(|unit| self.unit(unit))))
            }
            ("percent", CostBasis::Share { percent, .. }) => Some(Value::Percent(percent.value)),
            ("formula", _) => Some(Value::Text(self.formula(ledger))),
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

    fn name(&self, text: &Text) -> String {
        text.str(self.lang).trim().to_owned()
    }

    fn names<'n>(&self, names: impl Iterator<Item = &'n Text>) -> Value {
        Value::Names(names.map(|name| self.name(name)).collect())
    }
}

/// Every path that a text in this scope may name.
pub fn paths(declaration: &Declaration, scope: Scope) -> Vec<String> {
    let (common, whole) = OVERVIEW_PATHS.split_at(COMMON);
    let mut paths: Vec<String> = common.iter().map(|path| (*path).to_owned()).collect();
    let mut whole: Vec<String> = of_any(whole).collect();
    for project in &declaration.projects {
        let id = &project.id;
        whole.extend(["name", "total", "annual"].map(|what| format!("project.{id}.{what}")));
    }
    let index = match scope {
        Scope::Overview => {
            paths.extend(whole);
            return paths;
        }
        Scope::Project(index) => index,
    };
    paths.extend(whole.iter().map(|path| format!("declaration.{path}")));
    if let Some(project) = declaration.projects.get(index) {
        project_paths(project, &mut paths);
        // A list of nothing is no value.
        let empty = |of: &str, none: bool| {
            none.then_some(["names", "list", "annual_list"].map(|what| format!("{of}.{what}")))
        };
        let empty =
            [empty("subproject", project.subprojects.is_empty()), empty("cost", project.costs.is_empty())];
        paths.retain(|path| !empty.iter().flatten().flatten().any(|own| own == path));
    }
    paths
}

/// How many paths come first that texts of every scope have.
const COMMON: usize = 4;

/// Those of a list that name no id.
fn of_any(paths: &[&str]) -> impl Iterator<Item = String> {
    paths.iter().filter(|path| !path.contains("ID")).map(|path| (*path).to_owned())
}

fn project_paths(project: &Project, paths: &mut Vec<String>) {
    let (_, own) = PROJECT_PATHS.split_at(COMMON);
    let given = |path: &String| match path.as_str() {
        "code" => project.code.is_some(),
        "nature" => project.nature.is_some(),
        "category" => project.category.is_some(),
        _ => true,
    };
    paths.extend(of_any(own).filter(given));
    paths.extend(project.unit.as_ref().map(|_| "declaration.unit.name".to_owned()));
    for cost in &project.costs {
        cost_paths(cost, "cost", paths);
    }
    for subproject in &project.subprojects {
        let id = &subproject.id.value;
        let what = PROJECT_PATHS.iter().filter_map(|path| path.strip_prefix("subproject.ID."));
        paths.extend(what.filter(|what| !what.contains("ID")).map(|what| format!("subproject.{id}.{what}")));
        for cost in &subproject.costs {
            cost_paths(cost, "cost", paths);
            cost_paths(cost, &format!("subproject.{id}.cost"), paths);
        }
    }
}

fn cost_paths(cost: &Cost, before: &str, paths: &mut Vec<String>) {
    let Some(id) = &cost.id else { return };
    let own: &[&str] = match cost.amount {
        CostBasis::Product { .. } => &["price", "quantity"],
        CostBasis::Share { .. } => &["percent"],
        CostBasis::Stated(_) => &[],
    };
    for what in ["name", "amount", "annual", "formula"].iter().chain(own) {
        paths.push(format!("{before}.{}.{what}", id.value));
    }
}
