//! The shape of the document, part by part, as `docs/templates.md` tells it.

use serde::Serialize;

use crate::render::fonts::Roles;

/// The document at `/document.json`. Its shape is told in `docs/templates.md`.
#[derive(Debug)]
pub struct Document {
    pub(super) settings: Settings,
    pub(super) title: Pair,
    pub(super) pdf: Metadata,
    pub(super) overview: OverviewPart,
    pub(super) projects: Vec<ProjectPart>,
}

/// What `/settings.json` holds: how the document is printed. Most edits change nothing of it.
#[derive(Debug, Serialize)]
pub(super) struct Settings {
    pub(super) form: String,
    pub(super) languages: Vec<&'static str>,
    pub(super) draft: Option<Pair>,
    /// `changes` or `places`.
    pub(super) marks: Option<&'static str>,
    pub(super) fonts: Roles,
}

/// What `/document.json` holds: the document, or a part of it.
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
    /// The bytes that the template reads as `/document.json`.
    pub fn json(&self) -> Vec<u8> {
        // Strings and numbers alone cannot fail to serialize.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The same in parts of so many projects, of which the first opens the document.
    pub(in crate::render) fn json_in_parts(&self, projects: usize) -> Vec<Vec<u8>> {
        let parts = self.projects.chunks(projects.max(1)).enumerate();
        parts
            .map(|(index, part)| serde_json::to_vec(&self.part(index == 0, part)).unwrap_or_default())
            .collect()
    }

    fn part<'d>(&'d self, first: bool, projects: &'d [ProjectPart]) -> Json<'d> {
        let (title, overview) = (first.then_some(&self.title), first.then_some(&self.overview));
        Json { title, changes: None, pdf: &self.pdf, overview, projects }
    }

    /// The bytes that the template reads as `/settings.json`.
    pub fn settings(&self) -> Vec<u8> {
        serde_json::to_vec(&self.settings).unwrap_or_default()
    }

    /// The same document for a layout in which each text is marked by the place that it comes from.
    pub(in crate::render) fn marked_by_place(mut self) -> Document {
        self.settings.marks = Some("places");
        self
    }

    /// What identifies this document among all others: form, title and languages, and whether it is a draft.
    pub(in crate::render) fn ident(&self) -> String {
        let Settings { form, languages, draft, .. } = &self.settings;
        let mark = draft.as_ref().and_then(|draft| draft.en.as_ref().or(draft.zh.as_ref()));
        let mark = mark.map(|mark| format!(" {}", mark.to_lowercase())).unwrap_or_default();
        format!("shenbao {form} {} {}{mark}", self.pdf.title, languages.join(","))
    }
}

/// A text in the languages that are printed.
#[derive(Debug, Serialize)]
pub(super) struct Pair {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) zh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) en: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) description: String,
    pub(super) keywords: Vec<String>,
    pub(super) date: DatePart,
}

#[derive(Debug, Serialize)]
pub(super) struct DatePart {
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: i8,
}

#[derive(Debug, Serialize)]
pub(super) struct Blocks {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) zh: Option<Vec<BlockPart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) en: Option<Vec<BlockPart>>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum BlockPart {
    Paragraph { text: String },
    Subheading { text: String },
    List { items: Vec<ItemPart> },
}

#[derive(Debug, Serialize)]
pub(super) struct ItemPart {
    pub(super) marker: String,
    pub(super) text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct OverviewPart {
    pub(super) heading: Pair,
    pub(super) body: Blocks,
}

#[derive(Debug, Serialize)]
pub(super) struct ProjectPart {
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) name: Pair,
    /// What its statement opens with; `None` when that is not printed.
    pub(super) heading: Option<HeadingPart>,
    pub(super) sections: Vec<SectionPart>,
    pub(super) form: Option<FormPart>,
}

/// A heading in two parts, between which a line rather ends.
#[derive(Debug, Serialize)]
pub(super) struct HeadingPart {
    /// What it opens and the project's number, or a heading of the project's own.
    pub(super) lead: Pair,
    /// The project's name; a heading of its own has none.
    pub(super) name: Option<Pair>,
}

#[derive(Debug, Serialize)]
pub(super) struct SectionPart {
    pub(super) id: String,
    pub(super) heading: Pair,
    pub(super) body: Blocks,
}

#[derive(Debug, Serialize)]
pub(super) struct FormPart {
    /// The level of its heading: below that of a statement, if any stands before it.
    pub(super) level: usize,
    pub(super) title: Pair,
    pub(super) year: Pair,
    pub(super) fields: Fields,
    pub(super) funding: FundingPart,
    pub(super) goals: GoalsPart,
    pub(super) indicators: IndicatorsPart,
    pub(super) continued: Pair,
}

#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) label: Pair,
    pub(super) value: Pair,
}

#[derive(Debug, Serialize)]
pub(super) struct Fields {
    pub(super) name: Field,
    pub(super) nature: Field,
    pub(super) category: Field,
    pub(super) department: Field,
    pub(super) unit: Field,
    pub(super) start: Field,
    pub(super) end: Field,
}

#[derive(Debug, Serialize)]
pub(super) struct AmountPart {
    pub(super) label: Pair,
    pub(super) amount: String,
}

#[derive(Debug, Serialize)]
pub(super) struct FundingPart {
    pub(super) label: Pair,
    pub(super) total: AmountPart,
    pub(super) fiscal: AmountPart,
    pub(super) other: AmountPart,
    pub(super) annual: AmountPart,
    pub(super) appropriation: AmountPart,
    pub(super) carried_over: AmountPart,
    pub(super) other_annual: AmountPart,
}

#[derive(Debug, Serialize)]
pub(super) struct GoalPart {
    pub(super) label: Pair,
    pub(super) body: Blocks,
}

#[derive(Debug, Serialize)]
pub(super) struct GoalsPart {
    pub(super) label: Pair,
    pub(super) overall: GoalPart,
    pub(super) annual: GoalPart,
}

#[derive(Debug, Serialize)]
pub(super) struct Columns {
    pub(super) level1: Pair,
    pub(super) level2: Pair,
    pub(super) level3: Pair,
    pub(super) target: Pair,
}

#[derive(Debug, Serialize)]
pub(super) struct IndicatorsPart {
    pub(super) label: Pair,
    pub(super) columns: Columns,
    pub(super) groups: Vec<Level1Part>,
}

#[derive(Debug, Serialize)]
pub(super) struct Level1Part {
    pub(super) name: Pair,
    pub(super) rows: usize,
    pub(super) groups: Vec<Level2Part>,
}

#[derive(Debug, Serialize)]
pub(super) struct Level2Part {
    pub(super) name: Pair,
    pub(super) rows: Vec<RowPart>,
}

#[derive(Debug, Serialize)]
pub(super) struct RowPart {
    pub(super) name: Pair,
    pub(super) target: Pair,
}
