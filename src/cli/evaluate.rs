//! `shenbao evaluate`

use std::path::{Path, PathBuf};

use shenbao::diagnostic::nearest;
use shenbao::edit::with_line_ends_of;
use shenbao::fix::{self, FixedFile};
use shenbao::form::{FormKind, Profile};
use shenbao::lang::say;
use shenbao::load::FileKind;
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::skeleton::start_results;
use shenbao::source::{Before, Shown, Sources};

use super::args::Evaluate;
use super::failure::Failure;
use super::fixes::unwritten;
use super::hold::hold;
use super::start::{has_schemas, written};
use super::ui::Ui;
use super::{Outcome, folder, folders};

pub fn run(args: &Evaluate, ui: &Ui) -> Outcome {
    let folder = match folders::one(&args.folder) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let _held = match hold(&folder, ui) {
        Ok(held) => held,
        Err(failure) => return failure.told(ui),
    };
    let mut prepared = prepare(&folder);
    if prepared.findings.has_errors() || prepared.whole.is_none() {
        return ui.tell(prepared.findings, &prepared.sources);
    }
    let profile = match form(args, &mut prepared) {
        Ok(profile) => profile,
        Err(failure) => return failure.told(ui),
    };
    let Some(whole) = &prepared.whole else { return Outcome::Failed };
    let files = begun(whole, &profile, &folder, ui);
    // The form before the files: with it, what is missing is known, and the next run begins the rest.
    let written = folder::ready(&files).and_then(|ready| {
        name_form(whole, &profile, &prepared.sources)?;
        folder::put(ready, Before::Nothing)
    });
    if let Err(failure) = written {
        return failure.told(ui);
    }
    let results = folder.join("results");
    let (shown, form) = (results.shown(), &profile.id);
    ui.report(&match files.len() {
        0 => say!("{shown} 里各项目的自评文件都已有了", "{shown} has the results of every project already"),
        count => say!(
            "{shown} 已写好 {count} 个自评文件，表样 {form}；填好后运行 shenbao build --evaluation",
            "{shown}: {count} files of results begun for the form {form}; fill them in, then run shenbao build --evaluation"
        ),
    });
    Outcome::Done
}

/// The form that is asked for, else the one that the declaration names.
fn form(args: &Evaluate, prepared: &mut Prepared) -> Result<Profile, Failure> {
    let Prepared { sources, templates, whole, .. } = prepared;
    let known = templates.of_kind(FormKind::Evaluation);
    let list = known.join("  ");
    let Some(whole) = whole else { return Err(Failure::usage(say!("没有申报", "no declaration"))) };
    let named = whole.declaration.evaluation.as_ref().map(|form| form.value.clone());
    let Some(id) = args.form.clone().or(named) else {
        return Err(Failure::usage(say!(
            "请用 --form 写明自评用的表样，可写：{list}",
            "name the form of the evaluation with --form; available: {list}"
        )));
    };
    if !known.contains(&id) {
        return Err(Failure::usage(match nearest(&id, known.iter().map(String::as_str)) {
            Some(meant) => {
                say!("未知的自评表样 {id}，是否应为 {meant}？", "unknown form {id}; did you mean {meant}?")
            }
            None => say!("未知的自评表样 {id}，可写：{list}", "unknown form {id}; available: {list}"),
        }));
    }
    match Profile::read(&id, templates, sources) {
        Ok(profile) => Ok(profile.filled_from(&whole.profile)),
        Err(finding) => Err(Failure::usage(finding.message)),
    }
}

/// The files of projects that have none yet, with their texts.
fn begun(whole: &Whole, profile: &Profile, folder: &Path, ui: &Ui) -> Vec<(PathBuf, String)> {
    let projects = whole.declaration.projects.iter().zip(&whole.ledger.projects);
    let missing = projects.filter(|(project, _)| project.outcome.is_none());
    missing
        .map(|(project, ledger)| {
            let path = folder.join("results").join(format!("{}-{}.toml", project.number, project.id));
            let text = start_results(project, ledger, profile, ui.lang());
            let text = written(&path, text, FileKind::Result, has_schemas(folder));
            (path, text)
        })
        .collect()
}

/// Writes the form into `declaration.toml`, below that of the declaration.
fn name_form(whole: &Whole, profile: &Profile, sources: &Sources) -> Result<(), Failure> {
    let declaration = &whole.declaration;
    let Some(source) = sources.get(declaration.year_place.file) else { return Ok(()) };
    let (before, id) = (&source.text, &profile.id);
    let after = match &declaration.evaluation {
        Some(form) if form.value == *id => return Ok(()),
        Some(form) => {
            let range = form.span.range();
            let (start, end) = (before.get(..range.start), before.get(range.end..));
            format!("{}\"{id}\"{}", start.unwrap_or(""), end.unwrap_or(""))
        }
        None => {
            let line = before.get(..declaration.year_place.range().start).and_then(|text| text.rfind('\n'));
            let at = line.map_or(0, |line| line + 1);
            let line = with_line_ends_of(before, &format!("evaluation = \"{id}\"\n"));
            format!("{}{line}{}", before.get(..at).unwrap_or(""), before.get(at..).unwrap_or(""))
        }
    };
    let file = FixedFile { path: source.path.clone(), before: before.clone(), after, fixes: 1 };
    fix::write(&file).map_err(|error| unwritten(&file.path, &error))
}
