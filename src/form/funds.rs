//! The sources of funds and the lines of a budget that a form lists.

use serde::Deserialize;

use crate::lang::Words;

/// A source of funds that a form lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceKind {
    /// By which cells of the form name it.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// What it is part of.
    pub of: FundsPart,
}

impl SourceKind {
    /// Whether it is called so: its id, or its name in either language.
    pub fn is_named(&self, name: &str) -> bool {
        is_named(&self.id, &self.name, name)
    }

    /// Whether it is part of 财政资金.
    pub fn is_fiscal(&self) -> bool {
        self.of == FundsPart::Fiscal
    }
}

/// What funds are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FundsPart {
    /// 财政资金
    Fiscal,
    /// 其他资金
    Other,
}

/// A line of a department's income or outlay that a form lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineKind {
    /// By which cells of the form name it.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Whether its amount is what the projects request for the year.
    #[serde(default)]
    pub of_projects: bool,
}

impl LineKind {
    /// Whether it is called so: its id, or its name in either language.
    pub fn is_named(&self, name: &str) -> bool {
        is_named(&self.id, &self.name, name)
    }
}

fn is_named(id: &str, own: &Words, name: &str) -> bool {
    [id, &own.zh, &own.en].contains(&name)
}
