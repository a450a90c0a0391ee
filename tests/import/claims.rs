//! Files that claim, repeat or spread more than they hold.

use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;

use tempfile::TempDir;

use assert_cmd::cargo::cargo_bin;

use crate::office::{archive, body, paragraph};

const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The most memory of a run, in KB, with that of the program itself.
const MEMORY: usize = 512 << 10;

/// Imports a file within `MEMORY`, and gives what is said on stderr. It is refused.
fn refused(file: &str, bytes: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(file), bytes).unwrap();
    let limited = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    // Each thread and each of its arenas would take address space, as many as the machine has cores.
    command.env("RAYON_NUM_THREADS", "1").env("MALLOC_ARENA_MAX", "1");
    command.current_dir(folder.path()).args(["-c", &limited]).arg(cargo_bin("shenbao"));
    let output =
        command.args(["import", file, "unit", "--ui", "en", "--date", "2024-11-20"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{file}: {said}");
    assert!(!folder.path().join("unit").exists(), "{file}");
    said
}

/// A workbook of these sheets, all of which are the same part, with further parts.
fn workbook(names: &[&str], rows: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let related = |targets: &[(&str, &str)]| {
        let list = targets.iter().enumerate().map(|(at, (kind, target))| {
            format!("<Relationship Id=\"r{at}\" Type=\"{RELATED}/{kind}\" Target=\"{target}\"/>")
        });
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns=\"{space}\">{}</Relationships>", list.collect::<String>())
    };
    let list = names
        .iter()
        .enumerate()
        .map(|(at, name)| format!("<sheet name=\"{name}{at}\" sheetId=\"{}\" r:id=\"r0\"/>", at + 1));
    let book = format!(
        "<workbook xmlns=\"{SHEETS}\" xmlns:r=\"{RELATED}\"><sheets>{}</sheets></workbook>",
        list.collect::<String>()
    );
    let sheet = format!("<worksheet xmlns=\"{SHEETS}\"><sheetData>{rows}</sheetData></worksheet>");
    let main = related(&[("officeDocument", "xl/workbook.xml")]);
    let own = related(&[
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ]);
    let mut all = vec![
        ("_rels/.rels", main.as_str()),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &own),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    all.extend(parts);
    archive(&all)
}

fn cell(row: usize, column: &str, kind: &str) -> String {
    format!("<row r=\"{row}\"><c r=\"{column}{row}\"{kind}><v>0</v></c></row>")
}

fn cells(count: usize, column: &str, kind: &str) -> String {
    (1..=count).map(|row| cell(row, column, kind)).collect()
}

/// An old workbook with so many sheets, all of which are these records.
fn old(sheets: usize, shared: &[u8], records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |(kind, content): &(u16, Vec<u8>)| {
        let length = u16::try_from(content.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), content.as_slice()].concat()
    };
    let begin = |kind: u8| record(&(0x0809, vec![0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let globals = |at: u32| {
        let sheet = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b's']].concat();
        let shared = record(&(0x00fc, [&[1, 0, 0, 0, 1, 0, 0, 0], shared].concat()));
        [begin(5), record(&(0x0085, sheet)).repeat(sheets), shared, record(&(0x000a, Vec::new()))].concat()
    };
    let at = u32::try_from(globals(0).len()).unwrap();
    let own: Vec<u8> = records.iter().flat_map(record).collect();
    let stream = [globals(at), begin(0x10), own, record(&(0x000a, Vec::new())), vec![0; 8192]].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn what_would_take_memory_is_refused_before_it_does() {
    let shared =
        |count: &str, text: &str| format!("<sst xmlns=\"{SHEETS}\"{count}><si><t>{text}</t></si></sst>");
    let styles = |font: &str, formats: usize| {
        let fonts = format!("<fonts><font><name val=\"{font}\"/></font></fonts>");
        let formats = "<xf fontId=\"0\"/>".repeat(formats);
        format!("<styleSheet xmlns=\"{SHEETS}\">{fonts}<cellXfs>{formats}</cellXfs></styleSheet>")
    };
    let text = shared("", &"项目".repeat(100_000));
    let claimed = shared(" uniqueCount=\"99999999999\"", "项目");
    let (long, many) = (styles(&"宋".repeat(100_000), 1), styles("宋体", 200_000));
    let sheets = vec!["s"; 10_000];
    let name = "名".repeat(10_000);
    let long_text = [&[0xff, 0xff, 1][..], &[0x79; 8000]].concat();
    let label = |row: u16| (0x00fd, [&row.to_le_bytes()[..], &[0; 8]].concat());
    let number =
        |row: u16, column: u16| (0x0203, [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat());
    let far: Vec<_> = [number(0, 0), number(65_000, 255)].into();
    let one = |kind: &str| cell(1, "A", kind);
    let cases = [
        (
            "repeated.xlsx",
            workbook(&["s"], &cells(3000, "A", " t=\"s\""), &[("xl/sharedStrings.xml", &text)]),
        ),
        ("claimed.xlsx", workbook(&["s"], &one(""), &[("xl/sharedStrings.xml", &claimed)])),
        ("fonts.xlsx", workbook(&["s"], &one(""), &[("xl/styles.xml", &long)])),
        ("formats.xlsx", workbook(&["s"], &one(""), &[("xl/styles.xml", &many)])),
        ("sheets.xlsx", workbook(&sheets, &one(""), &[])),
        ("name.xlsx", workbook(&[&name], &cells(3000, "A", ""), &[])),
        ("sparse.xlsx", workbook(&["s"], &cells(20_000, "GR", ""), &[])),
        ("far.xls", old(1, &[], &far)),
        ("sheets.xls", old(5000, &[], &[(0x0fff, vec![0; 8000])])),
        ("wide.csv", vec![b','; 2_000_000]),
        (
            "repeated.xls",
            old(
                1,
                &[&[0xa0, 0x0f, 1][..], &long_text[3..]].concat(),
                &(0..4000).map(label).collect::<Vec<_>>(),
            ),
        ),
    ];
    for (file, bytes) in cases {
        let said = refused(file, &bytes);
        assert!(said.contains("too large"), "{file}: {said}");
    }
}

#[test]
fn texts_without_end_are_refused() {
    for (file, bytes) in [
        ("lines.txt", "一、项目概述\n".repeat(400_000)),
        ("pages.txt", "\u{c}项目\n".repeat(200_000)),
        ("cells.txt", "\t".repeat(400_000)),
        ("long.txt", "预算".repeat(2 << 20)),
    ] {
        let said = refused(file, bytes.as_bytes());
        assert!(said.contains("more than 8 MB"), "{file}: {said}");
    }
}

#[test]
fn claims_that_nothing_needs_are_passed_over() {
    let form = |kind: &str| format!("<row r=\"1\"><c r=\"A1\"{kind}</c></row>");
    let formula = form("><f t=\"shared\" si=\"4000000000\" ref=\"A1:A3\">1+1</f><v>2</v>");
    let number = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>";
    let numbered = paragraph("内容").replace("<w:p>", &format!("<w:p>{number}")).repeat(2000);
    let level = format!("<w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"{}%1、\"/></w:lvl>", "项目".repeat(100_000));
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">{level}</w:abstractNum>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"
    );
    let merged = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>".repeat(30_000);
    let document =
        body(&format!("{numbered}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr>{merged}</w:tbl>", paragraph("甲")));
    let cases = [
        ("formula.xlsx", workbook(&["s"], &formula, &[])),
        ("numbers.docx", archive(&[("word/document.xml", &document), ("word/numbering.xml", &numbering)])),
        ("dimensions.xls", old(1, &[], &[(0x0200, vec![0xff; 14])])),
    ];
    for (file, bytes) in cases {
        let said = refused(file, &bytes);
        assert!(said.contains("no project was found"), "{file}: {said}");
    }
}
