//! The values that a text or a form may take, by path.

mod cell;
mod department;
mod item;
mod known;
mod project;
mod result;

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::compute::{Entry, Evaluation, Ledger};
use crate::form::Profile;
use crate::lang::Lang;
use crate::model::{Declaration, Money, Period, Text, Year};
use crate::paths::{List, is_only_of_forms};
use crate::source::{FileId, Span};

pub use item::Repeated;
pub use known::paths;

/// Where a text stands, which decides what it can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 绩效目标设置情况
    Overview,
    /// A project, by its index.
    Project(usize),
}

impl Scope {
    /// The index of its project.
    pub fn project(self) -> Option<usize> {
        match self {
            Scope::Overview => None,
            Scope::Project(index) => Some(index),
        }
    }
}

/// A value in one language.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Value {
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

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'v> {
    /// A text, as it is written.
    Written(&'v Text),
    /// It stands somewhere in a file.
    At(Span),
    /// An amount of the ledger, and what it was computed of where that stands in one place.
    Amount(&'v Entry, Option<Span>),
    /// It is computed, or no place is known.
    Computed,
}

/// A value, with where it comes from.
#[derive(Debug, Clone)]
pub struct Found<'v> {
    /// The value in the language that was asked for.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin<'v>,
}

impl Value {
    fn computed<'v>(self) -> Found<'v> {
        Found { value: self, origin: Origin::Computed }
    }

    fn written(self, text: &Text) -> Found<'_> {
        Found { value: self, origin: Origin::Written(text) }
    }

    fn at<'v>(self, span: Span) -> Found<'v> {
        Found { value: self, origin: Origin::At(span) }
    }
}

/// A self-evaluation, of each project in the order of the declaration, by its form.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The form that it is written for.
    pub profile: Profile,
    /// `None` for a project without results.
    pub projects: Vec<Option<Evaluation>>,
}

/// Everything that paths are looked up in.
#[derive(Clone, Copy)]
pub struct Values<'v> {
    pub(super) declaration: &'v Declaration,
    pub(super) ledger: &'v Ledger,
    pub(super) profile: &'v Profile,
    pub(super) scope: Scope,
    pub(super) lang: Lang,
    /// The item that a form repeats its rows for.
    pub(super) item: Option<Repeated<'v>>,
    /// The self-evaluation, where one is printed.
    pub(super) evaluation: Option<&'v Evaluated>,
    /// The files that have errors: what they name may be missing here for that reason.
    pub(super) broken: &'v BTreeSet<FileId>,
}

/// What `{{break}}` prints: a line break that stays, where a line break of the file joins.
pub(super) const LINE_BREAK: &str = "\u{2028}";

impl<'v> Values<'v> {
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

    /// The value that a text may take at a path.
    pub(super) fn resolve(&self, path: &str) -> Option<Value> {
        let own = path.strip_prefix("declaration.").unwrap_or(path);
        self.find(path).filter(|_| !is_only_of_forms(own)).map(|found| found.value)
    }

    /// The value at a path.
    pub fn find(&self, path: &str) -> Option<Found<'v>> {
        let parts: Vec<&str> = path.split('.').collect();
        let declaration = self.declaration;
        match parts.as_slice() {
            ["year"] => Some(Value::Year(declaration.year).at(declaration.year_place)),
            ["years", what] => {
                let back = if *what == "last" { 1 } else { 2 };
                Some(Value::Year(declaration.year.checked_sub(back)?).computed())
            }
            ["date"] => Some(Value::Date(declaration.date).computed()),
            ["break"] => Some(Value::Text(LINE_BREAK.to_owned()).computed()),
            ["department", "name"] => Some(self.text(&declaration.department.name)),
            ["department", "code"] => {
                declaration.department.code.clone().map(|code| Value::Text(code).computed())
            }
            parts => match self.scope {
                Scope::Overview => self.of_declaration(parts),
                Scope::Project(index) => {
                    let project = self.declaration.projects.get(index)?;
                    let ledger = self.ledger.projects.get(index)?;
                    match (parts, self.item) {
                        (["declaration", rest @ ..], _) => self.of_declaration(rest),
                        ([list, what], Some(item)) => {
                            // What an item may have is not looked for in the project where this one has none.
                            let is_own = || List::ALL.iter().any(|list| list.paths().contains(&path));
                            match item.part(list).filter(|_| is_own()) {
                                Some(item) => self.of_item(item, what),
                                None => self.of_project(project, ledger, parts),
                            }
                        }
                        (parts, _) => {
                            let found = self.of_evaluation(index, parts);
                            let found = found.or_else(|| self.of_department(parts));
                            found.or_else(|| self.of_project(project, ledger, parts))
                        }
                    }
                }
            },
        }
    }

    fn text(&self, text: &'v Text) -> Found<'v> {
        Value::Text(text.str(self.lang).trim().to_owned()).written(text)
    }

    /// A text that the form may translate.
    fn word(&self, text: &'v Text) -> Found<'v> {
        let word = text.str(self.lang).trim();
        Value::Text(self.profile.translate(word, self.lang).to_owned()).written(text)
    }

    fn of_declaration(&self, parts: &[&str]) -> Option<Found<'v>> {
        if let Some(own) = self.ledger.department.as_deref() {
            let (declaration, ledger) = (&own.declaration, &own.ledger);
            return Values { declaration, ledger, scope: Scope::Overview, ..*self }.of_declaration(parts);
        }
        let (declaration, ledger) = (self.declaration, self.ledger);
        let unit = &declaration.unit;
        let declared = declaration.overview.declared;
        let printed = &ledger.printed;
        let whole = |entry: &'v Entry| match declared {
            Some(declared) => Value::Money(declared.amount.value).at(declared.amount.span),
            None => amount(entry),
        };
        match parts {
            ["unit", "name"] => Some(self.text(&unit.name)),
            ["unit", "code"] => unit.code.clone().map(|code| Value::Text(code).computed()),
            ["total"] => Some(whole(&printed.total)),
            ["annual"] => Some(whole(&printed.annual)),
            ["budget_units"] => Some(count(usize::try_from(declaration.overview.budget_units).ok()?)),
            ["project", "count"] => Some(match declared {
                Some(declared) => count(usize::try_from(declared.projects.value).ok()?),
                None => count(declaration.projects.len()),
            }),
            ["printed", "count"] => Some(count(declaration.projects.len())),
            ["printed", "total"] => Some(amount(&printed.total)),
            ["printed", "annual"] => Some(amount(&printed.annual)),
            ["project", "names"] => {
                Some(self.names(declaration.projects.iter().map(|project| &project.name)))
            }
            ["project", what @ ("list" | "annual_list")] => {
                let items = declaration.projects.iter().zip(&ledger.projects);
                Some(self.list(
                    what,
                    items.map(|(project, own)| (&project.name, own.total.rounded.amount, own.annual.amount)),
                ))
            }
            ["project", id, what] => {
                let index = declaration.projects.iter().position(|project| project.id.as_str() == *id)?;
                let (project, ledger) = (declaration.projects.get(index)?, ledger.projects.get(index)?);
                match *what {
                    "name" => Some(self.text(&project.name)),
                    "total" => Some(amount(&ledger.total.rounded)),
                    "annual" => Some(amount(&ledger.annual)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Names with their totals, or for `annual_list` with the amounts of the declaration's year, without those that have
    /// none in it.
    fn list<'t>(&self, what: &str, items: impl Iterator<Item = (&'t Text, Money, Money)>) -> Found<'v> {
        let mut items: Vec<_> = items.collect();
        let of_year = what == "annual_list";
        if of_year && items.iter().any(|(.., annual)| !annual.is_zero()) {
            items.retain(|(.., annual)| !annual.is_zero());
        }
        let listed = |(name, total, annual)| (self.name(name), if of_year { annual } else { total });
        Value::List(items.into_iter().map(listed).collect()).computed()
    }

    fn name(&self, text: &Text) -> String {
        text.str(self.lang).trim().to_owned()
    }

    fn names<'n>(&self, names: impl Iterator<Item = &'n Text>) -> Found<'v> {
        Value::Names(names.map(|name| self.name(name)).collect()).computed()
    }
}

fn amount(entry: &Entry) -> Found<'_> {
    Found { value: Value::Money(entry.amount), origin: Origin::Amount(entry, None) }
}

fn count<'v>(count: usize) -> Found<'v> {
    Value::Count(count).computed()
}
