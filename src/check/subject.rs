//! What a rule sees: the declaration, its amounts, its form, and its texts as a reader reads them.

use rayon::prelude::*;

use super::read::ReadText;
use super::reconcile::{self, Facts, Wholes};
use super::writing::{Plain, Writing, plain_texts};
use crate::compute::{Ledger, ProjectLedger};
use crate::form::{Profile, SectionRole};
use crate::lang::Lang;
use crate::model::{Declaration, Project};
use crate::narrative::{Evaluated, Part, Passage, Scope, passages};
use crate::reading::markers::markers;
use crate::reading::quotes::marks;

/// Everything that rules look at.
pub struct Subject<'s> {
    /// The declaration.
    pub declaration: &'s Declaration,
    /// Its amounts.
    pub ledger: &'s Ledger,
    /// Its form.
    pub profile: &'s Profile,
    /// Its self-evaluation, once that is begun.
    pub evaluation: Option<&'s Evaluated>,
    /// Its texts in each language, in the order of the declaration.
    pub texts: Vec<ReadText<'s>>,
    /// Its names, targets and remarks.
    pub(super) plain: Vec<Plain<'s>>,
    /// The amounts that the overview may name.
    pub overview: Facts,
    /// The amounts that each project's texts may name.
    pub facts: Vec<Facts>,
}

impl<'s> Subject<'s> {
    /// Reads every text once.
    pub fn new(declaration: &'s Declaration, ledger: &'s Ledger, profile: &'s Profile) -> Subject<'s> {
        let overview = Facts::of_overview(declaration, ledger);
        let projects = declaration.projects.iter().zip(&ledger.projects);
        let all = Wholes::of(ledger);
        let facts: Vec<Facts> = projects
            .map(|(project, own)| Facts::of_project(declaration, ledger, &all, project, own))
            .collect();
        let read = |passage: Passage<'s>| {
            let facts = match passage.scope {
                Scope::Overview => Some(&overview),
                Scope::Project(index) => facts.get(index),
            };
            let numbers = facts.map(|facts| reconcile::read(&passage, facts)).unwrap_or_default();
            let markers = markers(&passage.prose.value, passage.lang);
            let marks = marks(&passage.text);
            ReadText { passage, numbers, markers, marks }
        };
        let texts = passages(declaration, ledger, profile).into_par_iter().map(read).collect();
        let plain = plain_texts(declaration);
        Subject { declaration, ledger, profile, evaluation: None, texts, plain, overview, facts }
    }

    /// Each project with its index and amounts.
    pub fn projects(&self) -> impl Iterator<Item = (usize, &'s Project, &'s ProjectLedger)> {
        let projects = self.declaration.projects.iter().zip(&self.ledger.projects);
        projects.enumerate().map(|(index, (project, ledger))| (index, project, ledger))
    }

    /// Every text there is: those of the narrative first, then names, targets and remarks.
    pub(super) fn writings(&self) -> impl Iterator<Item = Writing<'_>> {
        self.texts.iter().map(Writing::of_text).chain(self.plain.iter().map(Writing::of_plain))
    }

    /// The amounts that a text may name.
    pub fn facts_of(&self, text: &ReadText<'_>) -> Option<&Facts> {
        match text.passage.scope {
            Scope::Overview => Some(&self.overview),
            Scope::Project(index) => self.facts.get(index),
        }
    }

    /// The texts of one project.
    pub fn texts_of(&self, project: usize) -> impl Iterator<Item = &ReadText<'s>> {
        // The texts stand in the order of the projects; rules ask for them a thousand times.
        let first = self.texts.partition_point(|text| match text.passage.scope {
            Scope::Overview => true,
            Scope::Project(index) => index < project,
        });
        let of_project = move |text: &&ReadText<'s>| text.passage.scope == Scope::Project(project);
        self.texts.iter().skip(first).take_while(of_project)
    }

    /// The section of a project that has this to say, in one language.
    pub fn section(&self, project: usize, role: SectionRole, lang: Lang) -> Option<&ReadText<'s>> {
        self.texts_of(project)
            .find(|text| text.passage.lang == lang && self.role_of(&text.passage.part) == Some(role))
    }

    /// What a text has to say, when it is a section of the narrative.
    pub fn role_of(&self, part: &Part) -> Option<SectionRole> {
        match part {
            Part::Section(id) => self.profile.section(id).map(|(_, section)| section.role),
            Part::Overview | Part::OverallGoal | Part::AnnualGoal => None,
        }
    }
}
