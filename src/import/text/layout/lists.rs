//! The rows of a list: what stands beside each other, and which rows a level stands for.

use std::ops::Range;

use super::cells::Piece;
use crate::import::block::continue_with;
use crate::import::labels::Labels;

/// A row: the columns of the head that each cell stands below, and the cell.
pub(super) type Row = Vec<(Range<usize>, Piece)>;

/// The rows of a list with these heads, from the cells below them.
pub(super) fn rows(heads: &[Piece], cells: Vec<Piece>, labels: &Labels) -> Vec<Row> {
    let columns: Vec<Column> = heads.iter().map(|head| Column::new(head, labels)).collect();
    let mut below: Vec<Vec<Piece>> = vec![Vec::new(); columns.len()];
    for cell in cells {
        let place = place(&columns, &cell, labels);
        if let Some(own) = place.and_then(|place| below.get_mut(place)) {
            own.push(cell);
        }
    }
    let Some(names) = columns.iter().position(|column| column.level.is_none()) else { return Vec::new() };
    let mut anchors: Vec<usize> =
        below.get(names).map_or_else(Vec::new, |own| own.iter().map(middle).collect());
    for (column, own) in columns.iter().zip(&below).skip(names + 1) {
        // A value far from every name is a row by itself.
        let alone = |cell: &&Piece| {
            column.level.is_none() && anchors.iter().all(|line| line.abs_diff(middle(cell)) > 2)
        };
        let further: Vec<usize> = own.iter().filter(alone).map(middle).collect();
        anchors.extend(further);
    }
    anchors.sort_unstable();
    anchors.dedup();
    let mut rows: Vec<Row> = vec![Vec::new(); anchors.len()];
    let mut values: Vec<Vec<Piece>> = vec![Vec::new(); anchors.len()];
    // Beside each other, the indicators of two terms each have their own 二级指标.
    let paired = columns.iter().filter(|column| column.level == Some(2)).count() > 1;
    for (column, own) in columns.iter().zip(below) {
        let spans = match column.level {
            Some(2) if paired => false,
            level => level.is_some() && own.len() < anchors.len(),
        };
        let places = if spans {
            groups(&anchors, &own)
        } else {
            own.iter().map(|cell| nearest(&anchors, cell)).collect()
        };
        for (cell, places) in own.into_iter().zip(places) {
            if column.level.is_none() {
                values.get_mut(places).into_iter().flatten().for_each(|row| row.push(cell.clone()));
                continue;
            }
            for row in rows.get_mut(places).into_iter().flatten() {
                row.push((column.columns.clone(), cell.clone()));
            }
        }
    }
    let open: Vec<&Column> = columns.iter().filter(|column| column.level.is_none()).collect();
    for row in &mut values {
        row.sort_by_key(|cell| cell.from);
        while row.len() > open.len() && join_nearest(row) {}
    }
    let seen = seen(&open, &values);
    for (row, own) in rows.iter_mut().zip(values) {
        let places = in_order(&seen, &own);
        row.extend(
            own.into_iter()
                .zip(places)
                .filter_map(|(cell, place)| Some((open.get(place)?.columns.clone(), cell))),
        );
    }
    rows
}

/// Joins the two cells of a row that overlap most: pieces of one that the layout put too far apart.
fn join_nearest(row: &mut Vec<Piece>) -> bool {
    let gap = |two: &[Piece]| match two {
        [one, other] => other.from.saturating_sub(one.to.min(other.to)),
        _ => usize::MAX,
    };
    let Some((at, _)) = row.windows(2).enumerate().min_by_key(|(_, two)| gap(two)) else { return false };
    let other = row.remove(at + 1);
    let Some(one) = row.get_mut(at) else { return false };
    let (mut first, second) =
        if other.first < one.first { (other, one.clone()) } else { (one.clone(), other) };
    continue_with(&mut first.text, &second.text);
    first.from = first.from.min(second.from);
    first.to = first.to.max(second.to);
    *one = first;
    true
}

/// Where the values of each column stand, by the rows that have one below every head; the head's own place where none has.
fn seen(columns: &[&Column], rows: &[Vec<Piece>]) -> Vec<Range<usize>> {
    let full: Vec<&Vec<Piece>> = rows.iter().filter(|row| row.len() == columns.len()).collect();
    let place = |at: usize, column: &&Column| {
        let own = || full.iter().filter_map(|row| row.get(at));
        let from = own().map(|cell| cell.from).min().unwrap_or(column.columns.start);
        let to = own().map(|cell| cell.to).max().unwrap_or(column.columns.end);
        from..to
    };
    columns.iter().enumerate().map(|(at, column)| place(at, column)).collect()
}

/// The columns of the cells of a row, from left to right: all of them, or each the nearest that leaves room for the rest.
fn in_order(seen: &[Range<usize>], row: &[Piece]) -> Vec<usize> {
    let mut next = 0;
    row.iter()
        .enumerate()
        .map(|(at, cell)| {
            let further = row.len() - at - 1;
            let end = seen.len().saturating_sub(further).max(next + 1);
            let away = |place: &usize| {
                seen.get(*place).map_or(usize::MAX, |own| (own.start + own.end).abs_diff(cell.from + cell.to))
            };
            let place = (next..end).min_by_key(away).unwrap_or(next);
            next = place + 1;
            place
        })
        .collect()
}

struct Column {
    columns: Range<usize>,
    /// 1 or 2 for 一级指标 and 二级指标.
    level: Option<u8>,
}

impl Column {
    fn new(head: &Piece, labels: &Labels) -> Column {
        let level = match labels.column(&head.plain) {
            Some(path) if path.ends_with("level1") => Some(1),
            Some(path) if path.ends_with("level2") => Some(2),
            _ => None,
        };
        Column { columns: head.from..head.to, level }
    }
}

/// The column whose head is nearest, that of its level for a word of the tree.
fn place(columns: &[Column], cell: &Piece, labels: &Labels) -> Option<usize> {
    let away = |column: &Column| {
        let (head, own) = (column.columns.start + column.columns.end, cell.from + cell.to);
        let gap = column.columns.start.saturating_sub(cell.to) + cell.from.saturating_sub(column.columns.end);
        (gap, head.abs_diff(own))
    };
    let kind = labels.kind(&cell.plain).is_some();
    let level1 = labels.is_level1(&cell.plain);
    let fits = |column: &Column| match column.level {
        Some(1) => level1 || !kind,
        Some(_) => kind || !level1,
        None => !kind && !level1,
    };
    let all = columns.iter().enumerate();
    let fitting = all.clone().filter(|(_, column)| fits(column)).min_by_key(|(_, column)| away(column));
    fitting.or_else(|| all.min_by_key(|(_, column)| away(column))).map(|(at, _)| at)
}

/// The middle of a cell, doubled.
fn middle(cell: &Piece) -> usize {
    cell.first + cell.last
}

fn nearest(anchors: &[usize], cell: &Piece) -> Range<usize> {
    let best = anchors.iter().enumerate().min_by_key(|(_, line)| line.abs_diff(middle(cell)));
    best.map_or(0..0, |(at, _)| at..at + 1)
}

/// The rows that each of some labels stands for, when each stands in the middle of its own.
fn groups(anchors: &[usize], labels: &[Piece]) -> Vec<Range<usize>> {
    let mut start = 0;
    let count = labels.len();
    labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let further = count - at - 1;
            let most = anchors.len().saturating_sub(further + 1).max(start);
            let first = anchors.get(start).copied().unwrap_or(0);
            let off = |end: &usize| {
                anchors.get(*end).map_or(usize::MAX, |last| (first + last).abs_diff(middle(label) * 2))
            };
            let end = if further == 0 { most } else { (start..=most).min_by_key(off).unwrap_or(start) };
            let own = start..(end + 1).min(anchors.len());
            start = end + 1;
            own
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: usize) -> Piece {
        Piece {
            text: String::new(),
            plain: String::new(),
            from: 0,
            to: 1,
            first: line,
            last: line,
            label: false,
        }
    }

    #[test]
    fn a_label_stands_for_the_rows_around_it() {
        // Rows on the lines 0, 2, 4, 6; the first label between the first two, the second on the third.
        let anchors = [0, 4, 8, 12];
        assert_eq!(groups(&anchors, &[label(1), label(4), label(6)]), [0..2, 2..3, 3..4]);
        assert_eq!(groups(&anchors, &[label(2), label(6)]), [0..3, 3..4]);
        assert_eq!(groups(&anchors, &[label(3)]), std::slice::from_ref(&(0..4)));
    }
}
