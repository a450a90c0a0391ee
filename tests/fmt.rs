//! `shenbao fmt`: one shape of the files, and nothing that they say changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[path = "fmt/made.rs"]
mod made;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::Files;
use proptest::prelude::*;
use shenbao::export::{Beside, totals_json};
use shenbao::fmt::{Formatted, format_folder, format_text, usual_sections};
use shenbao::load::FileKind;

const PROJECT: &str = "projects/1-network.toml";

/// The files in their canonical shape; none may be refused.
fn formatted(files: &Files) -> Files {
    let folder = files.write();
    let out = format_folder(folder.path(), |_| true);
    assert!(out.diagnostics.is_empty(), "{:?}", out.diagnostics);
    assert!(out.refused.is_empty(), "{:?}", out.refused);
    out.files.into_iter().fold(files.clone(), |files, file| {
        let name = file.path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
        files.with(&name, file.after)
    })
}

/// The remarks of a file, sorted.
fn remarks(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.lines().filter_map(|line| line.find("# ").map(|at| line[at..].trim_end())).collect();
    found.sort_unstable();
    found
}

/// What formatting must not change, and that it has nothing more to do afterwards.
fn assert_says_the_same(files: &Files) -> Files {
    let after = formatted(files);
    let twice = formatted(&after);
    let (one, two) = (files.check(), after.check());
    assert_eq!(
        totals_json(one.declaration(), one.ledger(), Beside::default()),
        totals_json(two.declaration(), two.ledger(), Beside::default())
    );
    assert_eq!(format!("{:?}", one.narrative()), format!("{:?}", two.narrative()));
    for name in files.names() {
        assert_eq!(twice.text(&name), after.text(&name), "once more: {name}");
        assert_eq!(remarks(files.text(&name)), remarks(after.text(&name)), "{name}");
    }
    after
}

fn project(text: &str) -> String {
    match format_text(Path::new("1-a.toml"), text, FileKind::Project, &usual_sections()) {
        Formatted::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

fn run(folder: &Path, arguments: &[&str], stdin: &str) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command
        .current_dir(folder)
        .args(["fmt", "--ui", "en"])
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_samples_are_in_the_canonical_shape() {
    for sample in ["data/songjiang-2024", "data/linjiang-2023"] {
        let files = Files::of(sample);
        let after = assert_says_the_same(&files);
        for name in files.names() {
            assert_eq!(files.text(&name), after.text(&name), "{sample}/{name}");
        }
    }
}

#[test]
fn every_key_of_the_format_survives() {
    assert_says_the_same(&Files::good());
    assert_says_the_same(&Files::of("tests/rules/base"));
    assert_says_the_same(&Files::of("tests/reference/songjiang-published"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_declaration_says_the_same(files in made::declaration()) {
        assert_says_the_same(&files.0);
    }
}

#[test]
fn an_ugly_project_becomes_a_readable_one() {
    insta::assert_snapshot!(project(include_str!("fmt/ugly.toml")));
}

#[test]
fn an_ugly_declaration_becomes_a_readable_one() {
    let text = include_str!("fmt/ugly-declaration.toml");
    assert_eq!(FileKind::guess(text), FileKind::Declaration);
    let sections = usual_sections();
    let Formatted::Text(text) = format_text(Path::new("d"), text, FileKind::Declaration, &sections) else {
        panic!()
    };
    insta::assert_snapshot!(text);
}

#[test]
fn what_cannot_be_put_between_quotes_anew_stays_as_it_is() {
    let text = "[narrative]\noverview = \"\"\"\n甲。\\u4e59。\\\n  丙。\"\"\"\nbasis = \"说'''，甲。乙。\"\nplan = { zh = '甲。', en = 'a\"b' }\n";
    let sorted = "[narrative]\noverview = \"\"\"\n甲。\\u4e59。\\\n  丙。\"\"\"\nbasis = \"说'''，甲。乙。\"\nplan  = { zh = \"甲。\", en = 'a\"b' }\n";
    assert_eq!(project(text), sorted);
}

#[test]
fn measured_targets_and_ranges_have_one_shape_and_words_stay() {
    let shaped = |target: &str| {
        let text = project(&format!("[[indicator]]\nname = \"a\"\ntarget = \"{target}\"\n"));
        text.lines().last().unwrap().trim_start_matches("target = ").trim_matches('"').to_owned()
    };
    for (typed, shape) in [
        ("4-6次", "4～6 次"),
        ("20~40%", "20%～40%"),
        (">=1,200(人次)", "≥ 1,200 人次"),
        ("＝100.00％", "= 100.00 %"),
        ("良好", "良好"),
        ("3-5月", "3-5月"),
        ("≥ 4-6 次", "≥ 4-6 次"),
    ] {
        assert_eq!(shaped(typed), shape, "{typed}");
    }
    let files = Files::good().change(
        PROJECT,
        "target = \"≥ 4.00 次\"",
        "target = { zh = \"4—6次\", en = \"4 to 6 times\" }",
    );
    let after = assert_says_the_same(&files);
    assert!(after.text(PROJECT).contains("= { zh = \"4～6 次\", en = \"4 to 6 times\" }"));
}

#[test]
fn remarks_within_a_value_keep_it_as_it_is() {
    let text = "cost = [ # 明细\n   { name='甲',amount='1元' }, # 一\n]\n";
    assert_eq!(project(text), text);
}

#[test]
fn a_file_with_an_unknown_key_or_broken_syntax_is_reported_and_left() {
    let broken = Files::good().change(PROJECT, "code = ", "kode =   ").change(
        "projects/2-wages.toml",
        "[goal]",
        "[goal",
    );
    let folder = broken.write();
    let output = run(folder.path(), &["--message-format", "short"], "");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("SB005") && told.contains("SB003"), "{told}");
    for name in [PROJECT, "projects/2-wages.toml"] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), broken.text(name));
    }
    let declaration = fs::read_to_string(folder.path().join("declaration.toml")).unwrap();
    assert_ne!(declaration, broken.text("declaration.toml"), "a sound file beside them is formatted");
}

#[test]
fn a_mistake_that_is_none_of_shape_does_not_keep_a_file_from_being_formatted() {
    let wrong = "name   = \"甲\"\nstart = 2024-13-01\nend = 2024-01-01\n";
    assert!(run(Path::new("."), &["-"], "name = \"甲\"\nend = 2024-01-01\n").status.success());
    assert_eq!(run(Path::new("."), &["-"], wrong).status.code(), Some(1), "month 13 is no TOML");
}

#[test]
fn check_lists_what_would_change_and_writes_nothing() {
    let folder = Files::good().write();
    let output = run(folder.path(), &["--check"], "");
    assert_eq!(output.status.code(), Some(1));
    let listed = stdout(&output).replace("./", "");
    assert_eq!(listed, "declaration.toml\nprojects/1-network.toml\nprojects/2-wages.toml\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "3 files to format, 0 as they should be\n");
    assert_eq!(fs::read_to_string(folder.path().join(PROJECT)).unwrap(), Files::good().text(PROJECT));
    assert!(run(folder.path(), &[], "").status.success());
    assert!(run(folder.path(), &["--check"], "").status.success());
}

#[test]
fn a_patch_shows_what_would_change() {
    let folder = formatted(&Files::good()).change(PROJECT, "code     = ", "code = ").write();
    let output = run(folder.path(), &["--diff", PROJECT], "");
    assert!(output.status.success());
    let patch = stdout(&output);
    let changed: Vec<&str> = patch.lines().filter(|line| line.starts_with(['-', '+'])).collect();
    let wanted = [
        "--- a/projects/1-network.toml",
        "+++ b/projects/1-network.toml",
        "-code = \"31011724\"",
        "+code     = \"31011724\"",
    ];
    assert_eq!(changed, wanted);
}

#[test]
fn stdin_goes_to_stdout() {
    let text = Files::good().text(PROJECT).to_owned();
    let output = run(Path::new("."), &["-"], &text);
    assert!(output.status.success());
    assert_eq!(stdout(&output), project(&text));
    assert_eq!(run(Path::new("."), &["-", "--check"], &text).status.code(), Some(1));
    assert_eq!(stdout(&run(Path::new("."), &["--project", "-"], "name=\"甲\"")), "name = \"甲\"\n");
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_stay() {
    let windows = |text: &str| [b"\xef\xbb\xbf".as_slice(), text.replace('\n', "\r\n").as_bytes()].concat();
    let good = Files::good();
    let folder = good.clone().with(PROJECT, windows(good.text(PROJECT))).write();
    assert!(run(folder.path(), &[], "").status.success());
    let wanted = windows(formatted(&good).text(PROJECT));
    assert_eq!(fs::read(folder.path().join(PROJECT)).unwrap(), wanted);
}

#[test]
fn a_file_that_is_not_there_ends_with_two() {
    assert_eq!(run(Path::new("."), &["no-such-folder"], "").status.code(), Some(2));
}
