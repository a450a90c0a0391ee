//! For a terminal: aligned under Chinese, coloured where that is wanted.

use unicode_width::UnicodeWidthStr;

use super::super::tree::Piece;
use super::Entry;
use super::outline::{Part, Passage, Row, outline};
use super::print::Unit;
use super::summary::summary;
use crate::lang::Lang;

/// How a terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The language of labels.
    pub lang: Lang,
    /// Colours.
    pub colour: bool,
}

/// Writes differences for people; what did not change is not mentioned.
pub fn human(entries: &[Entry], look: Look) -> String {
    let unit = Unit::of(entries, look.lang);
    let mut blocks = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.is_empty()) {
        let mut out = paint(&summary(entry, unit, look.lang), "1", look.colour) + "\n";
        for part in entry.difference.iter().flat_map(|difference| outline(difference, unit, look.lang)) {
            out.push('\n');
            write(&part, look.colour, &mut out);
        }
        blocks.push(out);
    }
    blocks.join("\n")
}

fn write(part: &Part, colour: bool, out: &mut String) {
    let indent = if part.title.is_some() { 1 } else { 0 };
    if let Some(title) = &part.title {
        out.push_str(&paint(title, "1", colour));
        out.push('\n');
    }
    let margin = "  ".repeat(indent);
    table(&part.rows, indent, colour, out);
    for remark in &part.remarks {
        out.push_str(&format!("{margin}{}\n", clean(remark)));
    }
    for passage in &part.texts {
        text(passage, &margin, colour, out);
    }
}

fn table(rows: &[Row], indent: usize, colour: bool, out: &mut String) {
    let label = |row: &Row| format!("{}{}", "  ".repeat(indent + row.depth), clean(&row.label));
    let first = rows.iter().map(|row| label(row).width()).max().unwrap_or(0);
    let mut widths = [0; 4];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.width().max(*width);
        }
    }
    for row in rows {
        let label = label(row);
        let mut line = format!("{label}{}", " ".repeat(first - label.width()));
        for ((cell, width), (index, before)) in
            row.cells.iter().zip(widths).zip(["  ", " → ", "  ", "  "].iter().enumerate())
        {
            let shown = if index < 2 {
                cell.clone()
            } else {
                paint(cell, if row.more { "32" } else { "31" }, colour)
            };
            line.push_str(&format!("{before}{}{shown}", " ".repeat(width - cell.width())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn text(passage: &Passage, margin: &str, colour: bool, out: &mut String) {
    let label = paint(&passage.label, "36", colour);
    if passage.sentences.is_empty() {
        let values = clean(passage.values.as_deref().unwrap_or(""));
        out.push_str(&format!("{margin}{label}  {values}\n"));
        return;
    }
    out.push_str(&format!("{margin}{label}\n"));
    for sentence in &passage.sentences {
        let words: String = sentence.iter().map(|piece| word(piece, colour)).collect();
        out.push_str(&format!("{margin}  {words}\n"));
    }
    if let Some(values) = &passage.values {
        out.push_str(&format!("{margin}  {}\n", clean(values)));
    }
}

fn word(piece: &Piece, colour: bool) -> String {
    match (piece, colour) {
        (Piece::Same(text), _) => clean(text),
        (Piece::Old(text), true) => paint(text, "31;9", true),
        (Piece::New(text), true) => paint(text, "32", true),
        (Piece::Old(text), false) => format!("[-{}-]", clean(text)),
        (Piece::New(text), false) => format!("{{+{}+}}", clean(text)),
    }
}

/// A text in a colour, without characters by which a file could steer the terminal.
fn paint(text: &str, code: &str, colour: bool) -> String {
    let text = clean(text);
    if colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text }
}

fn clean(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_control()).collect()
}
