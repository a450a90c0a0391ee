//! What `new`, `add project` and the preview have in common: the shape of a file, a further project, and the schemas for
//! editors beside it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use shenbao::edit::with_line_ends_of;
use shenbao::fmt::{Formatted, format_text, usual_sections};
use shenbao::form::Templates;
use shenbao::lang::{Lang, Words, say};
use shenbao::load::{FileKind, Loaded};
use shenbao::model::{Id, Money};
use shenbao::schema::schema;
use shenbao::skeleton::{StartedProject, start_project};

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

/// A project to add.
pub struct Wish {
    pub id: Id,
    /// In Chinese and, if there is one, in English.
    pub name: (String, Option<String>),
    pub amount: Option<Money>,
    /// The language of the comments.
    pub comments: Lang,
}

/// The file of a project behind those that are there: its path within the folder, and its text.
///
/// # Errors
///
/// An id that is taken; a declaration that cannot be read.
pub fn further_project(folder: &Path, loaded: &Loaded, wish: Wish) -> Result<(PathBuf, String), Words> {
    let Wish { id, name, amount, comments } = wish;
    let (Some(declaration), Some(profile)) = (&loaded.declaration, &loaded.profile) else {
        return Err(say!("申报有错误，先改正再加项目", "the declaration has errors: fix them first"));
    };
    if declaration.projects.iter().any(|project| project.id == id) {
        return Err(say!("编号 {id} 已经用了", "the id {id} is taken"));
    }
    let numbers = declaration.projects.iter().map(|project| project.number);
    let number = numbers.max().unwrap_or(0).saturating_add(1);
    let (year, languages) = (declaration.year, declaration.languages.clone());
    let started = StartedProject { number, id, name, amount, year, languages, comments };
    let (path, text) = start_project(&started, profile);
    let text = written(&path, text, FileKind::Project, has_schemas(folder));
    let head = loaded.sources.get(declaration.year_place.file).map_or("", |file| file.text.as_str());
    Ok((path, with_line_ends_of(head, &text)))
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

/// An amount, as the command line gives it.
pub fn amount(text: &str) -> Result<Money, String> {
    Money::parse(text).map_err(|_| "写明单位，如 30万元 · with its unit, such as 30万元".to_owned())
}

/// Whether a folder has the schemas.
pub fn has_schemas(folder: &Path) -> bool {
    folder.join("project.schema.json").is_file()
}
