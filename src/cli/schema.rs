//! `shenbao schema`

use shenbao::form::Templates;
use shenbao::load::FileKind;
use shenbao::schema::schema;

use super::args::{Schema, SchemaFile};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Schema, ui: &Ui) -> Outcome {
    let kind = match args.file {
        SchemaFile::Declaration => FileKind::Declaration,
        SchemaFile::Project => FileKind::Project,
        SchemaFile::Result => FileKind::Result,
        SchemaFile::Department => FileKind::Department,
    };
    let folder = match args.folder.as_deref().map(folders::single).transpose() {
        Ok(folder) => folder.unwrap_or_default(),
        Err(failure) => return failure.told(ui),
    };
    let templates = Templates::beside(&folder);
    ui.give(&format!("{:#}\n", schema(kind, &templates)))
}
