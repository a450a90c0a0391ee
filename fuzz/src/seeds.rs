//! What each target begins with, made of the samples and tests of the repository as they are now.

use std::fs;

use shenbao::export::form::{Printed, forms};
use shenbao::export::sheet::Book;
use shenbao::export::workbook::workbook;
use shenbao::lang::Lang;
use shenbao::pipeline::{Whole, prepare};

use crate::bundle::pack;
use crate::mutate::Files;
use crate::packed::parts;
use crate::samples::{files, folders, repository};

#[allow(dead_code)]
#[path = "../../tests/import/office.rs"]
mod office;

/// The names of all targets.
pub const TARGETS: [&str; 15] = [
    "amount",
    "department",
    "diff",
    "filled",
    "fix",
    "fmt",
    "form",
    "import_docx",
    "import_text",
    "import_xls",
    "import_xlsx",
    "load",
    "narrative",
    "results",
    "target",
];

/// The seeds of a target.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "amount" | "target" => texts(|text| text.chars().count() < 60),
        "narrative" => texts(|text| text.contains("{{") && text.contains('\n')),
        "department" => declarations(|name| name == "department.toml"),
        "results" => declarations(|name| name.starts_with("results/")),
        "form" => own_forms(),
        "diff" => pairs(),
        "filled" => wholes()
            .iter()
            .filter_map(|whole| workbook(whole, Lang::Zh).ok())
            .map(|book| pack(&parts(&book)))
            .collect(),
        "import_text" => papers(),
        "import_docx" => {
            [office::content(), without_text()].iter().map(|content| pack(&parts(&word(content)))).collect()
        }
        "import_xlsx" => workbooks().iter().map(|file| pack(&parts(file))).collect(),
        "import_xls" => vec![old_workbook()],
        _ => declarations(|_| true),
    }
}

/// Each sample with one of its projects: that is as much code and a quarter of the time.
fn samples() -> Vec<Files> {
    let all = folders().into_iter().map(|folder| {
        let mut all = files(&folder);
        let first = all.keys().find(|name| name.starts_with("projects/")).cloned().unwrap_or_default();
        let id = first.split_once('-').map_or("", |(_, id)| id).to_owned();
        all.retain(|name, _| {
            !name.starts_with("projects/") && !name.starts_with("results/") || name.ends_with(&id)
        });
        all
    });
    all.collect()
}

fn declarations(wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let own = samples().into_iter().filter(|files| files.keys().any(|name| wanted(name)));
    own.map(|files| pack(&files)).collect()
}

/// A declaration with each of the forms of the program and of the tests as its own.
fn own_forms() -> Vec<Vec<u8>> {
    let folders = ["templates/forms", "tests/forms"].map(repository);
    let read = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let forms = read.filter_map(|entry| fs::read(entry.path().join("form.toml")).ok());
    let unit = files(&repository("tests/forms/unit"));
    let with = |form: Vec<u8>| {
        let mut all = unit.clone();
        all.insert("templates/forms/own/form.toml".to_owned(), form);
        if let Some(head) = all.get_mut("declaration.toml") {
            let text = String::from_utf8_lossy(head).into_owned();
            let own = |line: &str| {
                if line.starts_with("form ") { "form = \"own\"\n".to_owned() } else { format!("{line}\n") }
            };
            *head = text.lines().map(own).collect::<String>().into_bytes();
        }
        pack(&all)
    };
    forms.map(with).collect()
}

/// Each sample beside itself, and beside the next.
fn pairs() -> Vec<Vec<u8>> {
    let all = samples();
    let beside = |old: &Files, new: &Files| {
        let below = |folder: &str, files: &Files| -> Files {
            files.iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.clone())).collect()
        };
        let mut both = below("old", old);
        both.extend(below("new", new));
        pack(&both)
    };
    let next = all.iter().skip(1).chain(all.first());
    all.iter().zip(next).flat_map(|(one, other)| [beside(one, one), beside(one, other)]).collect()
}

/// The texts of the samples that are wanted, each once.
fn texts(wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let mut all: Vec<String> = Vec::new();
    for sample in folders() {
        for bytes in files(&sample).values() {
            if let Ok(table) = String::from_utf8_lossy(bytes).parse::<toml::Table>() {
                of_value(&toml::Value::Table(table), &mut all);
            }
        }
    }
    all.sort();
    all.dedup();
    all.retain(|text| wanted(text));
    all.into_iter().map(String::into_bytes).collect()
}

fn of_value(value: &toml::Value, all: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => all.push(text.clone()),
        toml::Value::Array(items) => items.iter().for_each(|item| of_value(item, all)),
        toml::Value::Table(table) => table.values().for_each(|value| of_value(value, all)),
        _ => {}
    }
}

fn wholes() -> Vec<Whole> {
    folders().iter().filter_map(|folder| prepare(folder).whole).collect()
}

fn papers() -> Vec<Vec<u8>> {
    let published = fs::read(repository("tests/import/lanyuan-2025.txt")).unwrap_or_default();
    let pasted = office::text(&office::content());
    let separated = office::text(&without_text()).replace('\t', ",");
    vec![published, pasted.into_bytes(), separated.into_bytes()]
}

/// The form of the tests alone.
fn without_text() -> office::Content {
    office::Content { text: Vec::new(), ..office::content() }
}

fn word(content: &office::Content) -> Vec<u8> {
    office::word(&office::document(content))
}

/// A workbook as offices write it, and the forms of the samples as the program exports them.
fn workbooks() -> Vec<Vec<u8>> {
    let mut all = vec![office::workbook(&office::content())];
    for whole in wholes() {
        let exported = || {
            let languages = &whole.declaration.languages;
            let mut book = Book::new("", "", whole.declaration.date)?;
            forms(&mut book, Printed { whole: &whole, languages, evaluation: None, public: false })?;
            book.bytes()
        };
        all.extend(exported());
    }
    all
}

/// The stream of an old workbook with one sheet: the form of the tests, with numbers, texts and merged cells.
fn old_workbook() -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
        [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
    };
    let text = |text: &str| -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let count = u16::try_from(units.len()).unwrap_or(u16::MAX);
        count
            .to_le_bytes()
            .into_iter()
            .chain([1])
            .chain(units.into_iter().flat_map(u16::to_le_bytes))
            .collect()
    };
    let begin = |kind: u8| [0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let form = office::content().form;
    let cells: Vec<(u16, u16, &str)> = (0_u16..)
        .zip(&form)
        .flat_map(|(row, cells)| (0_u16..).zip(cells).map(move |(column, cell)| (row, column, cell.0)))
        .collect();
    let count = u32::try_from(cells.len()).unwrap_or(0).to_le_bytes();
    let mut strings = [count, count].concat();
    cells.iter().for_each(|(.., own)| strings.extend(text(own)));
    let mut sheet = record(0x0809, &begin(0x10));
    sheet.extend(record(0x0200, &[0, 0, 0, 0, 40, 0, 0, 0, 0, 0, 9, 0, 0, 0]));
    for (index, (row, column, own)) in (0_u32..).zip(&cells) {
        let at = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        match own.replace(',', "").parse::<f64>() {
            Ok(number) => sheet.extend(record(0x0203, &[at, number.to_le_bytes().to_vec()].concat())),
            Err(_) => sheet.extend(record(0x00fd, &[at, index.to_le_bytes().to_vec()].concat())),
        }
    }
    // One merged area, a small number of the packed kind, and a formula with its result.
    sheet.extend(record(0x00e5, &[1, 0, 0, 0, 1, 0, 0, 0, 3, 0]));
    sheet.extend(record(0x027e, &[30, 0, 0, 0, 0, 0, 0x03, 0x00, 0x59, 0x40]));
    let result = 134.5_f64.to_le_bytes();
    sheet.extend(record(0x0006, &[&[31, 0, 0, 0, 0, 0], &result[..], &[0; 6], &[3, 0, 0x1e, 1, 0]].concat()));
    sheet.extend(record(0x000a, &[]));
    let name = text("表");
    let head = |at: u32| {
        let bound = [&at.to_le_bytes()[..], &[0, 0, 1], &name[2..]].concat();
        let globals = [record(0x0809, &begin(5)), record(0x0042, &[0xb0, 4]), record(0x0085, &bound)];
        [globals.concat(), record(0x00fc, &strings), record(0x000a, &[])].concat()
    };
    let at = u32::try_from(head(0).len()).unwrap_or(0);
    [head(at), sheet].concat()
}
