//! Finds the files of a declaration and reads them as text.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::Texts;
use super::limits;
use super::misplaced::{misplaced, renamed_declarations};
use super::names::{DEPARTMENT_FILE, has_second_ending, number_and_id};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::say;
use crate::model::Id;
use crate::source::{self, FileId, Shown, Sources, Span, example};

/// The files of a declaration, read.
pub(super) struct Found {
    /// `declaration.toml`
    pub declaration: FileId,
    /// The projects' files in the order of their numbers.
    pub projects: Vec<ProjectFile>,
    /// `department.toml`, where there is one.
    pub department: Option<FileId>,
    /// The results of projects, likewise.
    pub results: Vec<ProjectFile>,
    /// Findings about files beside these that belong to no project: of weight once there is a self-evaluation.
    pub without_project: Diagnostics,
}

/// A file `N-id.toml`.
pub(super) struct ProjectFile {
    pub number: u32,
    pub id: Id,
    pub file: FileId,
}

impl ProjectFile {
    /// The file as messages name it: `projects/1-portal.toml`.
    pub fn shown_name(&self, sources: &Sources) -> String {
        let path = sources.get(self.file).map(|file| file.path.as_path()).unwrap_or(Path::new(""));
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        Path::new(folder).join(path.file_name().unwrap_or_default()).shown()
    }
}

pub(super) fn find(
    folder: &Path,
    texts: &Texts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Found> {
    let path = folder.join("declaration.toml");
    if !texts.contains_key(&path) && path.symlink_metadata().is_err() {
        diagnostics.push(no_declaration(folder));
        return None;
    }
    let declaration = read(&path, texts, sources, diagnostics);
    diagnostics.extend(misplaced(folder));
    let projects = projects(folder, texts, sources, diagnostics);
    let mut without_project = Diagnostics::default();
    let results = results(folder, &projects, texts, sources, diagnostics, &mut without_project);
    let path = folder.join(DEPARTMENT_FILE);
    let department =
        path.symlink_metadata().is_ok().then(|| read(&path, texts, sources, diagnostics)).flatten();
    Some(Found { declaration: declaration?, projects, department, results, without_project })
}

fn no_declaration(folder: &Path) -> Diagnostic {
    let sample = sample();
    if !folder.is_dir() {
        return Diagnostic::error(code::UNREADABLE, say!("未找到这个文件夹", "folder not found"))
            .at_path(folder)
            .help(say!(
                "写申报文件夹的路径，如 {sample}",
                "name the declaration's folder, such as {sample}"
            ));
    }
    let finding = Diagnostic::error(
        code::EMPTY_FOLDER,
        say!("这个文件夹里没有 declaration.toml", "declaration.toml is missing in this folder"),
    )
    .at_path(folder);
    let renamed = renamed_declarations(folder);
    if let Some(first) = renamed.first() {
        let first = first.shown();
        return finding
            .help(say!("把 {first} 改名为 declaration.toml", "rename {first} to declaration.toml"));
    }
    let below = below(folder);
    match below.first() {
        Some(_) => {
            let list = below.join("  ");
            finding.help(say!("下面的文件夹里有：{list}", "there is one in: {list}"))
        }
        None => {
            finding.help(say!("照着样本 {sample} 复制一份再改", "copy the sample {sample} and change it"))
        }
    }
}

/// The declaration to begin with, as messages name it.
pub(super) fn sample() -> String {
    example("data/songjiang-2024")
}

/// Folders one level down that hold a declaration, as the user would type them.
fn below(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("declaration.toml").is_file())
        .map(|path| path.shown())
        .collect();
    found.sort();
    found.truncate(5);
    found
}

fn projects(
    folder: &Path,
    texts: &Texts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<ProjectFile> {
    let folder = folder.join("projects");
    let mut named: Vec<(u32, Id, PathBuf)> = Vec::new();
    let mut taken: BTreeMap<u32, PathBuf> = BTreeMap::new();
    let mut ids: BTreeMap<Id, PathBuf> = BTreeMap::new();
    let mut paths = toml_files(&folder, diagnostics);
    // A text may stand in for a file that is yet to be written.
    paths.extend(texts.keys().filter(|path| path.parent() == Some(&folder)).cloned());
    paths.retain(|path| !is_gone(path, texts));
    paths.sort();
    paths.dedup();
    if paths.len() > limits::MOST_PROJECTS {
        diagnostics.push(limits::too_many(&folder, paths.len()));
        return Vec::new();
    }
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        let Some((number, id)) = number_and_id(stem) else {
            diagnostics.push(bad_name(&path, stem));
            continue;
        };
        if let Some(first) = taken.get(&number) {
            let first = first.shown();
            diagnostics.push(
                Diagnostic::error(
                    code::PROJECT_FILE,
                    say!("编号 {number} 已经用在 {first}", "{first} has the number {number} already"),
                )
                .at_path(&path)
                .help(say!("给其中一个文件换个编号", "give one of the files another number")),
            );
            continue;
        }
        if let Some(first) = ids.get(&id) {
            let first = first.shown();
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    say!("id {id} 已经用在 {first}", "{first} has the id {id} already"),
                )
                .at_path(&path)
                .help(say!("给其中一个文件换个 id", "give one of the files another id")),
            );
            continue;
        }
        taken.insert(number, path.clone());
        ids.insert(id.clone(), path.clone());
        named.push((number, id, path));
    }
    if named.is_empty() && !diagnostics.has_errors() {
        let example = example("projects/1-portal.toml");
        diagnostics.push(
            Diagnostic::error(code::EMPTY_FOLDER, say!("没有任何项目", "no project found"))
                .at_path(&folder)
                .help(say!("每个项目一个文件，如 {example}", "each project has a file, such as {example}")),
        );
    }
    named.sort_by_key(|(number, ..)| *number);
    named
        .into_iter()
        .filter_map(|(number, id, path)| {
            Some(ProjectFile { number, id, file: read(&path, texts, sources, diagnostics)? })
        })
        .collect()
}

/// The files of results, each of which is named like the file of its project.
fn results(
    folder: &Path,
    projects: &[ProjectFile],
    texts: &Texts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    without_project: &mut Diagnostics,
) -> Vec<ProjectFile> {
    let mut found: Vec<ProjectFile> = Vec::new();
    for path in toml_files(&folder.join("results"), without_project) {
        if is_gone(&path, texts) {
            continue;
        }
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        let id = number_and_id(stem).map(|(_, id)| id);
        let Some(own) = projects.iter().find(|project| id.as_ref() == Some(&project.id)) else {
            without_project.push(no_project(&path, projects));
            continue;
        };
        if found.iter().any(|other| other.id == own.id) {
            let words = say!("一个项目有两个自评文件", "the project has two files of results");
            let help = say!("合并为一个文件", "merge them into one file");
            diagnostics.push(Diagnostic::error(code::PROJECT_FILE, words).at_path(&path).help(help));
            continue;
        }
        let Some(file) = read(&path, texts, sources, diagnostics) else { continue };
        found.push(ProjectFile { number: own.number, id: own.id.clone(), file });
    }
    found.sort_by_key(|file| file.number);
    found
}

fn is_gone(path: &Path, texts: &Texts) -> bool {
    texts.get(path).is_some_and(Option::is_none)
}

fn no_project(path: &Path, projects: &[ProjectFile]) -> Diagnostic {
    let names: Vec<String> =
        projects.iter().map(|project| format!("{}-{}.toml", project.number, project.id)).collect();
    let list = names.join("  ");
    let words = say!("自评文件没有对应的项目", "results of a project that does not exist");
    Diagnostic::error(code::PROJECT_FILE, words)
        .at_path(path)
        .help(say!("文件名与 projects 里的项目一致：{list}", "name it like the file of its project: {list}"))
}

/// The files that end in `.toml` and are no editor's leavings, in the order of their names.
fn toml_files(folder: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            diagnostics.push(unreadable(folder, &error));
            return Vec::new();
        }
    };
    let entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let mut hidden: Vec<&PathBuf> = entries.iter().filter(|path| has_second_ending(path)).collect();
    hidden.sort();
    diagnostics.extend(hidden.into_iter().map(|path| second_ending(path)));
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")))
        .filter(|path| !path.is_dir())
        .filter(|path| {
            path.file_name().and_then(|name| name.to_str()).is_none_or(|name| !name.starts_with('.'))
        })
        .collect();
    paths.sort();
    paths
}

fn second_ending(path: &Path) -> Diagnostic {
    let words = say!("文件名以 .toml.txt 结尾，不会读取", "a name that ends in .toml.txt is not read");
    Diagnostic::error(code::PROJECT_FILE, words)
        .at_path(path)
        .help(say!("去掉 .txt，只留 .toml", "take off the .txt and leave .toml"))
}

fn bad_name(path: &Path, stem: &str) -> Diagnostic {
    let finding = Diagnostic::error(
        code::PROJECT_FILE,
        say!("项目文件的名称要写成 序号-编号.toml", "a project's file is named NUMBER-id.toml"),
    )
    .at_path(path);
    let letters =
        stem.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '-' || ch == '_' || ch == '.');
    let digits: String = stem.chars().take_while(char::is_ascii_digit).collect();
    let wanted = digits.parse::<u32>().unwrap_or(0).max(1);
    let taken = names_in(path.parent().unwrap_or(Path::new(".")));
    let free = |number: &u32| taken.iter().all(|(other, _)| other != number);
    let number = (wanted..=wanted).chain(1..).find(free).unwrap_or(wanted);
    match Id::suggest(letters).filter(|id| taken.iter().all(|(_, other)| other != id)) {
        Some(id) => finding.help(say!("改名为 {number}-{id}.toml", "rename it to {number}-{id}.toml")),
        None => finding.help(say!(
            "改名为 {number}-….toml：… 是未使用的 id，由小写英文字母、数字和连字符组成",
            "rename it to {number}-….toml, where … is an unused id of small letters, digits and hyphens"
        )),
    }
}

/// The numbers and ids of the projects in a folder.
fn names_in(folder: &Path) -> Vec<(u32, Id)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let stem = |path: PathBuf| path.file_stem().and_then(|stem| number_and_id(stem.to_str()?));
    entries.filter_map(|entry| stem(entry.path())).collect()
}

fn read(path: &Path, texts: &Texts, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<FileId> {
    if let Some(Some(text)) = texts.get(path) {
        return Some(sources.add(path, text.clone()));
    }
    let bytes = match source::read(path, source::LARGEST) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(unreadable(path, &error));
            return None;
        }
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(sources.add(path, text.to_owned())),
        Err(error) => {
            let start = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let file = sources.add(path, text);
            diagnostics.push(
                Diagnostic::error(code::NOT_UTF8, say!("文件不是 UTF-8 编码", "the file is not UTF-8 text"))
                    .at(Span::new(file, start..start))
                    .help(say!(
                        "在编辑器里另存为 UTF-8（记事本：另存为，编码选 UTF-8）",
                        "save it as UTF-8 in your editor (Notepad: Save as, encoding UTF-8)"
                    )),
            );
            None
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::FileTooLarge => return limits::too_large(path),
        io::ErrorKind::InvalidInput if source::is_special(path) => return no_file(path),
        _ => {}
    }
    let words = match error.kind() {
        io::ErrorKind::PermissionDenied => say!("没有读取权限", "you may not read it"),
        io::ErrorKind::IsADirectory => say!("这是文件夹，不是文件", "it is a folder and no file"),
        io::ErrorKind::NotADirectory => say!("这是文件，不是文件夹", "this is a file, not a folder"),
        io::ErrorKind::NotFound if path.is_symlink() => {
            say!("链接指向的文件不存在", "the link leads to a file that does not exist")
        }
        _ => say!("不能读取：{error}", "cannot be read: {error}"),
    };
    let finding = Diagnostic::error(code::UNREADABLE, words).at_path(path);
    if error.kind() == io::ErrorKind::NotFound && path.is_symlink() {
        return finding.help(say!(
            "删去这个链接，或让它指向存在的文件",
            "delete the link, or let it lead to a file that exists"
        ));
    }
    finding.help(say!("看看它是不是文件、有没有读取权限", "check that it is a file and that you may read it"))
}

fn no_file(path: &Path) -> Diagnostic {
    let words = say!("这是管道或设备，不是文件", "it is a pipe or a device, not a file");
    Diagnostic::error(code::UNREADABLE, words)
        .at_path(path)
        .help(say!("换成普通文件，或移出申报文件夹", "put a file in its place, or move it out of the folder"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_gives_place_and_id() {
        let read = |stem| number_and_id(stem).map(|(number, id)| (number, id.to_string()));
        assert_eq!(read("1-big-data-network"), Some((1, "big-data-network".into())));
        assert_eq!(read("012-portal"), Some((12, "portal".into())));
        for bad in ["portal", "1_portal", "0-portal", "-portal", "1-", "1-门户", "1-Portal", "9999999-a"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
