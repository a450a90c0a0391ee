//! `shenbao rollover`: next year's declaration out of this year's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use similar::{ChangeTag, TextDiff};
use tempfile::TempDir;

const SONGJIANG: &str = "data/songjiang-2024";
const LINJIANG: &str = "data/linjiang-2023";

/// Rolls a declaration over beside itself; gives the folder that holds both, and what was said.
fn rolled(files: &Files, name: &str, arguments: &[&str]) -> (TempDir, Output) {
    let parent = TempDir::new().unwrap();
    let old = files.write();
    fs::rename(old.path(), parent.path().join(name)).unwrap();
    fs::create_dir(old.path()).unwrap();
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(parent.path()).args(["rollover", name, "--ui", "en"]).args(arguments);
    let output = command.output().unwrap();
    (parent, output)
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The lines that differ between two folders, file by file.
fn changes(old: &Path, new: &Path, names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        let [old, new] = [old, new].map(|folder| fs::read_to_string(folder.join(name)).unwrap());
        text.push_str(&format!("━━ {name}\n"));
        for change in TextDiff::from_lines(&old, &new).iter_all_changes() {
            match change.tag() {
                ChangeTag::Delete => text.push_str(&format!("- {change}")),
                ChangeTag::Insert => text.push_str(&format!("+ {change}")),
                ChangeTag::Equal => {}
            }
        }
    }
    text
}

#[test]
fn what_changes_in_the_samples_and_what_is_left_to_people() {
    for (path, old, new) in
        [(SONGJIANG, "songjiang-2024", "songjiang-2025"), (LINJIANG, "linjiang-2023", "linjiang-2024")]
    {
        let files = Files::of(path);
        let (parent, output) = rolled(&files, old, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        let changes = changes(&parent.path().join(old), &parent.path().join(new), &files.names());
        let text = format!("{changes}━━ told\n{}{}", said(&output.stdout), said(&output.stderr));
        insta::with_settings!({ omit_expression => true, snapshot_suffix => new }, { insta::assert_snapshot!("rollover", text) });
    }
}

#[test]
fn the_new_declaration_has_no_error_and_the_same_totals() {
    for (path, old, new) in
        [(SONGJIANG, "songjiang-2024", "songjiang-2025"), (LINJIANG, "linjiang-2023", "linjiang-2024")]
    {
        let (parent, _) = rolled(&Files::of(path), old, &[]);
        let [before, after] = [old, new].map(|name| Checked::of(&parent.path().join(name)));
        let totals = |checked: &Checked| -> Vec<_> {
            checked.ledger().projects.iter().map(|project| project.total.rounded.amount).collect()
        };
        assert_eq!(totals(&before), totals(&after));
        let findings = |checked: &Checked| -> Vec<_> {
            let examined = checked.examined();
            assert!(!examined.findings.has_errors());
            examined.findings.iter().map(|finding| finding.code).collect()
        };
        // What a reviewer would have said of the old one is said of the new one, and no more.
        if path == SONGJIANG {
            assert_eq!(findings(&before), findings(&after));
        } else {
            findings(&after);
        }
    }
}

#[test]
fn amounts_are_cleared_on_request_and_only_then() {
    let (parent, output) = rolled(&Files::of(SONGJIANG), "unit", &["--clear-amounts"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    let cleared = Checked::of(&parent.path().join("unit-2025"));
    assert!(cleared.ledger().projects.iter().all(|project| project.total.rounded.amount.is_zero()));
}

#[test]
fn amounts_by_year_move_with_a_project_that_begins_again() {
    let files = Files::of(SONGJIANG).change(
        "projects/4-contract-staff.toml",
        "amount = \"9600元\"",
        "amount = { 2024 = \"9600元\" }",
    );
    let (parent, _) = rolled(&files, "unit-2024", &["--year", "2026"]);
    let text = fs::read_to_string(parent.path().join("unit-2026/projects/4-contract-staff.toml")).unwrap();
    assert!(text.contains("amount = { 2026 = \"9600元\" }"), "{text}");
    assert!(text.contains("start    = 2026-01-01"), "{text}");
}

#[test]
fn a_project_of_several_years_that_is_over_is_told() {
    let project = "projects/4-contract-staff.toml";
    let files = Files::of(SONGJIANG).change(project, "start    = 2024-01-01", "start    = 2023-01-01");
    let (parent, output) = rolled(&files, "unit-2024", &[]);
    let over = |line: &str| line.contains("4-contract-staff.toml") && line.contains("was over on 2024-12-31");
    assert!(said(&output.stdout).lines().any(over), "{}", said(&output.stdout));
    let text = fs::read_to_string(parent.path().join("unit-2025").join(project)).unwrap();
    assert!(text.contains("start    = 2024-01-01") && text.contains("end      = 2025-12-31"), "{text}");
}

/// What is said of a line of a file that holds `text` in the new declaration.
fn said_of(parent: &TempDir, output: &Output, file: &str, text: &str) -> Vec<String> {
    let path = format!("unit-2025/{file}");
    let written = fs::read_to_string(parent.path().join(&path)).unwrap();
    let line = 1 + written.lines().position(|line| line.contains(text)).expect(text);
    let said = said(&output.stdout);
    let head = format!("{path}:{line}: ");
    said.lines().filter_map(|line| line.strip_prefix(&head)).map(str::to_owned).collect()
}

#[test]
fn amounts_typed_in_texts_are_listed() {
    let project = "projects/4-contract-staff.toml";
    let files = Files::of(SONGJIANG);
    let head = files.text("declaration.toml").replacen(
        "text.zh = '''\n",
        "text.zh = '''\n另有50.5万元的项目。\n",
        1,
    );
    let text = files.text(project).to_owned();
    let goal = "[goal]\noverall.zh = \"支出不超过12,000元。\"\noverall.en = \"At most CNY 12,000.\"\n";
    let (before, after) = text.split_once("[goal]").unwrap();
    let rest = &after[after.find("\n[").unwrap()..];
    let indicator = "\n[[indicator]]\nkind = \"成本指标\"\nname = \"人均成本\"\ntarget = \"≤ 16.55 万元\"\n";
    let files = files
        .with("declaration.toml", head)
        .with(project, format!("{before}{goal}{rest}{}", indicator.replace("成本指标", "经济成本指标")));
    let (parent, output) = rolled(&files, "unit-2024", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    for (file, line, expected) in [
        ("declaration.toml", "另有", "the amount 50.5万元 was kept"),
        (project, "支出不超过", "the amount 12,000元 was kept"),
        (project, "At most", "the amount CNY 12,000 was kept"),
        (project, "16.55", "the amount 16.55 万元 was kept"),
    ] {
        let told = said_of(&parent, &output, file, line);
        assert!(told.iter().any(|told| told == expected), "{line}: {told:?}\n{}", said(&output.stdout));
    }
}

#[test]
fn a_one_off_project_is_listed() {
    let project = "projects/4-contract-staff.toml";
    let text = Files::of(SONGJIANG).text(project).to_owned();
    let nature = text.lines().find(|line| line.starts_with("nature")).unwrap().to_owned();
    for (own, listed) in [("nature = \"一次性项目\"", true), (nature.as_str(), false)] {
        let files = Files::of(SONGJIANG).change(project, &nature, own);
        let (parent, output) = rolled(&files, "unit-2024", &[]);
        let told = said_of(&parent, &output, project, "nature");
        assert_eq!(
            told.iter().any(|told| told.contains("a one-off project: delete this file")),
            listed,
            "{own}"
        );
    }
}

#[test]
fn the_annual_goal_of_a_project_of_several_years_is_listed() {
    let project = "projects/4-contract-staff.toml";
    let expected = "the annual goal is that of 2024: write the new year's";
    for (end, listed) in [("2026-12-31", true), ("2025-06-30", true), ("2024-12-31", false)] {
        let files = Files::of(SONGJIANG);
        let files = files.change(project, "end      = 2024-12-31", &format!("end      = {end}"));
        let (parent, output) = rolled(&files, "unit-2024", &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        let told = said_of(&parent, &output, project, "annual.zh");
        assert_eq!(told.iter().any(|told| told == expected), listed, "{end}: {told:?}");
    }
}

#[test]
fn fonts_and_templates_go_along_and_nothing_is_overwritten() {
    let files = Files::of(SONGJIANG).with("fonts/own.ttf", "font").with("templates/shared/own.typ", "own");
    let (parent, _) = rolled(&files, "unit-2024", &[]);
    for file in ["fonts/own.ttf", "templates/shared/own.typ"] {
        assert!(parent.path().join("unit-2025").join(file).is_file(), "{file}");
    }
    let mut again = Command::cargo_bin("shenbao").unwrap();
    let output =
        again.current_dir(parent.path()).args(["rollover", "unit-2024", "--ui", "en"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("unit-2025 exists already"));
}

#[test]
fn a_declaration_with_errors_is_not_rolled_over() {
    let files = Files::of(SONGJIANG).change("declaration.toml", "year      = 2024", "year      = \"2024\"");
    let (parent, output) = rolled(&files, "unit-2024", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
}

#[test]
fn the_new_year_comes_after_the_old_one() {
    for year in ["2024", "2023", "2100"] {
        let (_, output) = rolled(&Files::of(SONGJIANG), "unit-2024", &["--year", year]);
        assert_eq!(output.status.code(), Some(2), "{year}");
    }
}

#[test]
fn a_project_of_one_stage_or_one_purchase_is_listed() {
    let project = "projects/4-contract-staff.toml";
    let text = Files::of(SONGJIANG).text(project).to_owned();
    let line = |key: &str| text.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    let (nature, name) = (line("nature"), line("name"));
    for (old, new, expected) in [
        (&nature, "nature = \"阶段性项目\"", "a project of one stage that was to end on 2024-12-31"),
        (&name, "name = \"服务器一次性购置\"", "a one-off project: delete this file"),
        (&name, "name = \"一次性用品采购\"", ""),
    ] {
        let (parent, output) = rolled(&Files::of(SONGJIANG).change(project, old, new), "unit-2024", &[]);
        let told = said_of(&parent, &output, project, new);
        let listed = told.iter().any(|told| !expected.is_empty() && told.starts_with(expected));
        assert_eq!(listed, !expected.is_empty(), "{new}: {told:?}");
        assert!(listed || !told.iter().any(|told| told.contains("delete this file")), "{new}: {told:?}");
    }
}

#[test]
fn a_project_that_goes_on_without_money_of_the_new_year_is_listed() {
    let project = "projects/4-contract-staff.toml";
    let files = Files::of(SONGJIANG).change(project, "end      = 2024-12-31", "end      = 2026-12-31");
    let (parent, output) = rolled(&files, "unit-2024", &[]);
    let told = said_of(&parent, &output, project, "9600元").concat() + &said(&output.stdout);
    assert!(told.contains("amounts without a year were those of 2024 and now count for 2025"), "{told}");
    let text = files.text(project);
    let (from, to) = (text.find("\n[[cost]]").unwrap(), text.find("\n[narrative").unwrap());
    let cost = |years: &str| {
        format!("{}\n[[cost]]\nname = \"甲\"\namount = {{ {years} }}\n\n{}", &text[..from], &text[to..])
    };
    for (years, listed) in
        [("2024 = \"3万元\", 2026 = \"4万元\"", true), ("2024 = \"3万元\", 2025 = \"4万元\"", false)]
    {
        let (_, output) = rolled(&files.clone().with(project, cost(years)), "unit-2024", &[]);
        let told = said(&output.stdout);
        assert_eq!(told.contains("2025 has no amount"), listed, "{years}: {told}{}", said(&output.stderr));
    }
}
