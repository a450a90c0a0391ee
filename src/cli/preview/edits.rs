//! Edits that the page asks for, and what it is offered to edit.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use shenbao::compute::Derivation;
use shenbao::edit::{Control, Edit, Field, Rejected, Session, fields};
use shenbao::form::Profile;
use shenbao::lang::{Lang, Words, say};
use shenbao::load::FileKind;
use shenbao::render::view::Region;
use shenbao::source::{FileId, Span};

use super::files::Files;
use super::server::Body;
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

/// How many edits can be undone and redone.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Steps {
    undo: usize,
    redo: usize,
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

/// A value that can be edited, as the page is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditState {
    /// By which it is found in its file.
    pub path: Vec<String>,
    label: Words,
    control: &'static str,
    lang: Option<&'static str>,
    text: String,
    /// What the form lists for it; where `open`, something else may be written.
    choices: Vec<String>,
    open: bool,
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

    /// The value that a part of a page shows as it is written; `None` for what is computed.
    pub fn of(&mut self, region: &Region<'_>) -> Option<EditState> {
        let span = match region.figure.as_ref().map(|figure| figure.entry) {
            None => region.span,
            Some(entry) => match entry?.from {
                Derivation::Stated(span) => span,
                _ => return None,
            },
        };
        let field = self.fields(span.file).iter().find(|field| contains(field, span))?.clone();
        let listed: Vec<String> = match field.control {
            Control::Kind => self.profile.kind_names().map(str::to_owned).collect(),
            Control::Listed(list) => self.profile.choices(list).iter().map(|own| own.zh.clone()).collect(),
            _ => Vec::new(),
        };
        Some(EditState {
            path: field.path,
            label: field.label,
            control: name(field.control),
            lang: field.lang.map(Lang::tag),
            text: field.text,
            choices: listed,
            open: !matches!(field.control, Control::Kind),
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
