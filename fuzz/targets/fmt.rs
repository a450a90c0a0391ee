//! A formatted file has the values and comments that it had, and is formatted; so is a folder.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use shenbao::fmt::{format_folder, usual_sections};
use shenbao::load::FileKind;
use shenbao_fuzz::bundle::{files, unpack};
use shenbao_fuzz::place::Place;
use shenbao_fuzz::target;
use shenbao_fuzz::written::formatted;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);
static SECTIONS: LazyLock<Vec<String>> = LazyLock::new(usual_sections);

target!(files, hold);

fn hold(input: &[u8]) {
    let mut files = unpack(input);
    for (name, bytes) in &files {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            formatted(Path::new(name), text, FileKind::guess(text), &SECTIONS);
        }
    }
    let folder = PLACE.hold(&files);
    let done = format_folder(folder, |_| true);
    for file in done.files {
        let name =
            file.path.strip_prefix(folder).expect("a file of the folder").to_string_lossy().into_owned();
        files.insert(name, file.after.into_bytes());
    }
    let again = format_folder(PLACE.hold(&files), |_| true);
    assert!(again.files.is_empty(), "a second time changes {:?}", again.files);
}
