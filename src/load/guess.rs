//! What may have been meant by a value or a line that cannot be read. Nothing here is certain: each is tried.

use super::calendar::loose_date;
use crate::diagnostic::Safety;
use crate::lang::{Words, say};
use crate::model::{Id, Money};
use crate::reading::chars::narrow;
use crate::reading::invisible::all_invisible;
use crate::reading::{self, Kind, numeral};

/// A line, or a part of one, as it may have been meant.
pub(super) struct Line {
    pub new: String,
    pub safety: Safety,
    pub help: Option<Words>,
}

impl Line {
    /// One that says the same.
    pub fn safe(new: String) -> Line {
        Line { new, safety: Safety::Safe, help: None }
    }
}

/// Whether a value says that there is none.
pub(super) fn says_nothing(token: &str) -> bool {
    let word = bare(token).to_lowercase();
    ["", "无", "没有", "暂无", "空", "-", "—", "/", "null", "nil", "none", "n/a", "na"]
        .contains(&word.as_str())
}

/// What a value may have meant, the likeliest first.
pub(super) fn values(token: &str) -> Vec<(String, Safety)> {
    let cleaned: String = without_invisible(bare(token));
    let text = narrow_text(cleaned.trim());
    let mut made: Vec<(String, Safety)> = Vec::new();
    if let Some(date) = loose_date(&text) {
        made.push((date.to_string(), Safety::Safe));
    }
    if let Some(date) = short_date(&text) {
        made.push((date, Safety::Suggested));
    }
    made.extend(numbers(&text));
    made.extend(amounts(&text));
    if !text.is_empty() && !text.starts_with(['[', '{']) {
        made.push((quoted(&text), Safety::Suggested));
        made.push((format!("[{}]", quoted(&text)), Safety::Suggested));
    }
    if let Some(only) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        made.push((only.trim().to_owned(), Safety::Suggested));
    }
    if let Some(id) = Id::suggest(&text) {
        made.push((format!("\"{id}\""), Safety::Suggested));
    }
    if token.starts_with('"') {
        made.push((format!("[{token}]"), Safety::Safe));
    }
    made
}

/// A number: of digits with separators, in another width, with a unit behind it, or in Chinese numerals.
fn numbers(text: &str) -> Vec<(String, Safety)> {
    let mut made = Vec::new();
    let plain = text.strip_suffix(['%', '年', '℃']).unwrap_or(text).trim();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((whole, fraction)) = separated(plain) {
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
        made.push((format!("{whole}{fraction}"), Safety::Safe));
    }
    if plain.len() == 2 && digits(plain) {
        made.push((format!("20{plain}"), Safety::Suggested));
    }
    let len = plain.find(|ch: char| !ch.is_ascii_digit() && ch != '.').unwrap_or(plain.len());
    let (number, unit) = plain.split_at(len);
    let one_unit = !unit.trim().is_empty()
        && !unit.contains(|ch: char| ch.is_ascii_digit() || "万亿千百-~～/".contains(ch));
    if one_unit && separated(number).is_some() {
        made.push((number.to_owned(), Safety::Suggested));
    }
    let is_unit = |rest: &str| {
        rest.chars().count() <= 3
            && rest.chars().all(|ch| ch.is_alphabetic() && numeral::chinese(&ch.to_string()).is_none())
    };
    if let Some(numeral) =
        numeral::chinese(plain).filter(|numeral| plain.get(numeral.len..).is_some_and(is_unit))
    {
        made.push((numeral.value.normalize().to_string(), Safety::Suggested));
    }
    made
}

/// The digits before and after the point of a number whose separators, if any, stand every three digits.
fn separated(text: &str) -> Option<(String, &str)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = if whole.is_empty() && !fraction.is_empty() { "0" } else { whole };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([',', '_', ' ']);
    let first = groups.next().filter(|first| digits(first))?;
    let rest: Vec<&str> = groups.collect();
    let right =
        rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && digits(group)));
    (right && (fraction.is_empty() || digits(fraction)))
        .then(|| (format!("{first}{}", rest.concat()), fraction))
}

/// An amount that says the same in another way, or one in Chinese numerals.
fn amounts(text: &str) -> Vec<(String, Safety)> {
    let mut plain = text.to_owned();
    for sign in ["￥", "¥", "人民币", "RMB", "rmb", "CNY", "cny"] {
        plain = plain.replace(sign, "");
    }
    let plain: String = plain.chars().filter(|ch| !ch.is_whitespace()).collect();
    let plain = plain.trim_end_matches(['。', '，', '；', ',', ';']).trim_end_matches(['整', '正']);
    let plain = plain.strip_prefix('+').unwrap_or(plain);
    let mut made = Vec::new();
    let ends = [
        ("", ""),
        ("万", "万元"),
        ("萬元", "万元"),
        ("萬", "万元"),
        ("亿", "亿元"),
        ("億元", "亿元"),
        ("圆", "元"),
        ("块", "元"),
    ];
    for (end, unit) in ends {
        let Some(number) = plain.strip_suffix(end) else { continue };
        let whole = format!("{number}{unit}");
        if Money::parse(&whole).is_ok() {
            made.push((quoted(&whole), Safety::Safe));
        }
        if let Some((digits, unit)) = grouped_by_four(&whole) {
            made.push((quoted(&format!("{digits}{unit}")), Safety::Suggested));
        }
    }
    let with_yuan = if plain.ends_with('元') { plain.to_owned() } else { format!("{plain}元") };
    let tokens = reading::read(&with_yuan);
    if let [token] = tokens.as_slice()
        && token.range == (0..with_yuan.len())
        && let Kind::Amount(amount) = &token.kind
        && amount.about.is_none()
        && !amount.in_range
        && plain.contains(|ch: char| "万亿千百元".contains(ch))
        && plain.matches('.').count() < 2
    {
        made.push((quoted(&amount.money.to_string()), Safety::Suggested));
    }
    made
}

/// `20,0000元`: separators after every fourth digit, as 万 counts.
fn grouped_by_four(text: &str) -> Option<(String, &str)> {
    let end = text.rfind(|ch: char| ch.is_ascii_digit())? + 1;
    let (number, unit) = text.split_at(end);
    let mut groups = number.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let right = !rest.is_empty() && (1..=4).contains(&first.len()) && rest.iter().all(digits);
    let whole = format!("{first}{}", rest.concat());
    (right && Money::parse(&format!("{whole}{unit}")).is_ok()).then_some((whole, unit))
}

/// `24-1-5`, with the century left out, or `20240105`.
fn short_date(text: &str) -> Option<String> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        return loose_date(&format!("{year}-{month}-{day}")).map(|date| date.to_string());
    }
    let year: String = text.chars().take_while(char::is_ascii_digit).collect();
    (year.len() == 2).then(|| loose_date(&format!("20{text}"))).flatten().map(|date| date.to_string())
}

/// What a line that is no TOML may have meant, the likeliest first.
pub(super) fn lines(line: &str) -> Vec<Line> {
    let mut made = vec![Line::safe(narrow_marks(line))];
    let narrow = narrow_marks(line);
    if let Some(at) = outside(&narrow, "//") {
        let (code, remark) = narrow.split_at(at);
        made.push(Line::safe(format!("{code}#{}", remark.trim_start_matches('/'))));
    }
    let (head, remark) = split_remark(&narrow);
    if head.trim_start().starts_with('[') || head.ends_with(']') && !head.contains('=') {
        let name = head.trim().trim_matches(['[', ']', ' ']);
        let key = |ch: char| ch.is_ascii_alphanumeric() || "_-.".contains(ch);
        if !name.is_empty() && name.chars().all(key) {
            made.extend([format!("[{name}]{remark}"), format!("[[{name}]]{remark}")].map(Line::safe));
        }
        return made;
    }
    if let Some((key, value)) = assignment(&narrow) {
        let (value, remark) = split_remark(value);
        let line = |value: &str| format!("{key}= {value}{remark}");
        made.extend(of_value(value).into_iter().map(|(value, safety)| Line {
            new: line(&value),
            safety,
            help: None,
        }));
        if says_nothing(value) {
            let help = Some(say!("没有就删去这一行", "delete the line if there is none"));
            made.push(Line { new: String::new(), safety: Safety::Suggested, help });
        }
    }
    made
}

/// What the value of an assignment may have meant.
fn of_value(value: &str) -> Vec<(String, Safety)> {
    let value = value.trim().trim_start_matches('=').trim();
    let trimmed = value.trim_end_matches([',', ';', '；', '。', '，']);
    let mut made = Vec::new();
    if trimmed != value {
        made.push((trimmed.to_owned(), Safety::Safe));
    }
    made.push((value.to_owned(), Safety::Safe));
    let list = value.trim_matches(['[', ']']);
    if list.contains(['"', ',']) {
        let words: Vec<String> =
            list.split([',', ' ']).map(bare).filter(|word| !word.is_empty()).map(quoted).collect();
        if words.len() > 1 && !value.contains(['{', '=']) {
            made.push((format!("[{}]", words.join(", ")), Safety::Suggested));
        }
    }
    if let Some(open) = value.strip_prefix('[').filter(|open| !open.contains(']')) {
        made.push((format!("[{open}]"), Safety::Suggested));
    }
    if value.contains('\\') && !value.contains('\'') {
        made.push((format!("'{}'", bare(value)), Safety::Suggested));
    }
    let inner = bare(value);
    let several = inner.split_whitespace().any(|part| part.starts_with('"')) && inner.contains("\" \"");
    if inner.contains('"') && !several && !value.contains(['{', '[']) {
        made.push((quoted(&curled(inner)), Safety::Suggested));
    }
    if !value.contains(['{', '[', '=']) {
        let mut own = values(value);
        // What has an opening quote is a text; without one, a number is likelier than a text.
        if value.starts_with(['"', '\'', '“', '‘', '「', '`']) || value.ends_with(['"', '\'']) {
            own.insert(0, (quoted(inner), Safety::Safe));
        } else if value.starts_with('0') {
            own.insert(0, (quoted(inner), Safety::Suggested));
        }
        made.extend(own.into_iter().filter(|_| !says_nothing(value)));
    }
    made
}

/// `key =` with its spaces, and what follows; the mark between may be another, or be left out.
fn assignment(line: &str) -> Option<(String, &str)> {
    let start = line.trim_start();
    let len = start.find(|ch: char| !(ch.is_ascii_alphanumeric() || ch == '_' || ch == '-' || ch == '.'))?;
    let (key, rest) = start.split_at(len);
    if key.is_empty() {
        return None;
    }
    let indent = line.len() - start.len();
    let indent = line.get(..indent)?;
    let rest = rest.trim_start();
    let value = rest.strip_prefix([':', '=']).unwrap_or(rest).trim_start();
    (!value.is_empty()).then(|| (format!("{indent}{key} "), value))
}

/// A value and the remark behind it.
pub(super) fn split_remark(value: &str) -> (&str, &str) {
    match outside(value, "#") {
        Some(at) => {
            let end = value.get(..at).unwrap_or("").trim_end().len();
            value.split_at(end)
        }
        None => (value.trim_end(), ""),
    }
}

/// Where `mark` first stands outside quotes.
fn outside(line: &str, mark: &str) -> Option<usize> {
    let mut quote = None;
    for (at, ch) in line.char_indices() {
        match quote {
            None if line.get(at..)?.starts_with(mark) => return Some(at),
            None if ch == '"' || ch == '\'' => quote = Some(ch),
            Some(open) if open == ch => quote = None,
            _ => {}
        }
    }
    None
}

/// The line with marks of full width outside quotes, and such quotes, made plain.
fn narrow_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut quote: Option<(char, char)> = None;
    for (at, ch) in line.char_indices() {
        let ends = quote.is_some_and(|(close, _)| close == ch);
        match (quote, ch) {
            (Some((_, plain)), _) if ends => {
                out.push(plain);
                quote = None;
            }
            (Some((close, plain)), '”' | '“' | '＂')
                if close == '"' && !line.get(at + ch.len_utf8()..).unwrap_or("").contains('"') =>
            {
                out.push(plain);
                quote = None;
            }
            (Some(_), _) => out.push(ch),
            (None, '#' | '＃') => {
                out.push('#');
                out.push_str(line.get(at + ch.len_utf8()..).unwrap_or(""));
                return out;
            }
            (None, _) => {
                let close = match ch {
                    '"' => Some(('"', '"')),
                    '\'' => Some(('\'', '\'')),
                    '“' => Some(('”', '"')),
                    '”' => Some(('”', '"')),
                    '＂' => Some(('＂', '"')),
                    '‘' => Some(('’', '\'')),
                    '’' => Some(('’', '\'')),
                    '＇' => Some(('＇', '\'')),
                    '「' => Some(('」', '"')),
                    '`' => Some(('`', '"')),
                    _ => None,
                };
                match close {
                    Some((close, plain)) => {
                        out.push(plain);
                        quote = Some((close, plain));
                    }
                    None => out.push(plain(ch)),
                }
            }
        }
    }
    out
}

/// A mark, digit or letter of full width as TOML has it.
/// What TOML has for a mark of Chinese writing, which an input method leaves in its place.
pub(super) fn plain(ch: char) -> char {
    match ch {
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '\u{a0}' => ' ',
        _ => narrow(ch),
    }
}

/// Digits and marks of numbers and dates made narrow.
fn narrow_text(text: &str) -> String {
    let of_number = |ch: char| matches!(ch, '０'..='９' | '．' | '，' | '％' | '／' | '－');
    text.chars().map(|ch| if of_number(ch) { narrow(ch) } else { ch }).collect()
}

fn without_invisible(text: &str) -> String {
    let places: Vec<(usize, char)> = all_invisible(text).map(|(at, one)| (at, one.ch)).collect();
    text.char_indices().filter(|place| !places.contains(place)).map(|(_, ch)| ch).collect()
}

/// A value without the quotes around it, whatever they are.
fn bare(token: &str) -> &str {
    token.trim().trim_matches(['"', '\'', '“', '”', '‘', '’', '＂', '＇', '「', '」', '`']).trim()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Straight quotes within a text as Chinese has them.
fn curled(text: &str) -> String {
    let mut opens = true;
    let curl = |ch: char| {
        if ch != '"' {
            return ch;
        }
        let mark = if opens { '“' } else { '”' };
        opens = !opens;
        mark
    };
    text.chars().map(curl).collect()
}
