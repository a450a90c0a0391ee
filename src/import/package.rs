//! Archives: Word files and workbooks. What could grow or run is refused before anything is read of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::claims;
use super::refusal::Refusal;
use crate::lang::say;

/// The most bytes of a part, unpacked. Files of offices have a hundredth of it.
const MOST_BYTES: usize = 100 << 20;
/// The most tags of a part: what is made of them takes more memory than they do.
const MOST_TAGS: usize = 6_000_000;
/// The most parts of an archive.
const MOST_PARTS: usize = 10_000;

/// The most cells that are kept of a file.
pub(super) const MOST_CELLS: usize = 300_000;
/// The most bytes of text that are kept of a file. A text that is stored once may be shown by any number of cells.
const MOST_TEXT: usize = 32 << 20;

/// What may still be kept of a file.
pub(super) struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { cells: MOST_CELLS, text: MOST_TEXT }
    }
}

impl Room {
    /// Takes room for a cell with its text.
    pub fn take(&mut self, text: usize) -> Result<(), Refusal> {
        self.take_text(text)?;
        self.cells = self.cells.checked_sub(1).ok_or_else(too_large)?;
        Ok(())
    }

    /// Takes room for a text.
    pub fn take_text(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.text = self.text.checked_sub(bytes).ok_or_else(too_large)?;
        Ok(())
    }
}

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

/// A file that could run.
pub(super) fn macros() -> Refusal {
    Refusal {
        message: say!("文件含有宏，不读取", "it contains macros and is not read"),
        hint: Some(say!(
            "另存为不含宏的 .docx 或 .xlsx 后再导入",
            "save it as .docx or .xlsx without macros, and import that"
        )),
    }
}

/// The file is not whole, or not what it seems.
pub(super) fn damaged() -> Refusal {
    Refusal {
        message: say!("文件已损坏或不完整", "it is damaged or incomplete"),
        hint: Some(say!(
            "在 WPS 或 Office 中打开后另存一份，再导入",
            "open it in an office program, save a copy, and import that"
        )),
    }
}

/// What would take too much memory.
pub(super) fn too_large() -> Refusal {
    Refusal {
        message: say!(
            "展开后的内容过大，不读取：最多 100 MB、30 万个单元格、32 MB 文字",
            "its unpacked content is too large and is not read: at most 100 MB, 300,000 cells and 32 MB of text"
        ),
        hint: Some(say!(
            "只保留申报所需的表和文字，再导入",
            "keep the tables and texts of the declaration alone"
        )),
    }
}
