//! The telling of a run about many: findings in the order of the folders, what is under way, the table at the end.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use indicatif::ProgressBar;
use shenbao::lang::{Words, say};
use shenbao::source::Shown;

use super::event::{Done, Event};
use super::findings::Findings;
use super::one::Made;
use super::progress::Progress;
use super::records::Facts;
use super::table::{self, End, Row};
use super::tell::{drafted, outcome, refused, summary};
use super::{Job, open_file};
use crate::cli::args::Build;
use crate::cli::report::{Built, write_built};
use crate::cli::ui::Ui;
use crate::cli::{Outcome, folders};

/// Collects what became of the jobs, and tells each in its turn.
pub(super) struct Report<'a> {
    jobs: &'a [Job],
    args: &'a Build,
    ui: &'a Ui,
    begun: Instant,
    progress: Progress,
    findings: Findings<'a>,
    /// What is done before its turn.
    early: BTreeMap<usize, Done>,
    /// What was told, in order.
    rows: Vec<Row>,
    /// What is said once, however many declarations it is about.
    notes: Vec<Words>,
    outcome: Outcome,
}

impl<'a> Report<'a> {
    pub fn new(jobs: &'a [Job], args: &'a Build, ui: &'a Ui) -> Report<'a> {
        Report {
            jobs,
            args,
            ui,
            begun: Instant::now(),
            progress: Progress::new(jobs.len(), ui),
            findings: Findings::new(ui),
            early: BTreeMap::new(),
            rows: Vec::with_capacity(jobs.len()),
            notes: Vec::new(),
            outcome: Outcome::Done,
        }
    }

    /// The bar that stands in the terminal.
    pub fn bar(&self) -> ProgressBar {
        self.progress.bar()
    }

    /// Listens until all of the `running` workers are idle.
    pub fn follow(&mut self, inbox: &Receiver<Event>, mut running: usize) {
        while running > 0
            && let Ok(event) = inbox.recv()
        {
            match event {
                Event::Begun(number) => {
                    let name = self.jobs.get(number).map(|job| folders::name(&job.folder));
                    self.progress.begin(number, name.unwrap_or_default());
                }
                Event::Done(number, done) => {
                    self.progress.end(number);
                    self.early.insert(number, done);
                    while let Some(done) = self.early.remove(&self.rows.len()) {
                        self.take(done);
                    }
                }
                Event::Idle => running -= 1,
                Event::Interrupted => self.progress.above(|| self.ui.say(&ending())),
            }
        }
    }

    /// Tells the next declaration.
    fn take(&mut self, done: Done) {
        let Some(job) = self.jobs.get(self.rows.len()) else { return };
        let row = match done {
            Done::Unchanged(name, facts) => {
                Row { folder: shown(job), name, facts: Some(facts), took: None, end: End::Unchanged }
            }
            Done::Made(made) => {
                self.tell(&made);
                row(job, &made)
            }
        };
        self.rows.push(row);
    }

    fn tell(&mut self, made: &Made) {
        self.outcome = self.outcome.max(outcome(made));
        let Report { ui, args, .. } = *self;
        let lines = ui.talks() && !self.progress.is_shown();
        let findings = &mut self.findings;
        self.progress.above(|| {
            findings.tell(&made.diagnostics, &made.sources);
            if let Some(remark) = &made.remark {
                ui.say(remark);
            }
            if let Some(written) = made.written.as_ref().filter(|_| lines) {
                ui.say(&summary(written));
            }
            if args.timings.is_some() && made.written.is_some() {
                ui.say_text(&made.timings.line());
            }
        });
        if made.refused {
            self.note(refused());
        }
        let Some(written) = &made.written else { return };
        if let Some(stand_in) = &written.stand_in {
            self.note(stand_in.clone());
        }
        if args.output.no_check {
            self.note(drafted());
        }
        if args.open {
            self.outcome = self.outcome.max(open_file(&written.file, ui));
        }
    }

    fn note(&mut self, words: Words) {
        if !self.notes.contains(&words) {
            self.notes.push(words);
        }
    }

    /// Tells the rest: what is said once, the table, and what an interrupt has left.
    pub fn close(mut self, interrupted: bool, resumes: bool) -> Outcome {
        self.progress.clear();
        let left = self.jobs.len() - self.rows.len();
        for job in self.jobs.iter().skip(self.rows.len()) {
            let (folder, name) = (shown(job), folder_name(job));
            self.rows.push(Row { folder, name, facts: None, took: None, end: End::NotBegun });
        }
        self.findings.finish();
        if self.ui.talks() {
            self.notes.iter().for_each(|words| self.ui.say(words));
            let (lang, width) = (self.ui.lang(), self.ui.given().width);
            let given = self.ui.give(&table::text(&self.rows, self.begun.elapsed(), lang, width));
            self.outcome = self.outcome.max(given);
        }
        if let Some(file) = &self.args.report {
            let built: Vec<Built> =
                self.jobs.iter().zip(&self.rows).map(|(job, row)| of_row(job, row)).collect();
            self.outcome = self.outcome.max(write_built(&built, file, self.ui));
        }
        if interrupted && left > 0 {
            self.ui.say(&stopped(left, resumes));
            return Outcome::Interrupted;
        }
        self.outcome
    }
}

fn row(job: &Job, made: &Made) -> Row {
    let end = match (&made.written, outcome(made)) {
        (Some(_), _) => End::Built,
        (None, Outcome::Failed) => End::Failed,
        (None, _) => End::Errors,
    };
    Row {
        folder: shown(job),
        name: made.unit.clone().filter(|name| !name.zh.is_empty()).unwrap_or_else(|| folder_name(job)),
        facts: made.written.as_ref().map(Facts::of),
        took: made.written.as_ref().map(|written| written.took),
        end,
    }
}

/// The only declaration of a run, for the report.
pub(super) fn built(job: &Job, made: &Made) -> Built {
    of_row(job, &row(job, made))
}

fn of_row(job: &Job, row: &Row) -> Built {
    let pages = row.facts.map(|facts| facts.pages);
    Built { folder: job.folder.clone(), pages, result: row.end.words() }
}

fn shown(job: &Job) -> String {
    job.folder.shown()
}

fn folder_name(job: &Job) -> Words {
    let folder = job.folder.shown();
    say!("{folder}", "{folder}")
}

fn ending() -> Words {
    say!(
        "正在结束：等手头的几份完成；再按一次 Ctrl-C 立即退出",
        "stopping when those under way are done; Ctrl-C again ends at once"
    )
}

fn stopped(left: usize, resumes: bool) -> Words {
    if resumes {
        say!(
            "已停止，还有 {left} 份没有生成；再运行同样的命令，就从停下的地方继续",
            "stopped with {left} not built; the same command goes on from here"
        )
    } else {
        say!("已停止，还有 {left} 份没有生成", "stopped with {left} not built")
    }
}
