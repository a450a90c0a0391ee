//! The report as Markdown, for a page of a wiki or a comment.

use super::super::table::Table;
use super::{Unit, is_right, listed, shown, title, units};
use crate::lang::Lang;

/// The two tables under headings.
pub fn markdown(all: &[Unit], lang: Lang) -> String {
    let found = listed(all, lang);
    let mut out = format!("# {}\n\n{}", title(lang), table(&units(all, lang)));
    if !found.rows.is_empty() {
        out.push_str(&format!("\n## {}\n\n{}", found.name, table(&found)));
    }
    out
}

fn table(table: &Table) -> String {
    let line = |cells: Vec<String>| {
        let cells = cells.into_iter().map(|cell| if cell.is_empty() { cell } else { format!("{cell} ") });
        format!("| {}|\n", cells.collect::<Vec<_>>().join("| "))
    };
    let mut out = line(table.columns.iter().map(|column| escaped(&column.head)).collect());
    let rules = table.columns.iter().map(|column| if is_right(column) { "---:|" } else { "---|" });
    out.push_str(&format!("|{}\n", rules.collect::<String>()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell| escaped(&shown(cell))).collect()));
    }
    out
}

/// The text as it stands, in one line of a table.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '&' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(ch);
            }
            '\n' => out.push_str("<br>"),
            ch => out.push(ch),
        }
    }
    out
}
