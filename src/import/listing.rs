//! Lists with a row a project, or a row for each cost or indicator of many: what a bureau collects in a workbook, and what
//! budget platforms give.

use std::collections::BTreeMap;

use super::block::{Cell, Found, Place, Table, plain};
use super::items::{Item, carry};
use super::labels::Labels;
use crate::paths::List;

/// The fewest heads that are known of a list.
const FEWEST: usize = 3;

/// What a list says of a project in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The name of the project.
    pub project: Found,
    /// Values by their paths.
    pub fields: BTreeMap<String, Found>,
    /// The cost or the indicator, of a list of those.
    pub item: Option<Item>,
}

/// A list, and what in it belongs to no column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub rows: Vec<Row>,
    pub left: Vec<Found>,
    /// Where numbers stand that say nothing of their own: of rows, of formulas.
    pub needless: Vec<Place>,
}

/// A column: where it stands, the path of its values, and the unit that its head states.
struct Column {
    start: usize,
    path: String,
    unit: &'static str,
}

/// What a list has a row for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Projects,
    Costs,
    Indicators,
}

/// Reads a table as a list of projects, of their costs or of their indicators; nothing when it has not the heads of one.
pub(super) fn read(table: &Table, labels: &Labels) -> Option<Listing> {
    let lists = [
        (Of::Indicators, &labels.of_indicators, ["project_name", "name", "target"].as_slice()),
        (Of::Costs, &labels.of_costs, &["project_name", "name"]),
        (Of::Projects, &labels.of_projects, &["name"]),
    ];
    let (at, of, columns) = table.rows.iter().enumerate().find_map(|(at, row)| {
        let list = |(of, known, needed): &(Of, &Vec<(String, String)>, &[&str])| {
            let columns = heads(row, known)?;
            let has = |key: &&str| columns.iter().any(|column| column.path == **key);
            needed.iter().all(has).then_some((at, *of, columns))
        };
        lists.iter().find_map(list)
    })?;
    let mut listing = Listing::default();
    let said = table.rows.iter().take(at).flatten().filter(|cell| !cell.is_empty());
    listing.left.extend(said.filter(|cell| !plain(&cell.text).contains("单位:")).map(Cell::found));
    for row in table.rows.iter().skip(at + 1) {
        let values = listing.values(row, &columns);
        if !values.values().any(is_sum) {
            listing.row(of, values);
        }
    }
    Some(listing).filter(|listing| !listing.rows.is_empty())
}

impl Listing {
    /// The values of a row by their paths.
    fn values(&mut self, row: &[Cell], columns: &[Column]) -> BTreeMap<String, Found> {
        let mut values = BTreeMap::new();
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            match columns.iter().find(|column| cell.columns.contains(&column.start)) {
                Some(column) if column.path == "-" => self.needless.push(cell.place.clone()),
                Some(column) => {
                    values.insert(column.path.clone(), with_unit(cell.found(), column.unit));
                }
                None => self.left.push(cell.found()),
            }
        }
        values
    }

    /// A row of the project that it names, or of that of the row before.
    fn row(&mut self, of: Of, mut values: BTreeMap<String, Found>) {
        let last = self.rows.last();
        let name = values.remove(if of == Of::Projects { "name" } else { "project_name" });
        let Some(project) = name.or_else(|| last.map(|row| row.project.clone())) else {
            self.left.extend(values.into_values());
            return;
        };
        let list = match of {
            Of::Projects => {
                self.rows.push(Row { project, fields: values, item: None });
                return;
            }
            Of::Costs => List::Cost,
            Of::Indicators => List::Indicator,
        };
        let mut fields = BTreeMap::new();
        for (key, path) in [("unit.name", "unit.name"), ("project_code", "code")] {
            if let Some(found) = values.remove(key) {
                fields.insert(path.to_owned(), found);
            }
        }
        let mut item = Item { list, values };
        if of == Of::Indicators {
            let before = last.filter(|row| plain(&row.project.text) == plain(&project.text));
            carry(&mut item, list, before.and_then(|row| row.item.as_ref()));
            // That is how an indicator which a form has told already is known to be the same.
            item.values.insert("project_name".to_owned(), project.clone());
        }
        self.rows.push(Row { project, fields, item: Some(item) });
    }
}

/// Whether a cell says that its row adds up others.
fn is_sum(found: &Found) -> bool {
    let text = plain(&found.text);
    ["合计", "总计", "小计"].iter().any(|word| text == *word || text.starts_with(&format!("{word}(")))
}

/// The columns of a row of heads: most of its cells have to be known, and beside each other, unlike those of a form.
fn heads(row: &[Cell], known: &[(String, String)]) -> Option<Vec<Column>> {
    let column = |cell: &Cell| {
        let text = plain(&cell.text);
        let unit = ["(万元)", "(元)"].into_iter().find(|unit| text.ends_with(unit)).unwrap_or("");
        let bare = text.strip_suffix(unit).unwrap_or(&text);
        let (_, path) = known.iter().find(|(word, _)| word == bare)?;
        let unit = match unit {
            "(万元)" => "万元",
            "(元)" => "元",
            _ => "",
        };
        Some(Column { start: cell.columns.start, path: path.clone(), unit })
    };
    let columns: Vec<Column> = row.iter().filter_map(column).collect();
    let enough = columns.len() >= FEWEST && columns.len() * 5 >= row.len() * 3;
    enough.then_some(columns)
}

/// An amount with the unit of its column, where the cell has digits alone.
fn with_unit(mut found: Found, unit: &str) -> Found {
    if !unit.is_empty() && found.text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',')) {
        found.text.push_str(unit);
    }
    found
}
