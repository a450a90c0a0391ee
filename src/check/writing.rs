//! Every text of a declaration, whichever it is, with the place of each character.

use std::borrow::Cow;
use std::ops::Range;

use super::read::ReadText;
use crate::lang::Lang;
use crate::model::{Cost, Declaration, Project, Prose, Target, Text};
use crate::narrative::{Part, Scope};
use crate::reading::Mention;
use crate::reading::dates::mentions;
use crate::reading::quotes::{Marks, marks};
use crate::source::Span;

/// A text without paragraphs and computed values: a name, a target, a remark.
#[derive(Debug, Clone, Copy)]
pub struct Plain<'s> {
    /// Whose it is; `None` for the declaration's own.
    pub project: Option<usize>,
    /// What it is.
    pub kind: PlainKind,
    /// Its language.
    pub lang: Lang,
    /// The text.
    pub prose: &'s Prose,
}

/// What a plain text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainKind {
    /// A name or title.
    Name,
    /// 指标值, which has a notation of its own.
    Target,
    /// 测算依据, 指标解释 and the like.
    Remark,
}

/// One text in one language, for rules that look at every text.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'w> {
    /// Whose it is; `None` for the declaration's own.
    pub project: Option<usize>,
    /// Its language.
    pub lang: Lang,
    /// What it is, when it is none of the narrative's.
    pub plain: Option<PlainKind>,
    body: Body<'w>,
}

#[derive(Debug, Clone, Copy)]
enum Body<'w> {
    Text(&'w ReadText<'w>),
    Prose(&'w Prose),
}

impl<'w> Writing<'w> {
    /// A text of the narrative.
    pub fn of_text(text: &'w ReadText<'w>) -> Writing<'w> {
        let project = match text.passage.scope {
            Scope::Overview => None,
            Scope::Project(index) => Some(index),
        };
        Writing { project, lang: text.passage.lang, plain: None, body: Body::Text(text) }
    }

    /// A plain text.
    pub fn of_plain(plain: &'w Plain<'w>) -> Writing<'w> {
        let Plain { project, kind, lang, prose } = *plain;
        Writing { project, lang, plain: Some(kind), body: Body::Prose(prose) }
    }

    /// The characters; paragraphs and list items end with a line break.
    pub fn text(&self) -> &'w str {
        match self.body {
            Body::Text(read) => &read.passage.text,
            Body::Prose(prose) => &prose.value,
        }
    }

    /// Which text of the narrative it is.
    pub fn part(&self) -> Option<&'w Part> {
        match self.body {
            Body::Text(read) => Some(&read.passage.part),
            Body::Prose(_) => None,
        }
    }

    /// Its dates, in order.
    pub fn dates(&self) -> Cow<'w, [Mention]> {
        match self.body {
            Body::Text(read) => Cow::Borrowed(&read.numbers.dates),
            Body::Prose(prose) => Cow::Owned(mentions(&prose.value)),
        }
    }

    /// Its brackets and quotation marks.
    pub fn marks(&self) -> Cow<'w, Marks> {
        match self.body {
            Body::Text(read) => Cow::Borrowed(&read.marks),
            Body::Prose(prose) => Cow::Owned(marks(&prose.value)),
        }
    }

    /// The place in the file of a range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.body {
            Body::Text(read) => read.passage.span(range),
            Body::Prose(prose) => prose.place.at(range),
        }
    }

    /// Whether any of a range is computed.
    pub fn is_computed(&self, range: Range<usize>) -> bool {
        match self.body {
            Body::Text(read) => read.passage.is_computed(range),
            Body::Prose(_) => false,
        }
    }

    /// The place of a range that stands in the file as it stands in the text, so that it can be replaced there.
    pub fn fixable(&self, range: Range<usize>) -> Option<Span> {
        if range.is_empty() || self.is_computed(range.clone()) {
            return None;
        }
        let span = self.span(range.clone());
        (span.range().len() == range.len()).then_some(span)
    }
}

/// The place of a text's first line, which shows where a long text is.
pub fn first_line(prose: &Prose) -> Span {
    let start = prose.value.len() - prose.value.trim_start().len();
    let line = prose.value.trim_start().lines().next().unwrap_or("");
    prose.place.at(start..start + line.trim_end().len())
}

/// Every plain text of a declaration, in its order.
pub fn plain_texts(declaration: &Declaration) -> Vec<Plain<'_>> {
    let mut list = List { texts: Vec::new(), project: None };
    list.add(PlainKind::Name, declaration.title.as_ref());
    list.add(PlainKind::Name, [&declaration.unit.name, &declaration.department.name]);
    for (index, project) in declaration.projects.iter().enumerate() {
        list.project = Some(index);
        list.project(project);
    }
    list.texts
}

struct List<'s> {
    texts: Vec<Plain<'s>>,
    project: Option<usize>,
}

impl<'s> List<'s> {
    fn add(&mut self, kind: PlainKind, texts: impl IntoIterator<Item = &'s Text>) {
        for text in texts {
            for (lang, prose) in text.proses() {
                self.texts.push(Plain { project: self.project, kind, lang, prose });
            }
        }
    }

    fn project(&mut self, project: &'s Project) {
        self.add(PlainKind::Name, [&project.name]);
        self.add(PlainKind::Name, project.printed_heading());
        self.add(PlainKind::Name, project.unit.iter().map(|unit| &unit.name));
        self.costs(&project.costs);
        for subproject in &project.subprojects {
            self.add(PlainKind::Name, [&subproject.name]);
            // The one cost of a sub-project that states its sum is the sub-project's own name again.
            if !subproject.single {
                self.costs(&subproject.costs);
            }
        }
        for indicator in project.printed_indicators() {
            self.add(PlainKind::Name, [&indicator.name]);
            let text = indicator.target.text();
            self.add(PlainKind::Target, [text]);
            self.add(PlainKind::Target, indicator.overall.as_ref().map(Target::text));
            self.add(PlainKind::Remark, indicator.remarks());
        }
        let steps = project.schedule.iter().flat_map(|step| [&step.task].into_iter().chain(&step.note));
        self.add(PlainKind::Remark, steps);
        self.add(PlainKind::Remark, project.form_texts());
    }

    fn costs(&mut self, costs: &'s [Cost]) {
        for cost in costs {
            self.add(PlainKind::Name, [&cost.name]);
            self.add(PlainKind::Remark, cost.basis.as_ref());
        }
    }
}
