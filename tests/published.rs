//! Whole declarations written after the shapes of published ones: every mistake in them is found, and nothing else.
//!
//! Each folder of `tests/published` is a declaration with the truth beside it, in `expected.toml`.
//! `cargo test --test published -- --nocapture` prints the two rates, which `docs/checks.md` states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use common::{Checked, repository};
use serde::Deserialize;
use shenbao::diagnostic::Target;

/// The sentence of `docs/checks.md` about the rates.
const RATES: &str = "tests/published/rates.toml";

/// `expected.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    mistake: Vec<Mistake>,
}

/// One finding that a reviewer wants.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    /// The code, or `?` where any finding at the place will do.
    code: String,
    /// What a mistake without a code is about.
    about: Option<String>,
    file: String,
    /// What the finding points to or into, which occurs once in the file.
    at: String,
    reason: String,
}

/// One finding of the program.
struct Found {
    code: String,
    file: String,
    line: usize,
    range: Range<usize>,
    excerpt: String,
    message: String,
}

/// How the findings compare with the truth.
#[derive(Default)]
struct Measured {
    declarations: usize,
    projects: usize,
    known: usize,
    found: usize,
    extra: usize,
    /// A line for each mistake that was missed and each false alarm.
    wrong: String,
}

impl Measured {
    fn rates(&self) -> String {
        let Measured { projects, known, found, extra, .. } = self;
        let each = (rust_decimal::Decimal::from(*extra) / rust_decimal::Decimal::from(*projects)).round_dp(2);
        let each = format!("{each:.2}");
        format!(
            "{found} of {known} known mistakes found, {extra} false alarms in {projects} projects ({each} a project)"
        )
    }

    fn add(&mut self, folder: &Path) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(folder.join("expected.toml")).unwrap();
        let expected: Expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (projects, mut left) = findings(folder);
        self.declarations += 1;
        self.projects += projects;
        self.known += expected.mistake.len();
        // Mistakes with a code choose first, so that one without takes no finding that another is owed.
        let (any, coded): (Vec<_>, Vec<_>) = expected.mistake.iter().partition(|mistake| mistake.code == "?");
        for mistake in coded.into_iter().chain(any) {
            let at = place(folder, mistake);
            let Mistake { code, file, reason, .. } = mistake;
            let fits = |one: &Found| {
                (code == "?" || one.code == *code) && one.file == *file && overlap(&one.range, &at)
            };
            if let Some(index) = left.iter().position(fits) {
                left.remove(index);
                self.found += 1;
            } else {
                let what = mistake.about.as_ref().unwrap_or(code);
                writeln!(self.wrong, "missed: {what} {name}/{file} `{}`: {reason}", mistake.at).unwrap();
            }
        }
        self.extra += left.len();
        for Found { code, file, line, excerpt, message, .. } in left {
            writeln!(self.wrong, "false alarm: {code} {name}/{file}:{line} `{excerpt}`: {message}").unwrap();
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The bytes of a mistake's excerpt in its file.
fn place(folder: &Path, mistake: &Mistake) -> Range<usize> {
    let Mistake { file, at, .. } = mistake;
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert_eq!(text.matches(at).count(), 1, "`{at}` must occur once in {}/{file}", folder.display());
    let start = text.find(at).unwrap();
    start..start + at.len()
}

/// How many projects a declaration prints, and all that the program finds in it.
fn findings(folder: &Path) -> (usize, Vec<Found>) {
    let checked = Checked::of(folder);
    let examined = checked.examined();
    let declaration = checked.declaration.unwrap();
    assert_eq!(examined.accepted, 0, "{} accepts findings", folder.display());
    let found = examined.findings.iter().map(|finding| {
        let Target::Span(span) = &finding.labels[0].target else {
            panic!("a finding points to a file of {} as a whole", folder.display());
        };
        let source = checked.sources.get(span.file).unwrap();
        let file = source.path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let range = span.range();
        let excerpt = source.text[range.clone()].lines().next().unwrap_or_default().to_owned();
        let line = checked.sources.position(*span).line;
        Found {
            code: finding.code.to_string(),
            file,
            line,
            range,
            excerpt,
            message: finding.message.en.clone(),
        }
    });
    (declaration.projects.len(), found.collect())
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository("tests/published")).unwrap();
    let mut folders: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn measure() -> Measured {
    let mut measured = Measured::default();
    for folder in folders() {
        measured.add(&folder);
    }
    measured
}

#[test]
fn every_known_mistake_is_found_and_nothing_else() {
    let measured = measure();
    println!("{}", measured.rates());
    assert!(measured.wrong.is_empty(), "{}\n{}", measured.rates(), measured.wrong);
}

#[test]
fn the_documentation_states_the_measured_rates() {
    let measured = measure();
    let Measured { declarations, projects, known, found, extra, .. } = &measured;
    let rates = format!(
        "# What the rules find in these declarations; a test keeps it current.\n\
         declarations = {declarations}\nprojects = {projects}\nknown = {known}\nfound = {found}\nfalse_alarms = {extra}\n"
    );
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(repository(RATES), &rates).unwrap();
    }
    let written = fs::read_to_string(repository(RATES)).unwrap_or_default();
    assert_eq!(
        written, rates,
        "run `UPDATE_DOCS=1 cargo test --test published`, and then the same with `--test check_command`"
    );
}

#[test]
fn the_set_is_as_large_and_varied_as_the_rates_need() {
    let measured = measure();
    assert!(measured.declarations >= 8 && measured.projects >= 16, "{}", measured.rates());
    assert!(measured.known >= 40, "{}", measured.rates());
}
