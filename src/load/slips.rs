//! Slips of the pen in a line that is no TOML, and what was meant.

use super::calendar::{loose_date, not_a_day};
use super::guess::{self, plain};
use super::keys::{self, Keys};
use crate::diagnostic::{Diagnostic, code};
use crate::lang::{is_han, say};
use crate::source::{FileId, Span, example};

/// A line of a file.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub file: FileId,
    /// The offset of its first byte.
    pub start: usize,
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// The line that holds the byte `at`.
    pub fn around(text: &'t str, file: FileId, at: usize) -> Line<'t> {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (before, after) = text.split_at(at);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = at + after.find(['\n', '\r']).unwrap_or(after.len());
        Line { file, start, text: text.get(start..end).unwrap_or("") }
    }

    /// Whether it is the head of a table.
    pub fn is_head(self) -> bool {
        self.text.trim_start().starts_with('[')
    }

    /// Whether it is `key = …`.
    pub fn is_assignment(self) -> bool {
        self.text.split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty()
                && !key.contains(|ch: char| ch.is_whitespace() && ch != ' ')
                && key.split(' ').count() < 3
        })
    }

    fn span(self, start: usize, length: usize) -> Span {
        Span::new(self.file, self.start + start..self.start + start + length)
    }

    /// What stands after the first `=`, without a comment, and where.
    fn value(self) -> Option<(usize, &'t str)> {
        let (key, after) = self.text.split_once('=')?;
        let plain = after.split('#').next().unwrap_or(after);
        let value = plain.trim();
        Some((key.len() + 1 + (plain.len() - plain.trim_start().len()), value)).filter(|_| !value.is_empty())
    }
}

/// The finding for a slip that the line at the parser's error shows; `None` when it shows none.
pub(super) fn find(line: Line<'_>, error_at: usize) -> Option<Diagnostic> {
    conflict(line)
        .or_else(|| lone_quotes(line))
        .or_else(|| colon(line))
        .or_else(|| prose(line))
        .or_else(|| chinese_key(line, error_at))
        .or_else(|| full_width(line))
        .or_else(|| bare_value(line))
}

/// Whether the finding makes what follows unreliable.
pub(super) fn swallows_the_rest(line: Line<'_>) -> bool {
    conflict(line).is_some()
        || lone_quotes(line).is_some()
        || (colon(line).is_none() && prose(line).is_some())
}

/// A mark that version control leaves where two changes meet.
fn conflict(line: Line<'_>) -> Option<Diagnostic> {
    let mark = ["<<<<<<<", "=======", ">>>>>>>"].into_iter().find(|mark| line.text.starts_with(mark))?;
    let words = say!("留有合并冲突的标记 {mark}", "merge conflict marker {mark}");
    Some(Diagnostic::error(code::SYNTAX, words).at(line.span(0, mark.len())).help(say!(
        "保留需要的内容，删去其余各行和 <<<<<<<、=======、>>>>>>> 标记",
        "keep the lines you need, delete the others and the markers <<<<<<<, ======= and >>>>>>>"
    )))
}

/// Three quotes alone where no text is open.
fn lone_quotes(line: Line<'_>) -> Option<Diagnostic> {
    let marks = line.text.trim();
    let at = line.text.find(marks)?;
    matches!(marks, "'''" | "\"\"\"").then(|| {
        let words = say!("这一行 {marks} 没有对应的开头", "this {marks} closes nothing");
        Diagnostic::error(code::SYNTAX, words).at(line.span(at, marks.len())).help(say!(
            "删去这一行，或在文字前面写上 键 = {marks}",
            "delete the line, or write key = {marks} before the text"
        ))
    })
}

/// A line of text outside quotes.
fn prose(line: Line<'_>) -> Option<Diagnostic> {
    let text = line.text.trim();
    let first = text.chars().next()?;
    let wordy = text.contains("{{")
        || text.chars().filter(|ch| is_han(*ch)).count() > 4
        || text.split_whitespace().count() > 3;
    if !wordy || text.contains(['=', '＝']) || matches!(first, '[' | '【' | '"' | '\'' | '#') {
        return None;
    }
    let words = say!("这一行文字不在引号里", "this line of text stands outside quotes");
    Some(Diagnostic::error(code::SYNTAX, words).at(line.span(0, line.text.len())).help(say!(
        "多行文字前后各写一行 '''；看看上面的 ''' 或引号有没有配对",
        "put ''' before and after several lines of text; check that the quotes above are closed"
    )))
}

/// `key: value`
fn colon(line: Line<'_>) -> Option<Diagnostic> {
    let at = line.text.find([':', '：'])?;
    let mark = line.text.get(at..)?.chars().next()?;
    let key = line.text.get(..at)?.trim();
    if key.is_empty() || key.contains(['=', '"', '\'', '#', ' ']) {
        return None;
    }
    // A sentence may have a colon as well.
    if !key.is_ascii() && keys::meant(key).is_none() {
        return None;
    }
    let span = line.span(at, mark.len_utf8());
    let words = say!("键和值之间用等号，不用冒号", "a key and its value are joined by = and not by a colon");
    Some(
        Diagnostic::error(code::SYNTAX, words)
            .at(span)
            .help(say!("换成等号 =", "write = instead"))
            .fix(span, " ="),
    )
}

/// A key in Chinese characters without quotes: at the start of the line, in a head, or where the parser stopped.
fn chinese_key(line: Line<'_>, error_at: usize) -> Option<Diagnostic> {
    let trimmed = line.text.trim_start().trim_start_matches('[').trim_start();
    let start = line.text.len() - trimmed.len();
    let first = trimmed.find(['=', ']', '＝', '"', '\'']).and_then(|end| Some((start, trimmed.get(..end)?)));
    let within = error_at.saturating_sub(line.start);
    let inner = || {
        let before = line.text.get(..within)?;
        let start = before.rfind(['{', ',', '，']).map_or(0, |at| at + 1);
        let rest = line.text.get(start..)?;
        Some((start, rest.get(..rest.find(['=', '＝'])?)?))
    };
    [first, inner()].into_iter().flatten().find_map(|(start, key)| {
        let mut at = start;
        for part in key.split('.') {
            if part.chars().any(is_han) && !part.contains(['"', '\'', '{', '=']) {
                let word = part.trim();
                let lead = part.len() - part.trim_start().len();
                return Some(chinese_key_finding(line.span(at + lead, word.len()), word, None));
            }
            at += part.len() + 1;
        }
        None
    })
}

/// What is said of a key in Chinese characters, with the key of the table that was probably meant.
pub(super) fn chinese_key_finding(at: Span, key: &str, table: Option<Keys>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        code::CHINESE_KEY,
        say!("键和表头用英文，“{key}”写在了键的位置", "keys are written in Latin letters, found `{key}`"),
    )
    .at(at);
    let meant = keys::meant(key).filter(|meant| table.is_none_or(|table| table.takes(meant)));
    let diagnostic = match meant.map(str::to_owned).or_else(|| bare_year(key)) {
        Some(meant) => {
            diagnostic.help(say!("“{key}”写作 {meant}", "`{key}` is written {meant}")).fix(at, meant)
        }
        None => diagnostic,
    };
    match table {
        Some(table) => {
            let list = table.keys.join(" ");
            diagnostic.help(say!("可用的键：{list}", "known keys: {list}"))
        }
        None => {
            let page = example("docs/format.md");
            diagnostic.help(say!(
                "各个键见 {page}；中文写在等号右边的引号里",
                "{page} lists the keys; Chinese goes into the quotes after ="
            ))
        }
    }
}

/// The year in `2024年` or `2024年度`.
fn bare_year(text: &str) -> Option<String> {
    let digits = text.strip_suffix('度').unwrap_or(text).strip_suffix('年')?;
    (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

/// The first full-width mark outside quotes, or the one that should have closed them, and what TOML wants there.
fn full_width(line: Line<'_>) -> Option<Diagnostic> {
    let mut quote = None;
    let mut closing = None;
    for (at, ch) in line.text.char_indices() {
        match (quote, ch) {
            (None, '"' | '\'') => quote = Some(ch),
            (Some(open), _) if open == ch => quote = None,
            (Some('"'), '”' | '“' | '＂') | (Some('\''), '’' | '‘' | '＇') => {
                closing = Some((at, ch))
            }
            (None, '#') => return None,
            (None, _) => {
                if let Some(meant) = meant(ch) {
                    return Some(full_width_finding(line, at, ch, &meant));
                }
            }
            _ => {}
        }
    }
    let (at, ch) = closing.filter(|_| quote.is_some())?;
    Some(full_width_finding(line, at, ch, &meant(ch)?))
}

/// What TOML wants where a mark, letter or digit of Chinese writing stands.
fn meant(ch: char) -> Option<String> {
    match plain(ch) {
        plain if plain == ch => None,
        '0'..='9' => Some("0-9".to_owned()),
        'A'..='Z' | 'a'..='z' => Some("a-z".to_owned()),
        mark => "\"'=,.[]{}# ".contains(mark).then(|| mark.to_string()),
    }
}

fn full_width_finding(line: Line<'_>, at: usize, ch: char, meant: &str) -> Diagnostic {
    let span = line.span(at, ch.len_utf8());
    if meant == " " {
        let words = say!("这里有一个全角空格或不换行空格", "here is a full-width or no-break space");
        return Diagnostic::error(code::SYNTAX, words)
            .at(span)
            .help(say!("改用半角空格", "use a plain space"));
    }
    let words = say!("全角字符 {ch} 不能用在这里", "the full-width character {ch} cannot stand here");
    Diagnostic::error(code::SYNTAX, words).at(span).help(say!("改用半角的 {meant}", "use the plain {meant}"))
}

/// A value that lacks its quotes, or has more than a number should.
fn bare_value(line: Line<'_>) -> Option<Diagnostic> {
    let (start, value) = line.value()?;
    let span = line.span(start, value.len());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if value.contains(['"', '\'', '[', '{']) {
        return None;
    }
    if let Some(year) = bare_year(value) {
        let words = say!("年份只写数字", "a year is written in digits alone");
        let finding = Diagnostic::error(code::SYNTAX, words).at(span);
        return Some(finding.help(say!("写成 {year}", "write {year}")).fix(span, year));
    }
    if looks_like_a_date(value) {
        return Some(date(span, value));
    }
    if let Some(number) = value.strip_suffix(['%', '％']).map(str::trim).filter(|number| digits(number)) {
        let words = say!("百分数只写数字，不加 %", "a percentage is a number without the %");
        let finding = Diagnostic::error(code::SYNTAX, words).at(span);
        return Some(finding.help(say!("写成 {number}", "write {number}")).fix(span, number));
    }
    if value.split(',').all(digits) && value.contains(',') {
        let number = value.replace(',', "");
        let words = say!("数字里不用逗号", "a number has no commas");
        let finding = Diagnostic::error(code::SYNTAX, words).at(span);
        return Some(finding.help(say!("写成 {number}", "write {number}")).fix(span, number));
    }
    if value.len() > 1 && value.starts_with('0') && digits(value) {
        let words = say!("数字不能以 0 开头", "a number does not begin with 0");
        return Some(Diagnostic::error(code::SYNTAX, words).at(span).help(say!(
            "数量去掉前面的 0；电话、编码加上引号",
            "leave out the 0 of a quantity; put a telephone number or a code in quotes"
        )));
    }
    let unquoted = value.chars().any(char::is_alphabetic) && !value.contains(['=', ']', '}', '_', '\\', ',']);
    unquoted.then(|| {
        let numeric = value.starts_with(|ch: char| ch.is_ascii_digit());
        let words = match numeric {
            true => say!("数字后面多了内容：“{value}”", "unexpected content after a number: `{value}`"),
            false => say!("文字要放在引号里：“{value}”", "text must be in quotes: `{value}`"),
        };
        let finding = Diagnostic::error(code::SYNTAX, words).at(span);
        let general = match numeric {
            true => say!(
                "数字单独写，不带单位；文字加上引号",
                "a number stands alone without a unit; text goes in quotes"
            ),
            false => say!(
                "文字前后加上半角引号；没有内容就删去这一行",
                "put straight quotes around text; delete the line if there is none"
            ),
        };
        match guess::says_nothing(value) || value.contains('`') {
            true => finding.help(general),
            false => finding
                .help(say!("写成 \"{value}\"", "write \"{value}\""))
                .help(general)
                .fix(span, format!("\"{value}\"")),
        }
    })
}

fn looks_like_a_date(value: &str) -> bool {
    let year = value.bytes().take_while(u8::is_ascii_digit).count();
    let separators = value.chars().filter(|ch| matches!(ch, '-' | '/' | '.' | '年' | '月')).count();
    year == 4 && separators == 2 && value.chars().all(|ch| ch.is_ascii_digit() || "-/.年月日".contains(ch))
}

fn date(span: Span, value: &str) -> Diagnostic {
    match loose_date(value) {
        Some(date) => Diagnostic::error(code::BAD_DATE, say!("日期写法有误", "invalid date"))
            .at(span)
            .help(say!("写成 {date}", "write {date}"))
            .fix(span, date.to_string()),
        None => not_a_day(value).at(span),
    }
}
