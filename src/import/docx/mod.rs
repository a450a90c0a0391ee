//! Word files: paragraphs with their numbers, tables with merged and nested cells, text boxes, tracked changes.

mod numbering;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::block::{At, Block, Cell, Found, Place, Table};
use super::package::Package;
use super::refusal::{Refusal, damaged, too_large};
use super::room::Room;
use numbering::Numbering;

/// The most tables within each other.
const DEEPEST: usize = 16;

/// What a Word file holds.
pub(super) struct Document {
    pub blocks: Vec<Block>,
    /// Texts that tracked changes have deleted; they are left out.
    pub deleted: Vec<Found>,
}

/// Reads the main part of a Word file.
pub(super) fn read(file: &str, package: &mut Package<'_>) -> Result<Document, Refusal> {
    let numbering =
        package.read("word/numbering.xml")?.map(|text| Numbering::read(&text)).unwrap_or_default();
    let text = package.read("word/document.xml")?.ok_or_else(damaged)?;
    let mut own = Builder { numbering, ..Builder::new(file) };
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(tag) => own.start(&tag)?,
            Event::Empty(tag) => {
                own.start(&tag)?;
                own.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => own.end(tag.local_name().as_ref())?,
            Event::Text(text) => own.text(&text.xml10_content()),
            Event::CData(text) => own.text(&text.xml10_content()),
            Event::GeneralRef(name) => own.text(&reference(&name)),
            Event::DocType(_) => return Err(damaged()),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(Document { blocks: own.blocks, deleted: own.deleted })
}

/// `&amp;` and the like; what else is named stays unread.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(ch)) = name.resolve_char_ref() {
        return ch.to_string();
    }
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    known.iter().find(|(own, _)| *own == &**name).map_or_else(String::new, |(_, text)| (*text).to_owned())
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    text: String,
    deleted: String,
    number: Option<(String, usize)>,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    number: usize,
    rows: Vec<Vec<Cell>>,
    /// The last cell that begins in each column, by its row and its place in that.
    lowest: BTreeMap<usize, (usize, usize)>,
    cell: Option<OpenCell>,
    column: usize,
    /// Whether a tracked change has deleted the row.
    gone: bool,
}

#[derive(Default)]
struct OpenCell {
    text: String,
    span: usize,
    continues: bool,
}

struct Builder<'f> {
    file: &'f str,
    numbering: Numbering,
    blocks: Vec<Block>,
    deleted: Vec<Found>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<OpenTable>,
    /// How deep in content that is not read: deletions, fallbacks, instructions of fields.
    removed: usize,
    ignored: usize,
    in_text: usize,
    /// Nested tables and text boxes, put out behind what they stand in.
    waiting: Vec<Block>,
    count: usize,
    table_count: usize,
    room: Room,
}

impl<'f> Builder<'f> {
    fn new(file: &'f str) -> Builder<'f> {
        Builder {
            file,
            numbering: Numbering::default(),
            blocks: Vec::new(),
            deleted: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            removed: 0,
            ignored: 0,
            in_text: 0,
            waiting: Vec::new(),
            count: 0,
            table_count: 0,
            room: Room::default(),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let name = tag.local_name();
        let name = name.as_ref();
        match name {
            "Fallback" | "instrText" | "fldData" => self.ignored += 1,
            "del" | "moveFrom" => {
                self.removed += 1;
                // Within the properties of a row the mark means the row.
                if self.paragraphs.is_empty()
                    && let Some(table) = self.tables.last_mut().filter(|table| table.cell.is_none())
                {
                    table.gone = true;
                }
            }
            _ if self.ignored > 0 => {}
            "p" => {
                self.count += 1;
                self.paragraphs.push(Paragraph::default());
            }
            "t" | "delText" => self.in_text += 1,
            "tab" if !self.in_properties() => self.push(" "),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "numId" => self.numbered(&attribute(tag, "val"), None),
            "ilvl" => self.numbered("", attribute(tag, "val").parse().ok()),
            "tbl" => self.table()?,
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                    table.column = 0;
                    table.gone = false;
                }
            }
            "tc" => {
                self.room.take(0)?;
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(OpenCell { span: 1, ..OpenCell::default() });
                }
            }
            "gridBefore" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column += attribute(tag, "val").parse::<usize>().unwrap_or(0).min(63);
                }
            }
            "gridSpan" => {
                if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
                    cell.span = attribute(tag, "val").parse().unwrap_or(1).clamp(1, 63);
                }
            }
            "vMerge" => {
                if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
                    cell.continues = attribute(tag, "val") != "restart";
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// `<w:tab/>` in the properties of a paragraph is a stop.
    fn in_properties(&self) -> bool {
        self.paragraphs.is_empty()
    }

    fn numbered(&mut self, id: &str, level: Option<usize>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let own = paragraph.number.get_or_insert_with(|| (String::new(), 0));
        if !id.is_empty() {
            id.clone_into(&mut own.0);
        }
        own.1 = level.unwrap_or(own.1);
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "Fallback" | "instrText" | "fldData" => self.ignored = self.ignored.saturating_sub(1),
            "del" | "moveFrom" => self.removed = self.removed.saturating_sub(1),
            _ if self.ignored > 0 => {}
            "t" | "delText" => self.in_text = self.in_text.saturating_sub(1),
            "p" => self.end_paragraph()?,
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_text > 0 && self.ignored == 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if self.removed > 0 { paragraph.deleted.push_str(text) } else { paragraph.text.push_str(text) }
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let place = Place { file: self.file.to_owned(), at: At::Paragraph(self.count) };
        if !paragraph.deleted.trim().is_empty() {
            let text = paragraph.deleted.trim().to_owned();
            self.deleted.push(Found::new(text, place.clone()));
        }
        let text = paragraph.text.trim();
        if !text.is_empty() {
            let number = paragraph.number.as_ref();
            let number = number.map(|(id, level)| self.numbering.next(id, *level)).unwrap_or_default();
            let text = format!("{number}{text}");
            self.room.take_text(text.len())?;
            self.put(&text, &place);
        }
        if self.paragraphs.is_empty() && self.tables.is_empty() {
            self.blocks.append(&mut self.waiting);
        }
        Ok(())
    }

    /// A paragraph goes into its cell; one of a text box, within a paragraph of its own, waits for what it stands in.
    fn put(&mut self, text: &str, place: &Place) {
        let boxed = !self.paragraphs.is_empty();
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()).filter(|_| !boxed) {
            Some(cell) => {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.text.push_str(text);
            }
            None => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let found = lines.map(|line| Block::Paragraph(Found::new(line.to_owned(), place.clone())));
                if boxed || !self.tables.is_empty() {
                    self.waiting.extend(found);
                } else {
                    self.blocks.extend(found);
                }
            }
        }
    }

    fn table(&mut self) -> Result<(), Refusal> {
        if self.tables.len() >= DEEPEST {
            return Err(too_large());
        }
        self.table_count += 1;
        self.tables.push(OpenTable { number: self.table_count, ..OpenTable::default() });
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        let columns = table.column..table.column + cell.span;
        table.column = columns.end;
        let row = table.rows.len();
        if cell.continues {
            // The cell above goes on.
            let lowest = table.lowest.get(&columns.start).copied();
            if let Some(above) = lowest.and_then(|(row, at)| table.rows.get_mut(row)?.get_mut(at)) {
                above.rows += 1;
                if !cell.text.is_empty() {
                    above.text.push('\n');
                    above.text.push_str(&cell.text);
                }
                return;
            }
        }
        let at = At::Table { table: table.number, row, column: columns.start + 1 };
        let place = Place { file: self.file.to_owned(), at };
        if let Some(own) = table.rows.last_mut() {
            own.push(Cell { text: cell.text, en: None, columns, rows: 1, place });
        }
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if !table.gone {
            let cells = table.rows.last().into_iter().flatten().enumerate();
            let row = table.rows.len().saturating_sub(1);
            table.lowest.extend(cells.map(|(at, cell)| (cell.columns.start, (row, at))));
            return;
        }
        let row = table.rows.pop().unwrap_or_default();
        table.gone = false;
        self.deleted.extend(row.iter().filter(|cell| !cell.is_empty()).map(Cell::found));
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let table = Block::Table(Table { rows: table.rows, exact: true });
        if self.tables.is_empty() {
            self.blocks.push(table);
            self.blocks.append(&mut self.waiting);
        } else {
            self.waiting.push(table);
        }
    }
}

/// The value of an attribute by its name without a prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let own = tag.attributes().flatten().find(|own| own.key.local_name().as_ref() == name);
    own.map_or_else(String::new, |own| own.value.into_owned())
}
