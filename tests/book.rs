//! `shenbao book`: many declarations in one volume, whose contents say where each begins.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use common::Files;
use support::{Order, Run, pages, run, sample, shenbao, squeezed};
use tempfile::TempDir;

/// The samples of 2026 in a folder, with the arguments behind them.
fn bound(arguments: &[&str]) -> (TempDir, Run, PathBuf) {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("汇编.pdf");
    let mut command = shenbao(folder.path());
    command.arg("book").args(arguments).arg("--out").arg(&out);
    let run = run(&mut command);
    (folder, run, out)
}

fn samples(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| sample(name).to_string_lossy().into_owned()).collect()
}

fn text(file: &Path) -> Vec<String> {
    pages(&fs::read(file).unwrap(), Order::Layout).iter().map(|page| squeezed(page)).collect()
}

const UNITS: [&str; 4] = ["anping-2026", "yunlu-2026", "shiqiao-2026", "qingxi-2026"];

#[test]
fn contents_and_pages_agree() {
    let names = samples(&UNITS);
    let mut arguments: Vec<&str> = names.iter().map(String::as_str).collect();
    arguments.extend(["--lang", "zh", "--ui", "en"]);
    let (_folder, run, out) = bound(&arguments);
    run.ended_with(0);
    let pages = text(&out);
    let contents = &pages[1];
    // A name, and the page that says it in its head or on its form.
    for (name, said) in [
        ("安屏县灌溉服务中心", "安屏县灌溉服务中心2026年"),
        ("中型灌区渠道管护", "项目名称中型灌区渠道管护"),
        ("云鹭区环境卫生服务中心", "云鹭区环境卫生服务中心2026年"),
        ("北岸垃圾中转站改建", "项目名称北岸垃圾中转站改建"),
        ("石桥区教育事务中心", "石桥区教育事务中心2026年"),
        ("中小学智慧教室建设", "项目名称中小学智慧教室建设"),
        ("青栖区阅读推广中心", "青栖区阅读推广中心2026年"),
        ("全民阅读季", "全民阅读季"),
    ] {
        let rest = contents.split(name).nth(1).unwrap_or_else(|| panic!("{name} is not in {contents}"));
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = number.parse().unwrap();
        assert!(pages[number - 1].contains(said), "{name} on {number}: {}", pages[number - 1]);
        assert!(pages[number - 1].ends_with(&format!("—{number}—")), "{number}: {}", pages[number - 1]);
    }
    // Each page of a unit says whose it is.
    assert!(pages.last().unwrap().starts_with("青栖区阅读推广中心"), "{:?}", pages.last());
}

#[test]
fn tables_add_up_and_are_held_against_what_a_department_states() {
    let names = samples(&["anping-2026", "shiqiao-2026"]);
    let overview = sample("linjiang-2023").to_string_lossy().into_owned();
    let arguments = [
        names[0].as_str(),
        names[1].as_str(),
        "--lang",
        "zh",
        "--overview",
        &overview,
        "--title",
        "两单位汇编",
    ];
    let (_folder, run, out) = bound(&arguments);
    run.ended_with(0);
    let all: String = text(&out).concat();
    for said in [
        "两单位汇编",
        "共2个单位、3个项目",
        "合计31,764.50950.50805.20145.30",
        "临江区文化和旅游局申报的总数为项目23个、当年资金5,862.47万元，本册合计3个、950.50万元，金额相差4,911.97万元。",
        "未分类1710.00250.00",
        "部门预算项目21,054.50700.50",
    ] {
        assert!(all.contains(said), "{said} is not in {}", all.chars().take(900).collect::<String>());
    }
}

#[test]
fn the_bookmarks_go_from_unit_to_project_to_section() {
    let names = samples(&["anping-2026", "songjiang-2024"]);
    let (_folder, run, out) = bound(&[&names[0], &names[1], "--lang", "zh"]);
    run.ended_with(0);
    let document = lopdf::Document::load(&out).unwrap();
    let contents = document.get_toc().unwrap();
    let levels: Vec<(usize, String)> =
        contents.toc.iter().map(|entry| (entry.level, entry.title.clone())).collect();
    let level = |title: &str| levels.iter().find(|(_, own)| own.starts_with(title)).map(|(level, _)| *level);
    assert_eq!(level("上海市松江区大数据中心2024年"), Some(1), "{levels:?}");
    assert_eq!(level("项目经费情况说明 2"), Some(2), "{levels:?}");
    assert_eq!(level("一、项目概述"), Some(3), "{levels:?}");
}

#[test]
fn one_that_does_not_pass_keeps_the_last_good_volume() {
    let broken =
        Files::of("data/anping-2026").change("declaration.toml", "year       = 2026", "year = 20266").write();
    let broken = broken.path().to_string_lossy().into_owned();
    let good = sample("shiqiao-2026").to_string_lossy().into_owned();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("book.pdf"), "the last good one").unwrap();
    let mut command = shenbao(folder.path());
    command.args(["book", &broken, &good, "--out", "book.pdf", "--ui", "en"]);
    let run = run(&mut command);
    let run = run.ended_with(1);
    assert!(run.stderr.contains("no book was made"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("book.pdf")).unwrap(), "the last good one");
}

#[test]
fn departments_and_self_evaluations_are_bound_too() {
    let names = samples(&["shiqiao-2026", "qingxi-2026"]);
    let (_folder, run, out) = bound(&[&names[0], &names[1], "--department", "--lang", "zh"]);
    run.ended_with(0);
    let all: String = text(&out).concat();
    assert!(
        all.contains("部门整体支出绩效目标汇编") && all.contains("合计41,794.401,001.00879.30121.70"),
        "{all}"
    );
    let (_folder, run, out) = bound(&[&names[0], "--evaluation", "--lang", "zh"]);
    run.ended_with(0);
    assert!(text(&out).concat().contains("项目支出绩效自评汇编"));
    let none = sample("songjiang-2024").to_string_lossy().into_owned();
    let (_folder, run, _) = bound(&[&none, "--department", "--ui", "en"]);
    assert!(run.ended_with(1).stderr.contains("shenbao add department"));
}
