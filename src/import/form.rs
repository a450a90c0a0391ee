//! A table into what a form says: values by their labels, texts and list rows by their heads.

use std::collections::BTreeMap;

use super::block::{Cell, Found, Table, plain};
use super::items::{Column, Item, item};
use super::labels::{Labels, is};
use super::values::{unit_in, year_in};
use crate::model::Year;
use crate::paths::{List, is_body};

/// What a table says as a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// Values by their paths.
    pub fields: BTreeMap<String, Found>,
    /// Rows of lists, in order.
    pub items: Vec<Item>,
    /// 元 or 万元, where the table says it.
    pub unit: Option<String>,
    /// The year below the title.
    pub year: Option<Year>,
    /// Cells that belong to no label.
    pub left: Vec<Found>,
}

impl Filled {
    /// Whether it is a form and not some other table.
    pub fn is_form(&self) -> bool {
        self.fields.len() >= 3 || !self.items.is_empty()
    }
}

/// What the rows below a head are.
enum State {
    /// Labels with values beside them.
    Fields,
    /// Values below heads.
    Below(Vec<Column>),
    /// Rows of a list.
    Rows(List, Vec<Column>),
}

/// What stands before the choices of a form.
const BOXES: [char; 6] = ['□', '■', '☐', '☑', '☒', '√'];

struct Reader<'l> {
    labels: &'l Labels,
    exact: bool,
    used: Vec<bool>,
    /// The parts whose heads have been read, the last one last.
    parts: Vec<usize>,
    state: State,
    filled: Filled,
}

/// Reads a table by the labels of a form.
pub fn read(table: &Table, labels: &Labels) -> Filled {
    let mut reader = Reader {
        labels,
        exact: table.exact,
        used: vec![false; labels.fields.len()],
        parts: Vec::new(),
        state: State::Fields,
        filled: Filled::default(),
    };
    for row in &table.rows {
        reader.row(row);
    }
    reader.filled
}

impl Reader<'_> {
    fn row(&mut self, row: &[Cell]) {
        let plains: Vec<String> = row.iter().map(|cell| plain(&cell.text)).collect();
        if plains.iter().all(String::is_empty) {
            return;
        }
        self.note_unit(&plains);
        if let Some(state) = self.head(row, &plains) {
            self.state = state;
            return;
        }
        if !matches!(self.state, State::Fields) && self.leads_away(&plains) {
            self.state = State::Fields;
        }
        match &self.state {
            State::Fields => self.fields(row, &plains),
            State::Below(columns) => {
                let columns = columns.clone();
                self.below(row, &plains, &columns);
            }
            State::Rows(list, columns) => {
                let (list, columns) = (*list, columns.clone());
                let last = self.filled.items.iter().rfind(|item| item.list == list);
                match item(row, list, &columns, self.labels, self.exact, last) {
                    Some(item) => self.filled.items.push(item),
                    None => self.leave(row, &plains),
                }
            }
        }
    }

    /// 项目资金（元）, 金额单位：万元
    fn note_unit(&mut self, plains: &[String]) {
        self.filled.year = self.filled.year.or_else(|| plains.iter().find_map(|text| year_in(text, "年度")));
        if self.filled.unit.is_none() {
            self.filled.unit = plains.iter().find_map(|text| unit_in(text)).map(str::to_owned);
        }
    }

    /// What follows a row of heads.
    fn head(&mut self, row: &[Cell], plains: &[String]) -> Option<State> {
        let labels = self.labels;
        let matched = |part: usize| {
            let heads = labels.heads.iter().filter(move |head| head.part == part);
            let found = |text: &String| {
                heads.clone().any(|head| head.texts.iter().any(|own| is(own, text) || is(text, own)))
            };
            plains.iter().filter(|text| !text.is_empty() && found(text)).count()
        };
        let mut parts: Vec<usize> = labels.heads.iter().map(|head| head.part).collect();
        parts.dedup();
        let enough = |part: &usize| {
            let all = labels.heads.iter().filter(|head| head.part == *part).count();
            matched(*part) >= all.min(2)
        };
        let most = parts.iter().filter(|part| enough(part)).map(|part| matched(*part)).max()?;
        let best: Vec<usize> =
            parts.into_iter().filter(|part| enough(part) && matched(*part) == most).collect();
        let part = self.part_of(&best, plains)?;
        self.parts.push(part);
        let repeat = labels.heads.iter().find(|head| head.part == part).and_then(|head| head.repeat);
        let columns = self.columns(row, plains, part, repeat);
        Some(repeat.map_or_else(|| State::Below(columns.clone()), |list| State::Rows(list, columns.clone())))
    }

    /// The part among those with the same heads: the one that a label beside names, the next, or the last again.
    fn part_of(&self, best: &[usize], plains: &[String]) -> Option<usize> {
        if best.len() > 1 {
            let side = |part: usize| {
                let head = self.labels.heads.iter().find(|head| head.part == part);
                head.and_then(|head| head.side.as_ref())
            };
            let named = best.iter().find(|part| side(**part).is_some_and(|side| plains.contains(side)));
            if let Some(part) = named {
                return Some(*part);
            }
        }
        let unused = best.iter().find(|part| !self.parts.contains(part));
        unused.or(best.last()).copied()
    }

    fn columns(&self, row: &[Cell], plains: &[String], part: usize, repeat: Option<List>) -> Vec<Column> {
        let mut free: Vec<_> = self.labels.heads.iter().filter(|head| head.part == part).collect();
        let mut columns = Vec::new();
        for (cell, text) in row.iter().zip(plains).filter(|(_, text)| !text.is_empty()) {
            let own =
                |head: &&super::labels::Head| head.texts.iter().any(|own| is(own, text) || is(text, own));
            let path = match free.iter().position(own) {
                Some(at) => free.remove(at).path.clone(),
                None if repeat == Some(List::Indicator) => match self.labels.column(text) {
                    Some(path) => path.to_owned(),
                    None => continue,
                },
                None => continue,
            };
            columns.push(Column { path, columns: cell.columns.clone() });
        }
        columns
    }

    /// Whether a row below a head begins with a label of something else.
    fn leads_away(&self, plains: &[String]) -> bool {
        let first = plains.iter().find(|text| {
            !text.is_empty() && !self.labels.sides.contains(text) && !self.labels.is_level1(text)
        });
        first.is_some_and(|text| {
            self.labels
                .fields
                .iter()
                .any(|field| is(&field.text, text) || (field.within && text.starts_with(&field.text)))
        })
    }

    fn fields(&mut self, row: &[Cell], plains: &[String]) {
        let mut at = 0;
        while let (Some(cell), Some(text)) = (row.get(at), plains.get(at)) {
            at += 1;
            if text.is_empty() || self.is_furniture(text) {
                continue;
            }
            if let Some(place) = self.field(text) {
                let behind = plains.get(at..).unwrap_or(&[]);
                let end = behind.iter().position(|text| self.is_next_label(text)).unwrap_or(behind.len());
                let values: Vec<Cell> = row.get(at..at + end).unwrap_or(&[]).to_vec();
                at += end;
                self.take(place, cell, &values);
                continue;
            }
            if self.labels.is_label(text) {
                continue;
            }
            self.filled.left.push(cell.found());
        }
    }

    fn is_next_label(&self, text: &str) -> bool {
        self.labels
            .fields
            .iter()
            .any(|field| is(&field.text, text) || (field.within && text.starts_with(&field.text)))
            || self.labels.sides.iter().any(|side| side == text)
    }

    /// The first unused field with this label, or with it at the beginning of the cell.
    fn field(&mut self, text: &str) -> Option<usize> {
        let fields = &self.labels.fields;
        let led = |label: &str| text.strip_prefix(label).is_some_and(|rest| rest.starts_with(':'));
        let whole = |at: &usize| fields.get(*at).is_some_and(|field| is(&field.text, text));
        let within = |at: &usize| {
            fields
                .get(*at)
                .is_some_and(|field| (field.within && text.starts_with(&field.text)) || led(&field.text))
        };
        let free: Vec<usize> =
            self.used.iter().enumerate().filter(|(_, used)| !**used).map(|(at, _)| at).collect();
        let found =
            free.iter().find(|at| whole(at)).or_else(|| free.iter().find(|at| within(at))).copied()?;
        if let Some(used) = self.used.get_mut(found) {
            *used = true;
        }
        Some(found)
    }

    fn take(&mut self, place: usize, label: &Cell, values: &[Cell]) {
        let Some(field) = self.labels.fields.get(place) else { return };
        if let Some(rest) = rest_behind(&label.text, &field.text)
            && let Some(Some(path)) = field.paths.first()
        {
            let en = label.en.as_ref().and_then(|en| Some(en.split_once(':')?.1.trim().to_owned()));
            self.put(path, Found { text: rest, en, place: label.place.clone() });
            values
                .iter()
                .filter(|cell| !cell.is_empty())
                .for_each(|cell| self.filled.left.push(cell.found()));
            return;
        }
        let paths: Vec<&String> = field.paths.iter().flatten().collect();
        let filled: Vec<&Cell> = values.iter().filter(|cell| !cell.is_empty()).collect();
        let paired: Vec<(Option<&String>, &Cell)> = if values.len() == field.paths.len() {
            field.paths.iter().map(Option::as_ref).zip(values).filter(|(_, cell)| !cell.is_empty()).collect()
        } else {
            let last = paths.last().copied();
            let goes_on = |cell: &Cell, path: &str| is_body(path) || cell.text.trim().starts_with(BOXES);
            filled
                .iter()
                .enumerate()
                .map(|(at, cell)| {
                    let further = last.filter(|path| goes_on(cell, path));
                    (paths.get(at).copied().or(further), *cell)
                })
                .collect()
        };
        for (path, cell) in paired {
            match path {
                Some(path) => self.put(path, cell.found()),
                None => self.filled.left.push(cell.found()),
            }
        }
    }

    fn put(&mut self, path: &str, found: Found) {
        if found.text.is_empty() {
            return;
        }
        match self.filled.fields.get_mut(path) {
            // A form that goes over pages, or a cell that was cut in two.
            Some(own) if own.text != found.text && !own.text.ends_with(&found.text) => {
                own.go_on(&found.text, found.en.as_deref());
            }
            Some(_) => {}
            None => {
                self.filled.fields.insert(path.to_owned(), found);
            }
        }
    }

    fn below(&mut self, row: &[Cell], plains: &[String], columns: &[Column]) {
        let cells: Vec<&Cell> = row
            .iter()
            .zip(plains)
            .filter(|(cell, text)| {
                let first = columns.first().map_or(0, |column| column.columns.start);
                let side = self.labels.is_side_piece(text) && text.chars().count() < 9;
                !(text.is_empty() || (side && cell.columns.start <= first) || self.is_furniture(text))
            })
            .map(|(cell, _)| cell)
            .collect();
        for (at, cell) in cells.iter().enumerate() {
            let column = if cells.len() == columns.len() {
                columns.get(at)
            } else {
                columns.iter().min_by_key(|column| column.columns.start.abs_diff(cell.columns.start))
            };
            match column {
                Some(column) => {
                    let path = column.path.clone();
                    self.put(&path, cell.found());
                }
                None => self.filled.left.push(cell.found()),
            }
        }
    }

    fn leave(&mut self, row: &[Cell], plains: &[String]) {
        for (cell, text) in row.iter().zip(plains) {
            if !text.is_empty()
                && !self.is_furniture(text)
                && !self.labels.is_side_piece(text)
                && !self.labels.is_level1(text)
            {
                self.filled.left.push(cell.found());
            }
        }
    }

    /// The form's title, its year, and what draws lines.
    fn is_furniture(&self, text: &str) -> bool {
        let year = text.trim_matches(['(', ')']).strip_suffix("年度");
        if year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())) {
            return true;
        }
        text == self.labels.title
            || (text.starts_with('(') && text.contains("年度)") && text.chars().count() < 24)
            || text.ends_with("申报表") && text.chars().count() < 24
            || text.starts_with("金额单位")
            || text.chars().all(|ch| !ch.is_alphanumeric())
    }
}

/// What stands in a cell behind its label.
fn rest_behind(text: &str, label: &str) -> Option<String> {
    let mut seen = String::new();
    for (at, ch) in text.char_indices().take(label.chars().count() * 2 + 2) {
        seen.push(ch);
        if plain(&seen).trim_end_matches(':') == label || plain(&seen) == label {
            let rest = text.get(at + ch.len_utf8()..)?;
            let rest = rest.trim_start_matches(|ch: char| ch.is_whitespace() || ch == ':' || ch == '：');
            return (!rest.is_empty() && !is(label, &plain(text))).then(|| rest.trim().to_owned());
        }
    }
    None
}
