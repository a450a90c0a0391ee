//! `shenbao check`

use std::path::{Path, PathBuf};

use shenbao::check::{self, Examined, examine};
use shenbao::diagnostic::nearest;
use shenbao::diagnostic::{Code, Diagnostic, Diagnostics, Format, JsonList, SarifLog, Severity, code, emit};
use shenbao::export::report::{Unit, units as units_table};
use shenbao::lang::{Lang, Words};
use shenbao::pipeline::{Prepared, prepare};
use shenbao::source::{Shown, Sources};

use super::args::{Check, Deny};
use super::failure::Failure;
use super::places::placed;
use super::report::{beside, drawn, format_of, unit, write};
use super::ui::Ui;
use super::{Outcome, fixes, folders, unfinished};

pub fn run(args: &Check, ui: &Ui) -> Outcome {
    let selection = match Selection::new(&args.only, &args.skip) {
        Ok(selection) => selection,
        Err(words) => {
            return Failure::usage(words).told(ui);
        }
    };
    let folders = match folders::resolve(&args.folders) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    if let Some(Err(failure)) = args.report.as_deref().map(format_of) {
        return failure.told(ui);
    }
    let fixed = if args.fix {
        fixes::fix(&folders, args.suggested, args.dry_run, |one| selection.keeps(one), ui)
    } else {
        Outcome::Done
    };
    if args.dry_run {
        return fixed.max(remaining(&folders, &selection, args.deny, ui));
    }
    let mut report = Report::new(args.format.map_or(ui.format(), Format::from), ui, folders.len() > 1);
    let mut tally = Tally::default();
    let mut units = Vec::new();
    for folder in &folders {
        unfinished::look(folder, ui);
        let (mut examined, prepared) = one(folder);
        let findings = selection.of(std::mem::take(&mut examined.findings));
        tally.add(&findings, examined.accepted, examined.held_back);
        report.add(folder, &findings, &prepared.sources);
        units.push(unit(folder, &prepared, &examined, &findings));
    }
    let given = report.finish().max(write_reports(args, &folders, &units, ui));
    if ui.format() == Format::Human && folders.len() > 1 {
        let table = units_table(&units, ui.lang());
        ui.report_text(&drawn(&table, ui.given().width, 1));
    }
    if tally.held_back {
        ui.say(&Words {
            zh: "有错误的文件未按规则检查：改正后请再次检查".to_owned(),
            en: "files with errors were not checked against the rules: fix them and check again".to_owned(),
        });
    }
    ui.report(&tally.summary());
    given.max(fixed).max(tally.outcome(args.deny))
}

/// The errors in the files as they are, on stderr: stdout has the patch, and nothing was written.
fn remaining(folders: &[PathBuf], selection: &Selection, deny: Option<Deny>, ui: &Ui) -> Outcome {
    let mut tally = Tally::default();
    for folder in folders {
        let (examined, Prepared { sources, .. }) = one(folder);
        let findings = selection.of(examined.findings);
        tally.add(&findings, examined.accepted, examined.held_back);
        let errors = findings.into_iter().filter(|one| one.severity == Severity::Error).collect();
        for line in emit(&errors, &sources, Format::Short, ui.given()).lines() {
            ui.say_text(line);
        }
    }
    if tally.errors > 0 {
        ui.say(&tally.summary());
    }
    tally.outcome(deny)
}

/// Every stage up to the rules.
fn one(folder: &Path) -> (Examined, Prepared) {
    let mut prepared = prepare(folder);
    (examine(&mut prepared), prepared)
}

/// The reports that were asked for: of all, and of each beside its folder.
fn write_reports(args: &Check, folders: &[PathBuf], units: &[Unit], ui: &Ui) -> Outcome {
    let mut outcome = Outcome::Done;
    if let Some(file) = &args.report {
        outcome = match format_of(file) {
            Ok(format) => write(units, file, format, ui),
            Err(failure) => failure.told(ui),
        };
    }
    if let Some(format) = args.each_report {
        for (folder, unit) in folders.iter().zip(units) {
            outcome = outcome.max(write(std::slice::from_ref(unit), &beside(folder, format), format, ui));
        }
    }
    outcome
}

/// Which findings were asked for.
struct Selection {
    only: Vec<Code>,
    skip: Vec<Code>,
}

impl Selection {
    fn new(only: &[String], skip: &[String]) -> Result<Selection, Words> {
        Ok(Selection { only: codes(only)?, skip: codes(skip)? })
    }

    fn of(&self, findings: Diagnostics) -> Diagnostics {
        let mut list = Diagnostics::default();
        list.extend(findings.into_iter().filter(|finding| self.keeps(finding)));
        list
    }

    /// What keeps a file from being read is always told: without it, nothing else can be believed.
    fn keeps(&self, finding: &Diagnostic) -> bool {
        let code = finding.code;
        let chosen =
            check::rule(code).is_some() || [code::STALE_ACCEPTANCE, code::BAD_ACCEPTANCE].contains(&code);
        if finding.severity == Severity::Error && !chosen {
            return true;
        }
        (self.only.is_empty() || self.only.contains(&code)) && !self.skip.contains(&code)
    }
}

fn codes(written: &[String]) -> Result<Vec<Code>, Words> {
    written.iter().map(|text| code_of(text)).collect()
}

/// The code that is meant, or what to say of one that there is not.
pub(super) fn code_of(text: &str) -> Result<Code, Words> {
    Code::parse(text).ok_or_else(|| {
        let all: Vec<String> = code::ALL.iter().map(|(code, _)| code.to_string()).collect();
        match nearest(text, all.iter().map(String::as_str)) {
            Some(meant) => Words {
                zh: format!("未找到编号“{text}”，是否应为 {meant}？"),
                en: format!("unknown code `{text}`; did you mean {meant}?"),
            },
            None => Words {
                zh: format!("未找到编号“{text}”；全部编号见 shenbao explain"),
                en: format!("unknown code `{text}`; `shenbao explain` lists all codes"),
            },
        }
    })
}

/// Where findings go, declaration by declaration.
struct Report<'u> {
    ui: &'u Ui,
    several: bool,
    written: Written,
    outcome: Outcome,
}

enum Written {
    /// As they come.
    Text(Format),
    /// All at the end.
    Json(JsonList),
    /// All at the end.
    Sarif(SarifLog),
}

impl<'u> Report<'u> {
    fn new(format: Format, ui: &'u Ui, several: bool) -> Report<'u> {
        let written = match format {
            Format::Json => Written::Json(JsonList::default()),
            Format::Sarif => Written::Sarif(SarifLog::new(ui.lang())),
            Format::Human | Format::Short | Format::Github => Written::Text(format),
        };
        Report { ui, several, written, outcome: Outcome::Done }
    }

    fn add(&mut self, folder: &Path, findings: &Diagnostics, sources: &Sources) {
        let format = match self.written {
            Written::Json(_) => Format::Json,
            Written::Sarif(_) => Format::Sarif,
            Written::Text(format) => format,
        };
        let (findings, sources) = &placed(findings, sources, format);
        match &mut self.written {
            Written::Json(list) => list.add(findings, sources),
            Written::Sarif(log) => log.add(findings, sources),
            Written::Text(format) => {
                let mut text = emit(findings, sources, *format, self.ui.given());
                if *format == Format::Human && self.several && !findings.is_empty() {
                    let line = Tally::of(findings).counts().get(self.ui.lang()).to_owned();
                    text = format!("── {} · {line}\n\n{text}", folder.shown());
                }
                self.outcome = self.outcome.max(self.ui.give(&text));
            }
        }
    }

    fn finish(self) -> Outcome {
        let lang = self.ui.lang();
        let last = match self.written {
            Written::Text(_) => Outcome::Done,
            Written::Json(list) => self.ui.give(&list.write()),
            Written::Sarif(log) => self.ui.give(&log.write(|code| check::about(code, lang))),
        };
        self.outcome.max(last)
    }
}

/// How much was found.
#[derive(Default)]
struct Tally {
    folders: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
    unreadable: bool,
    held_back: bool,
}

impl Tally {
    fn of(findings: &Diagnostics) -> Tally {
        let mut tally = Tally::default();
        tally.add(findings, 0, false);
        tally
    }

    fn add(&mut self, findings: &Diagnostics, accepted: usize, held_back: bool) {
        self.folders += 1;
        self.errors += findings.count(Severity::Error);
        self.warnings += findings.count(Severity::Warning);
        self.notes += findings.count(Severity::Note);
        self.accepted += accepted;
        self.held_back |= held_back;
        self.unreadable |=
            findings.iter().any(|one| one.severity == Severity::Error && one.code == code::UNREADABLE);
    }

    fn outcome(&self, deny: Option<Deny>) -> Outcome {
        match deny {
            _ if self.unreadable => Outcome::Failed,
            _ if self.errors > 0 => Outcome::Findings,
            Some(Deny::Warnings) if self.warnings > 0 => Outcome::Findings,
            _ => Outcome::Done,
        }
    }

    fn counts(&self) -> Words {
        let Tally { errors, warnings, notes, .. } = self;
        let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        Words {
            zh: format!("{errors} 个错误，{warnings} 个警告，{notes} 条提示"),
            en: format!(
                "{}, {}, {}",
                many(*errors, "error"),
                many(*warnings, "warning"),
                many(*notes, "note")
            ),
        }
    }

    fn summary(&self) -> Words {
        let (folders, accepted, counts) = (self.folders, self.accepted, self.counts());
        let s = if folders == 1 { "" } else { "s" };
        let (zh, en) = match accepted {
            0 => (String::new(), String::new()),
            _ => (format!("；已接受 {accepted} 个"), format!("; {accepted} accepted")),
        };
        Words {
            zh: format!("检查了 {folders} 份申报：{}{zh}", counts.get(Lang::Zh)),
            en: format!("{folders} declaration{s} checked: {}{en}", counts.get(Lang::En)),
        }
    }
}
