//! The report as one page that needs nothing else, in the light or the dark as the reader has it.

use super::super::table::{Datum, Table};
use super::{Unit, is_right, listed, shown, title, units};
use crate::diagnostic::Severity;
use crate::lang::{Lang, say};

const STYLE: &str = include_str!("style.css");

/// The page.
pub fn html(all: &[Unit], lang: Lang) -> String {
    let (title, tag) = (escaped(&title(lang)), lang.tag());
    let sums = units(all, lang);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    // The first cell of a unit leads to its findings.
    let linked = |row: usize, text: &str| match all.get(row) {
        Some(unit) if !unit.findings.is_empty() => format!("<a href=\"#u{row}\">{text}</a>"),
        _ => text.to_owned(),
    };
    out.push_str(&table(&sums, |row| all.get(row).map(worst), linked));
    for (unit, number) in all.iter().zip(0_usize..).filter(|(unit, _)| !unit.findings.is_empty()) {
        let (folder, name) = (escaped(&unit.folder), escaped(unit.unit.get(lang)));
        out.push_str(&format!("<h2 id=\"u{number}\">{name} <small>{folder}</small></h2>\n"));
        let mut found = listed(std::slice::from_ref(unit), lang);
        // The heading says the folder and the unit.
        found.columns.drain(..2);
        found.rows.iter_mut().for_each(|row| drop(row.drain(..2)));
        let class = |row: usize| unit.findings.get(row).map(|found| class_of(found.severity));
        out.push_str(&table(&found, class, |_, text| text.to_owned()));
    }
    if all.iter().all(|unit| unit.findings.is_empty()) {
        let none = say!("没有发现问题。", "Nothing was found.");
        out.push_str(&format!("<p>{}</p>\n", none.get(lang)));
    }
    out + "</body>\n</html>\n"
}

fn class_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The class of a unit: that of its worst finding.
fn worst(unit: &Unit) -> &'static str {
    let severities = [Severity::Error, Severity::Warning];
    severities.into_iter().find(|one| unit.count(*one) > 0).map_or("", class_of)
}

fn table(
    table: &Table,
    class: impl Fn(usize) -> Option<&'static str>,
    first: impl Fn(usize, &str) -> String,
) -> String {
    let mut out = String::from("<div class=\"wide\"><table>\n<thead><tr>");
    for column in &table.columns {
        out.push_str(&format!("<th{}>{}</th>", right(is_right(column)), escaped(&column.head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let last = table.rows.len().saturating_sub(1);
    for (row, number) in table.rows.iter().zip(0_usize..) {
        let class = if table.has_sum && number == last { Some("sum") } else { class(number) };
        let class = class.filter(|class| !class.is_empty());
        out.push_str(&class.map_or("<tr>".to_owned(), |class| format!("<tr class=\"{class}\">")));
        for ((cell, column), place) in row.iter().zip(&table.columns).zip(0..) {
            let text = escaped(&shown(cell)).replace('\n', "<br>");
            let text = if place == 0 { first(number, &text) } else { text };
            let side = right(is_right(column) && !matches!(cell, Datum::Text(_)));
            out.push_str(&format!("<td{side}>{text}</td>"));
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table></div>\n"
}

fn right(is_right: bool) -> &'static str {
    if is_right { " class=\"right\"" } else { "" }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ch => out.push(ch),
        }
    }
    out
}
