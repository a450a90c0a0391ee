//! The values that texts may take, and their formats.

use std::collections::BTreeSet;

use shenbao::compute::compute;
use shenbao::diagnostic::Diagnostics;
use shenbao::form::Profile;
use shenbao::lang::Lang;
use shenbao::load::load;
use shenbao::model::{Declaration, Goals, NarrativeSection, Project, Prose, Text};
use shenbao::narrative::{Block, narrate};
use shenbao::source::Place;

use crate::page::{SAMPLES, page, root, rows, sections};

/// A sample, and its texts one at a time.
struct Sample {
    declaration: Declaration,
    profile: Profile,
}

impl Sample {
    /// A sample without its texts.
    fn read(path: &str) -> Sample {
        let loaded = load(&root().join(path));
        let (mut declaration, profile) = (loaded.declaration.unwrap(), loaded.profile.unwrap());
        declaration.overview.text = None;
        for project in &mut declaration.projects {
            project.code = Some("001".to_owned());
            project.attribute = Some(project.name.clone());
            project.project_type = Some(project.name.clone());
            project.narrative.clear();
            project.goals = Some(Goals { overall: project.name.clone(), annual: None });
        }
        Sample { declaration, profile }
    }

    /// What a text prints in the overview, or in a project; `None` when there is a finding.
    fn print(&self, text: &str, project: Option<usize>, lang: Lang) -> Option<String> {
        let mut declaration = self.declaration.clone();
        let prose = Prose { value: text.to_owned(), place: Place::whole(declaration.projects[0].span) };
        let text = if lang == Lang::Zh { Text::Zh(prose) } else { Text::En(prose) };
        match project {
            Some(index) => {
                let section = NarrativeSection { id: "overview".to_owned(), text };
                declaration.projects[index].narrative.push(section);
            }
            None => declaration.overview.text = Some(text),
        }
        let mut diagnostics = Diagnostics::default();
        let ledger = compute(&declaration, &mut diagnostics);
        let narrative = narrate(&declaration, &ledger, &self.profile, &mut diagnostics);
        let printed = match project {
            Some(index) => narrative.projects[index].sections[0].1.get(lang),
            None => narrative.overview.get(lang),
        };
        let line = match printed {
            [Block::Paragraph(line)] => line.clone(),
            _ => String::new(),
        };
        diagnostics.is_empty().then_some(line)
    }

    /// A documented path with each id that it can stand for.
    fn paths(&self, pattern: &str, project: Option<usize>) -> Vec<String> {
        let Some((before, after)) = pattern.split_once("ID") else { return vec![pattern.to_owned()] };
        let here: &[Project] = project.map_or(&[], |index| &self.declaration.projects[index..=index]);
        let costs = here.iter().flat_map(|project| {
            let below = project.subprojects.iter().flat_map(|sub| &sub.costs);
            project.costs.iter().chain(below).filter_map(|cost| Some(cost.id.as_ref()?.value.as_str()))
        });
        let ids: Vec<&str> = if before.ends_with("subproject.") {
            here.iter().flat_map(|project| &project.subprojects).map(|sub| sub.id.value.as_str()).collect()
        } else if before.ends_with("cost.") {
            costs.collect()
        } else {
            self.declaration.projects.iter().map(|project| project.id.as_str()).collect()
        };
        ids.iter().flat_map(|id| self.paths(&format!("{before}{id}{after}"), project)).collect()
    }
}

#[test]
fn every_documented_path_has_a_value_in_a_sample() {
    let samples = SAMPLES.map(Sample::read);
    let sections = sections(&page("docs/format.md"));
    let has_value = |pattern: &str, overview: bool| {
        samples.iter().any(|sample| {
            let count = sample.declaration.projects.len();
            let scopes = if overview { vec![None] } else { (0..count).map(Some).collect() };
            scopes.into_iter().any(|scope| {
                let paths = sample.paths(pattern, scope);
                paths.iter().any(|path| sample.print(&format!("{{{{{path}}}}}"), scope, Lang::Zh).is_some())
            })
        })
    };
    for (heading, overview) in [("Values in a project's texts", false), ("Values in the overview", true)] {
        let documented = rows(&sections[heading], "Path");
        assert!(documented.len() > 10, "{heading}");
        for row in documented {
            let pattern = row[0].replace('`', "");
            assert!(has_value(&pattern, overview), "{heading}: `{pattern}` has no value in any sample");
        }
    }
}

#[test]
fn every_value_that_the_samples_take_is_documented() {
    let sections = sections(&page("docs/format.md"));
    let documented: BTreeSet<String> = ["Values in a project's texts", "Values in the overview"]
        .iter()
        .flat_map(|heading| rows(&sections[*heading], "Path"))
        .map(|row| row[0].replace('`', ""))
        .collect();
    // An id stands behind `subproject`, `cost` or `project`, and before what is told of it.
    let pattern = |path: &str| {
        let parts: Vec<&str> = path.split('.').collect();
        let is_id = |at: usize| {
            at > 0 && at + 1 < parts.len() && ["subproject", "cost", "project"].contains(&parts[at - 1])
        };
        (0..parts.len()).map(|at| if is_id(at) { "ID" } else { parts[at] }).collect::<Vec<_>>().join(".")
    };
    for sample in SAMPLES {
        let sources = load(&root().join(sample)).sources;
        for (_, file) in sources.iter().filter(|(_, file)| !file.path.ends_with("form.toml")) {
            let written = file.text.lines().filter(|line| !line.starts_with('#'));
            for used in written.flat_map(|line| line.split("{{").skip(1)) {
                let path = used.split(['|', '}']).next().unwrap().trim();
                assert!(documented.contains(&pattern(path)), "{}: {path}", file.path.display());
            }
        }
    }
}

#[test]
fn every_format_prints_what_the_table_shows() {
    let sample = Sample::read("data/songjiang-2024");
    let rows = rows(&sections(&page("docs/format.md"))["Formats"], "Format");
    assert!(rows.len() > 10);
    for row in rows {
        for (lang, shown) in [(Lang::Zh, &row[1]), (Lang::En, &row[2])] {
            let printed = sample.print(&row[0].replace('`', ""), Some(0), lang);
            assert_eq!(printed.as_deref().unwrap_or(""), shown, "{} in {lang}", row[0]);
        }
    }
}
