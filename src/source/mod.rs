//! The files of a declaration as they were read, and places in them.

mod before;
mod desk;
#[cfg(target_os = "linux")]
mod disk;
mod guard;
mod hold;
mod made;
mod names;
mod read;
mod replace;
mod shown;
mod staged;
mod token;
#[cfg(target_os = "linux")]
mod unnamed;
#[cfg(windows)]
mod windows;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use before::{Before, WriteError};
pub use desk::{sweep, use_scratch};
pub use guard::guarded;
pub use hold::{Held, hold};
pub use made::{Made, make_folder};
pub use names::is_impossible;
pub use read::{LARGEST, is_special, read, read_from};
pub use replace::{create, replace};
pub use shown::{Shown, example};
pub use staged::{Staged, stage};
pub use token::Place;

/// One file among [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one file, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of `file` from a range as parsers give it.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Span {
        Span { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files over 4 GiB are refused at the door, so that no offset is ever cut.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A line and a column as an editor shows them: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as the user will see it.
    pub path: PathBuf,
    /// The text, without a byte-order mark.
    pub text: String,
}

/// All files that were read for one run, addressed by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Where the lines of each file start, once they were asked for.
    lines: Vec<OnceLock<Vec<usize>>>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: &Path, text: String) -> FileId {
        let id = FileId(clamp(self.files.len()));
        self.files.push(SourceFile { path: path.to_path_buf(), text });
        self.lines.push(OnceLock::new());
        id
    }

    /// Shows the files of the folder `root` behind `shown` instead.
    pub fn show_at(&mut self, root: &Path, shown: &str) {
        for file in &mut self.files {
            if let Ok(within) = file.path.strip_prefix(root) {
                file.path = PathBuf::from(format!("{shown}{}", within.shown()));
            }
        }
    }

    /// Shows every file at another path.
    pub fn place(&mut self, place: impl Fn(&Path) -> PathBuf) {
        for file in &mut self.files {
            file.path = place(&file.path);
        }
    }

    /// The file with this id; `None` when the id is of other sources.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(clamp(index)), file))
    }

    /// The text that a span covers; empty when it lies outside.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or("")
    }

    /// Where a span begins, for people.
    pub fn position(&self, span: Span) -> Position {
        let text = self.get(span.file).map_or("", |file| file.text.as_str());
        let mut end = span.range().start.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let starts = self.line_starts(span.file);
        let line = starts.partition_point(|start| *start <= end);
        let start = starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        Position { line: line.max(1), column: text.get(start..end).unwrap_or("").chars().count() + 1 }
    }

    /// The whole lines of a file from one byte to another, the byte where they start, and the number of the first.
    pub fn lines_around(&self, span: Span) -> (&str, usize, usize) {
        let text = self.get(span.file).map_or("", |file| file.text.as_str());
        let starts = self.line_starts(span.file);
        let (from, to) = (span.range().start.min(text.len()), span.range().end.min(text.len()));
        let mut line = starts.partition_point(|start| *start <= from).max(1);
        // Behind the last break there is nothing to show: the line before it stands for the end.
        if line > 1 && starts.get(line - 1) == Some(&text.len()) {
            line -= 1;
        }
        let start = starts.get(line - 1).copied().unwrap_or(0);
        let next = starts.partition_point(|start| *start <= to);
        let end = starts.get(next).copied().unwrap_or(text.len());
        (text.get(start..end).unwrap_or(""), start, line)
    }

    fn line_starts(&self, file: FileId) -> &[usize] {
        let starts = |text: &str| -> Vec<usize> {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        };
        match (self.lines.get(file.0 as usize), self.get(file)) {
            (Some(lines), Some(file)) => lines.get_or_init(|| starts(&file.text)),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let file = sources.add(Path::new("a.toml"), "甲 = 1\n名称 = 二\n".into());
        let at = "甲 = 1\n名称 = ".len();
        assert_eq!(sources.position(Span::new(file, at..at + 3)), Position { line: 2, column: 6 });
    }

    #[test]
    fn the_lines_around_a_span_are_whole() {
        let mut sources = Sources::default();
        let file = sources.add(Path::new("a.toml"), "甲\r\n乙丙\n\n丁".into());
        let around = |range| sources.lines_around(Span::new(file, range));
        assert_eq!(around(0..0), ("甲\r\n", 0, 1));
        assert_eq!(around(8..11), ("乙丙\n", 5, 2));
        assert_eq!(around(8..12), ("乙丙\n\n", 5, 2));
        assert_eq!(around(12..16), ("\n丁", 12, 3));
        assert_eq!(around(13..13), ("丁", 13, 4));
    }

    #[test]
    fn a_span_outside_the_file_is_its_end() {
        let mut sources = Sources::default();
        let file = sources.add(Path::new("a.toml"), "ab\n".into());
        assert_eq!(sources.position(Span::new(file, 90..91)), Position { line: 2, column: 1 });
        assert_eq!(sources.lines_around(Span::new(file, 90..91)), ("ab\n", 0, 1));
        assert_eq!(sources.text(Span::new(file, 90..91)), "");
    }
}
