//! What texts may take: as `explain SB302` lists it for any declaration, and `totals --values` for one.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;

use std::path::Path;

use assert_cmd::Command;
use common::{Checked, Files, repository};
use shenbao::narrative::{Scope, paths};
use shenbao::paths::{OVERVIEW, PROJECT};

fn run(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("shenbao").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A path of a declaration with `ID` for what only it has.
fn general(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["subproject", _, "cost", _, _] => "subproject.ID.cost.ID.…".to_owned(),
        [kind @ ("project" | "cost" | "subproject"), _, rest @ ..] if !rest.is_empty() => {
            format!("{kind}.ID.{}", rest.join("."))
        }
        _ => path.to_owned(),
    }
}

#[test]
fn the_documented_values_are_those_that_a_text_may_take() {
    let files = Files::good().change(
        "projects/1-network.toml",
        "category = \"其他运转类\"\n",
        "category = \"其他运转类\"\nattribute = \"延续项目\"\ntype = \"运行维护类\"\n",
    );
    let folder = files.write();
    let checked = Checked::of(folder.path());
    let declaration = checked.declaration();
    for path in paths(declaration, Scope::Overview) {
        assert!(OVERVIEW.contains(&general(&path).as_str()), "{path}");
    }
    let of_projects =
        (0..declaration.projects.len()).flat_map(|index| paths(declaration, Scope::Project(index)));
    let of_projects: Vec<String> = of_projects.collect();
    for path in of_projects.iter().filter(|path| !path.starts_with("declaration.")) {
        assert!(PROJECT.contains(&general(path).as_str()), "{path}");
    }
    for path in PROJECT {
        assert!(of_projects.iter().any(|own| general(own) == *path), "{path} is not one");
    }
}

/// What only forms show is no value of a text, whether or not it is named by an id.
#[test]
fn a_text_takes_no_value_that_only_forms_show() {
    for path in ["sign_off.phone", "leader", "unit.functions", "source.own.amount", "narrative.overview"] {
        let files = Files::good().change(
            "projects/1-network.toml",
            "预算合计{{total}}。",
            &format!("{{{{{path}}}}}。"),
        );
        let findings = files.check().findings();
        assert!(findings.iter().any(|finding| finding.starts_with("SB302")), "{path}: {findings:?}");
    }
}

#[test]
fn explain_lists_every_value_in_both_languages() {
    for lang in ["zh", "en"] {
        let text = run(&["--ui", lang, "explain", "SB302"]);
        for path in OVERVIEW.iter().chain(PROJECT) {
            assert!(text.contains(&format!("{{{{{path}}}}}\n")), "{path}");
        }
    }
}

#[test]
fn the_values_of_a_declaration_fit_80_columns() {
    let columns = |line: &str| line.chars().map(|ch| if ch.is_ascii() { 1 } else { 2 }).sum::<usize>();
    for sample in ["data/songjiang-2024", "data/linjiang-2023", "tests/input/good"] {
        for lang in ["zh", "en"] {
            let folder = repository(sample);
            let text = run(&["--ui", lang, "totals", folder.to_str().unwrap(), "--values"]);
            let wide: Vec<&str> = text.lines().filter(|line| columns(line) > 80).collect();
            assert_eq!(wide, Vec::<&str>::new());
            assert!(text.contains("{{project.count}}") && text.contains("{{cost.list}}"));
        }
    }
}

#[test]
fn the_values_as_json_are_those_that_are_printed() {
    let folder = repository("tests/input/good");
    let json: serde_json::Value =
        serde_json::from_str(&run(&["totals", folder.to_str().unwrap(), "--values", "--format", "json"]))
            .unwrap();
    let value = |project: Option<&str>, path: &str| {
        let list = json.as_array().unwrap();
        let one = list.iter().find(|one| one["project"].as_str() == project && one["path"] == path);
        one.unwrap_or_else(|| panic!("{path} is missing"))["zh"].as_str().unwrap().to_owned()
    };
    let checked = Checked::of(Path::new(&folder));
    assert_eq!(value(None, "total"), checked.ledger().stated_total().in_wan(Some(2)));
    assert_eq!(value(Some("wages"), "name"), "编外人员经费");
    assert_eq!(value(None, "project.count"), "3");
}
