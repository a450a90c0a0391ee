//! Fonts that are compiled in: what `SHENBAO_FONTS` may name, and what is said of anything else.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

// A build script is no part of the crate, so its list of files is tried as a file of this test.
#[path = "../build/files.rs"]
mod list;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use list::files;
use tempfile::TempDir;

/// A folder of files that begin as their names say, and more of another kind.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let begins: [(&str, &[u8]); 6] = [
        ("a.otf", b"OTTO and the rest"),
        ("b.ttc", b"ttcf and the rest"),
        ("c.ttf", b"\0\x01\0\0 and the rest"),
        ("d.ttf", b"true and the rest"),
        ("page.html", b"<!doctype html>"),
        ("short.ttf", b"OT"),
    ];
    for (name, bytes) in begins {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn listed(folder: &Path, names: &[&str]) -> (Vec<PathBuf>, OsString) {
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let value = env::join_paths(&paths).unwrap();
    (paths, value)
}

#[test]
fn files_are_named_as_in_path_and_kept_in_their_order() {
    let folder = folder();
    let (paths, value) = listed(folder.path(), &["d.ttf", "b.ttc", "a.otf", "c.ttf"]);
    assert_eq!(files(Some(&value)).unwrap(), paths);
}

#[test]
fn a_file_that_is_named_twice_is_compiled_in_once() {
    let folder = folder();
    let (paths, value) = listed(folder.path(), &["b.ttc", "a.otf", "b.ttc"]);
    assert_eq!(files(Some(&value)).unwrap(), paths[..2]);
}

#[test]
fn a_relative_name_counts_from_the_folder_of_the_build() {
    let value = OsString::from("Cargo.toml");
    let said = files(Some(&value)).unwrap_err();
    // It is found, and no font.
    assert!(said[0].contains("Cargo.toml is no TrueType or OpenType font"), "{said:?}");
}

#[test]
fn without_a_file_the_build_says_how_to_name_one() {
    for value in [None, Some(OsString::new())] {
        let said = files(value.as_deref()).unwrap_err();
        assert!(said[0].contains("SHENBAO_FONTS 没有列出字体文件 / names no font file"), "{said:?}");
        assert!(
            said[1].contains("SHENBAO_FONTS='") && said[1].contains("NotoSerifCJK-Regular.ttc"),
            "{said:?}"
        );
    }
}

#[test]
fn all_that_is_missing_or_no_font_is_told_at_once() {
    let folder = folder();
    let (paths, value) = listed(folder.path(), &["gone.ttf", "a.otf", "page.html", "short.ttf"]);
    let said = files(Some(&value)).unwrap_err();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said[0].contains(&format!("cannot read {}", paths[0].display())), "{said:?}");
    assert!(said[1].contains(&format!("{} is no TrueType or OpenType font", paths[2].display())), "{said:?}");
    assert!(said[2].contains(&format!("{} is no TrueType or OpenType font", paths[3].display())), "{said:?}");
    assert!(said[3].contains("for example"), "{said:?}");
}
