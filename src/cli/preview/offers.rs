//! What the page is offered to edit.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use shenbao::compute::Derivation;
use shenbao::edit::{Control, Field, fields, item_of, kind_of};
use shenbao::form::Profile;
use shenbao::lang::Lang;
use shenbao::load::FileKind;
use shenbao::model::{Declaration, Project, Subproject, Text};
use shenbao::paths::List;
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::render::view::Region;
use shenbao::source::{FileId, Span};

use super::files::Files;
use super::readings::parts;
use super::server::Body;
use super::state::{AddState, EditState, ItemState, Lists, ValueState};

/// The values of a declaration's files.
pub struct Offers<'o> {
    files: Files<'o>,
    declaration: &'o Declaration,
    profile: &'o Profile,
    known: BTreeMap<FileId, Vec<Field>>,
}

impl<'o> Offers<'o> {
    pub fn new(files: Files<'o>, whole: &'o Whole) -> Offers<'o> {
        let Whole { declaration, profile, .. } = whole;
        Offers { files, declaration, profile, known: BTreeMap::new() }
    }

    /// What can be edited where a part of a page stands; `None` for what is computed of more than one item.
    pub fn of(&mut self, region: &Region<'_>) -> Option<EditState> {
        let entry = region.figure.as_ref().map(|figure| figure.entry);
        let (span, parts): (Span, &[&str]) = match entry {
            None => (region.span, &[]),
            Some(entry) => match &entry?.from {
                Derivation::Stated(span) => (*span, &[]),
                Derivation::Product { unit, .. } => {
                    (unit.as_ref().map_or(region.span, Text::span), &["quantity", "price"])
                }
                Derivation::Share { .. } => (region.span, &["percent"]),
                Derivation::Years(_) => (region.span, &["amount"]),
                _ => return None,
            },
        };
        let fields = self.fields(span.file);
        let own = fields.iter().find(|field| contains(field, span))?;
        // A sentence that takes a figure does not say of which item it is.
        if !parts.is_empty() && own.control == Control::Paragraphs {
            return None;
        }
        let item = item_of(&own.path);
        let is_part = |field: &&Field| {
            let key = item.and_then(|item| field.path.strip_prefix(item)).and_then(<[String]>::first);
            key.is_some_and(|key| parts.contains(&key.as_str()))
        };
        let values: Vec<Field> = if parts.is_empty() {
            vec![own.clone()]
        } else {
            fields.iter().filter(is_part).cloned().collect()
        };
        // At its name, a project is what can be moved.
        let is_name = own.path.first().is_some_and(|key| key == "name");
        let item = item.or(is_name.then_some(&[][..])).map(<[String]>::to_vec);
        Some(self.state(span.file, &values, item.as_deref()))
    }

    /// What can be edited of the item whose name stands in a line: all of its own values, but no texts of paragraphs.
    fn at(&mut self, file: &str, line: usize) -> Option<EditState> {
        let files = self.files;
        let (id, _) = files.sources.iter().find(|(_, own)| files.within(&own.path) == file)?;
        let fields = self.fields(id);
        let is_there = |field: &&Field| files.place(Span::new(id, field.range.clone())).line == line;
        let item: Vec<String> =
            fields.iter().find(is_there).map(|own| item_of(&own.path).unwrap_or_default().to_vec())?;
        let is_place = |step: &String| step.len() != 4 && step.parse::<usize>().is_ok();
        let is_own = |field: &&Field| {
            let below = field.path.strip_prefix(item.as_slice());
            field.control != Control::Paragraphs && below.is_some_and(|below| !below.iter().any(is_place))
        };
        let values: Vec<Field> = fields.iter().filter(is_own).cloned().collect();
        Some(self.state(id, &values, Some(&item)))
    }

    /// Values of a file, with the item that they belong to: the project itself by an empty path.
    fn state(&mut self, id: FileId, values: &[Field], item: Option<&[String]>) -> EditState {
        let (file, profile) = (self.files.place(Span::new(id, 0..0)).file, self.profile);
        let project = self.declaration.projects.iter().find(|own| own.span.file == id);
        let project = project.map(|own| own.id.to_string());
        let fields = self.fields(id);
        let name = |item: &[String]| {
            let of = |field: &&Field| {
                field.path.strip_prefix(item).is_some_and(|own| own.first().is_some_and(|key| key == "name"))
            };
            let mut names: Vec<&Field> = fields.iter().filter(of).collect();
            // In Chinese where it is in both languages.
            names.sort_by_key(|own| own.lang == Some(Lang::En));
            names.first().map(|own| own.text.clone()).unwrap_or_default()
        };
        let item = item.filter(|item| !item.is_empty() || project.is_some());
        let item = item.map(|item| ItemState { path: item.to_vec(), label: kind_of(item), name: name(item) });
        EditState { file, values: values.iter().map(|field| value(field, profile)).collect(), item, project }
    }

    fn fields(&mut self, file: FileId) -> &[Field] {
        let Files { folder, sources } = self.files;
        self.known.entry(file).or_insert_with(|| {
            let Some(source) = sources.get(file) else { return Vec::new() };
            let kind = source.path.strip_prefix(folder).ok().and_then(FileKind::of);
            kind.map(|kind| fields(&source.text, kind.table())).unwrap_or_default()
        })
    }
}

fn value(field: &Field, profile: &Profile) -> ValueState {
    let choices: Vec<String> = match field.control {
        Control::Kind => profile.kind_names().map(str::to_owned).collect(),
        Control::Listed(list) => profile.choices(list).iter().map(|own| own.zh.clone()).collect(),
        Control::Target => {
            let lang = field.lang.unwrap_or(Lang::Zh);
            profile.unit_names.iter().map(|unit| unit.get(lang).to_owned()).collect()
        }
        _ => Vec::new(),
    };
    ValueState {
        path: field.path.clone(),
        label: field.label.clone(),
        control: name(field.control),
        lang: field.lang.map(Lang::tag),
        text: field.text.clone(),
        choices,
        open: !matches!(field.control, Control::Kind),
        target: parts(&field.text).filter(|_| field.control == Control::Target),
    }
}

fn contains(field: &Field, span: Span) -> bool {
    let range = span.range();
    field.range.start <= range.start && range.end <= field.range.end
}

fn name(control: Control) -> &'static str {
    match control {
        Control::Line => "line",
        Control::Paragraphs => "paragraphs",
        Control::Number => "number",
        Control::Amount => "amount",
        Control::Date => "date",
        Control::Switch => "switch",
        Control::Target => "target",
        Control::Kind | Control::Listed(_) => "choice",
    }
}

/// A line of a file, as the page sends it.
#[derive(Deserialize)]
struct Line {
    file: String,
    line: usize,
}

/// What can be edited of the item that was sent by the line of its name.
pub fn fields_at(folder: &Path, body: &[u8]) -> Option<Body> {
    let Line { file, line } = serde_json::from_slice(body).ok()?;
    let Prepared { sources, whole, .. } = prepare(folder);
    let found = Offers::new(Files { folder, sources: &sources }, whole.as_ref()?).at(&file, line)?;
    Some(Body { mime: "application/json", bytes: serde_json::to_vec(&found).unwrap_or_default() })
}

/// What the forms of new items offer.
pub fn lists(whole: &Whole) -> Lists {
    let Whole { declaration, profile, .. } = whole;
    Lists {
        indicators: profile.kind_names().map(str::to_owned).collect(),
        sources: profile.sources.iter().map(|source| source.name.zh.clone()).collect(),
        english: declaration.languages.contains(&Lang::En),
    }
}

/// What can be added to the declaration.
pub fn adds_to_all() -> AddState {
    AddState { project: None, of: None, kinds: vec!["project"] }
}

/// What can be added to a project: what its form shows, and costs or sub-projects, whichever it has.
pub fn adds_to_project(project: &Project, profile: &Profile) -> AddState {
    let kinds = [
        ("cost", project.subprojects.is_empty()),
        ("subproject", project.costs.is_empty()),
        ("indicator", true),
        ("step", profile.grid.repeats(List::Schedule)),
        ("source", !profile.sources.is_empty()),
    ];
    AddState {
        project: Some(project.id.to_string()),
        of: None,
        kinds: kinds.into_iter().filter(|(_, can)| *can).map(|(kind, _)| kind).collect(),
    }
}

/// What can be added to a sub-project: costs, unless it states its sum itself.
pub fn adds_to_subproject(project: &str, subproject: &Subproject) -> AddState {
    AddState {
        project: Some(project.to_owned()),
        of: Some(subproject.id.value.to_string()),
        kinds: if subproject.single { Vec::new() } else { vec!["cost"] },
    }
}
