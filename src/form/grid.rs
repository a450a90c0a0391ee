//! The grid of a form: its columns, and its parts from top to bottom, as `[grid]` of a profile describes them.

use serde::Deserialize;
use toml::Spanned;

use super::kinds::{AmountStyle, DateStyle, TargetStyle};
use crate::lang::Words;
use crate::paths::{List, split, taken};

/// A grid.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table with `columns` and [[grid.part]]")]
pub struct Grid {
    /// Shares of the width.
    pub columns: Shares,
    /// The column, counted from 1, that gives way where an amount or a word would not stand on one line in another. Left
    /// out, the widest one.
    #[serde(default)]
    pub gives_way: Option<usize>,
    /// How amounts are printed.
    #[serde(default)]
    pub money: AmountStyle,
    /// How dates are printed.
    #[serde(default)]
    pub date: DateStyle,
    /// How targets are printed.
    #[serde(default)]
    pub target: TargetStyle,
    /// Its parts.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// Shares of the width, one a column, by what is printed. English labels need more room.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "shares of the width, { zh = [20, 30, 50] }")]
pub struct Shares {
    /// Chinese alone.
    pub zh: Vec<u32>,
    /// Chinese with English below; that of Chinese when it is left out.
    pub both: Option<Vec<u32>>,
    /// English, alone or with Chinese below; that of both when it is left out.
    pub en: Option<Vec<u32>>,
}

impl Shares {
    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.zh.len()
    }
}

/// A part of a grid: a head with a row of values below it, which may be repeated, and rows as they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a part of the grid, with `rows` or `columns`")]
pub struct Part {
    /// The label left of the whole part. It stands on each page that the part is on.
    pub side: Option<Words>,
    /// How many columns that takes.
    #[serde(default = "one")]
    pub side_span: usize,
    /// Labels with the values below them; the labels stand on each page that the part is on.
    #[serde(default)]
    pub columns: Vec<Cell>,
    /// The list for each of whose items the values are repeated.
    pub repeat: Option<List>,
    /// Rows below.
    #[serde(default)]
    pub rows: Vec<Spanned<Vec<Cell>>>,
    /// Whether lines are drawn around its cells.
    #[serde(default = "yes")]
    pub lines: bool,
}

impl Part {
    /// Whether its columns have labels.
    pub fn has_head(&self) -> bool {
        self.columns.iter().any(|cell| cell.label.is_some())
    }

    /// All its cells, those of the columns first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.columns.iter().chain(self.rows.iter().flat_map(Spanned::get_ref))
    }
}

/// A cell: a label, a value, both, or nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a cell, { label = { zh = \"…\", en = \"…\" } } or { value = \"…\" }"
)]
pub struct Cell {
    /// What the form prints itself. In a column it is the head; in a row, with a value, it stands before that.
    pub label: Option<Words>,
    /// The label instead for a project of several years.
    pub years: Option<Words>,
    /// The path of a value, and behind `|` a format.
    pub value: Option<Spanned<String>>,
    /// The path of a value that is one of several, each of which is printed with a box before it.
    pub check: Option<Spanned<String>>,
    /// How many columns it takes.
    #[serde(default = "one")]
    pub span: usize,
    /// How many rows it takes.
    #[serde(default = "one")]
    pub rows: usize,
    /// Where its text stands. Labels and words stand in the middle, amounts on the right, long texts on the left.
    pub align: Option<Align>,
    /// Whether it stands below the words behind 其中.
    #[serde(default)]
    pub indent: bool,
    /// Whether its text should not take a second line: the column may widen a little for it.
    #[serde(default)]
    pub one_line: bool,
    /// Whether the cells of rows that follow each other with the same value are one.
    #[serde(default)]
    pub group: bool,
    /// Whether it is left out of what is published; left out, as its path says: persons and telephones are.
    pub private: Option<bool>,
    /// How many lines it is high at least, for opinions, seals and signatures.
    #[serde(default)]
    pub lines: u8,
}

impl Cell {
    /// The path of its value or choice, with its format.
    pub fn path(&self) -> Option<(&str, Option<&str>)> {
        self.value.as_ref().or(self.check.as_ref()).map(|written| split(written.get_ref()))
    }
}

/// Where a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Align {
    Left,
    Center,
    Right,
}

impl Align {
    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        }
    }
}

fn one() -> usize {
    1
}

fn yes() -> bool {
    true
}

impl Grid {
    /// Whether a cell shows the value at this path, or one below it.
    pub fn shows(&self, path: &str) -> bool {
        let shown =
            |own: &str| own.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.parts.iter().flat_map(Part::cells).filter_map(Cell::path).any(|(own, _)| shown(own))
    }

    /// Whether a label takes the value at this path.
    pub fn label_takes(&self, path: &str) -> bool {
        let cells = self.parts.iter().flat_map(Part::cells).flat_map(|cell| [&cell.label, &cell.years]);
        let labels = cells.flatten().chain(self.parts.iter().filter_map(|part| part.side.as_ref()));
        labels.flat_map(|words| taken(&words.zh)).any(|written| split(written).0 == path)
    }

    /// Whether it repeats rows for a list.
    pub fn repeats(&self, list: List) -> bool {
        self.parts.iter().any(|part| part.repeat == Some(list))
    }

    /// The label above or before the value at this path.
    pub fn label_of(&self, path: &str) -> Option<&Words> {
        let shows = |cell: &&Cell| cell.path().is_some_and(|(own, _)| own == path);
        for part in &self.parts {
            if let Some(column) = part.columns.iter().find(shows) {
                return column.label.as_ref().or(part.side.as_ref());
            }
            for row in &part.rows {
                if let Some(place) = row.get_ref().iter().position(|cell| shows(&cell)) {
                    let before = row.get_ref().iter().take(place + 1).rev();
                    return before.filter_map(|cell| cell.label.as_ref()).next().or(part.side.as_ref());
                }
            }
        }
        None
    }

    /// The column that gives way to others, counted from 0.
    pub fn giving(&self) -> usize {
        let widest = self.columns.zh.iter().enumerate().max_by_key(|(_, share)| **share);
        let own = self.gives_way.and_then(|column| column.checked_sub(1));
        own.or(widest.map(|(column, _)| column)).unwrap_or(0)
    }
}
