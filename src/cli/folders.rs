//! Which declarations a command is about.

use std::path::{Path, PathBuf};

/// The folders that were named; else this one, if it is a declaration; else every declaration below it.
pub fn resolve(named: &[PathBuf]) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named.iter().flat_map(|folder| expand(folder)).collect();
    }
    expand(Path::new("."))
}

/// Every declaration at or below a folder, by its path within it; the folder itself is the empty path.
pub fn within(folder: &Path) -> Vec<PathBuf> {
    let found = expand(folder);
    found.iter().filter_map(|path| path.strip_prefix(folder).ok().map(Path::to_path_buf)).collect()
}

/// A folder that is no declaration itself stands for those below it; with none below, for itself and its error.
fn expand(folder: &Path) -> Vec<PathBuf> {
    if folder.join("declaration.toml").exists() {
        return vec![folder.to_path_buf()];
    }
    let mut found = Vec::new();
    below(folder, 0, &mut found);
    found.sort();
    if found.is_empty() { vec![folder.to_path_buf()] } else { found }
}

fn below(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if depth > 6 {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let path = entry.path();
        if path.join("declaration.toml").exists() {
            found.push(path);
        } else {
            below(&path, depth + 1, found);
        }
    }
}

/// The folder's own name, also for `.` and `..`.
pub fn name(folder: &Path) -> String {
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    absolute.file_name().map_or_else(|| "declaration".to_owned(), |name| name.to_string_lossy().into_owned())
}
