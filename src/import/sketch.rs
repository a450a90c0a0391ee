//! What was read, before it is made into files.

use std::collections::BTreeMap;

use super::block::Found;
use super::figures::Figure;
use super::items::Item;
use crate::model::Year;

/// What was read, before it is made into files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The declaration's year.
    pub year: Option<Year>,
    /// Values of the unit and its department, by their paths.
    pub fields: BTreeMap<String, Found>,
    /// The paragraphs of 绩效目标设置情况.
    pub overview: Vec<Found>,
    /// The projects, in order.
    pub projects: Vec<Sketch>,
    /// What belongs nowhere.
    pub left: Vec<Found>,
    /// Heads of amounts for which a list states no unit.
    pub(super) without_unit: Vec<Found>,
    /// The figures of the source.
    pub(super) figures: Vec<Figure>,
}

impl Draft {
    /// Whether a project has anything in English.
    pub(super) fn has_english(&self) -> bool {
        let of_fields = |sketch: &Sketch| sketch.fields.values().any(|found| found.en.is_some());
        let of_items = |item: &Item| item.values.values().any(|found| found.en.is_some());
        self.projects.iter().any(|sketch| of_fields(sketch) || sketch.items.iter().any(of_items))
    }
}

/// A project before it is made into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Its name, as its form or the head of its statement has it.
    pub name: Option<Found>,
    /// Whether it has a statement.
    pub narrated: bool,
    /// Whether it has a form.
    pub formed: bool,
    /// The form's values by their paths.
    pub fields: BTreeMap<String, Found>,
    /// The form's unit of money, where it says one.
    pub unit: Option<String>,
    /// The paragraphs of its sections by their ids.
    pub sections: BTreeMap<String, Vec<Found>>,
    /// The rows of its lists.
    pub items: Vec<Item>,
}
