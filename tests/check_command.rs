//! `shenbao check` and `shenbao explain` as they are called.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Files, repository};
use serde_json::Value;
use shenbao::check;
use shenbao::diagnostic::code;
use shenbao::lang::Lang;
use tempfile::TempDir;

const PROJECT: &str = "projects/1-reading.toml";

fn clean() -> Files {
    Files::of("tests/rules/base")
}

/// The clean declaration with one warning: a project of two years whose money is all in one.
fn warned() -> Files {
    clean().change(PROJECT, "end      = 2024-12-31", "end      = 2025-12-31")
}

/// The clean declaration with one error in its project's file.
fn broken() -> Files {
    warned().change(PROJECT, "amount = \"4万元\"", "amount = \"4\"")
}

fn accepting(files: Files, accept: &str) -> Files {
    let text = format!("{}\n{accept}", files.text("declaration.toml"));
    files.with("declaration.toml", text)
}

/// Runs the command in a folder, in English unless the arguments say otherwise.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    let language: &[&str] = if arguments.contains(&"--ui") { &[] } else { &["--ui", "en"] };
    command.current_dir(folder).args(arguments).args(language).output().unwrap()
}

fn check(files: &Files, arguments: &[&str]) -> Output {
    run(files.write().path(), &[&["check"], arguments].concat())
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn a_clean_declaration_passes_without_a_word_on_stdout() {
    let output = check(&clean(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output), "1 declaration checked: 0 errors, 0 warnings, 0 notes\n");
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    assert_eq!(check(&warned(), &[]).status.code(), Some(0));
    let denied = check(&warned(), &["--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert!(stderr(&denied).ends_with("0 errors, 1 warning, 0 notes\n"));
}

#[test]
fn errors_do_not_pass_and_hold_the_rules_back_from_their_file() {
    let output = check(&broken(), &["--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[SB102]"));
    assert!(!stdout(&output).contains("SB110"));
    assert!(stderr(&output).contains("not checked against the rules"));
}

#[test]
fn an_error_in_one_file_leaves_the_rules_on_the_others() {
    let second = warned().text(PROJECT).replace("\"4万元\"", "\"4\"").replace("阅读", "写作");
    let output = check(&warned().with("projects/2-writing.toml", second), &["--format", "short"]);
    let found: Vec<&str> = stdout(&output).lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(found.len(), 2, "{}", stdout(&output));
    let files = [PROJECT, "projects/2-writing.toml"];
    assert!(found.iter().zip(files).all(|(line, file)| line.contains(file)), "{found:?}");
    let placeholder = warned().change("declaration.toml", "{{total | 万元.2}}", "{{totl}}");
    let output = check(&placeholder, &["--format", "short"]);
    assert!(stdout(&output).contains("SB302") && stdout(&output).contains("SB110"), "{}", stdout(&output));
    let year = warned().change("declaration.toml", "year      = 2024", "year      = \"2024\"");
    let output = check(&year, &["--format", "short"]);
    assert!(!stdout(&output).contains("SB110"), "{}", stdout(&output));
}

#[test]
fn a_folder_that_cannot_be_read_and_a_code_that_there_is_not_are_wrong_usage() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(folder.path(), &["check", "nowhere"]).status.code(), Some(2));
    let output = check(&clean(), &["--skip", "SB336,SB1O1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean SB101?"), "{}", stderr(&output));
    assert_eq!(check(&clean(), &["--deny", "notes"]).status.code(), Some(2));
}

#[test]
fn findings_are_chosen_by_code_but_errors_of_reading_are_always_told() {
    let told = |files: &Files, arguments: &[&str]| {
        let output = check(files, &[&["--format", "short"], arguments].concat());
        stdout(&output).lines().count()
    };
    assert_eq!(told(&warned(), &["--only", "SB110"]), 1);
    assert_eq!(told(&warned(), &["--only", "SB336,sb110"]), 1);
    assert_eq!(told(&warned(), &["--only", "SB336"]), 0);
    assert_eq!(told(&warned(), &["--skip", "SB336", "--skip", "110"]), 0);
    assert_eq!(told(&broken(), &["--only", "SB336"]), 1);
    assert_eq!(told(&broken(), &["--skip", "SB102"]), 1);
}

#[test]
fn several_declarations_are_told_one_after_the_other() {
    let folder = TempDir::new().unwrap();
    for (name, files) in [("a", warned()), ("b", clean()), ("c", broken())] {
        let to = folder.path().join(name);
        fs::create_dir_all(to.join("projects")).unwrap();
        for file in files.names() {
            fs::write(to.join(&file), files.bytes(&file)).unwrap();
        }
    }
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let headings: Vec<&str> = stdout(&output).lines().filter(|line| line.starts_with("──")).collect();
    assert_eq!(headings, ["── ./a · 0 errors, 1 warning, 0 notes", "── ./c · 1 error, 0 warnings, 0 notes"]);
    assert!(stderr(&output).ends_with("3 declarations checked: 1 error, 1 warning, 0 notes\n"));
    let json: Value =
        serde_json::from_str(stdout(&run(folder.path(), &["check", "--format", "json"]))).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn a_github_command_names_file_range_and_code() {
    let output = check(&warned(), &["--format", "github"]);
    let line = stdout(&output);
    let place = format!("::warning file={PROJECT},line=1,col=19,endLine=1,endColumn=");
    assert!(line.starts_with(&place), "{line}");
    assert!(line.contains(",title=SB110::the project runs from 2024 to 2025"), "{line}");
    assert_eq!(line.lines().count(), 1);
    let same = check(&warned(), &["--message-format", "github"]);
    assert_eq!(stdout(&same), line);
}

#[test]
fn sarif_holds_what_its_standard_requires() {
    // One error of reading with a fix, and further places.
    let files = warned().change(PROJECT, "id     = \"talking-books\"", "id     = \"paper-books\"");
    for files in [clean(), warned(), broken(), files] {
        let log: Value = serde_json::from_str(stdout(&check(&files, &["--format", "sarif"]))).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "shenbao");
        for rule in driver["rules"].as_array().unwrap() {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
            }
            assert!(is_level(&rule["defaultConfiguration"]["level"]), "{rule}");
        }
        for result in run["results"].as_array().unwrap() {
            let rules = driver["rules"].as_array().unwrap();
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
            assert!(is_level(&result["level"]), "{result}");
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            let related = result["relatedLocations"].as_array();
            for location in
                result["locations"].as_array().unwrap().iter().chain(related.into_iter().flatten())
            {
                let physical = &location["physicalLocation"];
                assert_uri(&physical["artifactLocation"]["uri"]);
                assert_region(&physical["region"]);
            }
            for fix in result["fixes"].as_array().into_iter().flatten() {
                assert!(!fix["description"]["text"].as_str().unwrap().is_empty());
                for change in fix["artifactChanges"].as_array().unwrap() {
                    assert_uri(&change["artifactLocation"]["uri"]);
                    for replacement in change["replacements"].as_array().unwrap() {
                        assert_region(&replacement["deletedRegion"]);
                        assert!(replacement["insertedContent"]["text"].is_string());
                    }
                }
            }
        }
    }
}

fn is_level(value: &Value) -> bool {
    ["error", "warning", "note"].iter().any(|level| value == level)
}

fn assert_uri(value: &Value) {
    let uri = value.as_str().unwrap();
    assert!(uri.is_ascii() && !uri.is_empty() && !uri.contains([' ', '\\']), "{uri}");
}

fn assert_region(region: &Value) {
    let number = |key: &str| region[key].as_u64().unwrap();
    let (start, end) =
        ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    assert!(start.0 >= 1 && start.1 >= 1 && end >= start, "{region}");
}

#[test]
fn an_acceptance_silences_its_finding_and_is_counted() {
    let accept = "[[accept]]\ncode = \"SB110\"\nwhere = \"reading\"\nreason = \"the second year is paid by the district\"\n";
    let output = check(&accepting(warned(), accept), &["--deny", "warnings"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    assert!(stderr(&output).ends_with("0 errors, 0 warnings, 0 notes; 1 accepted\n"));
}

#[test]
fn an_acceptance_that_fits_nothing_is_told_unless_rules_were_held_back() {
    let accept = "[[accept]]\ncode = \"SB110\"\nwhere = \"reading\"\nreason = \"…\"\n";
    let told = |files: Files| stdout(&check(&accepting(files, accept), &["--format", "short"])).to_owned();
    let stale = told(clean());
    assert!(stale.contains("warning[SB350]: no SB110 is left here"), "{stale}");
    assert!(!told(broken()).contains("SB350"));
}

#[test]
fn an_acceptance_without_a_reason_does_not_load() {
    let accept = "[[accept]]\ncode = \"SB110\"\nwhere = \"reading\"\nreason = \" \"\n";
    let output = check(&accepting(warned(), accept), &["--format", "short"]);
    assert!(stdout(&output).contains("error[SB014]"), "{}", stdout(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for lang in Lang::ALL {
        let list = check::list(lang);
        for (code, _) in code::ALL {
            let text = check::explain(*code, lang);
            assert!(list.contains(&code.to_string()));
            assert!(text.starts_with(&code.to_string()) && text.lines().count() >= 3, "{text}");
            let in_chinese = text.chars().any(|ch| "，。的".contains(ch));
            assert!(in_chinese || lang == Lang::En, "{text}");
        }
    }
}

#[test]
fn explain_prints_an_entry_the_list_or_what_was_meant() {
    let folder = TempDir::new().unwrap();
    let entry = run(folder.path(), &["explain", "sb110", "--ui", "zh"]);
    assert_eq!(stdout(&entry), check::explain(code::YEARS_WITHOUT_MONEY, Lang::Zh));
    assert_eq!(stdout(&run(folder.path(), &["explain"])), check::list(Lang::En));
    let wrong = run(folder.path(), &["explain", "SB1O1"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("did you mean SB101?"));
}

#[test]
fn an_entry_reads_well() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let [zh, en] = Lang::ALL.map(|lang| check::explain(code::YEARS_WITHOUT_MONEY, lang));
    settings.bind(|| insta::assert_snapshot!("explain", format!("{zh}\n----\n\n{en}")));
}

#[test]
fn the_pages_of_the_rules_are_current() {
    let measured = fs::read_to_string(repository("tests/published/rates.toml")).unwrap();
    let measured: toml::Table = measured.parse().unwrap();
    let number = |key: &str| measured[key].as_integer().unwrap().try_into().unwrap();
    let rates = check::Rates {
        declarations: number("declarations"),
        projects: number("projects"),
        known: number("known"),
        found: number("found"),
        false_alarms: number("false_alarms"),
    };
    for (page, lang) in [("docs/checks.md", Lang::En), ("docs/zh/checks.md", Lang::Zh)] {
        let path = repository(page);
        let current = check::markdown(rates, lang);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &current).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            written, current,
            "run `UPDATE_DOCS=1 cargo test --test check_command` to write {page} anew"
        );
    }
}
