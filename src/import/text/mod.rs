//! Text: pasted, or what `pdftotext -layout` gives of a PDF.

mod layout;
mod lines;
mod paragraphs;
mod tabbed;

use super::block::{Block, Found};
use super::labels::Labels;
pub use lines::{Line, decode, lines};

/// The longest line, in bytes, that may be a row of a form; pages have a hundredth of it.
const LONGEST: usize = 4_000;
/// The most lines of a form; published ones have some two hundred.
const TALLEST: usize = 2_000;
/// How many lines further on rows may begin.
const NEXT: usize = 50;

/// What a line belongs to.
enum Part {
    Prose(Vec<Line>),
    Tabs(Vec<Line>),
    Form(Vec<Line>),
}

/// The paragraphs and tables of a text, by the labels of its form.
pub fn blocks(file: &str, lines: &[Line], labels: &Labels) -> Vec<Block> {
    let lines = lines::without_furniture(lines, &labels.title);
    let mut blocks = Vec::new();
    for part in parts(&lines, labels) {
        match part {
            Part::Prose(lines) => {
                blocks.extend(paragraphs::paragraphs(file, &lines, labels).into_iter().map(Block::Paragraph));
            }
            Part::Tabs(lines) => blocks.push(Block::Table(tabbed::table(file, &lines))),
            Part::Form(lines) => blocks.push(Block::Table(layout::table(file, &lines, labels))),
        }
    }
    blocks
}

fn parts(lines: &[Line], labels: &Labels) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let row = tabbed::is_row(&line.text);
        let titled = is_title(line, labels);
        let further = lines.get(at + 1..).unwrap_or(&[]);
        let begins = !row && (titled || has_fields(line, labels)) && !before_rows(further);
        match parts.last_mut() {
            // Blank lines belong to what stands before them.
            Some(Part::Prose(own) | Part::Tabs(own) | Part::Form(own)) if line.text.trim().is_empty() => {
                own.push(line.clone());
            }
            Some(Part::Tabs(own)) if row && !titled => own.push(line.clone()),
            _ if row => parts.push(Part::Tabs(vec![line.clone()])),
            Some(Part::Form(own))
                if !titled
                    && own.len() < TALLEST
                    && line.text.len() <= LONGEST
                    && !ends_form(line, labels) =>
            {
                own.push(line.clone());
            }
            _ if begins => parts.push(Part::Form(vec![line.clone()])),
            Some(Part::Prose(own)) => own.push(line.clone()),
            _ => parts.push(Part::Prose(vec![line.clone()])),
        }
    }
    parts
}

/// The form's title, and not on a page where it goes on.
fn is_title(line: &Line, labels: &Labels) -> bool {
    super::block::plain(&line.text) == labels.title && !line.text.contains("续")
}

/// Whether rows with tabs come next.
fn before_rows(further: &[Line]) -> bool {
    let next = further.iter().take(NEXT).filter(|line| !line.text.trim().is_empty()).take(2);
    next.into_iter().any(|line| tabbed::is_row(&line.text))
}

/// A line with two labels of the form.
fn has_fields(line: &Line, labels: &Labels) -> bool {
    if line.text.len() > LONGEST {
        return false;
    }
    let pieces = line.text.split("  ").map(super::block::plain).filter(|piece| !piece.is_empty());
    let fields =
        pieces.filter(|piece| labels.fields.iter().any(|field| super::labels::is(&field.text, piece)));
    fields.count() >= 2
}

/// The statement of the next project.
fn ends_form(line: &Line, labels: &Labels) -> bool {
    let text = super::block::plain(&line.text);
    (!labels.project.is_empty() && text.starts_with(&labels.project))
        || text == labels.overview
        || super::outline::section_number(line.text.trim()).is_some()
}

/// A line by itself, for what is found without its place in a paragraph.
pub(super) fn found(file: &str, line: &Line) -> Found {
    Found::new(line.text.trim().to_owned(), line.place(file))
}
