//! One canonical shape of the files: order of keys and tables, aligned `=`, one sentence a line.
//!
//! Nothing that the ledger or the printed text sees may change. Each file is compared with itself before, value by
//! value; where a whole declaration is there, its amounts and its texts are too. What differs is left as it was.

mod folder;
mod layout;
mod prose;
mod same;
mod sentence;
mod shape;
mod value;

use std::path::Path;

use toml_edit::DocumentMut;

use crate::diagnostic::{Code, Diagnostics, code};
use crate::form::{Profile, Templates};
use crate::load::{FileKind, load_file};
use crate::source::Sources;
use layout::Layout;
use shape::Shape;

pub use folder::{FormattedFolder, format_folder};

/// What keeps a file from being put in order: it cannot be read, or holds what the format does not know.
const BARRIERS: [Code; 8] = [
    code::UNREADABLE,
    code::NOT_UTF8,
    code::SYNTAX,
    code::CHINESE_KEY,
    code::UNKNOWN_KEY,
    code::DUPLICATE_KEY,
    code::UNKNOWN_SECTION,
    code::EMPTY_FOLDER,
];

/// What becomes of one file.
#[derive(Debug)]
pub enum Formatted {
    /// Its text in the canonical shape.
    Text(String),
    /// It is not to be touched before these findings are fixed.
    Broken(Box<(Sources, Diagnostics)>),
    /// Its shape cannot be changed without a change to what it says.
    Refused,
}

/// The canonical shape of a file by itself; `sections` are the ids of its form's sections, in order.
pub fn format_text(path: &Path, text: &str, kind: FileKind, sections: &[String]) -> Formatted {
    let (sources, found) = load_file(path, text, kind);
    let barriers: Diagnostics = found.into_iter().filter(|one| BARRIERS.contains(&one.code)).collect();
    if !barriers.is_empty() {
        return Formatted::Broken(Box::new((sources, barriers)));
    }
    let shape = Shape::Table(kind.table());
    let windows = text.contains("\r\n");
    let plain = if windows { text.replace("\r\n", "\n") } else { text.to_owned() };
    let (head, rest) = layout::split_head(&plain);
    let Ok(document) = rest.parse::<DocumentMut>() else { return Formatted::Refused };
    let trailing = document.trailing().as_str().unwrap_or("");
    let out = Layout::new(sections).file(head, document.as_table(), shape, trailing);
    if !same::same(&plain, &out, shape, sections) {
        return Formatted::Refused;
    }
    Formatted::Text(if windows { out.replace('\n', "\r\n") } else { out })
}

/// The sections of the usual form, for a file whose own is not known.
pub fn usual_sections() -> Vec<String> {
    let templates = Templates::beside(Path::new(""));
    let profile = Profile::read(Templates::USUAL, &templates, &mut Sources::default()).ok();
    profile.map(|profile| section_ids(&profile)).unwrap_or_default()
}

fn section_ids(profile: &Profile) -> Vec<String> {
    profile.sections.iter().map(|section| section.id.clone()).collect()
}
