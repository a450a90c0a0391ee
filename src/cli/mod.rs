//! The commands: arguments into plain values, the library's answers onto the terminal.

mod add;
#[cfg(feature = "render")]
mod against;
mod args;
#[cfg(feature = "render")]
mod book;
#[cfg(feature = "render")]
mod build;
mod check;
mod diff;
mod evaluate;
mod explain;
mod export;
mod failure;
mod fixes;
mod fmt;
mod folder;
mod folders;
#[cfg(feature = "render")]
mod fonts;
mod git;
mod help;
mod hold;
mod import;
#[cfg(feature = "render")]
mod live;
mod new;
#[cfg(feature = "render")]
mod output;
mod places;
#[cfg(feature = "render")]
mod preview;
mod report;
mod rollover;
mod schema;
mod shells;
mod start;
#[cfg(feature = "render")]
mod stop;
mod system;
mod taken;
mod totals;
mod ui;
mod unfinished;
mod usage;
#[cfg(feature = "render")]
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use shenbao::diagnostic::{Diagnostics, Severity, code};

use args::{Cli, Command};
use ui::Ui;

/// What a command ends with: `done` 0, `findings` 1, `failed` 2, `interrupted` 130.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Done.
    Done,
    /// The declaration has errors.
    Findings,
    /// Wrong usage, or a file that could not be read or written.
    Failed,
    /// Stopped by Ctrl-C before all was done.
    #[cfg(feature = "render")]
    Interrupted,
}

impl Outcome {
    /// What findings make of a command.
    fn of(diagnostics: &Diagnostics) -> Outcome {
        let unreadable =
            diagnostics.iter().any(|one| one.severity == Severity::Error && one.code == code::UNREADABLE);
        match (unreadable, diagnostics.has_errors()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Findings,
            (false, false) => Outcome::Done,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
            // As shells say it of a command that SIGINT has ended.
            #[cfg(feature = "render")]
            Outcome::Interrupted => 130,
        })
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    if let Some(cache) = system::cache_folder() {
        shenbao::source::use_scratch(cache.join("unfinished"));
    }
    let given: Vec<_> = std::env::args_os().collect();
    let given = help::asked(given);
    let line = help::in_language(Cli::command(), usage::language(&given));
    let read = line.try_get_matches_from(&given).and_then(|matches| Cli::from_arg_matches(&matches));
    let Cli { command, common } = match read {
        Ok(cli) => cli,
        Err(asked) if usage::is_asked_for(&asked) => return usage::print(&asked, usage::language(&given)),
        Err(error) => {
            ui::say_plainly(&usage::message(&error, &given, usage::language(&given)));
            return Outcome::Failed.into();
        }
    };
    let ui = Ui::new(&common);
    match command {
        #[cfg(feature = "render")]
        Command::Build(args) => build::run(&args, &ui),
        #[cfg(feature = "render")]
        Command::Watch(args) => watch::run(&args, &ui),
        #[cfg(feature = "render")]
        Command::Preview(args) => preview::run(&args, &ui),
        #[cfg(feature = "render")]
        Command::Book(args) => book::run(&args, &ui),
        Command::Check(args) => check::run(&args, &ui),
        Command::Diff(args) => diff::run(&args, &ui),
        Command::Explain(args) => explain::run(&args, &ui),
        Command::New(args) => new::run(&args, &ui),
        Command::Add(args) => add::run(&args, &ui),
        Command::Rollover(args) => rollover::run(&args, &ui),
        Command::Evaluate(args) => evaluate::run(&args, &ui),
        Command::Export(args) => export::run(&args, &ui),
        Command::Import(args) => import::run(&args, &ui),
        Command::Fmt(args) => fmt::run(&args, &ui),
        Command::Totals(args) => totals::run(&args, &ui),
        #[cfg(feature = "render")]
        Command::Fonts(args) => fonts::run(&args, &ui),
        Command::Schema(args) => schema::run(&args, &ui),
        Command::Completions(args) => shells::completions(&args, &ui),
        Command::Man(args) => shells::man(&args, &ui),
    }
    .into()
}
