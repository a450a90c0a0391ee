//! The document of a declaration: computed, formatted, every string ready. Printers need nothing else.

pub mod book;
mod form;
mod origin;
pub(crate) mod parts;
mod placing;

use crate::compute::Ledger;
use crate::form::{FormKind, Profile};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Project, Text};
use crate::narrative::{Block, Evaluated, Expanded, Narrative, Part, ProjectNarrative, Scope, Values};

pub use form::texts_of_form;
use origin::Marker;
pub use origin::{Figure, Leaf, Leaves, Provenance};
use parts::{
    BlockPart, Blocks, DatePart, HeadingPart, ItemPart, Metadata, OverviewPart, ProjectPart, SectionPart,
};
pub use parts::{Document, Pair};

/// Everything that a document is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'i> {
    /// The declaration.
    pub declaration: &'i Declaration,
    /// Its amounts.
    pub ledger: &'i Ledger,
    /// Its texts.
    pub narrative: &'i Narrative,
    /// Its form.
    pub profile: &'i Profile,
    /// What is printed, in this order.
    pub languages: &'i [Lang],
    /// Whether each page says that it was not checked.
    pub draft: bool,
    /// The self-evaluation, where that is what is printed; `profile` is then its form.
    pub evaluation: Option<&'i Evaluated>,
    /// Whether persons and their telephones are left out.
    pub public: bool,
    /// What the declaration was before: the pages then show what has changed since.
    pub against: Option<Earlier<'i>>,
}

/// An earlier version of a declaration.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'i> {
    /// The declaration.
    pub declaration: &'i Declaration,
    /// Its amounts.
    pub ledger: &'i Ledger,
    /// Its texts.
    pub narrative: &'i Narrative,
    /// Its self-evaluation, where that is what is printed.
    pub evaluation: Option<&'i Evaluated>,
}

/// Builds the document of a declaration.
pub fn document(input: Input<'_>) -> Document {
    Builder { input, marker: None }.document()
}

/// The same with each text marked by the place that it comes from.
pub fn marked_document(input: Input<'_>) -> (Document, Leaves<'_>) {
    let marker = Marker::new(input);
    let document = Builder { input, marker: Some(&marker) }.document();
    (document, marker.into_leaves())
}

/// How a project is headed.
#[derive(Debug, Clone, Copy)]
struct Titles {
    /// Its number among those with a statement; `None` for the only one.
    number: Option<usize>,
    /// Whether a statement, its own or one before, is above its form.
    below: bool,
}

fn titles(projects: &[Project]) -> Vec<Titles> {
    let all = projects.iter().filter(|project| project.print.narrative).count();
    let mut before = 0;
    let of_project = |project: &Project| {
        before += usize::from(project.print.narrative);
        Titles { number: (all > 1).then_some(before), below: before > 0 }
    };
    projects.iter().map(of_project).collect()
}

/// What each page is marked with.
fn mark(input: Input<'_>) -> Option<Words> {
    match (input.against, input.draft) {
        (Some(_), _) => Some(say!("修订对照", "REDLINE")),
        (None, true) => Some(say!("草稿", "DRAFT")),
        (None, false) => None,
    }
}

/// The first names, as many as a PDF can hold in one string: PDF/A allows 32,767 bytes, and a character takes up to
/// four.
fn keywords(names: impl Iterator<Item = String>) -> Vec<String> {
    const MOST: usize = 8000;
    let mut length = 0;
    names
        .take_while(|name| {
            length += name.chars().count() + ", ".len();
            length <= MOST
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Builder<'b, 'i> {
    input: Input<'i>,
    /// Where texts are marked by the place that they come from.
    marker: Option<&'b Marker<'i>>,
}

fn trimmed(text: &Text, lang: Lang) -> String {
    text.str(lang).trim().to_owned()
}

impl<'i> Builder<'_, 'i> {
    fn document(self) -> Document {
        let Input { declaration, profile, narrative, .. } = self.input;
        let main = self.input.languages.first().copied().unwrap_or(Lang::Zh);
        let projects = declaration.projects.iter().zip(&narrative.projects);
        let titles = titles(&declaration.projects);
        let named = declaration.title.as_ref().unwrap_or(&declaration.unit.name);
        Document {
            mark: mark(self.input).map(|words| self.words(&words)),
            title: self.pair(|lang| {
                self.leaf(self.title(lang), None, || Provenance::Written(named.get(lang).place.span()))
            }),
            pdf: Metadata {
                title: self.title(main),
                author: declaration.unit.name.str(main).trim().to_owned(),
                description: format!(
                    "{}{}",
                    profile.title.get(main),
                    Values::new(declaration, self.input.ledger, profile, Scope::Overview, main)
                        .label(&profile.year)
                ),
                keywords: keywords(declaration.projects.iter().map(|project| trimmed(&project.name, main))),
                date: DatePart {
                    year: declaration.date.year(),
                    month: declaration.date.month(),
                    day: declaration.date.day(),
                },
            },
            overview: self.has_overview().then(|| OverviewPart {
                heading: self.words(&profile.document.overview),
                body: self.blocks(&narrative.overview, &Part::Overview, Scope::Overview),
            }),
            projects: projects
                .zip(titles)
                .enumerate()
                .filter(|(_, ((project, _), _))| self.input.evaluation.is_none() || project.outcome.is_some())
                .map(|(index, ((project, narrative), titles))| {
                    self.project(index, project, narrative, titles)
                })
                .collect(),
        }
    }

    /// A text of the document, marked where that is asked for.
    fn leaf(self, text: String, project: Option<usize>, from: impl FnOnce() -> Provenance<'i>) -> String {
        match self.marker {
            Some(marker) => marker.marked(text, from(), project),
            None => text,
        }
    }

    fn pair(self, mut text: impl FnMut(Lang) -> String) -> Pair {
        let mut printed = |lang| self.input.languages.contains(&lang).then(|| text(lang));
        Pair { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn words(self, words: &Words) -> Pair {
        self.pair(|lang| words.get(lang).to_owned())
    }

    fn text(self, text: &'i Text, project: Option<usize>) -> Pair {
        self.pair(|lang| {
            self.leaf(trimmed(text, lang), project, || Provenance::Written(text.get(lang).place.span()))
        })
    }

    /// The blocks of a text in each language.
    fn blocks(self, expanded: &Expanded, part: &Part, scope: Scope) -> Blocks {
        let printed = |lang| {
            self.input.languages.contains(&lang).then(|| {
                let passage = self.marker.and_then(|marker| marker.passage(part, scope, lang));
                let mut start = 0;
                let mut line = |text: &str| {
                    let Some((index, passage)) = passage else { return text.to_owned() };
                    let begin = start;
                    let rest = passage.text.get(begin..).unwrap_or("");
                    start += rest.find('\n').unwrap_or(rest.len()) + 1;
                    self.leaf(text.to_owned(), scope.project(), || Provenance::Passage(index, begin))
                };
                expanded.get(lang).iter().map(|own| block(own, &mut line)).collect()
            })
        };
        Blocks { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn title(self, lang: Lang) -> String {
        let declaration = self.input.declaration;
        match &declaration.title {
            Some(title) => trimmed(title, lang),
            None => {
                let Input { ledger, profile, .. } = self.input;
                let values = Values::new(declaration, ledger, profile, Scope::Overview, lang);
                values.label(&profile.document.title)
            }
        }
    }

    /// Whether the text over the projects is printed: the forms of evaluations and departments stand by themselves.
    fn has_overview(self) -> bool {
        self.input.evaluation.is_none() && self.input.profile.kind == FormKind::Declaration
    }

    fn project(
        self,
        index: usize,
        project: &'i Project,
        narrative: &'i ProjectNarrative,
        titles: Titles,
    ) -> ProjectPart {
        if self.input.evaluation.is_some() {
            let form = form::Filler::new(self, index, project, narrative).form(false);
            return ProjectPart {
                number: index + 1,
                id: project.id.to_string(),
                name: self.pair(|lang| trimmed(&project.name, lang)),
                heading: None,
                sections: Vec::new(),
                form: Some(form),
            };
        }
        ProjectPart {
            number: index + 1,
            id: project.id.to_string(),
            name: self.pair(|lang| trimmed(&project.name, lang)),
            heading: project.print.narrative.then(|| self.heading(index, project, titles.number)),
            sections: self.sections(index, narrative),
            form: project
                .print
                .form
                .then(|| form::Filler::new(self, index, project, narrative).form(titles.below)),
        }
    }

    /// `项目经费情况说明 2——` and the project's name, or the project's own heading alone.
    fn heading(self, index: usize, project: &'i Project, number: Option<usize>) -> HeadingPart {
        if let Some(heading) = &project.heading {
            return HeadingPart { lead: self.text(heading, Some(index)), name: None };
        }
        let words = &self.input.profile.document.project;
        let number = number.map(|number| format!(" {number}")).unwrap_or_default();
        let lead = self.pair(|lang| match lang {
            Lang::Zh => format!("{}{number}——", words.zh),
            Lang::En => format!("{}{number} —", words.en),
        });
        HeadingPart { lead, name: Some(self.text(&project.name, Some(index))) }
    }

    fn sections(self, index: usize, narrative: &ProjectNarrative) -> Vec<SectionPart> {
        let sections = narrative.sections.iter().zip(1_usize..);
        sections
            .filter_map(|((id, body), number)| {
                let (_, section) = self.input.profile.section(id)?;
                let heading = self.pair(|lang| match lang {
                    Lang::Zh => format!("{}、{}", chinese_number(number), section.heading.zh),
                    Lang::En => format!("{number}. {}", section.heading.en),
                });
                let body = self.blocks(body, &Part::Section(id.clone()), Scope::Project(index));
                Some(SectionPart { id: id.clone(), heading, body })
            })
            .collect()
    }
}

/// A block, whose texts pass through `line` in their order.
fn block(block: &Block, line: &mut impl FnMut(&str) -> String) -> BlockPart {
    match block {
        Block::Paragraph(text) => BlockPart::Paragraph { text: line(text) },
        Block::Subheading(text) => BlockPart::Subheading { text: line(text) },
        Block::List(items) => BlockPart::List {
            items: items
                .iter()
                .map(|item| ItemPart { marker: item.marker.clone(), text: line(&item.text) })
                .collect(),
        },
    }
}

/// 一 to 九十九; forms have seven sections, a user's own may have more.
fn chinese_number(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| digits.get(at).copied().unwrap_or("");
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) if tens < 10 => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_count_in_chinese() {
        let numbers = [1, 7, 10, 11, 20, 35, 100].map(chinese_number);
        assert_eq!(numbers, ["一", "七", "十", "十一", "二十", "三十五", "100"]);
    }
}
