//! What was changed in a workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Read, ReadCell, ReadRow};
use super::{Note, sheet_of};
use crate::export::workbook::layout::Column;
use crate::lang::{Words, say};

/// A change.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// A cell says something else.
    Set {
        part: &'static str,
        key: String,
        column: &'static Column,
        /// The name of the row when the workbook was written; empty for rows without.
        name: String,
        from: String,
        to: String,
        cell: String,
    },
    /// A row was filled in that was empty.
    Add { part: &'static str, project: String, cells: BTreeMap<String, String>, cell: String },
    /// A row was cleared, or is no longer there.
    Remove { part: &'static str, key: String, name: String, cell: String },
}

impl Wish {
    /// The id of the sheet.
    pub fn part(&self) -> &'static str {
        match self {
            Wish::Set { part, .. } | Wish::Add { part, .. } | Wish::Remove { part, .. } => part,
        }
    }

    /// What the row stands for; empty for one that is added.
    pub fn key(&self) -> &str {
        match self {
            Wish::Set { key, .. } | Wish::Remove { key, .. } => key,
            Wish::Add { .. } => "",
        }
    }

    /// The id of the project.
    pub fn project(&self) -> &str {
        match self {
            Wish::Add { project, .. } => project,
            Wish::Set { key, .. } | Wish::Remove { key, .. } => key.split('#').next().unwrap_or(key),
        }
    }

    /// The table in the project's file: `subproject.2.cost.0`, empty for the file itself.
    pub fn table(&self) -> &str {
        self.key().split_once('#').map_or("", |(_, table)| table)
    }

    pub fn cell(&self) -> &str {
        match self {
            Wish::Set { cell, .. } | Wish::Add { cell, .. } | Wish::Remove { cell, .. } => cell,
        }
    }

    /// What to say of it when it is not taken.
    pub fn note(&self, words: Words) -> Note {
        Note { cell: self.cell().to_owned(), words }
    }
}

/// The changes, and what cannot be one.
pub(super) fn wishes(read: &Read) -> (Vec<Wish>, Vec<Note>) {
    let (mut wishes, mut notes) = (Vec::new(), Vec::new());
    let mut met: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in &read.rows {
        if row.key.is_empty() {
            added(row, &mut wishes, &mut notes);
            continue;
        }
        met.insert((row.part, &row.key));
        of_row(row, read, &mut wishes);
    }
    let gone = |(part, key, column): &(String, String, String)| {
        column == "name" && can_be_removed(part, key) && !met.contains(&(part.as_str(), key.as_str()))
    };
    for ((part, key, _), name) in read.base.iter().filter(|(own, _)| gone(own)) {
        let Some(sheet) = sheet_of(part) else { continue };
        let (key, name, cell) = (key.clone(), name.clone(), format!("{}!", sheet.id));
        wishes.push(Wish::Remove { part: sheet.id, key, name, cell });
    }
    (wishes, notes)
}

/// Costs and indicators may be removed; a sub-project that states a sum is more than a cost.
fn can_be_removed(part: &str, key: &str) -> bool {
    part == "indicators" || (part == "costs" && key.contains("cost."))
}

fn of_row(row: &ReadRow, read: &Read, wishes: &mut Vec<Wish>) {
    let said = |column: &str| {
        read.base.get(&(row.part.to_owned(), row.key.clone(), column.to_owned())).map_or("", String::as_str)
    };
    let name = said("name").to_owned();
    let shown = |id: &str| row.cells.get(id);
    let cleared = shown("name").is_some_and(|cell| cell.text.is_empty())
        && shown("name_en").is_none_or(|cell| cell.text.is_empty());
    if cleared && !name.is_empty() && can_be_removed(row.part, &row.key) {
        let cell = shown("name").map(|cell| cell.place.clone()).unwrap_or_default();
        wishes.push(Wish::Remove { part: row.part, key: row.key.clone(), name, cell });
        return;
    }
    let columns = sheet_of(row.part).map_or(&[][..], |sheet| sheet.columns);
    for column in columns.iter().filter(|column| !column.key.is_empty()) {
        let base = read.base.get(&(row.part.to_owned(), row.key.clone(), column.id.to_owned()));
        // What was locked has no base.
        let (Some(from), Some(ReadCell { text: to, place })) = (base, shown(column.id)) else { continue };
        if from != to {
            wishes.push(Wish::Set {
                part: row.part,
                key: row.key.clone(),
                column,
                name: name.clone(),
                from: from.clone(),
                to: to.clone(),
                cell: place.clone(),
            });
        }
    }
}

/// A row that was filled in.
fn added(row: &ReadRow, wishes: &mut Vec<Wish>, notes: &mut Vec<Note>) {
    let columns = sheet_of(row.part).map_or(&[][..], |sheet| sheet.columns);
    let open = |id: &str| columns.iter().any(|column| column.id == id && column.open);
    let filled: BTreeMap<String, String> = row
        .cells
        .iter()
        .filter(|(id, cell)| open(id) && !cell.text.is_empty())
        .map(|(id, cell)| (id.clone(), cell.text.clone()))
        .collect();
    if filled.is_empty() {
        return;
    }
    let place = |id: &str| row.cells.get(id).map(|cell| cell.place.clone()).unwrap_or_default();
    match filled.get("project") {
        Some(project) => {
            let (project, cell) = (project.clone(), place("project"));
            wishes.push(Wish::Add { part: row.part, project, cells: filled, cell });
        }
        None => notes.push(Note {
            cell: place("project"),
            words: say!(
                "这一行没有选项目编号，没有取回：从列表里选一个",
                "this row names no project, and was not taken: choose one from the list"
            ),
        }),
    }
}
