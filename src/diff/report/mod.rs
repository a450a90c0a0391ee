//! Differences as text: for a terminal, for a pull request, for programs.

mod human;
mod json;
mod markdown;
mod outline;
mod print;
mod summary;

use super::tree::Difference;

pub use human::{Look, human};
pub use json::JsonReport;
pub use markdown::markdown;

/// One declaration folder of a comparison.
#[derive(Debug)]
pub struct Entry {
    /// The folder, as the user knows it.
    pub name: String,
    /// What it was called before, when it was renamed.
    pub renamed_from: Option<String>,
    /// What differs; `None` when one side has errors that leave nothing to compare.
    pub difference: Option<Difference>,
}

impl Entry {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.renamed_from.is_none() && self.difference.as_ref().is_some_and(Difference::is_empty)
    }
}
