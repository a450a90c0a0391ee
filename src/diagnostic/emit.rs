//! Findings as text: in full with the lines they come from, one a line, or as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Diagnostics, Severity, Target};
use crate::lang::{Lang, Words};
use crate::source::{FileId, Position, Sources, Span};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the file, for people.
    Human,
    /// One line each, `path:line:column: severity[code]: message`.
    Short,
    /// One JSON array.
    Json,
}

/// How a terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language of messages.
    pub lang: Lang,
    /// Colours.
    pub colour: bool,
    /// Columns to fit into.
    pub width: usize,
}

/// Writes findings in one of the formats; empty findings give an empty string, or `[]` as JSON.
pub fn emit(diagnostics: &Diagnostics, sources: &Sources, format: Format, style: Style) -> String {
    match format {
        Format::Human => diagnostics.iter().map(|one| human(one, sources, style) + "\n\n").collect(),
        Format::Short => diagnostics.iter().map(|one| short(one, sources, style.lang) + "\n").collect(),
        Format::Json => json(diagnostics, sources),
    }
}

fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Note, Lang::Zh) => "提示",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Note, Lang::En) => "note",
    }
}

fn help_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "办法",
        Lang::En => "help",
    }
}

fn human(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let lang = style.lang;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let code = diagnostic.code.to_string();
    let mut group = level
        .with_name(severity_name(diagnostic.severity, lang))
        .primary_title(diagnostic.message.get(lang))
        .id(code)
        .elements([] as [Origin<'_>; 0]);
    for target in &diagnostic.labels {
        if let Target::Path(path) = &target.target {
            group = group.element(Origin::path(path.display().to_string()));
        }
    }
    for file in files(diagnostic) {
        let Some(source) = sources.get(file) else { continue };
        let annotations = annotations(diagnostic, file, &source.text, lang);
        group = group.element(
            Snippet::source(source.text.as_str())
                .path(source.path.display().to_string())
                .annotations(annotations),
        );
    }
    // The patch carries the first help as its title, so that nothing is said twice.
    let patch = patch(diagnostic, sources, lang);
    for help in diagnostic.help.iter().skip(usize::from(patch.is_some())) {
        group = group.element(Level::HELP.with_name(help_name(lang)).message(help.get(lang)));
    }
    let mut report = vec![group];
    report.extend(patch);
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).term_width(style.width).render(&report)
}

/// The files of a finding's labels, the primary one first.
fn files(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in &diagnostic.labels {
        if let Target::Span(span) = label.target
            && !files.contains(&span.file)
        {
            files.push(span.file);
        }
    }
    files
}

fn annotations<'a>(diagnostic: &'a Diagnostic, file: FileId, text: &str, lang: Lang) -> Vec<Annotation<'a>> {
    let mut annotations = Vec::new();
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let Target::Span(span) = label.target else { continue };
        if span.file != file {
            continue;
        }
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(visible(span, text));
        annotations.push(match &label.words {
            Some(words) => annotation.label(words.get(lang)),
            None => annotation,
        });
    }
    annotations
}

/// The span cut to its first line, and to the text: a finding about a table points to its head, not to all of it.
fn visible(span: Span, text: &str) -> std::ops::Range<usize> {
    let range = span.range();
    let start = floor_boundary(text, range.start.min(text.len()));
    let end = floor_boundary(text, range.end.min(text.len())).max(start);
    let line = text.get(start..end).unwrap_or("");
    let length = line.find(['\n', '\r']).unwrap_or(line.len());
    start..start + length
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn patch<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Option<Group<'a>> {
    let fix = diagnostic.fix.as_ref()?;
    let source = sources.get(fix.span.file)?;
    let title = match (diagnostic.help.first(), lang) {
        (Some(help), lang) => help.get(lang),
        (None, Lang::Zh) => "可以改成",
        (None, Lang::En) => "write it like this",
    };
    let range = fix.span.range();
    source.text.get(range.clone())?;
    Some(
        Level::HELP.with_name(help_name(lang)).secondary_title(title).element(
            Snippet::source(source.text.as_str())
                .path(source.path.display().to_string())
                .patch(Patch::new(range, fix.replacement.as_str())),
        ),
    )
}

fn short(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let place = match diagnostic.labels.first().map(|label| &label.target) {
        Some(Target::Span(span)) => {
            let path = sources.get(span.file).map(|file| file.path.display().to_string());
            let Position { line, column } = sources.position(*span);
            format!("{}:{line}:{column}: ", path.unwrap_or_default())
        }
        Some(Target::Path(path)) => format!("{}: ", path.display()),
        None => String::new(),
    };
    let severity = severity_name(diagnostic.severity, lang);
    format!("{place}{severity}[{}]: {}", diagnostic.code, diagnostic.message.get(lang))
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
}

impl<'a> From<&'a Words> for JsonWords<'a> {
    fn from(words: &'a Words) -> Self {
        JsonWords { zh: &words.zh, en: &words.en }
    }
}

fn json_range(sources: &Sources, span: Span) -> JsonRange {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    JsonRange { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

fn json_path(sources: &Sources, file: FileId) -> String {
    sources.get(file).map(|source| source.path.display().to_string()).unwrap_or_default()
}

fn json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let list: Vec<JsonDiagnostic<'_>> = diagnostics
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
                        Target::Span(span) => {
                            (json_path(sources, span.file), Some(json_range(sources, *span)))
                        }
                        Target::Path(path) => (path.display().to_string(), None),
                    };
                    JsonLabel { path, range, message: label.words.as_ref().map(Into::into) }
                })
                .collect(),
            help: diagnostic.help.iter().map(Into::into).collect(),
            fix: diagnostic.fix.as_ref().map(|fix| JsonFix {
                path: json_path(sources, fix.span.file),
                range: json_range(sources, fix.span),
                replacement: &fix.replacement,
            }),
        })
        .collect();
    // Strings and numbers alone cannot fail to serialize.
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}
