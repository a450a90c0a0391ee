//! Finds projects that lie where no project is read, and declarations under another name.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::names::{has_second_ending, number_and_id};
use crate::diagnostic::{Diagnostic, Target, code, nearest};
use crate::lang::say;
use crate::model::Id;
use crate::source::{Shown, is_special};

/// Names of folders that are meant to be `projects`, in small letters.
const FOLDERS: [&str; 6] = ["projects", "project", "项目", "项目文件", "项目文件夹", "申报项目"];

/// Endings that an editor or a slip puts in the place of `.toml`. Those of backups are not among them.
const ENDINGS: [&str; 4] = ["", "txt", "tml", "tom"];

/// What lines of a project begin with, spaces aside.
const PROJECT_HEADS: [&str; 5] =
    ["[[cost]]", "[[subproject]]", "[[subproject.cost]]", "[[indicator]]", "nature="];

/// No file of a declaration has its first table behind this many bytes.
const LOOKS_AT: u64 = 1024 * 1024;

/// Every project of a declaration's folder that would not be read, in the order of the paths.
pub(super) fn misplaced(folder: &Path) -> Vec<Diagnostic> {
    let projects = folder.join("projects");
    let own = projects.canonicalize().ok();
    let mut found = Vec::new();
    for path in entries(folder) {
        let name = name(&path);
        if path.is_dir() {
            let same = own.is_some() && path.canonicalize().ok() == own;
            if !same && is_meant(&name) && !path.join("declaration.toml").exists() {
                found.extend(below(&path).into_iter().map(|path| wrong_folder(&path, &projects)));
            }
        } else if (is_toml(&path) || has_other_ending(&path))
            && !["declaration.toml", "department.toml"].contains(&name.as_str())
            && is_project(&path)
        {
            found.push(wrong_folder(&path, &projects));
        }
    }
    for path in entries(&projects) {
        if path.is_dir() {
            if is_toml(&path) {
                found.push(no_file(&path));
            }
            found.extend(below(&path).into_iter().map(|path| wrong_folder(&path, &projects)));
        } else if has_other_ending(&path) && !has_second_ending(&path) && is_project(&path) {
            found.push(other_ending(&path));
        }
    }
    found
}

/// The paths of those projects, which make a build fail though nothing of them is printed.
pub fn strays(folder: &Path) -> Vec<PathBuf> {
    let labels = misplaced(folder).into_iter().flat_map(|finding| finding.labels);
    let path = |target| match target {
        Target::Path(path) => Some(path),
        Target::Span(_) => None,
    };
    labels.filter_map(|label| path(label.target)).collect()
}

/// Files of a folder without a declaration that seem to be it under another name.
pub(super) fn renamed_declarations(folder: &Path) -> Vec<PathBuf> {
    let declares = |path: &PathBuf| {
        let name = name(path).to_lowercase();
        let stem = name.split(['.', ' ', '(', '（']).next().unwrap_or("");
        let ending = has_other_ending(path) || name.ends_with(".toml");
        let called = nearest(stem, ["declaration"]).is_some() && stem.len() > 6;
        let written = || {
            let text = squeezed(path);
            has_head(&text, &["[unit]"]) && has_head(&text, &["[overview]"])
        };
        ending && !path.is_dir() && (called || written())
    };
    entries(folder).into_iter().filter(declares).collect()
}

fn wrong_folder(path: &Path, projects: &Path) -> Diagnostic {
    let finding = Diagnostic::error(
        code::PROJECT_FILE,
        say!("项目文件不在 projects 文件夹里，不会读取", "a project file outside `projects` is not read"),
    )
    .at_path(path);
    let place = projects.join(free_name(path, projects)).shown();
    match path.parent().filter(|parent| !projects.exists() && parent.parent() == projects.parent()) {
        Some(folder) => {
            let folder = folder.shown();
            finding.help(say!("把文件夹 {folder} 改名为 projects", "rename the folder {folder} to projects"))
        }
        None => finding.help(say!(
            "移到 {place}；不是本申报的项目，移出申报文件夹",
            "move it to {place}, or out of the declaration's folder if it is not part of it"
        )),
    }
}

/// The name that a file may have among the projects: its own where that is one and its number is free.
fn free_name(path: &Path, projects: &Path) -> String {
    let stem = |path: &Path| name(path).split('.').next().unwrap_or("").to_owned();
    let own = stem(path);
    let others: Vec<(u32, Id)> =
        entries(projects).iter().filter_map(|path| number_and_id(&stem(path))).collect();
    let next = others.iter().map(|(number, _)| *number).max().unwrap_or(0).saturating_add(1);
    let letters = own.trim_start_matches(|ch: char| ch.is_ascii_digit() || "-_. ".contains(ch));
    let id = Id::suggest(letters).filter(|id| others.iter().all(|(_, other)| other != id));
    match number_and_id(&own) {
        Some((number, id)) if others.iter().all(|other| other.0 != number && other.1 != id) => {
            format!("{own}.toml")
        }
        _ => id.map_or_else(|| format!("{next}-project-{next}.toml"), |id| format!("{next}-{id}.toml")),
    }
}

fn no_file(path: &Path) -> Diagnostic {
    let words =
        say!("这是文件夹，不是项目文件，不会读取", "a folder with the name of a project file is not read");
    Diagnostic::error(code::UNREADABLE, words).at_path(path).help(say!(
        "把里面的项目文件移到 projects 下，再删去这个文件夹",
        "move the project file inside it to `projects`, and delete the folder"
    ))
}

fn other_ending(path: &Path) -> Diagnostic {
    let stem = name(path);
    let stem = stem.split(['.', '．', '。']).next().unwrap_or("").trim().to_owned();
    let words = say!(
        "项目文件名没有以 .toml 结尾，不会读取",
        "a project file whose name does not end in .toml is not read"
    );
    Diagnostic::error(code::PROJECT_FILE, words)
        .at_path(path)
        .help(say!("改名为 {stem}.toml", "rename it to {stem}.toml"))
}

/// What a folder holds, hidden files left out, in the order of the names.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| !name(path).starts_with('.'));
    paths.sort();
    paths
}

/// The `.toml` files of a folder and its sub-folders. A link that leads back is followed once.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        if !next.canonicalize().is_ok_and(|path| seen.insert(path)) {
            continue;
        }
        for path in entries(&next) {
            if path.is_dir() {
                open.push(path);
            } else if is_toml(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether a folder's name is that of the projects, misspelt or in Chinese.
fn is_meant(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let spelt = |meant: &&str| strsim::damerau_levenshtein(&name, meant) <= 1;
    FOLDERS.contains(&name.as_str()) || ["projects", "project"].iter().any(spelt)
}

fn is_project(path: &Path) -> bool {
    is_toml(path) && name(path).split('.').next().and_then(number_and_id).is_some()
        || has_head(&squeezed(path), &PROJECT_HEADS)
}

/// Whether a line begins so.
fn has_head(text: &str, heads: &[&str]) -> bool {
    let head = |line: &str| heads.iter().any(|head| line.trim_start_matches('\u{feff}').starts_with(head));
    text.lines().any(head)
}

/// What a file says, without spaces; nothing where it cannot be read.
fn squeezed(path: &Path) -> String {
    // A pipe would be waited for.
    if is_special(path) {
        return String::new();
    }
    let mut bytes = Vec::new();
    if !File::open(path).is_ok_and(|file| file.take(LOOKS_AT).read_to_end(&mut bytes).is_ok()) {
        return String::new();
    }
    // What was saved as UTF-16 is Latin letters with zeros between them.
    bytes.retain(|byte| !matches!(byte, 0 | b' ' | b'\t' | b'\r'));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_toml(path: &Path) -> bool {
    let name = name(path).to_lowercase();
    name.ends_with(".toml")
}

/// Whether a name ends as a text file may, but not as a TOML file.
fn has_other_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").trim().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
