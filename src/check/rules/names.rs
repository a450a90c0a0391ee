//! Names that texts may vary. A part of the rule on names.

use crate::model::{Money, Prose};
use crate::reading::chars::is_numeral;
use crate::reading::words::NAMES;

/// The shortest name that is compared; in a shorter one a character makes another word.
pub(super) const LONG: usize = 6;

/// A name that texts may vary.
pub(super) struct Name<'n> {
    pub(super) prose: &'n Prose,
    pub(super) chars: Vec<char>,
    pub(super) path: Option<String>,
    /// Whether it may lose its beginning; people shorten the names of units and of projects.
    pub(super) whole: bool,
    /// What it costs: in all, and in the declaration's year.
    pub(super) amounts: Vec<Money>,
}

/// 和 and 与 say the same.
fn is_and(ch: char) -> bool {
    "和与及同、".contains(ch)
}

/// Whether two characters make two things of a name: numbers, places and opposites.
pub(super) fn is_another(a: char, b: char) -> bool {
    is_numeral(a)
        || is_numeral(b)
        || (is_and(a) && is_and(b))
        || NAMES.others.iter().any(|set| set.contains(a) && set.contains(b))
}
