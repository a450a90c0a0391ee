//! The texts and figures of a document, each with the place that it comes from.
//!
//! Each is marked in the document by a private character in front of it, which says its number, and one behind it.
//! `templates/shared/places.typ` prints the number as the colour of the text.

use serde_json::Value;

use super::figures::Figure;
use crate::compute::{Entry, ProjectLedger};
use crate::lang::{Lang, Words};
use crate::model::{Project, Text, YearlyAmount};
use crate::narrative::{Part, Passage, Scope, passages};
use crate::render::Input;
use crate::source::Span;

/// The first private character, which marks leaf 0.
const FIRST: u32 = 0xF0000;
/// As many leaves as there are characters in its plane.
const MOST: usize = 0xFFFD;
/// What ends a leaf.
const END: char = '\u{100000}';

/// A text of the document.
pub(super) struct Leaf<'i> {
    pub text: String,
    pub origin: Origin<'i>,
    pub project: Option<usize>,
}

/// Where a leaf comes from.
pub(super) enum Origin<'i> {
    /// A value that is written as it is printed.
    Written(Span),
    /// A line of a passage, by the passage's index and the line's first byte.
    Passage(usize, usize),
    /// An amount of the form.
    Figure(Span, Figure<'i>),
}

pub(super) struct Leaves<'i> {
    pub leaves: Vec<Leaf<'i>>,
    pub passages: Vec<Passage<'i>>,
}

/// Marks the leaves of `document`, and gives them.
pub(super) fn mark<'i>(input: Input<'i>, document: &mut Value) -> Leaves<'i> {
    let passages = passages(input.declaration, input.ledger, input.profile);
    let mut marker = Marker { input, document, passages, leaves: Vec::new(), project: None };
    let declaration = input.declaration;
    let title = declaration.title.as_ref().unwrap_or(&declaration.unit.name);
    marker.text("/title", title);
    marker.body("/overview/body", &Part::Overview, Scope::Overview);
    let projects = declaration.projects.iter().zip(&input.ledger.projects);
    for (index, (project, ledger)) in projects.enumerate() {
        marker.project = Some(index);
        marker.project(index, project, ledger);
    }
    Leaves { leaves: marker.leaves, passages: marker.passages }
}

struct Marker<'i, 'd> {
    input: Input<'i>,
    document: &'d mut Value,
    passages: Vec<Passage<'i>>,
    leaves: Vec<Leaf<'i>>,
    project: Option<usize>,
}

impl<'i> Marker<'i, '_> {
    fn project(&mut self, index: usize, project: &'i Project, ledger: &'i ProjectLedger) {
        let (at, scope) = (format!("/projects/{index}"), Scope::Project(index));
        match &project.heading {
            Some(heading) => self.text(&format!("{at}/heading/lead"), heading),
            None => self.text(&format!("{at}/heading/name"), &project.name),
        }
        let sections = self.document.pointer(&format!("{at}/sections")).and_then(Value::as_array);
        let ids: Vec<String> = sections
            .into_iter()
            .flatten()
            .map(|section| section.get("id").and_then(Value::as_str).unwrap_or("").to_owned())
            .collect();
        for (place, id) in ids.into_iter().enumerate() {
            self.body(&format!("{at}/sections/{place}/body"), &Part::Section(id), scope);
        }
        let at = format!("{at}/form");
        let declaration = self.input.declaration;
        for (field, text) in [
            ("name", Some(&project.name)),
            ("nature", project.nature.as_ref()),
            ("category", project.category.as_ref()),
            ("department", Some(&declaration.department.name)),
            ("unit", Some(&project.unit(declaration).name)),
        ] {
            if let Some(text) = text {
                self.text(&format!("{at}/fields/{field}/value"), text);
            }
        }
        for (field, span) in [("start", project.period_place.start), ("end", project.period_place.end)] {
            self.pair(&format!("{at}/fields/{field}/value"), |_| Origin::Written(span));
        }
        self.funding(&format!("{at}/funding"), index, project, ledger);
        self.body(&format!("{at}/goals/overall/body"), &Part::OverallGoal, scope);
        let annual = if project.goals.as_ref().is_some_and(|goals| goals.annual.is_some()) {
            Part::AnnualGoal
        } else {
            Part::OverallGoal
        };
        self.body(&format!("{at}/goals/annual/body"), &annual, scope);
        self.indicators(&format!("{at}/indicators/groups"), project);
    }

    fn funding(&mut self, at: &str, index: usize, project: &'i Project, ledger: &'i ProjectLedger) {
        let labels = &self.input.profile.labels;
        // A sum comes from the whole project, not from one of its costs.
        let whole = project.name.span();
        let funding = &project.funding;
        let carried = funding.carried_over.map_or(whole, |amount| amount.span);
        let other = funding.other.as_ref().map_or(whole, YearlyAmount::span);
        let amounts: [(&str, &Words, &'i Entry, Span); 7] = [
            ("total", &labels.total, &ledger.total.rounded, whole),
            ("fiscal", &labels.fiscal, &ledger.fiscal, whole),
            ("other", &labels.other, &ledger.other, other),
            ("annual", &labels.annual, &ledger.annual, whole),
            ("appropriation", &labels.appropriation, &ledger.appropriation, whole),
            ("carried_over", &labels.carried_over, &ledger.carried_over, carried),
            ("other_annual", &labels.other_annual, &ledger.other_annual, other),
        ];
        for (key, name, entry, span) in amounts {
            let figure = Figure { name: name.clone(), entry: Some(entry), project: Some(index) };
            let pointer = format!("{at}/{key}/amount");
            self.leaf(&pointer, Origin::Figure(span, figure));
        }
    }

    /// Indicators stand in the order of the form's tree; those of one kind in the order of the file.
    fn indicators(&mut self, at: &str, project: &'i Project) {
        let profile = self.input.profile;
        let mut first_place = 0;
        for (first, level) in profile.level1.iter().enumerate() {
            let mut second_place = 0;
            for second in 0..level.kinds.len() {
                let here = project
                    .indicators
                    .iter()
                    .filter(|indicator| profile.kind(&indicator.kind.value) == Some((first, second)));
                let mut rows = 0;
                for indicator in here {
                    let row = format!("{at}/{first_place}/groups/{second_place}/rows/{rows}");
                    self.text(&format!("{row}/name"), &indicator.name);
                    self.text(&format!("{row}/target"), indicator.target.text());
                    rows += 1;
                }
                second_place += usize::from(rows > 0);
            }
            first_place += usize::from(second_place > 0);
        }
    }

    fn text(&mut self, pointer: &str, text: &'i Text) {
        self.pair(pointer, |lang| Origin::Written(text.get(lang).place.span()));
    }

    fn pair(&mut self, pointer: &str, origin: impl Fn(Lang) -> Origin<'i>) {
        for lang in Lang::ALL {
            self.leaf(&format!("{pointer}/{lang}"), origin(lang));
        }
    }

    /// The blocks of a text in each language. What the profile says for a text that is left out has no place.
    fn body(&mut self, pointer: &str, part: &Part, scope: Scope) {
        for lang in Lang::ALL {
            let of = |lang: Lang| {
                let here = |passage: &Passage<'_>| {
                    (passage.scope, &passage.part, passage.lang) == (scope, part, lang)
                };
                self.passages.iter().position(here)
            };
            let other = Lang::ALL.into_iter().find(|other| *other != lang);
            let Some(index) = of(lang).or_else(|| other.and_then(of)) else { continue };
            let pointers = block_pointers(&format!("{pointer}/{lang}"), self.document);
            let mut start = 0;
            for pointer in pointers {
                let rest =
                    self.passages.get(index).and_then(|passage| passage.text.get(start..)).unwrap_or("");
                let line = rest.find('\n').unwrap_or(rest.len());
                self.leaf(&pointer, Origin::Passage(index, start));
                start += line + 1;
            }
        }
    }

    fn leaf(&mut self, pointer: &str, origin: Origin<'i>) {
        let number = self.leaves.len();
        let Some(Value::String(text)) = self.document.pointer_mut(pointer) else { return };
        let mark = u32::try_from(number).ok().filter(|_| number < MOST);
        let Some(mark) = mark.and_then(|number| char::from_u32(FIRST + number)) else { return };
        if text.is_empty() {
            return;
        }
        let marked = format!("{mark}{text}{END}");
        let text = std::mem::replace(text, marked);
        self.leaves.push(Leaf { text, origin, project: self.project });
    }
}

/// The pointers to the texts of a list of blocks, in printing order.
fn block_pointers(at: &str, document: &Value) -> Vec<String> {
    let blocks = document.pointer(at).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut pointers = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        match block.get("items").and_then(Value::as_array) {
            Some(items) => {
                pointers.extend((0..items.len()).map(|item| format!("{at}/{place}/items/{item}/text")));
            }
            None => pointers.push(format!("{at}/{place}/text")),
        }
    }
    pointers
}
