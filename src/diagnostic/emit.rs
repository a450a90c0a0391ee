//! Findings as text: in full with the lines they come from, one a line, or as JSON.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use unicode_width::UnicodeWidthChar;

use super::json::JsonList;
use super::names::{help_name, safety_note, severity_name};
use super::sarif::{About, SarifLog};
use super::{Diagnostic, Diagnostics, Label, Severity, Target, github};
use crate::lang::Lang;
use crate::source::{FileId, Position, Shown, Sources, Span};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the file, for people.
    Human,
    /// One line each, `path:line:column: severity[code]: message`.
    Short,
    /// One JSON array.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A SARIF 2.1.0 log.
    Sarif,
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
        Format::Json => {
            let mut list = JsonList::default();
            list.add(diagnostics, sources);
            list.write()
        }
        Format::Github => diagnostics.iter().map(|one| github::command(one, sources, style.lang)).collect(),
        Format::Sarif => {
            let mut log = SarifLog::new(style.lang);
            log.add(diagnostics, sources);
            log.write(|code| About::of(code, style.lang))
        }
    }
}

/// The renderer puts a colon of half width behind a name, which Chinese does not have.
fn help_level(lang: Lang) -> Level<'static> {
    match lang {
        Lang::Zh => Level::HELP.no_name(),
        Lang::En => Level::HELP.with_name(help_name(lang)),
    }
}

fn help_line(help: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}：{help}", help_name(lang)),
        Lang::En => help.to_owned(),
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
            group = group.element(Origin::path(path.shown()));
        }
    }
    for file in files(diagnostic) {
        let Some(source) = sources.get(file) else { continue };
        let all = spans(diagnostic, file, &source.text);
        for spans in by_width(all, |own| sources.lines_around(around(file, own)), style.width) {
            let (lines, start, number) = sources.lines_around(around(file, &spans));
            let snippet = Snippet::source(lines).line_start(number).path(source.path.shown());
            group = group.element(snippet.annotations(annotations(spans, start, lang)));
        }
    }
    // The patch carries the first help as its title, so that nothing is said twice.
    let patch = patch(diagnostic, sources, style);
    for help in diagnostic.help.iter().skip(usize::from(patch.is_some())) {
        group = group.element(help_level(lang).message(help_line(help.get(lang), lang)));
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

/// The labels of a finding in one file, each with the range of its first line.
fn spans<'a>(diagnostic: &'a Diagnostic, file: FileId, text: &str) -> Vec<(Range<usize>, &'a Label, bool)> {
    let labels = diagnostic.labels.iter().enumerate();
    let of_file = labels.filter_map(|(index, label)| match label.target {
        Target::Span(span) if span.file == file => Some((visible(span, text), label, index == 0)),
        _ => None,
    });
    of_file.collect()
}

/// The range of all of them. The renderer goes through all that it is given, for each finding anew.
fn around(file: FileId, spans: &[(Range<usize>, &Label, bool)]) -> Span {
    let start = spans.iter().map(|(range, ..)| range.start).min().unwrap_or(0);
    let end = spans.iter().map(|(range, ..)| range.end).max().unwrap_or(0);
    Span::new(file, start..end)
}

/// The labels in one group, or a group for each line where one of the lines is wider than the terminal. The renderer cuts
/// what has no label below it, and labels of two lines that are far apart would keep all of both.
fn by_width<'a, 's>(
    all: Vec<(Range<usize>, &'a Label, bool)>,
    line: impl Fn(&[(Range<usize>, &'a Label, bool)]) -> (&'s str, usize, usize),
    width: usize,
) -> Vec<Vec<(Range<usize>, &'a Label, bool)>> {
    if all.iter().all(|own| columns(line(std::slice::from_ref(own)).0.trim_end().chars(), width) <= width) {
        return vec![all];
    }
    let mut groups: Vec<Vec<_>> = Vec::new();
    for own in all {
        let number = |one: &(Range<usize>, &'a Label, bool)| line(std::slice::from_ref(one)).2;
        let same = groups.iter_mut().find(|group| group.first().map(number) == Some(number(&own)));
        match same {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    groups
}

fn annotations(
    spans: Vec<(Range<usize>, &Label, bool)>,
    start: usize,
    lang: Lang,
) -> impl Iterator<Item = Annotation<'_>> {
    spans.into_iter().map(move |(range, label, is_first)| {
        let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(range.start - start..range.end - start);
        match &label.words {
            Some(words) => annotation.label(words.get(lang)),
            None => annotation,
        }
    })
}

/// The span cut to its first line, and to the text: a finding about a table points to its head, not to all of it.
fn visible(span: Span, text: &str) -> Range<usize> {
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

fn patch<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    Style { lang, width, .. }: Style,
) -> Option<Group<'a>> {
    let fix = diagnostic.fix.as_ref()?;
    let source = sources.get(fix.span.file)?;
    let title = match (diagnostic.help.first(), lang) {
        (Some(help), lang) => help.get(lang),
        (None, Lang::Zh) => "可改为",
        (None, Lang::En) => "replace it with",
    };
    let note = safety_note(fix.safety, lang);
    let title = match lang {
        Lang::Zh => format!("{title}{note}"),
        Lang::En => format!("{title} {note}"),
    };
    let range = fix.span.range();
    source.text.get(range.clone())?;
    let (lines, start, number) = sources.lines_around(fix.span);
    let (excerpt, range) = excerpt(lines, range.start - start..range.end - start, width);
    Some(
        help_level(lang).secondary_title(help_line(&title, lang)).element(
            Snippet::source(excerpt)
                .line_start(number)
                .path(source.path.shown())
                .patch(Patch::new(range, fix.replacement.as_str())),
        ),
    )
}

/// The columns that characters take, counted no further than one beyond `most`.
fn columns(chars: impl Iterator<Item = char>, most: usize) -> usize {
    let mut all = 0;
    for ch in chars {
        all += ch.width().unwrap_or(0);
        if all > most {
            break;
        }
    }
    all
}

/// Lines around a place, and the place within them: cut where they are wider than the terminal. The renderer shortens lines
/// with labels itself; a replacement it shows with all of its line, which may be the whole text of a project.
fn excerpt(lines: &str, range: Range<usize>, width: usize) -> (String, Range<usize>) {
    /// What the number of the line and marks of cutting take.
    const MARGIN: usize = 12;
    let room = width.saturating_sub(MARGIN);
    let parts = (lines.get(..range.start), lines.get(range.end..));
    let (Some(before), Some(after)) = parts else { return (lines.to_owned(), range) };
    let after = after.trim_end();
    let narrow = lines.lines().all(|line| columns(line.chars(), room) <= room);
    // What one side does not need is the other's.
    let share = |other: usize| if narrow { usize::MAX } else { (room / 2).max(room.saturating_sub(other)) };
    let kept = |chars: &mut dyn Iterator<Item = char>, mut left: usize| -> usize {
        let fits = |ch: &char| match left.checked_sub(ch.width().unwrap_or(0)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        chars.take_while(fits).map(char::len_utf8).sum()
    };
    let start = before.len() - kept(&mut before.chars().rev(), share(columns(after.chars(), room)));
    let end = range.end + kept(&mut after.chars(), share(columns(before.chars().rev(), room)));
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < range.end + after.len() { "…" } else { "" };
    let shift = |at: usize| at - start + head.len();
    (format!("{head}{}{tail}", lines.get(start..end).unwrap_or("")), shift(range.start)..shift(range.end))
}

fn short(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let place = match diagnostic.labels.first().map(|label| &label.target) {
        Some(Target::Span(span)) => {
            let path = sources.get(span.file).map(|file| file.path.shown());
            let Position { line, column } = sources.position(*span);
            format!("{}:{line}:{column}: ", path.unwrap_or_default())
        }
        Some(Target::Path(path)) => format!("{}: ", path.shown()),
        None => String::new(),
    };
    let severity = severity_name(diagnostic.severity, lang);
    format!("{place}{severity}[{}]: {}", diagnostic.code, diagnostic.message.get(lang))
}
