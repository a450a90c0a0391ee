//! A hash of all that a built file depends on, by which one that would come out the same is told.

use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use shenbao::load::strays;
use shenbao::render::fonts::{FontFolders, stamps};
use siphasher::sip128::{Hasher128, SipHasher13};

use super::one::Options;
use crate::cli::args::FontArgs;
use crate::cli::fonts::folders_for;

/// What all declarations of a run depend on: the program, its options, the fonts that they share.
pub(in crate::cli) struct Surroundings(SipHasher13);

impl Surroundings {
    /// As they are now.
    pub fn of(options: Options<'_>, fonts: &FontArgs) -> Surroundings {
        let mut hasher = SipHasher13::new();
        let program = program();
        put(&mut hasher, format!("{} {program:?}", env!("CARGO_PKG_VERSION")).as_bytes());
        put(&mut hasher, format!("{options:?} {}", fonts.ignore_system_fonts).as_bytes());
        put_fonts(&mut hasher, &folders_for(None, fonts));
        Surroundings(hasher)
    }

    /// Their hash alone.
    pub fn hash(&self) -> u128 {
        self.0.finish128().as_u128()
    }

    /// The hash of a declaration's folder in these surroundings; `None` if a file of it cannot be read.
    pub fn fingerprint(&self, folder: &Path) -> Option<u128> {
        let mut hasher = self.0;
        put_file(&mut hasher, &folder.join("declaration.toml"), "declaration.toml").ok()?;
        let department = folder.join("department.toml");
        if department.symlink_metadata().is_ok() {
            put_file(&mut hasher, &department, "department.toml").ok()?;
        }
        put_tree(&mut hasher, folder, Path::new("projects"), 0).ok()?;
        put_tree(&mut hasher, folder, Path::new("results"), 0).ok()?;
        put_tree(&mut hasher, folder, Path::new("templates"), 0).ok()?;
        for stray in strays(folder) {
            put(&mut hasher, stray.strip_prefix(folder).unwrap_or(&stray).as_os_str().as_encoded_bytes());
        }
        let own = folder.join("fonts");
        if own.is_dir() {
            put_fonts(&mut hasher, &FontFolders { folders: vec![own], ..FontFolders::default() });
        }
        Some(hasher.finish128().as_u128())
    }
}

/// The state of the program's own file; `None` where that is gone, as after an update while it runs.
pub(super) fn program() -> Option<(u64, u64)> {
    state(&std::env::current_exe().ok()?)
}

/// Size of a file, and its time in nanoseconds: what changes when it is written.
pub(super) fn state(file: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(file).ok()?;
    let nanos = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some((metadata.len(), u64::try_from(nanos).ok()?))
}

/// The length goes first, so that no two lists of values run together to the same bytes.
fn put(hasher: &mut SipHasher13, bytes: &[u8]) {
    hasher.write_usize(bytes.len());
    hasher.write(bytes);
}

/// Font files are too large to be read each time; their names, sizes and times tell them apart.
fn put_fonts(hasher: &mut SipHasher13, folders: &FontFolders) {
    for stamp in stamps(folders) {
        put(hasher, stamp.path.as_os_str().as_encoded_bytes());
        hasher.write_u64(stamp.nanos);
        hasher.write_u64(stamp.size);
    }
}

/// Links may make a circle, and no template lies this deep.
const DEEPEST: usize = 16;

fn put_tree(hasher: &mut SipHasher13, root: &Path, within: &Path, depth: usize) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(within)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if depth > DEEPEST {
        return Err(io::Error::other("too deep"));
    }
    let names: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(within.join(entry?.file_name()))).collect();
    let mut names = names?;
    names.sort();
    for name in names {
        let path = root.join(&name);
        let metadata = match fs::metadata(&path) {
            Err(_) if path.is_symlink() => {
                put_broken_link(hasher, &name);
                continue;
            }
            metadata => metadata?,
        };
        if metadata.is_dir() {
            put_tree(hasher, root, &name, depth + 1)?;
        } else if metadata.is_file() {
            put_file(hasher, &path, &name)?;
        }
    }
    Ok(())
}

/// A link that leads to nothing that can be read. Emacs locks a file by a hidden one, `.#1-portal.toml`, which is no part of
/// a declaration.
fn put_broken_link(hasher: &mut SipHasher13, name: &Path) {
    let is_hidden = name.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    if !is_hidden {
        put(hasher, name.as_os_str().as_encoded_bytes());
    }
}

fn put_file(hasher: &mut SipHasher13, path: &Path, name: impl AsRef<Path>) -> io::Result<()> {
    put(hasher, name.as_ref().as_os_str().as_encoded_bytes());
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    // As far as a declaration is read at all; of what is longer, the size says enough.
    file.by_ref().take(64 * 1024 * 1024).read_to_end(&mut bytes)?;
    hasher.write_u64(file.metadata()?.len());
    put(hasher, &bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{OutputFormat, Printed};

    fn surroundings(draft: bool) -> Surroundings {
        let options = Options {
            lang: None,
            format: OutputFormat::Pdf,
            draft,
            public: false,
            printed: Printed::Declaration,
            once: true,
            against: None,
        };
        let fonts = FontArgs { font_path: Vec::new(), ignore_system_fonts: true };
        Surroundings::of(options, &fonts)
    }

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn every_file_that_a_document_depends_on_counts_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let here = surroundings(false);
        let now = || here.fingerprint(folder.path()).unwrap();
        write(folder.path(), "declaration.toml", "a");
        let mut seen = vec![now()];
        for (name, text) in [
            ("declaration.toml", "b"),
            ("projects/1-a.toml", ""),
            ("projects/1-a.toml", "x"),
            ("projects/2-b.toml", "x"),
            ("templates/forms/own/form.toml", "x"),
            ("templates/forms/own/form.typ", "x"),
            ("fonts/own.ttf", "x"),
            ("fonts/own.ttf", "longer"),
            ("3-c.toml", "[[cost]]"),
            ("项目/4-d.toml", "[[cost]]"),
        ] {
            write(folder.path(), name, text);
            assert!(!seen.contains(&now()), "{name} {text}");
            seen.push(now());
        }
        write(folder.path(), "notes.md", "x");
        assert_eq!(seen.last(), Some(&now()));
        assert_ne!(surroundings(true).fingerprint(folder.path()), Some(now()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_leaves_the_other_files_their_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let here = surroundings(false);
        let now = || here.fingerprint(folder.path()).unwrap();
        write(folder.path(), "declaration.toml", "a");
        write(folder.path(), "projects/1-a.toml", "x");
        write(folder.path(), "templates/main.typ", "x");
        let before = now();
        let link = |name: &str, to: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        // The locks of Emacs, and a link that leads to itself.
        link("projects/.#1-a.toml", "user@host.4711:1700000000");
        link("templates/.#main.typ", "user@host.4711:1700000000");
        link("projects/.loop", ".loop");
        assert_eq!(now(), before);
        write(folder.path(), "projects/1-a.toml", "y");
        let edited = now();
        assert_ne!(edited, before);
        // One that is named as a project's file is a mistake, which has to be seen.
        link("projects/2-b.toml", "gone.toml");
        assert_ne!(now(), edited);
    }

    #[test]
    fn what_cannot_be_read_has_no_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(surroundings(false).fingerprint(folder.path()), None);
    }
}
