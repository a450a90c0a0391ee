//! Large documents, laid out part by part.
//!
//! The layout engine keeps all that it has computed until a document is done, some 2 MB for each project, and much of its
//! work on one document waits for itself. So a document of many projects is cut into parts, which are laid out side by
//! side, each let go of when it is done, and put together in the end. Two things of a page depend on the pages before it:
//! its number, and on which side it has the wider margin. The engine lays out at least twice, since numbers are only known
//! after the first time; in between, each part waits to learn how many pages those before it have.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use ecow::{EcoString, EcoVec};
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult, StrResult, Warned};
use typst::engine::Engine;
use typst::foundations::{Content, Label, NativeElement, Output, Selector, StyleChain, Target};
use typst::introspection::{DocumentPosition, Introspector, Location, Locator, PagedPosition};
use typst::layout::PagebreakElem;
use typst::model::Numbering;
use typst::syntax::{Span, VirtualPath};
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument, layout_document_for_bundle};

use super::worker;
use super::world::DocumentWorld;

/// How many projects a part has: enough for two processors to have work, and few for the memory.
pub(super) const PROJECTS: usize = 12;

/// After how many parts the engine lets go of what none of the last ones has used. To look through all of it takes time.
const FORGET_EVERY: usize = 4;

/// What became of a part, with the warnings that come with it.
pub(super) struct Laid {
    pub document: SourceResult<PagedDocument>,
    pub warnings: EcoVec<SourceDiagnostic>,
}

/// Lays out all parts, before which there are so many pages. `None` when a part turned out to have other pages than it had at first, for which those behind it
/// have the wrong numbers: the document is then laid out in one piece.
pub(super) fn lay_out(worlds: &[DocumentWorld<'_>], front: usize) -> Option<Vec<Laid>> {
    let known = Mutex::new(vec![None; worlds.len()]);
    let counts = Arc::new(Counts { front, known, more: Condvar::new() });
    let done = AtomicUsize::new(0);
    let parts: Vec<_> = worlds.iter().enumerate().collect();
    let make = |(index, world): &(usize, &DocumentWorld<'_>)| {
        let part = one(world, *index, &counts);
        if (done.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(FORGET_EVERY) {
            comemo::evict(1);
        }
        (*index, part)
    };
    let mut laid: Vec<Option<Laid>> = worlds.iter().map(|_| None).collect();
    // Begun in their order: a part waits for those before it, which others have begun with.
    worker::side_by_side(&parts, make, |(index, part)| {
        laid.get_mut(index).map(|slot| *slot = Some(part)).is_some()
    });
    let laid = laid.into_iter().collect::<Option<Vec<Laid>>>()?;
    let known = counts.known.lock().unwrap_or_else(PoisonError::into_inner);
    let holds = laid.iter().zip(known.iter()).all(|(laid, known)| match &laid.document {
        Ok(document) => *known == Some(document.pages().len()),
        Err(_) => true,
    });
    holds.then_some(laid)
}

/// The pages of all parts, numbered through.
pub(super) fn join(parts: Vec<PagedDocument>) -> Option<PagedDocument> {
    let mut pages: EcoVec<Page> = EcoVec::new();
    let mut info = None;
    for mut part in parts {
        info.get_or_insert_with(|| part.info_mut().clone());
        pages.extend(part.pages().iter().cloned());
    }
    for (page, number) in pages.make_mut().iter_mut().zip(1..) {
        page.number = number;
    }
    Some(PagedDocument::new(pages, info?))
}

fn one(world: &DocumentWorld<'_>, index: usize, counts: &Arc<Counts>) -> Laid {
    let _told = Told { index, counts };
    PLACE.set(Some(Place { index, counts: Arc::clone(counts), times: 0 }));
    let Warned { output, warnings } = typst::compile::<Part>(world);
    PLACE.set(None);
    Laid { document: output.map(Part::into_document), warnings }
}

/// How many pages each part has, as soon as that is known.
struct Counts {
    /// The pages before the first part.
    front: usize,
    known: Mutex<Vec<Option<usize>>>,
    more: Condvar,
}

impl Counts {
    fn tell(&self, index: usize, count: usize) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = known.get_mut(index)
            && slot.is_none()
        {
            *slot = Some(count);
            self.more.notify_all();
        }
    }

    /// The pages before a part; waits until they are known.
    fn before(&self, index: usize) -> usize {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let before: Option<usize> = known.iter().take(index).copied().sum();
            match before {
                Some(before) => return self.front + before,
                None => known = self.more.wait(known).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Tells at its end that a part has no pages, unless it has told of some: nobody waits for ever for one that failed.
struct Told<'c> {
    index: usize,
    counts: &'c Counts,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.counts.tell(self.index, 0);
    }
}

/// Which part this thread lays out. The engine makes its output by a function that is told nothing else.
struct Place {
    index: usize,
    counts: Arc<Counts>,
    /// How often it was laid out.
    times: usize,
}

thread_local! {
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// A part of a document, as the engine's output.
struct Part {
    document: PagedDocument,
    shifted: Shifted,
}

impl Part {
    /// The pages without the blank one in front.
    fn into_document(mut self) -> PagedDocument {
        if !self.shifted.blank {
            return self.document;
        }
        let pages = self.document.pages().iter().skip(1).cloned().collect();
        PagedDocument::new(pages, self.document.info_mut().clone())
    }
}

impl Output for Part {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Part> {
        let place = PLACE.with_borrow_mut(|place| {
            let place = place.as_mut()?;
            place.times += 1;
            Some((place.index, Arc::clone(&place.counts), place.times))
        });
        let (index, counts, times) = place.unwrap_or_else(|| (0, Arc::new(Counts::none()), 1));
        // The first time, numbers are not known to anyone, and margins cost nothing to move.
        let before = if times == 1 { 0 } else { counts.before(index) };
        let blank = before % 2 == 1;
        // Pages with an even number have their margins the other way round: a blank page in front makes it so. It has a
        // span of its own, or the engine would take every page after it for another than before.
        let main =
            engine.world.source(engine.world.main()).map_or(Span::detached(), |main| main.root().span());
        let front = || PagebreakElem::new().pack().spanned(main);
        let turned = blank.then(|| Content::sequence([front(), content.clone()]));
        // Each part needs places of its own for its elements, or two would be taken for one.
        let locator = Locator::synthesize(Location::new(hash128(&("part", index))));
        let document =
            layout_document_for_bundle(engine, turned.as_ref().unwrap_or(content), locator, styles)?;
        let pages = document.pages().len() - usize::from(blank);
        counts.tell(index, pages);
        let inner = Arc::clone(document.introspector());
        let shifted = Shifted { inner, index, counts, before: OnceLock::new(), blank };
        Ok(Part { document, shifted })
    }

    fn introspector(&self) -> &dyn Introspector {
        &self.shifted
    }
}

impl Counts {
    fn none() -> Counts {
        Counts { front: 0, known: Mutex::default(), more: Condvar::new() }
    }
}

/// What is asked about a part, with the page numbers of the whole.
struct Shifted {
    inner: Arc<typst_layout::PagedIntrospector>,
    index: usize,
    counts: Arc<Counts>,
    /// The pages before the part, once they are known: forms ask for it thousands of times.
    before: OnceLock<usize>,
    blank: bool,
}

impl Shifted {
    /// A page's number in the whole.
    fn number(&self, page: NonZeroUsize) -> NonZeroUsize {
        let number = page.get() + self.before.get_or_init(|| self.counts.before(self.index));
        NonZeroUsize::new(number.saturating_sub(usize::from(self.blank))).unwrap_or(NonZeroUsize::MIN)
    }
}

impl Introspector for Shifted {
    fn query(&self, selector: &Selector) -> EcoVec<Content> {
        self.inner.query(selector)
    }

    fn query_first(&self, selector: &Selector) -> Option<Content> {
        self.inner.query_first(selector)
    }

    fn query_unique(&self, selector: &Selector) -> StrResult<Content> {
        self.inner.query_unique(selector)
    }

    fn query_label(&self, label: Label) -> StrResult<&Content> {
        self.inner.query_label(label)
    }

    fn query_labelled(&self) -> EcoVec<Content> {
        self.inner.query_labelled()
    }

    fn query_count_before(&self, selector: &Selector, end: Location) -> usize {
        self.inner.query_count_before(selector, end)
    }

    fn label_count(&self, label: Label) -> usize {
        self.inner.label_count(label)
    }

    fn locator(&self, key: u128, base: Location) -> Option<Location> {
        self.inner.locator(key, base)
    }

    fn pages(&self, location: Location) -> Option<NonZeroUsize> {
        self.inner.pages(location)
    }

    fn page(&self, location: Location) -> Option<NonZeroUsize> {
        self.inner.page(location).map(|page| self.number(page))
    }

    fn position(&self, location: Location) -> Option<DocumentPosition> {
        let PagedPosition { page, point } = self.inner.position(location)?;
        Some(DocumentPosition::Paged(PagedPosition { page: self.number(page), point }))
    }

    fn page_numbering(&self, location: Location) -> Option<&Numbering> {
        self.inner.page_numbering(location)
    }

    fn page_supplement(&self, location: Location) -> Option<&Content> {
        self.inner.page_supplement(location)
    }

    fn anchor(&self, location: Location) -> Option<&EcoString> {
        self.inner.anchor(location)
    }

    fn document(&self, location: Location) -> Option<Location> {
        self.inner.document(location)
    }

    fn path(&self, location: Location) -> Option<&VirtualPath> {
        self.inner.path(location)
    }
}
