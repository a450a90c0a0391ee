//! TOML text into its tree, with each syntax error told in the user's words.

use toml::de::DeTable;

use super::scan;
use super::slips::{self, Line};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::{Words, say};
use crate::source::{FileId, Span, example};

/// Parses `text`, and goes on after errors as far as the parser can.
pub(super) fn parse<'t>(
    text: &'t str,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> toml::Spanned<DeTable<'t>> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(text.len(), |span| span.start));
    let unclosed = if errors.is_empty() { None } else { scan::unclosed_text(text) };
    let mut told = Told::default();
    for error in errors {
        let range = error.span().unwrap_or(text.len()..text.len());
        if let Some(opening) = unclosed.clone().filter(|opening| opening.start <= range.start) {
            diagnostics.push(unclosed_text(Span::new(file, opening)));
            break;
        }
        if told.in_line(range.start) {
            continue;
        }
        if let Some((at, bracket)) = unclosed_bracket(text, file, &range) {
            // A quote that is not closed keeps the bracket before it open.
            if !told.in_line(at) {
                diagnostics.push(bracket);
            }
            break;
        }
        let line = Line::around(text, file, range.start);
        if told.follows(line, text) {
            continue;
        }
        let finding = if error.message().contains("duplicate key") {
            // Where a head could not be read, what stands below it seems to stand twice.
            if told.broken { None } else { told.repeated(line, text, &range) }
        } else {
            told.broken = true;
            let slip = slips::find(line, range.start);
            Some(slip.unwrap_or_else(|| translated(error.message(), line, Span::new(file, range))))
        };
        diagnostics.extend(finding);
        if slips::swallows_the_rest(line) {
            break;
        }
        told.unclosed_string = error.message().starts_with("invalid basic string")
            || error.message().starts_with("invalid literal string");
        let end =
            text.get(line.start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| line.start + at);
        told.line = Some(line.start..end);
    }
    table
}

/// What was said already, so that one slip is told once.
#[derive(Default)]
struct Told {
    /// The line of the last finding.
    line: Option<std::ops::Range<usize>>,
    /// Whether some of the file could not be parsed.
    broken: bool,
    /// Where the line after the last key that stands twice starts.
    after_repeated: Option<usize>,
    /// Whether that finding was a string without an end, which may go on below.
    unclosed_string: bool,
    /// Where the last head that stands twice ends.
    repeated_head: Option<usize>,
    /// The heads of repeated tables that were given a finding.
    heads: Vec<String>,
}

impl Told {
    /// Whether a byte is in the line of the last finding. One slip often makes the parser stumble again in the same line,
    /// thousands of times in a text with escapes of another format; the first message is the one that helps.
    fn in_line(&self, at: usize) -> bool {
        self.line.as_ref().is_some_and(|line| (line.start..=line.end).contains(&at))
    }

    /// Whether an error in `line` only follows from what was said.
    fn follows(&self, line: Line<'_>, text: &str) -> bool {
        (self.unclosed_string && !line.is_head() && !line.is_assignment())
            || self.repeated_head.is_some_and(|head| {
                let between = text.get(head..line.start).unwrap_or("");
                !line.is_head() && !between.lines().any(|line| line.trim_start().starts_with('['))
            })
    }

    /// The finding for a key or head that stands twice; `None` when its like was told.
    fn repeated(&mut self, line: Line<'_>, text: &str, range: &std::ops::Range<usize>) -> Option<Diagnostic> {
        let span = Span::new(line.file, range.clone());
        let before = text.get(..line.start).unwrap_or("");
        if !line.is_head() {
            // Several in a row lack the head of their table, which is one slip.
            let goes_on = self.after_repeated == Some(line.start);
            self.after_repeated = Some(line.start + line.text.len() + 1);
            if goes_on {
                return None;
            }
            let finding = Diagnostic::error(code::DUPLICATE_KEY, say!("键重复", "duplicate key"))
                .label(span, say!("再次出现", "given again here"))
                .help(say!("删去其中一个", "delete one of them"));
            let head = before.rfind("\n[[").and_then(|at| before.get(at + 1..)?.lines().next());
            let finding = match head.filter(|head| !before.ends_with(*head)) {
                Some(head) => finding.help(say!(
                    "如果是新的一项，在上面写 {head}",
                    "if it begins another item, write {head} above it"
                )),
                None => finding,
            };
            let first = first_place(text, range).map(|first| Span::new(line.file, first));
            return Some(match first {
                Some(first) => finding.label(first, say!("首次出现", "first given here")),
                None => finding,
            });
        }
        self.repeated_head = Some(line.start + line.text.len());
        let head = line.text.trim();
        let name = head.trim_matches(['[', ']', ' ']).to_owned();
        let (single, double) = (format!("[{name}]"), format!("[[{name}]]"));
        let place = |head: &str| find_line(before, head).map(|range| Span::new(line.file, range));
        let mixed = match head.starts_with("[[") {
            true => place(&single),
            false => place(&double).map(|_| Span::new(line.file, line.start..line.start + line.text.len())),
        };
        if self.heads.contains(&name) {
            return None;
        }
        self.heads.push(name.clone());
        Some(match mixed {
            Some(at) => Diagnostic::error(
                code::DUPLICATE_KEY,
                say!(
                    "{name} 有好几项，{single} 少了一对方括号",
                    "`{name}` is given several times, and {single} lacks a pair of brackets"
                ),
            )
            .at(at)
            .help(say!("写成 {double}", "write {double}"))
            .fix(at, double),
            None => {
                let finding = Diagnostic::error(
                    code::DUPLICATE_KEY,
                    say!("{single} 写了两次", "{single} is given twice"),
                )
                .label(span, say!("再次出现", "given again here"))
                .help(say!("把两处的内容并到一处", "put the lines of both into one"));
                match place(&single) {
                    Some(first) => finding.label(first, say!("首次出现", "first given here")),
                    None => finding,
                }
            }
        })
    }
}

/// Where the line `wanted` stands.
fn find_line(text: &str, wanted: &str) -> Option<std::ops::Range<usize>> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with(wanted) {
            let start = offset + (line.len() - line.trim_start().len());
            return Some(start..start + wanted.len());
        }
        offset += line.len();
    }
    None
}

/// Where the key that stands again at `range` stood first in its table.
fn first_place(text: &str, range: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let key = text.get(range.clone())?;
    let before = text.get(..range.start)?;
    let table = before.rfind("\n[").unwrap_or(0);
    let starts = before.match_indices(key).map(|(at, _)| at).filter(|at| *at >= table);
    let is_key = |at: &usize| {
        let after = text.get(at + key.len()..).unwrap_or("").trim_start();
        let lead = before.get(..*at).unwrap_or("").trim_end_matches([' ', '\t']);
        after.starts_with(['=', '.']) && (lead.is_empty() || lead.ends_with(['\n', '{', ',']))
    };
    starts.filter(is_key).last().map(|at| at..at + key.len())
}

fn unclosed_text(at: Span) -> Diagnostic {
    Diagnostic::error(code::SYNTAX, say!("多行文字没有结束", "unclosed text of several lines"))
        .label(at, say!("从这里开始", "starts here"))
        .help(say!(
            "在最后一行下面写上同样的三个引号",
            "close it with the same three quotes below its last line"
        ))
}

/// The bracket of a value that is still open where the next key or head stands, and where it is.
fn unclosed_bracket(text: &str, file: FileId, range: &std::ops::Range<usize>) -> Option<(usize, Diagnostic)> {
    let bracket = scan::open_bracket(text, range.start)?;
    let line = Line::around(text, file, range.start);
    let goes_on =
        bracket.at >= line.start || !(line.is_head() || line.is_assignment() || line.text.is_empty());
    if goes_on {
        return None;
    }
    let (open, close) = (bracket.open, bracket.close);
    Some((
        bracket.at,
        Diagnostic::error(code::SYNTAX, say!("{open} 没有配对的 {close}", "unclosed {open}"))
            .at(Span::new(file, bracket.at..bracket.at + 1))
            .help(say!("在内容后面写上 {close}", "add {close} after its content")),
    ))
}

/// The parser's own message, where the line shows no slip that is known.
fn translated(message: &str, line: Line<'_>, span: Span) -> Diagnostic {
    let (words, help) = translate(message, line, span.range().start);
    Diagnostic::error(code::SYNTAX, words).at(span).help(help)
}

/// The parser's message in the user's words: what is wrong and how to write it.
fn translate(message: &str, line: Line<'_>, at: usize) -> (Words, Words) {
    let head = message.split(',').next().unwrap_or(message);
    let rest = line.text.get(at.saturating_sub(line.start)..).unwrap_or("").trim();
    let head = match head {
        "string values must be quoted" if rest.is_empty() || rest.starts_with('#') => "missing value",
        "unexpected key or value" | "key with no value"
            if line.is_head() || line.text.trim_end().ends_with(']') =>
        {
            if line.is_assignment() {
                head
            } else {
                "unclosed table"
            }
        }
        "invalid unquoted key" | "unquoted keys cannot be empty" if line.is_head() => "unclosed table",
        other => other,
    };
    let (words, help) = match head {
        "string values must be quoted" => (
            say!("文字要放在引号里", "text must be in quotes"),
            say!("写法：键 = \"文字\"", "format: key = \"text\""),
        ),
        "invalid basic string" | "invalid literal string" | "missing opening quote" => (
            say!("引号没有配对", "unclosed quote"),
            say!(
                "一行文字以 \" 开头也以 \" 结尾；多行文字用 '''",
                "a line of text begins and ends with \"; several lines are put between '''"
            ),
        ),
        "missing value for key" | "missing value" => (
            say!("等号后面没有值", "missing value after ="),
            say!("写法：键 = \"文字\"", "format: key = \"text\""),
        ),
        "key with no value" | "missing assignment between key-value pairs" => (
            say!("键后面缺等号和值", "missing = and value after the key"),
            say!("写法：键 = \"文字\"", "format: key = \"text\""),
        ),
        "unclosed table" | "unclosed array table" | "missing table open" => (
            say!("表头的方括号有误", "invalid brackets in a head"),
            say!(
                "表头写成 [funding]，可重复的写成 [[cost]]",
                "a table's head is written [funding], a repeated one [[cost]]"
            ),
        ),
        "unclosed array" | "missing comma between array elements" | "extra comma in array" => (
            say!("方括号内的列表有误", "invalid list"),
            say!("写法：[\"…\", \"…\"]", "format: [\"…\", \"…\"]"),
        ),
        "unclosed inline table"
        | "missing comma between key-value pairs"
        | "extra comma in inline table"
        | "missing key for inline table element" => (
            say!("花括号内的内容有误", "invalid content in braces"),
            say!("写法：{{ zh = \"…\", en = \"…\" }}", "format: {{ zh = \"…\", en = \"…\" }}"),
        ),
        "unexpected key or value" if rest.starts_with(',') && rest.len() > 1 => (
            say!("几个值要放在方括号里", "several values stand in brackets"),
            say!("写法：[\"…\", \"…\"]", "format: [\"…\", \"…\"]"),
        ),
        "unexpected key or value" | "unexpected content" if rest.contains('"') => (
            say!("引号后面多了内容", "something follows the closing quote"),
            say!("文字里面的引号用 “ ”", "quotes within a text are written “ ”"),
        ),
        "unexpected key or value" | "unexpected content" => (
            say!("这一行后面多了内容", "something follows the value"),
            say!(
                "一行只写一个 键 = 值，末尾不加标点",
                "one line holds one key = value, with no mark after it"
            ),
        ),
        "extra `=`" | "extra assignment between key-value pairs" => {
            (say!("等号多写了一个", "more than one ="), say!("一个键只用一个等号", "a key takes one ="))
        }
        "unquoted keys cannot be empty" => (
            say!("等号前面缺键", "the key before = is missing"),
            say!("写法：键 = 值", "format: key = value"),
        ),
        "invalid mantissa" | "invalid fraction" => (
            say!("小数点前后都要有数字", "digits stand before and after the point"),
            say!("小数点前后各补上数字", "add the digit before or after the point"),
        ),
        "invalid unquoted key" => (
            say!("键只能用英文字母、数字、下划线和连字符", "a key is made of letters, digits, _ and -"),
            {
                let page = example("docs/format.md");
                say!("键名见 {page}", "{page} lists the keys")
            },
        ),
        "recursion limit" | "cannot recurse further; max recursion depth met" => (
            say!(
                "括号或带点的键套得太深，最多 80 层",
                "brackets or dotted keys are nested more than 80 deep"
            ),
            say!(
                "请核对这里的括号和点；格式见 docs/format.md",
                "check the brackets or dots here; docs/format.md has the format"
            ),
        ),
        "invalid value" | "missing escaped value" | "too few unicode value digits" => (
            say!("反斜杠 \\ 后面的字符无法识别", "unknown escape after \\"),
            say!("文字里有 \\ 时改用单引号：'…'", "text with a \\ goes between single quotes: '…'"),
        ),
        _ => (
            say!("不符合 TOML 语法", "invalid TOML: {message}"),
            say!("一行写一个 键 = 值，文字放在引号里", "one key = value per line, text in quotes"),
        ),
    };
    (words, help)
}
