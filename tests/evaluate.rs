//! The self-evaluation: begun from the declaration, scored, compared, and carried into the next year.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{Checked, Files, repository};
use rust_decimal::Decimal;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.current_dir(folder).args(arguments).args(["--ui", "en"]).env("NO_COLOR", "1").output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The form that the rules on results are tried on.
fn scored() -> Files {
    let text = fs::read_to_string(repository("tests/rules/SB440.toml")).unwrap();
    let fixture: toml::Table = text.parse().unwrap();
    let edits = fixture["case"][2]["edit"].as_array().unwrap().clone();
    let file = |name: &str| {
        let edit = edits.iter().find(|edit| edit["file"].as_str() == Some(name)).unwrap();
        edit["new"].as_str().unwrap().to_owned()
    };
    Files::of("tests/rules/base")
        .with("templates/forms/scored/form.toml", file("templates/forms/scored/form.toml"))
        .with("results/1-reading.toml", file("results/1-reading.toml"))
        .change(
            "declaration.toml",
            "form      = \"shanghai-2024\"",
            "form      = \"shanghai-2024\"\nevaluation = \"scored\"",
        )
}

#[test]
fn evaluate_begins_the_results_with_what_is_known_and_names_the_form() {
    let files = scored().without("results/1-reading.toml").change(
        "declaration.toml",
        "evaluation = \"scored\"\n",
        "",
    );
    let folder = files.write();
    let begun = run(folder.path(), &["evaluate", ".", "--form", "scored"]);
    assert!(begun.status.success(), "{}", out(&begun));
    let text = fs::read_to_string(folder.path().join("results/1-reading.toml")).unwrap();
    for known in [
        "source = \"appropriation\"",
        "# adjusted = \"45万元\"",
        "name   = { zh = \"阅读讲座场次\", en = \"Reading lectures held\" }",
        "target = \"≥ 24.00 场\"",
        "# actual = \"… 场\"",
    ] {
        assert!(text.contains(known), "`{known}` is not in\n{text}");
    }
    // Nothing is other funds, which are none.
    assert!(!text.contains("source = \"other\""), "{text}");
    let head = fs::read_to_string(folder.path().join("declaration.toml")).unwrap();
    assert_eq!(head.matches("evaluation = \"scored\"").count(), 1, "{head}");
    let checked = run(folder.path(), &["check", "."]);
    assert!(
        out(&checked).contains("error[SB440]: results still missing in the self-evaluation: 8"),
        "{}",
        out(&checked)
    );
    // What is there stays.
    let again = run(folder.path(), &["evaluate", "."]);
    assert!(
        again.status.success() && out(&again).contains("has the results of every project already"),
        "{}",
        out(&again)
    );
    assert_eq!(fs::read_to_string(folder.path().join("results/1-reading.toml")).unwrap(), text);
}

#[test]
fn a_form_that_is_none_for_evaluations_is_refused_and_nothing_is_written() {
    let folder = Files::of("tests/rules/base").write();
    for form in [&["--form", "shanghai-2024"][..], &[]] {
        let refused = run(folder.path(), &[&["evaluate", "."], form].concat());
        assert_eq!(refused.status.code(), Some(2), "{}", out(&refused));
    }
    assert!(!folder.path().join("results").exists());
    let named = Files::of("tests/rules/base").change(
        "declaration.toml",
        "form      = \"shanghai-2024\"",
        "form      = \"shanghai-2024\"\nevaluation = \"shanghai-2024\"",
    );
    assert!(Checked::of(named.write().path()).findings()[0].starts_with("SB009 declaration.toml:"));
}

#[test]
fn scores_are_told_with_how_they_came_about_and_add_up_to_the_total() {
    let files = scored()
        .change("results/1-reading.toml", "actual = \"26 场\"", "actual = \"18 场\"\nreason = \"停办6场。\"")
        .change(
            "results/1-reading.toml",
            "actual = \"25 天\"",
            "actual = \"40 天\"\nreason = \"人手不足。\"",
        );
    let folder = files.write();
    let told = out(&run(folder.path(), &["totals", ".", "--explain"]));
    for line in [
        "Execution of the budget 9.78 = 10 × 440000 ÷ 450000",
        "Reading lectures held 15 = 20 × 18 ÷ 24",
        "Time until new books are shelved 7.5 = 10 × 30 ÷ 40",
        "Cost of a reading lecture 10 (target met, weight 10)",
        "Total 92.28 Excellent",
    ] {
        assert!(told.contains(line), "`{line}` is not in\n{told}");
    }
    let checked = Checked::of(folder.path());
    let evaluation = checked.evaluation.as_ref().unwrap().projects[0].as_ref().unwrap();
    let scores = evaluation.indicators.iter().chain(&evaluation.execution).map(|own| own.score.unwrap());
    assert_eq!(scores.sum::<Decimal>(), evaluation.total.unwrap());
    let json = run(folder.path(), &["totals", ".", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let own = &json["projects"][0]["evaluation"];
    assert_eq!([&own["execution"]["score"], &own["total"]], ["9.78", "92.28"]);
}

#[test]
fn results_of_what_is_not_there_are_told_at_their_place() {
    let cases = [
        ("name = { zh = \"读者满意度\"", "name = { zh = \"读者满意\"", "SB206 results/1-reading.toml:"),
        ("source = \"appropriation\"", "source = \"apropriation\"", "SB012 results/1-reading.toml:"),
        ("spent  = \"44万元\"", "spent  = \"44\"", "SB102 results/1-reading.toml:"),
        ("achieved = ", "acheived = ", "SB005 results/1-reading.toml:"),
    ];
    for (old, new, finding) in cases {
        let findings =
            Checked::of(scored().change("results/1-reading.toml", old, new).write().path()).findings();
        assert!(findings[0].starts_with(finding), "{new}: {findings:?}");
    }
    let stray = scored().with("results/2-nothing.toml", "achieved = \"无。\"\n");
    assert!(Checked::of(stray.write().path()).findings()[0].starts_with("SB011 results/2-nothing.toml"));
}

#[test]
fn a_comparison_tells_what_changed_in_the_results() {
    let (old, new) = (
        scored().write(),
        scored()
            .change("results/1-reading.toml", "spent  = \"44万元\"", "spent  = \"43万元\"")
            .change("results/1-reading.toml", "actual = \"26 场\"", "actual = \"25 场\"")
            .write(),
    );
    let told = out(&run(new.path(), &["diff", &old.path().to_string_lossy(), "."]));
    assert!(told.contains("43") && told.contains("44") && told.contains("25 场"), "{told}");
}

#[test]
fn the_next_year_has_the_results_as_values_of_an_earlier_one() {
    let folder = scored().write();
    let target = tempfile::TempDir::new().unwrap();
    let next = target.path().join("next");
    let rolled = run(folder.path(), &["rollover", ".", "--out", &next.to_string_lossy()]);
    assert!(rolled.status.success(), "{}", out(&rolled));
    assert!(!next.join("results").exists());
    let project = fs::read_to_string(next.join("projects/1-reading.toml")).unwrap();
    assert!(project.contains("target = \"≥ 24.00 场\"\nbefore = { 2024 = \"26 场\" }\n"), "{project}");
    assert!(Checked::of(&next).findings().iter().all(|finding| !finding.starts_with("SB0")), "{project}");
}

#[test]
fn results_are_formatted_like_every_file() {
    let folder = scored().change("results/1-reading.toml", "spent  = \"44万元\"", "spent=\"44万元\"").write();
    let formatted = run(folder.path(), &["fmt", "."]);
    assert!(formatted.status.success(), "{}", out(&formatted));
    let text = fs::read_to_string(folder.path().join("results/1-reading.toml")).unwrap();
    assert!(text.contains("spent  = \"44万元\""), "{text}");
}
