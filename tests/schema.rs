//! The JSON Schemas say what the reader of the files says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
#[path = "input/table.rs"]
mod table;

use assert_cmd::Command;
use common::Files;
use jsonschema::Validator;
use serde_json::{Value, json};
use shenbao::form::Templates;
use shenbao::load::{FileKind, Table};
use shenbao::schema::schema;

/// A file as an editor hands it to a schema: dates as text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(value) => json!(value),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect())
        }
    }
}

fn validator(name: &str) -> Validator {
    let kind = if name == "declaration.toml" { FileKind::Declaration } else { FileKind::Project };
    jsonschema::draft7::new(&schema(kind, &Templates::default())).unwrap()
}

/// What a schema has against a file; `None` for one that is not TOML.
fn complaints(files: &Files, name: &str) -> Option<Vec<String>> {
    let text = String::from_utf8(files.bytes(name).to_vec()).ok()?;
    let tree: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    let value = as_json(&toml::Value::Table(tree));
    Some(
        validator(name)
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
    )
}

#[test]
fn good_files_are_valid() {
    let samples = ["data/songjiang-2024", "data/linjiang-2023", "tests/input/good", "tests/rules/base"];
    for sample in samples {
        let files = Files::of(sample);
        for name in files.names() {
            assert_eq!(complaints(&files, &name), Some(Vec::new()), "{sample}/{name}");
        }
    }
}

/// Codes of what a schema has to reject, when the file is TOML.
const SHAPE: [&str; 13] = [
    "SB004", "SB005", "SB006", "SB007", "SB009", "SB012", "SB014", "SB015", "SB101", "SB102", "SB203",
    "SB304", "SB401",
];

/// Changes that reading rejects with one of these codes and no schema can (those that leave all indicators out among them), and why; `docs/editor.md` tells of them.
const BEYOND: &[(&str, &str)] = &[
    ("- nature = \"其他经常性项目\"", "the declaration may print no forms"),
    ("- category = \"其他运转类\"", "the declaration may print no forms"),
    ("amount = { 2024 = \"60万元\" → amount = { total = \"50万元\", 2024 = \"60万元\"", "a sum"),
    ("amount = { 2024 = \"60万元\" → amount = { total = \"130万元\", 2024 = \"60万元\"", "a sum"),
    ("year = 2024 → year = 2024.0", "to JSON the same number"),
    ("year = 2024 → year = 0x7e8", "to JSON the same number"),
    ("quantity = 4 → quantity = 0b11", "to JSON the same number"),
    ("category = \"其他运转类\" → category = 2024-01-01", "a date comes as text"),
];

#[test]
fn malformed_files_are_rejected_as_the_reader_does() {
    let (mut missed, mut wrong, mut seen) = (Vec::new(), Vec::new(), 0);
    for row in table::rows(include_str!("input/malformed.txt")) {
        let files = row.files();
        let path = row.path();
        if !files.names().contains(&path) {
            continue;
        }
        let Some(found) = complaints(&files, &path) else { continue };
        let here: Vec<String> =
            files.check().findings().into_iter().filter(|one| one.contains(&path)).collect();
        seen += 1;
        let has = |codes: &[&str]| {
            here.iter().any(|one| codes.iter().any(|code| one.starts_with(code) && !one.contains('?')))
        };
        let beyond = BEYOND.iter().any(|(change, _)| *change == row.change)
            || here.iter().all(|one| one.starts_with("SB006")) && row.change.starts_with("[[indicator]]");
        if has(&SHAPE) && found.is_empty() && !beyond {
            missed.push(format!("{path} | {} | {here:?}", row.change));
        }
        if here.iter().all(|one| one.contains('?')) && !found.is_empty() {
            wrong.push(format!("{path} | {} | {found:?}", row.change));
        }
    }
    assert!(seen > 250, "{seen}");
    assert!(missed.is_empty(), "the schema lets pass:\n{}", missed.join("\n"));
    assert!(wrong.is_empty(), "the schema rejects what is right:\n{}", wrong.join("\n"));
}

#[test]
fn every_key_is_described_in_both_languages() {
    for table in Table::ALL {
        for field in table.fields() {
            assert!(!field.zh.is_ascii() && field.en.chars().next().unwrap().is_ascii(), "{}", field.key);
        }
    }
}

#[test]
fn the_command_prints_the_schema() {
    for (name, kind) in [("declaration", FileKind::Declaration), ("project", FileKind::Project)] {
        let output = Command::cargo_bin("shenbao").unwrap().args(["schema", name]).output().unwrap();
        assert!(output.status.success());
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed, schema(kind, &Templates::default()));
        assert!(jsonschema::draft7::meta::is_valid(&printed));
    }
}
