//! One side of a comparison: a declaration as it was read, and what of it can be believed.

use std::collections::BTreeSet;
use std::path::Path;

use crate::compute::Ledger;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Target};
use crate::form::Profile;
use crate::lang::Lang;
use crate::model::{Declaration, Project};
use crate::narrative::{Passage, Scope, passages};
use crate::pipeline::{Prepared, Whole, prepare};
use crate::source::Sources;

/// A declaration with its ledger.
#[derive(Debug)]
pub struct Side {
    pub(super) declaration: Declaration,
    pub(super) ledger: Ledger,
    pub(super) profile: Profile,
    /// Ids of the projects whose files have errors.
    pub(super) unread: BTreeSet<String>,
    /// The department as a whole, once that is begun.
    pub(super) department: Option<Box<Side>>,
}

/// What came of reading a folder.
#[derive(Debug)]
pub struct Reading {
    /// The side; `None` when what holds for all projects has errors.
    pub side: Option<Side>,
    /// The files, for findings.
    pub sources: Sources,
    /// The errors. What else there is to say of one side is not the matter of a comparison.
    pub errors: Diagnostics,
}

impl Side {
    /// Reads a folder.
    pub fn read(folder: &Path) -> Reading {
        let Prepared { sources, findings: found, whole, .. } = prepare(folder);
        let mut errors = Diagnostics::default();
        errors.extend(found.into_iter().filter(|finding| finding.severity == Severity::Error));
        errors.sort();
        let unread: Option<BTreeSet<String>> =
            errors.iter().map(|error| project_of(error, &sources)).collect();
        let side = whole.zip(unread).map(|(whole, unread)| {
            let department = whole.department.map(|whole| Box::new(Side::of(*whole, unread.clone())));
            Side { department, ..Side::of(Whole { department: None, ..whole }, unread) }
        });
        Reading { side, sources, errors }
    }

    fn of(whole: Whole, unread: BTreeSet<String>) -> Side {
        let Whole { declaration, ledger, profile, .. } = whole;
        Side { declaration, ledger, profile, unread, department: None }
    }

    /// Whether the file of this project has errors.
    pub(super) fn is_unread(&self, project: &Project) -> bool {
        self.unread.contains(project.id.as_str())
    }

    /// Every text as a reader sees it: those of the overview, and those of each project.
    pub(super) fn passages(&self) -> Passages<'_> {
        let mut read = Passages { overview: Vec::new(), projects: Vec::new() };
        read.projects.resize_with(self.declaration.projects.len(), Vec::new);
        for passage in passages(&self.declaration, &self.ledger, &self.profile) {
            match passage.scope {
                Scope::Overview => read.overview.push(passage),
                Scope::Project(index) => {
                    read.projects.get_mut(index).into_iter().for_each(|list| list.push(passage.clone()))
                }
            }
        }
        read
    }
}

/// The texts of a side.
pub(super) struct Passages<'s> {
    pub(super) overview: Vec<Passage<'s>>,
    pub(super) projects: Vec<Vec<Passage<'s>>>,
}

/// The id of the project whose file an error is about; `None` for any other error.
fn project_of(error: &Diagnostic, sources: &Sources) -> Option<String> {
    let path = match &error.labels.first()?.target {
        Target::Span(span) => &sources.get(span.file)?.path,
        Target::Path(path) => path,
    };
    if path.file_name()? == "department.toml" {
        return Some("department".to_owned());
    }
    if path.parent()?.file_name()? != "projects" {
        return None;
    }
    let (_, id) = path.file_stem()?.to_str()?.split_once('-')?;
    Some(id.to_owned())
}

/// How much two declarations have in common, to tell a renamed folder from a new one; `None` when it is little.
pub fn related(old: &Side, new: &Side) -> Option<usize> {
    let same = |project: &Project| {
        let names = |other: &Project| other.name.str(Lang::Zh).trim() == project.name.str(Lang::Zh).trim();
        old.declaration.projects.iter().any(|other| other.id == project.id || names(other))
    };
    let common = new.declaration.projects.iter().filter(|project| same(project)).count();
    let most = old.declaration.projects.len().max(new.declaration.projects.len());
    let unit = |side: &Side| side.declaration.unit.name.str(Lang::Zh).trim().to_owned();
    let score = common * 100 / most.max(1) + if unit(old) == unit(new) { 50 } else { 0 };
    (score > 50).then_some(score)
}
