//! The declarations of the repository, which everything here begins with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::mutate::Files;

/// A file or folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Every folder with a declaration: those of `data/`, and those that tests begin with.
pub fn folders() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        ["tests/input/good", "tests/rules/base", "tests/forms/unit"].map(repository).to_vec();
    let below = fs::read_dir(repository("data")).into_iter().flatten().flatten().map(|entry| entry.path());
    all.extend(below.filter(|path| path.join("declaration.toml").is_file()));
    all.sort();
    all
}

/// The TOML files of a declaration, those of its templates too.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    add(folder, folder, &mut files);
    files
}

fn add(root: &Path, folder: &Path, files: &mut Files) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            add(root, &path, files);
        } else if path.extension().is_some_and(|end| end == "toml")
            && let Ok(name) = path.strip_prefix(root)
            && let Ok(bytes) = fs::read(&path)
        {
            files.insert(name.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}

/// Writes files into a folder. A name that this system does not take is left out.
pub fn write(files: &Files, folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            let _ = fs::create_dir_all(parent);
        }
        let _ = fs::write(path, bytes);
    }
}
