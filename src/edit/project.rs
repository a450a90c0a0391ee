//! A project as a whole, which is a file: deleted, copied, or moved before or behind another.

use std::fs;
use std::path::Path;

use super::field::{fields, set};
use super::item::{Change, at_an_end};
use super::put::{Changed, text};
use super::rejected::Rejected;
use crate::lang::Lang;
use crate::load::{FileKind, Loaded, load, number_and_id};
use crate::model::Id;

/// What changes the project of a file, which is named within the declaration's folder, with `/`; and the file of its copy.
///
/// A project's place is the number in the name of its file: projects that change places change numbers.
///
/// # Errors
///
/// [`Rejected`]
pub(super) fn change_project(
    folder: &Path,
    file: &str,
    change: Change,
) -> Result<(Vec<Changed>, Option<String>), Rejected> {
    let projects = projects(folder, &load(folder));
    let place = projects.iter().position(|own| own.file.name() == file).ok_or(Rejected::Gone)?;
    let project = projects.get(place).ok_or(Rejected::Gone)?;
    match change {
        Change::Delete => Ok((deleted(folder, project)?, None)),
        Change::Copy => {
            let (file, number) = name_of_copy(project, &projects).ok_or(Rejected::Gone)?;
            let after = named_as_copy(text(&folder.join(project.file.name()))?, number)?;
            let copy = Changed::Text { file: file.clone(), before: None, after: Some(after) };
            Ok((vec![copy], Some(file)))
        }
        Change::Up | Change::Down => {
            let other = if change == Change::Up { place.checked_sub(1) } else { Some(place + 1) };
            let other = other.and_then(|other| projects.get(other)).ok_or_else(at_an_end)?;
            Ok((exchanged(project, other), None))
        }
    }
}

/// A project by its files.
struct Filed {
    id: Id,
    number: u32,
    file: Name,
    /// Of its self-evaluation, where it has one.
    results: Option<Name>,
}

/// The name of a file in one of the folders of a declaration, such as `projects/01-portal.toml`.
#[derive(Clone)]
struct Name {
    folder: String,
    /// As it is written.
    number: String,
    rest: String,
}

impl Name {
    fn name(&self) -> String {
        format!("{}/{}-{}", self.folder, self.number, self.rest)
    }

    fn with_number_of(&self, other: &Name) -> String {
        Name { number: other.number.clone(), ..self.clone() }.name()
    }
}

/// The projects in their order.
fn projects(folder: &Path, loaded: &Loaded) -> Vec<Filed> {
    let named = |path: &Path| {
        let (parent, file) = path.strip_prefix(folder).ok()?.to_str()?.split_once(['/', '\\'])?;
        let (number, rest) = file.split_once('-')?;
        Some(Name { folder: parent.to_owned(), number: number.to_owned(), rest: rest.to_owned() })
    };
    let results: Vec<(Id, Name)> = loaded
        .sources
        .iter()
        .filter_map(|(_, source)| {
            let (_, id) = number_and_id(source.path.file_stem()?.to_str()?)?;
            Some((id, named(&source.path).filter(|own| own.folder == "results")?))
        })
        .collect();
    let all = loaded.declaration.iter().flat_map(|declaration| &declaration.projects);
    all.filter_map(|own| {
        let file = named(&loaded.sources.get(own.span.file)?.path)?;
        let results = results.iter().find(|(id, _)| *id == own.id).map(|(_, name)| name.clone());
        Some(Filed { id: own.id.clone(), number: own.number, file, results })
    })
    .collect()
}

/// The project goes, and with it the results of its self-evaluation.
fn deleted(folder: &Path, project: &Filed) -> Result<Vec<Changed>, Rejected> {
    let files = project.results.iter().chain([&project.file]).map(Name::name);
    let gone = |file: String| {
        // As it is, so that it can come back so.
        let before = fs::read_to_string(folder.join(&file)).map_err(Rejected::System)?;
        Ok(Changed::Text { before: Some(before), file, after: None })
    };
    files.map(gone).collect()
}

/// The file of another like it, which stands behind all of them and has an id of its own, and which copy it is.
fn name_of_copy(project: &Filed, projects: &[Filed]) -> Option<(String, usize)> {
    let id = |number: usize| format!("{}-{}", project.id, number + 1);
    let is_free = |number: &usize| projects.iter().all(|own| own.id.as_str() != id(*number));
    let number = (1..).find(is_free)?;
    let last = projects.iter().map(|own| own.number).max()?;
    Some((format!("projects/{}-{}.toml", last.saturating_add(1), id(number)), number))
}

/// The text of a project with a name of its own, which two projects may not share.
fn named_as_copy(text: String, number: usize) -> Result<String, Rejected> {
    let (zh, en) = match number {
        1 => ("（副本）".to_owned(), " (copy)".to_owned()),
        _ => (format!("（副本{number}）"), format!(" (copy {number})")),
    };
    let names = fields(&text, FileKind::Project.table());
    let mut names = names.into_iter().filter(|field| field.path.first().is_some_and(|key| key == "name"));
    names.try_fold(text, |text, name| {
        let to = format!("{}{}", name.text, if name.lang == Some(Lang::En) { &en } else { &zh });
        Ok(set(&text, FileKind::Project.table(), &name.path, &name.text, &to)?)
    })
}

/// Each gets the number of the other, in the names of its files.
fn exchanged(one: &Filed, two: &Filed) -> Vec<Changed> {
    let both = [(one, two), (two, one)];
    let renamed =
        |own: &Name, other: &Name| Changed::Renamed { from: own.name(), to: own.with_number_of(other) };
    let files = both.iter().map(|(own, other)| renamed(&own.file, &other.file));
    let results = both.iter().filter_map(|(own, other)| Some(renamed(own.results.as_ref()?, &other.file)));
    files.chain(results).collect()
}
