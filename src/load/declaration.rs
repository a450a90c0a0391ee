//! `declaration.toml`.

use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use toml::Spanned;
use toml::de::DeTable;

use super::advice::{advise, attempt};
use super::agency::agency;
use super::files::{Found, ProjectFile, sample};
use super::keys;
use super::names::DEPARTMENT_FILE;
use super::project::Given;
use super::reader::{Reader, Table, empty_text, stand_in};
use super::{Loaded, department, listed, project, result, syntax};
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::form::{FormKind, Profile, Templates};
use crate::lang::{Lang, say};
use crate::model::{
    Acceptance, Agency, Declaration, Declared, Department, Id, Overview, Placed, PlacedAmount, Print,
    Project, Text, Year,
};
use crate::source::{FileId, Span};

/// The declaration's own file.
pub(super) const DECLARATION_FILE: &str = "declaration.toml";

/// Reads all files that were found into `loaded`.
pub(super) fn read(folder: &Path, found: &Found, loaded: &mut Loaded) {
    let text = text_of(loaded, found.declaration);
    let file = found.declaration;
    let mut diagnostics = Diagnostics::default();
    let templates = loaded.templates.clone();
    let mut head = parse(&text, file, &mut diagnostics).as_ref().map(|tree| {
        let mut reader = Reader::new(file, DECLARATION_FILE, &text, &mut diagnostics);
        let head = Head::read(&mut reader, tree);
        diagnostics.extend(head.unknown_form(&templates));
        head
    });
    let again = |text: &str| {
        attempt(text, |tree, diagnostics| {
            let head = Head::read(&mut Reader::new(file, DECLARATION_FILE, text, diagnostics), tree);
            diagnostics.extend(head.unknown_form(&templates));
        })
    };
    loaded.diagnostics.extend(advise(&text, file, &[], again, diagnostics));
    let profile = head.as_ref().and_then(|head| profile(head, loaded));
    let given = head.as_ref().map_or(Given { year: None, print: Print::ALL }, |head| Given {
        year: head.year.map(|year| year.value),
        print: head.print,
    });
    let sources = &loaded.sources;
    let read = |file: &ProjectFile| {
        let mut diagnostics = Diagnostics::default();
        let text = sources.get(file.file).map_or("", |file| file.text.as_str());
        let name = file.shown_name(sources);
        let project = parse(text, file.file, &mut diagnostics).map(|tree| {
            let mut reader = Reader::new(file.file, &name, text, &mut diagnostics);
            project::read(&mut reader, &tree, file, given, profile.as_ref())
        });
        let again = |text: &str| {
            attempt(text, |tree, diagnostics| {
                let mut reader = Reader::new(file.file, &name, text, diagnostics);
                project::read(&mut reader, tree, file, given, profile.as_ref());
            })
        };
        let sections = profile.as_ref().map_or(&[][..], |profile| &profile.sections);
        (project, advise(text, file.file, sections, again, diagnostics))
    };
    let (projects, found_in): (Vec<Option<Project>>, Vec<Diagnostics>) =
        found.projects.par_iter().map(read).unzip();
    found_in.into_iter().for_each(|diagnostics| loaded.diagnostics.extend(diagnostics));
    let mut projects: Vec<Project> = projects.into_iter().flatten().collect();
    let evaluation = head.as_ref().and_then(|head| evaluation(head, profile.as_ref(), loaded));
    results(found, &mut projects, evaluation.as_ref(), loaded);
    if let (Some(head), Some(first)) = (&head, found.results.first()) {
        loaded.diagnostics.extend(head.evaluation.is_none().then(|| no_evaluation(first.file)));
    }
    let begun = head.as_ref().is_some_and(|head| head.evaluation.is_some());
    if begun || !found.results.is_empty() {
        loaded.diagnostics.extend(found.without_project.clone());
    }
    loaded.evaluation = evaluation;
    let department =
        found.department.and_then(|file| department(file, given, &found.projects, profile.as_ref(), loaded));
    // Without the form that it names, a declaration's texts are still read against one.
    loaded.profile =
        profile.or_else(|| Profile::read(Templates::USUAL, &loaded.templates, &mut loaded.sources).ok());
    loaded.declaration = head.take().map(|head| {
        let of_department = department.map(Box::new);
        Declaration { of_department, ..head.finish(folder, found.declaration, projects) }
    });
}

/// Reads what the department declares as a whole, and its form into `loaded`.
fn department(
    file: FileId,
    given: Given,
    projects: &[ProjectFile],
    declared: Option<&Profile>,
    loaded: &mut Loaded,
) -> Option<Department> {
    let mut diagnostics = Diagnostics::default();
    let text = text_of(loaded, file);
    let tree = parse(&text, file, &mut diagnostics);
    let form = tree.as_ref().and_then(|tree| department::form(tree, file));
    let profile = form.and_then(|form| other_form(&form, FormKind::Department, declared, loaded));
    // A project that could not be read is there all the same.
    let read = |text: &str, tree: &Spanned<DeTable<'_>>, diagnostics: &mut Diagnostics| {
        let mut reader = Reader::new(file, DEPARTMENT_FILE, text, diagnostics);
        let id = Id::new("department")?;
        Some(department::read(&mut reader, tree, id, given, profile.as_ref(), Some(projects)))
    };
    let own = tree.and_then(|tree| read(&text, &tree, &mut diagnostics));
    let again = |text: &str| {
        attempt(text, |tree, diagnostics| {
            read(text, tree, diagnostics);
        })
    };
    let sections = profile.as_ref().map_or(&[][..], |profile| &profile.sections);
    let advised = advise(&text, file, sections, again, diagnostics);
    loaded.diagnostics.extend(advised);
    loaded.department = profile;
    own
}

/// The form of the self-evaluation.
fn evaluation(head: &Head, declared: Option<&Profile>, loaded: &mut Loaded) -> Option<Profile> {
    other_form(head.evaluation.as_ref()?, FormKind::Evaluation, declared, loaded)
}

/// A form of this kind beside that of the declaration, with what it takes from that one.
fn other_form(
    form: &Placed<String>,
    kind: FormKind,
    declared: Option<&Profile>,
    loaded: &mut Loaded,
) -> Option<Profile> {
    if !loaded.templates.has(&form.value, kind) {
        let known = loaded.templates.of_kind(kind);
        let (name, list) = (&form.value, known.join("  "));
        let words = match kind {
            FormKind::Department => {
                say!("未知的部门整体表样“{name}”", "unknown form of departments `{name}`")
            }
            _ => say!("未知的自评表样“{name}”", "unknown form of evaluations `{name}`"),
        };
        let finding = Diagnostic::error(code::UNKNOWN_FORM, words).at(form.span);
        let finding = finding.help(say!("可用的表样：{list}", "known forms: {list}"));
        loaded.diagnostics.push(match nearest(name, known.iter().map(String::as_str)) {
            Some(meant) => finding.suggest(form.span, format!("\"{meant}\"")),
            None => finding,
        });
        return None;
    }
    match Profile::read(&form.value, &loaded.templates, &mut loaded.sources) {
        Ok(profile) => Some(match declared {
            Some(declared) if kind == FormKind::Evaluation => profile.filled_from(declared),
            _ => profile,
        }),
        Err(finding) => {
            loaded.diagnostics.push(*finding);
            None
        }
    }
}

fn no_evaluation(results: FileId) -> Diagnostic {
    let words = say!(
        "有自评文件，但 declaration.toml 没有写自评表样",
        "results are there, but declaration.toml names no form of evaluations"
    );
    Diagnostic::error(code::MISSING_KEY, words).at(Span::new(results, 0..0)).help(say!(
        "在 declaration.toml 写上 evaluation = \"…\"；shenbao evaluate 会写好",
        "add evaluation = \"…\" to declaration.toml; `shenbao evaluate` does that"
    ))
}

/// Reads the results, each into its project.
fn results(found: &Found, projects: &mut [Project], profile: Option<&Profile>, loaded: &mut Loaded) {
    for file in &found.results {
        let mut diagnostics = Diagnostics::default();
        let text = text_of(loaded, file.file);
        let name = file.shown_name(&loaded.sources);
        let project = projects.iter_mut().find(|project| project.id == file.id);
        let outcome = parse(&text, file.file, &mut diagnostics).map(|tree| {
            let mut reader = Reader::new(file.file, &name, &text, &mut diagnostics);
            result::read(&mut reader, &tree, file, project.as_deref(), profile)
        });
        let again = |text: &str| {
            attempt(text, |tree, diagnostics| {
                let mut reader = Reader::new(file.file, &name, text, diagnostics);
                result::read(&mut reader, tree, file, project.as_deref(), profile);
            })
        };
        loaded.diagnostics.extend(advise(&text, file.file, &[], again, diagnostics));
        if let (Some(project), Some(outcome)) = (project, outcome) {
            project.outcome = Some(outcome);
        }
    }
}

fn text_of(loaded: &Loaded, file: FileId) -> String {
    loaded.sources.get(file).map(|file| file.text.clone()).unwrap_or_default()
}

/// The tree of a file that is TOML; what a broken one still holds would only give follow-on errors.
fn parse<'t>(text: &'t str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Spanned<DeTable<'t>>> {
    let before = diagnostics.iter().count();
    let tree = syntax::parse(text, file, diagnostics);
    if diagnostics.iter().count() > before {
        return None;
    }
    if tree.get_ref().is_empty() {
        let sample = sample();
        diagnostics.push(
            Diagnostic::error(code::EMPTY_FOLDER, say!("文件为空", "the file is empty"))
                .at(Span::new(file, 0..0))
                .help(say!(
                    "参照样本 {sample} 中的同类文件填写",
                    "copy the file of its kind from the sample {sample} and change it"
                )),
        );
        return None;
    }
    Some(tree)
}

fn profile(head: &Head, loaded: &mut Loaded) -> Option<Profile> {
    let form = head.form.as_ref()?;
    if !loaded.templates.has(&form.value, FormKind::Declaration) {
        return None;
    }
    match Profile::read(&form.value, &loaded.templates, &mut loaded.sources) {
        Ok(profile) => Some(profile),
        Err(finding) => {
            loaded.diagnostics.push(*finding);
            None
        }
    }
}

/// What `declaration.toml` says.
pub(super) struct Head {
    form: Option<Placed<String>>,
    evaluation: Option<Placed<String>>,
    year: Option<Placed<Year>>,
    languages: Vec<Lang>,
    print: Print,
    date: Option<Date>,
    round_to: Option<PlacedAmount>,
    title: Option<Text>,
    unit: Option<Agency>,
    department: Option<Agency>,
    overview: Option<Overview>,
    accept: Vec<Acceptance>,
}

impl Head {
    pub(super) fn read<'d>(reader: &mut Reader<'_>, tree: &'d Spanned<DeTable<'d>>) -> Head {
        let start = Span::new(reader.file, 0..0);
        let table = reader.open(tree.get_ref(), start, keys::DECLARATION);
        let form = reader.required(table, "form", "form = \"…\"");
        let form = form.and_then(|value| reader.string(value, "form = \"…\""));
        let year = reader.required(table, "year", "year = YYYY").and_then(|value| reader.year(value));
        let date = reader.required(table, "date", "date = YYYY-MM-DD");
        Head {
            form: form.map(|form| Placed { value: form.value.to_owned(), span: form.span }),
            evaluation: reader
                .optional(table, "evaluation")
                .and_then(|value| reader.string(value, "evaluation = \"…\""))
                .map(|form| Placed { value: form.value.to_owned(), span: form.span }),
            year,
            languages: listed::languages(reader, table),
            print: listed::print(reader, table).unwrap_or(Print::ALL),
            date: date.and_then(|value| reader.date(value, "date")).map(|date| date.value),
            round_to: reader
                .optional(table, "round_to")
                .and_then(|value| reader.amount(value))
                .filter(|step| !step.value.is_zero()),
            title: reader.optional_text(table, "title"),
            unit: reader.required(table, "unit", "[unit]").and_then(|value| agency(reader, value, "[unit]")),
            department: reader
                .required(table, "department", "[department]")
                .and_then(|value| agency(reader, value, "[department]")),
            overview: overview(reader, table),
            accept: acceptances(reader, table),
        }
    }

    /// The finding for a form that is not there, or not for declarations.
    fn unknown_form(&self, templates: &Templates) -> Option<Diagnostic> {
        let known = |form: &Placed<String>| templates.has(&form.value, FormKind::Declaration);
        let form = self.form.as_ref().filter(|form| !known(form))?;
        let forms = templates.forms();
        if templates.has(&form.value, FormKind::Evaluation) {
            let name = &form.value;
            let words = say!("{name} 是自评用的表样", "{name} is a form of evaluations");
            return Some(Diagnostic::error(code::UNKNOWN_FORM, words).at(form.span).help(say!(
                "form 写申报用的表样，自评用的写作 evaluation = \"{name}\"",
                "`form` is that of the declaration; write evaluation = \"{name}\" besides"
            )));
        }
        if templates.has(&form.value, FormKind::Department) {
            let name = &form.value;
            let words = say!("{name} 是部门整体用的表样", "{name} is a form of departments");
            return Some(Diagnostic::error(code::UNKNOWN_FORM, words).at(form.span).help(say!(
                "form 写项目申报用的表样；部门整体的另写 department.toml：shenbao add department --form {name}",
                "`form` is that of the projects; the department as a whole has department.toml: shenbao add department --form {name}"
            )));
        }
        let (name, list) = (&form.value, forms.join("  "));
        let finding =
            Diagnostic::error(code::UNKNOWN_FORM, say!("未找到表样“{name}”", "unknown form `{name}`"))
                .at(form.span);
        let known = say!("可用的表样：{list}", "known forms: {list}");
        Some(match nearest(name, forms.iter().rev().map(String::as_str)) {
            Some(meant) => finding
                .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
                .help(known)
                .suggest(form.span, format!("\"{meant}\"")),
            None => finding.help(known),
        })
    }

    /// The declaration, with stand-ins for what could not be read.
    fn finish(self, folder: &Path, file: FileId, projects: Vec<Project>) -> Declaration {
        let nameless = || Agency { name: stand_in(file), code: None, functions: None };
        let year = self.year.unwrap_or(Placed { value: 2000, span: Span::new(file, 0..0) });
        Declaration {
            folder: folder.to_path_buf(),
            form: self.form.map(|form| form.value).unwrap_or_default(),
            evaluation: self.evaluation,
            year: year.value,
            year_place: year.span,
            languages: self.languages,
            print: self.print,
            date: self.date.unwrap_or_default(),
            round_to: self.round_to,
            title: self.title,
            unit: self.unit.unwrap_or_else(nameless),
            department: self.department.unwrap_or_else(nameless),
            overview: self.overview.unwrap_or(Overview { budget_units: 1, text: None, declared: None }),
            projects,
            of_department: None,
            accept: self.accept,
        }
    }
}

fn overview<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<Overview> {
    let value = reader.required(table, "overview", "[overview]")?;
    let table = reader.table(value, keys::OVERVIEW, "[overview]")?;
    let units = reader.required(table, "budget_units", "budget_units = …");
    let units = units.and_then(|value| reader.integer(value, 1, "budget_units = …"));
    Some(Overview {
        budget_units: units.map_or(1, |units| units.value),
        text: reader.required_text(table, "text", "text = \"…{{project.count}}…{{total}}…\""),
        declared: declared(reader, table),
    })
}

fn declared<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<Declared> {
    let example = "declared = { projects = …, amount = \"…万元\" }";
    let value = reader.optional(table, "declared")?;
    let table = reader.table(value, keys::DECLARED, example)?;
    let projects = reader.required(table, "projects", example);
    let projects = projects.and_then(|value| reader.integer(value, 1, example));
    let amount = reader.required(table, "amount", example).and_then(|value| reader.amount(value));
    Some(Declared { projects: projects?, amount: amount? })
}

/// What stands under `[[accept]]`; whether it accepts anything is for the checker to say.
fn acceptances<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Vec<Acceptance> {
    let tables = reader.tables(table, "accept", keys::ACCEPT);
    tables.into_iter().filter_map(|table| acceptance(reader, table)).collect()
}

fn acceptance<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<Acceptance> {
    let mut read = |key, example| {
        let value = reader.required(table, key, example).and_then(|value| reader.string(value, example))?;
        if value.value.trim().is_empty() {
            reader.diagnostics.push(empty_text(value.span));
            return None;
        }
        Some(Placed { value: value.value.trim().to_owned(), span: value.span })
    };
    let code = read("code", "code = \"SB…\"");
    let place = read("where", "where = \"…\"");
    let reason = read("reason", "reason = \"…\"");
    Some(Acceptance { code: code?, place: place?, reason: reason? })
}
