//! Puts a fixed file in the place of the old one.

use std::fs;
use std::io;

use super::FixedFile;
use crate::source::{replace, sweep};

/// What an editor may have put before the text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a file was not written.
#[derive(Debug)]
pub enum WriteError {
    /// It is no longer what was read.
    Changed,
    /// It cannot be read or written.
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> WriteError {
        WriteError::Io(error)
    }
}

/// Writes the file at once: whoever reads it sees the old text or the new one. Its permissions stay, and a link stays
/// a link.
pub fn write(file: &FixedFile) -> Result<(), WriteError> {
    let path = fs::canonicalize(&file.path)?;
    let old = fs::read(&path)?;
    let (mark, text) = match old.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => (&[] as &[u8], old.as_slice()),
    };
    if text != file.before.as_bytes() {
        return Err(WriteError::Changed);
    }
    if let Some(folder) = path.parent() {
        sweep(folder);
    }
    Ok(replace(&path, &[mark, file.after.as_bytes()], true)?)
}
