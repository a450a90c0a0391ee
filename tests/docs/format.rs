//! The format: its keys, its examples, its forms.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shenbao::compute::compute;
use shenbao::diagnostic::{Format, Style, emit};
use shenbao::form::{FormKind, Profile, Templates};
use shenbao::lang::Lang;
use shenbao::load::{FORMAT, load};
use shenbao::narrative::narrate;
use shenbao::source::Sources;

use crate::page::{blocks, page, rows, sections};

/// The findings of every stage before layout, one a line.
fn findings(folder: &Path) -> String {
    let mut loaded = load(folder);
    if let (Some(declaration), Some(profile)) = (&loaded.declaration, &loaded.profile) {
        let ledger = compute(declaration, &mut loaded.diagnostics);
        narrate(declaration, &ledger, profile, &mut loaded.diagnostics);
    }
    let style = Style { lang: Lang::En, colour: false, width: 110 };
    emit(&loaded.diagnostics, &loaded.sources, Format::Short, style)
}

/// A small declaration, each top-level key for itself: an example takes the place of what it names.
const DECLARATION: &[(&str, &str)] = &[
    ("form", "form = 'shanghai-2024'"),
    ("year", "year = 2024"),
    ("date", "date = 2023-11-20"),
    ("unit", "unit.name = '甲单位'"),
    ("department", "department.name = '乙部门'"),
    ("overview", "overview = { budget_units = 1, text = '共{{total}}。' }"),
];
const PROJECT: &[(&str, &str)] = &[
    ("name", "name = '项目'"),
    ("nature", "nature = '一次性项目'"),
    ("category", "category = '特定目标类'"),
    ("start", "start = 2024-01-01"),
    ("end", "end = 2024-12-31"),
    ("cost", "cost = [{ name = '费用', amount = '800万元' }]"),
    ("goal", "goal.overall = '目标'"),
    ("indicator", "indicator = [{ kind = '数量指标', name = '次数', target = '≥ 4.00 次' }]"),
];

fn with_example(base: &[(&str, &str)], example: &str) -> String {
    let table: toml::Table = example.parse().unwrap_or_else(|error| panic!("{error}\n{example}"));
    // A project has costs of its own or sub-projects.
    let replaced = |key: &str| table.contains_key(key) || (key == "cost" && table.contains_key("subproject"));
    let kept = base.iter().filter(|(key, _)| !replaced(key)).map(|(_, line)| format!("{line}\n"));
    kept.collect::<String>() + example
}

#[test]
fn every_key_of_the_format_is_documented_and_no_other() {
    for (path, head) in [("docs/format.md", "Key"), ("docs/zh/format.md", "键")] {
        let mut documented: BTreeMap<String, Vec<String>> = sections(&page(path))
            .into_iter()
            .map(|(heading, body)| (heading, rows(&body, head)))
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(heading, rows)| (heading, rows.iter().map(|row| row[0].replace('`', "")).collect()))
            .collect();
        for table in FORMAT {
            let keys = documented.remove(table.table).unwrap_or_default();
            assert_eq!(keys, table.keys, "{path}, {}", table.table);
        }
        assert!(documented.is_empty(), "{path}: the format has no such tables: {documented:?}");
    }
}

#[test]
fn every_example_loads_without_a_finding() {
    for path in ["docs/format.md", "docs/zh/format.md", "README.md", "README.zh-CN.md"] {
        for (info, line, example) in blocks(&page(path)) {
            let (declaration, project) = match info.as_str() {
                "toml declaration" => (with_example(DECLARATION, &example), with_example(PROJECT, "")),
                "toml project" => (with_example(DECLARATION, ""), with_example(PROJECT, &example)),
                info => {
                    assert!(!info.starts_with("toml"), "{path}:{line}: what is this an example of?");
                    continue;
                }
            };
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("projects")).unwrap();
            fs::write(folder.path().join("declaration.toml"), declaration).unwrap();
            fs::write(folder.path().join("projects/1-example.toml"), project).unwrap();
            assert_eq!(findings(folder.path()), "", "{path}:{line}");
        }
    }
}

/// What a form allows, as the page of forms tells it.
fn described(profile: &Profile) -> String {
    let joined = |words: &[shenbao::lang::Words]| {
        words.iter().map(|words| words.zh.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!("## {}\n\n{} · {}\n\n", profile.id, profile.title.zh, profile.title.en);
    let ids = profile.sections.iter().map(|section| format!("`{}` {}", section.id, section.heading.zh));
    let ids: Vec<String> = ids.collect();
    if !ids.is_empty() {
        out += &format!("* Sections, in order: {}.\n", ids.join(", "));
    }
    let lists = [
        ("Natures", &profile.natures),
        ("Categories", &profile.categories),
        ("Attributes", &profile.attributes),
        ("Types", &profile.types),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        out += &format!("* {name}: {}.\n", joined(list));
    }
    if !profile.sources.is_empty() {
        let sources = profile.sources.iter().map(|source| format!("`{}` {}", source.id, source.name.zh));
        out += &format!("* Sources of funds: {}.\n", sources.collect::<Vec<_>>().join(", "));
    }
    for (name, list) in [("Income", &profile.income), ("Outlay", &profile.outlay)] {
        if !list.is_empty() {
            let lines = list.iter().map(|line| format!("`{}` {}", line.id, line.name.zh));
            out += &format!("* {name}: {}.\n", lines.collect::<Vec<_>>().join(", "));
        }
    }
    for level in &profile.level1 {
        let kinds: Vec<&str> = level.kinds.iter().map(|kind| kind.zh.as_str()).collect();
        out += &format!("* {}: {}\n", level.zh, kinds.join(", "));
    }
    if let Some(scheme) = &profile.evaluation {
        match scheme.execution {
            Some(weight) => out += &format!("* Weight of the execution of the budget: {weight}.\n"),
            None => out += "* No scores.\n",
        }
        for band in &scheme.bands {
            out +=
                &format!("* {}: {} to {} in a hundred of the weight.\n", band.name.zh, band.least, band.most);
        }
    }
    out
}

/// `docs/form-list.md`, which `UPDATE_DOCS=1` writes anew.
#[test]
fn the_page_of_forms_is_current() {
    let templates = Templates::default();
    let mut page = "# Forms that come with the program\n\nThis page is generated from `templates/forms/`. [forms.md](forms.md) tells on which published documents they are\nmodelled, and how a form is described.\n".to_owned();
    for kind in [FormKind::Declaration, FormKind::Evaluation, FormKind::Department] {
        for form in templates.of_kind(kind) {
            let mut profile = Profile::read(&form, &templates, &mut Sources::default()).unwrap();
            if kind == FormKind::Evaluation {
                profile.level1.clear();
            }
            page += &format!("\n{}", described(&profile));
        }
    }
    let path = super::root().join("docs/form-list.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "run `UPDATE_DOCS=1 cargo test --test docs` to write docs/form-list.md anew");
}
