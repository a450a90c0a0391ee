//! What becomes of a document when one amount of its TOML is edited.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use common::Files;
use support::{Order, Print, SAMPLES, body, build, pages, run, shenbao, single_spaced};

/// A declaration's lines of text, in Chinese and in English.
fn lines(files: &Files) -> Vec<String> {
    let folder = files.write();
    let read = |print: Print| {
        let text = pages(&build(folder.path(), print.options()), Order::Layout).join("\n");
        let lines = text.lines().map(single_spaced).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>()
    };
    [read(Print::Zh), read(Print::En)].concat()
}

/// What `totals` prints.
fn totals(files: &Files) -> String {
    let folder = files.write();
    run(shenbao(folder.path()).args(["totals", "--explain", "--ui", "zh"])).ended_with(0).stdout
}

/// How many lines differ; each must be the old one with its figures replaced.
#[track_caller]
fn assert_only_figures_changed(before: &[String], after: &[String], figures: &[(&str, &str)]) -> usize {
    assert_eq!(before.len(), after.len());
    let different = before.iter().zip(after).filter(|(old, new)| old != new);
    let mut count = 0;
    for (old, new) in different {
        let expected = figures.iter().fold(old.clone(), |line, (from, to)| line.replace(from, to));
        assert_eq!(*new, expected);
        count += 1;
    }
    count
}

#[test]
fn an_edited_amount_changes_text_form_and_overview_and_nothing_else() {
    let before = Files::of("data/songjiang-2024");
    let portal = "projects/2-portal.toml";
    let after = before.clone().change(portal, "amount = \"20万元\"", "amount = \"21万元\"");
    let (old, new) = (lines(&before), lines(&after));
    let figures = [
        ("1808.10 万元", "1809.10 万元"),
        ("CNY 18.081 million", "CNY 18.091 million"),
        ("526,000", "536,000"),
        ("52.6 万元", "53.6 万元"),
        ("视频新闻服务费 20 万元", "视频新闻服务费 21 万元"),
        ("CNY 200,000", "CNY 210,000"),
    ];
    let changed = assert_only_figures_changed(&old, &new, &figures);
    // In each language: the overview, the project's overview, the budget's sum and item, and three lines of the form.
    assert_eq!(changed, 14);
    let gone = ["1808.10 万元", "18.081 million", "526,000", "52.6 万元"];
    assert!(!new.iter().any(|line| gone.iter().any(|figure| line.contains(figure))));
}

#[test]
fn a_share_of_an_edited_amount_follows_it() {
    let before = Files::of("data/songjiang-2024");
    let project = "projects/1-big-data-network.toml";
    let after = before.clone().change(project, "amount = \"800万元\"", "amount = \"700万元\"");
    // A shorter amount takes a narrower column, so lines end elsewhere: what they say is compared, not how.
    let [old, new] = [before, after].map(|files| {
        let folder = files.write();
        [Print::Zh, Print::En].map(|print| body(&build(folder.path(), print.options()))).concat()
    });
    let figures = [
        ("1808.10万元", "1698.10万元"),
        ("CNY18.081million", "CNY16.981million"),
        ("10,180,000.00", "9,080,000.00"),
        ("1018万元", "908万元"),
        ("CNY10.18million", "CNY9.08million"),
        ("数据运营服务项目800万元", "数据运营服务项目700万元"),
        ("监管服务项目80万元", "监管服务项目70万元"),
        ("为80万元", "为70万元"),
        ("CNY8million", "CNY7million"),
        ("supervisionofdataoperations:CNY800,000", "supervisionofdataoperations:CNY700,000"),
        ("whichisCNY800,000", "whichisCNY700,000"),
    ];
    assert!(figures.iter().all(|(from, _)| old.contains(from)));
    let expected = figures.iter().fold(old, |text, (from, to)| text.replace(from, to));
    let differing = expected.chars().zip(new.chars()).position(|(one, other)| one != other);
    assert_eq!(
        differing.map(|at| new.chars().skip(at.saturating_sub(20)).take(60).collect::<String>()),
        None
    );
    assert_eq!(expected.len(), new.len());
}

#[test]
fn the_totals_follow_an_edited_amount_too() {
    let before = Files::of("data/songjiang-2024");
    let wages = "projects/4-contract-staff.toml";
    let after = before.clone().change(wages, "amount = \"319369元\"", "amount = \"319469元\"");
    let (old, new) = (totals(&before), totals(&after));
    for (from, to) in
        [("330,769.00", "330,869.00"), ("330,800.00", "330,900.00"), ("18,081,000.00", "18,081,100.00")]
    {
        assert!(old.contains(from) && !old.contains(to), "{old}");
        assert!(new.contains(to) && !new.contains(from), "{new}");
    }
    let lines = lines(&after);
    for figure in ["330869 元", "330900 元", "1808.11 万元"] {
        assert!(lines.iter().any(|line| line.contains(figure)), "{figure}");
    }
}

#[test]
fn no_amount_of_the_samples_texts_is_typed() {
    for name in SAMPLES {
        let files = Files::of(&format!("data/{name}"));
        for file in files.names() {
            for line in texts(files.text(&file)) {
                let line = without_placeholders(line);
                assert!(!names_an_amount(&line), "{name}/{file} types an amount: {line}");
            }
        }
    }
}

/// The lines of the texts that are printed as prose: sections, goals and the overview.
fn texts(toml: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in toml.lines() {
        match line {
            "'''" => inside = false,
            _ if line.ends_with("= '''") => inside = true,
            _ if inside => lines.push(line),
            _ => {}
        }
    }
    lines
}

fn without_placeholders(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        rest = after.split_once("}}").unwrap().1;
    }
    out + rest
}

/// A figure with a unit of money behind it, or `CNY` before it.
fn names_an_amount(line: &str) -> bool {
    let spaced: Vec<char> = line.chars().filter(|ch| !ch.is_whitespace()).collect();
    let text: String = spaced.iter().collect();
    let before = |at: usize| text[..at].chars().next_back();
    let units = ["元", "万元", "亿元", "yuan", "CNY"];
    let behind = units.iter().flat_map(|unit| text.match_indices(unit)).map(|(at, _)| before(at));
    let after = text.match_indices("CNY").map(|(at, _)| text[at + 3..].chars().next());
    behind.chain(after).flatten().any(|ch| ch.is_ascii_digit() || "０１２３４５６７８９几".contains(ch))
}

#[test]
fn a_typed_amount_would_be_seen() {
    for line in ["共835.74万元", "每家 4 万元", "单价500元", "costs CNY 10 million", "100 yuan"] {
        assert!(names_an_amount(line), "{line}");
    }
    for line in ["2024年", "取整到百元", "不少于13家", "占总投资的10%", "the nearest hundred yuan"]
    {
        assert!(!names_an_amount(line), "{line}");
    }
}
