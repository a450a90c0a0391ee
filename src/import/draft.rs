//! Blocks into a draft: which project each text, value and row belongs to.

use super::block::{At as PlaceAt, Block, Cell, Found, Table, continue_with, plain};
use super::counts::is_overview;
use super::figures::figures;
use super::form::{Filled, read};
use super::labels::Labels;
use super::outline::{Outline, project_head, section_number};
use super::sketch::{Draft, Sketch};
use super::{listed, listing};
use crate::model::Year;

/// Where the next paragraph goes.
enum At {
    Preamble,
    Overview,
    /// The last project, and the section that was headed last.
    Project(Option<String>),
}

struct Recogniser<'l> {
    labels: &'l Labels,
    outline: &'l Outline,
    draft: Draft,
    preamble: Vec<Found>,
    at: At,
}

/// Recognises what blocks are, by the labels and headings of a form.
pub fn recognise(blocks: Vec<Block>, labels: &Labels, outline: &Outline) -> Draft {
    let draft = Draft { figures: figures(&blocks), ..Draft::default() };
    let mut own = Recogniser { labels, outline, draft, preamble: Vec::new(), at: At::Preamble };
    for block in blocks {
        match block {
            Block::Paragraph(found) => own.paragraph(found),
            Block::Table(table) => own.tables(table),
        }
    }
    own.title();
    own.draft
}

impl Recogniser<'_> {
    fn paragraph(&mut self, found: Found) {
        let bare = plain(&found.text);
        if bare.is_empty() || (bare == self.labels.title && self.preamble.is_empty()) {
            return;
        }
        // （2024年度）, the line below a form's title.
        let year = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix("年度)"));
        if let Some(year) =
            year.and_then(|year| year.parse().ok()).filter(|year| (2000..=2099).contains(year))
        {
            self.draft.year = self.draft.year.or(Some(year));
            return;
        }
        if bare == self.labels.overview {
            self.at = At::Overview;
            return;
        }
        if let Some(name) = self.statement(&found.text) {
            let name = (!name.is_empty()).then(|| Found::new(name, found.place.clone()));
            self.draft.projects.push(Sketch { name, narrated: true, ..Sketch::default() });
            self.at = At::Project(None);
            return;
        }
        if let Some((id, rest)) = self.outline.section(&found.text) {
            self.section(id.to_owned(), Found::new(rest, found.place));
            return;
        }
        match &self.at {
            At::Preamble => self.preamble.push(found),
            At::Overview => self.draft.overview.push(found),
            At::Project(Some(section)) => {
                let section = section.clone();
                self.push(&section, found);
            }
            At::Project(None) => self.draft.left.push(found),
        }
    }

    /// The name of the project whose statement a heading begins.
    fn statement(&self, text: &str) -> Option<String> {
        if let Some(name) = project_head(&self.labels.project, text) {
            return Some(name);
        }
        // 科技创新专项经费情况说明
        let usual = self.labels.project.strip_prefix("项目").unwrap_or(&self.labels.project);
        let name = plain(text);
        let name = name.strip_suffix(usual).filter(|name| !name.is_empty() && !usual.is_empty())?;
        let short = name.chars().count() <= 40 && !name.contains(['。', ',', '：']);
        short.then(|| name.to_owned())
    }

    fn section(&mut self, id: String, rest: Found) {
        let begins = match (&self.at, self.draft.projects.last()) {
            // A heading of the first section without one of the project.
            (At::Preamble | At::Overview, _) | (_, None) => true,
            (At::Project(None), Some(last)) => last.formed && last.narrated,
            (At::Project(Some(_)), Some(last)) => {
                last.formed && last.narrated && last.sections.contains_key(&id)
            }
        };
        if begins {
            self.draft.projects.push(Sketch { narrated: true, ..Sketch::default() });
        }
        if !rest.text.is_empty() {
            self.push(&id, rest);
        } else if let Some(last) = self.draft.projects.last_mut() {
            last.narrated = true;
            last.sections.entry(id.clone()).or_default();
        }
        self.at = At::Project(Some(id));
    }

    fn push(&mut self, section: &str, found: Found) {
        if let Some(last) = self.draft.projects.last_mut() {
            last.sections.entry(section.to_owned()).or_default().push(found);
        }
    }

    /// A sheet may hold texts and several forms below each other: headings and the lines behind them are paragraphs, and a
    /// title begins the next form.
    fn tables(&mut self, table: Table) {
        let mut open = Table { rows: Vec::new(), exact: table.exact };
        let mut in_text = false;
        for row in table.rows {
            let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.is_empty()).collect();
            let Some(first) = filled.first() else { continue };
            let titled = filled.iter().any(|cell| plain(&cell.text) == self.labels.title);
            let alone = filled.len() == 1
                && matches!(
                    first.place.at,
                    PlaceAt::Sheet { .. } | PlaceAt::Line { .. } | PlaceAt::Separated { .. }
                );
            let heads = alone && !titled && self.is_heading(&first.text, open.rows.is_empty());
            if titled || heads {
                self.end_table(&mut open);
            }
            in_text = heads || (in_text && alone && !titled);
            if in_text {
                let lines = first.text.lines().map(str::trim).filter(|line| !line.is_empty());
                let place = first.place.clone();
                lines.for_each(|line| self.paragraph(Found::new(line.to_owned(), place.clone())));
            } else {
                open.rows.push(row);
            }
        }
        self.end_table(&mut open);
    }

    fn end_table(&mut self, open: &mut Table) {
        let own = Table { rows: std::mem::take(&mut open.rows), exact: open.exact };
        if !own.rows.is_empty() {
            self.table(&own);
        }
    }

    /// A heading of the document, or its title above all else.
    fn is_heading(&self, text: &str, first: bool) -> bool {
        let bare = plain(text);
        let title = first && matches!(self.at, At::Preamble) && bare.contains('年') && bare.ends_with('表');
        let numbered = section_number(text.trim()).is_some() && self.outline.section(text).is_some();
        bare == self.labels.overview || title || numbered || self.statement(text).is_some()
    }

    fn table(&mut self, table: &Table) {
        if let Some(listing) = listing::read(table, self.labels) {
            listed::take(listing, &mut self.draft);
            self.at = At::Project(None);
            return;
        }
        let filled = read(table, self.labels);
        if !filled.is_form() {
            let texts = table.rows.iter().flatten().map(|cell| plain(&cell.text));
            if texts.filter(|text| !text.is_empty()).all(|text| text == self.labels.title) {
                return;
            }
            let rows =
                table.rows.iter().map(|row| row.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>());
            for row in rows.filter(|row| !row.is_empty()) {
                let texts: Vec<&str> = row.iter().map(|cell| cell.text.trim()).collect();
                let place = row.first().map(|cell| cell.place.clone());
                self.draft.left.extend(place.map(|place| Found::new(texts.join(" | "), place)));
            }
            return;
        }
        self.draft.year = self.draft.year.or(filled.year);
        self.form(filled);
    }

    /// A form goes to the project before it, to one of its name, or is a project by itself.
    fn form(&mut self, filled: Filled) {
        let name = filled.fields.get("name").cloned();
        let same = |sketch: &Sketch| match (&sketch.name, &name) {
            (Some(own), Some(name)) => plain(&own.text) == plain(&name.text),
            _ => false,
        };
        let open = |sketch: &Sketch| !sketch.formed;
        let projects = &self.draft.projects;
        // A statement may word the name in another way; what a list names is another project.
        let told = |sketch: &Sketch| open(sketch) && (sketch.narrated || sketch.name.is_none());
        let last = projects.len().checked_sub(1).filter(|last| projects.get(*last).is_some_and(told));
        let place = projects
            .iter()
            .position(|sketch| open(sketch) && same(sketch))
            .or(last)
            // What goes on without its head.
            .or_else(|| projects.len().checked_sub(1).filter(|_| name.is_none()));
        let place = place.unwrap_or_else(|| {
            self.draft.projects.push(Sketch::default());
            self.draft.projects.len() - 1
        });
        self.draft.left.extend(filled.left);
        let Some(sketch) = self.draft.projects.get_mut(place) else { return };
        sketch.formed = true;
        sketch.name = name.or(sketch.name.take());
        sketch.unit = sketch.unit.take().or(filled.unit);
        for (path, found) in filled.fields {
            sketch.fields.entry(path).or_insert(found);
        }
        sketch.items.extend(filled.items);
        self.at = At::Project(None);
    }

    /// What the title says of unit and year; other lines before the first heading belong nowhere.
    fn title(&mut self) {
        let mut title = String::new();
        let ends = |text: &str| plain(text).ends_with(&self.labels.title) || plain(text).ends_with('表');
        let dated = |found: &Found| plain(&found.text).contains("年");
        let last = self.preamble.iter().position(|found| ends(&found.text));
        let last = last.or_else(|| self.preamble.iter().position(dated));
        let own = self.preamble.iter().take(last.map_or(0, |last| last + 1));
        own.for_each(|found| continue_with(&mut title, &found.text));
        let bare = plain(&title);
        let year = bare.char_indices().find_map(|(at, _)| {
            let digits = bare.get(at..at + 4)?;
            let year: Year = digits.parse().ok()?;
            ((2000..=2099).contains(&year) && bare.get(at + 4..)?.starts_with('年')).then_some((at, year))
        });
        let place = self.preamble.first().map(|found| found.place.clone());
        if let (Some((at, year)), Some(place)) = (year, place) {
            self.draft.year = Some(year);
            let unit = bare.get(..at).unwrap_or("").trim_start_matches("关于").to_owned();
            if !unit.is_empty() {
                self.draft.fields.insert("unit.name".to_owned(), Found::new(unit, place));
            }
            self.preamble.drain(..last.map_or(0, |last| last + 1));
        }
        self.preamble.retain(|found| plain(&found.text) != self.labels.title);
        let (overview, left) =
            self.preamble.drain(..).partition::<Vec<_>, _>(|found| is_overview(&found.text));
        if self.draft.overview.is_empty() {
            self.draft.overview = overview;
        } else {
            self.draft.left.extend(overview);
        }
        self.draft.left.extend(left);
    }
}
