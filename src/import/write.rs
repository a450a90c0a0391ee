//! A draft into the files of a declaration.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::account::{shortened, unaccounted};
use super::block::{Found, plain};
use super::budget::{Budget, budget, compare_form, compare_texts, round_to};
use super::context::Context;
use super::labels::Labels;
use super::made::Made;
use super::note::{Kind, Note, OPEN};
use super::overview;
use super::project::project;
use super::sketch::{Draft, Sketch};
use super::toml::{Writer, quoted, words};
use super::values::joined;
use crate::fmt::{Formatted, format_text};
use crate::form::{AmountUnit, Profile};
use crate::lang::say;
use crate::load::FileKind;
use crate::model::Year;

/// What the source need not say.
#[derive(Debug, Clone)]
pub struct Given {
    /// The declaration's year; default: the one that is read.
    pub year: Option<Year>,
    /// The document's date.
    pub date: Date,
    /// 申报单位, in the place of what is read.
    pub unit: Option<String>,
    /// 主管部门, likewise.
    pub department: Option<String>,
    /// The number of the first project.
    pub first: u32,
    /// The sections of the form.
    pub sections: Vec<String>,
}

/// Makes the files of a draft. Nothing when no year is known.
pub fn write(
    draft: &Draft,
    profile: &Profile,
    labels: &Labels,
    given: &Given,
    notes: &mut Vec<Note>,
) -> Option<Vec<Made>> {
    let year = given.year.or(draft.year).or_else(|| year_of(draft))?;
    let budgets: Vec<Budget> = draft.projects.iter().map(|sketch| budget(sketch, profile, notes)).collect();
    for head in &draft.without_unit {
        let unit = match profile.grid.money.unit {
            AmountUnit::Yuan => "元",
            AmountUnit::Wan => "万元",
        };
        let words = say!(
            "清单未写明金额单位，按表样的{unit}读取",
            "the list states no unit of amounts; {unit}, the unit of the form, is assumed"
        );
        notes.push(Note::at(Kind::Assumed, words, head));
    }
    let unit = name(&[given.unit.as_deref()], draft, "unit.name");
    let department = name(&[given.department.as_deref()], draft, "department.name");
    let mut files = vec![declaration(draft, &budgets, profile, given, (year, &unit, &department), notes)];
    for ((number, sketch), own) in (given.first..).zip(&draft.projects).zip(&budgets) {
        compare_texts(sketch, own, own.annual, notes);
        compare_form(sketch, own, profile, notes);
        let context = Context { profile, labels, year, unit: &unit, printed: printed(draft) };
        let (text, indicators) = project(sketch, own, &context, notes);
        let path = PathBuf::from(format!("projects/{number}-project-{number}.toml"));
        let amount = own.exact().map(|exact| exact.to_string()).unwrap_or_default();
        let named = sketch.name.as_ref().map_or_else(|| OPEN.to_owned(), |found| joined(&found.text));
        files.push(Made {
            text: shaped(&path, text, FileKind::Project, given),
            path,
            project: Some(named),
            parts: (own.costs.len(), indicators, amount),
        });
    }
    notes.extend(draft.left.iter().map(|found| Note::at(Kind::Left, shortened(&found.text), found)));
    let told = unaccounted(draft, &budgets, profile, &files, notes);
    notes.extend(told);
    Some(files)
}

/// The year in which the first project begins.
fn year_of(draft: &Draft) -> Option<Year> {
    let fields =
        draft.projects.iter().flat_map(|sketch| ["start", "period"].map(|path| sketch.fields.get(path)));
    fields.flatten().find_map(|found| super::values::day(&found.text)).map(Date::year)
}

/// A name that is given, or read of the declaration or its first form.
fn name(given: &[Option<&str>], draft: &Draft, path: &str) -> Option<String> {
    let given = given.iter().flatten().next().map(|name| (*name).to_owned());
    let forms = draft.projects.iter().filter_map(|sketch| sketch.fields.get(path));
    // A subordinate unit may carry out a single project.
    let of_forms = forms.map(|found| joined(&found.text)).next();
    given.or_else(|| draft.fields.get(path).map(|found| joined(&found.text))).or(of_forms)
}

/// What is printed where all projects are alike.
fn printed(draft: &Draft) -> Option<&'static str> {
    let kind = |sketch: &Sketch| match (sketch.narrated, sketch.formed) {
        (true, false) => Some("narrative"),
        (false, true) => Some("form"),
        _ => None,
    };
    let first = draft.projects.first().and_then(kind);
    first.filter(|_| draft.projects.iter().all(|sketch| kind(sketch) == first))
}

fn declaration(
    draft: &Draft,
    budgets: &[Budget],
    profile: &Profile,
    given: &Given,
    (year, unit, department): (Year, &Option<String>, &Option<String>),
    notes: &mut Vec<Note>,
) -> Made {
    let mut out = Writer::default();
    out.string("form", &profile.id);
    out.raw("year", &year.to_string());
    out.raw("date", &given.date.to_string());
    let both = draft.has_english();
    if both {
        out.raw("languages", "[\"zh\", \"en\"]");
    }
    if let Some(kind) = printed(draft) {
        out.raw("print", &format!("[{}]", quoted(kind)));
    }
    if let Some(step) = round_to(budgets) {
        out.string("round_to", step);
        notes.push(Note::new(
            Kind::Assumed,
            say!("申报表的金额取整到 {step}（round_to）", "the forms round to {step} (round_to)"),
        ));
    }
    let first = |path: &str| {
        let forms = draft.projects.iter().filter_map(|sketch| sketch.fields.get(path));
        draft.fields.get(path).or(forms.into_iter().next())
    };
    for (table, name, label) in
        [("unit", unit, ("申报单位", "the unit")), ("department", department, ("主管部门", "the department"))]
    {
        out.table(&format!("[{table}]"));
        let read = first(&format!("{table}.name"));
        // The English is that of the name that was read, not of one that was given instead.
        let read = read.filter(|found| name.as_ref().is_some_and(|name| plain(name) == plain(&found.text)));
        out.raw("name", &words(name.as_deref().unwrap_or(OPEN), read.and_then(|found| found.en.as_deref())));
        if name.is_none() {
            let (zh, en) = label;
            notes.push(Note::new(
                Kind::Missing,
                say!("{zh}名称（[{table}] name）", "the name of {en} ([{table}] name)"),
            ));
        }
        if let Some(code) = first(&format!("{table}.code")) {
            out.string("code", &joined(&code.text));
        }
        if let Some(functions) = first(&format!("{table}.functions")) {
            out.paragraphs("functions", &[functions]);
        }
    }
    overview::write(&mut out, draft, budgets, both, notes);
    let path = PathBuf::from("declaration.toml");
    let text = shaped(&path, out.finish(), FileKind::Declaration, given);
    Made { path, text, project: None, parts: (0, 0, String::new()) }
}

/// The text in its canonical shape.
fn shaped(path: &Path, text: String, kind: FileKind, given: &Given) -> String {
    match format_text(path, &text, kind, &given.sections) {
        Formatted::Text(text) => text,
        Formatted::Broken(_) | Formatted::Refused => text,
    }
}

/// The projects of a draft that have the names of these.
pub fn named_alike(draft: &Draft, known: &BTreeMap<String, PathBuf>) -> Vec<Option<PathBuf>> {
    let name = |sketch: &Sketch| sketch.name.as_ref().map(|found: &Found| plain(&found.text));
    draft.projects.iter().map(|sketch| name(sketch).and_then(|name| known.get(&name).cloned())).collect()
}
