//! Reports on many declarations, and the tables of them on the terminal.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::book::Book;
use crate::common::Files;
use crate::shenbao;

/// Two good declarations, one with a warning of a rule and one that does not load, below `units`.
fn units() -> TempDir {
    let folder = TempDir::new().unwrap();
    let wages = "projects/2-wages.toml";
    let text = Files::good().text(wages).to_owned();
    let cases = [
        ("a-2024", Files::good()),
        ("b-2024", Files::good()),
        ("broken", Files::good().with(wages, text.replacen("元\"", "\"", 1))),
    ];
    for (name, files) in cases {
        for file in files.names() {
            let path = folder.path().join("units").join(name).join(&file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, files.bytes(&file)).unwrap();
        }
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let output = shenbao(folder, args);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn a_report_has_a_row_a_unit_and_every_finding() {
    let folder = units();
    let args = ["check", "units", "--report", "r.xlsx", "--ui", "zh"];
    let (out, said, status) = run(folder.path(), &args);
    assert_eq!(status, Some(1), "{said}");
    let book = Book::read(&fs::read(folder.path().join("r.xlsx")).unwrap());
    assert_eq!(book.names, ["各单位", "问题清单"]);
    assert!(book.recomputed() >= 5);
    let (units, found) = (book.sheet("各单位"), book.sheet("问题清单"));
    let column = |head: &str| units.row(0).iter().position(|own| own == head).unwrap();
    let rows: Vec<Vec<String>> = (1..=3).map(|row| units.row(row)).collect();
    assert_eq!(
        rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["units/a-2024", "units/b-2024", "units/broken"]
    );
    assert_eq!(rows[2][column("结果")], "有错误");
    assert_eq!(rows[2][column("资金总额（元）")], "", "the amounts of a broken declaration are not known");
    let counted: usize = rows
        .iter()
        .flat_map(|row| &row[column("错误")..=column("提示")])
        .map(|text| text.parse::<usize>().unwrap())
        .sum();
    assert_eq!(found.rows() - 1, counted);
    assert_eq!(out.matches("[SB").count(), counted, "{out}");
    assert!(said.contains("units/broken") && said.contains("合计"), "{said}");
}

#[test]
fn each_declaration_has_its_findings_beside_its_folder() {
    let folder = units();
    for format in ["html", "md", "xlsx"] {
        run(folder.path(), &["check", "units", "--each-report", format, "-q"]);
    }
    let mut names: Vec<String> = fs::read_dir(folder.path().join("units"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".check."))
        .collect();
    names.sort();
    assert_eq!(names.len(), 9, "{names:?}");
    let page = fs::read_to_string(folder.path().join("units/broken.check.html")).unwrap();
    assert!(page.contains("units/broken") && !page.contains("units/a-2024"));
    let text = fs::read_to_string(folder.path().join("units/broken.check.md")).unwrap();
    assert!(text.contains("units/broken") && text.contains("| error | SB102 |"), "{text}");
}

#[test]
fn totals_of_many_are_one_table_with_their_sum() {
    let folder = units();
    fs::remove_dir_all(folder.path().join("units/broken")).unwrap();
    let (out, _, status) = run(folder.path(), &["totals", "units", "--ui", "en"]);
    assert_eq!(status, Some(0));
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].contains("Folder") && lines[0].contains("Total (CNY)"));
    let amounts = |line: &str| -> Vec<String> {
        line.split_whitespace().filter(|word| word.contains('.')).map(|word| word.replace(',', "")).collect()
    };
    let of = |start: &str| lines.iter().find(|line| line.trim_start().starts_with(start)).unwrap();
    let (one, sum) = (amounts(of("units/a-2024")), amounts(of("Sum")));
    assert_eq!(one.len(), 4);
    for (one, sum) in one.iter().zip(&sum) {
        let twice = one.parse::<rust_decimal::Decimal>().unwrap() * rust_decimal::Decimal::TWO;
        assert_eq!(sum.parse::<rust_decimal::Decimal>().unwrap(), twice);
    }
    let (json, _, _) = run(folder.path(), &["totals", "units", "--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap().as_array().unwrap().len(), 2);
}

#[test]
fn a_report_with_another_ending_is_refused_before_anything_is_checked() {
    let folder = units();
    let (out, said, status) = run(folder.path(), &["check", "units", "--report", "r.pdf", "--ui", "en"]);
    assert_eq!((out.as_str(), status), ("", Some(2)));
    assert!(said.contains(".xlsx, .html, .md or .csv"), "{said}");
}

#[test]
fn reports_of_parts_join_to_that_of_the_whole() {
    let folder = units();
    let report = |folders: &[&str], file: &str| {
        let args = [&["check"], folders, &["--report", file, "--ui", "zh", "-q"]].concat();
        run(folder.path(), &args);
        fs::read_to_string(folder.path().join(file)).unwrap()
    };
    let whole = report(&["units"], "all.csv");
    let first = report(&["units/a-2024"], "1.csv");
    let rest = report(&["units/b-2024", "units/broken"], "2.csv");
    let (head, rows) = rest.split_once("\r\n").unwrap();
    assert!(first.starts_with(head) && !rows.contains("合计"), "{rows}");
    assert_eq!(first + rows, whole);
    assert_eq!(whole.lines().count(), 4);
}

#[test]
fn totals_and_findings_of_parts_join_to_those_of_the_whole() {
    let folder = units();
    let list = |args: &[&str]| -> Vec<serde_json::Value> {
        let (out, said, _) = run(folder.path(), args);
        match serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{said}")) {
            serde_json::Value::Array(list) => list,
            // One declaration stands alone.
            one => vec![one],
        }
    };
    let totals = |folders: &[&str]| list(&[&["totals"], folders, &["--format", "json"]].concat());
    let (first, second) = (totals(&["units/a-2024"]), totals(&["units/b-2024"]));
    assert_eq!([first, second].concat(), totals(&["units/a-2024", "units/b-2024"]));
    let found = |folders: &[&str]| list(&[&["check"], folders, &["--message-format", "json", "-q"]].concat());
    let (first, rest) = (found(&["units/a-2024"]), found(&["units/b-2024", "units/broken"]));
    assert!(!first.is_empty() && !rest.is_empty());
    assert_eq!([first, rest].concat(), found(&["units"]));
}
