//! What Windows asks of whoever replaces files.

use std::fs::{self, File};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The right to delete or rename a file.
const DELETE: u32 = 0x0001_0000;
/// Another program has the file open and lets nobody else write, rename or delete it.
const SHARING_VIOLATION: i32 = 32;

/// The folder by a name that may be longer than 260 characters; as it is, on drives that give none.
pub(super) fn unlimited(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// Gives a complete file its last name.
///
/// # Errors
///
/// What the system says. Of a file that a reader of PDFs has open it says that access is denied, as of one without
/// permission; asking for no more than to delete it tells the two apart.
pub(super) fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    let refused = match file.persist(path) {
        Ok(_) => return Ok(()),
        Err(refused) => refused.error,
    };
    if refused.kind() == io::ErrorKind::PermissionDenied
        && let Err(other) = File::options().access_mode(DELETE).open(path)
        && other.raw_os_error() == Some(SHARING_VIOLATION)
    {
        return Err(other);
    }
    Err(refused)
}
