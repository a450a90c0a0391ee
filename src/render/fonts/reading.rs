//! What a font file holds, read once and kept in the index: its faces with all their names, and what is wrong with it.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use serde::{Deserialize, Serialize};
use ttf_parser::{Face, GlyphId, OutlineBuilder, RawFace, Tag, fonts_in_collection};
use typst::text::FontInfo;

use super::mapped::map;
use super::names;

/// How many characters of a face are drawn to see whether it is whole.
const SAMPLES: usize = 64;

/// What is wrong with a file, so that it or one of its faces does not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Defect {
    /// It cannot be opened or read.
    Unreadable,
    /// It has no bytes.
    Empty,
    /// It is something else under the name of a font.
    NoFont,
    /// It is a font in a format that the layout engine does not read.
    Format,
    /// It ends before its tables do.
    CutShort,
    /// Its tables do not hold what they should.
    Damaged,
    /// Its characters are pictures.
    NoOutlines,
}

/// A face that can be used.
pub(super) struct Read {
    pub index: u32,
    /// Every name of its family, the first as the layout engine calls it.
    pub families: Vec<String>,
    pub info: FontInfo,
}

/// What was read of a file.
#[derive(Default)]
pub(super) struct Contents {
    pub faces: Vec<Read>,
    pub defect: Option<Defect>,
    /// The families of the faces that do not serve, as far as their names could be read.
    pub lost: BTreeSet<String>,
}

/// Reads a font file.
pub(super) fn read(path: &Path) -> Contents {
    let Ok(file) = File::open(path) else { return broken(Defect::Unreadable) };
    match file.metadata() {
        Ok(metadata) if metadata.len() == 0 => return broken(Defect::Empty),
        Ok(_) => {}
        Err(_) => return broken(Defect::Unreadable),
    }
    let Some(map) = map(&file) else { return broken(Defect::Unreadable) };
    contents(&map)
}

/// Whether a file still has a face at this place, as far as its tables tell: a disk may damage a file and leave its time
/// and its size as they were.
pub(super) fn has_face(path: &Path, index: u32) -> bool {
    let map = File::open(path).ok().and_then(|file| map(&file));
    map.is_some_and(|map| Face::parse(&map, index).is_ok_and(|face| face.tables().cmap.is_some()))
}

fn broken(defect: Defect) -> Contents {
    Contents { defect: Some(defect), ..Contents::default() }
}

fn contents(data: &[u8]) -> Contents {
    match data.get(..4) {
        Some(b"OTTO" | b"true" | b"ttcf" | [0, 1, 0, 0]) => {}
        Some(b"wOFF" | b"wOF2" | b"typ1" | b"%!PS" | [0x80, 1, ..]) => return broken(Defect::Format),
        _ => return broken(Defect::NoFont),
    }
    let count = if data.starts_with(b"ttcf") { fonts_in_collection(data) } else { Some(1) };
    // A collection that is cut short within its head may name more faces than it has bytes.
    let Some(count) = count.filter(|count| usize::try_from(*count).is_ok_and(|count| count < data.len() / 4))
    else {
        return broken(Defect::Damaged);
    };
    let mut contents = Contents::default();
    for index in 0..count {
        match face(data, index) {
            Ok(read) => contents.faces.push(read),
            Err(defect) => {
                contents.defect.get_or_insert(defect);
                if let Ok(raw) = RawFace::parse(data, index) {
                    contents.lost.extend(names::families(&raw));
                }
            }
        }
    }
    if count == 0 { broken(Defect::Damaged) } else { contents }
}

fn face(data: &[u8], index: u32) -> Result<Read, Defect> {
    let raw = RawFace::parse(data, index).map_err(|_| Defect::Damaged)?;
    let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
    if raw.table_records.into_iter().any(|one| u64::from(one.offset) + u64::from(one.length) > length) {
        return Err(Defect::CutShort);
    }
    let face = Face::parse(data, index).map_err(|_| Defect::Damaged)?;
    let tables = face.tables();
    if tables.cmap.is_none() || tables.hmtx.is_none() {
        return Err(Defect::Damaged);
    }
    if tables.glyf.is_none() && tables.cff.is_none() && tables.cff2.is_none() {
        let has = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).is_some();
        let outlined = [b"glyf", b"CFF ", b"CFF2"].into_iter().any(has);
        return Err(if outlined { Defect::Damaged } else { Defect::NoOutlines });
    }
    let families = names::families(&raw);
    let info = match FontInfo::new(data, index) {
        Some(info) => info,
        // The layout engine reads no name that is in GBK alone.
        None => {
            let renamed = families.first().and_then(|name| names::renamed(data, index, name));
            renamed.and_then(|data| FontInfo::new(&data, index)).ok_or(Defect::Damaged)?
        }
    };
    if !draws(&face, &info) {
        return Err(Defect::Damaged);
    }
    let further = families.into_iter().filter(|name| *name != info.family);
    let families = std::iter::once(info.family.clone()).chain(further).collect();
    Ok(Read { index, families, info })
}

/// Whether the characters of a face have outlines and widths. A file whose end was never written has the right length, and nothing
/// in it: so some are drawn, from the first to the last, of letters and Chinese characters, none of which is blank.
fn draws(face: &Face<'_>, info: &FontInfo) -> bool {
    let inked: Vec<char> = info
        .coverage
        .iter()
        .filter_map(char::from_u32)
        .filter(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '\u{4e00}'..='\u{9fa5}'))
        .collect();
    let step = inked.len().div_ceil(SAMPLES).max(1);
    let sample = inked.iter().step_by(step).chain(inked.last());
    let (mut drawn, mut blank) = (0, 0);
    for ch in sample {
        let glyph = face.glyph_index(*ch).filter(|glyph| *glyph != GlyphId(0));
        let wide = |glyph: &GlyphId| face.glyph_hor_advance(*glyph).is_some_and(|width| width > 0);
        match glyph.filter(wide).and_then(|glyph| face.outline_glyph(glyph, &mut Nowhere)) {
            Some(_) => drawn += 1,
            None => blank += 1,
        }
    }
    // A few blanks in a large font are holes of its maker's; one that has no character at all has lost them.
    blank <= drawn / 16 && info.coverage.iter().next().is_some()
}

/// Outlines are only followed.
struct Nowhere;

// Coordinates of the fonts' library; no money is near.
#[allow(clippy::disallowed_types)]
impl OutlineBuilder for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
