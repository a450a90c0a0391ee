//! What stands where in a file, and in which order.

use crate::load::{Table, Type};

/// What a value is, by the keys above it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'s> {
    Table(Table),
    /// `[narrative]`, with the ids of the form's sections.
    Sections(&'s [String]),
    /// A text in one language or both; whether it is of paragraphs.
    Text {
        prose: bool,
    },
    /// 指标值, in one language or both.
    Target,
    /// An amount, or a table of them by year.
    Amount,
    /// Anything else.
    Other,
}

impl<'s> Shape<'s> {
    /// What stands under a key.
    pub fn below(self, key: &str, sections: &'s [String]) -> Shape<'s> {
        match self {
            Shape::Table(table) => match table.field(key).map(|field| field.takes) {
                Some(Type::One(table) | Type::Many(table)) => Shape::Table(table),
                Some(Type::Sections) => Shape::Sections(sections),
                Some(Type::Prose) => Shape::Text { prose: true },
                Some(Type::Text | Type::Listed(_)) => Shape::Text { prose: false },
                Some(Type::Target) => Shape::Target,
                Some(Type::Amount | Type::Yearly | Type::Earlier) => Shape::Amount,
                _ => Shape::Other,
            },
            Shape::Sections(_) => Shape::Text { prose: true },
            other => other,
        }
    }

    /// The place of a key among its neighbours; keys of the same place keep their order.
    pub fn rank(self, key: &str) -> usize {
        let place = match self {
            Shape::Table(table) => table.fields().iter().position(|field| field.key == key),
            Shape::Sections(ids) => ids.iter().position(|id| id == key),
            Shape::Text { .. } | Shape::Target => ["zh", "en"].iter().position(|lang| *lang == key),
            Shape::Amount => match key {
                "approved" => Some(0),
                "spent" => Some(1),
                year => year.parse().ok(),
            },
            Shape::Other => None,
        };
        place.unwrap_or(usize::MAX)
    }
}
