//! `shenbao schema`

use std::path::Path;

use shenbao::form::Templates;
use shenbao::load::FileKind;
use shenbao::schema::schema;

use super::Outcome;
use super::args::{Schema, SchemaFile};
use super::ui::Ui;

pub fn run(args: &Schema, ui: &Ui) -> Outcome {
    let kind = match args.file {
        SchemaFile::Declaration => FileKind::Declaration,
        SchemaFile::Project => FileKind::Project,
        SchemaFile::Result => FileKind::Result,
        SchemaFile::Department => FileKind::Department,
    };
    let templates = Templates::beside(args.folder.as_deref().unwrap_or(Path::new("")));
    ui.give(&format!("{:#}\n", schema(kind, &templates)))
}
