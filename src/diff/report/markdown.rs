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

/// What stands between two characters that a code host would read together; a backslash does not part them, since
/// mentions and references are looked for in the rendered text.
const BREAK: &str = "<!-- -->";

/// Marks that would lay out the text stand for themselves, and nobody is mentioned, no issue referred to, no link made.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        let leads = matches!(ch, '-' | '+' | '=') && out.is_empty();
        let number = matches!(ch, '.' | ')') && !out.is_empty() && out.chars().all(|ch| ch.is_ascii_digit());
        let mark =
            matches!(ch, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '!');
        let ends_number = number && chars.peek().is_none_or(|next| next.is_whitespace());
        if mark || ends_number || leads && chars.peek().is_none_or(|next| next.is_whitespace() || *next == ch)
        {
            out.push('\\');
        }
        out.push(if matches!(ch, '\n' | '\r') { ' ' } else { ch });
        let parted = chars.peek().is_some_and(|next| match ch {
            '@' => next.is_alphanumeric(),
            '#' => next.is_ascii_digit(),
            ':' => next.is_ascii_alphabetic() || *next == '/',
            '-' => next.is_ascii_digit() && out.to_ascii_lowercase().ends_with("gh-"),
            '.' => out.to_ascii_lowercase().ends_with("www."),
            _ => false,
        });
        if parted {
            out.push_str(BREAK);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_mentioned_and_no_issue_is_referred_to() {
        assert_eq!(escape("请@octocat核对"), "请@<!-- -->octocat核对");
        assert_eq!(escape("见#123、org/repo#4"), "见\\#<!-- -->123、org/repo\\#<!-- -->4");
        assert_eq!(escape("GH-12 a@b.cn"), "GH-<!-- -->12 a@<!-- -->b.cn");
        assert_eq!(
            escape("https://x.cn www.x.cn :tada:"),
            "https:<!-- -->//x.cn www.<!-- -->x.cn :<!-- -->tada:"
        );
    }

    #[test]
    fn html_formulas_and_images_stay_text() {
        assert_eq!(escape("<img src=x>"), "\\<img src=x\\>");
        assert_eq!(escape("$a$ ![b](c) |"), "\\$a\\$ \\!\\[b\\](c) \\|");
    }

    #[test]
    fn a_leading_mark_begins_no_list() {
        assert_eq!(escape("- 甲"), "\\- 甲");
        assert_eq!(escape("1. 甲"), "1\\. 甲");
        assert_eq!(escape("-5%，1.5倍"), "-5%，1.5倍");
    }
}
