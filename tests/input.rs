//! Malformed declarations: each mistake is told once, with its code, at its line and column.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;
#[path = "input/mutations.rs"]
mod mutations;
#[path = "input/table.rs"]
mod table;

use common::Files;
use shenbao::diagnostic::{Diagnostic, Severity, code};
use shenbao::lang::Lang;
use table::Row;

#[test]
fn the_declaration_that_the_table_changes_has_no_mistake() {
    assert_eq!(Files::good().check().findings(), Vec::<String>::new());
}

#[test]
fn every_malformed_input_gets_its_code_line_and_column_and_nothing_else() {
    let rows = table::rows(include_str!("input/malformed.txt"));
    assert!(rows.len() >= 200, "only {} rows", rows.len());
    let wrong: Vec<String> = rows.iter().filter_map(Row::verdict).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ; they give:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

/// A finding without its place, which an edit shifts.
fn kind_of(finding: &Diagnostic) -> (String, String) {
    (finding.code.to_string(), finding.message.en.clone())
}

/// What is wrong with the fix of one finding of a row: the error stays, or another one comes.
fn broken_fixes(row: &Row) -> Vec<String> {
    let files = row.files();
    let before = files.check();
    let errors = |checked: &common::Checked| -> Vec<(String, String)> {
        checked.diagnostics.iter().filter(|one| one.severity == Severity::Error).map(kind_of).collect()
    };
    let known = errors(&before);
    let mut broken = Vec::new();
    for finding in before.diagnostics.iter() {
        for help in &finding.help {
            // What is shown as it is to be written is what the fix writes; a format has an ellipsis.
            let exact = help.en.strip_prefix("write ").filter(|shown| !shown.contains('…'));
            let exact = exact.filter(|_| finding.code != code::BAD_TARGET);
            if let (Some(shown), None) = (exact, &finding.fix) {
                broken.push(format!("{}: `{}` shows `{shown}` without a fix", row.number, row.change));
            }
        }
        let Some(fix) = &finding.fix else { continue };
        let source = before.sources.get(fix.span.file).unwrap();
        let name = before.within(&source.path);
        let mut text = source.text.clone();
        text.replace_range(fix.span.range(), &fix.replacement);
        let after = errors(&files.clone().with(&name, text).check());
        let mut left = known.clone();
        left.retain(|one| *one != kind_of(finding));
        let gone = known.iter().filter(|one| **one == kind_of(finding)).count() == 1;
        if after.contains(&kind_of(finding)) && gone && finding.severity == Severity::Error {
            broken.push(format!(
                "{}: `{}`: the fix `{}` changes nothing",
                row.number, row.change, fix.replacement
            ));
        }
        // A text that takes a value from a part with a broken id is looked at only once the id can be read.
        let hidden =
            |one: &(String, String)| finding.code == code::BAD_ID && one.0 == code::UNKNOWN_PATH.to_string();
        if let Some(new) = after.iter().find(|one| !known.contains(one) && !hidden(one)) {
            broken.push(format!(
                "{}: `{}`: the fix `{}` gives {new:?}",
                row.number, row.change, fix.replacement
            ));
        }
    }
    broken
}

#[test]
fn each_offered_fix_removes_its_error_and_brings_no_other() {
    let rows = table::rows(include_str!("input/malformed.txt"));
    let broken: Vec<String> = rows.iter().flat_map(broken_fixes).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn advice_is_made_from_what_was_written() {
    let table = include_str!("input/malformed.txt");
    let slips = table.lines().take_while(|line| !line.contains("Slips whose meaning is plain")).count();
    let mut text = String::new();
    for row in table::rows(table).iter().filter(|row| row.number > slips) {
        text.push_str(&format!("━━ {}: {}\n", row.file, row.change));
        for finding in row.files().check().diagnostics.iter() {
            let fix = finding.fix.as_ref();
            let fix = fix.map(|fix| format!("    {}: `{}`\n", fix.safety.name(), fix.replacement));
            for lang in Lang::ALL {
                let help: Vec<&str> = finding.help.iter().map(|help| help.get(lang)).collect();
                text.push_str(&format!("{} → {}\n", finding.message.get(lang), help.join(" · ")));
            }
            text.push_str(&fix.unwrap_or_default());
        }
    }
    let shown =
        text.escape_debug().to_string().replace("\\n", "\n").replace("\\\"", "\"").replace("\\'", "'");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("advice", shown) });
}

#[test]
fn a_file_is_not_advised_to_take_the_name_of_another() {
    let renamed = |name: &str| {
        let bytes = Files::good().bytes("projects/1-network.toml").to_vec();
        let checked = Files::good().without("projects/1-network.toml").with(name, bytes).check();
        checked.diagnostics.iter().flat_map(|one| one.help.clone()).map(|help| help.en).collect::<String>()
    };
    assert!(renamed("projects/2_network.toml").contains("rename it to 1-network.toml"));
    assert!(renamed("projects/1_network.toml").contains("rename it to 1-network.toml"));
    let help = renamed("projects/2_wages.toml");
    assert!(help.contains("rename it to 1-….toml") && !help.contains("2-wages"), "{help}");
}

/// Characters beyond the first plane are two escapes in JSON, and none in TOML.
#[test]
fn thousands_of_errors_in_a_line_are_one_finding_and_take_no_time() {
    let begun = std::time::Instant::now();
    let text = "\\ud83d\\ude00".repeat(4000);
    let files = Files::good().change(
        "declaration.toml",
        "name = { zh = \"临江区数据中心\"",
        &format!("name = {{ zh = \"{text}\""),
    );
    let checked = files.check();
    assert_eq!(checked.findings().iter().filter(|one| one.starts_with("SB003")).count(), 1);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn advice_for_many_errors_in_a_large_file_takes_seconds_at_most() {
    let begun = std::time::Instant::now();
    let files = Files::good();
    let costs = "\n[[cost]]\nname = \"服务\"\namount = \"1O万 元\"\n".repeat(50);
    let remarks = "# 说明：按上年标准测算\n".repeat(10_000);
    let text = format!("{}{costs}{remarks}", files.text("projects/2-wages.toml"));
    let checked = files.with("projects/2-wages.toml", text).check();
    assert!(checked.findings().len() >= 50);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
