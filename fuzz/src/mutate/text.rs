//! Damage to the bytes of a file, whatever they mean.

use fastrand::Rng;

use super::words::{MARKS, string};

/// Damages some bytes or lines.
pub fn change(bytes: &mut Vec<u8>, rng: &mut Rng) -> &'static str {
    if bytes.is_empty() {
        bytes.extend(string(rng).into_bytes());
        return "some text in an empty file";
    }
    let at = rng.usize(..bytes.len());
    match rng.u8(..10) {
        0 => {
            let end = (at + rng.usize(1..40)).min(bytes.len());
            bytes.drain(at..end);
            "some bytes deleted"
        }
        1 => {
            let new: Vec<u8> = (0..rng.usize(1..4)).map(|_| rng.u8(..)).collect();
            bytes.splice(at..at, new);
            "some bytes inserted"
        }
        2 | 3 => {
            let mark = MARKS[rng.usize(..MARKS.len())];
            bytes.splice(at..at, mark.bytes());
            "a mark inserted"
        }
        4 => {
            let other = rng.usize(..bytes.len());
            bytes.swap(at, other);
            "two bytes swapped"
        }
        5 => {
            bytes.truncate(at);
            "cut off"
        }
        6 => {
            let text = string(rng);
            bytes.splice(at..at, text.into_bytes());
            "some text inserted"
        }
        _ => lines(bytes, rng),
    }
}

fn lines(bytes: &mut Vec<u8>, rng: &mut Rng) -> &'static str {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
    let said = match rng.u8(..4) {
        0 => {
            lines.remove(one);
            "a line deleted"
        }
        1 => {
            let line = lines[one].clone();
            lines.insert(other, line);
            "a line duplicated"
        }
        2 => {
            lines.swap(one, other);
            "two lines swapped"
        }
        _ => {
            let (from, to) = (one.min(other), one.max(other));
            lines.drain(from..to);
            "some lines deleted"
        }
    };
    *bytes = lines.concat();
    said
}

/// Writes the file in another encoding or with other line ends.
pub fn recode(bytes: &mut Vec<u8>, rng: &mut Rng) -> &'static str {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (new, said) = match rng.u8(..8) {
        0 => ([b"\xef\xbb\xbf", bytes.as_slice()].concat(), "a byte-order mark"),
        1 | 2 => (text.replace('\n', "\r\n").into_bytes(), "CRLF"),
        3 => (text.replace('\n', "\r").into_bytes(), "CR"),
        4 => {
            let mut mixed = Vec::new();
            for line in text.split_inclusive('\n') {
                let end = if rng.bool() { "\r\n" } else { "\n" };
                mixed.extend(line.trim_end_matches('\n').bytes().chain(end.bytes()));
            }
            (mixed, "mixed line ends")
        }
        5 => (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16"),
        6 => {
            let at = rng.usize(..=bytes.len());
            let (before, after) = bytes.split_at(at);
            ([before, b"\0", after].concat(), "a NUL")
        }
        _ => (text.replace(' ', "\u{3000}").into_bytes(), "spaces of full width"),
    };
    *bytes = new;
    said
}
