//! The templates that come with the program, and a user's own that stand in for them file by file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use toml::de::DeTable;

use super::kinds::FormKind;
use crate::source;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Where templates are read from.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    /// A user's own folder, looked into first.
    own: Option<PathBuf>,
}

impl Templates {
    /// The templates for a declaration: its folder `templates/` before those that come with the program.
    pub fn beside(folder: &Path) -> Templates {
        let own = folder.join("templates");
        Templates { own: own.is_dir().then_some(own) }
    }

    /// Whether a user's own stand in for any of them.
    pub fn has_own(&self) -> bool {
        self.own.is_some()
    }

    /// A file's bytes and the path to show for it; `path` is relative, with `/`.
    pub fn read(&self, path: &str) -> Option<(Cow<'static, [u8]>, PathBuf)> {
        if let Some(own) = &self.own {
            let own = own.join(path);
            if let Ok(bytes) = source::read(&own, u64::MAX) {
                return Some((Cow::Owned(bytes), own));
            }
        }
        let file = EMBEDDED.get_file(path)?;
        Some((Cow::Borrowed(file.contents()), Path::new("templates").join(path)))
    }

    /// The form that is taken where none can be known.
    pub const USUAL: &str = "shanghai-2024";

    /// The names of all forms of declarations, ascending.
    pub fn forms(&self) -> Vec<String> {
        self.of_kind(FormKind::Declaration)
    }

    /// The names of all forms of this kind, ascending.
    pub fn of_kind(&self, kind: FormKind) -> Vec<String> {
        let mut names = self.all();
        names.retain(|name| self.kind(name) == kind);
        names
    }

    /// Whether there is a form of this name and kind.
    pub fn has(&self, form: &str, kind: FormKind) -> bool {
        let is_name = !form.starts_with('.') && !form.contains(['/', '\\']);
        is_name && self.read(&format!("forms/{form}/form.toml")).is_some() && self.kind(form) == kind
    }

    /// The kind of a form, as its file says.
    pub fn kind(&self, form: &str) -> FormKind {
        self.kind_within(form, 8)
    }

    /// The kind of a form, or of the form that it is like, so many steps away at most.
    fn kind_within(&self, form: &str, steps: usize) -> FormKind {
        let Some((bytes, _)) = self.read(&format!("forms/{form}/form.toml")) else {
            return FormKind::default();
        };
        let text = String::from_utf8_lossy(&bytes);
        let (table, _) = DeTable::parse_recoverable(&text);
        let word = |key: &str| table.get_ref().get(key).and_then(|value| value.get_ref().as_str());
        match (word("kind"), word("like")) {
            (Some("evaluation"), _) => FormKind::Evaluation,
            (Some("department"), _) => FormKind::Department,
            (None, Some(like)) if steps > 0 => self.kind_within(like, steps - 1),
            _ => FormKind::Declaration,
        }
    }

    fn all(&self) -> Vec<String> {
        let mut names: Vec<String> = EMBEDDED
            .get_dir("forms")
            .into_iter()
            .flat_map(Dir::dirs)
            .filter(|form| form.get_file(form.path().join("form.toml")).is_some())
            .filter_map(|form| Some(form.path().file_name()?.to_str()?.to_owned()))
            .collect();
        let own = self.own.as_ref().and_then(|own| std::fs::read_dir(own.join("forms")).ok());
        for entry in own.into_iter().flatten().flatten() {
            if entry.path().join("form.toml").is_file()
                && let Ok(name) = entry.file_name().into_string()
            {
                names.push(name);
            }
        }
        names.sort();
        names.dedup();
        names
    }
}
