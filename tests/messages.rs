//! Every message, as the user reads it in each language.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
#[path = "input/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Checked, Files};
use shenbao::check::rule;
use shenbao::diagnostic::{Format, code};
use shenbao::lang::Lang;
use shenbao::source;

/// Codes from here on are those of the layout, whose tests build pages.
const FIRST_OF_LAYOUT: u16 = 500;

/// The cases by their code: a title and what the program made of it.
fn cases() -> BTreeMap<String, Vec<(String, Checked)>> {
    let mut cases: BTreeMap<String, Vec<(String, Checked)>> = BTreeMap::new();
    for row in table::rows(include_str!("messages/cases.txt")) {
        let title = format!("{}: {}", row.file, row.change);
        cases.entry(row.expected.to_owned()).or_default().push((title, row.files().check()));
    }
    let folder = Files::good().write();
    let absent = Checked::of(&folder.path().join("no-such-folder"));
    let declaration = folder.path().join("declaration.toml");
    fs::remove_file(&declaration).unwrap();
    fs::create_dir(&declaration).unwrap();
    let no_file = Checked::of(folder.path());
    let unreadable = [("the folder does not exist", absent), ("declaration.toml is a folder", no_file)];
    let results = Files::good()
        .with("templates/forms/scored/form.toml", "like = \"shanghai-2024\"\nkind = \"evaluation\"\n")
        .change(
            "declaration.toml",
            "form = \"shanghai-2024\"",
            "form = \"shanghai-2024\"\nevaluation = \"scored\"",
        )
        .with("results/1-network.toml", "[[indicator]]\nname = \"没有的指标\"\nactual = \"3 次\"\n");
    cases.insert("SB206".to_owned(), vec![("results of another indicator".to_owned(), results.check())]);
    let department = Files::good().with(
        "department.toml",
        "form = \"department-2015\"\n\n[[task]]\nname = \"运转\"\nprojects = [\"netwrok\"]\n\n[goal]\noverall = \"运转有序。\"\n\n[[indicator]]\nkind = \"数量指标\"\nname = \"检查次数\"\ntarget = \"≥ 4 次\"\n",
    );
    let unknown = vec![("a task with a project that is not there".to_owned(), department.check())];
    cases.insert("SB207".to_owned(), unknown);
    let large = Files::good().write();
    fs::File::create(large.path().join("projects/3-video.toml"))
        .unwrap()
        .set_len(source::LARGEST + 1)
        .unwrap();
    cases
        .insert("SB016".to_owned(), vec![("a file that is too large".to_owned(), Checked::of(large.path()))]);
    cases.insert("SB001".to_owned(), unreadable.map(|(title, checked)| (title.to_owned(), checked)).into());
    cases
}

#[test]
fn every_message_reads_well_in_both_languages() {
    for (code, cases) in cases() {
        let mut text = String::new();
        for (title, checked) in cases {
            let first =
                checked.diagnostics.iter().next().unwrap_or_else(|| panic!("{title}: nothing is said"));
            assert_eq!(first.code.to_string(), code, "{title}");
            text.push_str(&format!("━━ {title}\n\n"));
            for lang in Lang::ALL {
                text.push_str(&checked.told(Format::Human, lang));
            }
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(code, text) });
    }
}

#[test]
fn every_code_before_those_of_the_layout_has_a_case() {
    let shown: BTreeSet<String> = cases().into_keys().collect();
    // Those of rules and of acceptances are shown by their own tests.
    let elsewhere =
        |code| rule(code).is_some() || [code::STALE_ACCEPTANCE, code::BAD_ACCEPTANCE].contains(&code);
    let codes = code::ALL.iter().filter(|(code, _)| code.0 < FIRST_OF_LAYOUT && !elsewhere(*code));
    let missing: Vec<String> =
        codes.map(|(code, _)| code.to_string()).filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "no message is shown for {missing:?}");
}

/// A declaration with a date in another shape and an unknown value, for the formats that programs read.
fn two_mistakes() -> Checked {
    let files = Files::good();
    let files = files.change("projects/2-wages.toml", "start = 2024-01-01", "start = \"2024-1-1\"");
    files.change("declaration.toml", "{{total}}", "{{totel}}").check()
}

#[test]
fn of_a_line_that_is_wider_than_the_terminal_a_reader_sees_what_it_is_about() {
    let files = Files::of("tests/rules/base");
    let around = "本项目面向全区居民开展阅读推广活动，".repeat(20);
    let old = "项目预算合计{{total}}。";
    let files = files.change("projects/1-reading.toml", old, &format!("{around}预算为5万，{around}"));
    let folder = files.write();
    let mut checked = Checked::of(folder.path());
    checked.diagnostics = checked.examined().findings;
    let told = checked.told(Format::Human, Lang::Zh);
    let widest = told.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
    assert!(widest < 160, "{told}");
    for part in ["预算为5万，本项目", "计算所得 45万元", "预算为5万元，本项目"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn the_short_format_is_a_line_each() {
    let checked = two_mistakes();
    let both = Lang::ALL.map(|lang| checked.told(Format::Short, lang)).concat();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("short", both) });
}

#[test]
fn the_json_format_holds_both_languages_places_and_fixes() {
    let checked = two_mistakes();
    let json = checked.told(Format::Json, Lang::Zh);
    assert_eq!(json, checked.told(Format::Json, Lang::En), "a program gets the same in every language");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("json", json) });
}
