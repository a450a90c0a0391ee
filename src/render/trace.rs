//! Where time goes: the stages, and what the layout engine does within them, as a trace for a browser's viewer.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroU64;

use typst::syntax::{FileId, Source, Span, SpanKind};
use typst_timing::TimingScope;

use crate::form::Templates;

/// Something that is timed until it is dropped.
pub struct Scope {
    _scope: Option<TimingScope>,
}

/// Begins to time something of this name. Costs nothing unless [`start`] was called.
pub fn scope(name: &'static str) -> Scope {
    Scope { _scope: TimingScope::new(name) }
}

/// Records from now on, for the whole program.
pub fn start() {
    typst_timing::enable();
}

/// Writes what was recorded, in the Trace Event Format of Chromium, which its `chrome://tracing` and Perfetto show. What
/// templates take has their file and line.
pub fn write(templates: &Templates, to: impl Write) -> io::Result<()> {
    let mut files = BTreeMap::new();
    let place = |span: NonZeroU64| {
        place(Span::from_raw(span), templates, &mut files).unwrap_or_else(|| (String::new(), 0))
    };
    typst_timing::export_json(to, place).map_err(io::Error::other)
}

fn place(
    span: Span,
    templates: &Templates,
    files: &mut BTreeMap<String, Option<Source>>,
) -> Option<(String, u32)> {
    let SpanKind::Number { id, num } = span.get() else { return None };
    let path = id.vpath().get_without_slash().to_owned();
    let source = files.entry(path.clone()).or_insert_with(|| read(id, &path, templates)).as_ref()?;
    let line = source.lines().byte_to_line(source.range(num, None)?.start)?;
    Some((path, u32::try_from(line + 1).unwrap_or(u32::MAX)))
}

fn read(id: FileId, path: &str, templates: &Templates) -> Option<Source> {
    let (bytes, _) = templates.read(path)?;
    Some(Source::new(id, String::from_utf8(bytes.into_owned()).ok()?))
}
