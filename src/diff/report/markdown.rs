//! For a comment on a pull request.

use super::super::tree::Piece;
use super::Entry;
use super::outline::{Part, Passage, outline};
use super::print::Unit;
use super::summary::summary;
use crate::lang::{Lang, say};

/// Writes differences as Markdown, a heading line for each declaration.
pub fn markdown(entries: &[Entry], lang: Lang) -> String {
    let unit = Unit::of(entries, lang);
    let mut blocks = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.is_empty()) {
        let mut out = format!("**{}**\n", escape(&summary(entry, unit, lang)));
        for part in entry.difference.iter().flat_map(|difference| outline(difference, unit, lang)) {
            write(&part, lang, &mut out);
        }
        blocks.push(out);
    }
    blocks.join("\n---\n\n")
}

fn write(part: &Part, lang: Lang, out: &mut String) {
    if let Some(title) = &part.title {
        out.push_str(&format!("\n#### {}\n", escape(title)));
    }
    if !part.rows.is_empty() {
        let head = say!("| 内容 | 原 | 现 | 增减 | 幅度 |", "| CNY | Old | New | Difference | Percent |");
        out.push_str(&format!("\n{}\n|:---|---:|---:|---:|---:|\n", head.get(lang)));
        for row in &part.rows {
            let indent = "\u{2003}".repeat(row.depth);
            let cells: Vec<String> = row.cells.iter().map(|cell| escape(cell)).collect();
            out.push_str(&format!("| {indent}{} | {} |\n", escape(&row.label), cells.join(" | ")));
        }
    }
    if !part.remarks.is_empty() || !part.texts.is_empty() {
        out.push('\n');
    }
    for remark in &part.remarks {
        out.push_str(&format!("- {}\n", escape(remark)));
    }
    for passage in &part.texts {
        text(passage, lang, out);
    }
}

fn text(passage: &Passage, lang: Lang, out: &mut String) {
    let label = escape(&passage.label);
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let values = passage.values.as_deref().map(escape);
    if passage.sentences.is_empty() {
        out.push_str(&format!("- {label}{colon}{}\n", values.unwrap_or_default()));
        return;
    }
    out.push_str(&format!("- {label}{}\n", colon.trim_end()));
    for sentence in &passage.sentences {
        out.push_str(&format!("  > {}\n  >\n", words(sentence)));
    }
    match values {
        Some(values) => out.push_str(&format!("  > {values}\n")),
        None => out.truncate(out.len() - "  >\n".len()),
    }
}

/// Spaces around what changed: marks beside Chinese punctuation are not read as marks without them.
fn words(sentence: &[Piece]) -> String {
    let mut out = String::new();
    for piece in sentence {
        let (mark, text) = match piece {
            Piece::Same(text) => ("", text),
            Piece::Old(text) => ("~~", text),
            Piece::New(text) => ("**", text),
        };
        let text = escape(text);
        if mark.is_empty() {
            out.push_str(&text);
            continue;
        }
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&format!("{mark}{}{mark} ", text.trim()));
    }
    out.replace("  ", " ").trim().to_owned()
}

/// Marks that would lay out the text stand for themselves.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        if matches!(ch, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&') {
            out.push('\\');
        }
        out.push(if ch == '\n' { ' ' } else { ch });
    }
    out
}
