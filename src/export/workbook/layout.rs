//! The sheets and columns of the workbook to fill in: one table, by which it is written and taken back.

use crate::lang::{Lang, Words};

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 项目
    Projects,
    /// 费用
    Costs,
    /// 绩效目标
    Goals,
    /// 绩效指标
    Indicators,
    /// 正文
    Sections,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A short text.
    Text,
    /// A text of more lines.
    Long,
    /// A number.
    Number,
    /// An amount in 元.
    Amount,
    /// A date, as `2024-01-31`.
    Date,
    /// One of a list.
    List(List),
}

/// The lists that cells offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum List {
    Natures,
    Categories,
    Kinds,
    Units,
    Projects,
}

impl List {
    /// All of them, in the order of their columns on the sheet of lists.
    pub const ALL: [List; 5] = [List::Natures, List::Categories, List::Kinds, List::Units, List::Projects];

    /// Whether something else may be written in its place.
    pub fn is_open(self) -> bool {
        !matches!(self, List::Kinds | List::Projects)
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// By which the workbook names it, in a hidden row.
    pub id: &'static str,
    /// The key in the TOML file, within the table that the row stands for, and behind `@` the language of a text; empty for
    /// what is computed.
    pub key: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it may be filled in.
    pub open: bool,
    /// Whether it is there only where English is written.
    pub english: bool,
    pub(super) head: [&'static str; 2],
    pub(super) note: [&'static str; 2],
}

impl Column {
    /// Its head.
    pub fn head(&self, lang: Lang) -> &'static str {
        of(self.head, lang)
    }

    /// What to write in it; empty where that is plain.
    pub fn note(&self, lang: Lang) -> &'static str {
        of(self.note, lang)
    }
}

fn of([zh, en]: [&'static str; 2], lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A sheet.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// What its rows are.
    pub part: Part,
    /// By which the workbook names it.
    pub id: &'static str,
    /// Its columns, behind the hidden one that says what a row stands for.
    pub columns: &'static [Column],
    /// How many empty rows it has for what is added.
    pub spare: usize,
    pub(super) name: [&'static str; 2],
}

impl Sheet {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> Words {
        let name = of(self.name, lang).to_owned();
        Words { zh: name.clone(), en: name }
    }

    /// The place of a column among those that are shown.
    pub fn place(&self, id: &str, english: bool) -> Option<usize> {
        self.shown(english).position(|column| column.id == id)
    }

    /// The columns that are there, with English or without.
    pub fn shown(&self, english: bool) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(move |column| english || !column.english)
    }
}

/// The sheet that keeps what every cell said when the workbook was written: part, row, column, text.
pub const BASE: &str = "_base";
/// The sheet of lists.
pub const LISTS: &str = "_lists";
/// The rows above the first of a sheet's rows: the hidden ids of columns, and the heads.
pub const FIRST_ROW: usize = 2;
/// The column of what a row stands for.
pub const KEY_COLUMN: usize = 0;
