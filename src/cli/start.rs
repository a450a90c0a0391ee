//! What `new` and `add project` have in common: the shape of a file, and the schemas for editors beside it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use shenbao::fmt::{Formatted, format_text, usual_sections};
use shenbao::form::Templates;
use shenbao::lang::say;
use shenbao::load::FileKind;
use shenbao::model::Id;
use shenbao::schema::schema;

use super::failure::Failure;

/// The schemas, as files of a declaration's folder.
const SCHEMAS: [(&str, FileKind); 4] = [
    ("declaration.schema.json", FileKind::Declaration),
    ("project.schema.json", FileKind::Project),
    ("result.schema.json", FileKind::Result),
    ("department.schema.json", FileKind::Department),
];

/// The files that editors check a declaration with these templates by.
pub fn schemas(templates: &Templates) -> impl Iterator<Item = (PathBuf, String)> {
    SCHEMAS.into_iter().map(|(name, kind)| (PathBuf::from(name), format!("{:#}\n", schema(kind, templates))))
}

/// A new file in its canonical shape; with `schema`, its first line names the schema to editors.
pub fn written(path: &Path, text: String, kind: FileKind, schema: bool) -> String {
    let text = match format_text(path, &text, kind, &usual_sections()) {
        Formatted::Text(text) => text,
        Formatted::Broken(_) | Formatted::Refused => text,
    };
    let way = match kind {
        FileKind::Declaration => "declaration.schema.json",
        FileKind::Project => "../project.schema.json",
        FileKind::Result => "../result.schema.json",
        FileKind::Department => "department.schema.json",
    };
    if schema { format!("#:schema {way}\n{text}") } else { text }
}

/// Whether a clock can be right: its date, and the year after it, are those of a declaration.
pub fn is_credible(today: Date) -> bool {
    (2000..2099).contains(&today.year())
}

/// A clock that starts at 1970, as without its battery, or that somebody has set wrong.
pub fn wrong_clock(today: Date) -> Failure {
    Failure::usage(say!(
        "本机时间是 {today}，不会是对的",
        "the computer's clock says {today}, which cannot be right"
    ))
}

/// An id, as the command line gives it.
pub fn id(text: &str) -> Result<Id, String> {
    Id::new(text).ok_or_else(|| "只能用小写字母、数字和连字符 · small letters, digits and hyphens".to_owned())
}

/// Whether a folder has the schemas.
pub fn has_schemas(folder: &Path) -> bool {
    folder.join("project.schema.json").is_file()
}
