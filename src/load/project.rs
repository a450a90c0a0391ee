//! `projects/N-id.toml`.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::agency::agency;
use super::cost;
use super::files::ProjectFile;
use super::keys;
use super::listed;
use super::reader::{Reader, Table, stand_in};
use super::{funding, indicator};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::form::{Profile, Section};
use crate::lang::say;
use crate::model::{
    Goals, Id, NarrativeSection, People, Period, PeriodPlace, Placed, Print, Project, Schedule, SignOff,
    Text, Year,
};
use crate::source::Span;

/// What the declaration gives to each of its projects.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    /// Its year, where it could be read.
    pub year: Option<Year>,
    /// What is printed of a project that does not say so itself.
    pub print: Print,
}

/// Reads a project; what is wrong or missing gets a finding and a stand-in.
pub(super) fn read<'d>(
    reader: &mut Reader<'_>,
    tree: &'d Spanned<DeTable<'d>>,
    file: &ProjectFile,
    given: Given,
    profile: Option<&Profile>,
) -> Project {
    let head = Span::new(file.file, 0..0);
    let table = reader.open(tree.get_ref(), head, keys::PROJECT);
    let name = reader.required_text(table, "name", "name = \"…\"");
    let span = name.as_ref().map_or(head, Text::span);
    let print = listed::print(reader, table).unwrap_or(given.print);
    let asked = |path: &str| print.form && profile.is_none_or(|profile| profile.grid.shows(path));
    let nature = word(reader, table, "nature", asked("nature"), asked("nature"), profile);
    let category = word(reader, table, "category", asked("category"), asked("category"), profile);
    let attribute = word(reader, table, "attribute", false, asked("attribute"), profile);
    let project_type = word(reader, table, "type", false, asked("type"), profile);
    let (period, period_place) = reader.period(table).unzip();
    let funding = funding::read(reader, table, period, profile);
    let costs = cost::costs(reader, table, period, "[[cost]]");
    let subprojects = cost::subprojects(reader, table, period);
    cost::check_alternatives(reader, table, "subproject", "cost");
    report_duplicates(reader, subprojects.iter().map(|subproject| &subproject.id));
    let all_costs = costs.iter().chain(subprojects.iter().flat_map(|subproject| &subproject.costs));
    report_duplicates(reader, all_costs.filter_map(|cost| cost.id.as_ref()));
    let placeholder = || stand_in(file.file);
    Project {
        number: file.number,
        id: file.id.clone(),
        span,
        name: name.unwrap_or_else(placeholder),
        code: reader.optional_string(table, "code"),
        print,
        unit: reader.optional(table, "unit").and_then(|value| agency(reader, value, "[unit]")),
        heading: reader.optional_text(table, "heading"),
        nature,
        category,
        attribute,
        project_type,
        people: People {
            leader: reader.optional_text(table, "leader"),
            leader_phone: reader.optional_string(table, "leader_phone"),
            contact: reader.optional_text(table, "contact"),
            contact_phone: reader.optional_string(table, "contact_phone"),
        },
        period: period.unwrap_or_else(|| whole_year(given.year)),
        period_place: period_place.unwrap_or(PeriodPlace { start: span, end: span }),
        funding,
        costs,
        subprojects,
        narrative: narrative(reader, table, profile),
        goals: goals(reader, table, asked("goal")),
        indicators: indicator::read(reader, table, asked("indicator") || asked("overall_indicator"), profile),
        schedule: schedule(reader, table),
        sign_off: sign_off(reader, table),
        outcome: None,
    }
}

fn whole_year(year: Option<Year>) -> Period {
    let year = year.unwrap_or(2000);
    Period { start: jiff::civil::date(year, 1, 1), end: jiff::civil::date(year, 12, 31) }
}

/// A value that has to be there where the form asks for it.
fn of_form<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    key: &str,
    asked: bool,
    example: &str,
) -> Option<&'d Spanned<DeValue<'d>>> {
    if asked { reader.required(table, key, example) } else { reader.optional(table, key) }
}

/// A text that the form lists; another one is a warning, because units do write their own.
fn word<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    key: &str,
    required: bool,
    shown: bool,
    profile: Option<&Profile>,
) -> Option<Text> {
    let example = format!("{key} = \"…\"");
    let value = of_form(reader, table, key, required, &example)?;
    let text = reader.text(value, &example)?;
    let (_, prose) = text.proses().next()?;
    let value = prose.value.trim();
    let allowed = profile.map(|profile| profile.choices(key)).unwrap_or_default();
    if shown && !allowed.is_empty() && !allowed.iter().any(|words| words.zh == value || words.en == value) {
        let list = allowed.iter().map(|words| words.zh.as_str()).collect::<Vec<_>>().join("、");
        let span = text.span();
        let finding = Diagnostic::warning(
            code::UNLISTED_VALUE,
            say!("“{value}”不在表样列出的选项中", "`{value}` is not listed by the form"),
        )
        .at(span);
        let list_help = say!("表样列出的是：{list}", "it lists: {list}");
        reader.diagnostics.push(match nearest(value, allowed.iter().map(|words| words.zh.as_str())) {
            Some(meant) => finding
                .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
                .help(list_help)
                .suggest(span, format!("\"{meant}\"")),
            None => finding.help(list_help),
        });
    }
    Some(text)
}

fn report_duplicates<'a>(reader: &mut Reader<'_>, ids: impl Iterator<Item = &'a Placed<Id>>) {
    let mut seen: BTreeMap<&Id, Span> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.get(&id.value) {
            let name = &id.value;
            reader.diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    say!("id {name} 用了两次", "the id {name} is used twice"),
                )
                .label(id.span, say!("又用在这里", "used again here"))
                .label(*first, say!("先用在这里", "first used here"))
                .help(say!("两者要用不同的 id", "give one of them another id")),
            );
        } else {
            seen.insert(&id.value, id.span);
        }
    }
}

pub(super) fn narrative<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    profile: Option<&Profile>,
) -> Vec<NarrativeSection> {
    let example = "[narrative.overview]";
    let Some(value) = reader.optional(table, "narrative") else { return Vec::new() };
    let DeValue::Table(map) = value.get_ref() else {
        let finding = reader.wrong_type(value, &say!("一个表", "a table"), example);
        reader.diagnostics.push(finding);
        return Vec::new();
    };
    let mut sections: Vec<(usize, NarrativeSection)> = Vec::new();
    for (key, value) in map.iter() {
        let id = key.get_ref().as_ref();
        let span = Span::new(reader.file, key.span());
        let place = match profile.map(|profile| (profile, profile.section(id))) {
            Some((profile, None)) => {
                reader.diagnostics.push(unknown_section(id, span, profile));
                continue;
            }
            Some((_, Some((place, _)))) => place,
            None => sections.len(),
        };
        if let Some(text) = reader.text(value, &format!("narrative.{id} = \"…\"")) {
            sections.push((place, NarrativeSection { id: id.to_owned(), text }));
        }
    }
    sections.sort_by_key(|(place, _)| *place);
    sections.into_iter().map(|(_, section)| section).collect()
}

fn unknown_section(id: &str, span: Span, profile: &Profile) -> Diagnostic {
    let form = &profile.id;
    let list = profile
        .sections
        .iter()
        .map(|section| format!("{}（{}）", section.id, section.heading.zh))
        .collect::<Vec<_>>()
        .join(" ");
    let finding = Diagnostic::error(
        code::UNKNOWN_SECTION,
        say!("表样 {form} 没有“{id}”这一节", "unknown section `{id}` in the form {form}"),
    )
    .at(span);
    let sections = say!("各节是：{list}", "its sections: {list}");
    if let Some(Section { id: meant, heading, .. }) = Section::named(&profile.sections, id) {
        let (zh, en) = (&heading.zh, &heading.en);
        let help = say!("“{zh}”写作 [narrative.{meant}]", "{en} is written [narrative.{meant}]");
        return finding.help(help).help(sections).fix(span, meant);
    }
    match nearest(id, profile.sections.iter().map(|section| section.id.as_str())) {
        Some(meant) => finding
            .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
            .help(sections)
            .suggest(span, meant),
        None => finding.help(sections),
    }
}

pub(super) fn goals<'d>(reader: &mut Reader<'_>, table: Table<'d>, asked: bool) -> Option<Goals> {
    let value = of_form(reader, table, "goal", asked, "[goal]")?;
    let table = reader.table(value, keys::GOAL, "[goal]")?;
    let annual = reader.optional_text(table, "annual");
    Some(Goals { overall: reader.required_text(table, "overall", "overall = \"…\"")?, annual })
}

fn schedule<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Vec<Schedule> {
    let tables = reader.tables(table, "schedule", keys::SCHEDULE);
    tables
        .into_iter()
        .filter_map(|table| {
            let task = reader.required_text(table, "task", "task = \"…\"");
            let period = reader.period(table);
            let (period, period_place) = period?;
            let note = reader.optional_text(table, "note");
            Some(Schedule { task: task?, period, period_place, note })
        })
        .collect()
}

pub(super) fn sign_off<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<SignOff> {
    let value = reader.optional(table, "sign_off")?;
    let table = reader.table(value, keys::SIGN_OFF, "[sign_off]")?;
    let date = reader.optional(table, "date").and_then(|value| reader.date(value, "date"));
    Some(SignOff {
        preparer: reader.optional_text(table, "preparer"),
        reviewer: reader.optional_text(table, "reviewer"),
        head: reader.optional_text(table, "head"),
        finance: reader.optional_text(table, "finance"),
        phone: reader.optional_string(table, "phone"),
        date: date.map(|date| date.value),
    })
}
