//! The texts of a form as a cell of a sheet holds them: languages below each other, a line each paragraph.

use crate::document::Pair;
use crate::document::parts::{BlockPart, Blocks};
use crate::lang::Lang;

/// What breaks a line within a paragraph, in texts of documents.
const LINE_BREAK: char = '\u{2028}';

fn in_lang(pair: &Pair, lang: Lang) -> Option<&String> {
    match lang {
        Lang::Zh => pair.zh.as_ref(),
        Lang::En => pair.en.as_ref(),
    }
}

/// A text in the languages that are printed, each once.
pub(super) fn of_pair(pair: &Pair, languages: &[Lang]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for text in languages.iter().filter_map(|lang| in_lang(pair, *lang)) {
        if !text.is_empty() && !lines.contains(&text.as_str()) {
            lines.push(text);
        }
    }
    lines.join("\n").replace(LINE_BREAK, "\n")
}

/// Paragraphs and lists, language after language.
pub(super) fn of_blocks(blocks: &Blocks, languages: &[Lang]) -> String {
    let in_lang = |lang: &Lang| match lang {
        Lang::Zh => blocks.zh.as_ref(),
        Lang::En => blocks.en.as_ref(),
    };
    let mut texts: Vec<String> = Vec::new();
    for text in languages.iter().filter_map(in_lang).map(|own| paragraphs(own)) {
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("\n").replace(LINE_BREAK, "\n")
}

fn paragraphs(blocks: &[BlockPart]) -> String {
    let lines = blocks.iter().flat_map(|block| match block {
        BlockPart::Paragraph { text } | BlockPart::Subheading { text } => vec![text.clone()],
        BlockPart::List { items } => items.iter().map(|item| listed(&item.marker, &item.text)).collect(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `（1）甲`, `1. a`: a space behind a mark that has none of its own.
fn listed(marker: &str, text: &str) -> String {
    let close = marker.ends_with(['）', '、']);
    format!("{marker}{}{text}", if close { "" } else { " " })
}
