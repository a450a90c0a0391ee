//! From a place on a page back to its place in a file.
//!
//! The document is laid out once more with each of its texts marked, and what was marked is looked up on the pages that
//! are shown. So the shown pages are the printed ones, whatever the marks do to a line.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use typst::visualize::{Color, Paint, ProcessColor};
use typst_layout::PagedDocument;

use super::{Rect, walk};
use crate::compute::Derivation;
use crate::document::{Figure, Input, Leaf, Leaves, Provenance, marked_document};
use crate::form::Templates;
use crate::lang::Lang;
use crate::lang::say;
use crate::narrative::{Origin, Scope, Values};
use crate::render::settings::{Settings, json};
use crate::render::world::DocumentWorld;
use crate::render::{Fonts, Pages};
use crate::source::{Sources, Span};

/// A part of a page that comes from one line of a file.
#[derive(Debug, Clone)]
pub struct Region<'i> {
    /// Where it stands on the page.
    pub rect: Rect,
    /// What it comes from.
    pub span: Span,
    /// What is computed of it.
    pub figure: Option<Figure<'i>>,
    /// The project that it belongs to, by its index.
    pub project: Option<usize>,
}

/// The regions of each page, in the order in which they are read; `None` when the marked document cannot be laid out.
pub fn places<'i>(
    input: Input<'i>,
    templates: &Templates,
    fonts: &Fonts,
    sources: &Sources,
    pages: &Pages,
) -> Option<Vec<Vec<Region<'i>>>> {
    let (document, leaves) = marked_document(input);
    let settings = Settings::new(input, &document, templates, fonts).marked_by_place();
    let world = DocumentWorld::new(json(&document), settings.json(), templates, fonts)?;
    let marked = typst::compile::<PagedDocument>(&world).output.ok()?;
    let glyphs = glyphs(&pages.document);
    let numbers = numbers(&marked, &glyphs);
    let mut writer = Writer { input, leaves: &leaves, sources, pages: Vec::new(), read: Vec::new() };
    writer.pages.resize_with(pages.count(), Vec::new);
    writer.read.resize(leaves.leaves.len(), 0);
    for (glyph, number) in glyphs.iter().zip(numbers) {
        if let Some(number) = number {
            writer.glyph(glyph, number);
        }
    }
    Some(writer.pages.into_iter().map(|page| page.into_iter().map(|open| open.region).collect()).collect())
}

/// A character on a page; spaces are left out.
struct Glyph {
    ch: char,
    page: usize,
    rect: Rect,
}

fn glyphs(document: &PagedDocument) -> Vec<Glyph> {
    let mut found = Vec::new();
    for (page, sheet) in document.pages().iter().enumerate() {
        for text in walk::texts(&sheet.frame) {
            for (chars, rect) in text.glyphs() {
                let chars = chars.chars().filter(|ch| !ch.is_whitespace());
                found.extend(chars.map(|ch| Glyph { ch, page, rect }));
            }
        }
    }
    found
}

/// The number of the leaf of each glyph, by the same character in the marked document.
fn numbers(marked: &PagedDocument, glyphs: &[Glyph]) -> Vec<Option<usize>> {
    let mut found: Vec<(char, Option<usize>)> = Vec::new();
    for page in marked.pages() {
        for text in walk::texts(&page.frame) {
            let number = number(&text.item.fill);
            let chars = text.item.text.chars().filter(|ch| !ch.is_whitespace());
            found.extend(chars.map(|ch| (ch, number)));
        }
    }
    let old: Vec<char> = found.iter().map(|(ch, _)| *ch).collect();
    let new: Vec<char> = glyphs.iter().map(|glyph| glyph.ch).collect();
    if old == new {
        return found.into_iter().map(|(_, number)| number).collect();
    }
    // A line may break elsewhere for the marks, and a hyphen come or go.
    let mut numbers = vec![None; new.len()];
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if op.tag() == DiffTag::Equal {
            let known = op.old_range().filter_map(|index| found.get(index));
            for (number, (_, known)) in numbers.iter_mut().skip(op.new_range().start).zip(known) {
                *number = *known;
            }
        }
    }
    numbers
}

/// The number that `templates/shared/places.typ` gave as a colour: 1 and up, black is no leaf.
fn number(paint: &Paint) -> Option<usize> {
    let Paint::Solid(Color::Process(colour @ ProcessColor::Rgb(_))) = paint else { return None };
    let [red, green, blue, _] = colour.to_vec4_u8();
    usize::try_from(u32::from_be_bytes([0, red, green, blue])).ok()?.checked_sub(1)
}

struct Writer<'w, 'i> {
    input: Input<'i>,
    leaves: &'w Leaves<'i>,
    sources: &'w Sources,
    pages: Vec<Vec<Open<'i>>>,
    /// How far each leaf was read, in bytes.
    read: Vec<usize>,
}

/// A region that may still grow.
struct Open<'i> {
    region: Region<'i>,
    number: usize,
}

impl<'i> Writer<'_, 'i> {
    fn glyph(&mut self, glyph: &Glyph, number: usize) {
        let Some(leaf) = self.leaves.leaves.get(number) else { return };
        let Some(range) = self.next(number, &leaf.text, glyph.ch) else { return };
        let (span, figure) = self.origin(leaf, range);
        let Some(page) = self.pages.get_mut(glyph.page) else { return };
        if let Some(open) = page.last_mut()
            && open.number == number
            && open.region.figure.is_some() == figure.is_some()
            && is_beside(open.region.rect, glyph.rect)
            && is_same_line(self.sources, open.region.span, span)
        {
            open.region.rect.width = glyph.rect.left + glyph.rect.width - open.region.rect.left;
            open.region.span.end = open.region.span.end.max(span.end);
            return;
        }
        let region = Region { rect: glyph.rect, span, figure, project: leaf.project };
        page.push(Open { region, number });
    }

    /// The range of the next character of a leaf, if it is `ch`: what the layout adds, as a hyphen at the end of a line, is
    /// no character of the leaf.
    fn next(&mut self, number: usize, text: &str, ch: char) -> Option<Range<usize>> {
        let read = self.read.get_mut(number)?;
        let mut rest = text.get(*read..).unwrap_or("").trim_start();
        if rest.is_empty() {
            // Printed once more, as the name of a project.
            rest = text.trim_start();
        }
        let start = text.len() - rest.len();
        rest.strip_prefix(ch)?;
        *read = start + ch.len_utf8();
        Some(start..*read)
    }

    /// Where a range of a leaf comes from.
    fn origin(&self, leaf: &Leaf<'i>, range: Range<usize>) -> (Span, Option<Figure<'i>>) {
        match &leaf.from {
            Provenance::Written(span) => (*span, None),
            Provenance::Figure(span, figure) => (*span, Some(figure.clone())),
            Provenance::Passage(index, start) => {
                let Some(passage) = self.leaves.passages.get(*index) else {
                    return (Span { start: 0, end: 0, ..self.input.declaration.year_place }, None);
                };
                let range = start + range.start..start + range.end;
                let span = passage.span(range.clone());
                if !passage.is_computed(range) {
                    return (span, None);
                }
                let figure = self.taken(span, passage.scope);
                // An amount that is written somewhere comes from there.
                let span = match figure.entry.map(|entry| &entry.from) {
                    Some(Derivation::Stated(written)) => *written,
                    _ => span,
                };
                (span, Some(figure))
            }
        }
    }

    /// What a placeholder takes.
    fn taken(&self, span: Span, scope: Scope) -> Figure<'i> {
        let path = self.sources.text(span).trim();
        let Input { declaration, ledger, profile, .. } = self.input;
        let found = Values::new(declaration, ledger, profile, scope, Lang::Zh).find(path);
        let entry = found.and_then(|found| match found.origin {
            Origin::Amount(entry, _) => Some(entry),
            _ => None,
        });
        Figure { name: say!("{path}", "{path}"), entry, project: scope.project() }
    }
}

/// Whether a glyph goes on where a region ends.
fn is_beside(region: Rect, glyph: Rect) -> bool {
    let end = region.left + region.width;
    (region.top - glyph.top).abs() < region.height / 2 && (-2..=region.height).contains(&(glyph.left - end))
}

/// Whether two spans begin on the same line of the same file.
fn is_same_line(sources: &Sources, one: Span, other: Span) -> bool {
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    one.file == other.file
        && (one.start == other.start || !sources.text(Span { end: second.start, ..first }).contains('\n'))
}
