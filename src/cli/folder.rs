//! A new folder of files, which comes into being whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shenbao::lang::{Words, say};
use shenbao::source::{Shown, is_impossible};

use super::system::reason;

/// Why there is no new folder.
pub enum Refusal {
    /// Something is there already.
    Taken,
    /// It cannot be written.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        Refusal::Io(error)
    }
}

impl Refusal {
    /// What to tell of `folder`.
    pub fn words(&self, folder: &Path) -> Words {
        let folder = folder.shown();
        match self {
            Refusal::Taken => Words {
                zh: format!("{folder} 已经存在，什么都没有写；换一个名称，或先移走它"),
                en: format!(
                    "{folder} exists already, and nothing was written; choose another name, or move it away"
                ),
            },
            Refusal::Io(error) => {
                let Words { zh, en } = reason(error);
                say!("{folder} 不能写入：{zh}", "{folder} cannot be written: {en}")
            }
        }
    }
}

/// Makes `folder` with copies of `from`, where given, and these files over it. Nobody sees it half done; an empty folder
/// of this name is used.
pub fn create(folder: &Path, from: Option<&Path>, files: &[(PathBuf, String)]) -> Result<(), Refusal> {
    if folder.file_name().and_then(|name| name.to_str()).is_some_and(is_impossible) {
        return Err(io::Error::from(io::ErrorKind::InvalidFilename).into());
    }
    if folder.exists() {
        let empty = folder.is_dir() && fs::read_dir(folder)?.next().is_none();
        if !empty {
            return Err(Refusal::Taken);
        }
        fs::remove_dir(folder)?;
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if parent.is_file() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory).into());
    }
    fs::create_dir_all(parent)?;
    // A folder that others could not read would stay so after it is moved.
    let temporary = tempfile::Builder::new().prefix(".shenbao-").tempdir_in(parent)?;
    let inner = temporary.path().join("new");
    fs::create_dir(&inner)?;
    if let Some(from) = from {
        copy(from, &inner)?;
        // The new year has no results yet.
        let results = inner.join("results");
        if results.is_dir() {
            fs::remove_dir_all(results)?;
        }
    }
    for (path, text) in files {
        let path = inner.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&inner))?;
        fs::write(path, text)?;
    }
    fs::rename(&inner, folder)?;
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
