//! Edits that the page asks for.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use shenbao::edit::{Added, Change, Edit, Rejected, Session};
use shenbao::fmt::{Formatted, format_text, usual_sections};
use shenbao::lang::{Lang, Words, say};
use shenbao::load::FileKind;

use super::adding::Adding;
use super::fixes;
use super::offers::fields_at;
use super::output::Options;
use super::readings::read;
use super::server::Body;
use super::state::Steps;
use super::values::values;
use crate::cli::system::reason;

/// The edits of this run, one after the other.
pub struct Edits {
    session: Mutex<Session>,
    comments: Lang,
    output: Options,
}

/// An edit, as the page sends it.
#[derive(Deserialize)]
struct Wish {
    file: String,
    path: Vec<String>,
    was: String,
    to: String,
}

/// What is done with an item, as the page sends it. An empty path is that of the project of the file.
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
#[derive(Default, Serialize)]
struct Answer {
    done: bool,
    /// Why it was not made.
    reason: Option<Words>,
    help: Vec<Words>,
    /// What the value says by now, where somebody else has changed it.
    now: Option<String>,
    /// Where an item stands that was added.
    added: Option<AddedState>,
    #[serde(flatten)]
    steps: Steps,
}

#[derive(Serialize)]
struct AddedState {
    file: String,
    path: Vec<String>,
}

impl Edits {
    /// None yet; `comments` is the language of the comments in new files.
    pub fn new(folder: &Path, comments: Lang, output: Options) -> Edits {
        Edits { session: Mutex::new(Session::with_shape(folder, kept_in_shape)), comments, output }
    }

    pub fn steps(&self) -> Steps {
        let (undo, redo) = self.session().steps();
        Steps { undo, redo }
    }

    /// Does what was sent to a path such as `edit`; `None` for anything else.
    pub fn answer(&self, path: &str, body: &[u8]) -> Option<Body> {
        let made = match path {
            "reading" => return read(&self.folder(), body),
            "fields" => return fields_at(&self.folder(), body),
            "values" => return values(&self.folder(), body),
            "edit" => {
                let Wish { file, path, was, to } = serde_json::from_slice(body).ok()?;
                self.session().change(Edit { file, path, was, to }).map(|()| None)
            }
            "item" => {
                let Moved { file, path, name, how } = serde_json::from_slice(body).ok()?;
                let mut session = self.session();
                if path.is_empty() {
                    session.change_project(&file, how.into())
                } else {
                    session.change_item(&file, &path, &name, how.into()).map(|()| None)
                }
            }
            "add" => {
                let wish: Adding = serde_json::from_slice(body).ok()?;
                wish.add_to(&mut self.session(), self.comments).map(Some)
            }
            "output" => return self.output.answer(&self.folder(), body),
            "patch" => return Some(fixes::Wish::read(body)?.patch(&self.folder())),
            "fix" => fixes::Wish::read(body)?.apply(&mut self.session()).map(|()| None),
            "undo" => self.session().undo().map(|()| None),
            "redo" => self.session().redo().map(|()| None),
            _ => return None,
        };
        let answer = match made {
            Ok(added) => Answer {
                done: true,
                added: added.map(|Added { file, path }| AddedState { file, path }),
                steps: self.steps(),
                ..Answer::default()
            },
            Err(rejected) => refusal(&rejected, self.steps()),
        };
        Some(Body { mime: "application/json", bytes: serde_json::to_vec(&answer).unwrap_or_default() })
    }

    fn folder(&self) -> PathBuf {
        self.session().folder().to_path_buf()
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        // It is changed only once an edit is on the disk.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
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
    Answer { reason: Some(reason), help, now, steps, ..Answer::default() }
}

/// A file after an edit: in its canonical shape where it was so before, else as it is.
fn kept_in_shape(path: &Path, kind: FileKind, before: &str, after: String) -> String {
    let shaped = |text: &str| match format_text(path, text, kind, &usual_sections()) {
        Formatted::Text(text) => Some(text),
        Formatted::Broken(_) | Formatted::Refused => None,
    };
    let was = shaped(before).is_some_and(|shaped| shaped == before);
    was.then(|| shaped(&after)).flatten().unwrap_or(after)
}
