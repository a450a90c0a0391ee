//! The shape of the document, part by part, as `docs/templates.md` tells it.

use serde::Serialize;

/// A declaration as it is printed: every string is ready, in the languages that are printed.
#[derive(Debug)]
pub struct Document {
    /// What each page is marked with.
    pub mark: Option<Pair>,
    pub(crate) title: Pair,
    pub(crate) pdf: Metadata,
    /// What the document opens with below its title; forms alone have neither.
    pub(crate) overview: Option<OverviewPart>,
    pub(crate) projects: Vec<ProjectPart>,
}

/// The document, or a part of it.
#[derive(Serialize)]
struct Json<'d> {
    /// What opens the document; later parts have neither.
    title: Option<&'d Pair>,
    /// What a redline says first; put in when the document is compared with an earlier one.
    changes: Option<()>,
    pdf: &'d Metadata,
    overview: Option<&'d OverviewPart>,
    projects: &'d [ProjectPart],
}

impl Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.part(true, &self.projects).serialize(serializer)
    }
}

impl Document {
    /// The document in parts of so many projects, of which the first opens it; each as JSON.
    pub fn json_in_parts(&self, projects: usize) -> Vec<Vec<u8>> {
        let parts = self.projects.chunks(projects.max(1)).enumerate();
        // Strings and numbers alone cannot fail to serialize.
        parts
            .map(|(index, part)| serde_json::to_vec(&self.part(index == 0, part)).unwrap_or_default())
            .collect()
    }

    fn part<'d>(&'d self, first: bool, projects: &'d [ProjectPart]) -> Json<'d> {
        let overview = self.overview.as_ref().filter(|_| first);
        let title = overview.map(|_| &self.title);
        Json { title, changes: None, pdf: &self.pdf, overview, projects }
    }

    /// The title in the language that leads.
    pub fn main_title(&self) -> &str {
        &self.pdf.title
    }
}

/// A text in the languages that are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// 中文
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// English
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Pair {
    /// Puts a label before the text in each language; an empty text leaves the label alone.
    pub(crate) fn put_before(&mut self, lead: &Pair) {
        if let (Some(text), Some(lead)) = (&mut self.zh, &lead.zh) {
            text.insert_str(0, lead);
        }
        if let (Some(text), Some(lead)) = (&mut self.en, &lead.en) {
            let space = if lead.ends_with(char::is_whitespace) || text.is_empty() { "" } else { " " };
            text.insert_str(0, &format!("{lead}{space}"));
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Metadata {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) description: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) date: DatePart,
}

#[derive(Debug, Serialize)]
pub(crate) struct DatePart {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

#[derive(Debug, Serialize)]
pub(crate) struct Blocks {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) zh: Option<Vec<BlockPart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) en: Option<Vec<BlockPart>>,
}

impl Blocks {
    /// How many Chinese characters have its width, in the languages that are printed.
    pub(crate) fn length(&self) -> u64 {
        let blocks = self.zh.iter().chain(&self.en).flatten();
        let texts = blocks.flat_map(|block| match block {
            BlockPart::Paragraph { text } | BlockPart::Subheading { text } => vec![text],
            BlockPart::List { items } => items.iter().map(|item| &item.text).collect(),
        });
        let half: u64 = texts.flat_map(|text| text.chars()).map(|ch| if ch.is_ascii() { 1 } else { 2 }).sum();
        half / 2
    }
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum BlockPart {
    Paragraph { text: String },
    Subheading { text: String },
    List { items: Vec<ItemPart> },
}

#[derive(Debug, Serialize)]
pub(crate) struct ItemPart {
    pub(crate) marker: String,
    pub(crate) text: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct OverviewPart {
    pub(crate) heading: Pair,
    pub(crate) body: Blocks,
}

#[derive(Debug, Serialize)]
pub(crate) struct ProjectPart {
    pub(crate) number: usize,
    pub(crate) id: String,
    pub(crate) name: Pair,
    /// What its statement opens with; `None` when that is not printed.
    pub(crate) heading: Option<HeadingPart>,
    pub(crate) sections: Vec<SectionPart>,
    pub(crate) form: Option<FormPart>,
}

/// A heading in two parts, between which a line rather ends.
#[derive(Debug, Serialize)]
pub(crate) struct HeadingPart {
    /// What it opens and the project's number, or a heading of the project's own.
    pub(crate) lead: Pair,
    /// The project's name; a heading of its own has none.
    pub(crate) name: Option<Pair>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SectionPart {
    pub(crate) id: String,
    pub(crate) heading: Pair,
    pub(crate) body: Blocks,
}

/// A form: its title, and its grid with all cells filled in.
#[derive(Debug, Serialize)]
pub(crate) struct FormPart {
    /// The level of its heading: below that of a statement, if any stands before it.
    pub(crate) level: usize,
    pub(crate) title: Pair,
    pub(crate) year: Pair,
    /// Shares of the width.
    pub(crate) columns: Vec<u32>,
    /// The column, from 0, that gives way to others.
    pub(crate) gives_way: usize,
    pub(crate) parts: Vec<GridPart>,
    pub(crate) continued: Pair,
}

/// A part of the grid: a label beside it, a head, rows that were repeated for items, further rows.
#[derive(Debug, Serialize)]
pub(crate) struct GridPart {
    pub(crate) side: Option<Pair>,
    pub(crate) side_span: usize,
    /// Whether lines are drawn.
    pub(crate) lines: bool,
    /// How many rows it has below its head.
    pub(crate) count: usize,
    pub(crate) head: Vec<CellPart>,
    pub(crate) items: Option<ItemsPart>,
    pub(crate) rows: Vec<RowPart>,
}

/// The rows of items.
#[derive(Debug, Serialize)]
pub(crate) struct ItemsPart {
    /// How many columns each of their cells takes, those of groups first.
    pub(crate) spans: Vec<usize>,
    /// How many rows there are.
    pub(crate) count: usize,
    /// Whether a cell of theirs has something that should not take a second line.
    pub(crate) fits: bool,
    #[serde(flatten)]
    pub(crate) rows: Grouped,
}

/// Rows, below as many levels of groups as there are.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Grouped {
    Groups(Vec<Group>),
    Rows(Vec<RowPart>),
}

/// Rows with the same value in a column.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) name: Pair,
    /// How many rows it has.
    pub(crate) count: usize,
    #[serde(flatten)]
    pub(crate) below: Grouped,
}

#[derive(Debug, Serialize)]
pub(crate) struct RowPart {
    /// What tells it apart from other rows of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// How many marks tell the pages that it is on: two for each text that may run over a page break.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) marks: usize,
    /// Whether it has room for an opinion, a seal or a signature, and is not to be divided.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) high: bool,
    pub(crate) cells: Vec<CellPart>,
}

/// A cell. What is left out is as usual: one column, one row.
#[derive(Debug, Default, Serialize)]
pub(crate) struct CellPart {
    /// `label`, `value`, `text` for a value with a label or a place of its own, `amount`, `body` or `blank`.
    pub(crate) kind: &'static str,
    #[serde(skip_serializing_if = "is_one")]
    pub(crate) span: usize,
    #[serde(skip_serializing_if = "is_one")]
    pub(crate) rows: usize,
    /// Where its text stands, as `right top`; left out, in the middle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) align: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) indent: bool,
    /// The column, from 0, of a cell whose text should not take a second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fit: Option<usize>,
    /// How many lines it is high at least.
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) lines: u8,
    /// The path of its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// Whether it lists words with a box before each.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) ticked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Blocks>,
}

fn is_one(number: &usize) -> bool {
    *number == 1
}

fn is_none(number: &u8) -> bool {
    *number == 0
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn is_false(value: &bool) -> bool {
    !*value
}
