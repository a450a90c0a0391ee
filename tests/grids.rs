//! The forms that come with the program: each label of a published grid stands in the PDF in its order, beside its value.
//!
//! `tests/grids/FORM.toml` names the sample and what its Chinese PDF says from top to bottom, without white space.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::collections::BTreeSet;
use std::fs;

use common::repository;
use rayon::prelude::*;
use serde::Deserialize;
use shenbao::form::{FormKind, Templates};
use support::{Order, build, pages, squeezed};

/// What a form's sample says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grid {
    sample: String,
    #[serde(default)]
    evaluation: bool,
    #[serde(default)]
    department: bool,
    says: Vec<String>,
}

fn grids() -> Vec<(String, Grid)> {
    let files = fs::read_dir(repository("tests/grids")).unwrap().map(|entry| entry.unwrap().path());
    let grid = |path: std::path::PathBuf| {
        let form = path.file_stem().unwrap().to_string_lossy().into_owned();
        (form, toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap())
    };
    files.map(grid).collect()
}

fn printed(grid: &Grid, options: &[&str]) -> Vec<u8> {
    let which: &[&str] = match (grid.evaluation, grid.department) {
        (true, _) => &["--evaluation"],
        (_, true) => &["--department"],
        _ => &[],
    };
    build(&repository(&grid.sample), &[options, which].concat())
}

#[test]
fn every_form_has_a_sample_that_says_what_its_published_grid_has() {
    let templates = Templates::default();
    let mut forms: BTreeSet<String> =
        templates.forms().into_iter().filter(|form| !form.starts_with("shanghai")).collect();
    forms.extend(templates.of_kind(FormKind::Evaluation));
    forms.extend(templates.of_kind(FormKind::Department));
    let grids = grids();
    assert_eq!(grids.iter().map(|(form, _)| form.clone()).collect::<BTreeSet<_>>(), forms);
    let missing: Vec<String> =
        grids.par_iter().filter_map(|(form, grid)| Some(format!("{form}: {}", missing(grid)?))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What a form does not say in its place, with what follows there.
fn missing(grid: &Grid) -> Option<String> {
    let pages = pages(&printed(grid, &["--lang", "zh"]), Order::Layout);
    let text: String = pages.iter().map(|page| squeezed(page)).collect();
    let mut rest = text.as_str();
    for part in &grid.says {
        match rest.find(part.as_str()) {
            Some(found) => rest = &rest[found + part.len()..],
            None => {
                return Some(format!("`{part}` is not in {}", rest.chars().take(200).collect::<String>()));
            }
        }
    }
    None
}

#[test]
fn every_sample_prints_in_english_and_in_both_languages() {
    grids().par_iter().for_each(|(form, grid)| {
        for options in [&["--lang", "en"][..], &[]] {
            assert!(
                pages(&printed(grid, options), Order::Layout).len()
                    >= 2 - usize::from(grid.evaluation || grid.department),
                "{form}"
            );
        }
    });
}

#[test]
fn an_actual_value_that_is_written_in_chinese_alone_has_an_english_unit() {
    let results = "results/1-school-meals.toml";
    let text = fs::read_to_string(repository("data/shiqiao-2026").join(results)).unwrap();
    let changed = text.replace("actual = { zh = \"4618人\", en = \"4618 persons\" }", "actual = \"4618 人\"");
    assert_ne!(changed, text);
    let folder = common::Files::of("data/shiqiao-2026").with(results, changed.as_str()).write();
    let pages = pages(&build(folder.path(), &["--evaluation", "--lang", "en"]), Order::Layout);
    assert!(pages.iter().any(|page| page.contains("4618 persons")), "{}", pages[0]);
}
