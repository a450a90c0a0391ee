//! Faces of the wanted families, each family from the first place that has it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use typst::text::{FontInfo, FontWeight, StandardAxes};
use typst_kit::fonts::FontStore;

use super::FontFolders;
use super::built_in::{self, BuiltInFont};
use super::index::{self, Broken, Place};
use super::mapped::MappedFont;

/// A face that was found.
pub(super) struct Face {
    pub source: Source,
    pub info: FontInfo,
}

/// What holds a face.
pub(super) enum Source {
    /// A file, and which of its faces.
    File(PathBuf, u32),
    /// The program itself.
    BuiltIn(BuiltInFont),
}

impl Face {
    /// Its weights, from the lightest to the heaviest; of a variable font all that its axis has.
    pub fn weights(&self) -> RangeInclusive<u16> {
        match StandardAxes::parse(&self.info.axes).wght {
            Some(axis) => {
                let weight = |value| FontWeight::from_wght(value).to_number();
                weight(axis.min)..=weight(axis.max)
            }
            None => {
                let weight = self.info.variant.weight.to_number();
                weight..=weight
            }
        }
    }

    /// Its file, if it is in one.
    pub fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path, _) => Some(path),
            Source::BuiltIn(_) => None,
        }
    }

    /// Hands it to the layout engine, which loads it when it is first used.
    pub fn push_to(self, store: &mut FontStore) {
        match self.source {
            Source::File(path, index) => store.push((MappedFont::new(path, index), self.info)),
            Source::BuiltIn(font) => store.push((font, self.info)),
        }
    }
}

/// The faces of the families in `wanted` (lower case), and the files that may have some but do not serve.
pub(super) fn faces(wanted: &BTreeSet<String>, folders: &FontFolders) -> (Vec<Face>, Vec<Broken>) {
    let named = folders.folders.iter().cloned().map(Place::Folder);
    let files = named.chain(folders.system.then_some(Place::System)).map(Some);
    let mut faces: Vec<Face> = Vec::new();
    let mut broken: Vec<Broken> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // The program's own come last: a file that somebody installed is newer, or meant to be used.
    for place in files.chain([None]) {
        let missing: BTreeSet<String> = wanted.difference(&taken).cloned().collect();
        if missing.is_empty() {
            break;
        }
        let found: Vec<Face> = match place {
            Some(place) => {
                let found = index::faces(&place, folders.cache.as_deref(), &missing);
                broken.extend(found.broken);
                let faces = found.faces.into_iter();
                faces
                    .map(|face| Face { source: Source::File(face.path, face.index), info: face.info })
                    .collect()
            }
            None => {
                let own = built_in::faces(&missing).into_iter();
                own.map(|(font, info)| Face { source: Source::BuiltIn(font), info }).collect()
            }
        };
        taken.extend(found.iter().map(|face| face.info.family.to_lowercase()));
        faces.extend(found);
    }
    (faces, broken)
}

#[cfg(test)]
mod tests {
    use typst::text::{AxisValue, Coverage, FontAxis, FontFlags, FontVariant};

    use super::*;

    // The ends of an axis, as the engine has them.
    #[allow(clippy::disallowed_types)]
    fn face(weight: u16, axis: Option<(f32, f32)>) -> Face {
        let axis = axis.map(|(min, max)| FontAxis {
            tag: StandardAxes::WGHT,
            min: AxisValue(min),
            max: AxisValue(max),
            default: AxisValue(min),
        });
        let info = FontInfo {
            family: "A".to_owned(),
            variant: FontVariant { weight: FontWeight::from_number(weight), ..FontVariant::default() },
            flags: FontFlags::empty(),
            axes: axis.into_iter().collect(),
            coverage: Coverage::from_vec(Vec::new()),
        };
        Face { source: Source::File(PathBuf::new(), 0), info }
    }

    #[test]
    fn a_variable_face_has_all_weights_of_its_axis() {
        assert_eq!(face(700, None).weights(), 700..=700);
        assert_eq!(face(200, Some((200.0, 900.0))).weights(), 200..=900);
        assert_eq!(face(300, Some((300.0, 600.0))).weights(), 300..=600);
        assert_eq!(face(300, Some((300.0, 500.0))).weights(), 300..=500);
    }
}
