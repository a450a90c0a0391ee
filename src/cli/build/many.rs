//! Many declarations: which are built, by how many workers, and what is kept for the next run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use shenbao::diagnostic::{Diagnostic, Diagnostics, code};
use shenbao::lang::{Words, say};
use shenbao::render;
use shenbao::source::{Sources, sweep};

use super::event::{Done, Event};
use super::fingerprint::{self, Surroundings};
use super::halt::Halt;
use super::one::{Made, Options, make};
use super::records::{Facts, Record, Records};
use super::report::Report;
use super::timings::Timings;
use super::{Job, folder_of};
use crate::cli::Outcome;
use crate::cli::args::{Build, OutputFormat};
use crate::cli::fonts::FontCache;
use crate::cli::system::cache_folder;
use crate::cli::ui::Ui;

/// For how many rounds the layout engine keeps what was not used, a round being one declaration for each worker.
///
/// What a declaration shares with the next, templates and fonts, is used in each round and stays. Its own pages would
/// fill the memory: of 200 declarations by two workers, 460 MB are in use at rounds four times as long, 150 MB at these,
/// in the same time.
const FORGET_AGE: usize = 1;

/// Builds all of them, and tells what came of it.
pub(super) fn run(jobs: &[Job], options: Options<'_>, args: &Build, ui: &Ui) -> Outcome {
    let workers = workers(args).min(jobs.len());
    let mut report = Report::new(jobs, args, ui);
    let (events, inbox) = mpsc::channel();
    let halt = Halt::on_interrupt(events.clone(), report.bar());
    let batch = Batch::new(jobs, options, args, workers, &halt);
    thread::scope(|scope| {
        let work = || {
            let events = events.clone();
            let batch = &batch;
            render::worker::spawn(scope, move || batch.work(&events))
        };
        let mut running = (0..workers).filter(|_| work().is_ok()).count();
        if running == 0 {
            batch.work(&events);
            running = 1;
        }
        report.follow(&inbox, running);
    });
    let resumes = batch.finish() && !args.force;
    report.close(halt.is_interrupted(), resumes)
}

/// How many declarations are built at a time.
fn workers(args: &Build) -> usize {
    match args.jobs {
        Some(jobs) => usize::from(jobs),
        None => thread::available_parallelism().map_or(1, usize::from),
    }
}

/// What the workers share.
struct Batch<'a> {
    jobs: &'a [Job],
    options: Options<'a>,
    fail_fast: bool,
    workers: usize,
    fonts: FontCache<'a>,
    halt: &'a Halt,
    next: AtomicUsize,
    done: AtomicUsize,
    kept: Option<Kept>,
}

/// What tells unchanged declarations.
struct Kept {
    surroundings: Surroundings,
    records: Mutex<Records>,
    /// Whether it is only written and not believed.
    force: bool,
}

impl<'a> Batch<'a> {
    fn new(
        jobs: &'a [Job],
        options: Options<'a>,
        args: &'a Build,
        workers: usize,
        halt: &'a Halt,
    ) -> Batch<'a> {
        let out = jobs.first().map_or(Path::new("."), |job| folder_of(&job.file));
        sweep(out);
        Batch {
            jobs,
            options,
            fail_fast: args.fail_fast,
            workers,
            fonts: FontCache::new(&args.output.fonts),
            halt,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            kept: Kept::of(options, args, out),
        }
    }

    /// Takes one job after the other until there is none.
    fn work(&self, events: &Sender<Event>) {
        // Whoever receives lives until every worker is idle.
        let tell = |event| drop(events.send(event));
        while !self.halt.is_set() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(number) else { break };
            tell(Event::Begun(number));
            tell(Event::Done(number, self.one(job)));
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            if done.is_multiple_of(self.workers) {
                render::forget(FORGET_AGE);
            }
        }
        tell(Event::Idle);
    }

    fn one(&self, job: &Job) -> Done {
        // Taken before the files are read: a change meanwhile is seen by the next run.
        let fingerprint = self.kept.as_ref().and_then(|kept| kept.surroundings.fingerprint(&job.folder));
        if let (Some(kept), Some(fingerprint)) = (&self.kept, fingerprint)
            && let Some((unit, facts)) = kept.unchanged(job, fingerprint)
        {
            return Done::Unchanged(unit, facts);
        }
        let make = || make(&job.folder, &job.file, self.options, &self.fonts);
        let made = catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| broken(&job.folder));
        if made.written.is_none() && self.fail_fast {
            self.halt.set();
        }
        if let (Some(kept), Some(fingerprint)) = (&self.kept, fingerprint) {
            kept.record(job, fingerprint, &made);
        }
        Done::Made(Box::new(made))
    }

    /// Brings the records to the disk; gives whether there are any.
    fn finish(self) -> bool {
        let records = self.kept.map(|kept| kept.records);
        let records = records.map(|records| records.into_inner().unwrap_or_else(PoisonError::into_inner));
        records.map(Records::finish).is_some()
    }
}

impl Kept {
    /// Pictures are many files each, and an earlier version may be in git: these are built every time.
    fn of(options: Options<'_>, args: &Build, out: &Path) -> Option<Kept> {
        if options.format != OutputFormat::Pdf || options.against.is_some() {
            return None;
        }
        // What an unknown program has built says nothing about what this one would.
        fingerprint::program()?;
        let surroundings = Surroundings::of(options, &args.output.fonts);
        let records = Mutex::new(Records::read(out, &cache_folder()?));
        Some(Kept { surroundings, records, force: args.force })
    }

    fn unchanged(&self, job: &Job, fingerprint: u128) -> Option<(Words, Facts)> {
        if self.force {
            return None;
        }
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let record = records.holding(&job.file, fingerprint)?;
        Some((record.unit.clone(), record.facts()?))
    }

    /// Keeps what was built without a finding: of a declaration that is skipped, warnings would not be told again.
    fn record(&self, job: &Job, fingerprint: u128, made: &Made) {
        if let (Some(unit), Some(written), true) = (&made.unit, &made.written, made.diagnostics.is_empty())
            && let Some(record) = Record::of(&job.file, fingerprint, unit.clone(), Facts::of(written))
        {
            self.records.lock().unwrap_or_else(PoisonError::into_inner).add(record);
        }
    }
}

/// What is told when the program itself fails on a declaration, so that the others are still built.
fn broken(folder: &Path) -> Made {
    let words = say!("程序内部出错，没有生成", "the program itself failed, and nothing was built");
    let help = say!("请把这份申报和上面的信息发给开发者", "please report it, with the message above");
    Made {
        diagnostics: Diagnostics::from_iter([Diagnostic::error(code::LAYOUT, words)
            .at_path(folder)
            .help(help)]),
        sources: Sources::default(),
        refused: false,
        remark: None,
        unit: None,
        written: None,
        timings: Timings::default(),
    }
}
