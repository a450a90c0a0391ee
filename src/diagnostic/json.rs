//! Findings as JSON, in both languages.

use serde::Serialize;

use super::names::severity_name;
use super::{Diagnostics, Target};
use crate::lang::{Lang, Words};
use crate::source::{FileId, Shown, Sources, Span};

/// Findings of several declarations as one JSON array.
#[derive(Debug, Default)]
pub struct JsonList(Vec<serde_json::Value>);

impl JsonList {
    /// Adds the findings of one declaration.
    pub fn add(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        // Strings and numbers alone cannot fail to serialize.
        self.0.extend(list(diagnostics, sources).iter().filter_map(|one| serde_json::to_value(one).ok()));
    }

    /// The array.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(&self.0).unwrap_or_default() + "\n"
    }
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    code: String,
    message: JsonWords<'a>,
    labels: Vec<JsonLabel<'a>>,
    help: Vec<JsonWords<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonWords<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    path: String,
    #[serde(flatten)]
    range: Option<JsonRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<JsonWords<'a>>,
}

#[derive(Serialize)]
struct JsonRange {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    path: String,
    #[serde(flatten)]
    range: JsonRange,
    replacement: &'a str,
    safety: &'static str,
}

impl<'a> From<&'a Words> for JsonWords<'a> {
    fn from(words: &'a Words) -> Self {
        JsonWords { zh: &words.zh, en: &words.en }
    }
}

fn range(sources: &Sources, span: Span) -> JsonRange {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    JsonRange { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

fn path(sources: &Sources, file: FileId) -> String {
    sources.get(file).map(|source| source.path.shown()).unwrap_or_default()
}

fn list<'a>(diagnostics: &'a Diagnostics, sources: &Sources) -> Vec<JsonDiagnostic<'a>> {
    diagnostics
        .iter()
        .map(|diagnostic| JsonDiagnostic {
            severity: severity_name(diagnostic.severity, Lang::En),
            code: diagnostic.code.to_string(),
            message: (&diagnostic.message).into(),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| {
                    let (path, range) = match &label.target {
                        Target::Span(span) => (path(sources, span.file), Some(range(sources, *span))),
                        Target::Path(path) => (path.shown(), None),
                    };
                    JsonLabel { path, range, message: label.words.as_ref().map(Into::into) }
                })
                .collect(),
            help: diagnostic.help.iter().map(Into::into).collect(),
            fix: diagnostic.fix.as_ref().map(|fix| JsonFix {
                path: path(sources, fix.span.file),
                range: range(sources, fix.span),
                replacement: &fix.replacement,
                safety: fix.safety.name(),
            }),
        })
        .collect()
}
