//! The workbook to fill in: out and in again, as it is and with an officer's changes.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use proptest::prelude::*;
use shenbao::export::workbook::workbook;
use shenbao::filled::{Taken, take};
use shenbao::lang::Lang;
use shenbao::pipeline::prepare;
use zip::write::SimpleFileOptions;

use crate::common::{Files, repository};
use crate::{export, made, samples, shenbao, whole};

fn said(cell: &Data) -> String {
    cell.to_string()
}

/// A workbook as another program saves it, with these cells changed: sheet, column by its id, row by what it says in a
/// column, and the new text; an empty one clears the cell.
fn saved(bytes: &[u8], changes: &[(&str, (&str, &str), &str, &str)]) -> Vec<u8> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut new = rust_xlsxwriter::Workbook::new();
    let mut done = 0;
    for name in book.sheet_names().clone() {
        let range = book.worksheet_range(&name).unwrap();
        let sheet = new.add_worksheet();
        sheet.set_name(&name).unwrap();
        let (Some((top, left)), Some((bottom, right))) = (range.start(), range.end()) else { continue };
        let at = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
        let said_in = |row: u32, column: u32| at(row, column).to_string();
        let column_of = |id: &str| (left..=right).find(|column| said(&at(0, *column)) == id);
        for row in top..=bottom {
            for column in left..=right {
                let mut value = at(row, column);
                for (part, (by, wanted), id, text) in changes {
                    let here = *part == name
                        && column_of(id) == Some(column)
                        && column_of(by).is_some_and(|by| said_in(row, by) == *wanted);
                    // Of rows that say the same, the first: an empty one is filled in.
                    let first =
                        || (2..row).all(|row| column_of(by).is_none_or(|by| said_in(row, by) != *wanted));
                    if here && row >= 2 && first() {
                        value = text.parse().map_or_else(|_| Data::String((*text).to_owned()), Data::Float);
                        done += 1;
                    }
                }
                match value {
                    Data::Empty => {}
                    Data::Float(number) => drop(sheet.write_number(row, column as u16, number).unwrap()),
                    other => drop(sheet.write_string(row, column as u16, other.to_string()).unwrap()),
                }
            }
        }
    }
    assert_eq!(done, changes.len());
    new.save_to_buffer().unwrap()
}

fn exported(folder: &Path) -> Vec<u8> {
    workbook(&whole(folder), Lang::Zh).unwrap()
}

/// The lines that a change takes out and puts in, file by file.
fn lines(taken: &Taken) -> (Vec<String>, Vec<String>) {
    let patch: String = taken.files.iter().map(shenbao::fix::patch).collect();
    let of = |sign: char| {
        let own = patch
            .lines()
            .filter(|line| line.starts_with(sign) && !line.starts_with(&format!("{sign}{sign}{sign}")));
        own.map(|line| line[1..].to_owned()).collect()
    };
    (of('-'), of('+'))
}

#[track_caller]
fn taken(folder: &Path, changes: &[(&str, (&str, &str), &str, &str)]) -> Taken {
    let taken = take(&saved(&exported(folder), changes), folder).unwrap();
    assert!(!taken.findings.has_errors(), "{:?}", taken.findings);
    taken
}

#[test]
fn out_and_in_again_changes_nothing() {
    for sample in samples() {
        for bytes in [exported(&sample), saved(&exported(&sample), &[])] {
            let taken = take(&bytes, &sample).unwrap();
            assert!(taken.files.is_empty() && taken.notes.is_empty(), "{}: {taken:?}", sample.display());
        }
    }
}

#[test]
fn an_edited_amount_comes_back_as_one_line() {
    let sample = repository("data/songjiang-2024");
    let taken =
        taken(&sample, &[("费用", ("name", "web应用系统iGuardV5防篡改软件（运维）"), "amount", "20000")]);
    assert_eq!(
        lines(&taken),
        (vec!["amount = \"1.61万元\"".to_owned()], vec!["amount = \"2万元\"".to_owned()])
    );
}

#[test]
fn an_added_cost_and_a_removed_indicator_leave_the_rest() {
    let sample = repository("data/songjiang-2024");
    let changes = [
        ("费用", ("name", ""), "project", "operations"),
        ("费用", ("name", ""), "subproject", "optical-fiber"),
        ("费用", ("name", ""), "name", "专线改造费"),
        ("费用", ("name", ""), "quantity", "2"),
        ("费用", ("name", ""), "price", "15000"),
        ("指标", ("name", "网络可扩展性"), "name", ""),
        ("指标", ("name", "网络可扩展性"), "name_en", ""),
    ];
    let taken = taken(&sample, &changes);
    assert!(taken.notes.is_empty(), "{:?}", taken.notes);
    let (out, new) = lines(&taken);
    let added = ["[[subproject.cost]]", "name = \"专线改造费\"", "quantity = 2", "price = \"1.5万元\""];
    assert_eq!(new, added);
    assert!(out.contains(&"[[indicator]]".to_owned()) && out.len() <= 6, "{out:?}");
    let file = &taken.files[0];
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
    assert_eq!(comments(&file.before), comments(&file.after));
    // The cost stands behind the others of its sub-project.
    let at = |text: &str| file.after.find(text).unwrap();
    assert!(at("standby-link") < at("专线改造费") && at("专线改造费") < at("optical-fiber-other"));
}

#[test]
fn texts_dates_and_numbers_come_back_in_their_place() {
    let files = Files::good();
    let folder = files.write();
    let changes = [
        ("目标", ("project", "network"), "overall", "保障网络畅通，全年不中断。"),
        ("项目", ("project", "network"), "end", "2026/6/30"),
        ("指标", ("name", "线路巡检次数"), "weight", "25"),
        ("指标", ("name", "线路巡检次数"), "note", "新的备注"),
        ("费用", ("name", "监管服务费"), "percent", "12.5"),
    ];
    let taken = taken(folder.path(), &changes);
    assert!(taken.notes.is_empty(), "{:?}", taken.notes);
    let (out, new) = lines(&taken);
    assert_eq!(out.len(), 4, "{out:?}");
    assert_eq!(
        new,
        [
            "end = 2026-06-30",
            "percent = 12.5",
            "overall = { zh = \"保障网络畅通，全年不中断。\", en = \"Keep the network up.\" }",
            "weight = 25",
            "note = \"新的备注\""
        ]
    );
}

#[test]
fn line_ends_of_windows_stay() {
    let files = Files::good();
    let files = files.names().into_iter().fold(files.clone(), |all, name| {
        let text = files.text(&name).replace('\n', "\r\n");
        all.with(&name, text)
    });
    let folder = files.write();
    let same = take(&exported(folder.path()), folder.path()).unwrap();
    assert!(same.files.is_empty() && same.notes.is_empty(), "{same:?}");
    let changes = [
        ("正文", ("heading", "项目概述"), "text", "本项目由几个子项目组成。\n预算合计{{total}}。"),
        ("指标", ("name", "线路巡检次数"), "source", "巡检日志"),
        ("指标", ("name", "线路巡检次数"), "scoring", "每少一次扣五分"),
    ];
    let taken = taken(folder.path(), &changes);
    assert!(taken.notes.is_empty(), "{:?}", taken.notes);
    let after = &taken.files[0].after;
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    let (out, new) = lines(&taken);
    assert_eq!((out.len(), new.len()), (2, 3), "{out:?} {new:?}");
}

#[test]
fn what_cannot_be_taken_is_told_with_its_cell() {
    let sample = repository("data/songjiang-2024");
    let changes = [
        ("费用", ("name", "web应用系统iGuardV5防篡改软件（运维）"), "amount", "两万"),
        ("费用", ("name", ""), "name", "没有项目的费用"),
    ];
    let taken = taken(&sample, &changes);
    assert!(taken.files.is_empty());
    let cells: Vec<&str> = taken.notes.iter().map(|note| note.cell.split('!').next().unwrap()).collect();
    assert_eq!(cells, ["费用", "费用"]);
    assert!(taken.notes.iter().any(|note| note.words.zh.contains("“两万”不是金额")));
    assert!(take(b"PK no workbook", &sample).is_err());
    let lists = tempfile::TempDir::new().unwrap();
    export(lists.path(), &[sample.to_str().unwrap(), "--table", "costs", "--out", "a.xlsx"]);
    let words = take(&fs::read(lists.path().join("a.xlsx")).unwrap(), &sample).unwrap_err();
    assert!(words.zh.contains("--workbook"), "{words:?}");
}

#[test]
fn what_the_file_says_otherwise_by_now_is_left() {
    let files = Files::of("data/linjiang-2023");
    let folder = files.write();
    let name = files.names().into_iter().find(|name| name.contains("2-venue")).unwrap();
    let book = exported(folder.path());
    let path = folder.path().join(&name);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"21.4万元\"", "\"22万元\"", 1)).unwrap();
    let range = {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book.clone())).unwrap();
        book.worksheet_range("费用").unwrap()
    };
    let row = range.rows().find(|row| row.iter().any(|cell| said(cell) == "214000")).unwrap();
    let cost = row[4].to_string();
    let book = saved(&book, &[("费用", ("name", &cost), "amount", "300000")]);
    let taken = take(&book, folder.path()).unwrap();
    assert!(taken.files.is_empty(), "{:?}", taken.files);
    assert_eq!(taken.notes.len(), 1, "{:?}", taken.notes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the files look like: nothing changes as it is, and a changed amount changes that alone.
    #[test]
    fn a_random_declaration_comes_back_as_it_was(files in made::declaration(), place in 0_usize..50) {
        let folder = files.0.write();
        let before = prepare(folder.path());
        let Some(own) = before.whole.filter(|_| !before.findings.has_errors()) else { return Ok(()) };
        let book = workbook(&own, Lang::Zh).unwrap();
        let same = take(&book, folder.path()).unwrap();
        prop_assert!(same.files.is_empty() && same.notes.is_empty(), "{same:?}");
        let edited = edited_amount(&book, place);
        let taken = take(&edited, folder.path()).unwrap();
        for file in &taken.files {
            let hashes = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
            prop_assert_eq!(hashes(&file.before), hashes(&file.after));
            fs::write(&file.path, &file.after).unwrap();
        }
        let (out, new) = lines(&taken);
        prop_assert!(out.len() <= 1 && new.len() <= 1, "{out:?} {new:?}");
        // What came back says what the workbook says.
        let again = take(&edited, folder.path()).unwrap();
        prop_assert!(again.files.is_empty() && again.notes.is_empty(), "{again:?}");
    }
}

/// The workbook with one amount that may be filled in made another; as it is where there is none.
fn edited_amount(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let base = book.worksheet_range("_base").unwrap();
    let amounts: Vec<String> = base
        .rows()
        .filter(|row| said(&row[0]) == "costs" && said(&row[2]) == "amount")
        .filter(|row| row.get(3).is_some_and(|said| said.to_string().parse::<f64>().is_ok()))
        .map(|row| row[1].to_string())
        .collect();
    if amounts.is_empty() {
        return bytes.to_vec();
    }
    let key = &amounts[place % amounts.len()];
    let range = book.worksheet_range("费用").unwrap();
    let row = range.rows().position(|row| row[0].to_string() == *key).unwrap();
    let ids: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = ids.iter().position(|id| id == "amount").unwrap();
    let mut new = rust_xlsxwriter::Workbook::new();
    for name in book.sheet_names().clone() {
        let own = book.worksheet_range(&name).unwrap();
        let sheet = new.add_worksheet();
        sheet.set_name(&name).unwrap();
        let (top, left) = own.start().unwrap_or_default();
        for (at, place, value) in own.used_cells() {
            let (at, place) = (at + top as usize, place + left as usize);
            let changed = name == "费用" && (at, place) == (row + range.start().unwrap().0 as usize, column);
            let (at, place) = (at as u32, place as u16);
            match value {
                _ if changed => drop(sheet.write_number(at, place, 4321).unwrap()),
                Data::Float(number) => drop(sheet.write_number(at, place, *number).unwrap()),
                other => drop(sheet.write_string(at, place, other.to_string()).unwrap()),
            }
        }
    }
    new.save_to_buffer().unwrap()
}

#[test]
fn the_command_shows_the_changes_and_writes_them() {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    let name = "web应用系统iGuardV5防篡改软件（运维）";
    let book = saved(&exported(folder.path()), &[("费用", ("name", name), "amount", "20000")]);
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("book.xlsx"), book).unwrap();
    let unit = folder.path().to_str().unwrap();
    let changed = folder.path().join("projects/3-operations.toml");
    let before = fs::read_to_string(&changed).unwrap();
    let import = |more: &[&str]| shenbao(out.path(), &[&["import", "book.xlsx", unit], more].concat());
    let said = |output: &std::process::Output| {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    };
    let tried = import(&["--dry-run"]);
    assert!(said(&tried).contains("-amount = \"1.61万元\"\n+amount = \"2万元\""), "{}", said(&tried));
    assert_eq!(fs::read_to_string(&changed).unwrap(), before);
    let taken = import(&[]);
    assert!(
        taken.status.success() && said(&taken).contains("files changed: 1, places: 1"),
        "{}",
        said(&taken)
    );
    assert_eq!(fs::read_to_string(&changed).unwrap(), before.replace("1.61万元", "2万元"));
    assert!(said(&import(&[])).contains("the workbook has no changes to take"));
}

#[test]
fn the_amount_of_this_year_is_one_of_several() {
    let sample = repository("data/linjiang-2023");
    let scanned = ("name", "文献扫描和图像处理");
    let by_years = taken(&sample, &[("费用", scanned, "annual", "1200000")]);
    let [old, new] = ["118.5万元", "120万元"].map(|year| {
        format!("amount = {{ 2022 = \"42万元\", 2023 = \"{year}\", 2024 = \"126万元\", 2025 = \"64万元\" }}")
    });
    assert_eq!(lines(&by_years), (vec![old.clone()], vec![new]));
    // The same with a total, of which only this year is known.
    let whole = "amount = { total = \"350.5万元\", 2023 = \"118.5万元\" }";
    let project = "projects/1-local-collections.toml";
    let folder = Files::of("data/linjiang-2023").change(project, &old, whole).write();
    let both = [("费用", scanned, "annual", "1200000"), ("费用", scanned, "amount", "3600000")];
    let changed = lines(&taken(folder.path(), &both));
    assert_eq!(changed.1, ["amount = { total = \"360万元\", 2023 = \"120万元\" }"]);
    let cleared = taken(folder.path(), &[("费用", scanned, "annual", ""), ("费用", scanned, "amount", "")]);
    assert!(cleared.files.is_empty());
    assert_eq!(cleared.notes.len(), 2);
    assert!(
        cleared.notes.iter().all(|note| note.words.en.contains("cannot be cleared")),
        "{:?}",
        cleared.notes
    );
}

#[test]
fn a_sum_of_years_that_was_changed_is_told() {
    let sample = repository("data/anping-2026");
    let taken =
        take(&saved(&exported(&sample), &[("费用", ("name", "渠道清淤"), "amount", "2680000")]), &sample);
    let taken = taken.unwrap();
    assert!(taken.files.is_empty(), "{taken:?}");
    let cells: Vec<&str> = taken.notes.iter().map(|note| note.cell.as_str()).collect();
    assert_eq!(cells, ["费用!L3"]);
}

#[test]
fn a_workbook_that_unpacks_to_more_than_a_workbook_holds_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut good = zip::ZipArchive::new(Cursor::new(exported(&repository("data/songjiang-2024")))).unwrap();
    let mut bad = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..good.len() {
        bad.raw_copy_file(good.by_index_raw(index).unwrap()).unwrap();
    }
    bad.start_file("xl/media/blank.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..101 {
        bad.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bytes = bad.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20 && !shenbao::filled::is_one(&bytes));
    fs::write(folder.path().join("filled.xlsx"), bytes).unwrap();

    let sample = repository("data/songjiang-2024");
    let output = shenbao(folder.path(), &["import", "filled.xlsx", sample.to_str().unwrap(), "--dry-run"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("its unpacked content is too large"), "{said}");
}
