//! Every value that a text may take, with what it prints now.

use super::format;
use super::precision::Precision;
use super::values::{LINE_BREAK, Scope, Values, paths};
use crate::compute::Ledger;
use crate::form::Profile;
use crate::lang::Lang;
use crate::model::Declaration;

/// A value of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where texts may take it.
    pub scope: Scope,
    /// What stands between `{{` and `}}`.
    pub path: String,
    /// 打印的文字
    pub zh: String,
    /// What it prints in an English text.
    pub en: String,
}

/// The values of the overview, then those of each project.
pub fn values(declaration: &Declaration, ledger: &Ledger, profile: &Profile) -> Vec<Listed> {
    let projects = (0..declaration.projects.len()).map(Scope::Project);
    let of_scope = |scope| {
        let printed = |path: &str, lang| {
            let values = Values::new(declaration, ledger, profile, scope, lang);
            let value = values.resolve(path)?;
            let precision = Precision::of_text(&[], &values).unwrap_or_default();
            let text = format::print(&value, None, &values, &precision).ok()?;
            Some(if text == LINE_BREAK { "↵".to_owned() } else { text })
        };
        let listed = |path: String| {
            let (zh, en) = (printed(&path, Lang::Zh)?, printed(&path, Lang::En)?);
            Some(Listed { scope, path, zh, en })
        };
        paths(declaration, scope).into_iter().filter_map(listed).collect::<Vec<_>>()
    };
    std::iter::once(Scope::Overview).chain(projects).flat_map(of_scope).collect()
}
