//! Puts a changed file of a declaration in place, and tells whether it would have an error that it has not.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::rejected::Rejected;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Prepared, prepare, prepare_with};
use crate::source::{Before, WriteError, stage};

/// Some editors put it before a file's text.
const MARK: &str = "\u{feff}";

/// A file before and after; `None` where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    /// The file, within the declaration's folder, with `/`.
    pub file: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Changed {
    /// What undoes it.
    pub fn back(self) -> Changed {
        Changed { before: self.after, after: self.before, ..self }
    }
}

/// Replaces, creates or deletes a file, which is as it was before.
pub(super) fn put(folder: &Path, changed: &Changed) -> Result<(), Rejected> {
    let Changed { file, before, after } = changed;
    let path = folder.join(file);
    let old = before.as_ref().map(|_| fs::read_to_string(&path)).transpose().map_err(missing)?;
    if old.as_ref().map(|old| old.strip_prefix(MARK).unwrap_or(old)) != before.as_deref() {
        return Err(Rejected::Meanwhile);
    }
    let Some(after) = after else {
        return fs::remove_file(path).map_err(Rejected::System);
    };
    let mark = old.as_ref().filter(|old| old.starts_with(MARK)).map_or("", |_| MARK);
    let staged = stage(&path, &[mark.as_bytes(), after.as_bytes()], true).map_err(Rejected::System)?;
    let before = old.as_ref().map_or(Before::Nothing, |old| Before::Bytes(old.as_bytes()));
    staged.put(before).map_err(|error| match error {
        WriteError::Changed => Rejected::Meanwhile,
        WriteError::Io(error) if error.kind() == io::ErrorKind::AlreadyExists => Rejected::Meanwhile,
        WriteError::Io(error) => Rejected::System(error),
    })
}

/// Refuses what would give the declaration an error that it has not.
pub(super) fn check(folder: &Path, changed: &Changed) -> Result<(), Rejected> {
    let text = changed.after.clone().map(|after| (folder.join(&changed.file), after));
    let texts: BTreeMap<PathBuf, String> = text.into_iter().collect();
    let known = errors(prepare(folder));
    let is_new =
        |one: &Diagnostic| !known.iter().any(|own| (own.code, &own.message) == (one.code, &one.message));
    let would = errors(prepare_with(folder, &texts, &mut |_| {}));
    would.into_iter().find(is_new).map_or(Ok(()), |error| Err(Rejected::Finding(Box::new(error))))
}

fn errors(mut prepared: Prepared) -> Vec<Diagnostic> {
    prepared.take_findings().into_iter().filter(|one| one.severity == Severity::Error).collect()
}

/// The text of a file without its byte-order mark, from behind which places count.
pub(super) fn text(path: &Path) -> Result<String, Rejected> {
    let text = fs::read_to_string(path).map_err(missing)?;
    Ok(text.strip_prefix(MARK).map(str::to_owned).unwrap_or(text))
}

fn missing(error: io::Error) -> Rejected {
    match error.kind() {
        io::ErrorKind::NotFound => Rejected::Gone,
        _ => Rejected::System(error),
    }
}
