//! The records of an old workbook (\[MS-XLS\] 2.1.4 and 2.4). Its reader takes memory for what they claim, however small the
//! file is, so that they are gone through before it sees them.

use std::io::{Cursor, Read, Write};
use std::ops::Range;

use super::refusal::{Refusal, damaged, protected, too_large};
use super::room::Room;

/// The most cells of the rectangles that the sheets of an old workbook span.
const MOST_SPANNED: u64 = 4_000_000;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;
const FILE_PASS: u16 = 0x002f;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const NAME: u16 = 0x0018;
const SHARED_STRINGS: u16 = 0x00fc;
const LABEL_SHARED: u16 = 0x00fd;
const SEVERAL_NUMBERS: u16 = 0x00bd;
/// Number, label, label with runs, truth or error, number of the packed kind.
const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e];
const TEXT_OF_FORMULA: u16 = 0x0207;
/// No record has the kind that both bytes of this make.
const NOTHING: u8 = 0xff;
/// Where the expression of a formula begins in its record.
const EXPRESSION: usize = 20;

/// A compound file with the workbook's stream alone, which claims no size and has no expressions of formulas and no names.
pub(super) fn bounded(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut stream = stream(bytes)?;
    if is_protected(&stream) {
        return Err(protected());
    }
    let mut starts = Vec::new();
    strip(&mut stream, Walk::globals(), &mut starts);
    // Sheets have records of their own; a part that is no sheet may point to the beginning.
    let mut left = 2 * stream.len();
    for start in starts.clone() {
        let passed = strip(&mut stream, Walk::sheet(start), &mut Vec::new());
        left = left.checked_sub(passed).ok_or_else(too_large)?;
    }
    // Records that overlap may be others after the change.
    examine(&stream, &starts)?;
    let packed = || -> std::io::Result<Vec<u8>> {
        let inner = Cursor::new(Vec::new());
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, inner)?;
        file.create_stream("Workbook")?.write_all(&stream)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    packed().map_err(|_| damaged())
}

fn stream(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name)).ok_or_else(damaged)?;
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut stream = Vec::new();
    let part = file.open_stream(name).map_err(|_| damaged())?;
    part.take(most).read_to_end(&mut stream).map_err(|_| damaged())?;
    Ok(stream)
}

/// A pass over the records of the workbook's own part or of a sheet.
#[derive(Clone, Copy)]
struct Walk {
    at: usize,
    /// How deep in charts and the like, whose records are skipped; none in the workbook's own part.
    depth: Option<usize>,
    begun: bool,
}

impl Walk {
    fn globals() -> Walk {
        Walk { at: 0, depth: None, begun: false }
    }

    fn sheet(start: usize) -> Walk {
        Walk { at: start, depth: Some(0), begun: false }
    }

    /// The next record that counts, by its kind and where its content stands.
    fn next(&mut self, stream: &[u8]) -> Option<(u16, Range<usize>)> {
        loop {
            let kind = number(stream, self.at)?;
            let length = number(stream, self.at + 2)?;
            let content = self.at + 4..self.at + 4 + usize::from(length);
            stream.get(content.clone())?;
            self.at = content.end;
            let Some(depth) = &mut self.depth else {
                return (kind != EOF).then_some((kind, content));
            };
            match kind {
                BOF if self.begun => *depth += 1,
                BOF => self.begun = true,
                EOF if *depth == 0 => return None,
                EOF => *depth -= 1,
                _ if *depth == 0 => return Some((kind, content)),
                _ => {}
            }
        }
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let own = bytes.get(at..at + 4)?;
    usize::try_from(u32::from_le_bytes(own.try_into().ok()?)).ok()
}

/// Whether the records behind the first are enciphered.
fn is_protected(stream: &[u8]) -> bool {
    let mut walk = Walk::globals();
    std::iter::from_fn(|| walk.next(stream)).any(|(kind, _)| kind == FILE_PASS)
}

/// Takes out what is not read, and notes where sheets begin. Gives the bytes that it went through, and some for each part.
fn strip(stream: &mut [u8], mut walk: Walk, starts: &mut Vec<usize>) -> usize {
    let begin = walk.at;
    while let Some((kind, content)) = walk.next(stream) {
        match kind {
            DIMENSIONS => fill(stream, content, 0),
            FORMULA => fill(stream, (content.start + EXPRESSION).min(content.end)..content.end, 0),
            NAME => fill(stream, content.start - 4..content.start - 2, NOTHING),
            BOUND_SHEET => starts.extend(long(stream, content.start)),
            _ => {}
        }
    }
    walk.at - begin + 8
}

fn fill(stream: &mut [u8], range: Range<usize>, byte: u8) {
    if let Some(own) = stream.get_mut(range) {
        own.fill(byte);
    }
}

/// Whether what the sheets hold is within bounds.
fn examine(stream: &[u8], starts: &[usize]) -> Result<(), Refusal> {
    let (texts, found) = globals(stream)?;
    if found != starts {
        return Err(damaged());
    }
    let mut spanned = 0_u64;
    let mut room = Room::default();
    for start in starts {
        let mut walk = Walk::sheet(*start);
        let mut area = Area::default();
        while let Some((kind, content)) = walk.next(stream) {
            let record = stream.get(content).unwrap_or(&[]);
            match kind {
                DIMENSIONS | FORMULA if claims(kind, record) => return Err(damaged()),
                LABEL_SHARED => {
                    let text = long(record, 6).and_then(|index| texts.get(index)).copied();
                    room.take(text.unwrap_or(0))?;
                    area.add(record, 1);
                }
                SEVERAL_NUMBERS => {
                    let count = record.len() / 6;
                    (0..count).try_for_each(|_| room.take(0))?;
                    area.add(record, count);
                }
                TEXT_OF_FORMULA => room.take(record.len() * 3)?,
                _ if kind == FORMULA || CELLS.contains(&kind) => {
                    room.take(record.len() * 3)?;
                    area.add(record, 1);
                }
                _ => {}
            }
        }
        spanned += area.cells();
        if spanned > MOST_SPANNED {
            return Err(too_large());
        }
    }
    Ok(())
}

fn claims(kind: u16, record: &[u8]) -> bool {
    let from = if kind == FORMULA { EXPRESSION } else { 0 };
    record.get(from..).is_some_and(|claimed| claimed.iter().any(|byte| *byte != 0))
}

/// The bytes of each shared text, and where the sheets begin.
fn globals(stream: &[u8]) -> Result<(Vec<usize>, Vec<usize>), Refusal> {
    let (mut texts, mut starts) = (Vec::new(), Vec::new());
    let mut walk = Walk::globals();
    let mut shared: Vec<&[u8]> = Vec::new();
    while let Some((kind, content)) = walk.next(stream) {
        let record = stream.get(content.clone()).unwrap_or(&[]);
        match kind {
            // A second table takes the place of the first.
            SHARED_STRINGS => {
                texts.clear();
                shared = vec![record.get(8..).unwrap_or(&[])];
            }
            CONTINUE if !shared.is_empty() => shared.push(record),
            _ => {
                texts.extend(lengths(&std::mem::take(&mut shared)));
            }
        }
        match kind {
            BOUND_SHEET => starts.extend(long(stream, content.start)),
            NAME => return Err(damaged()),
            _ => {}
        }
    }
    texts.extend(lengths(&shared));
    Ok((texts, starts))
}

/// The rectangle that cells span.
#[derive(Default)]
struct Area(Option<[u64; 4]>);

impl Area {
    /// Adds cells side by side, the first by its record.
    fn add(&mut self, record: &[u8], count: usize) {
        let (Some(row), Some(column)) = (number(record, 0), number(record, 2)) else { return };
        let (row, first) = (u64::from(row), u64::from(column));
        let last = first + u64::try_from(count.saturating_sub(1)).unwrap_or(0);
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, first, last]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

/// The bytes that each shared text takes at most, from the record and those that continue it (\[MS-XLS\] 2.5.293).
fn lengths(parts: &[&[u8]]) -> Vec<usize> {
    let Some((first, rest)) = parts.split_first() else { return Vec::new() };
    let mut shared = Shared { here: first, rest: rest.iter() };
    let mut all = Vec::new();
    while !shared.here.is_empty() || shared.go_on().is_some() {
        let Some(length) = shared.text() else { break };
        all.push(length);
    }
    all
}

struct Shared<'s> {
    here: &'s [u8],
    rest: std::slice::Iter<'s, &'s [u8]>,
}

impl Shared<'_> {
    fn go_on(&mut self) -> Option<()> {
        self.here = self.rest.next()?;
        Some(())
    }

    fn text(&mut self) -> Option<usize> {
        if self.here.is_empty() {
            return Some(0);
        }
        let mut left = usize::from(number(self.here, 0)?);
        let flags = *self.here.get(2)?;
        self.here = self.here.get(3..)?;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * usize::from(number(self.here, 0)?);
            self.here = self.here.get(2..)?;
        }
        if flags & 4 != 0 {
            behind += long(self.here, 0)?;
            self.here = self.here.get(4..)?;
        }
        let mut wide = flags & 1 != 0;
        let mut bytes = 0;
        loop {
            let count = left.min(self.here.len() / if wide { 2 } else { 1 });
            bytes += 3 * count;
            self.here = self.here.get(if wide { 2 * count } else { count }..)?;
            left -= count;
            if left == 0 {
                break;
            }
            self.go_on()?;
            wide = self.here.first()? & 1 != 0;
            self.here = self.here.get(1..)?;
        }
        while behind > self.here.len() {
            behind -= self.here.len();
            self.go_on()?;
        }
        self.here = self.here.get(behind..)?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
    }

    #[test]
    fn shared_texts_are_measured_over_records() {
        let narrow = [3, 0, 0, b'a', b'b', b'c'];
        let wide_in_two = [4, 0, 1, 0x19, 0x4e, 0x19, 0x4e];
        let goes_on = [0, b'c', b'd'];
        let with_runs = [1, 0, 8, 1, 0, b'x', 0, 0, 0, 0];
        let first = [&narrow[..], &with_runs, &wide_in_two].concat();
        assert_eq!(lengths(&[&first, &goes_on]), [9, 3, 12]);
        assert_eq!(lengths(&[]), Vec::<usize>::new());
        // A text that goes on in no record.
        assert_eq!(lengths(&[&[9, 0, 0, b'a']]), Vec::<usize>::new());
    }

    #[test]
    fn a_password_is_told_by_its_record() {
        let globals = |inner: Vec<u8>| [record(BOF, &[0; 4]), inner, record(EOF, &[])].concat();
        assert!(is_protected(&globals(record(FILE_PASS, &[1, 0, 1, 0]))));
        assert!(!is_protected(&globals(record(BOUND_SHEET, &[0; 8]))));
    }

    #[test]
    fn a_second_table_of_texts_takes_the_place_of_the_first() {
        let table = |text: &[u8]| record(SHARED_STRINGS, &[&[1, 0, 0, 0, 1, 0, 0, 0], text].concat());
        let stream =
            [table(&[1, 0, 0, b'a']), table(&[3, 0, 0, b'a', b'b', b'c']), record(EOF, &[])].concat();
        assert_eq!(globals(&stream).map(|(texts, _)| texts), Ok(vec![9]));
    }

    #[test]
    fn what_is_not_read_is_taken_out() {
        let dimensions = record(DIMENSIONS, &[0xff; 14]);
        let formula = record(FORMULA, &[1; 30]);
        let globals = |at: u32| {
            let sheet = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b's']].concat();
            [record(BOF, &[0; 4]), record(NAME, &[1; 9]), record(BOUND_SHEET, &sheet), record(EOF, &[])]
                .concat()
        };
        let at = globals(0).len();
        let mut stream = globals(u32::try_from(at).unwrap());
        stream.extend([record(BOF, &[0; 4]), dimensions, formula, record(EOF, &[])].concat());
        let mut starts = Vec::new();
        assert!(examine(&stream, &[at]).is_err());
        strip(&mut stream, Walk::globals(), &mut starts);
        strip(&mut stream, Walk::sheet(at), &mut Vec::new());
        assert_eq!(starts, [at]);
        assert!(examine(&stream, &starts).is_ok());
    }
}
