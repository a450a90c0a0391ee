//! `shenbao totals`: the table, its alignment, and how each amount came about.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;

use common::{Checked, Files, repository};
use shenbao::export::totals_text;
use shenbao::lang::Lang;
use unicode_width::UnicodeWidthStr;

const SAMPLES: [&str; 2] = ["songjiang-2024", "linjiang-2023"];

fn totals(checked: &Checked, lang: Lang, explain: bool) -> String {
    totals_text(checked.declaration(), checked.ledger(), lang, explain)
}

/// The lines of the first table: from its head to the line of the sum.
fn table(text: &str) -> Vec<&str> {
    let lines = text.lines().skip(2);
    lines.take_while(|line| !line.is_empty() && line.starts_with(' ')).collect()
}

#[test]
fn the_totals_of_the_samples_read_well_in_both_languages() {
    for sample in SAMPLES {
        let checked = Checked::of(&repository("data").join(sample));
        for lang in Lang::ALL {
            let text = totals(&checked, lang, false);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(format!("{sample}_{lang}"), text);
            });
        }
    }
}

#[test]
fn every_amount_of_the_samples_is_explained_in_both_languages() {
    for sample in SAMPLES {
        let checked = Checked::of(&repository("data").join(sample));
        for lang in Lang::ALL {
            let (plain, explained) = (totals(&checked, lang, false), totals(&checked, lang, true));
            let derivations = explained.strip_prefix(plain.as_str()).expect("the table comes first");
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(format!("{sample}_{lang}_explained"), derivations);
            });
        }
    }
}

/// The display columns at which the cells of a line end; two spaces part cells.
fn ends(line: &str) -> Vec<usize> {
    let cells = line.match_indices("  ").map(|(at, _)| at).chain([line.len()]);
    let ends = cells.filter(|at| !line[..*at].ends_with(' ') && !line[..*at].is_empty());
    ends.map(|at| line[..at].width()).collect()
}

#[test]
fn the_columns_of_amounts_end_at_the_same_place_under_chinese_and_latin() {
    for sample in SAMPLES {
        let checked = Checked::of(&repository("data").join(sample));
        for lang in Lang::ALL {
            let text = totals(&checked, lang, false);
            let lines = table(&text);
            let head = ends(lines[0]);
            assert_eq!(head.len(), 3, "{text}");
            // What a long name goes on with is further in than the names of parts.
            for line in lines[1..].iter().filter(|line| !line.starts_with("     ")) {
                // The first cell is a name, which may hold anything; amounts end where their heads end.
                let amounts = ends(line).split_off(1);
                assert!(!amounts.is_empty(), "no amount in `{line}`");
                for (column, end) in amounts.iter().enumerate() {
                    assert_eq!(*end, head[column + 1], "column {column} of `{line}` in\n{text}");
                }
            }
        }
    }
}

#[test]
fn the_table_has_a_line_for_each_project_and_each_of_its_parts() {
    let checked = Files::good().check();
    let text = totals(&checked, Lang::Zh, false);
    let names: Vec<&str> = table(&text).iter().map(|line| line.trim().split("  ").next().unwrap()).collect();
    let expected = [
        "项目",
        "1 政务外网运维",
        "驻场运维",
        "线路租用",
        "第三方监管",
        "2 编外人员经费",
        "工资",
        "餐费",
        "保险费",
        "合计",
    ];
    assert_eq!(names, expected);
}

#[test]
fn what_is_rounded_is_told_with_the_exact_sum() {
    let checked = Files::good().check();
    let text = totals(&checked, Lang::Zh, false);
    assert!(text.contains("2 编外人员经费：精确合计 333,759.535，取整为 333,800.00"), "{text}");
}

#[test]
fn what_is_exact_is_not_said_to_be_rounded() {
    let files = Files::good().change("declaration.toml", "round_to = \"100元\"\n", "");
    let checked = files.change("projects/2-wages.toml", "percent = 1.5", "percent = 10").check();
    assert!(!totals(&checked, Lang::Zh, true).contains("取整"));
}

/// A declaration whose names and amounts are as long as people write them, or longer.
fn long() -> Files {
    let name = "全市公共文化场馆消防设施更新改造和无障碍环境建设以及数字化服务能力提升专项经费（第二期）";
    let files = Files::good().change("projects/1-network.toml", "政务外网运维", name);
    files.change("projects/2-wages.toml", "编外人员经费", &"长期聘用专业技术人员".repeat(6))
}

#[test]
fn every_line_fits_eighty_columns() {
    let samples = SAMPLES.map(|sample| Checked::of(&repository("data").join(sample)));
    for checked in samples.iter().chain([&Files::good().check(), &long().check()]) {
        for lang in Lang::ALL {
            let text = totals(checked, lang, true);
            for line in text.lines() {
                assert!(line.width() <= 80, "{} columns: {line}\n{text}", line.width());
            }
        }
    }
}

#[test]
fn amounts_of_thousands_of_millions_fit_eighty_columns_too() {
    let files = Files::good();
    let checked = files
        .change("declaration.toml", "\"300万元\"", "\"2000000万元\"")
        .change("projects/2-wages.toml", "\"319369元\"", "\"12345678901.23元\"")
        .check();
    let text = totals(&checked, Lang::Zh, true);
    assert!(text.contains("12,345,678,901.23"), "{text}");
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
}

#[test]
fn a_name_that_takes_two_lines_is_shown_whole() {
    let checked = long().check();
    let text = totals(&checked, Lang::Zh, false);
    let shown: String = text.split_whitespace().collect();
    assert!(text.contains("1 全市公共文化"), "{text}");
    assert!(shown.contains("（第二期）"), "{text}");
}

#[test]
fn the_sources_of_funds_of_each_project_stand_in_a_table_of_their_own() {
    let text = totals(&Files::good().check(), Lang::En, false);
    let lines: Vec<&str> = text.lines().collect();
    let head = lines.iter().position(|line| line.starts_with(" Source of funds")).expect(&text);
    assert!(lines[head].ends_with("Other"), "{text}");
    assert!(lines[head - 1].is_empty() && lines[head + 1].starts_with(" 1 "), "{text}");
}
