//! A file into what can be recognised, by what it is and not by its name alone.

use super::block::{Block, plain};
use super::labels::Labels;
use super::text::{Line, blocks, decode, lines};
use crate::form::Profile;
use crate::lang::{Words, say};

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name, without its folder.
    pub file: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Lines, which the labels of a form make into blocks.
    Lines(Vec<Line>),
    /// Paragraphs and tables.
    Blocks(Vec<Block>),
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: Words,
    /// What to do about it.
    pub hint: Option<Words>,
}

/// Reads the bytes of a file.
pub fn open(file: &str, bytes: &[u8]) -> Result<Source, Refusal> {
    let content = match decode(bytes) {
        Some(text) => Content::Lines(lines(&text)),
        None => return Err(unknown()),
    };
    Ok(Source { file: file.to_owned(), content })
}

fn unknown() -> Refusal {
    Refusal {
        message: say!("无法识别文件的类型", "the kind of the file is unknown"),
        hint: Some(say!(
            "可读取 .docx、.xlsx、.xls、.et、.csv 和文本文件",
            "files of text, .docx, .xlsx, .xls, .et and .csv can be read"
        )),
    }
}

/// The texts of a source for comparing, one a line or cell.
fn plains(source: &Source) -> Vec<String> {
    match &source.content {
        Content::Lines(lines) => lines.iter().map(|line| plain(&line.text)).collect(),
        Content::Blocks(blocks) => blocks
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph(found) => vec![plain(&found.text)],
                Block::Table(table) => table.rows.iter().flatten().map(|cell| plain(&cell.text)).collect(),
            })
            .collect(),
    }
}

/// The blocks of a source, by the labels of its form.
pub fn blocks_of(source: Source, labels: &Labels) -> Vec<Block> {
    match source.content {
        Content::Blocks(blocks) => blocks,
        Content::Lines(lines) => blocks(&source.file, &lines, labels),
    }
}

/// The form whose title and labels the sources have; `None` when they have too few of any.
pub fn choose<'p>(sources: &[Source], profiles: &'p [Profile]) -> Option<&'p Profile> {
    let texts: Vec<String> = sources.iter().flat_map(plains).filter(|text| !text.is_empty()).collect();
    let score = |profile: &Profile| {
        let labels = Labels::of(profile);
        let (found, all) = labels.found_in(&texts);
        let titled = texts.contains(&labels.title);
        // Half of the labels, or the title and some: a longer form wins over a shorter one that it contains.
        let enough = found * 2 >= all || (titled && found >= 3);
        enough.then_some((usize::from(titled) * 6 + found * 2).saturating_sub(all - found))
    };
    let scored = profiles.iter().filter_map(|profile| Some((score(profile)?, profile)));
    scored
        .fold(None, |best: Option<(usize, &Profile)>, own| match best {
            Some(best) if best.0 >= own.0 => Some(best),
            _ => Some(own),
        })
        .map(|(_, profile)| profile)
}
