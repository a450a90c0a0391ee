//! Puts changed files in the places of the old ones.

use std::fs;

use super::FixedFile;
use crate::source::{Before, Staged, WriteError, stage, sweep};

/// What an editor may have put before the text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// So many files are prepared at a time: each is open until it is in its place.
const AT_ONCE: usize = 200;

/// Why some of several files were not written.
#[derive(Debug)]
pub struct Stopped<'f> {
    /// The file that stopped it.
    pub file: &'f FixedFile,
    /// Why.
    pub error: WriteError,
    /// How many were written before.
    pub written: usize,
}

/// A file that is ready to take its place, and what is there now.
struct Ready {
    staged: Staged,
    old: Vec<u8>,
}

/// Writes the file at once: whoever reads it sees the old text or the new one. Its permissions stay, and a link stays
/// a link.
///
/// # Errors
///
/// [`WriteError::Changed`] if the file is no longer what was read.
pub fn write(file: &FixedFile) -> Result<(), WriteError> {
    let Ready { staged, old } = ready(file)?;
    staged.put(Before::Bytes(&old))
}

/// Writes files that belong together: none takes its place before all are on the disk, so that a full disk or a file that
/// may not be written leaves all as they were.
///
/// # Errors
///
/// The first file that cannot be written, and how many are.
pub fn write_all(files: &[FixedFile]) -> Result<(), Stopped<'_>> {
    let mut written = 0;
    for files in files.chunks(AT_ONCE) {
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            all.push((file, ready(file).map_err(|error| Stopped { file, error, written })?));
        }
        for (file, Ready { staged, old }) in all {
            staged.put(Before::Bytes(&old)).map_err(|error| Stopped { file, error, written })?;
            written += 1;
        }
    }
    Ok(())
}

fn ready(file: &FixedFile) -> Result<Ready, WriteError> {
    // Some drives of Windows give no such path.
    let path = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
    let old = fs::read(&path)?;
    let (mark, text) = match old.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => (&[] as &[u8], old.as_slice()),
    };
    if text != file.before.as_bytes() {
        return Err(WriteError::Changed);
    }
    path.parent().iter().for_each(|folder| sweep(folder));
    let staged = stage(&path, &[mark, file.after.as_bytes()], true)?;
    Ok(Ready { staged, old })
}
