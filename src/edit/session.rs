//! The edits of one sitting: each is one value, item or file, and can be undone and redone.

use std::path::{Component, Path, PathBuf};

use super::add::{Addition, add};
use super::field::{Field, fields, set};
use super::item::{Change, change_item};
use super::project::change_project;
use super::put::{self, Changed, check, put, text};
use super::rejected::Rejected;
use crate::load::{FileKind, Table, load};

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

/// Where an item stands that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The file, within the declaration's folder, with `/`.
    pub file: String,
    /// The keys and places that lead to it; none for a file as a whole.
    pub path: Vec<String>,
}

/// Gives a file a shape: its name, its kind, its text before an edit and after it.
pub type Shape = fn(&Path, FileKind, &str, String) -> String;

/// The edits made of a declaration since the program was started.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    shape: Shape,
    done: Vec<Made>,
    undone: Vec<Made>,
}

/// An edit that was made.
#[derive(Debug, Clone)]
struct Made {
    /// The value; `None` where an item or a file as a whole was changed.
    edit: Option<Edit>,
    changed: Vec<Changed>,
}

impl Session {
    /// One that has made no edit yet, and changes no more than values and items.
    pub fn new(folder: &Path) -> Session {
        Session::with_shape(folder, |_, _, _, after| after)
    }

    /// One that also gives each file that it changes a shape.
    pub fn with_shape(folder: &Path, shape: Shape) -> Session {
        Session { folder: folder.to_path_buf(), shape, done: Vec::new(), undone: Vec::new() }
    }

    /// The declaration's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
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
        let (at, kind) = self.file(&edit.file)?;
        let before = text(&at)?;
        let after = set(&before, kind.table(), &edit.path, &edit.was, &edit.to)?;
        let file = edit.file.clone();
        self.make(Some(edit), Changed::Text { file, before: Some(before), after: Some(after) })
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
        self.make(None, Changed::Text { file: file.to_owned(), before: Some(before), after: Some(after) })
    }

    /// Deletes, copies or moves the project of a file; tells the file of a copy.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn change_project(&mut self, file: &str, how: Change) -> Result<Option<Added>, Rejected> {
        let (changed, copy) = change_project(&self.folder, file, how)?;
        check(&self.folder, &changed)?;
        self.record(None, changed)?;
        Ok(copy.map(|file| Added { file, path: Vec::new() }))
    }

    /// Puts an item into the file of the project with this id.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn add(&mut self, project: &str, addition: &Addition) -> Result<Added, Rejected> {
        let addition = &addition.as_written().map_err(Rejected::Unfit)?;
        let loaded = load(&self.folder);
        let projects = loaded.declaration.as_ref().map_or(&[][..], |own| &own.projects);
        let project = projects.iter().find(|own| own.id.as_str() == project).ok_or(Rejected::Gone)?;
        let source = loaded.sources.get(project.span.file).ok_or(Rejected::Gone)?;
        let within = source.path.strip_prefix(&self.folder).map_err(|_| Rejected::Gone)?;
        let steps: Vec<_> = within.components().map(|step| step.as_os_str().to_string_lossy()).collect();
        let added = Added { file: steps.join("/"), path: addition.path(project).ok_or(Rejected::Gone)? };
        let after = add(project, &loaded.sources, addition);
        let before = Some(source.text.clone());
        self.make(None, Changed::Text { file: added.file.clone(), before, after: Some(after) })?;
        Ok(added)
    }

    /// Writes a file of the declaration that is not there yet.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn create(&mut self, file: &str, text: String) -> Result<Added, Rejected> {
        self.file(file)?;
        self.make(None, Changed::Text { file: file.to_owned(), before: None, after: Some(text) })?;
        Ok(Added { file: file.to_owned(), path: Vec::new() })
    }

    /// Replaces the text of a file by one that is known to be sound, such as that of a fix.
    ///
    /// # Errors
    ///
    /// [`Rejected`]
    pub fn replace(&mut self, file: &str, before: String, after: String) -> Result<(), Rejected> {
        self.file(file)?;
        self.record(
            None,
            vec![Changed::Text { file: file.to_owned(), before: Some(before), after: Some(after) }],
        )
    }

    fn make(&mut self, edit: Option<Edit>, mut changed: Changed) -> Result<(), Rejected> {
        if let Changed::Text { file, before: Some(before), after: Some(after) } = &mut changed {
            let (_, kind) = self.file(file)?;
            *after = (self.shape)(Path::new(file), kind, before, std::mem::take(after));
            if before == after {
                return Ok(());
            }
        }
        let changed = vec![changed];
        check(&self.folder, &changed)?;
        self.record(edit, changed)
    }

    fn record(&mut self, edit: Option<Edit>, changed: Vec<Changed>) -> Result<(), Rejected> {
        put(&self.folder, &changed)?;
        self.done.push(Made { edit, changed });
        self.undone.clear();
        Ok(())
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
        let mut changed = put::back(&made.changed);
        for one in &mut changed {
            let Changed::Text { file, before: Some(new), after } = one else { continue };
            let (at, kind) = self.file(file)?;
            let now = text(&at)?;
            if put::is_same(&now, new) {
                continue;
            }
            // Somebody has changed the file elsewhere, which stays.
            let (Some(edit), Some(old)) = (&made.edit, after) else { return Err(Rejected::Elsewhere) };
            let merged = with_value_of(&now, new, old, kind.table(), &edit.path)?;
            *old = (self.shape)(Path::new(file), kind, &now, merged);
            *new = now;
            check(&self.folder, std::slice::from_ref(one))?;
        }
        put(&self.folder, &changed)?;
        Ok(Made { edit: made.edit.clone(), changed })
    }

    /// The place and kind of a file of the declaration.
    fn file(&self, name: &str) -> Result<(PathBuf, FileKind), Rejected> {
        let within = Path::new(name);
        let is_plain = within.components().all(|step| matches!(step, Component::Normal(_)));
        let kind = FileKind::of(within).filter(|_| is_plain && name.ends_with(".toml"));
        Ok((self.folder.join(within), kind.ok_or(Rejected::Gone)?))
    }
}

/// The text `now` with a value as `old` has it, where it says what `new` does.
fn with_value_of(now: &str, new: &str, old: &str, table: Table, path: &[String]) -> Result<String, Rejected> {
    let field = |text: &str| field(text, table, path).ok_or(Rejected::Gone);
    let own = field(now)?;
    if own.text != field(new)?.text {
        return Err(Rejected::Changed(own.text));
    }
    let mut after = now.to_owned();
    after.replace_range(own.range, old.get(field(old)?.range).unwrap_or_default());
    Ok(after)
}

fn field(text: &str, table: Table, path: &[String]) -> Option<Field> {
    fields(text, table).into_iter().find(|field| field.path == path)
}
