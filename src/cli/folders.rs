//! Which declarations a command is about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use shenbao::lang::{Words, say};
use shenbao::source::Shown;

use super::failure::Failure;

/// The declarations at or below the folders that were named, also by patterns, each once; without a name, those of this
/// folder. `None` after a pattern that nothing matches, which is said.
pub fn resolve(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    find(named).map_err(Failure::usage)
}

/// The same, with what there is to say of a pattern.
pub fn find(named: &[PathBuf]) -> Result<Vec<PathBuf>, Words> {
    let here = [PathBuf::from(".")];
    let named = if named.is_empty() { &here } else { named };
    let mut found = Vec::new();
    for name in named {
        let folders = matching(name)?.into_iter().flat_map(|folder| expand(&folder));
        found.extend(folders.map(|folder| upwards(&folder).unwrap_or(folder)));
    }
    let mut seen = BTreeSet::new();
    found.retain(|folder| seen.insert(fs::canonicalize(folder).unwrap_or_else(|_| folder.clone())));
    Ok(found)
}

/// The one folder that a command is about, also by a pattern, by a file of it, or from within it.
pub fn one(name: &Path) -> Result<PathBuf, Failure> {
    let folder = single(name)?;
    Ok(upwards(&folder).unwrap_or(folder))
}

/// The one folder that a name means, also by a pattern or by a file of it.
pub fn single(name: &Path) -> Result<PathBuf, Failure> {
    let found = matching(name).and_then(|found| match found.as_slice() {
        [first, second, ..] => {
            let (name, first, second) = (name.shown(), first.shown(), second.shown());
            Err(say!(
                "“{name}”对应多个文件夹，请只写一个，如 {first} 或 {second}",
                "`{name}` matches more than one folder: name a single one, such as {first} or {second}"
            ))
        }
        _ => Ok(found),
    });
    Ok(found.map_err(Failure::usage)?.into_iter().next().unwrap_or_else(|| name.to_path_buf()))
}

/// The same names with the folders of each pattern in its place. A pattern that matches nothing stays: it may name a
/// revision.
pub fn expanded(named: &[PathBuf]) -> Vec<PathBuf> {
    named.iter().flat_map(|name| matching(name).unwrap_or_else(|_| vec![name.clone()])).collect()
}

/// The declaration's folder above this one, from within it.
#[cfg(feature = "render")]
pub fn above() -> Option<PathBuf> {
    upwards(Path::new("."))
}

/// The declaration's folder for `X/declaration.toml`, `X/projects` and `X/projects/1-a.toml`.
fn of_file(named: &Path) -> Option<PathBuf> {
    // X/projects, with or without a separator at its end.
    if named.is_dir()
        && !named.join("declaration.toml").exists()
        && named.file_name().is_some_and(|own| own == "projects")
    {
        let above =
            named.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
        return above.filter(|above| above.join("declaration.toml").exists()).map(Path::to_path_buf);
    }
    if !named.is_file() {
        return None;
    }
    let name = named.file_name()?.to_string_lossy().to_lowercase();
    let shown = |folder: &Path| match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_path_buf(),
    };
    let folder = named.parent()?;
    if name.starts_with("declaration") && (name.ends_with(".toml") || name.ends_with(".toml.txt")) {
        return Some(shown(folder));
    }
    let above = fs::canonicalize(shown(folder)).ok()?;
    let is_project = name.ends_with(".toml") && above.file_name().is_some_and(|own| own == "projects");
    is_project.then(|| match folder.parent() {
        Some(above) if !folder.ends_with("..") && folder.file_name().is_some() => shown(above),
        _ => folder.join(".."),
    })
}

/// From within a declaration, the folder above that holds it, as git finds its own; `None` where this folder, or one
/// below, is a declaration.
fn upwards(folder: &Path) -> Option<PathBuf> {
    if folder != Path::new(".") || folder.join("declaration.toml").exists() {
        return None;
    }
    let here = fs::canonicalize(folder).ok()?;
    let steps = here.ancestors().skip(1).position(|above| above.join("declaration.toml").is_file())?;
    Some(std::iter::repeat_n("..", steps + 1).collect())
}

/// The folders that a pattern means which the shell has left alone: on Windows it does, and between quotes.
fn matching(name: &Path) -> Result<Vec<PathBuf>, Words> {
    let Some(paths) = meant(name)? else {
        return Ok(vec![of_file(name).unwrap_or_else(|| name.to_path_buf())]);
    };
    let folder = |path: PathBuf| of_file(&path).or_else(|| path.is_dir().then_some(path));
    let mut folders: Vec<PathBuf> = paths.into_iter().filter_map(folder).collect();
    folders.dedup();
    if folders.is_empty() {
        let pattern = name.shown();
        return Err(say!("没有文件夹符合“{pattern}”", "no folder matches `{pattern}`"));
    }
    Ok(folders)
}

/// The same names, with what each pattern means in its place, as far as it is wanted.
pub fn spelled_out(named: &[PathBuf], wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for name in named {
        let Some(mut paths) = meant(name).map_err(Failure::usage)? else {
            all.push(name.clone());
            continue;
        };
        paths.retain(|path| wanted(path));
        if paths.is_empty() {
            let pattern = name.shown();
            return Err(Failure::usage(say!("没有文件符合“{pattern}”", "no file matches `{pattern}`")));
        }
        all.extend(paths);
    }
    Ok(all)
}

/// What there is of a pattern, in order, as a shell would find it; `None` for a name that is none.
fn meant(name: &Path) -> Result<Option<Vec<PathBuf>>, Words> {
    let Some(pattern) = name.to_str().filter(|text| text.contains(['*', '?', '['])) else {
        return Ok(None);
    };
    if name.exists() {
        return Ok(None);
    }
    let like_shells = glob::MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    match glob::glob_with(pattern, like_shells) {
        Ok(paths) => Ok(Some(paths.flatten().collect())),
        Err(error) => {
            let reason = error.msg;
            Err(say!("“{pattern}”不是通配符的写法：{reason}", "`{pattern}` is no pattern: {reason}"))
        }
    }
}

/// What the paths of one file have in common: some systems take small and capital letters for the same.
pub fn key(file: &Path) -> String {
    let shown = file.shown();
    if cfg!(any(windows, target_os = "macos")) { shown.to_lowercase() } else { shown }
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
