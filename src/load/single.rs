//! One file by itself, for what can be said of it without the others.

use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use super::advice::{advise, attempt};
use super::declaration::{DECLARATION_FILE, Head};
use super::fields::Table;
use super::files::ProjectFile;
use super::names::DEPARTMENT_FILE;
use super::project::Given;
use super::reader::Reader;
use super::{department, keys, project, result, syntax};
use crate::diagnostic::Diagnostics;
use crate::model::{Id, Print};
use crate::source::Sources;

/// Which kind of file one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `declaration.toml`
    Declaration,
    /// `projects/N-id.toml`
    Project,
    /// `results/N-id.toml`
    Result,
    /// `department.toml`
    Department,
}

impl FileKind {
    /// The kind of a file, by its path within the declaration's folder.
    pub fn of(path: &Path) -> Option<FileKind> {
        let mut steps = path.components().filter_map(|step| step.as_os_str().to_str());
        match (steps.next()?, steps.next(), steps.next()) {
            (DECLARATION_FILE, None, _) => Some(FileKind::Declaration),
            (DEPARTMENT_FILE, None, _) => Some(FileKind::Department),
            ("projects", Some(_), None) => Some(FileKind::Project),
            ("results", Some(_), None) => Some(FileKind::Result),
            _ => None,
        }
    }

    /// What the root of such a file takes.
    pub fn table(self) -> Table {
        match self {
            FileKind::Declaration => Table::Declaration,
            FileKind::Project => Table::Project,
            FileKind::Result => Table::Outcome,
            FileKind::Department => Table::Department,
        }
    }

    /// The kind whose keys a file has; a declaration has a form, which no project has.
    pub fn guess(text: &str) -> FileKind {
        let (tree, _) = DeTable::parse_recoverable(text);
        let count = |keys: &[&str]| {
            tree.get_ref().keys().filter(|key| keys.contains(&key.get_ref().as_ref())).count()
        };
        // Of kinds with as many keys, the last.
        let kinds = [
            (FileKind::Result, keys::OUTCOME.keys),
            (FileKind::Department, keys::DEPARTMENT.keys),
            (FileKind::Declaration, keys::DECLARATION.keys),
            (FileKind::Project, keys::PROJECT.keys),
        ];
        kinds.into_iter().max_by_key(|(_, keys)| count(keys)).map_or(FileKind::Project, |(kind, _)| kind)
    }
}

/// What is wrong with a file's syntax, keys and types. What rests on the form that another file names is left out.
pub fn load_file(path: &Path, text: &str, kind: FileKind) -> (Sources, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let file = sources.add(path, text.to_owned());
    let name = match kind {
        FileKind::Declaration => DECLARATION_FILE.to_owned(),
        FileKind::Department => DEPARTMENT_FILE.to_owned(),
        FileKind::Project | FileKind::Result => {
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        }
    };
    let read = |text: &str, tree: &Spanned<DeTable<'_>>, diagnostics: &mut Diagnostics| {
        let mut reader = Reader::new(file, &name, text, diagnostics);
        match (kind, Id::new("project")) {
            (FileKind::Declaration, _) => drop(Head::read(&mut reader, tree)),
            (FileKind::Project, Some(id)) => {
                let file = ProjectFile { number: 1, id, file };
                // Whether the form is printed, for which some keys have to be there, another file may say.
                let given = Given { year: None, print: Print { narrative: true, form: false } };
                project::read(&mut reader, tree, &file, given, None);
            }
            (FileKind::Result, Some(id)) => {
                let file = ProjectFile { number: 1, id, file };
                result::read(&mut reader, tree, &file, None, None);
            }
            (FileKind::Department, Some(id)) => {
                let given = Given { year: None, print: Print::ALL };
                department::read(&mut reader, tree, id, given, None, None);
            }
            (FileKind::Project | FileKind::Result | FileKind::Department, None) => {}
        }
    };
    let tree = syntax::parse(text, file, &mut diagnostics);
    if diagnostics.is_empty() {
        read(text, &tree, &mut diagnostics);
    }
    let again = |text: &str| attempt(text, |tree, diagnostics| read(text, tree, diagnostics));
    let diagnostics = advise(text, file, &[], again, diagnostics);
    (sources, diagnostics)
}
