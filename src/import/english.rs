//! Cells with the English below the Chinese, as forms in two languages have them.

use super::block::{Block, Cell, plain};
use crate::lang::is_han;

/// The fewest cells that say their Chinese again in English, for a file to be taken as one in two languages.
const FEWEST: usize = 5;

/// Takes the English out of the cells of a file in two languages: of one in which at least half of the cells with Chinese
/// have it, so that a model or a name in Latin letters stays what it is elsewhere.
pub(super) fn divide(blocks: &mut [Block]) {
    let cells = || blocks.iter().flat_map(cells_of).filter(|cell| cell.text.chars().any(is_han));
    let both = cells().filter(|cell| halves(&cell.text).is_some()).count();
    if both < FEWEST || both * 2 < cells().count() {
        return;
    }
    for block in blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flatten() {
            if let Some((chinese, english)) = split(&cell.text) {
                let (chinese, english) = (chinese.to_owned(), english.to_owned());
                cell.text = chinese;
                cell.en = Some(english);
            }
        }
    }
}

fn cells_of(block: &Block) -> impl Iterator<Item = &Cell> {
    let rows = match block {
        Block::Table(table) => table.rows.as_slice(),
        Block::Paragraph(_) => &[],
    };
    rows.iter().flatten()
}

/// The two languages of a cell, where the second says something in words.
fn halves(text: &str) -> Option<(&str, &str)> {
    split(text).filter(|(_, english)| english.contains(|ch: char| ch.is_ascii_alphabetic()))
}

/// The lines with Chinese, and those behind them without any; of what is written alike in both languages, such as a number
/// with its unit, two lines that differ in spaces alone.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some((first, second)) =
        text.split_once('\n').filter(|(first, second)| plain(first) == plain(second))
    {
        return Some((first.trim(), second.trim()));
    }
    let last = text.rfind(is_han)?;
    let end = last + text.get(last..)?.find('\n')?;
    Some((text.get(..end)?.trim(), text.get(end..)?.trim())).filter(|(_, english)| !english.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::{At, Place, Table};

    fn divided(texts: &[&str]) -> Vec<(String, Option<String>)> {
        let place = Place { file: String::new(), at: At::File };
        let cell = |text: &&str| Cell {
            text: (*text).into(),
            en: None,
            columns: 0..1,
            rows: 1,
            place: place.clone(),
        };
        let mut blocks = [Block::Table(Table { rows: vec![texts.iter().map(cell).collect()], exact: true })];
        divide(&mut blocks);
        cells_of(&blocks[0]).map(|cell| (cell.text.clone(), cell.en.clone())).collect()
    }

    #[test]
    fn english_is_taken_out_of_forms_in_two_languages() {
        let form = [
            "名称\nName",
            "期限\nPeriod",
            "目标\nGoal",
            "≥114处\n≥114 points",
            "一、甲\n二、乙\nOne\nTwo",
            "负责人",
            "≥200TB\n≥200 TB",
        ];
        let cells = divided(&form);
        assert_eq!(cells[3], ("≥114处".into(), Some("≥114 points".into())));
        assert_eq!(cells[4], ("一、甲\n二、乙".into(), Some("One\nTwo".into())));
        assert_eq!(cells[5], ("负责人".into(), None));
        assert_eq!(cells[6], ("≥200TB".into(), Some("≥200 TB".into())));
    }

    #[test]
    fn latin_lines_of_a_form_in_chinese_stay_where_they_are() {
        let form = ["名称", "期限", "目标", "型号\nThinkPad", "系统\nOA", "负责人", "电话\n010-1"];
        assert!(divided(&form).iter().all(|(_, english)| english.is_none()));
    }
}
