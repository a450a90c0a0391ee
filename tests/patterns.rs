//! Patterns that the shell leaves to the program, as on Windows and between quotes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::Files;
use tempfile::TempDir;

/// A folder with one declaration below it for each name.
fn folders(names: &[&str]) -> TempDir {
    let above = TempDir::new().unwrap();
    for name in names {
        fs::rename(Files::good().write().keep(), above.path().join(name)).unwrap();
    }
    above
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder).args(arguments).args(["--ui", "en"]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn totals_expands_a_pattern() {
    let above = folders(&["松江-2025", "临江-2025"]);
    for pattern in ["松*", "松?-2025", "[松]*", "*松江*"] {
        let by_pattern = run(above.path(), &["totals", pattern]);
        assert!(by_pattern.status.success(), "{pattern}: {}", said(&by_pattern));
        assert_eq!(by_pattern.stdout, run(above.path(), &["totals", "松江-2025"]).stdout);
    }
}

#[test]
fn rollover_and_add_expand_a_pattern() {
    let above = folders(&["松江-2025"]);
    let rolled = run(above.path(), &["rollover", "松*", "--out", "next"]);
    assert!(above.path().join("next/declaration.toml").exists(), "{}", said(&rolled));
    let added = ["add", "--folder", "松*", "project", "new-one", "--name", "新项目"];
    let added = run(above.path(), &added);
    assert!(added.status.success(), "{}", said(&added));
    let projects = fs::read_dir(above.path().join("松江-2025/projects")).unwrap();
    let mut names = projects.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.any(|name| name.ends_with("-new-one.toml")));
}

#[test]
fn diff_takes_the_folders_that_a_pattern_matches() {
    let above = folders(&["松江-2025", "松江-2026"]);
    let file = above.path().join("松江-2026/declaration.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replacen("year = 2024", "year = 2025", 1)).unwrap();
    let named = run(above.path(), &["diff", "松江-2025", "松江-2026"]);
    for patterns in [&["diff", "松江-202?"][..], &["diff", "*5", "*6"]] {
        let by_pattern = run(above.path(), patterns);
        assert_eq!(by_pattern.stdout, named.stdout, "{patterns:?}: {}", said(&by_pattern));
    }
}

#[test]
fn a_pattern_of_several_folders_is_refused_where_one_is_meant() {
    let above = folders(&["松江-2025", "松江-2026"]);
    let output = run(above.path(), &["rollover", "松*"]);
    assert!(!output.status.success());
    let said = said(&output);
    assert!(said.contains("松江-2025") && said.contains("松江-2026"), "{said}");
}

#[test]
fn totals_takes_all_folders_that_a_pattern_matches() {
    let above = folders(&["松江-2025", "松江-2026", "临江-2025"]);
    let output = run(above.path(), &["totals", "松*"]);
    assert!(output.status.success(), "{}", said(&output));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("松江-2025") && table.contains("松江-2026") && !table.contains("临江"), "{table}");
}

#[test]
fn a_pattern_that_matches_nothing_is_named() {
    let above = folders(&["松江-2025"]);
    for command in ["totals", "rollover"] {
        let output = run(above.path(), &[command, "青*"]);
        assert!(!output.status.success());
        assert!(said(&output).contains("`青*`"), "{}", said(&output));
    }
}

#[test]
fn a_folder_whose_name_looks_like_a_pattern_is_itself() {
    let above = folders(&["松江[1]", "松江1"]);
    let output = run(above.path(), &["totals", "松江[1]", "--format", "json"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn fmt_takes_the_files_that_a_pattern_matches_and_no_others() {
    let above = folders(&["松江-2025"]);
    let folder = above.path().join("松江-2025");
    let projects = folder.join("projects");
    let first = fs::read_dir(&projects).unwrap().next().unwrap().unwrap().path();
    let (first, other) = (first.clone(), folder.join("declaration.toml"));
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    for file in [&first, &other] {
        fs::write(file, format!("\n\n{}", text(file))).unwrap();
    }
    let (own, untouched) = (text(&first), text(&other));
    let output = run(above.path(), &["fmt", "松*/projects/*.toml"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_ne!(text(&first), own);
    assert_eq!(text(&other), untouched);
}

#[test]
fn import_takes_the_files_that_a_pattern_matches() {
    let above = TempDir::new().unwrap();
    fs::write(above.path().join("1.txt"), "甲").unwrap();
    fs::write(above.path().join("2.txt"), "乙").unwrap();
    fs::create_dir(above.path().join("3.txt")).unwrap();
    let named = run(above.path(), &["import", "1.txt", "2.txt", "new", "--dry-run"]);
    let by_pattern = run(above.path(), &["import", "?.txt", "new", "--dry-run"]);
    assert_eq!(said(&by_pattern), said(&named));
    let nothing = run(above.path(), &["import", "*.docx", "new"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(said(&nothing).contains("`*.docx`"), "{}", said(&nothing));
}

#[test]
fn a_pattern_finds_nothing_hidden() {
    let above = folders(&["松江-2025", ".old"]);
    let all = run(above.path(), &["totals", "*"]);
    assert_eq!(all.stdout, run(above.path(), &["totals", "松江-2025"]).stdout, "{}", said(&all));
}
