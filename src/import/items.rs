//! A row of a list: an indicator, a cost, a step of the schedule, by the heads of its columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::{Cell, Found, plain};
use super::labels::Labels;
use crate::paths::List;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The path of its values.
    pub path: String,
    /// Where its head stands.
    pub columns: Range<usize>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which list it is of.
    pub list: List,
    /// Its values by the last word of their paths, `name` or `target`; of two lists side by side, by the whole path.
    pub values: BTreeMap<String, Found>,
}

impl Item {
    /// The value with this key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.values.get(key)
    }

    /// The text of that value.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|found| found.text.as_str())
    }
}

/// Reads a row; `last` is the item before it, whose levels go on where a row has none. `None` when there is nothing that
/// could be an item.
pub fn item(
    row: &[Cell],
    list: List,
    columns: &[Column],
    labels: &Labels,
    exact: bool,
    last: Option<&Item>,
) -> Option<Item> {
    let start = columns.first().map_or(0, |column| column.columns.start);
    let cells: Vec<&Cell> = row
        .iter()
        .filter(|cell| {
            let text = plain(&cell.text);
            let beside = if exact { cell.columns.end <= start } else { cell.columns.start <= start };
            let side = beside && labels.is_side_piece(&text) && !labels.is_level1(&text);
            !text.is_empty() && !side && (exact || text.chars().any(char::is_alphanumeric))
        })
        .collect();
    let mut item = Item { list, values: BTreeMap::new() };
    if exact {
        for cell in cells {
            let middle = cell.middle();
            let over = |column: &&Column| {
                (column.columns.start * 2..column.columns.end * 2).contains(&middle)
                    || (cell.columns.start..cell.columns.end).contains(&column.columns.start)
            };
            if let Some(column) = columns.iter().find(over) {
                put(&mut item, &column.path, cell);
            }
        }
    } else if has_levels(list) {
        levelled(&mut item, &cells, columns, labels);
    } else {
        nearest(&mut item, &cells, columns);
    }
    carry(&mut item, list, last);
    let named = item.values.keys().any(|key| !key.ends_with("level1") && !key.ends_with("level2"));
    named.then_some(item)
}

fn has_levels(list: List) -> bool {
    matches!(list, List::Indicator | List::OverallIndicator | List::IndicatorPair)
}

fn put(item: &mut Item, path: &str, cell: &Cell) {
    let key = match item.list {
        List::IndicatorPair => path,
        _ => path.rsplit('.').next().unwrap_or(path),
    };
    match item.values.get_mut(key) {
        Some(own) => own.go_on(&cell.text, cell.en.as_deref()),
        None => {
            item.values.insert(key.to_owned(), cell.found());
        }
    }
}

/// The levels by the words of the tree, the rest by the order of the columns.
fn levelled(item: &mut Item, cells: &[&Cell], columns: &[Column], labels: &Labels) {
    let mut rest: &[Column] = columns;
    for (at, cell) in cells.iter().enumerate() {
        let text = plain(&cell.text);
        let next = cells.get(at + 1).map(|cell| plain(&cell.text));
        let before_kind = next.is_some_and(|next| labels.kind(&next).is_some());
        let is_kind = labels.kind(&text).is_some();
        let level = if labels.is_level1(&text) && (before_kind || !is_kind) {
            Some("level1")
        } else if is_kind {
            Some("level2")
        } else {
            None
        };
        let left = cells.len() - at;
        let place = match level {
            Some(level) => rest.iter().position(|column| column.path.ends_with(level)),
            None => {
                let open = rest.iter().position(|column| !column.path.contains(".level"));
                match open {
                    // The first is a name; the last ones stand below their heads.
                    Some(open)
                        if left < rest.len() - open
                            && at > 0
                            && !rest.get(open).is_some_and(|own| own.path.ends_with("name")) =>
                    {
                        let further = rest.iter().enumerate().skip(open);
                        further
                            .min_by_key(|(_, own)| {
                                (own.columns.start + own.columns.end).abs_diff(cell.middle())
                            })
                            .map(|(at, _)| at)
                    }
                    open => open,
                }
            }
        };
        if let Some(column) = place.and_then(|place| rest.get(place)) {
            put(item, &column.path, cell);
            rest = rest.get(place.map_or(0, |place| place + 1)..).unwrap_or(&[]);
        }
    }
}

/// Each cell below the nearest head, from left to right.
fn nearest(item: &mut Item, cells: &[&Cell], columns: &[Column]) {
    let mut from = 0;
    for (at, cell) in cells.iter().enumerate() {
        let left = cells.len() - at - 1;
        let to = columns.len().saturating_sub(left).max(from);
        let open = columns.iter().enumerate().take(to).skip(from);
        let best = open.min_by_key(|(_, own)| (own.columns.start + own.columns.end).abs_diff(cell.middle()));
        if let Some((place, column)) = best {
            put(item, &column.path, cell);
            from = place + 1;
        }
    }
}

/// Levels that stand once for several rows.
pub(super) fn carry(item: &mut Item, list: List, last: Option<&Item>) {
    let keys: &[&str] = match list {
        List::IndicatorPair => &["indicator_pair.level1"],
        List::Indicator | List::OverallIndicator => &["level2", "level1"],
        List::Cost => &["subproject"],
        _ => return,
    };
    for key in keys {
        let missing = !item.values.contains_key(*key);
        // 二级指标 of another 一级指标 does not go on.
        let changed = *key == "level2" && item.values.contains_key("level1");
        if missing
            && !changed
            && let Some(found) = last.and_then(|last| last.get(key))
        {
            item.values.insert((*key).to_owned(), found.clone());
        }
    }
}
