//! Sizes and times of font files, by which a change of fonts is seen without reading them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::FontFolders;
use super::index::{self, Place};

/// A font file, or a folder without any, as it stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Where it is.
    pub path: PathBuf,
    /// When it was written, in nanoseconds of the Unix epoch.
    pub nanos: u64,
    /// In bytes.
    pub size: u64,
}

/// Every file that can be a font of these folders, place by place, ascending in each.
pub fn stamps(folders: &FontFolders) -> Vec<Stamp> {
    let named = folders.folders.iter().cloned().map(Place::Folder);
    let mut found = Vec::new();
    for place in named.chain(folders.system.then_some(Place::System)) {
        let inside = index::folders_of(&place, folders.cache.as_deref());
        let files: BTreeSet<Stamp> = inside.iter().flat_map(|folder| files(folder)).collect();
        found.extend(files);
    }
    found
}

fn files(folder: &std::path::Path) -> Vec<Stamp> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let stamp = |path: PathBuf| {
        let index::Stamp { nanos, size } = index::stamp(&path)?;
        Some(Stamp { path, nanos, size })
    };
    entries.filter_map(|entry| stamp(entry.path())).collect()
}
