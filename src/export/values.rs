//! The values of texts, for people and as data.

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::model::Declaration;
use crate::narrative::{Listed, Scope};
use crate::source::example;

/// No line is wider, in columns of a terminal.
const WIDTH: usize = 80;

/// A line for each value: what stands in the text, and what it prints now.
pub fn values_text(declaration: &Declaration, values: &[Listed], lang: Lang) -> String {
    let mut out = String::new();
    let mut scope = None;
    for value in values {
        if scope != Some(value.scope) {
            let gap = if scope.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}{}\n", cut(&heading(declaration, value.scope, lang), WIDTH)));
            scope = Some(value.scope);
        }
        let printed = match lang {
            Lang::Zh => &value.zh,
            Lang::En => &value.en,
        };
        let path = format!("  {{{{{}}}}}", value.path);
        let path = format!("{path:<34} ");
        let path = if path.len() > 52 { format!("{}\n{:35}", path.trim_end(), "") } else { path };
        let used = path.lines().last().map_or(0, str::len);
        out.push_str(&path);
        out.push_str(&cut(&printed.replace('\n', " "), WIDTH.saturating_sub(used)));
        out.push('\n');
    }
    out
}

/// The same as JSON, in both languages and in full.
pub fn values_json(
    declaration: &Declaration,
    values: &[Listed],
    department: Option<&(Declaration, Vec<Listed>)>,
) -> String {
    let one = |declaration: &Declaration, value: &Listed| {
        let project = match value.scope {
            Scope::Overview => None,
            Scope::Project(index) => declaration.projects.get(index).map(|project| project.id.as_str()),
        };
        json!({ "project": project, "path": value.path, "zh": value.zh, "en": value.en })
    };
    let own = department.into_iter().flat_map(|(own, values)| values.iter().map(|value| one(own, value)));
    let list: Vec<Value> = values.iter().map(|value| one(declaration, value)).chain(own).collect();
    // Strings alone cannot fail to serialize.
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

fn heading(declaration: &Declaration, scope: Scope, lang: Lang) -> String {
    let project = match scope {
        Scope::Overview => None,
        Scope::Project(index) => declaration.projects.get(index),
    };
    match (project, lang) {
        (Some(project), _) if project.number == 0 => {
            format!("department.toml  {}", project.name.str(lang).trim())
        }
        (Some(project), _) => {
            let file = example(&format!("projects/{}-{}", project.number, project.id));
            format!("{file}  {}", project.name.str(lang).trim())
        }
        (None, Lang::Zh) => "[overview] 概述".to_owned(),
        (None, Lang::En) => "[overview]".to_owned(),
    }
}

/// A text cut to so many columns, with … at its end where some is left out.
fn cut(text: &str, width: usize) -> String {
    let columns = |ch: char| if ch.is_ascii() { 1 } else { 2 };
    if text.chars().map(columns).sum::<usize>() <= width {
        return text.to_owned();
    }
    let (mut out, mut used) = (String::new(), 2);
    for ch in text.chars() {
        used += columns(ch);
        if used > width {
            break;
        }
        out.push(ch);
    }
    out + "…"
}
