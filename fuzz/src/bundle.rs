//! Several files in one input: each begins with a separator and its name, so that what is mutated as bytes stays files.

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;

use crate::mutate::{Files, mutate, prose};
use crate::packed::mutate_parts;

/// A control character that no file of a declaration has.
const SEPARATOR: u8 = 0x1e;

/// One input of these files.
pub fn pack(files: &Files) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        out.push(SEPARATOR);
        out.extend(name.bytes());
        out.push(b'\n');
        out.extend(bytes);
    }
    out
}

/// The files of an input. Names that lead out of their folder are left out.
pub fn unpack(input: &[u8]) -> Files {
    let parts = input.split(|byte| *byte == SEPARATOR).skip(1);
    let named = parts.filter_map(|part| {
        let end = part.iter().position(|byte| *byte == b'\n')?;
        let name = std::str::from_utf8(&part[..end]).ok().filter(|name| stays(name))?;
        Some((name.to_owned(), part[end + 1..].to_vec()))
    });
    named.collect()
}

fn stays(name: &str) -> bool {
    let sound = |part: &str| !matches!(part, "" | "." | "..") && part.len() < 200;
    name.split('/').all(sound) && !name.contains(['\0', '\\'])
}

/// An input of files with one of them changed by what it means.
pub fn files(input: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut files = unpack(input);
    mutate(&mut files, rng);
    pack(&files)
}

/// An input of the parts of an archive with one of them changed.
pub fn parts(input: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut parts = unpack(input);
    mutate_parts(&mut parts, rng);
    pack(&parts)
}

/// An input of text with its amounts, templates or characters changed.
pub fn words(input: &[u8], rng: &mut Rng) -> Vec<u8> {
    prose(&String::from_utf8_lossy(input), rng).into_bytes()
}

/// Mutates an input by `change`, and one time in eight as bytes.
pub fn structured(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    change: impl FnOnce(&[u8], &mut Rng) -> Vec<u8>,
) -> usize {
    let mut rng = Rng::with_seed(u64::from(seed));
    if rng.u8(..8) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let new = change(&data[..size], &mut rng);
    if new.is_empty() || new.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..new.len()].copy_from_slice(&new);
    new.len()
}
