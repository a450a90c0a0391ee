//! Where on the pages something stands, and where it comes from.

use std::collections::BTreeMap;

use shenbao::compute::{Derivation, Entry};
use shenbao::export::derivation;
use shenbao::lang::{Lang, Words};
use shenbao::render::view::{Figure, Rect, Region};
use shenbao::source::Span;

use super::files::Files;
use super::state::{EditState, LineState, PlaceState, Places};

/// The regions of all pages; none while they are not known yet.
pub struct Spots<'s> {
    pages: Vec<Vec<Region<'s>>>,
}

impl<'s> Spots<'s> {
    pub fn new(pages: Vec<Vec<Region<'s>>>) -> Spots<'s> {
        Spots { pages }
    }

    /// Where what is written at `span` is printed, or what is written nearest to it in the file.
    pub fn of_span(&self, span: Span) -> Option<(usize, Rect)> {
        let apart = |region: &Region<'_>| {
            let (start, end) = (region.span.start, region.span.end);
            if start < span.end && span.start < end {
                return 0;
            }
            start.abs_diff(span.start).min(end.abs_diff(span.start))
        };
        self.all()
            .filter(|(_, region)| region.span.file == span.file)
            .min_by_key(|(_, region)| apart(region))
            .map(|(page, region)| (page, region.rect))
    }

    /// The page that shows an amount of the ledger.
    pub fn of_entry(&self, entry: &Entry) -> Option<usize> {
        let shows = |region: &Region<'_>| {
            region.figure.as_ref().and_then(|figure| figure.entry).is_some_and(|own| std::ptr::eq(own, entry))
        };
        self.all().find(|(_, region)| shows(region)).map(|(page, _)| page)
    }

    /// The project that most of a page is about, by its index.
    pub fn project_of(&self, page: usize) -> Option<usize> {
        let regions = self.pages.get(page)?;
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for project in regions.iter().filter_map(|region| region.project) {
            *counts.entry(project).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(project, _)| project)
    }

    /// All of it for the page in the browser; `edit` says which value a region shows as it is written.
    pub fn places(
        &self,
        files: Files<'_>,
        version: u64,
        mut edit: impl FnMut(&Region<'s>) -> Option<EditState>,
    ) -> Places {
        let mut places = Places { version, ..Places::default() };
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        for page in &self.pages {
            let mut list = Vec::with_capacity(page.len());
            for region in page {
                let place = files.place(region.span);
                let figure = region.figure.as_ref();
                let edit = edit(region);
                let path = edit.as_ref().and_then(|edit| Some(edit.values.first()?.path.clone()));
                let key = (place.file.clone(), place.line, figure.map(|figure| figure.name.zh.clone()), path);
                let index = *known.entry(key).or_insert_with(|| {
                    places.places.push(PlaceState {
                        place,
                        excerpt: files.excerpt(region.span),
                        kind: if figure.is_some() { "figure" } else { "text" },
                        derivation: figure.map(|figure| lines(figure, files)).unwrap_or_default(),
                        edit,
                    });
                    places.places.len() - 1
                });
                let Rect { left, top, width, height } = region.rect;
                list.push([left, top, width, height, i32::try_from(index).unwrap_or(i32::MAX)]);
            }
            places.pages.push(list);
        }
        places
    }

    fn all(&self) -> impl Iterator<Item = (usize, &Region<'s>)> {
        self.pages
            .iter()
            .enumerate()
            .flat_map(|(page, regions)| regions.iter().map(move |region| (page, region)))
    }
}

/// How a figure came about: itself, and what it is the sum of.
fn lines(figure: &Figure<'_>, files: Files<'_>) -> Vec<LineState> {
    /// More than a reader wants to add up.
    const MOST: usize = 30;
    let Some(entry) = figure.entry else { return Vec::new() };
    let amount = entry.amount.exact_form();
    let how = derivation(entry);
    let how = |lang| match how.as_ref().map_or("", |how| how.get(lang)) {
        // As written, or none named.
        remark if remark.is_empty() || remark.starts_with(['（', '(']) => format!(" {remark}"),
        sum => format!(" = {sum}"),
    };
    let (zh, en) = (how(Lang::Zh), how(Lang::En));
    let name = &figure.name;
    let words = Words { zh: format!("{} {amount}{zh}", name.zh), en: format!("{} {amount}{en}", name.en) };
    let mut lines = vec![LineState { words, part: None }];
    if let Derivation::Sum(terms) = &entry.from {
        lines.extend(terms.iter().take(MOST).map(|term| {
            let (Words { zh, en }, amount) = (term.name.words(), term.amount.exact_form());
            let words = Words { zh: format!("{zh} {amount}"), en: format!("{en} {amount}") };
            LineState { words, part: Some(files.place(term.name.span())) }
        }));
    }
    lines
}
