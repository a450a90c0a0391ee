//! `shenbao build`

mod arenas;
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
use std::path::{Path, PathBuf};

use shenbao::lang::{Lang, say};

pub(super) use one::{Options, Prepared, make, prepare};

use super::args::Build;
use super::fonts::FontCache;
use super::output::Destination;
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Build, ui: &Ui) -> Outcome {
    let Some(folders) = folders::resolve(&args.folders, ui) else { return Outcome::Failed };
    let Some(jobs) = jobs(folders, args, ui) else { return Outcome::Failed };
    let options = Options {
        lang: args.lang.map(Lang::from),
        format: args.format,
        draft: args.no_check,
        against: args.against.as_deref(),
    };
    match jobs.as_slice() {
        [job] => one(job, options, args, ui),
        jobs => many::run(jobs, options, args, ui),
    }
}

/// A declaration and the file that it becomes.
struct Job {
    folder: PathBuf,
    file: PathBuf,
}

/// Where each folder goes; `None`, and the user knows why, if two would be written over each other.
fn jobs(folders: Vec<PathBuf>, args: &Build, ui: &Ui) -> Option<Vec<Job>> {
    let destination = Destination::new(args.out.as_deref(), args.format);
    if folders.len() > 1 && matches!(destination, Destination::File(_)) {
        ui.say(&say!(
            "多份申报不能写进同一个文件：--out 请写文件夹",
            "several declarations cannot go into one file: name a folder with --out"
        ));
        return None;
    }
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut jobs = Vec::with_capacity(folders.len());
    for folder in folders {
        let file = destination.file(&name(&folder, args), args.lang.map(Lang::from), args.format);
        if let Some(first) = taken.insert(file.clone(), folder.clone()) {
            let (file, first, second) = (file.display(), first.display(), folder.display());
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

/// What a file is called: as its folder, and a redline so that it does not take the place of what is submitted.
fn name(folder: &Path, args: &Build) -> String {
    let redline = if args.against.is_some() { ".redline" } else { "" };
    format!("{}{redline}", folders::name(folder))
}

/// The folder that a file is in.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn one(job: &Job, options: Options<'_>, args: &Build, ui: &Ui) -> Outcome {
    let mut made = make(&job.folder, &job.file, options, &FontCache::new(&args.fonts));
    let outcome = tell::tell(&mut made, args.no_check, args.timings, ui);
    match &made.written {
        Some(written) if args.open => outcome.max(open_file(&written.file, ui)),
        _ => outcome,
    }
}

fn open_file(file: &Path, ui: &Ui) -> Outcome {
    match open::that_detached(file) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            let path = file.display();
            ui.say(&say!(
                "{path} 已生成，但打不开：{error}",
                "{path} was built, but cannot be opened: {error}"
            ));
            Outcome::Failed
        }
    }
}
