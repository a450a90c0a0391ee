//! One declaration, from its folder to a written file. Nothing here prints.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use shenbao::check::examine;
use shenbao::diagnostic::{Code, Diagnostic, Diagnostics, Severity, code};
use shenbao::form::Templates;
use shenbao::lang::{Lang, Words, say};
use shenbao::load::Texts;
use shenbao::model::{Declaration, Money};
use shenbao::pipeline::{Prepared, Whole, prepare_with};
use shenbao::render::{Earlier, Fonts, Input, Pages, lay_out};
use shenbao::source::{Shown, Sources, replace};

use super::timings::Timings;
use crate::cli::against::{self, earlier};
use crate::cli::args::{OutputArgs, OutputFormat, Printed};
use crate::cli::fonts::{FontCache, stand_in_note};
use crate::cli::output;
use crate::cli::system::{in_use, reason};
use crate::cli::ui::to_stdout;

/// What shapes a built file beside the declaration and its fonts.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Options<'a> {
    /// The one language to print; `None` for those that the declaration lists.
    pub lang: Option<Lang>,
    pub format: OutputFormat,
    /// Whether the rules are left out and each page is marked as a draft.
    pub draft: bool,
    /// Whether persons and their telephones are left out.
    pub public: bool,
    /// Which document is printed.
    pub printed: Printed,
    /// Whether it will not be made again soon, with a few changes.
    pub once: bool,
    /// The folder or revision whose difference is marked.
    pub against: Option<&'a str>,
}

impl<'a> Options<'a> {
    /// Those of the command line.
    pub fn of(output: &OutputArgs, once: bool, against: Option<&'a str>) -> Options<'a> {
        Options {
            lang: output.lang.map(Lang::from),
            format: output.format,
            draft: output.no_check,
            public: output.public,
            printed: output.printed(),
            once,
            against,
        }
    }
}

/// What became of a declaration.
pub(in crate::cli) struct Made {
    pub diagnostics: Diagnostics,
    pub sources: Sources,
    /// Whether a rule found an error, which a draft would leave aside.
    pub refused: bool,
    /// What else is said after the findings.
    pub remark: Option<Words>,
    /// Its unit, if that could be read.
    pub unit: Option<Words>,
    /// `None` after an error.
    pub written: Option<Written>,
    pub timings: Timings,
}

/// A file that was written.
pub(in crate::cli) struct Written {
    /// The document, or the picture of its first page.
    pub file: PathBuf,
    pub pages: usize,
    /// In bytes, of all pages.
    pub size: usize,
    pub took: Duration,
    pub projects: usize,
    pub total: Money,
    /// What to say of fonts that stand in for others.
    pub stand_in: Option<Words>,
}

/// Builds the declaration of `folder` into `file`.
pub(in crate::cli) fn make(folder: &Path, file: &Path, options: Options<'_>, fonts: &FontCache<'_>) -> Made {
    let start = Instant::now();
    let mut timings = Timings::default();
    let mut prepared = prepare_with(folder, &Texts::new(), &mut |stage| timings.begin(stage));
    timings.end();
    let unit = prepared.whole.as_ref().map(|whole| unit_name(&whole.declaration));
    let (mut refused, mut remark) = (false, None);
    let written = match attempt(folder, file, options, fonts, &mut prepared, &mut timings) {
        Ok(written) => Some(Written { took: start.elapsed(), ..written }),
        Err(Stop::Errors) => None,
        Err(Stop::Refused) => {
            refused = true;
            None
        }
        Err(Stop::NoEarlier(unread)) => {
            let against::Unread { words, diagnostics, sources } = *unread;
            prepared.take_findings();
            (prepared.findings, prepared.sources) = (diagnostics, sources);
            remark = Some(words);
            None
        }
    };
    let diagnostics = prepared.take_findings();
    Made { diagnostics, sources: prepared.sources, refused, remark, unit, written, timings }
}

/// Why nothing was written.
enum Stop {
    /// The findings tell.
    Errors,
    /// A rule found an error.
    Refused,
    /// The earlier version could not be read, whose findings are told instead.
    NoEarlier(Box<against::Unread>),
}

fn attempt(
    folder: &Path,
    file: &Path,
    options: Options<'_>,
    fonts: &FontCache<'_>,
    prepared: &mut Prepared,
    timings: &mut Timings,
) -> Result<Written, Stop> {
    if prepared.has_errors() {
        return Err(Stop::Errors);
    }
    let before = options.against.map(|against| earlier(against, folder)).transpose();
    let before = before.map_err(Stop::NoEarlier)?;
    if !options.draft && before.is_none() && !timings.time("check", || passes(prepared, options.printed)) {
        return Err(Stop::Refused);
    }
    let Prepared { sources, findings, templates, whole: Some(whole), .. } = prepared else {
        return Err(Stop::Errors);
    };
    let Some(whole) = printed(whole, options.printed) else {
        findings.push(not_begun(folder, options.printed));
        return Err(Stop::Errors);
    };
    let profile = input(whole, None, options).profile;
    let fonts = match timings.time("fonts", || fonts.of(folder, profile)) {
        Ok(fonts) => fonts,
        Err(finding) => {
            findings.push(*finding);
            return Err(Stop::Errors);
        }
    };
    findings.extend(fonts.warnings().iter().cloned());
    let before = match before.as_ref().map(|before| printed(before, options.printed)) {
        Some(None) => {
            findings.push(not_there_before(folder));
            return Err(Stop::Errors);
        }
        before => before.flatten(),
    };
    let paper = Paper { before, options, templates, fonts: &fonts };
    let pages = timings.time("compile", || pages(whole, paper, sources, findings)).ok_or(Stop::Errors)?;
    let files = timings.time("pdf", || files(&pages, options.format, findings));
    let files = files.ok_or(Stop::Errors)?;
    let size = timings.time("write", || files.write(file)).map_err(|error| {
        findings.push(unwritable(file, &error));
        Stop::Errors
    })?;
    Ok(Written {
        file: files.first(file),
        pages: pages.count(),
        size,
        took: Duration::ZERO,
        projects: whole.declaration.projects.len(),
        total: whole.ledger.stated_total(),
        stand_in: stand_in_note(&fonts),
    })
}

/// What pages are made from, in one language or those that the declaration lists.
pub(in crate::cli) fn input<'w>(
    whole: &'w Whole,
    only: Option<&'w [Lang]>,
    options: Options<'_>,
) -> Input<'w> {
    let evaluation = whole.evaluation.as_ref().filter(|_| options.printed == Printed::Evaluation);
    Input {
        declaration: &whole.declaration,
        ledger: &whole.ledger,
        narrative: &whole.narrative,
        profile: evaluation.map_or(&whole.profile, |own| &own.profile),
        evaluation,
        languages: only.unwrap_or(&whole.declaration.languages),
        draft: options.draft,
        public: options.public,
        against: None,
    }
}

/// What is printed of a declaration; `None` where that is not begun.
pub(in crate::cli) fn printed(whole: &Whole, which: Printed) -> Option<&Whole> {
    match which {
        Printed::Declaration => Some(whole),
        Printed::Evaluation => Some(whole)
            .filter(|whole| whole.declaration.projects.iter().any(|project| project.outcome.is_some())),
        Printed::Department => whole.department.as_deref(),
    }
}

/// Runs the rules. Building tells their errors alone, and what the stages before said, less what is accepted.
/// The self-evaluation and the department as a whole stand in no way of the declaration.
pub(in crate::cli) fn passes(prepared: &mut Prepared, which: Printed) -> bool {
    let examined = examine(prepared);
    let whole = prepared.whole.as_ref().and_then(|whole| whole.declaration.of_department.as_deref());
    let of_department = whole.map(|own| own.own.span.file);
    let told = examined.findings.into_iter().filter(|finding| {
        let own = finding.span().map(|span| span.file);
        if (which != Printed::Evaluation && shenbao::check::is_of_evaluation(finding.code))
            || (which != Printed::Department && own.is_some() && own == of_department)
        {
            return false;
        }
        finding.severity == Severity::Error
            || (!is_rule(finding.code) && finding.code != code::STALE_ACCEPTANCE)
    });
    prepared.findings.extend(told);
    !prepared.findings.has_errors()
}

fn is_rule(code: Code) -> bool {
    shenbao::check::rule(code).is_some()
}

/// How pages are laid out.
pub(in crate::cli) struct Paper<'p> {
    /// The version whose difference is marked.
    pub before: Option<&'p Whole>,
    pub options: Options<'p>,
    pub templates: &'p Templates,
    pub fonts: &'p Fonts,
}

/// Lays the pages out.
pub(in crate::cli) fn pages(
    whole: &Whole,
    paper: Paper<'_>,
    sources: &mut Sources,
    findings: &mut Diagnostics,
) -> Option<Pages> {
    let Paper { before, options, templates, fonts } = paper;
    let only = options.lang.map(|lang| vec![lang]);
    let against = before.map(|before| Earlier {
        declaration: &before.declaration,
        ledger: &before.ledger,
        narrative: &before.narrative,
        evaluation: before.evaluation.as_ref().filter(|_| options.printed == Printed::Evaluation),
    });
    let input = Input { against, ..input(whole, only.as_deref(), options) };
    lay_out(input, options.once, templates, fonts, sources, findings)
}

/// A document's bytes, not yet written.
pub(in crate::cli) enum Files {
    /// All pages in one.
    One(Vec<u8>),
    /// One a page.
    Pages(Vec<Vec<u8>>),
}

impl Files {
    /// Writes them as `file`, to standard output for `-`, or as files named after it. Gives their size.
    pub fn write(&self, file: &Path) -> std::io::Result<usize> {
        match self {
            Files::One(bytes) if file == Path::new("-") => to_stdout(bytes).map(|()| bytes.len()),
            Files::One(bytes) => replace(file, &[bytes], true).map(|()| bytes.len()),
            Files::Pages(pages) => output::write_pages(file, pages),
        }
    }

    /// The document, or its first page.
    fn first(&self, file: &Path) -> PathBuf {
        match self {
            Files::One(_) => file.to_path_buf(),
            Files::Pages(pages) => output::page_path(file, 1, pages.len()),
        }
    }
}

/// Pages into bytes; `None` after an error.
pub(in crate::cli) fn files(
    pages: &Pages,
    format: OutputFormat,
    diagnostics: &mut Diagnostics,
) -> Option<Files> {
    match format {
        OutputFormat::Pdf => pages.pdf(diagnostics).map(Files::One),
        OutputFormat::Png => pages.png(diagnostics).map(Files::Pages),
        OutputFormat::Svg => Some(Files::Pages(pages.svg().into_iter().map(String::into_bytes).collect())),
    }
}

/// The finding of a document that was not begun.
pub(in crate::cli) fn not_begun(folder: &Path, which: Printed) -> Diagnostic {
    let shown = folder.shown();
    if which == Printed::Department {
        let words = say!("还没有部门整体绩效目标", "the targets of the department as a whole are not begun");
        return Diagnostic::error(code::EMPTY_FOLDER, words).at_path(folder.join("department.toml")).help(
            say!(
                "先运行 shenbao add department --folder {shown} --form 表样",
                "begin them: shenbao add department --folder {shown} --form ID"
            ),
        );
    }
    Diagnostic::error(code::EMPTY_FOLDER, say!("还没有自评", "the self-evaluation is not begun"))
        .at_path(folder.join("results"))
        .help(say!("先运行 shenbao evaluate {shown}", "begin it: shenbao evaluate {shown}"))
}

/// The finding of a document that the earlier version does not have.
fn not_there_before(folder: &Path) -> Diagnostic {
    let words =
        say!("原来的版本没有这份表，无从对照", "the earlier version has no such form to compare with");
    Diagnostic::error(code::EMPTY_FOLDER, words).at_path(folder).help(say!(
        "去掉 --against，或换一个有这份表的版本",
        "leave --against out, or name a version that has it"
    ))
}

fn unit_name(declaration: &Declaration) -> Words {
    let name = |lang| declaration.unit.name.str(lang).trim().to_owned();
    Words { zh: name(Lang::Zh), en: name(Lang::En) }
}

/// The finding of a file that could not be written.
pub(in crate::cli) fn unwritable(file: &Path, error: &std::io::Error) -> Diagnostic {
    let Words { zh, en } = reason(error);
    let words = say!("不能写入：{zh}", "cannot be written: {en}");
    let help = in_use(error).unwrap_or_else(|| {
        say!(
            "看看文件夹有没有写入权限、磁盘是否已满、文件是否正被别的程序占用",
            "check the folder's permissions, the disk's space, and whether another program holds the file"
        )
    });
    Diagnostic::error(code::UNREADABLE, words).at_path(file).help(help)
}
