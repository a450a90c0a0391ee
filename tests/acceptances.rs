//! `[[accept]]` silences one finding, wherever its line has moved to, and says so when it fits none or several.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use common::{Checked, Files};
use shenbao::check::{Examined, examine};
use shenbao::diagnostic::{Code, Diagnostic, Format, code};
use shenbao::lang::{Lang, Words};
use shenbao::pipeline::prepare;
use shenbao::source::Span;

const PROJECT: &str = "projects/1-reading.toml";

/// The clean declaration with an acceptance.
fn accepting(code: &str, place: &str) -> Files {
    let files = Files::of("tests/rules/base");
    let text = files.text("declaration.toml");
    let accept = format!(
        "{text}\n[[accept]]\ncode = \"{code}\"\nwhere = '{place}'\nreason = \"agreed with the bureau\"\n"
    );
    files.with("declaration.toml", accept)
}

/// What is left of warnings that point to `words` in the project's file.
fn left(files: &Files, words: &[&str]) -> (Checked, Examined) {
    left_of(files, code::YEARS_WITHOUT_MONEY, PROJECT, words)
}

fn left_of(files: &Files, code: Code, file: &str, words: &[&str]) -> (Checked, Examined) {
    let folder = files.write();
    let mut checked = Checked::of(folder.path());
    let (id, source) = checked.sources.iter().find(|(_, source)| source.path.ends_with(file)).unwrap();
    let mut prepared = prepare(folder.path());
    for words in words {
        let at = source.text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
        let message = Words { zh: format!("在“{words}”处"), en: format!("at `{words}`") };
        prepared.findings.push(Diagnostic::warning(code, message).at(Span::new(id, at..at + words.len())));
    }
    let examined = examine(&mut prepared);
    checked.diagnostics = examined.findings.clone();
    (checked, examined)
}

#[test]
fn the_id_is_enough_for_the_only_finding_of_a_file() {
    let (checked, examined) = left(&accepting("SB110", "reading"), &["每月举办两场"]);
    assert_eq!(checked.findings(), [""; 0]);
    assert_eq!(examined.accepted, 1);
}

#[test]
fn words_of_the_line_tell_one_finding_from_another() {
    for place in ["reading: 公开招标", "reading 公开招标", "reading：按读者荐购目录"] {
        let (checked, _) = left(&accepting("SB110", place), &["每月举办两场", "按读者荐购目录"]);
        assert_eq!(checked.findings(), ["SB110? projects/1-reading.toml:80:33"], "{place}");
    }
}

#[test]
fn on_one_line_the_words_that_a_finding_points_to_decide() {
    let words = ["按读者荐购目录", "公开招标"];
    let (checked, _) = left(&accepting("SB110", "reading: 公开招标确定"), &words);
    assert_eq!(checked.findings(), ["SB110? projects/1-reading.toml:81:30"]);
}

#[test]
fn an_edit_elsewhere_changes_nothing() {
    let files =
        accepting("SB110", "reading: 公开招标").change(PROJECT, "[funding]", "# a remark\n\n[funding]");
    let (checked, _) = left(&files, &["每月举办两场", "公开招标"]);
    assert_eq!(checked.findings(), ["SB110? projects/1-reading.toml:82:33"]);
}

#[test]
fn a_finding_in_the_declaration_is_named_by_its_file() {
    let files = accepting("SB110", "declaration");
    let (checked, _) = left_of(&files, code::YEARS_WITHOUT_MONEY, "declaration.toml", &["申报项目"]);
    assert_eq!(checked.findings(), [""; 0]);
    let (checked, _) = left(&files, &["公开招标"]);
    assert_eq!(checked.findings(), ["SB350? declaration.toml:25:9", "SB110? projects/1-reading.toml:81:42"]);
}

#[test]
fn a_second_acceptance_of_the_same_finding_fits_nothing() {
    let files = accepting("SB110", "reading");
    let text = files.text("declaration.toml");
    let twice = format!("{text}\n[[accept]]\ncode = \"SB110\"\nwhere = \"reading\"\nreason = \"again\"\n");
    let (checked, examined) = left(&files.with("declaration.toml", twice), &["公开招标"]);
    assert_eq!(checked.findings(), ["SB350? declaration.toml:30:9"]);
    assert_eq!(examined.accepted, 1);
}

#[test]
fn another_code_is_not_accepted() {
    let (checked, _) = left(&accepting("SB205", "reading"), &["公开招标"]);
    assert_eq!(checked.findings(), ["SB350? declaration.toml:25:9", "SB110? projects/1-reading.toml:81:42"]);
}

#[test]
fn what_is_wrong_with_an_acceptance_is_told_in_both_languages() {
    let mut text = String::new();
    for (code, place) in [
        ("SB110", "reading"),
        ("SB110", "reading: 荐购"),
        ("SB110", "readings"),
        ("SB110", "reading: 不再有的文字"),
        ("SB31", "reading"),
        ("SB102", "reading"),
    ] {
        let (mut checked, _) = left(&accepting(code, place), &["每月举办两场", "按读者荐购", "读者荐购目录"]);
        let mut told = shenbao::diagnostic::Diagnostics::default();
        let own = [code::STALE_ACCEPTANCE, code::BAD_ACCEPTANCE];
        told.extend(checked.diagnostics.iter().filter(|one| own.contains(&one.code)).cloned());
        checked.diagnostics = told;
        for lang in Lang::ALL {
            text.push_str(&checked.told(Format::Human, lang));
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("acceptances", text.trim_end()));
}
