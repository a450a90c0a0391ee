//! Puts changed files of a declaration in place, and tells whether it would have an error that it has not.

use std::fs;
use std::io;
use std::path::Path;

use super::rejected::Rejected;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::Texts;
use crate::pipeline::{Prepared, prepare, prepare_with};
use crate::source::{Before, WriteError, stage};

/// Some editors put it before a file's text.
const MARK: &str = "\u{feff}";

/// What is done to a file, which is named within the declaration's folder, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Changed {
    /// Its text before and after; `None` where there is none.
    Text { file: String, before: Option<String>, after: Option<String> },
    /// It gets another name, whatever it says.
    Renamed { from: String, to: String },
}

impl Changed {
    /// What undoes it.
    pub fn back(self) -> Changed {
        match self {
            Changed::Text { file, before, after } => Changed::Text { file, before: after, after: before },
            Changed::Renamed { from, to } => Changed::Renamed { from: to, to: from },
        }
    }
}

/// What undoes several, one after the other.
pub(super) fn back(changes: &[Changed]) -> Vec<Changed> {
    changes.iter().rev().cloned().map(Changed::back).collect()
}

/// Makes changes one after the other. Where one cannot be made, those before it are undone.
pub(super) fn put(folder: &Path, changes: &[Changed]) -> Result<(), Rejected> {
    for (index, changed) in changes.iter().enumerate() {
        if let Err(rejected) = put_one(folder, changed) {
            for done in back(changes.get(..index).unwrap_or_default()) {
                // What is reported is why the first could not be made.
                let _ = put_one(folder, &done);
            }
            return Err(rejected);
        }
    }
    Ok(())
}

fn put_one(folder: &Path, changed: &Changed) -> Result<(), Rejected> {
    match changed {
        Changed::Text { file, before, after } => {
            put_text(&folder.join(file), before.as_deref(), after.as_deref())
        }
        Changed::Renamed { from, to } => {
            let (from, to) = (folder.join(from), folder.join(to));
            if to.symlink_metadata().is_ok() {
                return Err(Rejected::Meanwhile);
            }
            fs::rename(from, to).map_err(missing)
        }
    }
}

/// Whether two texts are the same but for a byte-order mark.
pub(super) fn is_same(one: &str, two: &str) -> bool {
    one.strip_prefix(MARK).unwrap_or(one) == two.strip_prefix(MARK).unwrap_or(two)
}

/// Replaces, creates or deletes a file, which is as it was before.
fn put_text(path: &Path, before: Option<&str>, after: Option<&str>) -> Result<(), Rejected> {
    let old = before.map(|_| fs::read_to_string(path)).transpose().map_err(missing)?;
    if !old.as_deref().zip(before).is_none_or(|(old, before)| is_same(old, before)) {
        return Err(Rejected::Meanwhile);
    }
    let Some(after) = after else {
        return fs::remove_file(path).map_err(Rejected::System);
    };
    let mark = old.as_ref().filter(|old| old.starts_with(MARK)).map_or("", |_| MARK);
    let staged = stage(path, &[mark.as_bytes(), after.as_bytes()], true).map_err(Rejected::System)?;
    let before = old.as_ref().map_or(Before::Nothing, |old| Before::Bytes(old.as_bytes()));
    staged.put(before).map_err(|error| match error {
        WriteError::Changed => Rejected::Meanwhile,
        WriteError::Io(error) if error.kind() == io::ErrorKind::AlreadyExists => Rejected::Meanwhile,
        WriteError::Io(error) => Rejected::System(error),
    })
}

/// Refuses what would give the declaration an error that it has not.
pub(super) fn check(folder: &Path, changes: &[Changed]) -> Result<(), Rejected> {
    let text = |changed: &Changed| match changed {
        Changed::Text { file, after, .. } => Some((folder.join(file), after.clone())),
        Changed::Renamed { .. } => None,
    };
    let texts: Texts = changes.iter().filter_map(text).collect();
    if texts.is_empty() {
        return Ok(());
    }
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
