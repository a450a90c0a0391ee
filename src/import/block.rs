//! The common form of every file that is read: paragraphs and tables, each with its place.

use std::ops::Range;

use crate::lang::{Words, say};
use crate::narrative::join;

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name, without its folder.
    pub file: String,
    /// The place within it.
    pub at: At,
}

/// A place within a file; numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum At {
    /// The file as a whole.
    File,
    /// A line of a text, and its page where the text has page breaks.
    Line { page: Option<usize>, line: usize },
    /// A cell of separated values.
    Separated { line: usize, column: usize },
    /// A paragraph of a Word document.
    Paragraph(usize),
    /// A cell of a table of a Word document.
    Table { table: usize, row: usize, column: usize },
    /// A cell of a workbook, such as `B7`.
    Sheet { sheet: String, cell: String },
}

impl Place {
    /// The place in words: `a.docx, table 2, row 3, column 1`.
    pub fn words(&self) -> Words {
        let file = &self.file;
        match &self.at {
            At::File => say!("{file}", "{file}"),
            At::Line { page: None, line } => say!("{file} 第{line}行", "{file}, line {line}"),
            At::Line { page: Some(page), line } => {
                say!("{file} 第{page}页（第{line}行）", "{file}, page {page} (line {line})")
            }
            At::Separated { line, column } => {
                say!("{file} 第{line}行第{column}列", "{file}, line {line}, column {column}")
            }
            At::Paragraph(number) => say!("{file} 第{number}段", "{file}, paragraph {number}"),
            At::Table { table, row, column } => say!(
                "{file} 表{table}第{row}行第{column}列",
                "{file}, table {table}, row {row}, column {column}"
            ),
            At::Sheet { sheet, cell } => say!("{file} {sheet}!{cell}", "{file}, {sheet}!{cell}"),
        }
    }
}

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The text, on one line.
    pub text: String,
    /// Its English, where the cell has both.
    pub en: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Found {
    /// A text in one language.
    pub fn new(text: String, place: Place) -> Found {
        Found { text, en: None, place }
    }

    /// Puts what another cell goes on with behind it.
    pub fn go_on(&mut self, text: &str, en: Option<&str>) {
        continue_with(&mut self.text, text);
        if let Some(further) = en {
            continue_with(self.en.get_or_insert_default(), further);
        }
    }
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, unwrapped.
    Paragraph(Found),
    /// A table.
    Table(Table),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows. A row may be empty.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the columns of cells can be relied on; those of text that was laid out are near misses.
    pub exact: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text, lines joined.
    pub text: String,
    /// Its English, where it has both.
    pub en: Option<String>,
    /// The columns that it takes, from 0; of text that was laid out, characters.
    pub columns: Range<usize>,
    /// How many rows it takes.
    pub rows: usize,
    /// Where it stands.
    pub place: Place,
}

impl Cell {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its text with its place.
    pub fn found(&self) -> Found {
        Found { text: self.text.trim().to_owned(), en: self.en.clone(), place: self.place.clone() }
    }

    /// The middle of its columns, doubled.
    pub fn middle(&self) -> usize {
        self.columns.start + self.columns.end
    }
}

/// Puts a line behind a text as it would print: Chinese without a space, Latin words with one.
pub fn continue_with(text: &mut String, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    text.push_str(join(text, line).unwrap_or(""));
    text.push_str(line);
}

/// A text for comparing: without spaces, half-width forms for full-width ones, without a colon or （续） at its end.
pub fn plain(text: &str) -> String {
    let mut plain: String = text
        .chars()
        .filter(|ch| !ch.is_whitespace() && !matches!(ch, '\u{feff}' | '\u{200b}' | '*'))
        .map(|ch| match ch {
            '\u{ff01}'..='\u{ff5e}' => crate::lang::narrow(ch),
            '—' | '–' | '―' => '-',
            other => other,
        })
        .collect();
    loop {
        let trimmed = plain.trim_end_matches(':');
        let trimmed = trimmed.strip_suffix("(续)").unwrap_or(trimmed);
        if trimmed.len() == plain.len() {
            return plain;
        }
        plain = trimmed.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_compare_without_spaces_widths_and_continuation_marks() {
        assert_eq!(plain("项目资金 (元)"), plain("项目资金（元）"));
        assert_eq!(plain("年度资金总额："), "年度资金总额");
        assert_eq!(plain("产出指标（续）"), "产出指标");
    }

    #[test]
    fn chinese_lines_join_without_a_space() {
        let mut text = "接入用户的逐".to_owned();
        continue_with(&mut text, "步增多");
        assert_eq!(text, "接入用户的逐步增多");
    }
}
