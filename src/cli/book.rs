//! `shenbao book`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use shenbao::document::book::{Cover, Stated};
use shenbao::export::table::{self, Style, Table};
use shenbao::form::{AmountUnit, Templates};
use shenbao::lang::{Lang, Words, say};
use shenbao::model::{Money, Text};
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::render::{Bound, Fonts, Volume, bind};
use shenbao::source::Shown;

use super::args::{Book, Printed};
use super::build::{Files, Options, files, input, not_begun, passes, printed, unwritable};
use super::failure::Failure;
use super::fonts::{FontCache, stand_in_note};
use super::output::Destination;
use super::ui::Ui;
use super::{Outcome, export, folders};

pub fn run(args: &Book, ui: &Ui) -> Outcome {
    let folders = match folders::resolve(&args.folders) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let options = Options::of(&args.output, true, None);
    let file = match Destination::new(args.output.out.as_deref(), options.format) {
        Ok(destination) => destination.file("book", options.lang, options.format),
        Err(words) => return Failure::usage(words).told(ui),
    };
    let stated = match args.overview.as_deref().map(|folder| stated(folder, ui)).transpose() {
        Ok(stated) => stated,
        Err(outcome) => return outcome,
    };
    let cache = FontCache::new(&args.output.fonts);
    let mut units = Vec::new();
    let mut outcome = Outcome::Done;
    for folder in folders {
        match unit(folder, options, &cache, ui) {
            Ok(unit) => units.push(unit),
            Err(failed) => outcome = outcome.max(failed),
        }
    }
    if outcome != Outcome::Done {
        ui.say(&say!(
            "有申报没有通过，没有生成汇编；改好后再运行，或用 --no-check 生成草稿",
            "not every declaration passed, and no book was made: fix them and run it again, or make a draft with --no-check"
        ));
        return outcome;
    }
    volume(units, stated, args, options, &file, ui)
}

/// A declaration that passed, and its fonts.
struct Ready {
    folder: PathBuf,
    prepared: Prepared,
    fonts: Arc<Fonts>,
}

fn unit(folder: PathBuf, options: Options<'_>, cache: &FontCache<'_>, ui: &Ui) -> Result<Ready, Outcome> {
    let mut prepared = prepare(&folder);
    let passed = !prepared.has_errors() && (options.draft || passes(&mut prepared, options.printed));
    let found = passed.then(|| {
        let Some(whole) = prepared.whole.as_ref().and_then(|whole| printed(whole, options.printed)) else {
            prepared.findings.push(not_begun(&folder, options.printed));
            return None;
        };
        let fonts = cache.of(&folder, input(whole, None, options).profile);
        fonts.map_err(|finding| prepared.findings.push(*finding)).ok()
    });
    let findings = prepared.take_findings();
    let told = ui.tell(findings, &prepared.sources);
    match found.flatten() {
        Some(fonts) if told == Outcome::Done => Ok(Ready { folder, prepared, fonts }),
        _ => Err(told.max(Outcome::Findings)),
    }
}

/// What the overview of a department states of all units.
fn stated(folder: &Path, ui: &Ui) -> Result<Stated, Outcome> {
    let folder = folders::one(folder).map_err(|failure| failure.told(ui))?;
    let mut prepared = prepare(&folder);
    let findings = prepared.take_findings();
    let outcome = ui.tell(findings, &prepared.sources);
    let Some(whole) = prepared.whole.filter(|_| outcome == Outcome::Done) else { return Err(outcome) };
    let Whole { declaration, ledger, .. } = whole;
    let name = words(&declaration.unit.name);
    Ok(match declaration.overview.declared {
        Some(own) => Stated { name, projects: own.projects.value, amount: own.amount.value },
        None => Stated {
            name,
            projects: u32::try_from(declaration.projects.len()).unwrap_or(u32::MAX),
            amount: ledger.printed.annual.amount,
        },
    })
}

fn volume(
    mut units: Vec<Ready>,
    stated: Option<Stated>,
    args: &Book,
    options: Options<'_>,
    file: &Path,
    ui: &Ui,
) -> Outcome {
    let only = options.lang.map(|lang| vec![lang]);
    let mut wholes = Vec::new();
    let mut rest = Vec::new();
    for Ready { folder, prepared, fonts } in units.drain(..) {
        let Prepared { sources, findings, templates, whole, .. } = prepared;
        let Some(whole) = whole else { continue };
        wholes.push((whole, templates, fonts));
        rest.push((folder, sources, findings));
    }
    let bound: Vec<Bound<'_>> =
        wholes.iter().filter_map(|own| bound(own, only.as_deref(), options)).collect();
    let Some(fonts) = wholes.first().map(|(_, _, fonts)| Arc::clone(fonts)) else { return Outcome::Failed };
    let book = Volume { cover: cover(&bound, args, options), stated, fonts: &fonts };
    let mut files_of: Vec<_> = Vec::new();
    let mut findings: Vec<_> = Vec::new();
    for (_, sources, found) in &mut rest {
        files_of.push(sources);
        findings.push(found);
    }
    let pages = bind(&book, &bound, &mut files_of, &mut findings);
    let total = Money::sum(bound.iter().map(|unit| unit.input.ledger.stated_total())).unwrap_or(Money::ZERO);
    let count = bound.len();
    let Some(pages) = pages else {
        let mut outcome = Outcome::Findings;
        for (_, sources, found) in &mut rest {
            outcome = outcome.max(ui.tell(std::mem::take(found), sources));
        }
        ui.say(&say!("没有生成汇编", "no book was made"));
        return outcome;
    };
    let mut found = Default::default();
    let Some(bytes) = files(&pages, options.format, &mut found) else {
        return ui.tell(found, &Default::default()).max(Outcome::Findings);
    };
    let written = write(&bytes, file, &fonts, (pages.count(), count, total), ui);
    match &args.tables {
        Some(path) if written == Outcome::Done => {
            let named: Vec<(String, &Whole)> =
                rest.iter().zip(&wholes).map(|((folder, ..), (whole, ..))| (folder.shown(), whole)).collect();
            let lang = book.cover.languages.first().copied().unwrap_or(Lang::Zh);
            tables(&named, path, lang, ui).unwrap_or_else(|failure| failure.told(ui))
        }
        _ => written,
    }
}

/// The tables of the volume as a workbook.
fn tables(named: &[(String, &Whole)], path: &Path, lang: Lang, ui: &Ui) -> Result<Outcome, Failure> {
    let style = Style { lang, unit: AmountUnit::Wan };
    let wholes: Vec<&Whole> = named.iter().map(|(_, whole)| *whole).collect();
    let rows = named.iter().map(|(folder, whole)| table::declaration(folder, whole, lang));
    let all = [
        table::declarations(rows.collect(), style),
        table::funding(&wholes, style),
        table::categories(&wholes, style),
        table::projects(&wholes, style),
    ];
    let all: Vec<&Table> = all.iter().collect();
    let bytes = export::book(&all, &wholes, style)?;
    Ok(export::put(path, &bytes, &export::summary(&all), ui))
}

fn write(
    bytes: &Files,
    file: &Path,
    fonts: &Fonts,
    (pages, units, total): (usize, usize, Money),
    ui: &Ui,
) -> Outcome {
    if let Err(error) = bytes.write(file) {
        let mut found = shenbao::diagnostic::Diagnostics::default();
        found.push(unwritable(file, &error));
        return ui.tell(found, &Default::default());
    }
    if let Some(note) = stand_in_note(fonts) {
        ui.report(&note);
    }
    let (shown, zh, en) = (file.shown(), total.in_wan(Some(2)), total.english());
    ui.report(&say!(
        "{shown}　{units} 个单位　{pages} 页　合计 {zh}",
        "{shown}  {units} units  {pages} pages  total {en}"
    ));
    Outcome::Done
}

fn bound<'w>(
    (whole, templates, fonts): &'w (Whole, Templates, Arc<Fonts>),
    only: Option<&'w [Lang]>,
    options: Options<'_>,
) -> Option<Bound<'w>> {
    let whole = printed(whole, options.printed)?;
    let projects = whole.declaration.projects.iter().enumerate();
    let listed = projects.filter(|(_, project)| match options.printed {
        Printed::Declaration => true,
        Printed::Evaluation => project.outcome.is_some(),
        Printed::Department => false,
    });
    let printed = listed.map(|(index, _)| index).collect();
    Some(Bound { input: input(whole, only, options), templates, fonts, printed })
}

/// What the cover says: what is asked for, else the department that all units have in common.
fn cover(units: &[Bound<'_>], args: &Book, options: Options<'_>) -> Cover {
    let declarations = || units.iter().map(|unit| unit.input.declaration);
    let first = declarations().next();
    let shared =
        first.filter(|first| declarations().all(|own| same(&own.department.name, &first.department.name)));
    let (zh, en) = shared.map(|own| words(&own.department.name)).map_or_else(Default::default, |name| {
        let en = format!("{}: ", name.en);
        (name.zh, en)
    });
    let year = first.filter(|first| declarations().all(|own| own.year == first.year));
    let (year, in_year) = year.map_or_else(Default::default, |own| {
        let year = own.year;
        (format!("{year}年"), format!(", {year}"))
    });
    let title = match (&args.title, options.printed) {
        (Some(title), _) => Words { zh: title.clone(), en: title.clone() },
        (None, Printed::Declaration) => {
            say!("{zh}{year}项目支出绩效目标申报汇编", "{en}Performance Targets of Project Spending{in_year}")
        }
        (None, Printed::Evaluation) => {
            say!("{zh}{year}项目支出绩效自评汇编", "{en}Self-Evaluation of Project Spending{in_year}")
        }
        (None, Printed::Department) => {
            say!("{zh}{year}部门整体支出绩效目标汇编", "{en}Performance Targets of Departments{in_year}")
        }
    };
    let (count, projects): (usize, usize) = (units.len(), units.iter().map(|unit| unit.printed.len()).sum());
    let below = match options.printed {
        Printed::Department => say!("共 {count} 个单位", "Units: {count}"),
        _ => say!("共 {count} 个单位、{projects} 个项目", "Units: {count}; projects: {projects}"),
    };
    Cover {
        title,
        below,
        date: declarations().map(|own| own.date).max().unwrap_or_default(),
        languages: units.first().map_or_else(|| vec![Lang::Zh], |unit| unit.input.languages.to_vec()),
        mark: options.draft.then(|| say!("草稿", "DRAFT")),
    }
}

fn same(one: &Text, other: &Text) -> bool {
    one.str(Lang::Zh).trim() == other.str(Lang::Zh).trim()
}

fn words(text: &Text) -> Words {
    Words { zh: text.str(Lang::Zh).trim().to_owned(), en: text.str(Lang::En).trim().to_owned() }
}
