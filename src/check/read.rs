//! A text with what was read in it.

use std::ops::Range;

use super::reconcile::{Numbers, Verdict};
use crate::narrative::Passage;
use crate::reading::markers::Marker;
use crate::reading::quotes::Marks;
use crate::reading::{Amount, Token};

/// A text, and what was read in it.
#[derive(Debug, Clone)]
pub struct ReadText<'s> {
    /// The text with the place of each character.
    pub passage: Passage<'s>,
    /// Its numbers, and what its amounts are.
    pub numbers: Numbers,
    /// The numbers of its headings and items, placed in the text as typed.
    pub markers: Vec<Marker>,
    /// Its brackets and quotation marks.
    pub marks: Marks,
}

impl ReadText<'_> {
    /// Each amount with its index among the tokens, and what it is.
    pub fn amounts(&self) -> impl Iterator<Item = (usize, &Token, &Amount, &Verdict)> {
        let both = self.numbers.tokens.iter().zip(&self.numbers.verdicts).enumerate();
        both.filter_map(|(index, (token, verdict))| Some((index, token, token.amount()?, verdict.as_ref()?)))
    }

    /// What a range of the text says.
    pub fn says(&self, range: Range<usize>) -> &str {
        self.passage.text.get(range).unwrap_or("").trim()
    }

    /// Whether a token is typed, not computed.
    pub fn is_typed(&self, token: &Token) -> bool {
        !self.passage.is_computed(token.range.clone())
    }
}
