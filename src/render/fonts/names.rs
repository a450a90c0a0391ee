//! Names of a font in the encodings that Chinese fonts have them in. The layout engine knows Unicode and the Roman
//! letters of old Macs; older fonts of Chinese makers have their Chinese names in GBK alone.

use encoding_rs::GB18030;
use ttf_parser::name::{Name, Table};
use ttf_parser::{PlatformId, RawFace, Tag, name_id};

/// Of platform 3: PRC.
const WINDOWS_PRC: u16 = 3;
/// Of platform 1.
const MAC_ROMAN: u16 = 0;
/// Of platform 1.
const MAC_SIMPLIFIED_CHINESE: u16 = 25;

const NAME: Tag = Tag::from_bytes(b"name");

/// Every name of a face's family, in the order of the file, each once.
pub(super) fn families(raw: &RawFace<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let names = raw.table(NAME).and_then(Table::parse).map(|table| table.names).unwrap_or_default();
    for name in
        names.into_iter().filter(|name| name.name_id == name_id::FAMILY).filter_map(|name| decoded(&name))
    {
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn decoded(name: &Name<'_>) -> Option<String> {
    let text = match (name.platform_id, name.encoding_id) {
        (PlatformId::Windows, WINDOWS_PRC) | (PlatformId::Macintosh, MAC_SIMPLIFIED_CHINESE) => {
            gbk(name.name)
        }
        // Makers have put Chinese there as well.
        (PlatformId::Macintosh, MAC_ROMAN) => gbk(name.name),
        _ => name.to_string(),
    };
    text.map(|text| text.trim().to_owned())
}

/// GBK, in which some fonts fill letters up to two bytes with a zero.
fn gbk(bytes: &[u8]) -> Option<String> {
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    GB18030.decode_without_bom_handling_and_without_replacement(&bytes).map(|text| text.into_owned())
}

/// A copy of a font file in which a face has this name in Unicode, and no other.
pub(super) fn renamed(data: &[u8], index: u32, family: &str) -> Option<Vec<u8>> {
    let raw = RawFace::parse(data, index).ok()?;
    let record = raw.table_records.into_iter().position(|record| record.tag == NAME)?;
    let directory = match data.starts_with(b"ttcf") {
        true => {
            usize::try_from(u32::from_be_bytes(part(data, 12 + 4 * usize::try_from(index).ok()?)?)).ok()?
        }
        false => 0,
    };
    let record = directory + 12 + 16 * record;
    let table = table(family)?;
    let mut copy = data.to_vec();
    copy.resize(copy.len().next_multiple_of(4), 0);
    let offset = u32::try_from(copy.len()).ok()?.to_be_bytes();
    let length = u32::try_from(table.len()).ok()?.to_be_bytes();
    copy.get_mut(record + 8..record + 12)?.copy_from_slice(&offset);
    copy.get_mut(record + 12..record + 16)?.copy_from_slice(&length);
    copy.extend(table);
    Some(copy)
}

fn part(data: &[u8], at: usize) -> Option<[u8; 4]> {
    data.get(at..at + 4)?.try_into().ok()
}

/// A table of names: the family's, and the one that a PDF calls the font by.
fn table(family: &str) -> Option<Vec<u8>> {
    const LENGTH_OF_HEAD: u16 = 6;
    const LENGTH_OF_RECORD: u16 = 12;
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let plain: String = family.chars().filter(|ch| ch.is_ascii_alphanumeric()).collect();
    let postscript = if plain.is_empty() { "Renamed" } else { &plain };
    let names = [(name_id::FAMILY, wide(family)), (name_id::POST_SCRIPT_NAME, wide(postscript))];
    let count = u16::try_from(names.len()).ok()?;
    let mut table: Vec<u8> = Vec::new();
    for word in [0, count, LENGTH_OF_HEAD + count * LENGTH_OF_RECORD] {
        table.extend(u16::to_be_bytes(word));
    }
    let mut offset: u16 = 0;
    for (id, text) in &names {
        let length = u16::try_from(text.len()).ok()?;
        // Windows, Unicode, English.
        for word in [3, 1, 0x409, *id, length, offset] {
            table.extend(u16::to_be_bytes(word));
        }
        offset += length;
    }
    table.extend(names.into_iter().flat_map(|(_, text)| text));
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_gbk_is_read_with_letters_of_one_byte_or_two() {
        let plain = b"\xb7\xc2\xcb\xce_GB2312";
        let filled = b"\xb7\xc2\xcb\xce\0_\0G\0B\x002\x003\x001\x002";
        for bytes in [plain.as_slice(), filled] {
            assert_eq!(gbk(bytes).as_deref(), Some("仿宋_GB2312"));
        }
        assert_eq!(gbk(b"\xff\xff"), None);
    }
}
