//! A declaration into pages, and pages into PDF, PNG or SVG. The only stage that knows the layout engine.

mod book;
mod coverage;
mod export;
pub mod fonts;
mod parts;
mod redline;
mod settings;
pub mod trace;
mod trouble;
pub mod view;
pub mod worker;
mod world;

use typst::diag::Warned;
use typst_layout::PagedDocument;

pub use crate::document::{Earlier, Input};
pub use book::{Bound, Volume, bind};
pub use fonts::{FontFolders, Fonts};
pub use settings::files;

use crate::diagnostic::Diagnostics;
use crate::document::document;
use crate::form::Templates;
use crate::source::Sources;
use settings::Settings;

/// Pages, laid out.
pub struct Pages {
    document: PagedDocument,
    ident: String,
}

impl Pages {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }
}

/// Lays out a declaration. `None` after an error; warnings come with the pages.
///
/// With `once`, nothing is kept for a further layout of nearly the same, and a document of many projects takes half the
/// memory.
pub fn lay_out(
    input: Input<'_>,
    once: bool,
    templates: &Templates,
    fonts: &Fonts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Pages> {
    let uncovered = coverage::check(input, fonts);
    if !uncovered.is_empty() {
        diagnostics.extend(uncovered);
        return None;
    }
    let document = document(input);
    let settings = Settings::new(input, &document, templates, fonts);
    let many = input.declaration.projects.len() > 2 * parts::PROJECTS;
    // A user's own templates may ask for what only the whole knows, such as the number of all pages.
    let in_parts = once && many && input.against.is_none() && !templates.has_own();
    let mut world = |json| world::DocumentWorld::new(json, settings.json(), templates, fonts);
    let mut laid = None;
    if in_parts {
        let worlds = document.json_in_parts(parts::PROJECTS).into_iter().map(&mut world);
        let worlds: Vec<_> = worlds.collect::<Option<_>>()?;
        if let Some(parts) = parts::lay_out(&worlds, 0) {
            let parts = worlds.iter().zip(parts).map(|(world, part)| told(part, world, sources, diagnostics));
            let parts: Vec<Option<_>> = parts.collect();
            laid = Some(parts::join(parts.into_iter().collect::<Option<_>>()?)?);
        }
    }
    let pages = match laid {
        Some(pages) => pages,
        None => {
            let json = match input.against {
                Some(earlier) => redline::json(input, earlier, &document),
                None => settings::json(&document),
            };
            let world = world(json)?;
            let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
            told(parts::Laid { document: output, warnings }, &world, sources, diagnostics)?
        }
    };
    let missing = coverage::missing_in(&pages, input);
    if !missing.is_empty() {
        diagnostics.extend(missing);
        return None;
    }
    Some(Pages { document: pages, ident: settings.ident(&document) })
}

/// What was laid out, after telling what the engine says of it.
fn told(
    laid: parts::Laid,
    world: &world::DocumentWorld<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<PagedDocument> {
    trouble::report(&laid.warnings, world, sources, diagnostics);
    match laid.document {
        Ok(document) => Some(document),
        Err(errors) => {
            trouble::report(&errors, world, sources, diagnostics);
            None
        }
    }
}

/// Lets go of what the layout engine has kept and not used for `age` calls of this function.
///
/// The engine keeps whatever it has computed, for documents to come. Those still in work lose their shortcuts, but nothing
/// that they need.
pub fn forget(age: usize) {
    comemo::evict(age);
}

impl Pages {
    /// PDF/A-2a and PDF/UA-1. `None` after an error.
    pub fn pdf(&self, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        match export::pdf(&self.document, &self.ident) {
            Ok(bytes) => Some(bytes),
            Err(errors) => {
                trouble::report_unplaced(&errors, diagnostics);
                None
            }
        }
    }

    /// One PNG a page, at 144 pixels an inch. `None` after an error.
    pub fn png(&self, diagnostics: &mut Diagnostics) -> Option<Vec<Vec<u8>>> {
        let pages = export::png(&self.document);
        if pages.is_none() {
            diagnostics.push(trouble::no_picture());
        }
        pages
    }

    /// One SVG a page.
    pub fn svg(&self) -> Vec<String> {
        export::svg(&self.document)
    }
}
