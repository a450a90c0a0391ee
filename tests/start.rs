//! `shenbao new` and `shenbao add`: declarations that build at once, and files that grow in place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use shenbao::check::examine;
use tempfile::TempDir;

fn shenbao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

const NAMES: [&str; 12] = [
    "--unit",
    "某区图书馆",
    "--unit-en",
    "A District Library",
    "--department",
    "某区文化和旅游局",
    "--department-en",
    "A District Bureau of Culture",
    "--project",
    "全民阅读推广",
    "--project-en",
    "Reading for all",
];

/// A new declaration in a folder of its own.
fn begun(arguments: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let all = [&["new", "unit", "--year", "2025", "--date", "2024-11-20"], &NAMES[..], arguments].concat();
    let output = shenbao(folder.path(), &all);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

/// Every finding of a declaration, also of the rules.
fn findings(folder: &Path) -> Vec<String> {
    let mut checked = Checked::of(folder);
    let profile = checked.profile.clone().unwrap();
    let found = checked.diagnostics.clone();
    let examined = examine(checked.declaration(), checked.ledger(), &profile, &checked.sources, found);
    checked.diagnostics = examined.findings;
    checked.findings()
}

#[test]
fn a_new_declaration_has_no_finding_in_any_form_and_language() {
    for form in ["shanghai-2024", "shanghai-2023"] {
        for languages in ["zh", "zh,en", "en"] {
            for ui in ["zh", "en"] {
                let folder = begun(&["--form", form, "--languages", languages, "--ui", ui]);
                assert_eq!(findings(&folder.path().join("unit")), [""; 0], "{form} {languages} {ui}");
            }
        }
    }
}

#[test]
fn its_files_are_in_their_shape_and_name_the_schemas_beside_them() {
    let folder = begun(&["--languages", "zh,en"]);
    let shaped = shenbao(folder.path(), &["fmt", "unit", "--check"]);
    assert_eq!(shaped.status.code(), Some(0), "{}", said(&shaped));
    let unit = folder.path().join("unit");
    let first = |path: &str| fs::read_to_string(unit.join(path)).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(first("declaration.toml"), "#:schema declaration.schema.json");
    assert_eq!(first("projects/1-first.toml"), "#:schema ../project.schema.json");
    for name in ["declaration.schema.json", "project.schema.json"] {
        let text = fs::read_to_string(unit.join(name)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["properties"].is_object());
    }
}

#[test]
fn its_files_say_what_to_write_where() {
    for (ui, languages) in [("zh", "zh"), ("en", "zh,en")] {
        let folder = begun(&["--languages", languages, "--ui", ui]);
        let read = |name: &str| fs::read_to_string(folder.path().join("unit").join(name)).unwrap();
        let text = format!("{}━━\n{}", read("declaration.toml"), read("projects/1-first.toml"));
        insta::with_settings!({ omit_expression => true, snapshot_suffix => ui }, { insta::assert_snapshot!("new", text) });
    }
}

#[test]
fn names_with_quotes_are_written_so_that_they_load() {
    let folder = TempDir::new().unwrap();
    let names = ["--unit", "甲\"乙'丙\\", "--department", "丁@unit@", "--project", "戊"];
    let output = shenbao(folder.path(), &[&["new", "unit"], &names[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let checked = Checked::of(&folder.path().join("unit"));
    assert_eq!(checked.declaration().unit.name.str(shenbao::lang::Lang::Zh), "甲\"乙'丙\\");
    assert_eq!(checked.declaration().department.name.str(shenbao::lang::Lang::Zh), "丁@unit@");
}

#[test]
fn what_is_missing_or_there_already_is_told_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let output = shenbao(folder.path(), &["new", "unit", "--unit", "甲", "--ui", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--department"), "{}", said(&output));
    for arguments in [["--form", "shanghai-2030"], ["--id", "Über"], ["--year", "24"], ["--date", "soon"]] {
        let output = shenbao(folder.path(), &[&["new", "unit"], &NAMES[..], &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::create_dir(folder.path().join("unit")).unwrap();
    fs::write(folder.path().join("unit/mine.txt"), "mine").unwrap();
    let output = shenbao(folder.path(), &[&["new", "unit", "--ui", "en"], &NAMES[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("unit exists already"));
    assert_eq!(fs::read_dir(folder.path().join("unit")).unwrap().count(), 1);
}

/// What a command adds to a file of the sample: each added line, and `-` before each that is gone.
fn added(file: &str, arguments: &[&str]) -> String {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    let output = shenbao(folder.path(), &[&["add"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let after = fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(!Checked::of(folder.path()).diagnostics.has_errors());
    let mut text = String::new();
    for change in similar::TextDiff::from_lines(files.text(file), &after).iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Insert => text.push_str(change.value()),
            similar::ChangeTag::Delete => text.push_str(&format!("-{change}")),
            similar::ChangeTag::Equal => {}
        }
    }
    text
}

#[test]
fn a_cost_goes_behind_the_last_of_its_table() {
    let file = "projects/1-big-data-network.toml";
    let to = "big-data-network/security-review";
    let product =
        added(file, &["cost", to, "--name", "复查", "--quantity", "3", "--unit", "家", "--price", "1万元"]);
    assert_eq!(
        product.trim(),
        "[[subproject.cost]]\nname     = \"复查\"\nquantity = 3\nunit     = \"家\"\nprice    = \"1万元\""
    );
    let share = added(
        file,
        &["cost", to, "--name", "管理费", "--name-en", "Fee", "--percent", "5", "--of", "data-operations"],
    );
    assert_eq!(
        share.trim(),
        "[[subproject.cost]]\nname    = { zh = \"管理费\", en = \"Fee\" }\npercent = 5\nof      = \"data-operations\""
    );
    let own = added(
        "projects/4-contract-staff.toml",
        &["cost", "contract-staff", "--name", "交通费", "--amount", "1200元"],
    );
    assert_eq!(own.trim(), "[[cost]]\nname   = \"交通费\"\namount = \"1200元\"");
}

#[test]
fn a_subproject_and_an_indicator_go_behind_the_last() {
    let file = "projects/2-portal.toml";
    let subproject =
        added(file, &["subproject", "portal", "--id", "audit", "--name", "审计", "--amount", "1万元"]);
    assert_eq!(
        subproject.trim(),
        "[[subproject]]\nid     = \"audit\"\nname   = \"审计\"\namount = \"1万元\""
    );
    let indicator = added(
        file,
        &["indicator", "portal", "--kind", "数量指标", "--name", "审计次数", "--target", "≥ 1.00 次"],
    );
    assert_eq!(
        indicator.trim(),
        "[[indicator]]\nkind   = \"数量指标\"\nname   = \"审计次数\"\ntarget = \"≥ 1.00 次\""
    );
}

#[test]
fn a_project_gets_the_next_number() {
    let folder = Files::of("data/songjiang-2024").write();
    let output =
        shenbao(folder.path(), &["add", "project", "training", "--name", "培训", "--name-en", "Training"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(folder.path().join("projects/5-training.toml").is_file());
    assert!(!Checked::of(folder.path()).diagnostics.has_errors());
    let again = shenbao(folder.path(), &["add", "project", "training", "--name", "培训", "--ui", "en"]);
    assert_eq!((again.status.code(), said(&again)), (Some(2), "the id training is taken\n"));
}

#[test]
fn an_addition_with_a_mistake_leaves_the_file_as_it_is() {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    for (arguments, status, message) in [
        (&["cost", "portal", "--name", "甲", "--amount", "3万"][..], 1, "SB102"),
        (&["cost", "portal", "--name", "甲", "--quantity", "三", "--price", "3万元"], 1, "SB"),
        (&["indicator", "portal", "--kind", "数量", "--name", "甲", "--target", "3 次"], 1, "SB401"),
        (&["cost", "portel", "--name", "甲", "--amount", "3万元"], 2, "did you mean portal?"),
        (&["cost", "big-data-network/security", "--name", "甲", "--amount", "3万元"], 2, "security-review"),
        (&["cost", "portal", "--name", "甲"], 2, "--amount"),
    ] {
        let output = shenbao(folder.path(), &[&["add"], arguments, &["--ui", "en"]].concat());
        assert_eq!(output.status.code(), Some(status), "{arguments:?} {}", said(&output));
        assert!(said(&output).contains(message), "{arguments:?} {}", said(&output));
    }
    for name in files.names() {
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), files.bytes(&name), "{name}");
    }
}
