//! Fonts that are compiled into the program, with the feature `embed-fonts`: `build.rs` names them.

use std::collections::BTreeSet;

use typst::text::{Font, FontInfo};
use typst_kit::fonts::FontSource;

use super::mapped::named;

/// The files, in the order in which `SHENBAO_FONTS` named them.
#[cfg(feature = "embed-fonts")]
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
#[cfg(not(feature = "embed-fonts"))]
static FILES: &[File] = &[];

/// A font file.
struct File {
    bytes: &'static [u8],
    faces: &'static [Entry],
}

/// A face of one, as it was read when the program was built.
struct Entry {
    /// Its family, in lower case.
    family: &'static str,
    index: u32,
    /// What the layout engine wants to know, as JSON.
    info: &'static str,
}

/// A face whose bytes are pages of the program.
pub(super) struct BuiltInFont {
    /// The number of its file.
    number: usize,
    bytes: &'static [u8],
    index: u32,
}

/// The faces of the families in `wanted` (lower case).
pub(super) fn faces(wanted: &BTreeSet<String>) -> Vec<(BuiltInFont, FontInfo)> {
    let mut faces = Vec::new();
    for (number, file) in FILES.iter().enumerate() {
        for entry in file.faces.iter().filter(|entry| wanted.contains(entry.family)) {
            let Ok(info) = serde_json::from_str(entry.info) else { continue };
            let font = BuiltInFont { number, bytes: file.bytes, index: entry.index };
            faces.push((font, info));
        }
    }
    faces
}

impl FontSource for BuiltInFont {
    fn load(&self) -> Option<Font> {
        // Within a process the number tells a file apart, and no path reads like this.
        Font::new(named(self.bytes, format!("built in {}", self.number)), self.index)
    }
}
