//! One run at a time writes to a folder.

use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use super::desk::scratch;

/// Keeps other runs from writing to a folder, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Held {
    /// `None` where nothing can be locked: then nobody is kept from anything.
    _lock: Option<File>,
}

/// Holds a folder; `None` while another run does.
///
/// Where a folder itself can be locked, nothing is written, and runs on other computers see it if the disk is shared. On
/// other systems the lock is a file in the program's own cache.
pub fn hold(folder: &Path) -> Option<Held> {
    let itself = if cfg!(unix) { lock(File::open(folder)) } else { Lock::Unknown };
    let lock = match itself {
        Lock::Unknown => lock(beside_records(folder)),
        known => known,
    };
    match lock {
        Lock::Taken => None,
        Lock::Held(file) => Some(Held { _lock: Some(file) }),
        Lock::Unknown => Some(Held { _lock: None }),
    }
}

enum Lock {
    Held(File),
    Taken,
    /// The file system has no locks, or there is no such folder.
    Unknown,
}

fn lock(file: io::Result<File>) -> Lock {
    let Ok(file) = file else { return Lock::Unknown };
    match file.try_lock() {
        Ok(()) => Lock::Held(file),
        Err(TryLockError::WouldBlock) => Lock::Taken,
        Err(TryLockError::Error(_)) => Lock::Unknown,
    }
}

/// The file that stands for a folder.
fn beside_records(folder: &Path) -> io::Result<File> {
    let mut hasher = DefaultHasher::new();
    fs::canonicalize(folder)?.hash(&mut hasher);
    let locks = scratch().ok_or(io::ErrorKind::NotFound)?.join("locks");
    fs::create_dir_all(&locks)?;
    File::create(locks.join(format!("{:016x}", hasher.finish())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let held = hold(folder.path()).unwrap();
        assert!(hold(folder.path()).is_none() || !cfg!(unix));
        drop(held);
        assert!(hold(folder.path()).is_some());
        assert!(hold(&folder.path().join("missing")).is_some());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
