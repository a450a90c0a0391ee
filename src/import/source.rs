//! A file into what can be recognised, by what it is and not by its name alone.

use std::collections::BTreeSet;

use super::block::{Block, plain};
use super::labels::Labels;
use super::note::Note;
use super::package::Package;
use super::refusal::Refusal;
use super::room::MOST_CELLS;
use super::text::{Line, blocks, decode, lines};
use super::{csv, docx, english, sheet};
use crate::form::{FormKind, Profile};
use crate::lang::say;

/// The most bytes of a text. A volume of a thousand pages has half of it.
const MOST_TEXT: usize = 8 << 20;

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name, without its folder.
    pub file: String,
    /// What it holds.
    pub content: Content,
    /// What stands in it and is not read: deletions of tracked changes, formulas without a value.
    pub notes: Vec<Note>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Lines, which the labels of a form make into blocks.
    Lines(Vec<Line>),
    /// Paragraphs and tables.
    Blocks(Vec<Block>),
}

/// Reads the bytes of a file; its name decides only between text and CSV.
pub fn open(file: &str, bytes: &[u8]) -> Result<Source, Refusal> {
    let name = file.to_lowercase();
    let source = |content: Content, notes: Vec<Note>| Source { file: file.to_owned(), content, notes };
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes)?;
        if package.has("word/document.xml") {
            let document = docx::read(file, &mut package)?;
            let notes = document.deleted.iter().map(Note::deleted).collect();
            return Ok(source(divided(document.blocks), notes));
        }
        if package.has("xl/workbook.xml") {
            let (blocks, notes) = sheet::xlsx(file, bytes)?;
            return Ok(source(divided(blocks), notes));
        }
        return Err(unknown());
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return old(file, &name, bytes).map(|blocks| source(divided(blocks), Vec::new()));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Refusal {
            message: say!("PDF 不能直接读取", "a PDF cannot be read itself"),
            hint: Some(say!(
                "运行 pdftotext -layout {file} 转成文本，再导入文本",
                "run pdftotext -layout {file} and import the text"
            )),
        });
    }
    let Some(text) = decode(bytes) else { return Err(unknown()) };
    if name.ends_with(".csv") {
        return Ok(source(divided(csv::blocks(file, &text)?), Vec::new()));
    }
    let parts = text.matches(['\n', '\u{c}', '\t', '|']).count();
    if text.len() > MOST_TEXT || parts > MOST_CELLS {
        return Err(Refusal {
            message: say!(
                "文本超过 8 MB 或 30 万行、格，不读取",
                "the text has more than 8 MB or more than 300,000 lines and cells and is not read"
            ),
            hint: Some(say!("分成几个文件导入", "divide it, and import the parts one after another")),
        });
    }
    Ok(source(Content::Lines(lines(&text)), Vec::new()))
}

/// Blocks whose English stands beside their Chinese.
fn divided(mut blocks: Vec<Block>) -> Content {
    english::divide(&mut blocks);
    Content::Blocks(blocks)
}

/// Files of the old format: workbooks are read, documents are not.
fn old(file: &str, name: &str, bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let has = |streams: &[&str]| {
        let open = cfb::CompoundFile::open(std::io::Cursor::new(bytes));
        open.is_ok_and(|own| streams.iter().any(|stream| own.exists(stream)))
    };
    if has(&["EncryptedPackage"]) {
        return Err(super::refusal::protected());
    }
    if has(&["WordDocument"]) || name.ends_with(".doc") || name.ends_with(".wps") {
        return Err(Refusal {
            message: say!(
                "旧版 Word 和 WPS 文字格式不能读取",
                "the old format of Word and WPS Writer cannot be read"
            ),
            hint: Some(say!(
                "在 WPS 或 Word 中另存为 .docx，再导入",
                "save it as .docx in WPS or Word, and import that"
            )),
        });
    }
    if has(&["_VBA_PROJECT_CUR", "_VBA_PROJECT"]) {
        return Err(super::refusal::macros());
    }
    if has(&["Workbook", "Book"]) { sheet::xls(file, bytes) } else { Err(unknown()) }
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

/// The form that files were made with.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'p> {
    /// Its profile.
    pub profile: &'p Profile,
    /// Whether its title stands there; else labels or 二级指标 alone tell.
    pub titled: bool,
}

/// The form whose title and labels the sources have, `usual` where two fit as well; `None` when they have too few of any.
pub fn choose<'p>(sources: &[Source], profiles: &'p [Profile], usual: &str) -> Option<Choice<'p>> {
    let texts: Vec<String> = sources.iter().flat_map(plains).filter(|text| !text.is_empty()).collect();
    let each: BTreeSet<&String> = texts.iter().collect();
    let declared = profiles.iter().filter(|profile| profile.kind == FormKind::Declaration);
    let scored = declared.filter_map(|profile| {
        let labels = Labels::of(profile);
        let (found, all) = labels.found_in(&texts);
        let titled = texts.contains(&labels.title);
        // A list of indicators or costs has no other mark of a form than its kinds.
        let kinds = each.iter().filter(|text| labels.kind(text).is_some()).count();
        // Half of the labels, or the title and some: a longer form wins over a shorter one that it contains.
        let enough = found * 2 >= all || (titled && found >= 3) || kinds >= 3;
        let score = (found * 2).saturating_sub(all - found);
        let by_kinds = if titled { 0 } else { kinds };
        enough.then_some(((titled, by_kinds, score, profile.id == usual), profile))
    });
    let best = scored.reduce(|best, own| if own.0 > best.0 { own } else { best });
    best.map(|((titled, ..), profile)| Choice { profile, titled })
}
