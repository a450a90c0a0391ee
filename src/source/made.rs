//! Folders that come into being with everything in them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::desk::Desk;
use super::staged::{folder_of, make_folders, sync_folder};

/// What tells to the one who looks that a folder is a declaration; of the files of a folder it is the last.
const LAST: &str = "declaration.toml";

/// A folder that is complete and on the disk, but not yet in its place. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Made {
    desk: Desk,
    inner: PathBuf,
}

/// Makes a folder that `fill` fills, to be put somewhere in `parent`; on the same disk, and away from the user's files
/// where that does no harm.
///
/// # Errors
///
/// Whatever the system says.
pub fn make_folder(parent: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<Made> {
    make_folders(parent)?;
    let desk = match Desk::aside().filter(|desk| desk.serves(parent)) {
        Some(desk) => desk,
        None => Desk::within(parent)?,
    };
    let inner = desk.path("new");
    fs::create_dir(&inner)?;
    fill(&inner)?;
    sync(&inner)?;
    Ok(Made { desk, inner })
}

impl Made {
    /// Puts the folder in its place; where an empty one is, what is in it is moved there.
    ///
    /// # Errors
    ///
    /// `DirectoryNotEmpty` or `AlreadyExists` if something was put there meanwhile.
    pub fn put(self, folder: &Path) -> io::Result<()> {
        let Made { desk, inner } = self;
        if folder.is_dir() {
            let mut entries: Vec<_> = fs::read_dir(&inner)?.collect::<io::Result<_>>()?;
            // Without its declaration, nobody takes a folder for complete.
            entries.sort_by_key(|entry| (entry.file_name() == LAST, entry.file_name()));
            if desk.is_within(folder) {
                fs::read_dir(folder)?.nth(1).map_or(Ok(()), |_| Err(io::ErrorKind::DirectoryNotEmpty))?;
            } else if fs::read_dir(folder)?.next().is_some() {
                return Err(io::ErrorKind::DirectoryNotEmpty.into());
            }
            for entry in entries {
                fs::rename(entry.path(), folder.join(entry.file_name()))?;
            }
            sync_folder(folder);
        } else {
            fs::rename(&inner, folder)?;
            sync_folder(folder_of(folder));
        }
        Ok(())
    }
}

/// Brings a folder to the disk, with everything in it.
fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync(&path)?;
        } else {
            // Written to just now, or copied with its rights: one that is read-only is synced as it can be.
            File::options().write(true).open(&path).or_else(|_| File::open(&path))?.sync_all()?;
        }
    }
    sync_folder(folder);
    Ok(())
}
