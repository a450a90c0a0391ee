//! Sub-projects, costs and indicators put into a project's file.

use super::leaves::leaves;
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

/// The text of the project's file with the addition behind the last of its kind, or at the end where it is the first.
pub fn add(project: &Project, sources: &Sources, addition: &Addition) -> String {
    let source = sources.get(project.span.file).map_or("", |file| file.text.as_str());
    let (block, kind, within) = match addition {
        Addition::Subproject { id, name: own, amount } => {
            let lines = [("id", quoted(id)), ("name", name(own)), ("amount", quoted(amount))];
            (block("[[subproject]]", &lines), "subproject[]", 0..source.len())
        }
        Addition::Cost { of: None, id, name, sum } => {
            (block("[[cost]]", &cost(id.as_deref(), name, sum)), "cost[]", 0..source.len())
        }
        Addition::Cost { of: Some(of), id, name, sum } => {
            let block = block("[[subproject.cost]]", &cost(id.as_deref(), name, sum));
            (block, "subproject[]", extent(project, of, source.len()))
        }
        Addition::Indicator { kind, name: own, target } => {
            let lines = [("kind", quoted(kind)), ("name", name(own)), ("target", quoted(target))];
            (block("[[indicator]]", &lines), "indicator[]", 0..source.len())
        }
    };
    let own = |path: &str| path.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'));
    let last = leaves(source).into_iter().rfind(|leaf| within.contains(&leaf.value.start) && own(&leaf.path));
    let at = last.map_or(source.len(), |leaf| {
        let rest = source.get(leaf.value.end..).unwrap_or("");
        leaf.value.end + rest.find('\n').map_or(rest.len(), |end| end + 1)
    });
    let (before, after) = source.split_at_checked(at).unwrap_or((source, ""));
    let gap = if before.is_empty() || before.ends_with('\n') { "\n" } else { "\n\n" };
    let added = format!("{gap}{block}");
    // A file whose last line has no end keeps it so.
    let unended = after.is_empty() && !before.is_empty() && !before.ends_with('\n');
    let added = if unended { added.trim_end() } else { &added };
    format!("{before}{}{after}", with_line_ends_of(source, added))
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
