//! What the program exports, it reads again: forms cell by cell, and the lists of projects, costs, funding and indicators.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use tempfile::TempDir;

use crate::common::{Checked, repository};

/// The sheet of costs that stands beside the forms: its formulas show products that no form has.
const COSTS: &str = "费用明细";

fn samples() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository("data")).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = entries.filter(|path| path.join("declaration.toml").is_file()).collect();
    all.sort();
    assert!(all.len() > 5);
    all
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("shenbao")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .args(["--ui", "en"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() || output.status.code() == Some(1), "{arguments:?}: {said}{errors}");
    said + &errors
}

/// The cells of each sheet by their places.
fn cells(path: &Path) -> BTreeMap<String, BTreeMap<(usize, usize), String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = workbook.sheet_names();
    let sheets = names.into_iter().filter(|name| name != COSTS).map(|name| {
        let range = workbook.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let filled = range.used_cells().filter(|(.., value)| !matches!(value, Data::Empty));
        let of_place = |(row, column, value): (usize, usize, &Data)| {
            ((row + top as usize, column + left as usize), value.to_string())
        };
        (name, filled.map(of_place).collect())
    });
    sheets.collect()
}

#[test]
fn forms_come_back_cell_by_cell_in_both_languages() {
    for sample in samples() {
        let folder = TempDir::new().unwrap();
        let path = sample.to_str().unwrap();
        let year = &path[path.len() - 4..];
        run(folder.path(), &["export", path, "--table", "forms", "--out", "a.xlsx"]);
        let said = run(folder.path(), &["import", "a.xlsx", "unit", "--year", year, "--date", "2025-11-14"]);
        assert!(!said.contains("not placed"), "{path}: {said}");
        run(folder.path(), &["export", "unit", "--table", "forms", "--out", "b.xlsx"]);
        let [before, after] = ["a.xlsx", "b.xlsx"].map(|name| cells(&folder.path().join(name)));
        assert!(before.values().map(BTreeMap::len).sum::<usize>() > 50, "{path}");
        assert_eq!(before, after, "{path}");
    }
}

#[test]
fn lists_of_many_projects_give_their_amounts_and_indicators() {
    for sample in samples() {
        let folder = TempDir::new().unwrap();
        let path = sample.to_str().unwrap();
        let year = &path[path.len() - 4..];
        let own = Checked::of(&sample);
        let form = &own.profile.as_ref().unwrap().id;
        run(folder.path(), &["export", path, "--out", "a.xlsx"]);
        let arguments = ["import", "a.xlsx", "unit", "--form", form, "--year", year, "--date", "2025-11-14"];
        let said = run(folder.path(), &arguments);
        assert!(!said.contains("not placed"), "{path}: {said}");
        // Goals stand in no list; all else has to be there.
        let unit = folder.path().join("unit");
        let goals = fs::read_dir(unit.join("projects")).unwrap().map(|entry| entry.unwrap().path());
        for file in goals {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("[goal]"));
            fs::write(&file, format!("{text}\n[goal]\noverall = \"完成全年任务。\"\n")).unwrap();
        }
        let read = Checked::of(&unit);
        let sums = |checked: &Checked| {
            let projects = checked.ledger().projects.iter();
            projects
                .map(|own| (own.total.exact.amount, own.annual.amount, own.costs.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(sums(&own), sums(&read), "{path}: {said}");
        let indicators = |checked: &Checked| {
            let projects = checked.declaration().projects.iter();
            projects.map(|own| own.indicators.len()).collect::<Vec<_>>()
        };
        assert_eq!(indicators(&own), indicators(&read), "{path}");
    }
}
