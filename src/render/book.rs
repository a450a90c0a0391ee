//! Many declarations in one volume.
//!
//! Each unit is laid out by itself, several side by side, as the parts of a large document are, and let go of when it is
//! done. The front comes first and says where each unit begins, so it is laid out twice: once for its own number of pages,
//! and once more when the pages of all units are known.

use std::num::NonZeroUsize;

use typst::diag::Warned;
use typst::foundations::{Label, Selector};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::parts::{self, Laid};
use super::settings::{self, Settings};
use super::world::DocumentWorld;
use super::{Fonts, Pages, coverage, told};
use crate::diagnostic::Diagnostics;
use crate::document::book::{Cover, Front, Stated, Unit, UnitPages, front};
use crate::document::{Input, Pair, document};
use crate::form::Templates;
use crate::lang::Lang;
use crate::source::Sources;

/// A unit to bind, with what its pages are made of.
pub struct Bound<'b> {
    /// Its declaration.
    pub input: Input<'b>,
    /// Its templates.
    pub templates: &'b Templates,
    /// Its fonts.
    pub fonts: &'b Fonts,
    /// The places of the projects that are printed.
    pub printed: Vec<usize>,
}

/// The volume as a whole.
pub struct Volume<'b> {
    /// What its cover says.
    pub cover: Cover,
    /// What a department states of all units.
    pub stated: Option<Stated>,
    /// The fonts of its front.
    pub fonts: &'b Fonts,
}

/// Lays the volume out. `None` after an error, which is told by the files that each unit was read from.
pub fn bind(
    volume: &Volume<'_>,
    units: &[Bound<'_>],
    sources: &mut [&mut Sources],
    diagnostics: &mut [&mut Diagnostics],
) -> Option<Pages> {
    let covered = units.iter().zip(diagnostics.iter_mut()).map(|(unit, found)| {
        let uncovered = coverage::check(unit.input, unit.fonts);
        let is_covered = uncovered.is_empty();
        found.extend(uncovered);
        is_covered
    });
    if covered.filter(|is_covered| !is_covered).count() > 0 {
        return None;
    }
    let entries: Vec<Unit<'_>> = units.iter().map(entry).collect();
    let unknown: Vec<UnitPages> =
        units.iter().map(|unit| UnitPages { first: 0, projects: vec![0; unit.printed.len()] }).collect();
    let before = lay_out_front(volume, &entries, &unknown)?;
    let front_pages = before.pages().len();
    let worlds: Vec<DocumentWorld<'_>> = units.iter().map(world).collect::<Option<_>>()?;
    let laid = parts::lay_out(&worlds, front_pages)?;
    let mut documents = Vec::new();
    for (((part, world), sources), found) in laid.into_iter().zip(&worlds).zip(sources).zip(diagnostics) {
        documents.push(told(part, world, sources, found));
    }
    let documents: Vec<PagedDocument> = documents.into_iter().collect::<Option<_>>()?;
    let pages = begins(units, &documents, front_pages);
    let opening = lay_out_front(volume, &entries, &pages).filter(|own| own.pages().len() == front_pages)?;
    let whole = parts::join([opening].into_iter().chain(documents).collect())?;
    let main = volume.cover.languages.first().copied().unwrap_or(Lang::Zh);
    let mark = volume.cover.mark.as_ref().map(|mark| format!(" {}", mark.en)).unwrap_or_default();
    let ident = format!("shenbao book {} {}{mark}", volume.cover.title.get(main), units.len());
    Some(Pages { document: whole, ident })
}

fn entry<'b>(unit: &'b Bound<'_>) -> Unit<'b> {
    let Input { declaration, ledger, profile, .. } = unit.input;
    Unit { declaration, ledger, profile, printed: &unit.printed }
}

fn world<'w>(unit: &'w Bound<'w>) -> Option<DocumentWorld<'w>> {
    let document = document(unit.input);
    let name = &unit.input.declaration.unit.name;
    let own = |lang| unit.input.languages.contains(&lang).then(|| name.str(lang).trim().to_owned());
    let head = Pair { zh: own(Lang::Zh), en: own(Lang::En) };
    let settings = Settings::new(unit.input, &document, unit.templates, unit.fonts).of_unit(head);
    DocumentWorld::new(settings::json(&document), settings.json(), unit.templates, unit.fonts)
}

fn lay_out_front(volume: &Volume<'_>, units: &[Unit<'_>], pages: &[UnitPages]) -> Option<PagedDocument> {
    let own: Front = front(&volume.cover, units, pages, volume.stated.as_ref());
    let mark = volume.cover.mark.as_ref().map(|mark| {
        let printed = |lang| volume.cover.languages.contains(&lang).then(|| mark.get(lang).to_owned());
        Pair { zh: printed(Lang::Zh), en: printed(Lang::En) }
    });
    let settings = Settings::of_front(&volume.cover.languages, mark.as_ref(), volume.fonts);
    let templates = Templates::default();
    // Strings and numbers alone cannot fail to serialize.
    let json = serde_json::to_vec(&own).unwrap_or_default();
    let world = DocumentWorld::of_front(json, settings.json(), &templates, volume.fonts)?;
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let mut found = Diagnostics::default();
    told(Laid { document: output, warnings }, &world, &mut Sources::default(), &mut found)
}

/// On which page of the volume each unit and each of its projects begins.
fn begins(units: &[Bound<'_>], documents: &[PagedDocument], front: usize) -> Vec<UnitPages> {
    let mut before = front;
    let mut all = Vec::new();
    for (unit, document) in units.iter().zip(documents) {
        // A part joined from its pages knows them by their places in it.
        let first = before + 1;
        let page = |index: &usize| {
            let number = index + 1;
            let marks = [format!("project-{number}"), format!("form-{number}-0")];
            let found = marks.iter().find_map(|mark| page_of(document, mark));
            found.map_or(first, |page| before + page.get())
        };
        all.push(UnitPages { first, projects: unit.printed.iter().map(page).collect() });
        before += document.pages().len();
    }
    all
}

/// The first page of a part that has a mark of this name.
fn page_of(document: &PagedDocument, mark: &str) -> Option<NonZeroUsize> {
    let label = Label::new(PicoStr::intern(mark))?;
    let introspector = document.introspector();
    let marks = introspector.query(&Selector::Label(label));
    marks.iter().filter_map(|mark| introspector.page(mark.location()?)).min()
}
