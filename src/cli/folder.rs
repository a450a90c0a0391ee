//! Several new files, which come into being whole.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shenbao::lang::say;
use shenbao::source::{self, Before, Shown, Staged, WriteError, is_impossible, stage, sweep};

use super::failure::Failure;

/// Why there is no new folder.
pub enum Refusal {
    /// Something is there already.
    Taken,
    /// It cannot be written.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        match error.kind() {
            // Another run has made it since.
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => Refusal::Taken,
            _ => Refusal::Io(error),
        }
    }
}

impl Refusal {
    /// What to tell of `folder`.
    pub fn failure(&self, folder: &Path) -> Failure {
        match self {
            Refusal::Taken => {
                let folder = folder.shown();
                Failure::system(say!(
                    "{folder} 已经存在，什么都没有写；换一个名称，或先移走它",
                    "{folder} exists already, and nothing was written; choose another name, or move it away"
                ))
            }
            Refusal::Io(error) => Failure::unwritten(folder, error),
        }
    }
}

/// Makes `folder` with copies of `from`, where given, and these files over it. Nobody sees it half done; an empty folder
/// of this name is used.
pub fn create(folder: &Path, from: Option<&Path>, files: &[(PathBuf, String)]) -> Result<(), Refusal> {
    if folder.file_name().and_then(|name| name.to_str()).is_some_and(is_impossible) {
        return Err(io::Error::from(io::ErrorKind::InvalidFilename).into());
    }
    let exists = folder.exists();
    if folder.is_dir() {
        sweep(folder);
    }
    if exists && (!folder.is_dir() || fs::read_dir(folder)?.next().is_some()) {
        return Err(Refusal::Taken);
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if parent.is_file() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory).into());
    }
    // What is made within an empty folder that is there has the rights that somebody has given it.
    let beside = if exists { folder } else { parent };
    sweep(parent);
    source::make_folder(beside, |inner| {
        if let Some(from) = from {
            copy(from, inner)?;
            // The new year has no results yet.
            let results = inner.join("results");
            if results.is_dir() {
                fs::remove_dir_all(results)?;
            }
        }
        for (path, text) in files {
            let path = inner.join(path);
            fs::create_dir_all(path.parent().unwrap_or(inner))?;
            fs::write(path, text)?;
        }
        Ok(())
    })?
    .put(folder)?;
    Ok(())
}

/// Everything but what is hidden.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            fs::create_dir(&to)?;
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

/// Files that are on the disk, and the paths that they are for.
pub type Ready<'f> = Vec<(&'f Path, Staged)>;

/// Prepares files of a declaration: as long as one cannot be, none is in its place.
pub fn ready(files: &[(PathBuf, String)]) -> Result<Ready<'_>, Failure> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    folders.into_iter().for_each(sweep);
    let staged = |(path, text): &'_ (PathBuf, String)| {
        stage(path, &[text.as_bytes()], true).map_err(|error| Failure::unwritten(path, &error))
    };
    files.iter().map(|file| Ok((file.0.as_path(), staged(file)?))).collect()
}

/// Puts them in their places.
pub fn put(files: Ready<'_>, before: Before<'_>) -> Result<(), Failure> {
    for (path, staged) in files {
        staged.put(before).map_err(|error| match error {
            WriteError::Io(error) => Failure::unwritten(path, &error),
            WriteError::Changed => Failure::unwritten(path, &io::ErrorKind::AlreadyExists.into()),
        })?;
    }
    Ok(())
}
