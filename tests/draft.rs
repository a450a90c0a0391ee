//! `shenbao build` refuses what the rules find wrong, and marks what it has not checked.
#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::Files;
use lopdf::Document;

/// The clean declaration without an indicator of satisfaction, which the form needs.
fn wrong() -> Files {
    Files::of("tests/rules/base").change("projects/1-reading.toml", "服务对象满意度指标", "社会效益指标")
}

fn build(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    let arguments = [&["build", "--ui", "en", "--out", "built.pdf"], arguments].concat();
    command.current_dir(folder).args(arguments).output().unwrap()
}

/// How many artifacts each page of a file has: what is printed, but is no part of what a screen reader reads.
fn artifacts(path: &Path) -> Vec<usize> {
    let document = Document::load(path).unwrap();
    let contents = document.get_pages().into_values().map(|page| document.get_page_content(page));
    contents.map(|content| String::from_utf8_lossy(&content).matches("/Artifact").count()).collect()
}

#[test]
fn an_error_of_a_rule_keeps_the_last_good_file() {
    let folder = wrong().write();
    let file = folder.path().join("built.pdf");
    fs::write(&file, "the last good one").unwrap();
    let output = build(folder.path(), &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("error[SB410]") && told.contains("--no-check"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), b"the last good one");
}

#[test]
fn an_accepted_error_does_not_stop_a_build() {
    let files = wrong();
    let accept = "[[accept]]\ncode = \"SB410\"\nwhere = \"reading\"\nreason = \"agreed\"\n";
    let text = format!("{}\n{accept}", files.text("declaration.toml"));
    let folder = files.with("declaration.toml", text).write();
    let output = build(folder.path(), &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(!told.contains("SB410"), "{told}");
}

#[test]
fn a_draft_is_built_in_spite_of_errors_and_says_so() {
    let folder = wrong().write();
    let output = build(folder.path(), &["--no-check"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("marked as a draft"));
}

#[test]
fn a_draft_has_a_mark_on_each_page_that_is_no_part_of_its_text() {
    let folder = Files::of("tests/rules/base").write();
    let file = folder.path().join("built.pdf");
    assert_eq!(build(folder.path(), &[]).status.code(), Some(0));
    let checked = artifacts(&file);
    assert_eq!(build(folder.path(), &["--no-check"]).status.code(), Some(0));
    let draft = artifacts(&file);
    assert_eq!(draft, checked.iter().map(|count| count + 1).collect::<Vec<_>>());
}
