//! Forms of declarations at their limits: nothing is cut, nothing overlaps.

use proptest::prelude::*;
use shenbao::export::form::{Printed, forms};
use shenbao::export::sheet::Book as Made;
use shenbao::lang::Lang;
use shenbao::pipeline::{Whole, prepare};

use crate::book::Book;
use crate::common::Files;
use crate::{made, whole};

/// The forms of a declaration, and how many there are.
fn book(whole: &Whole, languages: &[Lang]) -> (Vec<u8>, usize) {
    let mut book = Made::new("", "", whole.declaration.date).unwrap();
    let count = forms(&mut book, Printed { whole, languages, evaluation: None, public: false }).unwrap();
    (book.bytes().unwrap(), count)
}

#[test]
fn a_goal_of_many_pages_stands_in_one_cell_of_several_rows() {
    let goal = "保障网络畅通，及时处置故障。".repeat(400);
    let files = Files::good().change("projects/1-network.toml", "保障网络畅通。", &goal);
    let folder = files.write();
    let (bytes, _) = book(&whole(folder.path()), &[Lang::Zh]);
    let read = Book::read(&bytes);
    let sheet = read.sheet(&read.names[0]);
    assert!(sheet.values.values().any(|value| value.to_string() == goal));
    // Higher rows than a sheet has are divided, with the cells below them further down.
    let last = sheet.rows();
    let short = whole(Files::good().write().path());
    let before = Book::read(&book(&short, &[Lang::Zh]).0);
    assert!(last > before.sheet(&before.names[0]).rows() + 3, "{last}");
    read.recomputed();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_random_declaration_has_forms_whose_totals_are_formulas(files in made::declaration()) {
        let folder = files.0.write();
        let prepared = prepare(folder.path());
        let Some(whole) = prepared.whole.filter(|_| !prepared.findings.has_errors()) else { return Ok(()) };
        for languages in [&[Lang::Zh][..], &[Lang::En, Lang::Zh]] {
            let (bytes, count) = book(&whole, languages);
            prop_assert_eq!(count, whole.declaration.projects.len());
            let book = Book::read(&bytes);
            prop_assert!(book.recomputed() >= 2 * count);
        }
    }
}
