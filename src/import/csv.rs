//! CSV: one table, its cells set apart by commas, semicolons or tabs.

use super::block::{At, Block, Cell, Place, Table};
use super::refusal::{Refusal, damaged, too_large};
use super::room::{MOST_CELLS, Room};

/// The rows of a text as a table.
pub(super) fn blocks(file: &str, text: &str) -> Result<Vec<Block>, Refusal> {
    let head = text.lines().next().unwrap_or("");
    let count = |mark: char| head.matches(mark).count();
    let delimiter =
        [',', ';', '\t'].into_iter().max_by_key(|mark| (count(*mark), *mark == ',')).unwrap_or(',');
    // Commas of amounts among them; the reader takes memory for a whole row.
    if text.matches(delimiter).count() > 4 * MOST_CELLS {
        return Err(too_large());
    }
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let (mut rows, mut room) = (Vec::new(), Room::default());
    for record in reader.records() {
        let record = record.map_err(|_| damaged())?;
        record.iter().try_for_each(|text| room.take(text.len()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(0);
        let cells = record.iter().enumerate().map(|(at, text)| Cell {
            text: text.trim().to_owned(),
            en: None,
            columns: at..at + 1,
            rows: 1,
            place: Place { file: file.to_owned(), at: At::Separated { line, column: at + 1 } },
        });
        rows.push(cells.collect());
    }
    Ok(vec![Block::Table(Table { rows, exact: true })])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_set_apart_as_the_first_line_does() {
        for text in ["甲,乙\n\"1,018\",丙", "甲;乙\n1,018;丙", "甲\t乙\n1,018\t丙"] {
            let Ok(blocks) = blocks("a.csv", text) else { panic!("{text}") };
            let Some(Block::Table(table)) = blocks.first() else { panic!("{text}") };
            let texts: Vec<&str> = table.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
            assert_eq!(texts, ["甲", "乙", "1,018", "丙"], "{text}");
        }
    }
}
