//! Places in the files, as the page names them.

use std::path::{Path, PathBuf};

use shenbao::source::{Sources, Span};

use super::state::FilePlace;

/// The files of a declaration.
#[derive(Clone, Copy)]
pub struct Files<'f> {
    pub folder: &'f Path,
    pub sources: &'f Sources,
}

impl Files<'_> {
    /// Where a span begins.
    pub fn place(self, span: Span) -> FilePlace {
        let path = self.sources.get(span.file).map_or_else(PathBuf::new, |file| file.path.clone());
        let position = self.sources.position(span);
        FilePlace { file: self.within(&path), line: position.line, column: position.column }
    }

    /// A file's path within the folder, with `/`.
    pub fn within(self, path: &Path) -> String {
        let within = path.strip_prefix(self.folder).unwrap_or(path);
        let parts: Vec<_> = within.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// The line in which a span begins; of a very long one, what is around it.
    pub fn excerpt(self, span: Span) -> String {
        const MOST: usize = 160;
        let text = self.sources.get(span.file).map_or("", |file| file.text.as_str());
        let position = self.sources.position(span);
        let line = text.lines().nth(position.line - 1).unwrap_or("").trim();
        let skipped = position.column.saturating_sub(MOST / 2);
        if line.chars().count() <= MOST {
            return line.to_owned();
        }
        let part: String = line.chars().skip(skipped).take(MOST).collect();
        if skipped == 0 { format!("{part}…") } else { format!("…{part}…") }
    }
}
