//! Puts changed files of a declaration in place, and tells whether it would have an error that it has not.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::rejected::Rejected;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Prepared, prepare, prepare_with};
use crate::source::{Before, Staged, WriteError, stage};

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

/// Replaces, creates and deletes files. None takes its place before all are on the disk.
pub(super) fn put(folder: &Path, files: &[Changed]) -> Result<(), Rejected> {
    let mut ready = Vec::with_capacity(files.len());
    for file in files {
        ready.push(Ready::of(folder.join(&file.file), file)?);
    }
    ready.into_iter().try_for_each(Ready::put)
}

/// Refuses what would give the declaration an error that it has not.
pub(super) fn check(folder: &Path, files: &[Changed]) -> Result<(), Rejected> {
    let after = |file: &Changed| Some((folder.join(&file.file), file.after.clone()?));
    let texts: BTreeMap<PathBuf, String> = files.iter().filter_map(after).collect();
    let known = errors(prepare(folder));
    let is_new =
        |one: &Diagnostic| !known.iter().any(|own| (own.code, &own.message) == (one.code, &one.message));
    let would = errors(prepare_with(folder, &texts, &mut |_| {}));
    would.into_iter().find(is_new).map_or(Ok(()), |error| Err(Rejected::Finding(Box::new(error))))
}

fn errors(mut prepared: Prepared) -> Vec<Diagnostic> {
    prepared.take_findings().into_iter().filter(|one| one.severity == Severity::Error).collect()
}

/// What is to be done with a file, once all are ready.
enum Ready {
    /// The new bytes, and those that they replace; `None` where there is no file.
    Staged(Staged, Option<String>),
    Delete(PathBuf),
    Nothing,
}

impl Ready {
    fn of(path: PathBuf, file: &Changed) -> Result<Ready, Rejected> {
        let Changed { before, after, .. } = file;
        let old = match before {
            Some(before) => {
                let old = fs::read_to_string(&path).map_err(missing)?;
                if old.strip_prefix(MARK).unwrap_or(&old) != before {
                    return Err(Rejected::Meanwhile);
                }
                Some(old)
            }
            None => None,
        };
        let Some(after) = after else {
            return Ok(if old.is_some() { Ready::Delete(path) } else { Ready::Nothing });
        };
        let mark = old.as_ref().filter(|old| old.starts_with(MARK)).map_or("", |_| MARK);
        let staged = stage(&path, &[mark.as_bytes(), after.as_bytes()], true).map_err(Rejected::System)?;
        Ok(Ready::Staged(staged, old))
    }

    fn put(self) -> Result<(), Rejected> {
        match self {
            Ready::Staged(staged, old) => {
                let before = old.as_ref().map_or(Before::Nothing, |old| Before::Bytes(old.as_bytes()));
                staged.put(before).map_err(|error| match error {
                    WriteError::Changed => Rejected::Meanwhile,
                    WriteError::Io(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Rejected::Meanwhile
                    }
                    WriteError::Io(error) => Rejected::System(error),
                })
            }
            Ready::Delete(path) => fs::remove_file(path).map_err(Rejected::System),
            Ready::Nothing => Ok(()),
        }
    }
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
