//! `shenbao build`

mod event;
mod findings;
mod fingerprint;
mod halt;
mod many;
mod one;
mod progress;
mod records;
mod report;
mod table;
mod tell;
mod timings;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use shenbao::form::Templates;
use shenbao::lang::{Words, say};
use shenbao::render::trace;
use shenbao::source::{Shown, replace, sweep};

pub(super) use fingerprint::Surroundings;
pub(super) use one::{
    Files, Made, Options, Paper, Written, files, input, make, not_begun, pages, passes, printed, unwritable,
};
pub(super) use tell::summary;

use super::args::{Build, OutputFormat, Printed};
use super::failure::Failure;
use super::fonts::FontCache;
use super::output::Destination;
use super::report::{format_of, write_built};
use super::system::reason;
use super::ui::Ui;
use super::{Outcome, folders, unfinished};

pub fn run(args: &Build, ui: &Ui) -> Outcome {
    let folders = match folders::resolve(&args.folders) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    if let Some(Err(failure)) = args.report.as_deref().map(format_of) {
        return failure.told(ui);
    }
    let options = Options::of(&args.output, true, args.against.as_deref());
    let Some(jobs) = jobs(folders, args.output.out.as_deref(), options, ui) else { return Outcome::Failed };
    jobs.iter().for_each(|job| unfinished::look(&job.folder, ui));
    let trace = args.timings.iter().flatten().next();
    if trace.is_some() {
        trace::start();
    }
    let outcome = match jobs.as_slice() {
        [job] => one(job, options, args, ui),
        jobs => many::run(jobs, options, args, ui),
    };
    match trace {
        Some(file) => outcome.max(write_trace(file, &jobs, ui)),
        None => outcome,
    }
}

/// Writes where the time went; places in templates are those of the first declaration.
fn write_trace(file: &Path, jobs: &[Job], ui: &Ui) -> Outcome {
    let templates = jobs.first().map_or_else(Templates::default, |job| Templates::beside(&job.folder));
    let mut bytes = Vec::new();
    let written =
        trace::write(&templates, &mut bytes).and_then(|()| replace(file, &[bytes.as_slice()], true));
    let path = file.shown();
    match written {
        Ok(()) => {
            ui.say(&say!(
                "用时记在 {path}，可用 Chromium 的 chrome://tracing 查看",
                "where the time went is in {path}; Chromium shows it under chrome://tracing"
            ));
            Outcome::Done
        }
        Err(error) => Failure::unwritten(file, &error).told(ui),
    }
}

/// A declaration and the file that it becomes.
pub(super) struct Job {
    pub folder: PathBuf,
    pub file: PathBuf,
}

/// Where each folder goes; `None`, and the user knows why, if two would be written over each other.
pub(super) fn jobs(
    folders: Vec<PathBuf>,
    out: Option<&Path>,
    options: Options<'_>,
    ui: &Ui,
) -> Option<Vec<Job>> {
    let destination = Destination::new(out, options.format).map_err(|words| ui.say(&words)).ok()?;
    if folders.len() > 1 && !matches!(destination, Destination::Folder(_)) {
        ui.say(&say!(
            "多份申报不能写进同一个文件：--out 请写文件夹",
            "several declarations cannot go into one file: name a folder with --out"
        ));
        return None;
    }
    if destination == Destination::Stdout && options.format != OutputFormat::Pdf {
        ui.say(&say!(
            "--out - 只能输出 PDF；png 和 svg 每页一个文件，请写文件或文件夹",
            "--out - takes a PDF only; png and svg are one file a page, so name a file or a folder"
        ));
        return None;
    }
    if destination == Destination::Stdout && std::io::stdout().is_terminal() {
        ui.say(&say!(
            "--out - 会把 PDF 输出到终端：请接上管道或重定向到文件，如 > 申报.pdf",
            "--out - would write the PDF to the terminal: pipe it, or redirect it to a file, as in > declaration.pdf"
        ));
        return None;
    }
    let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut jobs = Vec::with_capacity(folders.len());
    for folder in folders {
        let file = destination.file(&name(&folder, options), options.lang, options.format);
        if let Some(first) = taken.insert(folders::key(&file), folder.clone()) {
            let (file, first, second) = (file.shown(), first.shown(), folder.shown());
            ui.say(&say!(
                "{first} 和 {second} 都要写成 {file}：请分开生成，或改文件夹名",
                "{first} and {second} would both be written to {file}: build them apart, or rename one"
            ));
            return None;
        }
        jobs.push(Job { folder, file });
    }
    Some(jobs)
}

/// What a file is called: as its folder, with what it is beside, so that it does not take the place of what is submitted.
fn name(folder: &Path, options: Options<'_>) -> String {
    let redline = if options.against.is_some() { ".redline" } else { "" };
    let public = if options.public { ".public" } else { "" };
    let printed = match options.printed {
        Printed::Declaration => "",
        Printed::Evaluation => ".evaluation",
        Printed::Department => ".department",
    };
    format!("{}{printed}{public}{redline}", folders::name(folder))
}

/// The folder that a file is in.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn one(job: &Job, options: Options<'_>, args: &Build, ui: &Ui) -> Outcome {
    sweep(folder_of(&job.file));
    let mut made = make(&job.folder, &job.file, options, &FontCache::new(&args.output.fonts));
    let outcome = tell::tell(&mut made, args.output.no_check, args.timings.is_some(), ui);
    let outcome = match &args.report {
        Some(file) => outcome.max(write_built(&[report::built(job, &made)], file, ui)),
        None => outcome,
    };
    match &made.written {
        Some(written) if args.open => outcome.max(open_file(&written.file, ui)),
        _ => outcome,
    }
}

fn open_file(file: &Path, ui: &Ui) -> Outcome {
    // Windows opens no path with slashes.
    let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    match open::that_detached(whole) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            let path = file.shown();
            let Words { zh, en } = reason(&error);
            Failure::system(say!(
                "{path} 已生成，但打不开：{zh}",
                "{path} was built, but cannot be opened: {en}"
            ))
            .told(ui)
        }
    }
}
