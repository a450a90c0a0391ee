//! Lists with a row a project, or a row for each cost or indicator of many: what a bureau collects in a workbook, and what
//! budget platforms give.

use std::collections::BTreeMap;

use super::block::{Cell, Found, Place, Table, plain};
use super::items::{Item, carry};
use super::labels::Labels;
use super::values::{unit_in, year_in};
use crate::model::Year;
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
    /// The year that stands above it.
    pub year: Option<Year>,
    /// The first head of amounts, where neither that nor a line above the list states their unit.
    pub without_unit: Option<Found>,
    /// Where numbers stand that say nothing of their own: of rows, of formulas.
    pub needless: Vec<Place>,
}

/// A column: where it stands, the path of its values, and the unit of its amounts.
struct Column {
    start: usize,
    path: String,
    unit: Option<&'static str>,
    head: Found,
    /// A cell over several rows, and how many more of these it covers.
    over: Option<(Found, usize)>,
}

impl Column {
    fn is_of_amounts(&self) -> bool {
        let paths = [
            "annual",
            "total",
            "fiscal_annual",
            "appropriation",
            "carried_over",
            "other_annual",
            "fiscal",
            "other",
            "amount",
            "price",
        ];
        paths.contains(&self.path.as_str()) || self.path.starts_with("source.")
    }
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
    let mut columns = columns;
    listing.above(table.rows.get(..at).unwrap_or(&[]), &mut columns);
    for row in table.rows.iter().skip(at + 1) {
        let values = listing.values(row, &mut columns);
        if !values.values().any(is_sum) {
            listing.row(of, values);
        }
    }
    Some(listing).filter(|listing| !listing.rows.is_empty())
}

impl Listing {
    /// What the lines above the heads say: the year, and the unit of amounts whose heads say none.
    fn above(&mut self, rows: &[Vec<Cell>], columns: &mut [Column]) {
        let mut stated = None;
        for cell in rows.iter().flatten().filter(|cell| !cell.is_empty()) {
            let text = plain(&cell.text);
            let unit = unit_in(&text);
            stated = stated.or(unit);
            self.year = self.year.or_else(|| year_in(&text, "年"));
            if unit.is_none() {
                self.left.push(cell.found());
            }
        }
        for column in columns.iter_mut().filter(|column| column.is_of_amounts()) {
            column.unit = column.unit.or(stated);
            if column.unit.is_none() {
                self.without_unit.get_or_insert_with(|| column.head.clone());
            }
        }
    }

    /// The values of a row by their paths, with those of cells that reach down to it.
    fn values(&mut self, row: &[Cell], columns: &mut [Column]) -> BTreeMap<String, Found> {
        let mut values = BTreeMap::new();
        for column in columns.iter_mut() {
            if let Some((found, rest)) = column.over.take().filter(|(_, rest)| *rest > 0) {
                values.insert(column.path.clone(), found.clone());
                column.over = Some((found, rest - 1));
            }
        }
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            match columns.iter_mut().find(|column| cell.columns.contains(&column.start)) {
                Some(column) if column.path == "-" => self.needless.push(cell.place.clone()),
                Some(column) => {
                    let found = with_unit(cell.found(), column.unit.unwrap_or(""));
                    // An amount over several rows is one amount.
                    column.over =
                        (cell.rows > 1 && !column.is_of_amounts()).then(|| (found.clone(), cell.rows - 1));
                    values.insert(column.path.clone(), found);
                }
                None => self.left.push(cell.found()),
            }
        }
        values
    }

    /// A row of the project that it names; of costs and indicators, or of that of the row before.
    fn row(&mut self, of: Of, mut values: BTreeMap<String, Found>) {
        let last = self.rows.last();
        let name = values.remove(if of == Of::Projects { "name" } else { "project_name" });
        let above = last.filter(|_| of != Of::Projects).map(|row| row.project.clone());
        let Some(project) = name.or(above) else {
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
        let bare = text.strip_suffix("(万元)").or(text.strip_suffix("(元)")).unwrap_or(&text);
        let (_, path) = known.iter().find(|(word, _)| word == bare)?;
        let (start, unit) = (cell.columns.start, unit_in(&text));
        Some(Column { start, path: path.clone(), unit, head: cell.found(), over: None })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Profile, Templates};
    use crate::import::block::At;
    use crate::source::Sources;

    fn cell(text: &str, column: usize, rows: usize) -> Cell {
        let place = Place { file: String::new(), at: At::File };
        Cell { text: text.into(), en: None, columns: column..column + 1, rows, place }
    }

    #[test]
    fn a_merged_cell_is_of_each_of_its_rows_and_no_other() {
        let profile = Profile::read("shanghai-2024", &Templates::default(), &mut Sources::default()).unwrap();
        let heads = ["项目名称", "子项目", "费用名称", "金额（元）"];
        let rows = vec![
            heads.iter().enumerate().map(|(at, head)| cell(head, at, 1)).collect(),
            vec![cell("网站", 0, 3), cell("改版", 1, 2), cell("设计", 2, 1), cell("10", 3, 1)],
            vec![cell("开发", 2, 1), cell("20", 3, 1)],
            vec![cell("差旅费", 2, 1), cell("30", 3, 1)],
        ];
        let listing = read(&Table { rows, exact: true }, &Labels::of(&profile)).unwrap();
        let of = |row: &Row| {
            let item = row.item.as_ref().unwrap();
            (
                row.project.text.clone(),
                item.text("subproject").map(str::to_owned),
                item.text("amount").unwrap().to_owned(),
            )
        };
        let below = Some("改版".to_owned());
        assert_eq!(
            listing.rows.iter().map(of).collect::<Vec<_>>(),
            [
                ("网站".into(), below.clone(), "10元".into()),
                ("网站".into(), below, "20元".into()),
                ("网站".into(), None, "30元".into()),
            ]
        );
    }
}
