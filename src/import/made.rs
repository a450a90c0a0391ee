//! What an import writes.

use std::path::PathBuf;

/// A file of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its path within the folder.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The name of its project; `None` for `declaration.toml`.
    pub project: Option<String>,
    /// What to say of the project in a line: its costs and indicators, and its amount.
    pub parts: (usize, usize, String),
}
