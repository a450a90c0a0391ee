//! The texts and figures of a document, each with the place that it comes from.
//!
//! Where a page is to lead back to the files, each text is marked by a private character in front of it, which says its
//! number, and one behind it. `templates/shared/places.typ` prints the number as the colour of the text.

use std::cell::RefCell;

use super::Input;
use crate::compute::Entry;
use crate::lang::{Lang, Words};
use crate::narrative::{Part, Passage, Scope, passages};
use crate::source::Span;

/// The first private character, which marks leaf 0.
const FIRST: u32 = 0xF0000;
/// As many leaves as there are characters in its plane.
const MOST: usize = 0xFFFD;
/// What ends a leaf.
const END: char = '\u{100000}';

/// A computed figure of the document.
#[derive(Debug, Clone)]
pub struct Figure<'i> {
    /// What it is called on the form, or the path by which a text takes it.
    pub name: Words,
    /// The amount in the ledger; `None` for what is no amount, such as a count or a name.
    pub entry: Option<&'i Entry>,
    /// The project that it belongs to, by its index; `None` for the declaration as a whole.
    pub project: Option<usize>,
}

/// Where a text of the document comes from.
#[derive(Debug, Clone)]
pub enum Provenance<'i> {
    /// A value that is written as it is printed.
    Written(Span),
    /// A line of a passage, by the passage's index and the line's first byte.
    Passage(usize, usize),
    /// An amount of the form.
    Figure(Span, Figure<'i>),
}

/// A text of the document.
#[derive(Debug)]
pub struct Leaf<'i> {
    /// What it says.
    pub text: String,
    /// Where it comes from.
    pub from: Provenance<'i>,
    /// The project that it belongs to, by its index.
    pub project: Option<usize>,
}

/// Every text of a document that comes from somewhere.
#[derive(Debug)]
pub struct Leaves<'i> {
    /// By their numbers.
    pub leaves: Vec<Leaf<'i>>,
    /// The passages that leaves name by their index.
    pub passages: Vec<Passage<'i>>,
}

/// Marks texts as the document is built.
pub(super) struct Marker<'i> {
    leaves: RefCell<Vec<Leaf<'i>>>,
    passages: Vec<Passage<'i>>,
}

impl<'i> Marker<'i> {
    pub fn new(input: Input<'i>) -> Marker<'i> {
        let passages = passages(input.declaration, input.ledger, input.profile);
        Marker { leaves: RefCell::default(), passages }
    }

    pub fn into_leaves(self) -> Leaves<'i> {
        Leaves { leaves: self.leaves.into_inner(), passages: self.passages }
    }

    /// The text with its mark; one that is empty has none.
    pub fn marked(&self, text: String, from: Provenance<'i>, project: Option<usize>) -> String {
        let mut leaves = self.leaves.borrow_mut();
        let mark = u32::try_from(leaves.len()).ok().filter(|_| leaves.len() < MOST);
        let Some(mark) = mark.and_then(|number| char::from_u32(FIRST + number)) else { return text };
        if text.is_empty() {
            return text;
        }
        let marked = format!("{mark}{text}{END}");
        leaves.push(Leaf { text, from, project });
        marked
    }

    /// The passage of a text in a language, or in the other one where it has none in this. What the profile says for a text
    /// that is left out has none.
    pub fn passage(&self, part: &Part, scope: Scope, lang: Lang) -> Option<(usize, &Passage<'i>)> {
        let of = |lang: Lang| {
            let here =
                |passage: &Passage<'_>| (passage.scope, &passage.part, passage.lang) == (scope, part, lang);
            self.passages.iter().position(here)
        };
        let other = Lang::ALL.into_iter().find(|other| *other != lang);
        let index = of(lang).or_else(|| other.and_then(of))?;
        Some((index, self.passages.get(index)?))
    }
}
