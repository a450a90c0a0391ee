//! `department.toml`: what a department declares as a whole.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeTable;

use super::cost::earlier;
use super::files::ProjectFile;
use super::keys::{self, Keys};
use super::project::{self, Given};
use super::reader::{Reader, Table, stand_in};
use super::{indicator, listed};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::form::{LineKind, Profile};
use crate::lang::{Lang, say};
use crate::model::{
    BudgetLine, Department, Funding, Id, People, Period, PeriodPlace, Placed, Print, Project, Prose, Task,
    Text,
};
use crate::source::{FileId, Place, Span};

/// The form that the file names, whatever else it says.
pub(super) fn form<'d>(tree: &'d Spanned<DeTable<'d>>, file: FileId) -> Option<Placed<String>> {
    let value = tree.get_ref().get("form")?;
    let name = value.get_ref().as_str()?;
    Some(Placed { value: name.to_owned(), span: Span::new(file, value.span()) })
}

/// Reads the file, by its form where that could be read; `projects` are those of the declaration.
pub(super) fn read<'d>(
    reader: &mut Reader<'_>,
    tree: &'d Spanned<DeTable<'d>>,
    id: Id,
    given: Given,
    profile: Option<&Profile>,
    projects: Option<&[ProjectFile]>,
) -> Department {
    let head = Span::new(reader.file, 0..0);
    let table = reader.open(tree.get_ref(), head, keys::DEPARTMENT);
    let example = "form = \"…\"";
    let form = reader.required(table, "form", example).and_then(|value| reader.string(value, example));
    let form = form.map_or(Placed { value: String::new(), span: head }, |form| Placed {
        value: form.value.to_owned(),
        span: form.span,
    });
    let lines = |of: fn(&Profile) -> &Vec<LineKind>| profile.map(of).map_or(&[][..], Vec::as_slice);
    let income = lines(|profile| &profile.income);
    let outlay = lines(|profile| &profile.outlay);
    Department {
        form,
        until: reader.optional(table, "until").and_then(|value| reader.date(value, "until")),
        tasks: tasks(reader, table, projects),
        income: budget(reader, table, "income", keys::INCOME, (income, profile)),
        outlay: budget(reader, table, "outlay", keys::OUTLAY, (outlay, profile)),
        own: own(reader, table, id, given, profile),
    }
}

/// What the file says as that of a project does.
fn own<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    id: Id,
    given: Given,
    profile: Option<&Profile>,
) -> Project {
    let head = Span::new(reader.file, 0..0);
    let asked = |path: &str| profile.is_some_and(|profile| profile.grid.shows(path));
    let year = given.year.unwrap_or(2000);
    Project {
        number: 0,
        id,
        span: head,
        name: stand_in(reader.file),
        code: None,
        print: Print { narrative: false, form: true },
        unit: None,
        heading: None,
        nature: None,
        category: None,
        attribute: None,
        project_type: None,
        people: People::default(),
        period: Period { start: jiff::civil::date(year, 1, 1), end: jiff::civil::date(year, 12, 31) },
        period_place: PeriodPlace { start: head, end: head },
        funding: Funding::default(),
        costs: Vec::new(),
        subprojects: Vec::new(),
        narrative: project::narrative(reader, table, profile),
        goals: project::goals(reader, table, asked("goal")),
        indicators: indicator::read(reader, table, asked("indicator") || asked("overall_indicator"), profile),
        schedule: Vec::new(),
        sign_off: project::sign_off(reader, table),
        outcome: None,
    }
}

fn tasks<'d>(reader: &mut Reader<'_>, table: Table<'d>, projects: Option<&[ProjectFile]>) -> Vec<Task> {
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    let mut tasks = Vec::new();
    for table in reader.tables(table, "task", keys::TASK) {
        let name = reader.required_text(table, "name", "name = \"…\"");
        let content = reader.optional_text(table, "content");
        let named = listed::ids(reader, table, "projects", "projects = [\"…\"]");
        for id in &named {
            let known = projects.is_none_or(|all| all.iter().any(|own| own.id.as_str() == id.value));
            if !known {
                let finding = unknown(id, projects.unwrap_or_default());
                reader.diagnostics.push(finding);
            } else if let Some(first) = taken.insert(id.value.clone(), id.span) {
                let name = &id.value;
                let words = say!("项目 {name} 列入了两项任务", "the project {name} is in two tasks");
                reader.diagnostics.push(
                    Diagnostic::error(code::DUPLICATE_ID, words)
                        .label(id.span, say!("又列在这里", "again here"))
                        .label(first, say!("先列在这里", "first here"))
                        .help(say!(
                            "一个项目只列入一项任务，否则金额重复计算",
                            "name it in one task only, or its amount counts twice"
                        )),
                );
            }
        }
        let amount = reader.optional(table, "amount").and_then(|value| reader.amount(value));
        let other = reader.optional(table, "other").and_then(|value| reader.amount(value));
        // An amount that could not be read has its own finding.
        let is_unread = amount.is_none() && table.has("amount");
        let too_much = other.filter(|other| !is_unread && amount.is_none_or(|all| other.value > all.value));
        if let Some(other) = too_much {
            let words = say!("其他资金多于 amount", "`other` is more than `amount`");
            reader.diagnostics.push(Diagnostic::error(code::NEGATIVE_REMAINDER, words).at(other.span).help(
                say!(
                    "other 是 amount 之中的其他资金；项目的其他资金写在项目文件里",
                    "`other` is part of `amount`; other funds of projects stand in their files"
                ),
            ));
            continue;
        }
        let Some(name) = name else { continue };
        tasks.push(Task { name, content, projects: named, amount, other });
    }
    tasks
}

fn unknown(id: &Placed<String>, projects: &[ProjectFile]) -> Diagnostic {
    let name = &id.value;
    let words = say!("未知的项目“{name}”", "unknown project `{name}`");
    let finding = Diagnostic::error(code::UNKNOWN_PROJECT, words).at(id.span);
    let list = projects.iter().map(|own| own.id.as_str()).collect::<Vec<_>>().join("  ");
    let known = say!("写项目文件名里的编号：{list}", "write the id in the name of a project's file: {list}");
    match nearest(name, projects.iter().map(|own| own.id.as_str())) {
        Some(meant) => finding
            .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
            .help(known)
            .suggest(id.span, format!("\"{meant}\"")),
        None => finding.help(known),
    }
}

/// `[[income]]` or `[[outlay]]`, with a line for what the form computes where the file leaves it out.
fn budget<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    key: &str,
    keys: Keys,
    (kinds, profile): (&[LineKind], Option<&Profile>),
) -> Vec<BudgetLine> {
    let mut lines: Vec<BudgetLine> = Vec::new();
    for table in reader.tables(table, key, keys) {
        let Some(line) = line(reader, table, kinds, profile) else { continue };
        let name = |line: &BudgetLine| line.kind.str(Lang::Zh).trim().to_owned();
        let same = |own: &&BudgetLine| name(own) == name(&line) || (own.id.is_some() && own.id == line.id);
        if let Some(first) = lines.iter().find(same) {
            let name = name(&line);
            let words = say!("“{name}”列了两次", "`{name}` is listed twice");
            reader.diagnostics.push(
                Diagnostic::error(code::DUPLICATE_ID, words)
                    .at(line.kind.span())
                    .label(first.kind.span(), say!("先列在这里", "first listed here"))
                    .help(say!("合并为一项", "merge them into one")),
            );
        }
        lines.push(line);
    }
    let place = |line: &BudgetLine| kinds.iter().position(|kind| Some(&kind.id) == line.id.as_ref());
    for kind in kinds.iter().filter(|kind| kind.of_projects) {
        if lines.iter().all(|line| line.id.as_ref() != Some(&kind.id)) {
            let prose = |value: &str| Prose {
                value: value.to_owned(),
                place: Place::whole(Span::new(reader.file, 0..0)),
            };
            let name = Text::Both { zh: prose(&kind.name.zh), en: prose(&kind.name.en) };
            let id = Some(kind.id.clone());
            lines.push(BudgetLine { kind: name, id, amount: None, before: BTreeMap::new() });
        }
    }
    lines.sort_by_key(|line| place(line).unwrap_or(usize::MAX));
    lines
}

fn line<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    kinds: &[LineKind],
    profile: Option<&Profile>,
) -> Option<BudgetLine> {
    let kind = reader.required_text(table, "kind", "kind = \"…\"");
    let listed = kind.as_ref().and_then(|kind| {
        let name = kind.str(Lang::Zh).trim();
        kinds.iter().find(|own| own.is_named(name))
    });
    let example = "amount = \"…万元\"";
    let computed = listed.is_some_and(|own| own.of_projects);
    let value = match computed || profile.is_none() {
        true => reader.optional(table, "amount"),
        false => reader.required(table, "amount", example),
    };
    let amount = value.and_then(|value| reader.amount(value));
    let before =
        reader.optional(table, "before").and_then(|value| earlier(reader, value)).unwrap_or_default();
    let kind = kind?;
    if let (None, Some(profile)) = (listed, profile) {
        let finding = unlisted(&kind, kinds, &profile.id);
        reader.diagnostics.push(finding);
    }
    Some(BudgetLine { kind, id: listed.map(|own| own.id.clone()), amount, before })
}

fn unlisted(kind: &Text, kinds: &[LineKind], form: &str) -> Diagnostic {
    let name = kind.str(Lang::Zh).trim();
    let words = say!("表样 {form} 没有列出“{name}”", "the form {form} does not list `{name}`");
    let finding = Diagnostic::error(code::UNKNOWN_VALUE, words).at(kind.span());
    if kinds.is_empty() {
        return finding.help(say!(
            "这个表样不印收支构成，删去这一项",
            "this form shows no income and outlay: delete the line"
        ));
    }
    let named = || kinds.iter().map(|own| own.name.zh.as_str());
    let list = named().collect::<Vec<_>>().join("、");
    let known = say!("表样列出的是：{list}", "it lists: {list}");
    match nearest(name, named()) {
        Some(meant) => finding
            .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
            .help(known)
            .suggest(kind.span(), format!("\"{meant}\"")),
        None => finding.help(known),
    }
}
