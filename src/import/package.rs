//! Archives: Word files and workbooks. What could grow or run is refused before anything is read of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::claims;
use super::refusal::{Refusal, damaged, macros, too_large};
use crate::lang::say;

/// The most bytes of a part, unpacked. Files of offices have a hundredth of it.
const MOST_BYTES: usize = 100 << 20;
/// The most tags of a part: what is made of them takes more memory than they do.
const MOST_TAGS: usize = 6_000_000;
/// The most parts of an archive.
const MOST_PARTS: usize = 10_000;

/// An archive whose parts are within bounds.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    /// Opens an archive, and unpacks each part with markup once, without keeping it.
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_PARTS {
            return Err(too_large());
        }
        let mut package = Package { archive };
        if package.archive.file_names().flatten().any(|name| name.ends_with("vbaProject.bin")) {
            return Err(macros());
        }
        package.examine()?;
        Ok(package)
    }

    /// Whether it has a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part.
    pub fn read(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        if !self.has(name) {
            return Ok(None);
        }
        let part = self.archive.by_name(name).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        part.take(most).read_to_end(&mut bytes).map_err(|_| damaged())?;
        super::text::decode(&bytes).map(Some).ok_or_else(damaged)
    }

    fn examine(&mut self) -> Result<(), Refusal> {
        let mut total = 0;
        for at in 0..self.archive.len() {
            let mut part = self.archive.by_index(at).map_err(|_| damaged())?;
            let name = part.name().map_err(|_| damaged())?.to_ascii_lowercase();
            // Pictures and embedded files are not read; any other name may be that of a sheet.
            let markup = name.ends_with(".xml") || name.ends_with(".rels");
            if !markup && ["/media/", "/embeddings/"].iter().any(|folder| name.contains(folder)) {
                continue;
            }
            let mut buffer = vec![0; 64 << 10];
            let (mut tags, mut first) = (0, true);
            loop {
                let read = part.read(&mut buffer).map_err(|_| damaged())?;
                let Some(own) = buffer.get(..read).filter(|own| !own.is_empty()) else { break };
                total += read;
                tags += own.iter().filter(|byte| **byte == b'<').count();
                if total > MOST_BYTES || tags > MOST_TAGS {
                    return Err(too_large());
                }
                // What is declared stands at the beginning of a part.
                if first && declares(own) {
                    return Err(Refusal {
                        message: say!(
                            "文件声明了外部内容（DTD），不读取",
                            "it declares entities (a DTD) and is not read"
                        ),
                        hint: None,
                    });
                }
                first = false;
            }
            drop(part);
            claims::examine(&name, self.archive.by_index(at).map_err(|_| damaged())?)?;
        }
        Ok(())
    }
}

/// Whether a document type or an entity is declared.
fn declares(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = b"<!DOCTYPE".iter().flat_map(|byte| [*byte, 0]).collect();
    let words: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];
    words.iter().any(|word| bytes.windows(word.len()).any(|own| own == *word))
        || bytes.windows(wide.len()).any(|own| own == wide)
}
