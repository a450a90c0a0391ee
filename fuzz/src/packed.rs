//! Archives and compound files from their parts, so that what is mutated is what their readers read.

use std::io::{Cursor, Read, Write};

use fastrand::Rng;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::mutate::{Files, prose};

/// An archive of these parts, uncompressed: its unpacking is for other tests.
pub fn archive(parts: &Files) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        if writer.start_file(name.as_str(), options).is_ok() {
            let _ = writer.write_all(bytes);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The parts of an archive.
pub fn parts(archive: &[u8]) -> Files {
    let mut files = Files::new();
    let Ok(mut zip) = ZipArchive::new(Cursor::new(archive)) else { return files };
    for index in 0..zip.len() {
        let Ok(mut part) = zip.by_index(index) else { continue };
        let mut bytes = Vec::new();
        if let Ok(name) = part.name().map(|name| name.into_owned())
            && part.read_to_end(&mut bytes).is_ok()
        {
            files.insert(name, bytes);
        }
    }
    files
}

/// A compound file with one stream, as old workbooks have it.
pub fn compound(stream: &[u8]) -> Vec<u8> {
    let write = || -> std::io::Result<Vec<u8>> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
        file.create_stream("Workbook")?.write_all(stream)?;
        Ok(file.into_inner().into_inner())
    };
    write().unwrap_or_default()
}

/// Changes one part of an archive by its tags and texts.
pub fn mutate_parts(parts: &mut Files, rng: &mut Rng) {
    let index = rng.usize(..parts.len().max(1));
    let Some(name) = parts.keys().nth(index).cloned() else { return };
    if rng.u8(..40) == 0 {
        parts.remove(&name);
    } else if let Some(bytes) = parts.get_mut(&name) {
        *bytes = mutate_xml(&String::from_utf8_lossy(bytes), rng).into_bytes();
    }
}

/// The tags and texts of XML, in order.
fn pieces(xml: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = xml;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(tag) => tag.find('>').map_or(rest.len(), |at| at + 2),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// The piece after the element that begins with the piece `at`.
fn element_end(pieces: &[&str], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(at) {
        let is_end = piece.starts_with("</");
        let opens = piece.starts_with('<') && !is_end && !piece.ends_with("/>") && !piece.starts_with("<?");
        depth = if is_end { depth.saturating_sub(1) } else { depth + usize::from(opens) };
        if depth == 0 {
            return index + 1;
        }
    }
    pieces.len()
}

fn mutate_xml(xml: &str, rng: &mut Rng) -> String {
    let pieces = pieces(xml);
    if pieces.is_empty() {
        return prose(xml, rng);
    }
    let at = rng.usize(..pieces.len());
    let end = element_end(&pieces, at);
    let mut new: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
    match rng.u8(..8) {
        0 => drop(new.drain(at..end)),
        1 => {
            let copy: Vec<String> = vec![new[at..end].to_vec(); rng.usize(1..4)].concat();
            new.splice(end..end, copy);
        }
        2 => {
            let moved: Vec<String> = new.drain(at..end).collect();
            let to = rng.usize(..=new.len());
            new.splice(to..to, moved);
        }
        3 => drop(new.remove(at)),
        4 => new[at] = digits(&new[at], rng),
        _ => {
            let texts: Vec<usize> = (0..new.len()).filter(|at| !new[*at].starts_with('<')).collect();
            let at = if texts.is_empty() { at } else { texts[rng.usize(..texts.len())] };
            new[at] =
                if new[at].starts_with('<') { digits(&new[at], rng) } else { escaped(&prose(&new[at], rng)) };
        }
    }
    new.concat()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Another number in the place of one of a tag: widths, spans, indices, places of cells.
fn digits(tag: &str, rng: &mut Rng) -> String {
    const NUMBERS: [&str; 10] =
        ["0", "1", "2", "7", "-1", "255", "16384", "65536", "1048577", "99999999999999999999"];
    let starts: Vec<usize> = tag
        .char_indices()
        .filter(|(at, ch)| ch.is_ascii_digit() && !tag[..*at].ends_with(|ch: char| ch.is_ascii_digit()))
        .map(|(at, _)| at)
        .collect();
    if starts.is_empty() {
        return prose(tag, rng);
    }
    let start = starts[rng.usize(..starts.len())];
    let end = tag[start..].find(|ch: char| !ch.is_ascii_digit()).map_or(tag.len(), |at| start + at);
    format!("{}{}{}", &tag[..start], NUMBERS[rng.usize(..NUMBERS.len())], &tag[end..])
}

/// Changes a record of an old workbook's stream: its kind, its length, a number in it, or its place.
pub fn mutate_records(stream: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut records = records(stream);
    if records.is_empty() {
        return stream.to_vec();
    }
    let at = rng.usize(..records.len());
    let other = rng.usize(..records.len());
    match rng.u8(..9) {
        0 => drop(records.remove(at)),
        1 => {
            let record = records[at].clone();
            records.insert(other, record);
        }
        2 => records.swap(at, other),
        3 => {
            let length = records[at].len();
            records[at].truncate(rng.usize(..=length));
        }
        4 => {
            let more = rng.usize(1..64);
            records[at].extend((0..more).map(|_| rng.u8(..)));
        }
        _ => {
            const WORDS: [u16; 8] = [0, 1, 2, 0xff, 0x100, 0x7fff, 0x8000, 0xffff];
            let record = &mut records[at];
            let place = rng.usize(..record.len().max(1)) / 2 * 2;
            let word = if rng.bool() { WORDS[rng.usize(..WORDS.len())] } else { rng.u16(..) };
            if let Some(two) = record.get_mut(place..place + 2) {
                two.copy_from_slice(&word.to_le_bytes());
            }
        }
    }
    records.concat()
}

/// Each record with its head of kind and length.
fn records(stream: &[u8]) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    let mut rest = stream;
    while rest.len() >= 4 {
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        let (record, after) = rest.split_at((4 + length).min(rest.len()));
        records.push(record.to_vec());
        rest = after;
    }
    records
}
