//! TOML text into its tree, with each syntax error told in the user's words.

use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::lang::{Words, say};
use crate::source::{FileId, Span};

/// Parses `text`, and goes on after errors as far as the parser can.
pub(super) fn parse<'t>(
    text: &'t str,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> toml::Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut last_line = None;
    for error in errors {
        let range = error.span().unwrap_or(text.len()..text.len());
        // One slip often makes the parser stumble again in the same line; the first message is the one that helps.
        let line = text.get(..range.start).map(|before| before.matches('\n').count());
        if line.is_some() && line == last_line {
            continue;
        }
        last_line = line;
        diagnostics.push(explain(text, file, range, error.message()));
    }
    table
}

fn explain(text: &str, file: FileId, range: std::ops::Range<usize>, message: &str) -> Diagnostic {
    let span = Span::new(file, range.clone());
    let line = line_around(text, range.start);
    if message.contains("duplicate key") {
        return Diagnostic::error(code::DUPLICATE_KEY, say!("这个键写了两次", "this key is given twice"))
            .at(span)
            .help(say!("删去其中一个", "delete one of them"));
    }
    if let Some((start, key)) = chinese_key(line) {
        let at = Span::new(file, line.start + start..line.start + start + key.len());
        return chinese_key_finding(at, key);
    }
    if let Some((start, mark, meant)) = full_width(line) {
        let at = Span::new(file, line.start + start..line.start + start + mark.len_utf8());
        return Diagnostic::error(
            code::SYNTAX,
            say!("全角符号 {mark} 不能用在这里", "the full-width mark {mark} cannot stand here"),
        )
        .at(at)
        .help(say!("换成半角的 {meant}", "use the plain {meant}"));
    }
    let (code, words, help) = translate(message, line.text);
    Diagnostic::error(code, words).at(span).help(help)
}

/// What is said of a key in Chinese characters, with the key that was probably meant.
pub(super) fn chinese_key_finding(at: Span, key: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        code::CHINESE_KEY,
        say!("键要用英文字母，不能写中文“{key}”", "keys are in Latin letters, not in Chinese: `{key}`"),
    )
    .at(at);
    match super::keys::meant(key) {
        Some(meant) => {
            diagnostic.help(say!("“{key}”写作 {meant}", "`{key}` is written {meant}")).fix(at, meant)
        }
        None => diagnostic.help(say!(
            "各个键见 docs/format.md；中文写在等号后面的引号里",
            "docs/format.md lists the keys; Chinese goes into the quotes after ="
        )),
    }
}

/// A line of the text and the offset of its first byte.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

fn line_around(text: &str, at: usize) -> Line<'_> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (before, after) = text.split_at(at);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = at + after.find(['\n', '\r']).unwrap_or(after.len());
    Line { start, text: text.get(start..end).unwrap_or("") }
}

/// The key of `key = …` or the word of `[word]`, when it has Chinese characters and no quotes.
fn chinese_key(line: Line<'_>) -> Option<(usize, &str)> {
    let trimmed = line.text.trim_start().trim_start_matches(['[', '{']).trim_start();
    let start = line.text.len() - trimmed.len();
    let end = trimmed.find(['=', ']', '＝', '"', '\'']).filter(|end| *end > 0)?;
    let key = trimmed.get(..end)?.trim_end();
    let part = key.split('.').find(|part| part.chars().any(is_chinese))?;
    let within = key.find(part)?;
    Some((start + within, part.trim()))
}

fn is_chinese(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// The first full-width mark outside quotes, and what TOML wants there.
fn full_width(line: Line<'_>) -> Option<(usize, char, &'static str)> {
    let mut quote = None;
    for (at, ch) in line.text.char_indices() {
        match (quote, ch) {
            (None, '"' | '\'') => quote = Some(ch),
            (Some(open), _) if open == ch => quote = None,
            (None, '#') => return None,
            (None, _) => {
                let meant = match ch {
                    '“' | '”' | '＂' | '「' | '」' => "\"",
                    '‘' | '’' | '＇' => "'",
                    '＝' => "=",
                    '，' | '、' => ",",
                    '．' | '。' => ".",
                    '［' | '【' => "[",
                    '］' | '】' => "]",
                    '｛' => "{",
                    '｝' => "}",
                    '＃' => "#",
                    '\u{3000}' | '\u{a0}' => "空格 / space",
                    '０'..='９' => "0-9",
                    _ => continue,
                };
                return Some((at, ch, meant));
            }
            _ => {}
        }
    }
    None
}

/// The parser's message in the user's words: what is wrong and how to write it.
fn translate(message: &str, line: &str) -> (Code, Words, Words) {
    let head = message.split(',').next().unwrap_or(message);
    let (zh, help) = match head {
        "string values must be quoted" | "invalid value" => {
            ("文字要放在引号里", say!("写成 键 = \"文字\"", "write key = \"text\""))
        }
        "invalid basic string" | "invalid literal string" | "missing opening quote" => (
            "引号没有配对",
            say!(
                "一行文字以 \" 开头也以 \" 结尾；多行文字用 '''",
                "a line of text begins and ends with \"; several lines are put between '''"
            ),
        ),
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            ("多行文字没有结束", say!("在最后一行下面写上 '''", "close it with ''' below its last line"))
        }
        "missing value for key" | "missing value" => {
            ("等号后面没有值", say!("写成 键 = \"文字\"", "write key = \"text\""))
        }
        "key with no value" | "missing assignment between key-value pairs" => {
            ("键后面缺等号和值", say!("写成 键 = \"文字\"", "write key = \"text\""))
        }
        "unclosed table" | "unclosed array table" | "missing table open" => (
            "方括号没有配对",
            say!(
                "表头写成 [funding]，可重复的写成 [[cost]]",
                "a table's head is written [funding], a repeated one [[cost]]"
            ),
        ),
        "unclosed array" | "missing comma between array elements" | "extra comma in array" => {
            ("方括号里的列表写得不对", say!("写成 [\"zh\", \"en\"]", "write [\"zh\", \"en\"]"))
        }
        "unclosed inline table"
        | "missing comma between key-value pairs"
        | "extra comma in inline table"
        | "missing key for inline table element" => (
            "花括号里的内容写得不对",
            say!("写成 {{ zh = \"…\", en = \"…\" }}", "write {{ zh = \"…\", en = \"…\" }}"),
        ),
        "unexpected key or value" | "unexpected content" => {
            ("这一行后面多了内容", say!("一行只写一个 键 = 值", "one line holds one key = value"))
        }
        "invalid unquoted key" | "unquoted keys cannot be empty" => {
            ("键只能用英文字母、数字、下划线和连字符", say!("照样本里的键来写", "write it as the samples do"))
        }
        "invalid escape sequence" | "missing escaped value" | "too few unicode value digits" => (
            "反斜杠 \\ 后面的字符不能识别",
            say!("文字里有 \\ 时改用单引号：'…'", "text with a \\ goes between single quotes: '…'"),
        ),
        _ => (
            "这里不合 TOML 的写法",
            say!("一行写一个 键 = 值，文字放在引号里", "write one key = value a line, text in quotes"),
        ),
    };
    let zh = zh.to_owned();
    let en = if line.is_empty() { format!("{message} (end of file)") } else { message.to_owned() };
    (code::SYNTAX, Words { zh, en }, help)
}
