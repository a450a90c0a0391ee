//! Imports run one way: a stage names only the stages before it, and only the program names them all.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, each after all that it may name.
const ORDER: [&str; 23] = [
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
    "document",
    "export",
    "render",
    "fmt",
    "import",
    "filled",
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

#[test]
fn paths_are_written_in_one_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files.iter().filter(|file| !file.ends_with("source/shown.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        assert!(!code.contains(".display()"), "{}: write a path with `shown`", file.display());
    }
}

/// The module of a file below `src`, as the steps of its path.
fn steps(file: &Path) -> Vec<String> {
    let mut steps: Vec<String> =
        file.with_extension("").iter().map(|step| step.to_str().unwrap().to_owned()).collect();
    if steps.last().is_some_and(|last| last == "mod") {
        steps.pop();
    }
    steps
}

/// The paths that a file names, each from the root: `use` trees spread out, `super` and `self` followed.
fn paths(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let begins = |at: usize| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|ch| !ch.is_alphanumeric() && ch != '_' && ch != '(' && ch != ':')
    };
    let mut found = Vec::new();
    for word in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(word).filter(|(at, _)| begins(*at)) {
            let rest: String = code[at..]
                .chars()
                .take_while(|ch| {
                    ch.is_alphanumeric() || matches!(ch, '_' | ':' | '{' | '}' | ',' | ' ' | '\n')
                })
                .collect();
            let (head, tree) = rest.split_once('{').unwrap_or((&rest, ""));
            let head = head.split([',', ' ', '\n', '}']).next().unwrap();
            let tree = tree.split('}').next().unwrap();
            let items =
                if rest.starts_with(&format!("{head}{{")) { tree.split(',').collect() } else { vec![""] };
            for item in items {
                let mut path: Vec<String> = match word {
                    "crate::" => Vec::new(),
                    "self::" => module.to_vec(),
                    _ => module[..module.len() - 1].to_vec(),
                };
                let whole = format!("{head}{}", item.trim());
                for step in whole.split("::").skip(1).filter(|step| !step.is_empty() && *step != "self") {
                    match step {
                        "super" => drop(path.pop()),
                        step => path.push(step.to_owned()),
                    }
                }
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut modules: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.ends_with("lib.rs") && !file.ends_with("main.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
        modules.insert(steps(file.strip_prefix(&root).unwrap()), code);
    }
    // What a file names of another one: the longest beginning of the path that is a module with a file.
    let named = |module: &Vec<String>, code: &str| -> Vec<Vec<String>> {
        let of = |path: Vec<String>| {
            (1..=path.len())
                .rev()
                .map(|length| path[..length].to_vec())
                .find(|path| modules.contains_key(path))
        };
        paths(code, module).into_iter().filter_map(of).filter(|other| other != module).collect()
    };
    let mut left: BTreeMap<Vec<String>, Vec<Vec<String>>> =
        modules.iter().map(|(module, code)| (module.clone(), named(module, code))).collect();
    assert!(left.values().map(Vec::len).sum::<usize>() > 500, "imports are not read");
    // Take away what names nothing that is left, until nothing is left.
    loop {
        let free: Vec<Vec<String>> = left
            .iter()
            .filter(|(_, names)| !names.iter().any(|name| left.contains_key(name)))
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| drop(left.remove(module)));
    }
    // What only names those in a circle is none itself.
    while let Some(outer) = left.keys().find(|own| !left.values().any(|names| names.contains(own))).cloned() {
        left.remove(&outer);
    }
    let circle: Vec<String> = left.keys().map(|module| module.join("::")).collect();
    assert!(circle.is_empty(), "these import each other: {circle:?}");
}
