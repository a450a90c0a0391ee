//! Sub-projects, costs, indicators, steps of the schedule and sources of funds put into a project's file.

use super::leaves::{Leaf, leaves};
use super::literal::{Shape, target, value};
use crate::lang::Words;
use crate::load::Table;
use crate::model::{Project, Subproject};
use crate::skeleton::{name, quoted};
use crate::source::Sources;

/// What to put in.
#[derive(Debug, Clone)]
pub enum Addition {
    /// A sub-project of one sum.
    Subproject {
        /// Its id.
        id: String,
        /// Its name, in Chinese and, if there is one, in English.
        name: (String, Option<String>),
        /// Its sum, with the unit.
        amount: String,
    },
    /// A cost of the project, or of a sub-project.
    Cost {
        /// The id of the sub-project.
        of: Option<String>,
        /// Its own id.
        id: Option<String>,
        /// Its name, in Chinese and, if there is one, in English.
        name: (String, Option<String>),
        /// How its amount comes about.
        sum: Sum,
    },
    /// An indicator.
    Indicator {
        /// 二级指标
        kind: String,
        /// Its name, in Chinese and, if there is one, in English.
        name: (String, Option<String>),
        /// Its target.
        target: String,
    },
    /// A step of the schedule.
    Step {
        /// What is done, in Chinese and, if there is one, in English.
        task: (String, Option<String>),
        /// From when.
        start: String,
        /// To when.
        end: String,
    },
    /// A source of funds.
    Source {
        /// Its kind, one that the form lists.
        kind: String,
        /// What it gives.
        amount: String,
    },
}

/// How a cost comes about.
#[derive(Debug, Clone)]
pub enum Sum {
    /// An amount.
    Amount(String),
    /// Quantity, unit, price.
    Product(String, Option<String>, String),
    /// Percent, and of what.
    Share(String, String),
}

impl Addition {
    /// The same with amounts, numbers, dates and targets as files have them, from what a person has filled in.
    ///
    /// # Errors
    ///
    /// What is expected in place of a value.
    pub fn as_written(&self) -> Result<Addition, Words> {
        let plain = |shape, text: &str| -> Result<String, Words> {
            let value = value(shape, text.trim(), None)?;
            Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        let mut written = self.clone();
        match &mut written {
            Addition::Subproject { amount, .. } | Addition::Source { amount, .. } => {
                *amount = plain(Shape::Amount, amount)?;
            }
            Addition::Cost { sum, .. } => match sum {
                Sum::Amount(amount) => *amount = plain(Shape::Amount, amount)?,
                Sum::Product(quantity, _, price) => {
                    *quantity = plain(Shape::Number, quantity)?;
                    *price = plain(Shape::Amount, price)?;
                }
                Sum::Share(percent, _) => *percent = plain(Shape::Number, percent)?,
            },
            Addition::Step { start, end, .. } => {
                *start = plain(Shape::Date, start)?;
                *end = plain(Shape::Date, end)?;
            }
            Addition::Indicator { target: own, .. } => *own = target(own),
        }
        Ok(written)
    }

    /// The keys and places that lead to it, once it is added; `None` where the project has no such sub-project.
    pub(super) fn path(&self, project: &Project) -> Option<Vec<String>> {
        let path = match self {
            Addition::Subproject { .. } => format!("subproject.{}", project.subprojects.len()),
            Addition::Cost { of: None, .. } => format!("cost.{}", project.costs.len()),
            Addition::Cost { of: Some(of), .. } => {
                let is_it = |own: &&Subproject| own.id.value.as_str() == of;
                let place = project.subprojects.iter().position(|own| is_it(&own))?;
                let costs = project.subprojects.iter().find(is_it).filter(|own| !own.single);
                format!("subproject.{place}.cost.{}", costs.map_or(0, |own| own.costs.len()))
            }
            Addition::Indicator { .. } => format!("indicator.{}", project.indicators.len()),
            Addition::Step { .. } => format!("schedule.{}", project.schedule.len()),
            Addition::Source { .. } => format!("funding.source.{}", project.funding.sources.len()),
        };
        Some(path.split('.').map(str::to_owned).collect())
    }

    /// Its table with its head, and the path of its kind.
    fn block(&self) -> (String, &'static str) {
        match self {
            Addition::Subproject { id, name: own, amount } => {
                let lines = [("id", quoted(id)), ("name", name(own)), ("amount", quoted(amount))];
                (block("[[subproject]]", &lines), "subproject[]")
            }
            Addition::Cost { of: None, id, name, sum } => {
                (block("[[cost]]", &cost(id.as_deref(), name, sum)), "cost[]")
            }
            Addition::Cost { of: Some(_), id, name, sum } => {
                (block("[[subproject.cost]]", &cost(id.as_deref(), name, sum)), "subproject[]")
            }
            Addition::Indicator { kind, name: own, target } => {
                let lines = [("kind", quoted(kind)), ("name", name(own)), ("target", quoted(target))];
                (block("[[indicator]]", &lines), "indicator[]")
            }
            Addition::Step { task, start, end } => {
                let lines = [("task", name(task)), ("start", start.clone()), ("end", end.clone())];
                (block("[[schedule]]", &lines), "schedule[]")
            }
            Addition::Source { kind, amount } => {
                let lines = [("kind", quoted(kind)), ("amount", quoted(amount))];
                (block("[[funding.source]]", &lines), "funding.source[]")
            }
        }
    }
}

/// The text of the project's file with the addition behind the last of its kind; the first of its kind stands where the format
/// has it.
pub fn add(project: &Project, sources: &Sources, addition: &Addition) -> String {
    let source = sources.get(project.span.file).map_or("", |file| file.text.as_str());
    let (block, kind) = addition.block();
    let within = match addition {
        Addition::Cost { of: Some(of), .. } => extent(project, of, source.len()),
        _ => 0..source.len(),
    };
    let leaves = leaves(source);
    let own = |path: &str| path.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'));
    let last = leaves.iter().rposition(|leaf| within.contains(&leaf.value.start) && own(&leaf.path));
    let at = end_of_table(source, &leaves, last.or_else(|| before(&leaves, kind)));
    let (before, after) = source.split_at_checked(at).unwrap_or((source, ""));
    let gap = if before.is_empty() || before.ends_with('\n') { "\n" } else { "\n\n" };
    let added = format!("{gap}{block}");
    // A file whose last line has no end keeps it so.
    let unended = after.is_empty() && !before.is_empty() && !before.ends_with('\n');
    let added = if unended { added.trim_end() } else { &added };
    format!("{before}{}{after}", with_line_ends_of(source, added))
}

/// The last value that stands before a kind in the order of the format.
fn before(leaves: &[Leaf], kind: &str) -> Option<usize> {
    let key = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let order = |path: &str| Table::Project.fields().iter().position(|own| own.key == key(path));
    let place = order(kind);
    leaves.iter().rposition(|leaf| order(&leaf.path) <= place)
}

/// The end of the last line of the table that a value belongs to; the end of the file where there is no value.
fn end_of_table(source: &str, leaves: &[Leaf], mut leaf: Option<usize>) -> usize {
    while let Some((place, own)) = leaf.and_then(|place| Some((place, leaves.get(place)?))) {
        let rest = source.get(own.value.end..).unwrap_or_default();
        let until = leaves.get(place + 1).map_or(source.len(), |next| next.key.start);
        let between = source.get(own.value.end..until).unwrap_or_default();
        if until == source.len() || between.lines().skip(1).any(|line| line.trim_start().starts_with('[')) {
            return own.value.end + rest.find('\n').map_or(rest.len(), |end| end + 1);
        }
        leaf = Some(place + 1);
    }
    source.len()
}

/// A text that has `\n` alone, with the line ends that most lines of `source` have.
pub fn with_line_ends_of(source: &str, text: &str) -> String {
    let windows = source.matches("\r\n").count();
    if windows * 2 > source.matches('\n').count() { text.replace('\n', "\r\n") } else { text.to_owned() }
}

/// From the id of a sub-project to that of the next.
fn extent(project: &Project, id: &str, end: usize) -> std::ops::Range<usize> {
    let start = |own: &Subproject| own.id.span.range().start;
    let mut from = project.subprojects.iter().skip_while(|own| own.id.value.as_str() != id);
    match (from.next(), from.next()) {
        (Some(own), Some(next)) => start(own)..start(next),
        (Some(own), None) => start(own)..end,
        _ => end..end,
    }
}

fn cost(id: Option<&str>, own: &(String, Option<String>), sum: &Sum) -> Vec<(&'static str, String)> {
    let mut lines: Vec<(&str, String)> = id.map(|id| ("id", quoted(id))).into_iter().collect();
    lines.push(("name", name(own)));
    match sum {
        Sum::Amount(amount) => lines.push(("amount", quoted(amount))),
        Sum::Product(quantity, unit, price) => {
            lines.push(("quantity", quantity.clone()));
            lines.extend(unit.as_ref().map(|unit| ("unit", quoted(unit))));
            lines.push(("price", quoted(price)));
        }
        Sum::Share(percent, of) => {
            lines.push(("percent", percent.clone()));
            lines.push(("of", quoted(of)));
        }
    }
    lines
}

/// A table with its keys aligned.
fn block(head: &str, lines: &[(&str, String)]) -> String {
    let width = lines.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let lines = lines.iter().map(|(key, value)| format!("{key:<width$} = {value}\n"));
    format!("{head}\n{}", lines.collect::<String>())
}
