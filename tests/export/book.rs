//! Reads workbooks back, and computes their formulas anew.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_decimal::{Decimal, RoundingStrategy};

/// A sheet: values and formulas by row and column, counted from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    pub values: BTreeMap<(usize, usize), Data>,
    pub formulas: BTreeMap<(usize, usize), String>,
}

impl Sheet {
    /// What a cell shows, without the format of numbers.
    pub fn text(&self, row: usize, column: usize) -> String {
        self.values.get(&(row, column)).map_or_else(String::new, ToString::to_string)
    }

    /// The texts of a row, as far as its last cell.
    pub fn row(&self, row: usize) -> Vec<String> {
        let last = self.values.keys().filter(|(own, _)| *own == row).map(|(_, column)| *column).max();
        last.map_or_else(Vec::new, |last| (0..=last).map(|column| self.text(row, column)).collect())
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.values.keys().map(|(row, _)| row + 1).max().unwrap_or(0)
    }
}

/// The sheets of a workbook, in their order.
#[derive(Debug)]
pub struct Book {
    pub names: Vec<String>,
    pub sheets: BTreeMap<String, Sheet>,
}

impl Book {
    pub fn read(bytes: &[u8]) -> Book {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
        let names = book.sheet_names().clone();
        let mut sheets = BTreeMap::new();
        for name in &names {
            let values = book.worksheet_range(name).unwrap();
            let formulas = book.worksheet_formula(name).unwrap();
            let placed = |start: Option<(u32, u32)>, (row, column): (usize, usize)| {
                let (first, left) = start.unwrap_or_default();
                (row + first as usize, column + left as usize)
            };
            let sheet = Sheet {
                values: values
                    .used_cells()
                    .map(|(row, column, value)| (placed(values.start(), (row, column)), value.clone()))
                    .collect(),
                formulas: formulas
                    .used_cells()
                    .filter(|(_, _, formula)| !formula.is_empty())
                    .map(|(row, column, formula)| (placed(formulas.start(), (row, column)), formula.clone()))
                    .collect(),
            };
            sheets.insert(name.clone(), sheet);
        }
        Book { names, sheets }
    }

    pub fn sheet(&self, name: &str) -> &Sheet {
        self.sheets.get(name).unwrap_or_else(|| panic!("no sheet {name} among {:?}", self.names))
    }

    /// Holds each formula to the result that is written beside it, and gives their number.
    pub fn recomputed(&self) -> usize {
        let mut count = 0;
        for (name, sheet) in &self.sheets {
            for (place, formula) in &sheet.formulas {
                let written: Decimal = sheet.text(place.0, place.1).parse().unwrap();
                let computed = self.compute(name, formula);
                assert!(
                    (written - computed).abs() < Decimal::new(1, 8),
                    "{name} {place:?} {formula}: {written}"
                );
                count += 1;
            }
        }
        count
    }

    fn compute(&self, sheet: &str, formula: &str) -> Decimal {
        let mut rest = formula.trim_start_matches('=');
        let value = self.sum(sheet, &mut rest);
        assert_eq!(rest, "", "{formula}");
        value
    }

    fn sum(&self, sheet: &str, rest: &mut &str) -> Decimal {
        let mut value = self.product(sheet, rest);
        while let Some(sign) = rest.chars().next().filter(|ch| matches!(ch, '+' | '-')) {
            *rest = &rest[1..];
            let further = self.product(sheet, rest);
            value = if sign == '+' { value + further } else { value - further };
        }
        value
    }

    fn product(&self, sheet: &str, rest: &mut &str) -> Decimal {
        let mut value = self.factor(sheet, rest);
        while let Some(sign) = rest.chars().next().filter(|ch| matches!(ch, '*' | '/')) {
            *rest = &rest[1..];
            let further = self.factor(sheet, rest);
            value = if sign == '*' { value * further } else { value / further };
        }
        value
    }

    fn factor(&self, sheet: &str, rest: &mut &str) -> Decimal {
        if let Some(inner) = rest.strip_prefix("ROUND(") {
            *rest = inner;
            let value = self.sum(sheet, rest);
            let (digits, further) = rest.strip_prefix(',').unwrap().split_once(')').unwrap();
            *rest = further;
            return value
                .round_dp_with_strategy(digits.parse().unwrap(), RoundingStrategy::MidpointAwayFromZero);
        }
        if let Some(inner) = rest.strip_prefix("SUM(") {
            let (ranges, further) = inner.split_once(')').unwrap();
            *rest = further;
            return ranges.split(',').map(|range| self.range(sheet, range)).sum();
        }
        let end = rest.find(['+', '-', '*', '/', ',', ')']).unwrap_or(rest.len());
        let (own, further) = rest.split_at(end);
        *rest = further;
        own.parse().unwrap_or_else(|_| self.range(sheet, own))
    }

    /// The sum of `'sheet'!A1:B2`; a cell with a formula counts as what that gives.
    fn range(&self, sheet: &str, range: &str) -> Decimal {
        let (sheet, cells) = match range.rsplit_once('!') {
            Some((name, cells)) => (name.trim_matches('\'').replace("''", "'"), cells),
            None => (sheet.to_owned(), range),
        };
        let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
        let ((top, left), (bottom, right)) = (place(first), place(last));
        let own = self.sheet(&sheet);
        let mut sum = Decimal::ZERO;
        for at in (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))) {
            sum += match own.formulas.get(&at) {
                Some(formula) => self.compute(&sheet, formula),
                None => own.text(at.0, at.1).parse().unwrap_or_default(),
            };
        }
        sum
    }
}

/// Row and column of `B3`, from 0.
pub fn place(cell: &str) -> (usize, usize) {
    let digits = cell.find(|ch: char| ch.is_ascii_digit()).unwrap();
    let column = cell[..digits].bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (cell[digits..].parse::<usize>().unwrap() - 1, column - 1)
}
