//! Edits that the page asks for, and what it is offered to edit.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use shenbao::compute::Derivation;
use shenbao::edit::{Change, Control, Edit, Field, Rejected, Session, fields, item_of, kind_of};
use shenbao::form::Profile;
use shenbao::lang::{Lang, Words, say};
use shenbao::load::FileKind;
use shenbao::model::Text;
use shenbao::render::view::Region;
use shenbao::source::{FileId, Span};

use super::files::Files;
use super::server::Body;
use super::state::{EditState, ItemState, Steps, ValueState};
use crate::cli::system::reason;

/// The edits of this run, one after the other.
pub struct Edits(Mutex<Session>);

/// An edit, as the page sends it.
#[derive(Deserialize)]
struct Wish {
    file: String,
    path: Vec<String>,
    was: String,
    to: String,
}

/// What is done with an item, as the page sends it.
#[derive(Deserialize)]
struct Moved {
    file: String,
    path: Vec<String>,
    name: String,
    how: How,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum How {
    Delete,
    Copy,
    Up,
    Down,
}

impl From<How> for Change {
    fn from(how: How) -> Change {
        match how {
            How::Delete => Change::Delete,
            How::Copy => Change::Copy,
            How::Up => Change::Up,
            How::Down => Change::Down,
        }
    }
}

/// What became of it.
#[derive(Serialize)]
struct Answer {
    done: bool,
    /// Why it was not made.
    reason: Option<Words>,
    help: Vec<Words>,
    /// What the value says by now, where somebody else has changed it.
    now: Option<String>,
    #[serde(flatten)]
    steps: Steps,
}

impl Edits {
    pub fn new(folder: &Path) -> Edits {
        Edits(Mutex::new(Session::new(folder)))
    }

    pub fn steps(&self) -> Steps {
        let (undo, redo) = self.session().steps();
        Steps { undo, redo }
    }

    /// Makes the edit that was sent to `edit`, or undoes or redoes one; `None` for anything else.
    pub fn answer(&self, path: &str, body: &[u8]) -> Option<Body> {
        let made = match path {
            "edit" => {
                let Wish { file, path, was, to } = serde_json::from_slice(body).ok()?;
                self.session().change(Edit { file, path, was, to })
            }
            "item" => {
                let Moved { file, path, name, how } = serde_json::from_slice(body).ok()?;
                self.session().change_item(&file, &path, &name, how.into())
            }
            "undo" => self.session().undo(),
            "redo" => self.session().redo(),
            _ => return None,
        };
        let steps = self.steps();
        let answer = match made {
            Ok(()) => Answer { done: true, reason: None, help: Vec::new(), now: None, steps },
            Err(rejected) => refusal(&rejected, steps),
        };
        Some(Body { mime: "application/json", bytes: serde_json::to_vec(&answer).unwrap_or_default() })
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        // It is changed only once an edit is on the disk.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refusal(rejected: &Rejected, steps: Steps) -> Answer {
    let (help, now) = match rejected {
        Rejected::Finding(finding) => (finding.help.clone(), None),
        Rejected::Changed(now) => (Vec::new(), Some(now.clone())),
        _ => (Vec::new(), None),
    };
    let reason = match rejected {
        Rejected::System(error) => {
            let Words { zh, en } = reason(error);
            say!("没有写入：{zh}", "not written: {en}")
        }
        other => other.words(),
    };
    Answer { done: false, reason: Some(reason), help, now, steps }
}

/// The values of a declaration's files.
pub struct Offers<'o> {
    files: Files<'o>,
    profile: &'o Profile,
    known: BTreeMap<FileId, Vec<Field>>,
}

impl<'o> Offers<'o> {
    pub fn new(files: Files<'o>, profile: &'o Profile) -> Offers<'o> {
        Offers { files, profile, known: BTreeMap::new() }
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
        let (file, profile) = (self.files.place(span).file, self.profile);
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
        let values: Vec<&Field> =
            if parts.is_empty() { vec![own] } else { fields.iter().filter(is_part).collect() };
        let name = |item: &[String]| {
            let of = |field: &&Field| {
                field.path.strip_prefix(item).is_some_and(|own| own.first().is_some_and(|key| key == "name"))
            };
            let mut names: Vec<&Field> = fields.iter().filter(of).collect();
            // In Chinese where it is in both languages.
            names.sort_by_key(|own| own.lang == Some(Lang::En));
            names.first().map(|own| own.text.clone()).unwrap_or_default()
        };
        let item = item.map(|item| ItemState { path: item.to_vec(), label: kind_of(item), name: name(item) });
        Some(EditState {
            file,
            values: values.into_iter().map(|field| value(field, profile)).collect(),
            item,
        })
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
