//! What templates get of a document, as the files that they read.

use serde::Serialize;

use super::Fonts;
use super::fonts::Roles;
use crate::document::{Document, Input, Pair};
use crate::form::Templates;
use crate::lang::Lang;

/// The layout of forms that bring none of their own.
const GRID: &str = "/shared/grid/form.typ";

/// What `/settings.json` holds: how the document is printed. Most edits change nothing of it.
#[derive(Debug, Serialize)]
pub(super) struct Settings<'d> {
    form: &'d str,
    /// The template that lays the form out.
    layout: String,
    languages: Vec<&'static str>,
    draft: Option<&'d Pair>,
    /// `changes` or `places`.
    marks: Option<&'static str>,
    /// The unit whose pages these are, in a book.
    unit: Option<Pair>,
    fonts: Roles,
}

impl<'d> Settings<'d> {
    pub fn new(
        input: Input<'d>,
        document: &'d Document,
        templates: &Templates,
        fonts: &Fonts,
    ) -> Settings<'d> {
        let form = input.profile.id.as_str();
        let own = format!("forms/{form}/form.typ");
        Settings {
            form,
            layout: if templates.read(&own).is_some() { format!("/{own}") } else { GRID.to_owned() },
            languages: input.languages.iter().map(|lang| lang.tag()).collect(),
            draft: document.mark.as_ref(),
            marks: input.against.map(|_| "changes"),
            unit: None,
            fonts: fonts.roles().clone(),
        }
    }

    /// The same for a unit of a book.
    pub fn of_unit(self, unit: Pair) -> Settings<'d> {
        Settings { unit: Some(unit), ..self }
    }

    /// Those of the front of a book.
    pub fn of_front(languages: &[Lang], draft: Option<&'d Pair>, fonts: &Fonts) -> Settings<'d> {
        Settings {
            form: "book",
            layout: GRID.to_owned(),
            languages: languages.iter().map(|lang| lang.tag()).collect(),
            draft,
            marks: None,
            unit: None,
            fonts: fonts.roles().clone(),
        }
    }

    /// The same for a layout in which each text is marked by the place that it comes from.
    pub fn marked_by_place(self) -> Settings<'d> {
        Settings { marks: Some("places"), ..self }
    }

    /// The bytes of `/settings.json`. Strings alone cannot fail to serialize.
    pub fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What identifies this document among all others: form, title and languages, and whether it is a draft.
    pub fn ident(&self, document: &Document) -> String {
        let mark = self.draft.and_then(|draft| draft.en.as_ref().or(draft.zh.as_ref()));
        let mark = mark.map(|mark| format!(" {}", mark.to_lowercase())).unwrap_or_default();
        format!("shenbao {} {} {}{mark}", self.form, document.main_title(), self.languages.join(","))
    }
}

/// The bytes of `/document.json`.
pub(super) fn json(document: &Document) -> Vec<u8> {
    serde_json::to_vec(document).unwrap_or_default()
}

/// What templates read for a declaration: `/document.json` and `/settings.json`.
pub fn files(input: Input<'_>, templates: &Templates, fonts: &Fonts) -> [Vec<u8>; 2] {
    let document = crate::document::document(input);
    let settings = Settings::new(input, &document, templates, fonts);
    [json(&document), settings.json()]
}
