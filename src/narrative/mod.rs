//! Texts with computed values into paragraphs and lists.
//!
//! The language of a text is plain: a blank line separates paragraphs, a line break joins, lines that begin with a
//! marker are list items, and `{{path | format}}` takes a computed value. Everything else prints as it is.

mod expand;
mod flow;
mod format;
mod listed;
mod parse;
mod plain;
mod precision;
mod reading;
mod tokens;
mod values;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::compute::Ledger;
use crate::diagnostic::Diagnostics;
use crate::form::{Profile, SectionRole};
use crate::lang::{Lang, Words};
use crate::model::{Declaration, NarrativeSection, Project, Prose, Text};
use crate::source::{FileId, Place};

pub use flow::{LineKind, flow, join, line_kind};
pub use listed::{Listed, values};
pub use reading::{Part, Passage, Taken, source_lines};
pub use tokens::tokens;
pub use values::{Evaluated, Found, Origin, Repeated, Scope, Value, Values, paths};

/// A block of a text, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A short line that begins with （一）.
    Subheading(String),
    /// A list.
    List(Vec<Item>),
}

/// A list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its marker as typed: `(1)`, `（1）`, `1.`, `1、` or `-`.
    pub marker: String,
    /// Its text.
    pub text: String,
}

/// A text expanded in each of its languages.
#[derive(Debug, Clone, Default)]
pub struct Expanded {
    zh: Option<Vec<Block>>,
    en: Option<Vec<Block>>,
}

impl Expanded {
    /// The blocks in `lang`, or in the other language when there are none in this.
    pub fn get(&self, lang: Lang) -> &[Block] {
        let (first, second) = match lang {
            Lang::Zh => (&self.zh, &self.en),
            Lang::En => (&self.en, &self.zh),
        };
        first.as_ref().or(second.as_ref()).map_or(&[], Vec::as_slice)
    }
}

/// Every text of a declaration, expanded.
#[derive(Debug, Clone)]
pub struct Narrative {
    /// 绩效目标设置情况
    pub overview: Expanded,
    /// The projects' texts, in the declaration's order.
    pub projects: Vec<ProjectNarrative>,
}

/// A project's texts, expanded.
#[derive(Debug, Clone)]
pub struct ProjectNarrative {
    /// Sections by their id, in printing order; those with nothing to print are left out.
    pub sections: Vec<(String, Expanded)>,
    /// Those that the form itself shows, likewise.
    pub in_form: Vec<(String, Expanded)>,
    /// 项目总目标
    pub overall: Expanded,
    /// 年度总体目标
    pub annual: Expanded,
}

/// Expands every text of `declaration` in every language in which it is written.
pub fn narrate(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Narrative {
    let broken = diagnostics.broken_files();
    plain::check(declaration, diagnostics);
    let mut writer = Writer { declaration, ledger, profile, broken: &broken, diagnostics };
    let overview = match &declaration.overview.text {
        Some(text) => writer.text(text, Scope::Overview),
        None => Expanded::default(),
    };
    let write = |(index, project)| {
        let mut found = Diagnostics::default();
        let mut writer = Writer { declaration, ledger, profile, broken: &broken, diagnostics: &mut found };
        (writer.project(project, Scope::Project(index)), found)
    };
    let (projects, found_in): (_, Vec<Diagnostics>) =
        declaration.projects.par_iter().enumerate().map(write).unzip();
    found_in.into_iter().for_each(|found| diagnostics.extend(found));
    Narrative { overview, projects }
}

/// Every text of `declaration` that is printed, as a reader sees it, in every language in which it is written.
pub fn passages<'d>(declaration: &'d Declaration, ledger: &Ledger, profile: &Profile) -> Vec<Passage<'d>> {
    let mut texts: Vec<(&'d Text, Part, Scope)> = Vec::new();
    texts.extend(declaration.overview.text.as_ref().map(|text| (text, Part::Overview, Scope::Overview)));
    for (index, project) in declaration.projects.iter().enumerate() {
        let scope = Scope::Project(index);
        let printed = |section: &&NarrativeSection| {
            project.print.narrative || shown_in_form(project, profile, &section.id)
        };
        let sections = project.narrative.iter().filter(printed);
        texts.extend(sections.map(|section| (&section.text, Part::Section(section.id.clone()), scope)));
        if let Some(goals) = project.printed_goals() {
            texts.push((&goals.overall, Part::OverallGoal, scope));
            texts.extend(goals.annual.as_ref().map(|annual| (annual, Part::AnnualGoal, scope)));
        }
    }
    let broken = BTreeSet::new();
    let of_text = |(text, part, scope): &(&'d Text, Part, Scope)| -> Vec<Passage<'d>> {
        let read = |(lang, prose)| {
            let values = Values {
                declaration,
                ledger,
                profile,
                scope: *scope,
                lang,
                item: None,
                evaluation: None,
                broken: &broken,
            };
            reading::read(prose, part.clone(), &values)
        };
        text.proses().map(read).collect()
    };
    texts.par_iter().flat_map_iter(of_text).collect()
}

/// A `{{…}}` by itself, as a text in this scope prints it; `None` where it cannot take it.
pub fn printed(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: &Profile,
    (scope, lang): (Scope, Lang),
    written: &str,
) -> Option<String> {
    let (broken, mut diagnostics) = (BTreeSet::new(), Diagnostics::default());
    let mut writer = Writer { declaration, ledger, profile, broken: &broken, diagnostics: &mut diagnostics };
    let place = Place::whole(declaration.year_place);
    let blocks = writer.prose(&Prose { value: written.to_owned(), place }, lang, scope);
    let lines = blocks.into_iter().flat_map(|block| match block {
        Block::Paragraph(text) | Block::Subheading(text) => vec![text],
        Block::List(items) => items.into_iter().map(|item| item.marker + &item.text).collect(),
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    diagnostics.is_empty().then_some(text)
}

/// Whether a project's form shows a section.
fn shown_in_form(project: &Project, profile: &Profile, id: &str) -> bool {
    project.print.form && profile.grid.shows(&format!("narrative.{id}"))
}

struct Writer<'w> {
    declaration: &'w Declaration,
    ledger: &'w Ledger,
    profile: &'w Profile,
    broken: &'w BTreeSet<FileId>,
    diagnostics: &'w mut Diagnostics,
}

impl Writer<'_> {
    fn project(&mut self, project: &Project, scope: Scope) -> ProjectNarrative {
        let profile = self.profile;
        let (mut sections, mut in_form) = (Vec::new(), Vec::new());
        for section in &profile.sections {
            let shown = shown_in_form(project, profile, &section.id);
            if !project.print.narrative && !shown {
                continue;
            }
            let written = project.narrative.iter().find(|own| own.id == section.id);
            let expanded = match (written, &section.default) {
                (Some(own), _) => self.text(&own.text, scope),
                // What stands for the goals points to the form that follows.
                (None, Some(_)) if section.role == SectionRole::Goals && !project.print.form => continue,
                (None, Some(words)) => self.words(words, project, scope),
                (None, None) => continue,
            };
            if shown {
                in_form.push((section.id.clone(), expanded.clone()));
            }
            if project.print.narrative {
                sections.push((section.id.clone(), expanded));
            }
        }
        let goals = project.printed_goals();
        let overall = goals.map(|goals| self.text(&goals.overall, scope)).unwrap_or_default();
        let annual = match goals.and_then(|goals| goals.annual.as_ref()) {
            Some(annual) => self.text(annual, scope),
            None => overall.clone(),
        };
        ProjectNarrative { sections, in_form, overall, annual }
    }

    fn text(&mut self, text: &Text, scope: Scope) -> Expanded {
        let mut write = |lang| text.exactly(lang).map(|prose| self.prose(prose, lang, scope));
        Expanded { zh: write(Lang::Zh), en: write(Lang::En) }
    }

    /// The profile's own text; a mistake in it is shown at the project that it is printed for.
    fn words(&mut self, words: &Words, project: &Project, scope: Scope) -> Expanded {
        let mut write = |lang| {
            let prose = Prose { value: words.get(lang).to_owned(), place: Place::whole(project.span) };
            Some(self.prose(&prose, lang, scope))
        };
        Expanded { zh: write(Lang::Zh), en: write(Lang::En) }
    }

    fn prose(&mut self, prose: &Prose, lang: Lang, scope: Scope) -> Vec<Block> {
        let blocks = parse::parse(prose, self.diagnostics);
        let values = Values {
            declaration: self.declaration,
            ledger: self.ledger,
            profile: self.profile,
            scope,
            lang,
            item: None,
            evaluation: None,
            broken: self.broken,
        };
        expand::expand(&blocks, &values, self.diagnostics)
    }
}
