//! Lines into paragraphs: what a page or a column broke is joined.

use std::collections::BTreeMap;

use super::Line;
use crate::import::block::{Found, continue_with, plain};
use crate::import::labels::Labels;
use crate::import::outline::{project_head, section_number};
use crate::narrative::{LineKind, line_kind};

/// How many spaces more than a paragraph's first line a continuation has that the layout moved aside.
const ASIDE: usize = 6;
/// The fewest characters of a paragraph that a page may have broken without a mark at its end.
const LEAST: usize = 15;

/// The lines of prose as paragraphs.
pub(super) fn paragraphs(file: &str, lines: &[Line], labels: &Labels) -> Vec<Found> {
    let mut builder = Builder { file, labels, widest: widest(lines), done: Vec::new(), open: None };
    let mut gap = false;
    let indents = indents(lines);
    for line in lines {
        if line.text.trim().is_empty() {
            gap = true;
            continue;
        }
        let indent = indents.get(&line.page).copied().unwrap_or(0);
        builder.line(line, indent, gap);
        gap = false;
    }
    builder.close();
    builder.done
}

/// A paragraph that may go on.
struct Open {
    found: Found,
    /// The width of its last line, with the spaces before it.
    width: usize,
    /// Whether it is a heading, to which nothing more belongs.
    heading: bool,
    /// A heading whose name stands on the next line.
    unfinished: bool,
}

struct Builder<'l> {
    file: &'l str,
    labels: &'l Labels,
    widest: usize,
    done: Vec<Found>,
    open: Option<Open>,
}

impl Builder<'_> {
    fn line(&mut self, line: &Line, indent: usize, gap: bool) {
        let text = line.text.trim();
        let spaces = leading(&line.text);
        let heading = self.is_heading(text);
        let goes_on = self.open.as_ref().is_some_and(|open| {
            let paged = line.page.is_some();
            open.unfinished
                || (!heading && !open.heading && self.goes_on(open, text, spaces, indent, gap, paged))
        });
        let width = width(&line.text);
        match self.open.as_mut().filter(|_| goes_on) {
            Some(open) => {
                continue_with(&mut open.found.text, text);
                // A mark that the layout moved aside ends no line.
                open.width = if spaces >= indent + ASIDE { self.widest } else { width };
                open.unfinished = false;
            }
            None => {
                self.close();
                let unfinished = project_head(&self.labels.project, text).is_some_and(|name| name.is_empty())
                    && text.ends_with(['-', '—', '–', '：', ':']);
                let found = super::found(self.file, line);
                self.open = Some(Open { found, width, heading, unfinished });
            }
        }
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().map(|open| open.found));
    }

    fn is_heading(&self, text: &str) -> bool {
        let bare = plain(text);
        bare == self.labels.overview
            || project_head(&self.labels.project, text).is_some()
            || section_number(text).is_some_and(|words| words.chars().count() <= 16 && !ends(words))
    }

    fn goes_on(&self, open: &Open, text: &str, spaces: usize, indent: usize, gap: bool, paged: bool) -> bool {
        let marked = !matches!(line_kind(text), LineKind::Plain) || text.starts_with(['·', '•', '●', '①']);
        let punctuation = text.starts_with(['。', '，', '；', '、', '：', '）', '》', '”']);
        if punctuation || (spaces >= indent + ASIDE && !gap) {
            return true;
        }
        if marked || ends(&open.found.text) && (gap || spaces > indent) {
            return false;
        }
        if gap {
            let pending = open.found.text.ends_with(['、', '，', '（']);
            return pending || (!ends(&open.found.text) && open.found.text.chars().count() >= LEAST);
        }
        // Pages indent the first line of a paragraph.
        if paged && spaces <= indent && !ends(&open.found.text) {
            return true;
        }
        // A full line goes on; a short one has ended its paragraph.
        open.width + 6 >= self.widest
    }
}

/// Whether a text ends as a sentence or an item does.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》'])
        .ends_with(['。', '；', '！', '？', '：', ';', ':', '!', '?'])
        || text.ends_with('.')
}

fn leading(text: &str) -> usize {
    text.chars().take_while(|ch| ch.is_whitespace()).count()
}

/// The width of a line, Chinese characters counted twice.
fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text.trim_end()) - leading(text)
}

fn widest(lines: &[Line]) -> usize {
    let mut widths: Vec<usize> =
        lines.iter().map(|line| width(&line.text)).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    // One line that stands out does not count.
    widths.get(widths.len().saturating_sub(1 + widths.len() / 20)).copied().unwrap_or(0)
}

/// The spaces before the lines of each page that begin no paragraph.
fn indents(lines: &[Line]) -> BTreeMap<Option<usize>, usize> {
    let mut all = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        let own = all.entry(line.page).or_insert(usize::MAX);
        *own = leading(&line.text).min(*own);
    }
    all
}
