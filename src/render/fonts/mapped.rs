//! Font files mapped into memory: a collection of 25 MB costs only the pages that are touched.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use memmap2::Mmap;
use typst::foundations::Bytes;
use typst::text::Font;
use typst::utils::hash128;
use typst_kit::fonts::FontSource;

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
        // SAFETY: the map is only read. Font files are replaced by their installers, not written in place; should one
        // be cut short while it is mapped, the run ends, as it does for every program that maps fonts.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.ok()?;
        let named = Named(Arc::new(NamedMap { map, identity, hashed: AtomicBool::new(false) }));
        let bytes = Bytes::new(named.clone());
        // The hash is computed once and kept with the bytes, so it is taken here, while they still show their name.
        hash128(&bytes);
        named.0.hashed.store(true, Ordering::Release);
        Font::new(bytes, self.index)
    }
}

/// A mapped file that is hashed by its name, size and time instead of its content.
///
/// The layout engine keys its caches by the hash of all bytes of each font. The three collections of a form have
/// 70 MB, and to hash them took a third of a build. Within a process a file's name, size and time tell it apart as well.
#[derive(Clone)]
struct Named(Arc<NamedMap>);

struct NamedMap {
    map: Mmap,
    identity: String,
    /// Whether the hash was taken; from then on the bytes are the file's.
    hashed: AtomicBool,
}

impl AsRef<[u8]> for Named {
    fn as_ref(&self) -> &[u8] {
        if self.0.hashed.load(Ordering::Acquire) { &self.0.map } else { self.0.identity.as_bytes() }
    }
}
