//! Imports run one way: a stage names only the stages before it, and only the program names them all.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, each after all that it may name.
const ORDER: [&str; 21] = [
    "lang",
    "source",
    "diagnostic",
    "model",
    "reading",
    "paths",
    "form",
    "load",
    "compute",
    "narrative",
    "pipeline",
    "skeleton",
    "check",
    "fix",
    "edit",
    "diff",
    "export",
    "document",
    "render",
    "fmt",
    "schema",
];

/// Stages that never see each other, though one stands before the other.
const APART: [(&str, &[&str]); 5] = [
    ("document", &["check", "diff", "export", "fix", "edit"]),
    ("render", &["check", "diff", "export", "fix", "edit"]),
    ("diff", &["check", "fix", "edit"]),
    ("export", &["check", "diff", "fix", "edit"]),
    ("edit", &["check", "fix"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules of the library that each module names outside its tests.
fn named() -> BTreeMap<String, Vec<(String, PathBuf)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut named: BTreeMap<String, Vec<(String, PathBuf)>> = BTreeMap::new();
    for file in files {
        let below = file.strip_prefix(&root).unwrap().to_path_buf();
        let module = below
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for rest in code.split("crate::").skip(1) {
            let name: String = rest.chars().take_while(|ch| ch.is_alphanumeric() || *ch == '_').collect();
            named.entry(module.clone()).or_default().push((name, below.clone()));
        }
    }
    named
}

#[test]
fn a_stage_names_only_the_stages_before_it() {
    let place = |name: &str| ORDER.iter().position(|own| *own == name);
    for (module, names) in named() {
        if ["cli", "main", "lib"].contains(&module.as_str()) {
            continue;
        }
        let own = place(&module).unwrap_or_else(|| panic!("the module {module} has no place in the order"));
        for (name, file) in names.iter().filter(|(name, _)| *name != module) {
            let other =
                place(name).unwrap_or_else(|| panic!("{}: the module {name} is in no place", file.display()));
            assert!(other < own, "{} names {name}, which comes after {module}", file.display());
        }
    }
}

#[test]
fn what_is_made_of_a_declaration_is_made_apart() {
    let named = named();
    for (module, apart) in APART {
        for (name, file) in named.get(module).into_iter().flatten() {
            assert!(!apart.contains(&name.as_str()), "{} names {name}", file.display());
        }
    }
}

#[test]
fn the_layout_engine_is_named_in_one_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files.iter().filter(|file| !file.starts_with(root.join("render"))) {
        let text = fs::read_to_string(file).unwrap();
        let names =
            text.lines().any(|line| line.trim_start().starts_with("use typst") || line.contains("typst::"));
        assert!(!names, "{} names the layout engine", file.display());
    }
}
