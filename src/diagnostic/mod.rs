//! What the program has to say about a declaration: one type for every stage.

pub mod code;
mod emit;
mod github;
mod json;
mod names;
mod sarif;
mod suggest;

use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

pub use code::Code;
pub use emit::{Format, Style, emit};
pub use json::JsonList;
pub use sarif::{About, SarifLog};
pub use suggest::nearest;

use crate::lang::Words;
use crate::source::{FileId, Shown, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The declaration cannot be built, or would be wrong.
    Error,
    /// A reviewer would ask about it.
    Warning,
    /// Good to know.
    Note,
}

/// What a finding points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A range of a file that was read.
    Span(Span),
    /// A file or folder that was not, or not as text.
    Path(PathBuf),
}

/// One place of a finding, with what is to be said about it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub target: Target,
    /// What is the matter there; the message says it when this is `None`.
    pub words: Option<Words>,
}

/// Whether a fix needs a reader's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It says the same as before, only correctly: `check --fix` applies it.
    Safe,
    /// It is a guess at what was meant: it is shown, and applied only when asked for.
    Suggested,
}

impl Safety {
    /// The word for it in JSON and SARIF.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Suggested => "suggested",
        }
    }
}

/// A correction: `replacement` takes the place of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
}

/// A finding of any stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable code.
    pub code: Code,
    /// What is wrong, one sentence without a full stop.
    pub message: Words,
    /// Where: the first is the place to correct, the others show what it contradicts.
    pub labels: Vec<Label>,
    /// How to correct it, one line each.
    pub help: Vec<Words>,
    /// The correction, where it can be made.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: Code, message: Words) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// A warning without a place yet.
    pub fn warning(code: Code, message: Words) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// A note without a place yet.
    pub fn note(code: Code, message: Words) -> Diagnostic {
        Diagnostic::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: Code, message: Words) -> Diagnostic {
        Diagnostic { severity, code, message, labels: Vec::new(), help: Vec::new(), fix: None }
    }

    /// Points to a place; the first call names the place to correct.
    #[must_use]
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.labels.push(Label { target: Target::Span(span), words: None });
        self
    }

    /// Points to a place and says what is the matter there.
    #[must_use]
    pub fn label(mut self, span: Span, words: Words) -> Diagnostic {
        self.labels.push(Label { target: Target::Span(span), words: Some(words) });
        self
    }

    /// Points to a file or folder as a whole.
    #[must_use]
    pub fn at_path(mut self, path: impl Into<PathBuf>) -> Diagnostic {
        self.labels.push(Label { target: Target::Path(path.into()), words: None });
        self
    }

    /// Says how to correct it.
    #[must_use]
    pub fn help(mut self, words: Words) -> Diagnostic {
        self.help.push(words);
        self
    }

    /// Says how to correct it, when there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, words: Option<Words>) -> Diagnostic {
        self.help.extend(words);
        self
    }

    /// Offers a safe fix.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { span, replacement: replacement.into(), safety: Safety::Safe });
        self
    }

    /// Offers a fix that a reader has to agree to.
    #[must_use]
    pub fn suggest(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { span, replacement: replacement.into(), safety: Safety::Suggested });
        self
    }

    /// The place to correct, when it lies in a file that was read.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().and_then(|label| match &label.target {
            Target::Span(span) => Some(*span),
            Target::Path(_) => None,
        })
    }
}

/// All findings of a run, in the order in which they are reported.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all findings of another stage.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(other);
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The files with an error: what they say was not read in full.
    pub fn broken_files(&self) -> BTreeSet<FileId> {
        let errors = self.list.iter().filter(|finding| finding.severity == Severity::Error);
        errors.filter_map(Diagnostic::span).map(|span| span.file).collect()
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings, in the order of [`sort`](Self::sort) if that was called.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Shows every path that a finding is at as another.
    pub fn place(&mut self, place: impl Fn(&Path) -> PathBuf) {
        for label in self.list.iter_mut().flat_map(|finding| &mut finding.labels) {
            if let Target::Path(path) = &mut label.target {
                *path = place(path);
            }
        }
    }

    /// Shows what lies in the folder `root` behind `shown` instead, in places and in words.
    pub fn show_at(&mut self, root: &Path, shown: &str) {
        let folder = format!("{}{MAIN_SEPARATOR}", root.shown());
        let show = |words: &mut Words| {
            words.zh = words.zh.replace(&folder, shown);
            words.en = words.en.replace(&folder, shown);
        };
        for finding in &mut self.list {
            show(&mut finding.message);
            finding.help.iter_mut().for_each(show);
            for label in &mut finding.labels {
                label.words.iter_mut().for_each(show);
                if let Target::Path(path) = &mut label.target
                    && let Ok(within) = path.strip_prefix(root)
                {
                    *path = PathBuf::from(format!("{shown}{}", within.shown()));
                }
            }
        }
    }

    /// Puts the findings in the order of files and lines, and drops what is said twice.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.span(), a.severity, a.code, &a.message).cmp(&(b.span(), b.severity, b.code, &b.message))
        });
        self.list.dedup();
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend(findings);
        diagnostics
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
