//! What the layout engine sees: templates, the document, fonts; no clock, no network, no other file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};

use super::Fonts;
use crate::form::Templates;

/// Where the document stands for templates.
const DOCUMENT: &str = "document.json";
/// Where it stands how the document is printed.
const SETTINGS: &str = "settings.json";
/// The template that lays it out.
const MAIN: &str = "main.typ";
/// The template of the front of a book.
const FRONT: &str = "book.typ";

/// The standard library is the same for every document, and evaluation is cached by it.
///
/// The extras for accessibility let the templates say which cells of a form head a row.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// Templates as they were parsed last, for whichever document asks next: most are the same from one to the next.
static PARSED: LazyLock<Mutex<BTreeMap<String, Source>>> = LazyLock::new(Mutex::default);

pub(super) struct DocumentWorld<'w> {
    fonts: &'w Fonts,
    files: FileStore<TemplateLoader<'w>>,
    main: FileId,
}

struct TemplateLoader<'w> {
    templates: &'w Templates,
    document: Bytes,
    settings: Bytes,
}

impl<'w> DocumentWorld<'w> {
    /// `None` only if the constant name of the main template were no path.
    pub fn new(
        document: Vec<u8>,
        settings: Vec<u8>,
        templates: &'w Templates,
        fonts: &'w Fonts,
    ) -> Option<Self> {
        Self::with_main(MAIN, document, settings, templates, fonts)
    }

    /// The same for the front of a book.
    pub fn of_front(
        document: Vec<u8>,
        settings: Vec<u8>,
        templates: &'w Templates,
        fonts: &'w Fonts,
    ) -> Option<Self> {
        Self::with_main(FRONT, document, settings, templates, fonts)
    }

    fn with_main(
        main: &str,
        document: Vec<u8>,
        settings: Vec<u8>,
        templates: &'w Templates,
        fonts: &'w Fonts,
    ) -> Option<Self> {
        let (document, settings) = (Bytes::new(document), Bytes::new(settings));
        let loader = TemplateLoader { templates, document, settings };
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(main).ok()?));
        Some(DocumentWorld { fonts, files: FileStore::new(loader), main })
    }

    /// The path of a file as the user may look for it.
    pub fn shown_path(&self, id: FileId) -> PathBuf {
        let path = id.vpath().get_without_slash();
        match self.files.loader().templates.read(path) {
            Some((_, shown)) => shown,
            None => PathBuf::from(path),
        }
    }
}

impl FileLoader for TemplateLoader<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        if !matches!(id.root(), VirtualRoot::Project) {
            return Err(FileError::AccessDenied);
        }
        match path {
            DOCUMENT => return Ok(self.document.clone()),
            SETTINGS => return Ok(self.settings.clone()),
            _ => {}
        }
        match self.templates.read(path) {
            Some((bytes, _)) => Ok(match bytes {
                std::borrow::Cow::Borrowed(bytes) => Bytes::new(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::new(bytes),
            }),
            None => Err(FileError::NotFound(PathBuf::from(path))),
        }
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store().book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.files.file(id)?;
        let path = id.vpath().get_without_slash();
        let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = parsed.get(path)
            && source.text().as_bytes() == bytes.as_slice()
        {
            return Ok(source.clone());
        }
        let source = self.files.source(id)?;
        parsed.insert(path.to_owned(), source.clone());
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    /// No template reads the clock: the same input gives the same bytes on any day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
