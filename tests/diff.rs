//! `shenbao diff` of two folders, and what holds of every difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
#[path = "sums/made.rs"]
mod made;

use std::collections::BTreeMap;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use shenbao::diff::{Difference, Fate, Move, Node, Side, Sum, What, compare};

const READING: &str = "projects/1-reading.toml";

fn base() -> Files {
    Files::of("tests/rules/base")
}

/// Runs the command on two folders, which are called `old` and `new`.
fn diff(old: &Files, new: &Files, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (old.write(), new.write());
    std::fs::rename(before.path(), folder.path().join("old")).unwrap();
    std::fs::rename(after.path(), folder.path().join("new")).unwrap();
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder.path()).args(["diff", "old", "new"]).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn difference(old: &Files, new: &Files) -> Difference {
    let (old, new) = (old.write(), new.write());
    let [old, new] = [&old, &new].map(|folder| Side::read(folder.path()).side.unwrap());
    compare(&old, &new)
}

fn changed() -> Files {
    base().change(READING, "amount = \"4万元\"", "amount = \"5万元\"")
}

#[test]
fn no_difference_is_said_and_nothing_given() {
    let output = diff(&base(), &base(), &["--ui", "en", "--exit-code"]);
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("", "no differences\n", Some(0)));
    let output = diff(&base(), &base(), &["--ui", "zh", "--format", "json"]);
    assert_eq!((stdout(&output), stderr(&output)), ("{\n  \"declarations\": []\n}\n", "没有差别\n"));
}

#[test]
fn differences_are_a_failure_only_when_that_is_asked_for() {
    assert_eq!(diff(&base(), &changed(), &[]).status.code(), Some(0));
    assert_eq!(diff(&base(), &changed(), &["--exit-code"]).status.code(), Some(1));
}

#[test]
fn json_has_the_shape_that_is_documented() {
    let output = diff(&base(), &changed(), &["--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_snapshot!("diff_json", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn colours_are_for_a_terminal_and_mark_no_text_otherwise() {
    let new = base().change(READING, "amount = \"4万元\"", "amount = \"5万元\"");
    assert!(!stdout(&diff(&base(), &new, &[])).contains('\u{1b}'));
    assert!(stdout(&diff(&base(), &new, &["--color", "always"])).contains("\u{1b}[32m"));
}

#[test]
fn a_side_that_cannot_be_read_is_told_with_its_findings() {
    let broken = base().change("declaration.toml", "year      = 2024", "year      = 24");
    let output = diff(&base(), &broken, &["--ui", "en", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "new: not compared, for its errors\n");
    assert!(stderr(&output).starts_with("new/declaration.toml:"), "{}", stderr(&output));
    let nowhere =
        Command::cargo_bin("shenbao").unwrap().args(["diff", "tests/rules/base", "nowhere"]).output();
    assert_eq!(nowhere.unwrap().status.code(), Some(2));
}

/// The lines of a report that quote no text, with one space between words.
fn table(report: &str) -> String {
    let lines = report.lines().filter(|line| !line.contains("{{"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

/// Every amount in it, without its sign: `1,018.00万元`.
fn amounts(table: &str) -> Vec<&str> {
    let words = table.split(|ch: char| ch.is_whitespace() || "（），+−".contains(ch));
    words.filter(|word| word.ends_with('元')).collect()
}

#[test]
fn all_amounts_of_a_report_are_in_one_unit_with_separators() {
    let old = Files::of("data/songjiang-2024");
    let large = old.clone().change("projects/1-big-data-network.toml", "\"800万元\"", "\"1800.5万元\"");
    let text = stdout(&diff(&old, &large, &["--ui", "zh"])).to_owned();
    let table = table(&text);
    assert!(table.contains("1,808.10万元 → 2,908.65万元"), "{table}");
    let all = amounts(&table);
    assert!(all.len() > 8 && all.iter().all(|one| one.ends_with("万元")), "{table}");
    assert!(all.iter().all(|one| one.split_once('.').is_some_and(|(_, rest)| rest.len() == "00万元".len())));
    // One amount that two decimals of 万元 do not hold, and all are in 元.
    let wages = large.text("projects/4-contract-staff.toml").to_owned();
    let odd = large.with("projects/4-contract-staff.toml", wages.replace("319369元", "319370元"));
    let text = stdout(&diff(&old, &odd, &["--ui", "zh"])).to_owned();
    let table = self::table(&text);
    assert!(table.contains("319,369元 → 319,370元"), "{table}");
    assert!(!table.contains("万元"), "{table}");
}

#[test]
fn two_declarations_of_one_comparison_share_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    for side in ["old", "new"] {
        for name in ["a", "b"] {
            let amount = match (side, name) {
                ("old", _) => "4万元",
                (_, "a") => "5万元",
                _ => "40001元",
            };
            let files =
                base().change(READING, "amount = \"4万元\"", &format!("amount = \"{amount}\"")).write();
            let place = folder.path().join(side);
            std::fs::create_dir_all(&place).unwrap();
            std::fs::rename(files.path(), place.join(name)).unwrap();
        }
    }
    let mut command = Command::cargo_bin("shenbao").unwrap();
    let output =
        command.current_dir(folder.path()).args(["diff", "old", "new", "--ui", "zh"]).output().unwrap();
    let table = table(stdout(&output));
    assert!(table.contains("40,000.00元 → 50,000.00元"), "{table}");
    assert!(table.contains("40,000.00元 → 40,001.00元"), "{table}");
    assert!(!table.contains("万元"), "{table}");
}

#[test]
fn the_page_shows_what_appears() {
    let page = std::fs::read_to_string(common::repository("docs/diff.md")).unwrap();
    let shown = page.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let (command, shown) = shown.split_once('\n').unwrap();
    assert_eq!(command, "$ shenbao diff data/songjiang-2024 my-unit-2025");
    let old = Files::of("data/songjiang-2024");
    let new = old.clone().change("projects/1-big-data-network.toml", "\"800万元\"", "\"750万元\"");
    let output = diff(&old, &new, &["--ui", "en"]);
    assert_eq!(stdout(&output).replacen("new: ", "my-unit-2025: ", 1), shown);
}

/// A cost line of random declarations: its id, its sub-project and its amount in 分.
type Line = (usize, usize, u64);

/// A project with these costs; each id is used once.
fn project(lines: &[Line]) -> String {
    let mut parts: BTreeMap<usize, String> = BTreeMap::new();
    let mut used = Vec::new();
    for (id, parent, amount) in lines {
        if !used.contains(id) {
            used.push(*id);
            let part = parts.entry(*parent).or_insert_with(|| {
                format!("[[subproject]]\nid = \"s{parent}\"\nname = \"子项目{parent}\"\n")
            });
            let amount = made::in_yuan(*amount);
            part.push_str(&format!(
                "[[subproject.cost]]\nid = \"c{id}\"\nname = \"费用{id}\"\namount = \"{amount}\"\n"
            ));
        }
    }
    let parts: String = parts.into_values().collect();
    made::project("2024-2024", "", &parts)
}

fn declared(round_to: Option<&str>, projects: &BTreeMap<usize, Vec<Line>>) -> Files {
    let files = made::declaration(round_to, &[]);
    projects.iter().fold(files, |files, (number, lines)| {
        files.with(
            &format!("projects/{}-p{number}.toml", number + 1),
            project(lines).replace("项目\"\nnature", &format!("项目{number}\"\nnature")),
        )
    })
}

fn any_projects() -> impl Strategy<Value = BTreeMap<usize, Vec<Line>>> {
    let line = (0..6_usize, 0..3_usize, made::fen());
    prop::collection::btree_map(0..4_usize, prop::collection::vec(line, 1..6), 1..4)
}

/// How much an amount of a node went up, nothing when it is not mentioned.
fn change(node: &Node, sum: Sum) -> Option<Decimal> {
    let amount = node.amounts.iter().find(|amount| amount.sum == sum)?;
    let yuan = |side: Option<shenbao::model::Money>| side.map_or(Decimal::ZERO, shenbao::model::Money::yuan);
    Some(yuan(amount.new) - yuan(amount.old))
}

fn total(node: &Node) -> Decimal {
    change(node, Sum::Total).unwrap_or_default()
}

fn below(node: &Node) -> Decimal {
    let parts = node.children.iter().filter(|child| child.what != What::Indicator);
    parts.map(total).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn differences_agree_with_the_totals_of_both_sides_and_add_up(
        old in any_projects(),
        new in any_projects(),
        step in prop::option::of(Just("100元")),
    ) {
        let (old, new) = (declared(step, &old), declared(step, &new));
        let found = difference(&old, &new);
        let sums = [&old, &new].map(|files| {
            let checked: Checked = files.check();
            checked.ledger().printed.total.amount
        });
        let stated = found.total.unwrap();
        prop_assert_eq!([stated.old.unwrap(), stated.new.unwrap()], sums);
        prop_assert_eq!(total(&found.root), sums[1].yuan() - sums[0].yuan());
        prop_assert_eq!(total(&found.root), below(&found.root));
        for project in &found.root.children {
            if project.fate == Fate::Kept {
                let exact = change(project, Sum::Exact).unwrap_or_else(|| total(project));
                prop_assert_eq!(exact, below(project));
            }
            let mut moved = false;
            project.walk(&mut |node| moved |= matches!(node.moved, Some(Move::Parent(..))));
            for part in project.children.iter().filter(|part| !moved && part.what == What::Subproject) {
                if project.fate == Fate::Kept {
                    prop_assert_eq!(total(part), below(part));
                }
            }
        }
    }

    #[test]
    fn a_difference_turned_round_has_the_opposite_amounts(old in any_projects(), new in any_projects()) {
        let (old, new) = (declared(None, &old), declared(None, &new));
        let (there, back) = (difference(&old, &new), difference(&new, &old));
        prop_assert_eq!(total(&there.root), -total(&back.root));
        prop_assert_eq!(there.is_empty(), back.is_empty());
        prop_assert!(difference(&old, &old).is_empty());
    }
}
