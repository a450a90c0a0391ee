//! What the documentation says is what the program does.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod format;
mod page;
mod values;

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use shenbao::check::rule;
use shenbao::diagnostic::code;
use shenbao::form::{Profile, Templates};
use shenbao::source::Sources;

use page::{SAMPLES, blocks, page, quoted, root, rows, sections};

const PAGES: [&str; 30] = [
    "README.md",
    "README.zh-CN.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "docs/format.md",
    "docs/form-list.md",
    "docs/forms.md",
    "docs/templates.md",
    "docs/fonts.md",
    "docs/diagnostics.md",
    "docs/checks.md",
    "docs/diff.md",
    "docs/editor.md",
    "docs/performance.md",
    "docs/preview.md",
    "docs/reliability.md",
    "docs/dependencies.md",
    "docs/limits.md",
    "docs/commands.md",
    "docs/export.md",
    "docs/zh/checks.md",
    "docs/zh/commands.md",
    "docs/zh/export.md",
    "docs/zh/fonts.md",
    "docs/zh/format.md",
    "docs/zh/forms.md",
    "docs/zh/limits.md",
    "docs/zh/preview.md",
    "docs/zh/reliability.md",
    "docs/zh/values.md",
];

#[test]
fn every_dependency_has_its_reason() {
    let page = page("docs/dependencies.md");
    let explained: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once(" |"))
        .flat_map(|(crates, _)| crates.split('`').filter(|name| !name.is_empty() && *name != ", "))
        .collect();
    let read = |path: &str| -> toml_edit::DocumentMut {
        fs::read_to_string(root().join(path)).unwrap().parse().unwrap()
    };
    let (manifest, fuzz) = (read("Cargo.toml"), read("fuzz/Cargo.toml"));
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let unix = manifest["target"]["cfg(unix)"]["dev-dependencies"].as_table();
    let linux = manifest["target"]["cfg(target_os = \"linux\")"]["dependencies"].as_table();
    let tables = tables.iter().map(|table| manifest[table].as_table()).chain([
        unix,
        linux,
        fuzz["dependencies"].as_table(),
    ]);
    let named = tables.flat_map(|table| table.unwrap().iter()).map(|(name, _)| name);
    let named: BTreeSet<&str> = named.filter(|name| *name != "shenbao").collect();
    assert_eq!(explained, named);
    let rows = page.lines().filter(|line| line.starts_with("| `") && line.matches(" | ").count() > 3);
    assert!(rows.clone().count() > 40);
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells.len() == 5 && cells.iter().all(|cell| !cell.is_empty()), "{row}");
    }
}

#[test]
fn every_font_of_a_role_is_listed_in_its_order() {
    let text = page("docs/fonts.md");
    let items: Vec<&str> =
        text.split("\n* `").skip(1).map(|item| item.split("\n\n").next().unwrap()).collect();
    for form in Templates::default().forms() {
        let fonts = Profile::read(&form, &Templates::default(), &mut Sources::default()).unwrap().fonts;
        let roles = [
            ("title", &fonts.title),
            ("heading", &fonts.heading),
            ("subheading", &fonts.subheading),
            ("body", &fonts.body),
            ("table", &fonts.table),
            ("latin", &fonts.latin),
            ("stand_ins", &fonts.stand_ins),
        ];
        for (role, families) in roles {
            let item = items.iter().find(|item| item.starts_with(&format!("{role}`"))).unwrap();
            assert_eq!(quoted(item.split_once('`').unwrap().1), *families, "{form}, {role}");
        }
    }
}

#[test]
fn every_code_is_explained_in_the_words_of_the_program() {
    let rows = rows(&page("docs/diagnostics.md"), "Code");
    let explained: Vec<(String, &str)> = rows.iter().map(|row| (row[0].clone(), row[1].as_str())).collect();
    // Rules have a page of their own, which tests/check_command.rs holds to them.
    let others = code::ALL.iter().filter(|(code, _)| rule(*code).is_none());
    let codes: Vec<(String, &str)> =
        others.map(|(code, meaning)| (code.to_string(), meaning.trim())).collect();
    assert_eq!(explained, codes);
    assert!(rows.iter().all(|row| !row[2].is_empty()));
}

/// The paths of a document's keys. What a `body` holds, and the languages of a text, are not followed.
fn keys(value: &serde_json::Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) if map.contains_key("zh") || path.ends_with(".body") => {
            found.insert(path.to_owned());
        }
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| keys(value, &format!("{path}.{key}"), found));
        }
        serde_json::Value::Array(list) => {
            list.iter().for_each(|value| keys(value, &format!("{path}[]"), found));
        }
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn what_templates_get_has_the_shape_that_is_shown() {
    let shown = blocks(&page("docs/templates.md")).into_iter().filter(|(info, ..)| info == "json");
    let files = ["document.json", "settings.json"];
    for ((_, _, shown), file) in shown.zip(files) {
        let [shown, sample] = [shown, page(&format!("templates/{file}"))].map(|text| {
            let mut found = BTreeSet::new();
            keys(&serde_json::from_str(&text).unwrap(), "", &mut found);
            found
        });
        assert_eq!(shown, sample, "{file}");
    }
}

/// The sample of the commands pages, with an amount changed as they say, in a folder of its own.
fn my_unit(amount: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (root().join(SAMPLES[0]), folder.path().join("my-unit-2025"));
    fs::create_dir_all(to.join("projects")).unwrap();
    for below in [".", "projects"] {
        for entry in fs::read_dir(from.join(below)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                let text = text.replace("amount = \"800万元\"", &format!("amount = {amount}"));
                fs::write(to.join(below).join(entry.file_name()), text).unwrap();
            }
        }
    }
    folder
}

#[test]
fn what_the_commands_pages_show_of_the_terminal_is_what_appears() {
    for (path, ui) in [("docs/commands.md", "en"), ("docs/zh/commands.md", "zh")] {
        let mut compared = 0;
        for (_, line, shown) in blocks(&page(path)).into_iter().filter(|(info, ..)| info == "console") {
            let shown = shown.split_once('\n').unwrap().1;
            // `build` needs the layout engine; the errors of a file are the same in `totals`.
            let (command, amount, options) = match () {
                () if shown.contains("[SB102]") => ("totals", "\"750\"", [].as_slice()),
                () if shown.contains("9,630,000.00") => ("totals", "\"750万元\"", ["--explain"].as_slice()),
                () if shown.contains("[SB212]") => ("check", "\"750万元\"", [].as_slice()),
                () => continue,
            };
            let folder = my_unit(amount);
            let output = Command::new(env!("CARGO_BIN_EXE_shenbao"))
                .args([command, "my-unit-2025", "--ui", ui])
                .args(options)
                .current_dir(folder.path())
                .output()
                .unwrap();
            let output = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            for part in shown.split("…\n") {
                assert!(output.contains(part), "{path}:{line}\n{part}\n{output}");
            }
            compared += 1;
        }
        assert_eq!(compared, 3, "{path}");
    }
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|ch| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    for path in PAGES {
        let text = page(path);
        let targets = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
        for target in targets.filter(|target| !target.starts_with("https:")) {
            let (file, wanted) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() {
                root().join(path)
            } else {
                root().join(path).parent().unwrap().join(file)
            };
            assert!(file.exists(), "{path}: {target}");
            if !wanted.is_empty() {
                let headings = sections(&fs::read_to_string(&file).unwrap());
                assert!(headings.keys().any(|heading| anchor(heading) == wanted), "{path}: {target}");
            }
        }
    }
}
