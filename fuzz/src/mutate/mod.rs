//! Changes to a declaration as people, editors, disks and adversaries make them.
//!
//! One number makes one change: the same generator gives the same result, so a case is repeated by its number. Changes know
//! the structure: half of them go through the TOML tree, which stays a tree, and so reach what lies behind the parser.

mod files;
mod text;
mod tree;
mod words;

use std::collections::BTreeMap;

use fastrand::Rng;

pub use words::MARKS;

/// Files of a folder by their paths within it, with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Changes some of the files, and says how.
pub fn mutate(files: &mut Files, rng: &mut Rng) -> String {
    let count = 1 + [0, 0, 0, 1, 1, 2, 3][rng.usize(..7)];
    let mut said = Vec::new();
    for _ in 0..count {
        said.push(once(files, rng));
    }
    said.join("; ")
}

fn once(files: &mut Files, rng: &mut Rng) -> String {
    let Some(name) = one(files, rng) else { return "nothing is left".to_owned() };
    match rng.u8(..20) {
        0..=11 => {
            let donor = donor(files, rng);
            change(files, &name, |bytes| tree::change(bytes, &donor, rng))
        }
        12..=15 => change(files, &name, |bytes| Some(text::change(bytes, rng))),
        16 => change(files, &name, |bytes| Some(text::recode(bytes, rng))),
        _ => files::change(files, &name, rng),
    }
}

/// The name of one of the files.
fn one(files: &Files, rng: &mut Rng) -> Option<String> {
    // A folder without a declaration is soon told.
    let index = rng.usize(..files.len().max(1));
    files.keys().nth(index).cloned()
}

/// The text of one of the files, whose keys and values may go into another.
fn donor(files: &Files, rng: &mut Rng) -> String {
    let name = one(files, rng);
    name.and_then(|name| String::from_utf8(files.get(&name)?.clone()).ok()).unwrap_or_default()
}

fn change(files: &mut Files, name: &str, with: impl FnOnce(&mut Vec<u8>) -> Option<&'static str>) -> String {
    match files.get_mut(name).and_then(with) {
        Some(said) => format!("{name}: {said}"),
        None => format!("{name}: nothing"),
    }
}

/// Changes the text of one TOML file, as [`mutate`] does with those of a folder.
pub fn mutate_text(bytes: &mut Vec<u8>, rng: &mut Rng) -> &'static str {
    let donor = String::from_utf8_lossy(bytes).into_owned();
    let changed = if rng.u8(..3) > 0 { tree::change(bytes, &donor, rng) } else { None };
    changed.unwrap_or_else(|| text::change(bytes, rng))
}

/// Changes a text of prose, a target or an amount in one place.
pub fn prose(text: &str, rng: &mut Rng) -> String {
    words::edited(text, rng)
}

/// Changes the lines and the texts of a file of any kind.
pub fn mutate_lines(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut new = bytes.to_vec();
    match rng.u8(..6) {
        0 => drop(text::recode(&mut new, rng)),
        1..=3 => drop(text::change(&mut new, rng)),
        _ => new = prose(&String::from_utf8_lossy(&new), rng).into_bytes(),
    }
    new
}
