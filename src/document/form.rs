//! The form of a project: the grid that its profile describes, with each cell filled in.

use super::parts::{CellPart, FormPart, GridPart, Group, Grouped, ItemsPart, Pair, RowPart};
use super::placing::{alignment, balance, row_of};
use super::{Builder, Figure, Input, Provenance};
use crate::compute::{Derivation, Entry};
use crate::form::{Cell, Grid, Part, Placed, placed, placed_row};
use crate::lang::{Lang, Words};
use crate::model::{Project, Text};
use crate::narrative::{self, Found, Origin, ProjectNarrative, Repeated, Scope, Value, Values};
use crate::paths::is_private;
use crate::source::Span;

/// Fills in the form of a project.
#[derive(Clone, Copy)]
pub(super) struct Filler<'b, 'i> {
    builder: Builder<'b, 'i>,
    index: usize,
    project: &'i Project,
    narrative: &'i ProjectNarrative,
}

/// A cell with a value, and where it stands.
#[derive(Clone, Copy)]
struct Slot<'c, 'i> {
    cell: &'c Cell,
    /// The column, from 0, in which it begins.
    column: usize,
    /// What its row is repeated for.
    item: Option<Repeated<'i>>,
    /// What it is called on the form.
    label: Option<&'c Words>,
}

impl<'b, 'i> Filler<'b, 'i> {
    pub fn new(
        builder: Builder<'b, 'i>,
        index: usize,
        project: &'i Project,
        narrative: &'i ProjectNarrative,
    ) -> Filler<'b, 'i> {
        Filler { builder, index, project, narrative }
    }

    /// The form, whose heading is below that of a statement, or not.
    pub fn form(self, below: bool) -> FormPart {
        let profile = self.builder.input.profile;
        let grid = &profile.grid;
        let words = |words: &Words| self.builder.words(words);
        FormPart {
            level: if below { 2 } else { 1 },
            title: words(&profile.title),
            year: self.label(&profile.year),
            columns: self.shares(grid),
            gives_way: grid.giving(),
            parts: self.parts(grid),
            continued: words(&profile.continued),
        }
    }

    fn shares(self, grid: &Grid) -> Vec<u32> {
        let columns = &grid.columns;
        let both = columns.both.as_ref().unwrap_or(&columns.zh);
        match self.builder.input.languages {
            [Lang::Zh] => columns.zh.clone(),
            [Lang::Zh, ..] => both.clone(),
            _ => columns.en.as_ref().unwrap_or(both).clone(),
        }
    }

    fn parts(self, grid: &Grid) -> Vec<GridPart> {
        let mut parts: Vec<GridPart> = grid.parts.iter().map(|part| self.part(part)).collect();
        // The pages of the whole form are known by its first row and its last.
        if let Some(row) = parts.first_mut().and_then(|part| part.rows.first_mut()) {
            row.marks = row.marks.max(1);
        }
        if let Some(row) = parts.last_mut().and_then(|part| part.rows.last_mut()) {
            row.marks = row.marks.max(1);
        }
        parts
    }

    fn part(self, part: &Part) -> GridPart {
        let side = part.side.as_ref().map_or(0, |_| part.side_span);
        let mut head = if part.has_head() { self.head(part) } else { Vec::new() };
        let items = part.repeat.map(|list| {
            let items = self.values(Lang::Zh, None).items(list);
            self.items(part, side, &items)
        });
        let mut rows = Vec::new();
        if part.repeat.is_none() && !part.columns.is_empty() {
            let mut cells = self.row(&placed_row(&part.columns, side), None, true);
            let grid = &self.builder.input.profile.grid;
            balance(&mut cells, &mut head, self.shares(grid).get(side..).unwrap_or_default());
            rows.push(row_of(cells, part));
        }
        // The profile was read with rows that fill the columns.
        let placed = placed(&part.rows, side, self.builder.input.profile.grid.columns.count());
        for cells in placed.unwrap_or_default() {
            rows.push(row_of(self.row(&cells, None, false), part));
        }
        GridPart {
            side: part.side.as_ref().map(|label| self.label(label)),
            side_span: part.side_span,
            lines: part.lines,
            // A list of nothing has an empty row.
            count: items.as_ref().map_or(0, |items| items.count.max(1)) + rows.len(),
            head,
            items,
            rows,
        }
    }

    fn head(self, part: &Part) -> Vec<CellPart> {
        let label = |cell: &Cell| {
            let text = self.words_of(cell).map(|words| self.label(words));
            CellPart { kind: "label", span: cell.span, rows: 1, text, ..CellPart::default() }
        };
        part.columns.iter().map(label).collect()
    }

    /// The label of a cell, for a project of several years its own.
    fn words_of(self, cell: &Cell) -> Option<&Words> {
        let several = self.project.period.is_multi_year();
        cell.years.as_ref().filter(|_| several).or(cell.label.as_ref())
    }

    fn items(self, part: &Part, side: usize, items: &[Repeated<'i>]) -> ItemsPart {
        let (groups, cells): (Vec<_>, Vec<_>) =
            placed_row(&part.columns, side).into_iter().partition(|(cell, _)| cell.group);
        let spans = groups.iter().chain(&cells).map(|(cell, _)| cell.span).collect();
        let fits = cells.iter().any(|(cell, _)| cell.span == 1);
        ItemsPart { spans, count: items.len(), fits, rows: self.grouped(&groups, &cells, items) }
    }

    /// The rows of items, those with the same value in the first of the groups together.
    fn grouped(self, groups: &[Placed<'_>], cells: &[Placed<'_>], items: &[Repeated<'i>]) -> Grouped {
        let Some(((first, _), further)) = groups.split_first() else {
            let row = |item: &Repeated<'i>| RowPart {
                id: item.text().map(|text| text.str(Lang::Zh).trim().to_owned()),
                marks: 0,
                high: false,
                cells: self.row(cells, Some(*item), true),
            };
            return Grouped::Rows(items.iter().map(row).collect());
        };
        let key = |item: &Repeated<'i>| {
            let values = self.values(Lang::Zh, Some(*item));
            first.path().and_then(|(path, _)| values.find(path)).map(|found| values.in_cell(&found, None))
        };
        let runs = items.chunk_by(|one, other| key(one) == key(other));
        let group = |run: &[Repeated<'i>]| {
            let slot =
                Slot { cell: first, column: 0, item: run.first().copied(), label: first.label.as_ref() };
            let name = self.value(slot).0;
            Group { name, count: run.len(), below: self.grouped(further, cells, run) }
        };
        Grouped::Groups(runs.map(group).collect())
    }

    /// The cells of a row, each in the column where it begins. In a column the labels stand above.
    fn row(self, cells: &[Placed<'_>], item: Option<Repeated<'i>>, in_column: bool) -> Vec<CellPart> {
        let mut before = None;
        let mut filled = Vec::new();
        for (cell, column) in cells {
            let label = cell.label.as_ref().or(before);
            let own = self.words_of(cell);
            let lead = own.filter(|_| !in_column && cell.path().is_some());
            let base = CellPart {
                span: cell.span,
                rows: cell.rows,
                indent: cell.indent,
                lines: cell.lines,
                ticked: cell.check.is_some(),
                ..CellPart::default()
            };
            let mut part = match (cell.path(), own) {
                (Some(_), _) => {
                    self.content(base, Slot { cell, column: *column, item, label }, lead.is_some())
                }
                (None, Some(words)) if !in_column => {
                    CellPart { kind: "label", text: Some(self.label(words)), ..base }
                }
                (None, _) => CellPart { kind: "blank", ..base },
            };
            part.align = alignment(cell, part.kind, item.is_some());
            if let (Some(lead), Some(text)) = (lead.map(|words| self.label(words)), &mut part.text) {
                text.put_before(&lead);
                part.kind = "text";
            }
            if part.kind == "value" && (part.align.is_some() || part.lines > 0) {
                part.kind = "text";
            }
            filled.push(part);
            before = cell.label.as_ref().filter(|_| cell.path().is_none());
        }
        filled
    }

    /// A cell with a value, behind a label or not.
    fn content(self, base: CellPart, slot: Slot<'_, 'i>, led: bool) -> CellPart {
        let Slot { cell, column, .. } = slot;
        let Some((path, _)) = cell.path() else { return base };
        let base = CellPart { path: Some(path.to_owned()), ..base };
        if let Some(body) = self.body(path) {
            return CellPart { kind: "body", body: Some(body), ..base };
        }
        let (text, amount) = self.value(slot);
        let alone = cell.span == 1;
        match amount {
            Some(amount) if !led => {
                CellPart { kind: "amount", amount: Some(amount), fit: alone.then_some(column), ..base }
            }
            _ => {
                let fit = (alone && cell.one_line).then_some(column);
                CellPart { kind: "value", text: Some(text), fit, ..base }
            }
        }
    }

    /// A goal or a section, which has paragraphs.
    fn body(self, path: &str) -> Option<super::Blocks> {
        let scope = Scope::Project(self.index);
        let (expanded, part) = match path {
            "goal.overall" => (&self.narrative.overall, narrative::Part::OverallGoal),
            "goal.annual" => {
                let own = self.project.goals.as_ref().is_some_and(|goals| goals.annual.is_some());
                let part = if own { narrative::Part::AnnualGoal } else { narrative::Part::OverallGoal };
                (&self.narrative.annual, part)
            }
            path => {
                let id = path.strip_prefix("narrative.")?;
                let (_, expanded) = self.narrative.in_form.iter().find(|(own, _)| own == id)?;
                (expanded, narrative::Part::Section(id.to_owned()))
            }
        };
        Some(self.builder.blocks(expanded, &part, scope))
    }

    fn values(self, lang: Lang, item: Option<Repeated<'i>>) -> Values<'i> {
        let Input { declaration, ledger, profile, .. } = self.builder.input;
        let values = Values::new(declaration, ledger, profile, Scope::Project(self.index), lang);
        let values = values.with(self.builder.input.evaluation);
        item.map_or(values, |item| values.of_row(item))
    }

    fn label(self, words: &Words) -> Pair {
        if !words.zh.contains("{{") && !words.en.contains("{{") {
            return self.builder.words(words);
        }
        let hidden = |path: &str| self.builder.input.public && is_private(path);
        self.builder.pair(|lang| self.values(lang, None).label_without(words, hidden))
    }

    fn empty(self) -> Pair {
        self.builder.pair(|_| String::new())
    }

    /// A value in each language, and once more where it is an amount. A value that the declaration does not give is empty.
    fn value(self, slot: Slot<'_, 'i>) -> (Pair, Option<String>) {
        let Slot { cell, item, label, .. } = slot;
        let Some((path, format)) = cell.path() else { return (self.empty(), None) };
        let is_private = cell.private.unwrap_or_else(|| is_private(path));
        if is_private && self.builder.input.public {
            return (self.empty(), None);
        }
        let printed = |lang| {
            let values = self.values(lang, item);
            let found = values.find(path);
            let text = match (&cell.check, &found) {
                (Some(_), found) => self.ticked(path, found.as_ref(), lang),
                (None, Some(found)) => values.in_cell(found, format),
                (None, None) => String::new(),
            };
            let is_amount = found.as_ref().is_some_and(|found| matches!(found.value, Value::Money(_)));
            let marked = match found.and_then(|found| self.provenance(&found, lang, path, label)) {
                Some(from) => self.builder.leaf(text, Some(self.index), || from),
                None => text,
            };
            (marked, is_amount)
        };
        let main = self.builder.input.languages.first().copied().unwrap_or(Lang::Zh);
        let (text, is_amount) = printed(main);
        if is_amount && format.is_none() {
            return (self.builder.pair(|_| text.clone()), Some(text));
        }
        (self.builder.pair(|lang| if lang == main { text.clone() } else { printed(lang).0 }), None)
    }

    /// Each of the words that the form lists, with a box before it; that of the value is filled.
    fn ticked(self, path: &str, found: Option<&Found<'_>>, lang: Lang) -> String {
        let value = match found.map(|found| &found.value) {
            Some(Value::Text(value)) => value.as_str(),
            _ => "",
        };
        let choices = self.builder.input.profile.choices(path).iter().map(|words| words.get(lang));
        let known = choices.clone().any(|choice| choice == value);
        let own = (!known && !value.is_empty()).then_some(value);
        let boxed = choices.chain(own).map(|choice| {
            let mark = if choice == value { '■' } else { '□' };
            format!("{mark}{choice}")
        });
        boxed.collect::<Vec<_>>().join(if lang == Lang::Zh { "　" } else { "  " })
    }

    fn provenance(
        self,
        found: &Found<'i>,
        lang: Lang,
        path: &str,
        label: Option<&Words>,
    ) -> Option<Provenance<'i>> {
        match found.origin {
            Origin::Written(text) => Some(Provenance::Written(text.get(lang).place.span())),
            Origin::At(span) => Some(Provenance::Written(span)),
            Origin::Amount(entry, place) => {
                let name =
                    label.cloned().unwrap_or_else(|| Words { zh: path.to_owned(), en: path.to_owned() });
                let figure = Figure { name, entry: Some(entry), project: Some(self.index) };
                Some(Provenance::Figure(self.place(entry, place), figure))
            }
            Origin::Computed => None,
        }
    }

    /// Where an amount is written, or what it is computed of. A sum comes from the whole project, not from one of its costs.
    fn place(self, entry: &Entry, place: Option<Span>) -> Span {
        match &entry.from {
            Derivation::Stated(written) => *written,
            _ => place.unwrap_or_else(|| self.project.name.span()),
        }
    }
}

/// The text that a form shows in paragraphs at this path.
fn text_of_body<'i>(project: &'i Project, path: &str) -> Option<&'i Text> {
    let goals = project.goals.as_ref();
    match path {
        "goal.overall" => goals.map(|goals| &goals.overall),
        "goal.annual" => goals.map(|goals| goals.annual.as_ref().unwrap_or(&goals.overall)),
        path => {
            let id = path.strip_prefix("narrative.")?;
            project.narrative.iter().find(|section| section.id == id).map(|section| &section.text)
        }
    }
}

/// The texts that the form of a project prints.
pub fn texts_of_form<'i>(input: Input<'i>, index: usize) -> Vec<&'i Text> {
    let Input { declaration, ledger, profile, .. } = input;
    let Some(project) = declaration.projects.get(index) else { return Vec::new() };
    if !project.print.form && input.evaluation.is_none() {
        return Vec::new();
    }
    let values = Values::new(declaration, ledger, profile, Scope::Project(index), Lang::Zh);
    let values = values.with(input.evaluation);
    let mut texts = Vec::new();
    for part in &profile.grid.parts {
        let items = part.repeat.map(|list| values.items(list)).unwrap_or_default();
        let rows = items.into_iter().map(|item| values.of_row(item)).chain([values]);
        for values in rows {
            let paths = part.cells().filter_map(Cell::path);
            let written = paths.filter_map(|(path, _)| match values.find(path).map(|found| found.origin) {
                Some(Origin::Written(text)) => Some(text),
                Some(_) => None,
                None => text_of_body(project, path),
            });
            texts.extend(written);
        }
    }
    texts
}
