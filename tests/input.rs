//! Malformed declarations: each mistake is told once, with its code, at its line and column.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;
#[path = "input/mutations.rs"]
mod mutations;
#[path = "input/table.rs"]
mod table;

use common::Files;
use table::Row;

#[test]
fn the_declaration_that_the_table_changes_has_no_mistake() {
    assert_eq!(Files::good().check().findings(), Vec::<String>::new());
}

#[test]
fn every_malformed_input_gets_its_code_line_and_column_and_nothing_else() {
    let rows = table::rows(include_str!("input/malformed.txt"));
    assert!(rows.len() >= 200, "only {} rows", rows.len());
    let wrong: Vec<String> = rows.iter().filter_map(Row::verdict).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ; they give:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}
