//! Where files have a name for the moments before they take their places.
//!
//! A killed process leaves what has a name. So that it does not lie among the user's files, such names are given in the
//! program's cache folder where that is on the same disk, and beside the user's files only where it is not. What was left
//! there is removed by the next run.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What names begin with that are not yet complete.
pub(super) const TEMPORARY: &str = ".shenbao-";

/// In a desk, the file that is locked while it is in use.
const HELD: &str = "held";

static SCRATCH: OnceLock<PathBuf> = OnceLock::new();

/// Names the folder where unfinished files may be kept, once, when the program begins. It is made when it is needed.
pub fn use_scratch(folder: PathBuf) {
    // A second folder would help nobody.
    let _ = SCRATCH.set(folder);
}

/// The folder that [`use_scratch`] has named.
pub(super) fn scratch() -> Option<&'static Path> {
    SCRATCH.get().map(PathBuf::as_path)
}

/// A folder of one process for unfinished files, removed with what is in it when it is dropped.
#[derive(Debug)]
pub(super) struct Desk {
    /// Open, and so locked, as long as the folder is in use.
    _held: File,
    folder: TempDir,
}

impl Desk {
    /// One in the scratch folder, swept before; `None` where there is none.
    pub fn aside() -> Option<Desk> {
        let scratch = scratch()?;
        fs::create_dir_all(scratch).ok()?;
        sweep(scratch);
        Desk::within(scratch).ok()
    }

    /// One in this folder.
    pub fn within(folder: &Path) -> io::Result<Desk> {
        let mut last = io::ErrorKind::NotFound.into();
        // Another process may sweep a new one before it is held.
        for _ in 0..8 {
            let own = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(folder)?;
            match File::create(own.path().join(HELD)) {
                Ok(held) => {
                    // On a file system without locks, none is ever taken for left either.
                    let _ = held.try_lock();
                    return Ok(Desk { _held: held, folder: own });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Whether a folder can be moved from here to `parent` and be as if it had been made there: on the same disk, and
    /// where `parent` leaves no group or rights to what is made in it.
    pub fn serves(&self, parent: &Path) -> bool {
        #[cfg(target_os = "linux")]
        {
            super::disk::same_disk(self.folder.path(), parent) && !super::disk::gives_rights(parent)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = parent;
            false
        }
    }

    /// Whether it lies in this folder.
    pub fn is_within(&self, folder: &Path) -> bool {
        let whole = |path: &Path| fs::canonicalize(path).ok();
        whole(folder).is_some_and(|folder| self.folder.path().parent().and_then(whole) == Some(folder))
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Removes what killed processes have left in a folder.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            continue;
        }
        // What cannot be removed does no harm.
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if is_left(&path.join(HELD)) {
                let _ = fs::remove_dir_all(&path);
            }
        } else if path.exists() && is_left(&path) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether no process holds a file; one that is missing is held by none.
fn is_left(held: &Path) -> bool {
    match File::options().read(true).write(true).open(held) {
        Ok(file) => !matches!(file.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_))),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_holds_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let held = Desk::within(folder.path()).unwrap();
        let (file, left) = (folder.path().join(".shenbao-left"), folder.path().join(".shenbao-folder"));
        fs::write(&file, "part").unwrap();
        fs::create_dir(&left).unwrap();
        fs::write(left.join("declaration.toml"), "part").unwrap();
        fs::write(folder.path().join("kept.pdf"), "whole").unwrap();
        sweep(folder.path());
        assert!(held.path(HELD).exists());
        assert!(!file.exists() && !left.exists());
        drop(held);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
