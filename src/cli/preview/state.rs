//! What the page is told, as JSON. `docs/preview.md` says what it makes of it.

use serde::Serialize;
use shenbao::lang::Words;
use shenbao::render::view::Rect;

/// `state.json`
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// Rises with each time that the declaration was made, also in vain.
    pub version: u64,
    /// Whether everything is there: pages come first, findings and what belongs to places a moment later.
    pub complete: bool,
    /// Of this run of the program.
    pub session: String,
    /// The language of the program: `zh` or `en`.
    pub lang: &'static str,
    pub title: Words,
    pub folder: String,
    /// Whether there is a list of declarations that it is one of.
    pub listed: bool,
    /// Whether the pages are those of the files as they are; else they are those before a mistake.
    pub fresh: bool,
    /// Whether a rule finds an error, for which `build` writes nothing.
    pub refused: bool,
    pub draft: bool,
    /// Where values can be edited on the page.
    pub edits: Option<Editing>,
    /// In ms, to the pages.
    pub took: u64,
    /// The time of day.
    pub time: String,
    pub change: Option<Change>,
    pub pages: Vec<PageState>,
    pub totals: Vec<TotalState>,
    pub findings: Vec<FindingState>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Change {
    pub amount: Words,
}

#[derive(Debug, Clone, Serialize)]
pub struct PageState {
    /// Two pages of the same id look the same.
    pub id: String,
    /// In points, as everything on a page.
    pub width: i32,
    pub height: i32,
    /// The project that it is about.
    pub label: Option<Words>,
    /// What it says, for those who do not see it.
    pub text: String,
    /// What is new on it.
    pub moved: Vec<Rectangle>,
}

/// Left, top, width, height.
pub type Rectangle = [i32; 4];

pub fn boxed(rect: Rect) -> Rectangle {
    [rect.left, rect.top, rect.width, rect.height]
}

/// Where something stands in the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilePlace {
    /// Within the declaration's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct TotalState {
    pub id: String,
    pub name: Words,
    pub amount: Words,
    /// How it came about.
    pub detail: Option<Words>,
    pub changed: bool,
    pub place: Option<FilePlace>,
    /// From 0.
    pub page: Option<usize>,
    /// What can be added to it.
    pub adds: Option<AddState>,
    pub children: Vec<TotalState>,
}

/// What can be added to the declaration, a project or a sub-project.
#[derive(Debug, Clone, Serialize)]
pub struct AddState {
    /// The project's id; none for the declaration as a whole.
    pub project: Option<String>,
    /// The sub-project's.
    pub of: Option<String>,
    /// Such as `cost`.
    pub kinds: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FindingState {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    pub code: String,
    pub message: Words,
    pub help: Vec<Words>,
    pub place: Option<FilePlace>,
    /// The line that it is about.
    pub excerpt: Option<String>,
    pub page: Option<usize>,
    pub rect: Option<Rectangle>,
    /// `safe` or `suggested`, where it has a fix.
    pub fix: Option<&'static str>,
}

/// `places.json`
#[derive(Debug, Clone, Default, Serialize)]
pub struct Places {
    pub version: u64,
    pub places: Vec<PlaceState>,
    /// For each page its rectangles, and which place each comes from.
    pub pages: Vec<Vec<[i32; 5]>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceState {
    #[serde(flatten)]
    pub place: FilePlace,
    /// The line.
    pub excerpt: String,
    /// `text` or `figure`.
    pub kind: &'static str,
    /// How a figure came about, a line each.
    pub derivation: Vec<LineState>,
    /// What can be edited there.
    pub edit: Option<EditState>,
}

/// How a figure came about, or a part of it, which stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineState {
    pub words: Words,
    pub part: Option<FilePlace>,
}

/// Where values can be edited.
#[derive(Debug, Clone, Serialize)]
pub struct Editing {
    #[serde(flatten)]
    pub steps: Steps,
    #[serde(flatten)]
    pub lists: Lists,
}

/// What the forms of new items offer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Lists {
    /// The kinds of indicators.
    pub indicators: Vec<String>,
    /// The sources of funds.
    pub sources: Vec<String>,
    /// Whether names are in English, too.
    pub english: bool,
}

/// How many edits can be undone and redone.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Steps {
    pub undo: usize,
    pub redo: usize,
}

/// What can be edited at a place of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EditState {
    /// Their file, within the declaration's folder: a sentence may take a figure of another.
    pub file: String,
    /// The values that it shows, or that a figure comes from.
    pub values: Vec<ValueState>,
    /// The repeated table that it belongs to.
    pub item: Option<ItemState>,
    /// The id of the project that it belongs to.
    pub project: Option<String>,
}

/// A value that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueState {
    /// By which it is found in its file.
    pub path: Vec<String>,
    pub label: Words,
    pub control: &'static str,
    pub lang: Option<&'static str>,
    pub text: String,
    /// What the form lists for it, of a target for its unit; where `open`, something else may be written.
    pub choices: Vec<String>,
    pub open: bool,
    /// The parts of a target with one number.
    pub target: Option<TargetState>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetState {
    pub sign: char,
    pub number: String,
    pub unit: String,
}

/// An item that can be deleted, copied or moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemState {
    /// Empty for a project.
    pub path: Vec<String>,
    pub label: Words,
    pub name: String,
}
