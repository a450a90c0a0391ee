//! Paths as code hosts expect them: relative to the root of what was checked out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use shenbao::diagnostic::{Diagnostics, Format};
use shenbao::source::Sources;

/// Findings and sources with paths from the root of the checkout, for formats that code hosts read.
pub fn placed(findings: &Diagnostics, sources: &Sources, format: Format) -> (Diagnostics, Sources) {
    let (mut findings, mut sources) = (findings.clone(), sources.clone());
    if matches!(format, Format::Github | Format::Sarif) {
        let workspace = env::var_os("GITHUB_WORKSPACE").and_then(|root| fs::canonicalize(root).ok());
        let place = |path: &Path| from_root(path, workspace.as_deref());
        sources.place(place);
        findings.place(place);
    }
    (findings, sources)
}

/// `GITHUB_WORKSPACE` is the root where it holds the file, else the git root; else the path stays as given.
fn from_root(path: &Path, workspace: Option<&Path>) -> PathBuf {
    let Some(whole) = absolute(path) else { return path.to_path_buf() };
    let below = workspace.and_then(|root| whole.strip_prefix(root).ok());
    let git = || whole.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    match below.or_else(|| whole.strip_prefix(git()?).ok()) {
        Some(below) => PathBuf::from(below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")),
        None => path.to_path_buf(),
    }
}

/// Without links in the folders; the file itself need not exist.
fn absolute(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => Some(folder.join(name)),
        _ => fs::canonicalize(path).ok(),
    }
}
