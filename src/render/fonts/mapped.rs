//! Font files mapped into memory: a collection of 25 MB costs only the pages that are touched.

use std::fs::File;
use std::path::PathBuf;

use memmap2::Mmap;
use typst::foundations::Bytes;
use typst::text::Font;
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
        // SAFETY: the map is only read. Font files are replaced by their installers, not written in place; should one
        // be cut short while it is mapped, the run ends, as it does for every program that maps fonts.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.ok()?;
        Font::new(Bytes::new(map), self.index)
    }
}
