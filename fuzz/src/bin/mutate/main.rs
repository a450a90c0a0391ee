//! Thousands of mutated declarations through the whole program: `mutate PROGRAM OUT COUNT [FIRST]`.
//!
//! Each number is a case: a sample, changed in ways that the number alone decides, in a folder of its own. The commands that
//! officers use are run on it, and what has to hold of any input is looked at. The PDFs that were built are left in OUT for
//! veraPDF, and so are the folders of the cases in which something did not hold.

mod case;
mod look;
mod run;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

use case::Case;

/// What came of all cases.
#[derive(Default)]
struct Tally {
    /// How often each command ended with each status.
    ends: BTreeMap<(&'static str, i32), usize>,
    built: usize,
    slowest: f64,
    broken: usize,
}

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize| given.get(at).map(|text| text.parse::<u64>());
    let (Some(program), Some(out), Some(Ok(count)), Ok(first)) =
        (given.first(), given.get(1), number(2), number(3).unwrap_or(Ok(1)))
    else {
        eprintln!("usage: mutate PROGRAM OUT COUNT [FIRST]");
        return ExitCode::from(2);
    };
    let (Ok(program), out) = (fs::canonicalize(program), PathBuf::from(out)) else {
        eprintln!("mutate: there is no {program}");
        return ExitCode::from(2);
    };
    let jobs = env::var("JOBS").ok().and_then(|jobs| jobs.parse().ok());
    let jobs: usize = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let begun = Instant::now();
    let (next, tally) = (AtomicU64::new(first), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + count {
                        break;
                    }
                    let outcome = Case::new(number).examine(&program, &out);
                    if let Ok(mut tally) = tally.lock() {
                        tally.add(number, outcome);
                        if (number - first + 1).is_multiple_of(500) {
                            eprintln!("{} cases, {:.0} s", number - first + 1, begun.elapsed().as_secs_f64());
                        }
                    }
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_default();
    tally.tell(count, begun.elapsed().as_secs_f64());
    if tally.broken > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

impl Tally {
    fn add(&mut self, number: u64, outcome: case::Outcome) {
        for (command, status) in outcome.ends {
            *self.ends.entry((command, status)).or_default() += 1;
        }
        self.built += usize::from(outcome.built);
        self.slowest = self.slowest.max(outcome.slowest);
        if !outcome.broken.is_empty() {
            self.broken += 1;
            println!("case {number} ({})", outcome.said);
            outcome.broken.iter().for_each(|line| println!("    {line}"));
        }
    }

    fn tell(&self, count: u64, seconds: f64) {
        println!("command            exit 0  exit 1  exit 2");
        let mut commands: Vec<&str> = self.ends.keys().map(|(command, _)| *command).collect();
        commands.dedup();
        for command in commands {
            let of = |status: i32| self.ends.get(&(command, status)).copied().unwrap_or(0);
            println!("{command:<18} {:>6}  {:>6}  {:>6}", of(0), of(1), of(2));
        }
        println!(
            "{count} declarations, {} built, slowest run {:.1} s of processor time, {} with something that does not hold, {seconds:.0} s",
            self.built, self.slowest, self.broken
        );
    }
}
