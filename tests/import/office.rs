//! Word files and workbooks of the same content, written by the tests.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};
use serde::Deserialize;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell of a form: its text, how many columns and how many rows it takes.
pub type Cell = (&'static str, u16, u32);

/// Paragraphs and the form after them, row by row; a cell from above takes its place in the rows below.
#[derive(Clone, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Content {
    pub text: Vec<&'static str>,
    pub form: Vec<Vec<Cell>>,
}

/// The content of which `tools/office` has other programs write files, too.
pub fn content() -> Content {
    serde_json::from_str(include_str!("lanyuan-form.json")).unwrap()
}

/// Each cell of the form with its row and column.
fn placed(rows: &[Vec<Cell>]) -> Vec<(u32, u16, Cell)> {
    let mut taken: BTreeSet<(u32, u16)> = BTreeSet::new();
    let mut all = Vec::new();
    for (row, cells) in (0..).zip(rows) {
        let mut column = 0;
        for cell in cells {
            while taken.contains(&(row, column)) {
                column += 1;
            }
            for below in 0..cell.2 {
                taken.extend((0..cell.1).map(|right| (row + below, column + right)));
            }
            all.push((row, column, *cell));
            column += cell.1;
        }
    }
    all
}

/// The main part of a Word file with these paragraphs and this form.
pub fn document(Content { text: paragraphs, form: rows }: &Content) -> String {
    let all = placed(rows);
    let mut table = String::new();
    for row in (0..).take(rows.len()) {
        table.push_str("<w:tr>");
        let mut own: Vec<_> =
            all.iter().filter(|(top, _, cell)| (*top..*top + cell.2).contains(&row)).collect();
        own.sort_by_key(|(_, column, _)| *column);
        for (top, _, (text, span, below)) in own {
            let merge = match (*below > 1, *top == row) {
                (false, _) => "",
                (true, true) => "<w:vMerge w:val=\"restart\"/>",
                (true, false) => "<w:vMerge/>",
            };
            let text = if *top == row { *text } else { "" };
            table.push_str(&format!(
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>{}</w:tc>",
                paragraph(text)
            ));
        }
        table.push_str("</w:tr>");
    }
    let text: String = paragraphs.iter().map(|text| paragraph(text)).collect();
    body(&format!("{text}<w:tbl>{table}</w:tbl>"))
}

/// A document with this content.
pub fn body(content: &str) -> String {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{space}\"><w:body>{content}</w:body></w:document>")
}

pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An archive with these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with this main part.
pub fn word(document: &str) -> Vec<u8> {
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)])
}

/// A workbook with the same paragraphs and form, amounts as numbers.
pub fn workbook(Content { text: paragraphs, form: rows }: &Content) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut top = 0;
    for text in paragraphs {
        sheet.write_string(top, 0, *text).unwrap();
        top += 1;
    }
    let plain = Format::new();
    for (row, column, (text, span, below)) in placed(rows) {
        let row = top + row;
        if span > 1 || below > 1 {
            sheet.merge_range(row, column, row + below - 1, column + span - 1, text, &plain).unwrap();
        }
        match text.replace(',', "").trim_end_matches(".00").parse::<u32>() {
            Ok(number) => sheet.write_number_with_format(row, column, number, &plain).unwrap(),
            Err(_) => sheet.write_string_with_format(row, column, text, &plain).unwrap(),
        };
    }
    workbook.save_to_buffer().unwrap()
}

/// The same as text, cells set apart by tabs.
pub fn text(Content { text: paragraphs, form: rows }: &Content) -> String {
    let all = placed(rows);
    let mut lines: Vec<String> = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    for row in (0..).take(rows.len()) {
        let cells: Vec<&str> = (0..8)
            .map(|column| all.iter().find(|own| (own.0, own.1) == (row, column)).map_or("", |own| own.2.0))
            .collect();
        lines.push(cells.join("\t"));
    }
    lines.join("\n")
}

/// An old workbook without sheets: a compound file with the stream of one.
pub fn old_workbook() -> Vec<u8> {
    use std::io::Write;
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream("Workbook").unwrap();
    let begin = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    stream.write_all(&begin).unwrap();
    stream.write_all(&[0x0a, 0, 0, 0]).unwrap();
    stream.write_all(&[0; 8192]).unwrap();
    drop(stream);
    file.into_inner().into_inner()
}
