//! A case: a changed sample, and what is run on it.

use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use shenbao_fuzz::mutate::{Files, mutate};
use shenbao_fuzz::samples;

use super::look::{Look, findings};
use super::run::{self, Run};

/// A declaration made by its number.
pub struct Case {
    number: u64,
    files: Files,
    sample: PathBuf,
    /// What was changed.
    said: String,
    /// How it is built.
    build: &'static [&'static str],
}

/// What came of a case.
pub struct Outcome {
    pub said: String,
    /// Commands with the status of each.
    pub ends: Vec<(&'static str, i32)>,
    pub built: bool,
    pub slowest: f64,
    /// What does not hold.
    pub broken: Vec<String>,
}

const BUILDS: [&[&str]; 6] = [
    &["build", "unit", "--lang", "zh", "--out", "unit.pdf"],
    &["build", "unit", "--lang", "en", "--out", "unit.pdf"],
    &["build", "unit", "--lang", "zh", "--no-check", "--out", "unit.pdf"],
    &["build", "unit", "--lang", "zh", "--no-check", "--out", "unit.pdf"],
    &["build", "unit", "--lang", "zh", "--no-check", "--evaluation", "--out", "unit.pdf"],
    &["build", "unit", "--lang", "zh", "--no-check", "--department", "--out", "unit.pdf"],
];

impl Case {
    /// The case of a number.
    pub fn new(number: u64) -> Case {
        let mut rng = Rng::with_seed(number);
        let folders = samples::folders();
        let sample = folders[rng.usize(..folders.len())].clone();
        let mut files = samples::files(&sample);
        let said =
            format!("{}: {}", sample.file_name().unwrap_or_default().display(), mutate(&mut files, &mut rng));
        Case { number, files, sample, said, build: BUILDS[rng.usize(..BUILDS.len())] }
    }

    /// Runs the commands, and looks at what they leave.
    pub fn examine(self, program: &Path, out: &Path) -> Outcome {
        let folder = out.join(self.number.to_string());
        let _ = fs::remove_dir_all(&folder);
        samples::write(&self.files, &folder.join("unit"));
        // As far as its declaration goes, an empty folder is one too.
        let _ = fs::create_dir_all(folder.join("unit"));
        let mut outcome = Outcome {
            said: self.said.clone(),
            ends: Vec::new(),
            built: false,
            slowest: 0.0,
            broken: Vec::new(),
        };
        let sample = self.sample.to_string_lossy().into_owned();
        let mut of = |command: &'static str, arguments: &[&str]| -> Option<Run> {
            let ran = match run::run(program, &folder, arguments) {
                Ok(ran) => ran,
                Err(error) => {
                    outcome.broken.push(format!("{command}: cannot be run: {error}"));
                    return None;
                }
            };
            outcome.broken.extend(ran.look(command));
            outcome.ends.extend(ran.status.map(|status| (command, status)));
            outcome.slowest = outcome.slowest.max(ran.seconds);
            Some(ran)
        };
        let json = of("check --format json", &["check", "unit", "--format", "json", "--ui", "en"]);
        let human = of("check", &["check", "unit", "--ui", "zh"]);
        of("fmt --check", &["fmt", "--check", "unit", "--ui", "en"]);
        let totals = of("totals", &["totals", "unit", "--format", "json", "--ui", "zh"]);
        let diff = of("diff", &["diff", &sample, "unit", "--format", "json", "--ui", "en"]);
        let built = of("build", self.build);
        let mut broken = Vec::new();
        for (command, ran) in [("totals", &totals), ("diff", &diff)] {
            broken.extend(ran.as_ref().and_then(|ran| ran.not_json(command)));
        }
        if let (Some(json), Some(human)) = (&json, &human) {
            broken.extend(findings(json, human));
        }
        let clean = json.as_ref().is_some_and(|ran| ran.status == Some(0));
        outcome.built = built.is_some_and(|ran| {
            let done = ran.status == Some(0);
            // What only the pages show, such as a character of no font, is reported by `build` alone, with its location.
            if clean && ran.status == Some(2) && !self.asks_for_more() {
                broken.push(format!("build: fails after a clean check: {}", ran.stderr.trim()));
            }
            done
        });
        outcome.broken.extend(broken);
        self.clear(&folder, out, &outcome);
        outcome
    }

    /// Whether it builds what a declaration need not have.
    fn asks_for_more(&self) -> bool {
        self.build.iter().any(|argument| ["--evaluation", "--department"].contains(argument))
    }

    /// Leaves the PDF for veraPDF, and the folder where something did not hold.
    fn clear(&self, folder: &Path, out: &Path, outcome: &Outcome) {
        if outcome.built {
            let _ = fs::create_dir_all(out.join("pdf"));
            let _ = fs::rename(folder.join("unit.pdf"), out.join(format!("pdf/{}.pdf", self.number)));
        }
        if outcome.broken.is_empty() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
