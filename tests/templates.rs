//! Templates: a user's own beside the declaration, and the sample document that previews are made with.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;

use common::{Checked, Files, repository};
use serde_json::Value;
use shenbao::form::Templates;
use shenbao::render::{FontFolders, Fonts, Input, files};
use support::{Run, body, build, listing, run, sample, shenbao};
use tempfile::TempDir;

const PROFILE: &str = "templates/forms/shanghai-2024/form.toml";
const LAYOUT: &str = "templates/forms/shanghai-2024/form.typ";

fn songjiang() -> Files {
    Files::of("data/songjiang-2024")
}

/// A profile of the program's own, as a user would copy it.
fn profile() -> String {
    fs::read_to_string(repository(PROFILE)).unwrap()
}

fn text_of(files: &Files) -> String {
    body(&build(files.write().path(), &["--lang", "zh"]))
}

/// Builds a declaration whose templates cannot be used; gives what is said, with the folder left out.
fn refused(files: &Files, code: &str) -> String {
    let folder = files.write();
    let out = TempDir::new().unwrap();
    let mut command = shenbao(out.path());
    command.arg("build").arg(folder.path()).args(["--lang", "zh", "--message-format", "short"]);
    let Run { stderr, .. } = run(&mut command).ended_with(1);
    assert_eq!(listing(out.path()), [] as [String; 0]);
    assert!(stderr.contains(&format!("error[{code}]")), "{stderr}");
    stderr.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_profile_beside_the_declaration_stands_in_for_the_programs_own() {
    let title = "title = { zh = \"财政项目支出绩效目标申报表\"";
    assert!(profile().contains(title));
    let own = profile().replace(title, "title = { zh = \"区级项目绩效目标表\"");
    let text = text_of(&songjiang().with(PROFILE, own));
    assert_eq!(text.matches("区级项目绩效目标表（2024年度）").count(), 4);
    // The layout is still the program's.
    assert_eq!(text.matches("项目资金总额10,180,000.00年度资金申请总额10,180,000.00").count(), 1);
}

#[test]
fn a_layout_beside_the_declaration_stands_in_alone() {
    let own = "#import \"/shared/grid/find.typ\": cell\n\
               #let form(project) = [自己的表：#cell(project.form, \"total\").amount 元]";
    let text = text_of(&songjiang().with(LAYOUT, own));
    for amount in ["10,180,000.00", "526,000.00", "7,044,200.00", "330,800.00"] {
        assert!(text.contains(&format!("自己的表：{amount}元")), "{amount}");
    }
    // Everything around the form is still the program's.
    assert!(text.contains("七、绩效目标") && text.contains("1808.10万元"));
    assert!(!text.contains("项目资金总额"));
}

#[test]
fn a_new_form_needs_only_a_folder() {
    let files = songjiang().change("declaration.toml", "\"shanghai-2024\"", "\"district-2024\"").with(
        "templates/forms/district-2024/form.toml",
        profile().replace("（{{year}}年度）", "（{{year}}）"),
    );
    assert_eq!(text_of(&files).matches("绩效目标申报表（2024）").count(), 4);
}

#[test]
fn a_mistake_in_a_layout_is_told_with_its_file_and_line() {
    let failing = refused(&songjiang().with(LAYOUT, "#let form(project) = {\n  project.formm\n}\n"), "SB503");
    assert!(failing.contains(&format!("{LAYOUT}:2:")) && failing.contains("formm"), "{failing}");
    let broken = refused(&songjiang().with(LAYOUT, "#let form(project) = [\n"), "SB503");
    assert!(broken.contains(&format!("{LAYOUT}:1:")), "{broken}");
}

#[test]
fn a_mistake_in_a_profile_is_told_with_its_file_and_line() {
    let own = profile();
    let line = own.lines().position(|line| line.starts_with("year = ")).unwrap() + 1;
    let misspelt = refused(&songjiang().with(PROFILE, own.replace("\nyear = ", "\nyeer = ")), "SB013");
    assert!(misspelt.contains(&format!("{PROFILE}:{line}:1: ")), "{misspelt}");
    let broken = refused(&songjiang().with(PROFILE, "title = {\n"), "SB013");
    assert!(broken.contains(&format!("{PROFILE}:")), "{broken}");
}

#[test]
fn templates_read_nothing_but_templates() {
    for path in ["/../declaration.toml", "/declaration.toml", "/etc/hostname", "@preview/example:0.1.0"] {
        let own = if path.starts_with('@') {
            format!("#import \"{path}\"\n#let form(project) = []")
        } else {
            format!("#let form(project) = read(\"{path}\")")
        };
        let said = refused(&songjiang().with(LAYOUT, own), "SB503");
        assert!(said.contains(LAYOUT), "{path}: {said}");
    }
}

#[test]
fn templates_do_not_know_the_day() {
    let own = "#let form(project) = datetime.today().display()";
    refused(&songjiang().with(LAYOUT, own), "SB503");
}

/// The document and the settings that templates get for a sample.
fn generated(name: &str) -> [Value; 2] {
    let checked = Checked::of(&sample(name));
    let profile = checked.profile.as_ref().unwrap();
    let fonts = Fonts::find(profile, &FontFolders { system: true, ..FontFolders::default() }).unwrap();
    let declaration = checked.declaration();
    let input = Input {
        declaration,
        ledger: checked.ledger(),
        narrative: checked.narrative(),
        profile,
        languages: &declaration.languages,
        draft: false,
        public: false,
        evaluation: None,
        against: None,
    };
    files(input, &Templates::default(), &fonts).map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

/// Compares a sample with what is current, or writes it anew when asked to.
fn is_current(path: &str, current: &Value) {
    let path = repository(path);
    let text = serde_json::to_string_pretty(current).unwrap() + "\n";
    if std::env::var_os("UPDATE_SAMPLE_DOCUMENT").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap();
    let differing = committed.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert_eq!(differing, None, "run UPDATE_SAMPLE_DOCUMENT=1 cargo test --test templates");
    assert!(committed == text, "run UPDATE_SAMPLE_DOCUMENT=1 cargo test --test templates");
}

/// What a template's editor previews is what the program makes of the sample. Only the fonts are of no machine in
/// particular: the free ones. After a change, `UPDATE_SAMPLE_DOCUMENT=1 cargo test --test templates` writes it anew.
#[test]
fn the_samples_beside_the_templates_are_current() {
    let [document, mut settings] = generated("songjiang-2024");
    let committed: Value =
        serde_json::from_str(&fs::read_to_string(repository("templates/settings.json")).unwrap()).unwrap();
    settings["fonts"] = committed["fonts"].clone();
    is_current("templates/document.json", &document);
    is_current("templates/settings.json", &settings);
}

#[test]
fn a_template_gets_both_languages_or_the_one_that_is_printed() {
    let [document, settings] = generated("songjiang-2024");
    assert_eq!(settings["languages"], serde_json::json!(["zh", "en"]));
    assert_eq!(document["projects"].as_array().unwrap().len(), 4);
    let name = &document["projects"][3]["name"];
    assert_eq!(name["zh"], "编外人员工作经费");
    assert_eq!(name["en"], "Contract staff expenses");
    let cells = document["projects"][3]["form"]["parts"][0]["rows"][3]["cells"].as_array().unwrap();
    let total = cells.iter().find(|cell| cell["path"] == "total").unwrap();
    assert_eq!(total["amount"], "330,800.00");
}
