//! The computed values that a text may take, and what they are now.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use shenbao::lang::Lang;
use shenbao::model::Project;
use shenbao::narrative::{Scope, paths, printed};
use shenbao::pipeline::{Whole, prepare};
use shenbao::source::Sources;

use super::server::Body;

/// The text that asks.
#[derive(Deserialize)]
struct Asked {
    /// Within the declaration's folder, with `/`.
    file: String,
    lang: Option<String>,
    /// What it takes, such as `{{total | 元}}`.
    written: Vec<String>,
}

#[derive(Serialize)]
struct Known {
    /// What it takes, with what that is; nothing where it cannot be taken.
    values: BTreeMap<String, Option<String>>,
    /// What else it may take.
    all: Vec<Offered>,
}

#[derive(Serialize)]
struct Offered {
    written: String,
    value: String,
}

/// Tells the values; `None` for what is no such wish, and where the declaration cannot be read.
pub fn values(folder: &Path, body: &[u8]) -> Option<Body> {
    let Asked { file, lang, written } = serde_json::from_slice(body).ok()?;
    let lang = lang.as_deref().and_then(Lang::from_tag).unwrap_or(Lang::Zh);
    let prepared = prepare(folder);
    let (whole, scope) = scope(prepared.whole.as_ref()?, folder, &prepared.sources, &file)?;
    let Whole { declaration, ledger, profile, .. } = whole;
    let value = |written: &str| printed(declaration, ledger, profile, (scope, lang), written);
    let offered = |path: String| {
        let written = format!("{{{{{path}}}}}");
        let value = value(&written)?;
        Some(Offered { written, value })
    };
    let known = Known {
        values: written.into_iter().map(|written| (written.clone(), value(&written))).collect(),
        all: paths(declaration, scope).into_iter().filter_map(offered).collect(),
    };
    Some(Body { mime: "application/json", bytes: serde_json::to_vec(&known).unwrap_or_default() })
}

/// What the texts of a file may name.
fn scope<'w>(whole: &'w Whole, folder: &Path, sources: &Sources, file: &str) -> Option<(&'w Whole, Scope)> {
    let path = folder.join(file);
    let is_it = |project: &Project| sources.get(project.span.file).is_some_and(|own| own.path == path);
    let within = |whole: &'w Whole| {
        let index = whole.declaration.projects.iter().position(is_it)?;
        Some((whole, Scope::Project(index)))
    };
    if file == "declaration.toml" {
        return Some((whole, Scope::Overview));
    }
    within(whole).or_else(|| within(whole.department.as_deref()?))
}
