//! Font files mapped into memory: a collection of 25 MB costs only the pages that are touched.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use memmap2::Mmap;
use ttf_parser::RawFace;
use typst::foundations::Bytes;
use typst::text::Font;
use typst::utils::hash128;
use typst_kit::fonts::FontSource;

use super::names;

/// A face of a font file, loaded when it is first used.
pub(super) struct MappedFont {
    path: PathBuf,
    index: u32,
}

impl MappedFont {
    pub fn new(path: PathBuf, index: u32) -> MappedFont {
        MappedFont { path, index }
    }
}

impl FontSource for MappedFont {
    fn load(&self) -> Option<Font> {
        let file = File::open(&self.path).ok()?;
        let metadata = file.metadata().ok()?;
        let identity = format!("{:?} {} {:?}", self.path, metadata.len(), metadata.modified().ok());
        let map = map(&file)?;
        let bytes = named(map, identity.clone());
        Font::new(bytes.clone(), self.index).or_else(|| {
            let raw = RawFace::parse(&bytes, self.index).ok()?;
            let family = names::families(&raw).into_iter().next()?;
            let renamed = names::renamed(&bytes, self.index, &family)?;
            Font::new(named(renamed, format!("{identity} renamed {}", self.index)), self.index)
        })
    }
}

/// The bytes of a font file.
pub(super) fn map(file: &File) -> Option<Mmap> {
    // SAFETY: the map is only read. Font files are replaced by their installers, not written in place; should one
    // be cut short while it is mapped, the run ends, as it does for every program that maps fonts.
    #[allow(unsafe_code)]
    unsafe { Mmap::map(file) }.ok()
}

/// Bytes that are hashed by a name instead of their content.
///
/// The layout engine keys its caches by the hash of all bytes of each font. The three collections of a form have
/// 70 MB, and to hash them took a third of a build. Within a process a file's name, size and time tell it apart as well.
pub(super) fn named(data: impl AsRef<[u8]> + Send + Sync + 'static, identity: String) -> Bytes {
    let named = Arc::new(Named { data, identity, hashed: AtomicBool::new(false) });
    let bytes = Bytes::new(Shared(named.clone()));
    // The hash is computed once and kept with the bytes, so it is taken here, while they still show their name.
    hash128(&bytes);
    named.hashed.store(true, Ordering::Release);
    bytes
}

struct Shared<T>(Arc<Named<T>>);

struct Named<T> {
    data: T,
    identity: String,
    /// Whether the hash was taken; from then on the bytes are the data's.
    hashed: AtomicBool,
}

impl<T: AsRef<[u8]>> AsRef<[u8]> for Shared<T> {
    fn as_ref(&self) -> &[u8] {
        if self.0.hashed.load(Ordering::Acquire) { self.0.data.as_ref() } else { self.0.identity.as_bytes() }
    }
}
