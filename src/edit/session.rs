//! The edits of one sitting: each is one value of one file, and can be undone and redone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::field::{Field, Refused, fields, set};
use super::item::{Change, change_item};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Words, say};
use crate::load::{FileKind, Table};
use crate::pipeline::{Prepared, prepare, prepare_with};
use crate::source::{Before, WriteError, stage};

/// Some editors put it before a file's text.
const MARK: &str = "\u{feff}";

/// A wish to change one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, within the declaration's folder, with `/`.
    pub file: String,
    /// The keys and places that lead to the value, as [`super::Field::path`].
    pub path: Vec<String>,
    /// What the value said when it was shown.
    pub was: String,
    /// What it is to say.
    pub to: String,
}

/// Why an edit was not made. The file is as it was.
#[derive(Debug)]
pub enum Rejected {
    /// There is no such file or value, or not any more.
    Gone,
    /// The value says this by now: somebody else has changed it.
    Changed(String),
    /// Somebody was saving the file at the same moment.
    Meanwhile,
    /// Somebody has changed the file since, and an item as a whole is not put back into it.
    Elsewhere,
    /// What was filled in is not what the value takes.
    Unfit(Words),
    /// The declaration would have this error.
    Finding(Box<Diagnostic>),
    /// The file could not be read or written.
    System(io::Error),
    /// There is nothing to undo or redo.
    Nothing,
}

impl From<Refused> for Rejected {
    fn from(refused: Refused) -> Rejected {
        match refused {
            Refused::Gone => Rejected::Gone,
            Refused::Changed(now) => Rejected::Changed(now),
            Refused::Unfit(words) => Rejected::Unfit(words),
        }
    }
}

impl Rejected {
    /// What to say of it.
    pub fn words(&self) -> Words {
        match self {
            Rejected::Gone => say!("文件里已没有这一处", "the file no longer has this value"),
            Rejected::Changed(now) => say!(
                "这一处刚才被改成了“{now}”，没有写入",
                "this value was changed to `{now}` meanwhile, and was not written"
            ),
            Rejected::Meanwhile => say!(
                "文件刚才被另外保存过，没有写入：请再试一次",
                "the file was saved at the same moment, and was not written: try again"
            ),
            Rejected::Elsewhere => say!(
                "文件后来又有改动，这一步不能撤销或重做：请在文件里改",
                "the file has changed since, and this step cannot be undone or redone: change the file"
            ),
            Rejected::Unfit(words) => words.clone(),
            Rejected::Finding(finding) => finding.message.clone(),
            Rejected::System(error) => say!("没有写入：{error}", "not written: {error}"),
            Rejected::Nothing => say!("没有可撤销或重做的改动", "there is nothing to undo or redo"),
        }
    }
}

/// The edits made of a declaration since the program was started.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    done: Vec<Made>,
    undone: Vec<Made>,
}

/// An edit that was made.
#[derive(Debug, Clone)]
struct Made {
    file: String,
    /// The value; `None` where an item as a whole was changed.
    edit: Option<Edit>,
    before: String,
    after: String,
}

impl Session {
    /// One that has made no edit yet.
    pub fn new(folder: &Path) -> Session {
        Session { folder: folder.to_path_buf(), done: Vec::new(), undone: Vec::new() }
    }

    /// How many edits can be undone, and how many redone.
    pub fn steps(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }

    /// Changes a value in its file, at once and for good.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn change(&mut self, edit: Edit) -> Result<(), Rejected> {
        let made = self.make(edit)?;
        self.keep(made);
        Ok(())
    }

    /// Deletes, copies or moves an item of a file, which the path leads to; `name` is what it was called when it was shown.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn change_item(
        &mut self,
        file: &str,
        path: &[String],
        name: &str,
        how: Change,
    ) -> Result<(), Rejected> {
        let (at, _) = self.file(file)?;
        let before = text(&at)?;
        let after = change_item(&before, path, name, how)?;
        self.write(at, &before, &after)?;
        self.keep(Made { file: file.to_owned(), edit: None, before, after });
        Ok(())
    }

    fn keep(&mut self, made: Made) {
        if made.before != made.after {
            self.done.push(made);
            self.undone.clear();
        }
    }

    /// Takes the last edit back: the file becomes what it was, byte for byte, unless somebody else has changed it since; then
    /// the value alone does.
    ///
    /// # Errors
    ///
    /// [`Rejected`]; the edit can be undone later.
    pub fn undo(&mut self) -> Result<(), Rejected> {
        let last = self.done.last().ok_or(Rejected::Nothing)?;
        let back = self.back(last)?;
        self.done.pop();
        self.undone.push(back);
        Ok(())
    }

    /// Makes the edit again that was undone last.
    ///
    /// # Errors
    ///
    /// [`Rejected`]; the edit can be redone later.
    pub fn redo(&mut self) -> Result<(), Rejected> {
        let last = self.undone.last().ok_or(Rejected::Nothing)?;
        let back = self.back(last)?;
        self.undone.pop();
        self.done.push(back);
        Ok(())
    }

    /// Undoes an edit; gives the one that undoes that.
    fn back(&self, made: &Made) -> Result<Made, Rejected> {
        let (at, kind) = self.file(&made.file)?;
        let now = text(&at)?;
        let mut after = made.before.clone();
        if now != made.after {
            // Somebody has changed the file elsewhere, which stays.
            let edit = made.edit.as_ref().ok_or(Rejected::Elsewhere)?;
            let field = |text: &str| field(text, kind.table(), &edit.path).ok_or(Rejected::Gone);
            let (own, new, old) = (field(&now)?, field(&made.after)?, field(&made.before)?);
            if own.text != new.text {
                return Err(Rejected::Changed(own.text));
            }
            after.clone_from(&now);
            after.replace_range(own.range, made.before.get(old.range).unwrap_or_default());
        }
        self.write(at, &now, &after)?;
        Ok(Made { file: made.file.clone(), edit: made.edit.clone(), before: now, after })
    }

    fn make(&self, edit: Edit) -> Result<Made, Rejected> {
        let (at, kind) = self.file(&edit.file)?;
        let before = text(&at)?;
        let after = set(&before, kind.table(), &edit.path, &edit.was, &edit.to)?;
        if after != before {
            self.write(at, &before, &after)?;
        }
        Ok(Made { file: edit.file.clone(), edit: Some(edit), before, after })
    }

    /// The place and kind of a file of the declaration.
    fn file(&self, name: &str) -> Result<(PathBuf, FileKind), Rejected> {
        let within = Path::new(name);
        let is_plain = within.components().all(|step| matches!(step, Component::Normal(_)));
        let kind = FileKind::of(within).filter(|_| is_plain && name.ends_with(".toml"));
        Ok((self.folder.join(within), kind.ok_or(Rejected::Gone)?))
    }

    /// Replaces a file, unless the declaration would have an error that it has not, or somebody has saved it meanwhile.
    fn write(&self, path: PathBuf, before: &str, after: &str) -> Result<(), Rejected> {
        let known = errors(prepare(&self.folder));
        let texts = BTreeMap::from([(path.clone(), after.to_owned())]);
        let would = errors(prepare_with(&self.folder, &texts, &mut |_| {}));
        let is_new =
            |one: &Diagnostic| !known.iter().any(|own| (own.code, &own.message) == (one.code, &one.message));
        if let Some(error) = would.into_iter().find(is_new) {
            return Err(Rejected::Finding(Box::new(error)));
        }
        let old = fs::read_to_string(&path).map_err(Rejected::System)?;
        let mark = if old.starts_with(MARK) { MARK } else { "" };
        if old.strip_prefix(mark) != Some(before) {
            return Err(Rejected::Meanwhile);
        }
        let staged = stage(&path, &[mark.as_bytes(), after.as_bytes()], true).map_err(Rejected::System)?;
        staged.put(Before::Bytes(old.as_bytes())).map_err(|error| match error {
            WriteError::Changed => Rejected::Meanwhile,
            WriteError::Io(error) => Rejected::System(error),
        })
    }
}

fn errors(mut prepared: Prepared) -> Vec<Diagnostic> {
    prepared.take_findings().into_iter().filter(|one| one.severity == Severity::Error).collect()
}

/// The text of a file without its byte-order mark, from behind which places count.
fn text(path: &Path) -> Result<String, Rejected> {
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Rejected::Gone,
        _ => Rejected::System(error),
    })?;
    Ok(text.strip_prefix(MARK).map(str::to_owned).unwrap_or(text))
}

fn field(text: &str, table: Table, path: &[String]) -> Option<Field> {
    fields(text, table).into_iter().find(|field| field.path == path)
}
