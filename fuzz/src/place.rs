//! A folder that inputs are written into, one after the other.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::mutate::Files;
use crate::samples;

/// A folder of a declaration that lasts as long as the process.
pub struct Place {
    folder: TempDir,
    path: PathBuf,
}

impl Default for Place {
    fn default() -> Place {
        Place::new()
    }
}

impl Place {
    /// A new folder. libFuzzer ends the process by itself: who runs it sets TMPDIR, and clears that away.
    pub fn new() -> Place {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let path = folder.path().join("unit");
        Place { folder, path }
    }

    /// The folder with these files and no others.
    pub fn hold(&self, files: &Files) -> &Path {
        let _ = fs::remove_dir_all(&self.path);
        fs::create_dir_all(&self.path).expect("a folder can be made");
        samples::write(files, &self.path);
        &self.path
    }

    /// A second folder beside it, likewise.
    pub fn beside(&self, files: &Files) -> PathBuf {
        let path = self.folder.path().join("other");
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        samples::write(files, &path);
        path
    }
}
