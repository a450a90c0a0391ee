//! Declarations written for a test, and what the program makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use shenbao::check::{Examined, examine};
use shenbao::compute::Ledger;
use shenbao::diagnostic::{Diagnostic, Diagnostics, Format, Severity, Style, Target, emit};
use shenbao::form::Profile;
use shenbao::lang::Lang;
use shenbao::model::Declaration;
use shenbao::narrative::{Evaluated, Narrative};
use shenbao::pipeline::{Whole, prepare};
use shenbao::source::Sources;
use tempfile::TempDir;

/// A file or folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A declaration's files, by their paths within its folder.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// The TOML files of a declaration in the repository, such as `data/songjiang-2024`.
    pub fn of(path: &str) -> Files {
        let folder = repository(path);
        let mut files = Files::default();
        for below in ["", "projects"] {
            for entry in fs::read_dir(folder.join(below)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
                    files.0.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// The small declaration that uses every table and key of the format, and has no mistake.
    pub fn good() -> Files {
        Files::of("tests/input/good")
    }

    /// The names of all files, ascending.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.bytes(name)).unwrap()
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.0.get(name).unwrap_or_else(|| panic!("there is no file {name}"))
    }

    /// Writes a file anew.
    #[must_use]
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Files {
        self.0.insert(name.to_owned(), bytes.into());
        self
    }

    /// Leaves a file out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Files {
        self.0.remove(name).unwrap_or_else(|| panic!("there is no file {name}"));
        self
    }

    /// Puts `new` where `old` stands in a file, which must be in one place only.
    #[must_use]
    pub fn change(self, name: &str, old: &str, new: &str) -> Files {
        let text = self.text(name);
        assert_eq!(text.matches(old).count(), 1, "`{old}` must stand once in {name}");
        let text = text.replacen(old, new, 1);
        self.with(name, text)
    }

    /// Writes the files into a new folder, which lasts as long as the returned value.
    pub fn write(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (name, bytes) in &self.0 {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// Writes the files, and loads, computes and narrates them.
    pub fn check(&self) -> Checked {
        let folder = self.write();
        Checked::of(folder.path())
    }
}

/// What the program makes of a folder, up to the layout.
pub struct Checked {
    folder: PathBuf,
    pub sources: Sources,
    pub diagnostics: Diagnostics,
    pub declaration: Option<Declaration>,
    pub profile: Option<Profile>,
    pub ledger: Option<Ledger>,
    pub narrative: Option<Narrative>,
    pub evaluation: Option<Evaluated>,
    pub department: Option<Box<Whole>>,
}

impl Checked {
    /// Loads, computes and narrates a folder.
    pub fn of(folder: &Path) -> Checked {
        let mut prepared = prepare(folder);
        let mut diagnostics = prepared.take_findings();
        diagnostics.sort();
        let mut checked = Checked {
            folder: folder.to_path_buf(),
            sources: prepared.sources,
            diagnostics,
            declaration: None,
            profile: None,
            ledger: None,
            narrative: None,
            evaluation: None,
            department: None,
        };
        if let Some(Whole { declaration, profile, ledger, narrative, evaluation, department }) =
            prepared.whole
        {
            checked.department = department;
            checked.declaration = Some(declaration);
            (checked.profile, checked.ledger) = (Some(profile), Some(ledger));
            (checked.narrative, checked.evaluation) = (Some(narrative), evaluation);
        }
        checked
    }

    /// What the rules find as well, in a folder that is still there.
    pub fn examined(&self) -> Examined {
        examine(&mut prepare(&self.folder))
    }

    /// The declaration of a folder that has no error.
    pub fn declaration(&self) -> &Declaration {
        self.assert_no_error();
        self.declaration.as_ref().unwrap()
    }

    /// The ledger of a folder that has no error.
    pub fn ledger(&self) -> &Ledger {
        self.assert_no_error();
        self.ledger.as_ref().unwrap()
    }

    /// The texts of a folder that has no error.
    pub fn narrative(&self) -> &Narrative {
        self.assert_no_error();
        self.narrative.as_ref().unwrap()
    }

    fn assert_no_error(&self) {
        assert!(!self.diagnostics.has_errors(), "{}", self.told(Format::Short, Lang::En));
    }

    /// Every finding as `SB201 projects/1-network.toml:5:9`, a warning with `?` behind its code.
    pub fn findings(&self) -> Vec<String> {
        self.diagnostics.iter().map(|finding| self.finding(finding)).collect()
    }

    fn finding(&self, finding: &Diagnostic) -> String {
        let mark = if finding.severity == Severity::Error { "" } else { "?" };
        let place = match finding.labels.first().map(|label| &label.target) {
            Some(Target::Span(span)) => {
                let path = &self.sources.get(span.file).unwrap().path;
                let at = self.sources.position(*span);
                format!("{}:{}:{}", self.within(path), at.line, at.column)
            }
            Some(Target::Path(path)) => self.within(path),
            None => "nowhere".to_owned(),
        };
        format!("{}{mark} {place}", finding.code)
    }

    /// A path as it lies in the folder.
    pub fn within(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.folder).unwrap_or(path).display().to_string();
        if path.is_empty() { ".".to_owned() } else { path }
    }

    /// The findings as the user sees them, without the way to the folder.
    pub fn told(&self, format: Format, lang: Lang) -> String {
        let style = Style { lang, colour: false, width: 110 };
        let text = emit(&self.diagnostics, &self.sources, format, style);
        let folder = self.folder.display().to_string();
        text.replace(&format!("{folder}/"), "").replace(&folder, ".")
    }
}
