//! Files that are complete and on the disk before they take their places.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::before::{Before, WriteError};
use super::desk::TEMPORARY;
use super::names::is_impossible;
#[cfg(target_os = "linux")]
use super::unnamed;
#[cfg(windows)]
use super::windows;

/// A file with all of its bytes, which nobody sees yet. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    folder: PathBuf,
    durable: bool,
    how: How,
}

#[derive(Debug)]
enum How {
    /// Without a name: a killed process leaves nothing.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// On file systems that know no such files.
    Named(NamedTempFile),
    /// For a device or a pipe, which is written to as it is.
    Direct(Vec<u8>),
}

/// Prepares `parts`, one after the other, to be put at `path`. A link is written through; permissions and owner of a file
/// that is there stay. With `durable` the bytes are on the disk when this returns.
///
/// # Errors
///
/// Whatever the system says of the folder, of the space, or of a file that may not be written.
pub fn stage(path: &Path, parts: &[&[u8]], durable: bool) -> io::Result<Staged> {
    let path = behind_links(path);
    let folder = folder_of(&path).to_path_buf();
    if path.file_name().and_then(|name| name.to_str()).is_some_and(is_impossible) {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let old = match fs::metadata(&path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // Links in a circle, and a file where a folder should be.
        Err(error) => return Err(error),
    };
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Ok(Staged { path, folder, durable, how: How::Direct(parts.concat()) });
    }
    if let Some(old) = &old {
        writable(&path, old)?;
    }
    make_folders(&folder)?;
    let fill = |file: &mut File| -> io::Result<()> {
        parts.iter().try_for_each(|part| file.write_all(part))?;
        old.as_ref().map_or(Ok(()), |old| like(file, old))?;
        if durable { file.sync_all() } else { Ok(()) }
    };
    #[cfg(target_os = "linux")]
    if let Some(mut file) = unnamed::open(&folder) {
        fill(&mut file)?;
        return Ok(Staged { path, folder, durable, how: How::Unnamed(file) });
    }
    #[cfg(windows)]
    let folder = windows::unlimited(&folder);
    let mut temporary = locked(&folder)?;
    fill(temporary.as_file_mut())?;
    Ok(Staged { path, folder, durable, how: How::Named(temporary) })
}

impl Staged {
    /// Puts the file in its place at once: a reader sees what was there or all of the new file.
    ///
    /// # Errors
    ///
    /// [`WriteError::Changed`] if something else than `before` is there, which then stays.
    pub fn put(self, before: Before<'_>) -> Result<(), WriteError> {
        let Staged { path, folder, durable, how } = self;
        if let Before::Bytes(bytes) = before
            && !is_still(&path, bytes)?
        {
            return Err(WriteError::Changed);
        }
        match how {
            #[cfg(target_os = "linux")]
            How::Unnamed(file) => unnamed::put(&file, &folder, &path, before)?,
            How::Named(file) => match before {
                Before::Nothing => file.persist_noclobber(&path).map(drop).map_err(|error| error.error)?,
                #[cfg(windows)]
                Before::Anything | Before::Bytes(_) => {
                    windows::persist(file, &folder.join(path.file_name().unwrap_or_default()))?;
                }
                #[cfg(not(windows))]
                Before::Anything | Before::Bytes(_) => {
                    file.persist(&path).map(drop).map_err(|error| error.error)?;
                }
            },
            How::Direct(bytes) => File::options().write(true).open(&path)?.write_all(&bytes)?,
        }
        if durable {
            sync_folder(&folder);
        }
        Ok(())
    }
}

/// Whether a file has these bytes; some editors take it away for a moment when they save.
fn is_still(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        read => Ok(read? == bytes),
    }
}

/// The file that a link leads to, or would.
fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    // As many links in a row as systems follow.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Brings to the disk what a folder holds. Some file systems know no such thing, and the files are in their places anyway.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Makes a folder and those above it, on the disk too.
pub(super) fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.is_dir()).collect();
    fs::create_dir_all(folder)?;
    missing.into_iter().filter(|made| !made.as_os_str().is_empty()).map(folder_of).for_each(sync_folder);
    Ok(())
}

/// Refuses to replace a file that may not be written to: another one could take its place all the same.
fn writable(path: &Path, old: &fs::Metadata) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        let _ = old;
        unnamed::writable(path)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        if old.permissions().readonly() { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
    }
}

/// Gives a file the owner and the permissions of the one that it will replace.
fn like(file: &File, old: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            // Allowed to root, and to a member of the group.
            let _ = fchown(file, Some(old.uid()), Some(old.gid()))
                .or_else(|_| fchown(file, None, Some(old.gid())));
        }
    }
    file.set_permissions(old.permissions())
}

/// A new temporary file, locked until it is complete: one that nobody holds was left by a killed process.
fn locked(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    readable(&mut builder);
    let mut temporary = builder.tempfile_in(folder)?;
    for _ in 0..8 {
        // On a file system without locks, none is ever taken for left either.
        let _ = temporary.as_file().lock();
        if temporary.path().exists() {
            break;
        }
        // Swept by another process before it was locked.
        temporary = builder.tempfile_in(folder)?;
    }
    Ok(temporary)
}

/// Temporary files are for their owner alone; what replaces a document is for all whom the umask lets read.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}
