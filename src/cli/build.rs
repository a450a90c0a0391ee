//! `shenbao build`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use shenbao::check::examine;
use shenbao::compute::{Ledger, compute};
use shenbao::diagnostic::{Code, Diagnostic, Diagnostics, Severity, code};
use shenbao::form::Profile;
use shenbao::lang::{Lang, Words};
use shenbao::load::{Loaded, load};
use shenbao::model::Declaration;
use shenbao::narrative::{Narrative, narrate};
use shenbao::render::{Earlier, Fonts, Input, Pages, lay_out};

use super::against::earlier;
use super::args::{Build, OutputFormat};
use super::fonts::{folders_for, stand_in_note};
use super::output::{self, Destination};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Build, ui: &Ui) -> Outcome {
    let folders = folders::resolve(&args.folders);
    let destination = Destination::new(args.out.as_deref(), args.format);
    if folders.len() > 1 && matches!(destination, Destination::File(_)) {
        ui.say(&Words {
            zh: "多份申报不能写进同一个文件：--out 请写文件夹".to_owned(),
            en: "several declarations cannot go into one file: name a folder with --out".to_owned(),
        });
        return Outcome::Failed;
    }
    let lang = args.lang.map(Lang::from);
    let mut files = BTreeMap::new();
    for folder in &folders {
        let file = destination.file(&name(folder, args), lang, args.format);
        if let Some(first) = files.insert(file.clone(), folder) {
            let (file, first, second) = (file.display(), first.display(), folder.display());
            ui.say(&Words {
                zh: format!("{first} 和 {second} 都要写成 {file}：请分开生成，或改文件夹名"),
                en: format!(
                    "{first} and {second} would both be written to {file}: build them apart, or rename one"
                ),
            });
            return Outcome::Failed;
        }
    }
    let outcomes = folders.iter().map(|folder| one(folder, &destination, args, ui));
    outcomes.max().unwrap_or(Outcome::Done)
}

/// What a file is called: as its folder, and a redline so that it does not take the place of what is submitted.
fn name(folder: &Path, args: &Build) -> String {
    let redline = if args.against.is_some() { ".redline" } else { "" };
    format!("{}{redline}", folders::name(folder))
}

/// How long each step took.
#[derive(Default)]
pub(super) struct Timings {
    steps: Vec<(&'static str, Duration)>,
}

impl Timings {
    fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.steps.push((step, start.elapsed()));
        result
    }

    fn line(&self) -> String {
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|(step, took)| {
                let micros = took.as_micros();
                format!("{step} {}.{:02} ms", micros / 1000, micros % 1000 / 10)
            })
            .collect();
        format!("timings: {}", steps.join(", "))
    }
}

/// What was made of a declaration before it is laid out.
pub(super) struct Prepared {
    declaration: Declaration,
    profile: Profile,
    ledger: Ledger,
    narrative: Narrative,
}

fn one(folder: &Path, destination: &Destination, args: &Build, ui: &Ui) -> Outcome {
    let start = Instant::now();
    let mut timings = Timings::default();
    let mut loaded = timings.time("load", || load(folder));
    let Some(prepared) = prepare(&mut loaded, &mut timings) else {
        return ui.tell(loaded.diagnostics, &loaded.sources);
    };
    let before = match args.against.as_deref().map(|against| earlier(against, folder, ui)).transpose() {
        Ok(before) => before,
        Err(words) => {
            ui.say(&words);
            return Outcome::Findings;
        }
    };
    if !args.no_check && before.is_none() {
        let passed = timings.time("check", || passes(&prepared, &mut loaded));
        if !passed {
            let outcome = ui.tell(loaded.diagnostics, &loaded.sources);
            ui.say(&refused());
            return outcome;
        }
    }
    let lang = args.lang.map(Lang::from);
    let file = destination.file(&name(folder, args), lang, args.format);
    let built = build(&prepared, before.as_ref(), &mut loaded, folder, args, &mut timings);
    let Loaded { mut diagnostics, sources, .. } = loaded;
    let Some(built) = built else { return ui.tell(diagnostics, &sources) };
    let written = timings.time("write", || built.write(&file));
    let size = match written {
        Ok(size) => size,
        Err(error) => {
            diagnostics.push(unwritable(&file, &error));
            return ui.tell(diagnostics, &sources);
        }
    };
    let outcome = ui.tell(diagnostics, &sources);
    if ui.talks() {
        if let Some(note) = &built.stand_in {
            ui.say(note);
        }
        ui.say(&summary(&built.first_file(&file), &built, size, start.elapsed(), &prepared));
    }
    if args.no_check {
        ui.say(&drafted());
    }
    if args.timings {
        ui.say_text(&timings.line());
    }
    if args.open {
        return outcome.max(open_file(&built.first_file(&file), ui));
    }
    outcome
}

/// The stages before layout; `None` when there is an error.
pub(super) fn prepare(loaded: &mut Loaded, timings: &mut Timings) -> Option<Prepared> {
    let declaration = loaded.declaration.take()?;
    let ledger = timings.time("compute", || compute(&declaration, &mut loaded.diagnostics));
    let profile = loaded.profile.take()?;
    let narrative =
        timings.time("narrative", || narrate(&declaration, &ledger, &profile, &mut loaded.diagnostics));
    (!loaded.diagnostics.has_errors()).then_some(Prepared { declaration, profile, ledger, narrative })
}

/// Runs the rules. Building tells their errors alone, and what the stages before said, less what is accepted.
fn passes(prepared: &Prepared, loaded: &mut Loaded) -> bool {
    let Prepared { declaration, profile, ledger, .. } = prepared;
    let found = std::mem::take(&mut loaded.diagnostics);
    let examined = examine(declaration, ledger, profile, &loaded.sources, found);
    let told = examined.findings.into_iter().filter(|finding| {
        finding.severity == Severity::Error
            || (!is_rule(finding.code) && finding.code != code::STALE_ACCEPTANCE)
    });
    loaded.diagnostics.extend(told);
    !loaded.diagnostics.has_errors()
}

fn is_rule(code: Code) -> bool {
    shenbao::check::rule(code).is_some()
}

fn refused() -> Words {
    Words {
        zh: "没有生成文件：请先改正以上错误；要先看样子，用 --no-check 生成草稿".to_owned(),
        en: "nothing was built: mend these errors first; to see the pages anyway, build a draft with --no-check"
            .to_owned(),
    }
}

/// A built document, not yet written.
struct Built {
    files: Files,
    pages: usize,
    stand_in: Option<Words>,
}

enum Files {
    One(Vec<u8>),
    Pages(Vec<Vec<u8>>),
}

impl Built {
    fn write(&self, file: &Path) -> std::io::Result<usize> {
        match &self.files {
            Files::One(bytes) => output::write(file, bytes).map(|()| bytes.len()),
            Files::Pages(pages) => output::write_pages(file, pages),
        }
    }

    /// The file to open: the document, or its first page.
    fn first_file(&self, file: &Path) -> PathBuf {
        match &self.files {
            Files::One(_) => file.to_path_buf(),
            Files::Pages(pages) => output::page_path(file, 1, pages.len()),
        }
    }
}

fn build(
    prepared: &Prepared,
    before: Option<&Prepared>,
    loaded: &mut Loaded,
    folder: &Path,
    args: &Build,
    timings: &mut Timings,
) -> Option<Built> {
    let only = args.lang.map(|lang| vec![Lang::from(lang)]);
    let languages = only.as_ref().unwrap_or(&prepared.declaration.languages);
    let found =
        timings.time("fonts", || Fonts::find(&prepared.profile, &folders_for(Some(folder), &args.fonts)));
    let fonts = match found {
        Ok(fonts) => fonts,
        Err(finding) => {
            loaded.diagnostics.push(*finding);
            return None;
        }
    };
    let input = Input {
        declaration: &prepared.declaration,
        ledger: &prepared.ledger,
        narrative: &prepared.narrative,
        profile: &prepared.profile,
        languages,
        draft: args.no_check,
        against: before.map(|before| Earlier {
            declaration: &before.declaration,
            ledger: &before.ledger,
            narrative: &before.narrative,
        }),
    };
    let (sources, diagnostics) = (&mut loaded.sources, &mut loaded.diagnostics);
    let pages =
        timings.time("compile", || lay_out(input, &loaded.templates, &fonts, sources, diagnostics))?;
    let files = timings.time("pdf", || files(&pages, args.format, diagnostics))?;
    Some(Built { files, pages: pages.count(), stand_in: stand_in_note(&fonts) })
}

fn files(pages: &Pages, format: OutputFormat, diagnostics: &mut Diagnostics) -> Option<Files> {
    match format {
        OutputFormat::Pdf => pages.pdf(diagnostics).map(Files::One),
        OutputFormat::Png => pages.png(diagnostics).map(Files::Pages),
        OutputFormat::Svg => Some(Files::Pages(pages.svg().into_iter().map(String::into_bytes).collect())),
    }
}

fn unwritable(file: &Path, error: &std::io::Error) -> Diagnostic {
    let words = Words { zh: format!("不能写入：{error}"), en: format!("cannot be written: {error}") };
    Diagnostic::error(code::UNREADABLE, words).at_path(file).help(Words {
        zh: "看看文件夹有没有写入权限、磁盘是否已满、文件是否正被别的程序占用".to_owned(),
        en: "check the folder's permissions, the disk's space, and whether another program holds the file"
            .to_owned(),
    })
}

fn summary(file: &Path, built: &Built, size: usize, took: Duration, prepared: &Prepared) -> Words {
    let (path, pages) = (file.display(), built.pages);
    let kilobytes = size.div_ceil(1024);
    let millis = took.as_millis();
    let (seconds, hundredths) = (millis / 1000, millis % 1000 / 10);
    let total = prepared.ledger.stated_total();
    let (zh, en) = (total.in_wan(Some(2)), total.english());
    Words {
        zh: format!("{path}  {pages} 页  {kilobytes} KB  {seconds}.{hundredths:02} 秒  合计 {zh}"),
        en: format!("{path}  {pages} pages  {kilobytes} KB  {seconds}.{hundredths:02} s  total {en}"),
    }
}

fn drafted() -> Words {
    Words {
        zh: "没有检查，每页标明“草稿”".to_owned(),
        en: "not checked: each page is marked as a draft".to_owned(),
    }
}

fn open_file(file: &Path, ui: &Ui) -> Outcome {
    match open::that_detached(file) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            let path = file.display();
            ui.say(&Words {
                zh: format!("{path} 已生成，但打不开：{error}"),
                en: format!("{path} was built, but cannot be opened: {error}"),
            });
            Outcome::Failed
        }
    }
}
