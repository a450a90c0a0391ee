//! An index of fonts that is kept between runs, so that only the first one reads every font file.
//!
//! A line of the index is a JSON head and, after a tab, what the layout engine wants to know of the face; only the
//! faces of wanted families are read further. Folders are remembered with their times: one that has changed, come or
//! gone makes the index worthless. Files that do not serve are remembered with what is wrong with them. A damaged index,
//! or one that cannot be written, costs a scan and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use typst::text::FontInfo;

use super::reading::{self, Contents, Defect};

/// The first line of an index: another one is of another release, and is rebuilt.
const MAGIC: &str = concat!("shenbao-fonts 2 ", env!("CARGO_PKG_VERSION"));

/// What the line of a file begins with that does not serve.
const BROKEN: &str = "broken ";

/// Where faces are found.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// The system's font folders.
    System,
    /// A folder and all below it.
    Folder(PathBuf),
}

/// One face of a font file.
#[derive(Debug, Clone)]
pub(super) struct Face {
    pub path: PathBuf,
    pub index: u32,
    /// What the layout engine wants to know; its family is the name that was wanted.
    pub info: FontInfo,
}

/// A file of which a face or all do not serve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Broken {
    pub path: PathBuf,
    pub defect: Defect,
    /// The families of those faces in lower case, as far as their names could be read.
    lost: BTreeSet<String>,
    stamp: Option<Stamp>,
}

/// What a place has for the wanted families.
#[derive(Default)]
pub(super) struct Found {
    pub faces: Vec<Face>,
    pub broken: Vec<Broken>,
}

/// The head of a face's line.
#[derive(Serialize, Deserialize)]
struct Head {
    /// Every name of its family, in lower case.
    families: Vec<String>,
    path: PathBuf,
    index: u32,
    stamp: Stamp,
}

/// A folder's line.
#[derive(Serialize, Deserialize)]
struct Folder {
    folder: PathBuf,
    stamp: Option<Stamp>,
}

/// What changes when a file or folder does.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq, Clone, Copy)]
pub(super) struct Stamp {
    pub nanos: u64,
    pub size: u64,
}

/// The faces of the families in `wanted` (lower case), in the order of their files, and what is broken that may be one.
pub(super) fn faces(place: &Place, cache: Option<&Path>, wanted: &BTreeSet<String>) -> Found {
    let file = cache.map(|cache| cache.join(file_name(place)));
    if let Some(file) = &file
        && let Some(found) = read(file, place, wanted)
    {
        return found;
    }
    let all = scan(place);
    if let Some(file) = &file {
        // A cache that cannot be written only means that the next run scans again.
        let _ = write(file, place, &all);
    }
    let mut found = Found::default();
    for (path, contents) in all {
        found.broken.extend(broken(&path, &contents).filter(|broken| is_wanted(broken, place, wanted)));
        for face in contents.faces {
            let names = lower(&face.families);
            found.faces.extend(named(&path, face.index, &names, face.info, wanted));
        }
    }
    found
}

/// A face, once under each of its names that is wanted.
fn named(
    path: &Path,
    index: u32,
    names: &[String],
    info: FontInfo,
    wanted: &BTreeSet<String>,
) -> impl Iterator<Item = Face> {
    let names = names.iter().filter(|name| wanted.contains(*name));
    names.map(move |name| {
        let family = if *name == info.family.to_lowercase() { info.family.clone() } else { name.clone() };
        Face { path: path.to_path_buf(), index, info: FontInfo { family, ..info.clone() } }
    })
}

fn lower(names: &[String]) -> Vec<String> {
    let mut lower: Vec<String> = Vec::with_capacity(names.len());
    for name in names.iter().map(|name| name.to_lowercase()) {
        if !lower.contains(&name) {
            lower.push(name);
        }
    }
    lower
}

fn broken(path: &Path, contents: &Contents) -> Option<Broken> {
    let defect = contents.defect?;
    let lost = contents.lost.iter().map(|name| name.to_lowercase()).collect();
    Some(Broken { path: path.to_path_buf(), defect, lost, stamp: stamp(path) })
}

/// Whatever is broken in a folder that the user has named was put there to be used. Of the system's fonts only those
/// matter that would have served.
fn is_wanted(broken: &Broken, place: &Place, wanted: &BTreeSet<String>) -> bool {
    matches!(place, Place::Folder(_)) || !broken.lost.is_disjoint(wanted)
}

/// Every folder that can hold a font of `place`. What the system's configuration adds is known from the index, which is
/// written first where there is none.
pub(super) fn folders_of(place: &Place, cache: Option<&Path>) -> BTreeSet<PathBuf> {
    let mut found = folders(place, std::iter::empty());
    if let (Place::System, Some(cache)) = (place, cache) {
        faces(place, Some(cache), &BTreeSet::new());
        let index = fs::read_to_string(cache.join(file_name(place))).unwrap_or_default();
        let lines = index.lines().filter(|line| !line.contains('\t') && !line.starts_with(BROKEN));
        found.extend(lines.filter_map(|line| Some(serde_json::from_str::<Folder>(line).ok()?.folder)));
    }
    found
}

fn file_name(place: &Place) -> String {
    match place {
        Place::System => "fonts-system.index".to_owned(),
        Place::Folder(folder) => {
            let mut hasher = DefaultHasher::new();
            fs::canonicalize(folder).as_ref().unwrap_or(folder).hash(&mut hasher);
            format!("fonts-{:016x}.index", hasher.finish())
        }
    }
}

/// Every font file of a place in order, with what is in it.
fn scan(place: &Place) -> Vec<(PathBuf, Contents)> {
    let mut files = BTreeSet::new();
    if matches!(place, Place::System) {
        files.extend(typst_kit::fonts::system().map(|(font, _)| font.path));
    }
    let folders = folders(place, files.iter().map(PathBuf::as_path));
    files.extend(folders.iter().flat_map(|folder| fonts_in(folder, place)));
    files
        .into_iter()
        .map(|path| {
            let contents = reading::read(&path);
            (path, contents)
        })
        .collect()
}

/// The files of a folder that are fonts by their names. Of a folder that the user has named also those that no program
/// lays out with, to say so.
fn fonts_in(folder: &Path, place: &Place) -> Vec<PathBuf> {
    const FONTS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];
    const OTHERS: [&str; 7] = ["woff", "woff2", "eot", "pfb", "dfont", "fon", "pcf"];
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_ascii_lowercase();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let named = matches!(place, Place::Folder(_)) && OTHERS.contains(&ending.as_str());
        !hidden && (FONTS.contains(&ending.as_str()) || named) && !path.is_dir()
    };
    entries.filter(is_font).collect()
}

fn read(file: &Path, place: &Place, wanted: &BTreeSet<String>) -> Option<Found> {
    let text = fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(MAGIC) || !text.ends_with("\nend\n") {
        return None;
    }
    let mut found = Found::default();
    for line in lines {
        if let Some(line) = line.strip_prefix(BROKEN) {
            let broken: Broken = serde_json::from_str(line).ok()?;
            if stamp(&broken.path) != broken.stamp {
                return None;
            }
            found.broken.extend(Some(broken).filter(|broken| is_wanted(broken, place, wanted)));
        } else if let Some((head, info)) = line.split_once('\t') {
            let head: Head = serde_json::from_str(head).ok()?;
            if !head.families.iter().any(|name| wanted.contains(name)) {
                continue;
            }
            // A file written over in place leaves its folder's time alone.
            if stamp(&head.path) != Some(head.stamp) || !reading::has_face(&head.path, head.index) {
                return None;
            }
            let info = serde_json::from_str(info).ok()?;
            found.faces.extend(named(&head.path, head.index, &head.families, info, wanted));
        } else if line != "end" {
            let folder: Folder = serde_json::from_str(line).ok()?;
            if stamp(&folder.folder) != folder.stamp {
                return None;
            }
        }
    }
    Some(found)
}

fn write(file: &Path, place: &Place, all: &[(PathBuf, Contents)]) -> Option<()> {
    let folder = file.parent()?;
    fs::create_dir_all(folder).ok()?;
    let mut out = Vec::new();
    writeln!(out, "{MAGIC}").ok()?;
    for folder in folders(place, all.iter().map(|(path, _)| path.as_path())) {
        let line = Folder { stamp: stamp(&folder), folder };
        writeln!(out, "{}", serde_json::to_string(&line).ok()?).ok()?;
    }
    for (path, contents) in all {
        // A path that is not Unicode has no JSON; its font is found by a scan only.
        if let Some(line) = broken(path, contents).and_then(|broken| serde_json::to_string(&broken).ok()) {
            writeln!(out, "{BROKEN}{line}").ok()?;
        }
        let Some(stamp) = stamp(path) else { continue };
        for face in &contents.faces {
            let head = Head { families: lower(&face.families), path: path.clone(), index: face.index, stamp };
            let Ok(head) = serde_json::to_string(&head) else { continue };
            writeln!(out, "{head}\t{}", serde_json::to_string(&face.info).ok()?).ok()?;
        }
    }
    writeln!(out, "end").ok()?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder).ok()?;
    temporary.write_all(&out).ok()?;
    temporary.persist(file).ok()?;
    Some(())
}

/// Every folder whose change can bring or take a font.
fn folders<'f>(place: &Place, files: impl Iterator<Item = &'f Path>) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    match place {
        Place::Folder(folder) => walk(folder, 0, &mut found),
        Place::System => known_roots().iter().for_each(|root| walk(root, 0, &mut found)),
    }
    found.extend(files.filter_map(Path::parent).map(Path::to_path_buf));
    found
}

fn walk(folder: &Path, depth: usize, found: &mut BTreeSet<PathBuf>) {
    if depth > 8 || !found.insert(folder.to_path_buf()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&entry.path(), depth + 1, found);
        }
    }
}

/// Where systems keep fonts; one that is not there is remembered as missing.
fn known_roots() -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = if cfg!(target_os = "windows") {
        // Windows need not lie on the drive C.
        let system = std::env::var_os("SYSTEMROOT").unwrap_or_else(|| "C:\\Windows".into());
        vec![PathBuf::from(system).join("Fonts")]
    } else if cfg!(target_os = "macos") {
        vec!["/Library/Fonts".into(), "/System/Library/Fonts".into()]
    } else {
        vec!["/usr/share/fonts".into(), "/usr/local/share/fonts".into()]
    };
    if let Some(home) = dirs::home_dir() {
        roots.extend([".fonts", ".local/share/fonts", "Library/Fonts"].map(|folder| home.join(folder)));
    }
    // Where Windows puts fonts that a user installs without the administrator.
    let own = [dirs::data_local_dir(), dirs::data_dir()];
    roots.extend(own.into_iter().flatten().map(|data| data.join("Microsoft/Windows/Fonts")));
    roots
}

pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    let nanos = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    // A folder's size tells nothing and differs between file systems.
    let size = if metadata.is_dir() { 0 } else { metadata.len() };
    Some(Stamp { nanos: u64::try_from(nanos).ok()?, size })
}
