//! What an import has to say: what disagrees, what was assumed, what could not be placed.

use super::block::{Found, Place};
use crate::lang::{Words, say};

/// What stands for a name that the source does not give; `check` finds it.
pub(super) const OPEN: &str = "待定";

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two figures that should be equal.
    Differs,
    /// What the files need and the source does not say.
    Missing,
    /// What was concluded and not read.
    Assumed,
    /// What was read and belongs nowhere.
    Left,
}

impl Kind {
    /// Every kind, in the order of a report.
    pub const ALL: [Kind; 4] = [Kind::Differs, Kind::Missing, Kind::Assumed, Kind::Left];

    /// What its notes stand below.
    pub fn title(self) -> Words {
        match self {
            Kind::Differs => say!("不一致，请核对", "disagreements to look into"),
            Kind::Missing => say!("原件中未找到，请补充", "not found in the source, to be filled in"),
            Kind::Assumed => say!("推定，请核对", "concluded, to be confirmed"),
            Kind::Left => say!("未能归入申报的内容", "content that was not placed"),
        }
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub words: Words,
    /// Where in the source.
    pub place: Option<Place>,
}

impl Note {
    /// A note without a place.
    pub fn new(kind: Kind, words: Words) -> Note {
        Note { kind, words, place: None }
    }

    /// A note about a text that a tracked change has deleted.
    pub fn deleted(found: &Found) -> Note {
        let text: String = found.text.chars().take(60).collect();
        let words = say!("修订中已删除，未采用：{text}", "deleted by a tracked change, not taken: {text}");
        Note::at(Kind::Left, words, found)
    }

    /// A note about something that was read.
    pub fn at(kind: Kind, words: Words, found: &Found) -> Note {
        Note { kind, words, place: Some(found.place.clone()) }
    }
}
