//! The department as a whole: read, summed, compared, carried into the next year, and told when it does not fit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use shenbao::diagnostic::Format;
use shenbao::lang::Lang;

/// The sample with tasks, and the one with income and outlay.
const TASKS: &str = "data/qingxi-2026";
const BUDGET: &str = "data/shiqiao-2026";

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder).args(args).args(["--ui", "en"]).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What is said of a sample in which a line of the department's file is another.
fn told(sample: &str, old: &str, new: &str) -> String {
    let folder = Files::of(sample).change("department.toml", old, new).write();
    let mut checked = Checked::of(folder.path());
    checked.diagnostics = checked.examined().findings;
    checked.told(Format::Short, Lang::En)
}

#[test]
fn tasks_cost_what_their_projects_do_and_what_is_stated_besides() {
    let folder = Files::of(TASKS).write();
    let checked = Checked::of(folder.path());
    let whole = checked.department.unwrap();
    let own = whole.ledger.department.unwrap();
    let yuan = |task: &shenbao::compute::TaskLedger| {
        [&task.amount, &task.fiscal, &task.other].map(|entry| entry.amount.form())
    };
    assert_eq!(yuan(&own.tasks[0]), ["2,690,000.00", "2,470,000.00", "220,000.00"]);
    assert_eq!(yuan(&own.tasks[1]), ["495,000.00", "405,000.00", "90,000.00"]);
    assert_eq!(yuan(&own.all_tasks), ["5,650,000.00", "5,340,000.00", "310,000.00"]);
    // Of several years, the department's year counts.
    assert_eq!(whole.ledger.projects[0].total.rounded.amount, checked.ledger.unwrap().printed.annual.amount);
}

#[test]
fn outlay_on_projects_is_their_sum_and_shares_are_of_the_whole() {
    let folder = Files::of(BUDGET).write();
    let own = Checked::of(folder.path()).department.unwrap().ledger.department.unwrap();
    let amounts: Vec<String> = own.outlay.lines.iter().map(|line| line.amount.form()).collect();
    assert_eq!(amounts, ["5,124,000.00", "7,005,000.00"]);
    assert_eq!(own.outlay.share(own.outlay.lines[1].amount).unwrap().to_string(), "57.75");
    assert_eq!(own.income.sum.amount, own.outlay.sum.amount);
    assert_eq!(own.income.before[&2025].form(), "11,322,000.00");
}

#[test]
fn what_does_not_fit_is_told_at_its_place() {
    let cases = [
        (
            TASKS,
            "projects = [\"reading-season\"]",
            "projects = [\"reading-saeson\"]",
            "department.toml:14:13: error[SB207]",
        ),
        (
            TASKS,
            "projects = [\"reading-season\"]",
            "projects = [\"reading-rooms\"]",
            "department.toml:14:13: error[SB202]",
        ),
        (TASKS, "other    = \"3万元\"", "other    = \"30万元\"", "department.toml:16:12: error[SB107]"),
        (
            TASKS,
            "projects = [\"reading-season\"]",
            "projects = \"reading-season\"",
            "department.toml:14:12: error[SB007]",
        ),
        (TASKS, "form = \"department-2015\"", "form = \"mof-2015\"", "department.toml:4:8: error[SB009]"),
        (BUDGET, "kind   = \"其他资金\"", "kind   = \"其它资金\"", "department.toml:18:10: error[SB012]"),
        (BUDGET, "kind   = \"其他资金\"", "kind   = \"财政拨款\"", "department.toml:18:10: error[SB202]"),
        (BUDGET, "amount = \"512.4万元\"", "amount = \"512.4\"", "department.toml:24:10: error[SB102]"),
        (BUDGET, "until = 2028-12-31", "until = 2028-13-31", "department.toml:5:9: error[SB201]"),
        (BUDGET, "{{cost.count}}", "{{project.count}}", "error[SB302]"),
        (BUDGET, "安排项目资金{{annual}}", "安排项目资金701万元", "SB31"),
        (BUDGET, "[narrative.work]", "[narrative.plan]", "error[SB304]"),
    ];
    for (sample, old, new, expected) in cases {
        let told = told(sample, old, new);
        assert!(told.contains(expected), "{new}: {told}");
    }
}

#[test]
fn an_amount_that_cannot_be_read_is_told_once() {
    let told = told(TASKS, "amount   = \"18万元\"", "amount   = 18");
    assert!(told.contains("department.toml:15:12: error[SB102]") && !told.contains("SB107"), "{told}");
}

#[test]
fn a_department_is_no_declaration_and_a_declaration_no_department() {
    let folder =
        Files::of(BUDGET).change("declaration.toml", "\"hubei-2020\"", "\"department-2015\"").write();
    let told = said(&run(folder.path(), &["check"]));
    assert!(told.contains("error[SB009]: department-2015 is a form of departments"), "{told}");
    let refused = run(
        folder.path(),
        &[
            "new",
            "unit",
            "--form",
            "department-2015",
            "--unit",
            "甲",
            "--department",
            "乙",
            "--project",
            "丙",
        ],
    );
    assert!(said(&refused).contains("shenbao add department --form department-2015"), "{}", said(&refused));
}

#[test]
fn it_is_begun_once_and_says_what_to_write() {
    for form in ["department-2015", "department-hubei-2023"] {
        let folder = Files::of("data/yunlu-2026").write();
        let begun = run(folder.path(), &["add", "department", "--form", form]);
        assert!(begun.status.success(), "{}", said(&begun));
        let path = folder.path().join("department.toml");
        let text = fs::read_to_string(&path).unwrap();
        let checked = said(&run(folder.path(), &["check", "--message-format", "short"]));
        let reading = checked.lines().filter(|line| line.contains("error[SB0") || line.contains("error[SB2"));
        assert_eq!(reading.collect::<Vec<_>>(), Vec::<&str>::new());
        assert!(checked.contains("department.toml") && checked.contains("SB330"), "{checked}");
        assert!(said(&run(folder.path(), &["fmt", "--check"])).contains("0 files to format"));
        let again = run(folder.path(), &["add", "department", "--form", form]);
        assert!(!again.status.success(), "{}", said(&again));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    let folder = Files::of("data/yunlu-2026").write();
    let unknown = run(folder.path(), &["add", "department", "--form", "department-2016"]);
    assert!(said(&unknown).contains("did you mean department-2015?"), "{}", said(&unknown));
}

#[test]
fn a_comparison_tells_what_changed_for_the_department() {
    let old = Files::of(TASKS).write();
    let new = Files::of(TASKS)
        .change("department.toml", "amount   = \"18万元\"", "amount   = \"20万元\"")
        .change("department.toml", "target = \"≥ 60 场\"", "target = \"≥ 70 场\"")
        .change("department.toml", "居民就近阅读更加方便", "居民就近阅读更方便")
        .write();
    let args = ["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    let told = said(&run(old.path(), &args));
    for part in [
        "the department as a whole",
        "Reading for everyone",
        "495,000 → 515,000",
        "405,000 → 425,000",
        "≥60.00 events → ≥70.00 events",
        "[-加-]",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let old = Files::of(BUDGET).write();
    let new = Files::of(BUDGET)
        .change("department.toml", "amount = \"512.4万元\"", "amount = \"500万元\"")
        .change("department.toml", "until = 2028-12-31", "until = 2029-12-31")
        .change("department.toml", "2025 = \"497.2万元\"", "2025 = \"490万元\"")
        .write();
    let args = ["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    let told = said(&run(old.path(), &args));
    for part in ["Basic expenditure", "5,124,000 → 5,000,000", "2029", "4,900,000"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn the_amounts_of_the_year_are_those_of_the_last_in_the_next() {
    let folder = Files::of(BUDGET).write();
    let rolled = run(folder.path(), &["rollover", ".", "--out", "next"]);
    assert!(rolled.status.success(), "{}", said(&rolled));
    let text = fs::read_to_string(folder.path().join("next/department.toml")).unwrap();
    for line in [
        "before = { 2024 = \"986.5万元\", 2025 = \"1042.8万元\", 2026 = \"1119.2万元\" }",
        "before = { 2024 = \"579.9万元\", 2025 = \"635万元\", 2026 = \"700.5万元\" }",
        "form  = \"department-hubei-2023\"",
        "until = 2028-12-31",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(said(&rolled).contains("the amount is still that of 2026"), "{}", said(&rolled));
}

#[test]
fn totals_and_values_have_the_department() {
    let folder = Files::of(TASKS).write();
    let text = said(&run(folder.path(), &["totals", "--explain"]));
    assert!(
        text.contains("Tasks of the year 5,650,000.00 = 2,690,000.00 + 495,000.00 + 2,465,000.00"),
        "{text}"
    );
    let json: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), &["totals", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["department"]["tasks"][1]["fiscal"]["amount"], "405000.00");
    let values = said(&run(folder.path(), &["totals", "--values"]));
    assert!(values.contains("department.toml") && values.contains("{{task.amount}}"), "{values}");
}
