//! Parts of a workbook for which its reader takes memory by what they claim, and not by their size.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::refusal::{Refusal, damaged, too_large};

/// The most different texts. Cells are fewer.
const MOST_TEXTS: u64 = 1_000_000;
/// The most formats of cells and of styles: the limit of office programs is 65,490 each, which some workbooks reach. Each
/// keeps a copy of its font, fill and borders.
const MOST_FORMATS: usize = 131_072;
/// The longest tag of a format; the names of fonts have 31 characters, formats of numbers 255.
const LONGEST_TAG: usize = 2048;

/// Whether a part of an archive, by its name in lower case, claims too much.
pub(super) fn examine(name: &str, part: impl Read) -> Result<(), Refusal> {
    match name.rsplit('/').next().unwrap_or(name) {
        "sharedstrings.xml" => each_tag(part, |tag, _| {
            let count = tag.attributes().flatten().find(|own| own.key.local_name().as_ref() == "uniqueCount");
            count.and_then(|own| own.value.parse::<u64>().ok()).is_none_or(|count| count <= MOST_TEXTS)
        }),
        "styles.xml" => each_tag(part, |tag, formats| {
            let tag_name = tag.local_name();
            *formats += usize::from(tag_name.as_ref() == "xf");
            // The first tag names the spaces of all others.
            let first = matches!(tag_name.as_ref(), "styleSheet" | "styles");
            *formats <= MOST_FORMATS && (first || tag.len() <= LONGEST_TAG)
        }),
        _ => Ok(()),
    }
}

/// Whether each tag of a part is fine; what judges it may count.
fn each_tag(part: impl Read, is_fine: impl Fn(&BytesStart<'_>, &mut usize) -> bool) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut seen) = (Vec::new(), 0);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(tag) | Event::Empty(tag) if !is_fine(&tag, &mut seen) => return Err(too_large()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
