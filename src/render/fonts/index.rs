//! An index of fonts that is kept between runs, so that only the first one reads every font file.
//!
//! A line of the index is a JSON head and, after a tab, what the layout engine wants to know of the face; only the
//! faces of wanted families are read further. Folders are remembered with their times: one that has changed, come or
//! gone makes the index worthless. A damaged index, or one that cannot be written, costs a scan and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use typst::text::FontInfo;

/// The first line of an index: another one is of another release, and is rebuilt.
const MAGIC: &str = concat!("shenbao-fonts 1 ", env!("CARGO_PKG_VERSION"));

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
    pub info: FontInfo,
}

/// The head of a face's line.
#[derive(Serialize, Deserialize)]
struct Head {
    family: String,
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
#[derive(Serialize, Deserialize, PartialEq, Eq, Clone, Copy)]
pub(super) struct Stamp {
    pub nanos: u64,
    pub size: u64,
}

/// The faces of the families in `wanted` (lower case), in the order of their files.
pub(super) fn faces(place: &Place, cache: Option<&Path>, wanted: &BTreeSet<String>) -> Vec<Face> {
    let file = cache.map(|cache| cache.join(file_name(place)));
    if let Some(file) = &file
        && let Some(faces) = read(file, wanted)
    {
        return faces;
    }
    let all = scan(place);
    if let Some(file) = &file {
        // A cache that cannot be written only means that the next run scans again.
        let _ = write(file, place, &all);
    }
    all.into_iter().filter(|face| wanted.contains(&face.info.family.to_lowercase())).collect()
}

/// Every folder that can hold a font of `place`. What the system's configuration adds is known from the index, which is
/// written first where there is none.
pub(super) fn folders_of(place: &Place, cache: Option<&Path>) -> BTreeSet<PathBuf> {
    let mut found = folders(place, &[]);
    if let (Place::System, Some(cache)) = (place, cache) {
        faces(place, Some(cache), &BTreeSet::new());
        let index = fs::read_to_string(cache.join(file_name(place))).unwrap_or_default();
        let lines = index.lines().filter(|line| !line.contains('\t'));
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

fn scan(place: &Place) -> Vec<Face> {
    let mut faces: Vec<Face> = match place {
        Place::System => typst_kit::fonts::system().map(face).collect(),
        Place::Folder(folder) => typst_kit::fonts::scan(folder).map(face).collect(),
    };
    faces.sort_by(|a, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
    faces
}

fn face((path, info): (typst_kit::fonts::FontPath, FontInfo)) -> Face {
    Face { path: path.path, index: path.index, info }
}

fn read(file: &Path, wanted: &BTreeSet<String>) -> Option<Vec<Face>> {
    let text = fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(MAGIC) || !text.ends_with("\nend\n") {
        return None;
    }
    let mut faces = Vec::new();
    for line in lines {
        if let Some((head, info)) = line.split_once('\t') {
            let head: Head = serde_json::from_str(head).ok()?;
            if !wanted.contains(&head.family) {
                continue;
            }
            // A file written over in place leaves its folder's time alone.
            if stamp(&head.path) != Some(head.stamp) {
                return None;
            }
            faces.push(Face { path: head.path, index: head.index, info: serde_json::from_str(info).ok()? });
        } else if line != "end" {
            let folder: Folder = serde_json::from_str(line).ok()?;
            if stamp(&folder.folder) != folder.stamp {
                return None;
            }
        }
    }
    Some(faces)
}

fn write(file: &Path, place: &Place, faces: &[Face]) -> Option<()> {
    let folder = file.parent()?;
    fs::create_dir_all(folder).ok()?;
    let mut out = Vec::new();
    writeln!(out, "{MAGIC}").ok()?;
    for folder in folders(place, faces) {
        let line = Folder { stamp: stamp(&folder), folder };
        writeln!(out, "{}", serde_json::to_string(&line).ok()?).ok()?;
    }
    for face in faces {
        let Some(stamp) = stamp(&face.path) else { continue };
        let head = Head {
            family: face.info.family.to_lowercase(),
            path: face.path.clone(),
            index: face.index,
            stamp,
        };
        // A path that is not Unicode has no JSON; its font is found by a scan only.
        let Ok(head) = serde_json::to_string(&head) else { continue };
        writeln!(out, "{head}\t{}", serde_json::to_string(&face.info).ok()?).ok()?;
    }
    writeln!(out, "end").ok()?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder).ok()?;
    temporary.write_all(&out).ok()?;
    temporary.persist(file).ok()?;
    Some(())
}

/// Every folder whose change can bring or take a font.
fn folders(place: &Place, faces: &[Face]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    match place {
        Place::Folder(folder) => walk(folder, 0, &mut found),
        Place::System => known_roots().iter().for_each(|root| walk(root, 0, &mut found)),
    }
    found.extend(faces.iter().filter_map(|face| face.path.parent()).map(Path::to_path_buf));
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
        vec!["C:\\Windows\\Fonts".into()]
    } else if cfg!(target_os = "macos") {
        vec!["/Library/Fonts".into(), "/System/Library/Fonts".into()]
    } else {
        vec!["/usr/share/fonts".into(), "/usr/local/share/fonts".into()]
    };
    if let Some(home) = dirs::home_dir() {
        roots.extend([".fonts", ".local/share/fonts", "Library/Fonts"].map(|folder| home.join(folder)));
    }
    roots.extend(dirs::data_local_dir().map(|data| data.join("Microsoft/Windows/Fonts")));
    roots
}

pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    let nanos = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    // A folder's size tells nothing and differs between file systems.
    let size = if metadata.is_dir() { 0 } else { metadata.len() };
    Some(Stamp { nanos: u64::try_from(nanos).ok()?, size })
}
