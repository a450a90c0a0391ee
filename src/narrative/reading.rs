//! A text as a reader sees it, with the place that each character comes from.

use super::expand::needs_space;
use super::parse::{self, Piece, RawBlock};
use super::precision::Precision;
use super::values::{Scope, Value, Values};
use super::{Block, expand, format};
use crate::diagnostic::Diagnostics;
use crate::lang::Lang;
use crate::model::{Money, Prose};
use crate::source::Span;

/// Which text of a declaration it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// 绩效目标设置情况
    Overview,
    /// A section of the narrative, by its id.
    Section(String),
    /// 项目总目标
    OverallGoal,
    /// 年度总体目标
    AnnualGoal,
}

/// One text in one language.
#[derive(Debug, Clone)]
pub struct Passage<'p> {
    /// Whose it is.
    pub scope: Scope,
    /// Which it is.
    pub part: Part,
    /// Its language.
    pub lang: Lang,
    /// The text as written.
    pub prose: &'p Prose,
    /// The text as printed: paragraphs and list items, each ended by a line break, without list markers.
    pub text: String,
    runs: Vec<Run>,
}

/// Characters of a passage that come from one place, up to the next run.
#[derive(Debug, Clone)]
struct Run {
    start: usize,
    origin: Origin,
    /// The path and the amount that a placeholder took, and the amount of the year beside a total of all years.
    taken: Option<Amounts>,
}

#[derive(Debug, Clone)]
struct Amounts {
    path: String,
    amount: Money,
    annual: Option<(String, Money)>,
}

/// An amount that a placeholder took.
#[derive(Debug, Clone)]
pub struct Taken<'p> {
    /// Where it is printed.
    pub range: std::ops::Range<usize>,
    /// The path that was written.
    pub path: &'p str,
    /// The amount before it was rounded for printing; of a list, the sum of its amounts.
    pub amount: Money,
    /// Of a total, or of a list of totals: the path of the declaration's year, and its amount.
    pub annual: Option<(&'p str, Money)>,
}

#[derive(Debug, Clone, Copy)]
enum Origin {
    /// Typed, at this offset of the decoded text.
    Typed(usize),
    /// Computed, by the placeholder that stands here.
    Value(Span),
}

impl Passage<'_> {
    /// The place in the file of a range of [`text`](Self::text).
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let Some(first) = self.run_at(range.start) else { return self.prose.place.span() };
        match first.origin {
            Origin::Value(span) => span,
            Origin::Typed(offset) => {
                let start = offset + (range.start - first.start);
                let last = range.end.saturating_sub(1).max(range.start);
                let end = match self.run_at(last).map(|run| (run.start, run.origin)) {
                    Some((from, Origin::Typed(offset))) => offset + (range.end.max(range.start) - from),
                    _ => start + (range.end - range.start),
                };
                self.prose.place.at(start..end.max(start))
            }
        }
    }

    /// Whether any of a range of [`text`](Self::text) is computed.
    pub fn is_computed(&self, range: std::ops::Range<usize>) -> bool {
        let from = self.runs.partition_point(|run| run.start <= range.start).saturating_sub(1);
        let runs = self.runs.iter().skip(from).take_while(|run| run.start < range.end.max(range.start + 1));
        runs.into_iter().any(|run| matches!(run.origin, Origin::Value(_)))
    }

    /// Each placeholder as written, without its braces, and what it prints, in the order of the text.
    pub fn values(&self) -> Vec<(String, String)> {
        let ends = self.runs.iter().skip(1).map(|run| run.start).chain([self.text.len()]);
        let printed = self.runs.iter().zip(ends).filter(|(run, _)| matches!(run.origin, Origin::Value(_)));
        let printed = printed.map(|(run, end)| self.text.get(run.start..end).unwrap_or("").trim().to_owned());
        let written = self.prose.value.split("{{").skip(1);
        let written = written.filter_map(|rest| Some(rest.split_once("}}")?.0.trim().to_owned()));
        written.zip(printed).collect()
    }

    /// Each single amount that a placeholder took, in the order of the text.
    pub fn taken(&self) -> impl Iterator<Item = Taken<'_>> {
        let ends = self.runs.iter().skip(1).map(|run| run.start).chain([self.text.len()]);
        self.runs.iter().zip(ends).filter_map(|(run, end)| {
            let Amounts { path, amount, annual } = run.taken.as_ref()?;
            let annual = annual.as_ref().map(|(path, amount)| (path.as_str(), *amount));
            Some(Taken { range: run.start..end, path, amount: *amount, annual })
        })
    }

    fn run_at(&self, at: usize) -> Option<&Run> {
        let index = self.runs.partition_point(|run| run.start <= at).checked_sub(1)?;
        self.runs.get(index)
    }
}

/// Reads one text; what is wrong with its placeholders was told when it was expanded.
pub(super) fn read<'p>(prose: &'p Prose, part: Part, values: &Values<'_>) -> Passage<'p> {
    let blocks = parse::parse(prose, &mut Diagnostics::default());
    let precision = Precision::of_text(&blocks, values);
    let mut reader = Reader { values, precision, text: String::new(), runs: Vec::new() };
    for block in blocks {
        match block {
            RawBlock::Paragraph(pieces) => reader.block(&pieces),
            RawBlock::List(items) => items.iter().for_each(|item| reader.block(&item.pieces)),
        }
    }
    let Reader { text, runs, .. } = reader;
    Passage { scope: values.scope, part, lang: values.lang, prose, text, runs }
}

struct Reader<'r, 'v> {
    values: &'r Values<'v>,
    precision: Option<Precision>,
    text: String,
    runs: Vec<Run>,
}

impl Reader<'_, '_> {
    fn block(&mut self, pieces: &[Piece]) {
        let own = || Precision::of_paragraph(pieces, self.values);
        let precision = self.precision.clone().unwrap_or_else(own);
        let mut broken = false;
        let begin = self.text.len();
        for piece in pieces {
            let mut taken = None;
            let (text, origin) = match piece {
                Piece::Break => {
                    broken = true;
                    continue;
                }
                Piece::Text(text, at) => (text.clone(), Origin::Typed(*at)),
                Piece::Value(placeholder) => {
                    taken = self.amounts(&placeholder.path);
                    (
                        self.value(placeholder, pieces.len() == 1, &precision),
                        Origin::Value(placeholder.path_span),
                    )
                }
            };
            let before = self.text.get(begin..).unwrap_or("");
            if broken && needs_space(before, &text) {
                self.text.push(' ');
            }
            broken = false;
            self.runs.push(Run { start: self.text.len(), origin, taken });
            self.text.push_str(&text);
        }
        self.text.push('\n');
    }

    fn amounts(&self, path: &str) -> Option<Amounts> {
        let money = |path: &str| match self.values.resolve(path)? {
            Value::Money(amount) => Some(amount),
            Value::List(items) if path.ends_with("list") => {
                Money::sum(items.into_iter().map(|(_, amount)| amount))
            }
            _ => None,
        };
        let amount = money(path)?;
        let (owner, what) = path.rsplit_once('.').map_or(("", path), |(owner, what)| (owner, what));
        let year = match (owner, what) {
            ("", "total" | "amount") => Some("annual".to_owned()),
            (owner, "total" | "amount") => Some(format!("{owner}.annual")),
            (owner, "list") => Some(format!("{owner}.annual_list")),
            _ => None,
        };
        let annual = year.and_then(|year| Some((money(&year)?, year))).map(|(amount, year)| (year, amount));
        Some(Amounts { path: path.to_owned(), amount, annual })
    }

    fn value(&self, placeholder: &parse::Placeholder, alone: bool, precision: &Precision) -> String {
        let Some(value) = self.values.resolve(&placeholder.path) else { return String::new() };
        if let (Value::List(items), true) = (&value, alone) {
            let Block::List(items) = expand::numbered(items, self.values.lang, self.precision.as_ref())
            else {
                return String::new();
            };
            return items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("\n");
        }
        let wanted = placeholder.format.as_ref().map(|(name, _)| name.as_str());
        format::print(&value, wanted, self.values, precision).unwrap_or_default()
    }
}

/// A text as it is compared: each paragraph and list item in one line, with its placeholders and markers.
pub fn source_lines(prose: &Prose) -> Vec<String> {
    let mut lines = Vec::new();
    for block in parse::parse(prose, &mut Diagnostics::default()) {
        match block {
            RawBlock::Paragraph(pieces) => lines.push(source_line("", &pieces)),
            RawBlock::List(items) => {
                lines.extend(items.iter().map(|item| source_line(&item.marker, &item.pieces)));
            }
        }
    }
    lines
}

fn source_line(marker: &str, pieces: &[Piece]) -> String {
    let mut line = marker.to_owned();
    let mut broken = !marker.is_empty();
    if marker == "-" {
        line.push(' ');
    }
    for piece in pieces {
        let text = match piece {
            Piece::Break => {
                broken = true;
                continue;
            }
            Piece::Text(text, _) => {
                text.split_whitespace().fold(String::new(), |mut words, word| {
                    if !words.is_empty() || text.starts_with(char::is_whitespace) {
                        words.push(' ');
                    }
                    words.push_str(word);
                    words
                }) + if text.ends_with(char::is_whitespace) { " " } else { "" }
            }
            Piece::Value(placeholder) => match &placeholder.format {
                Some((format, _)) => format!("{{{{{} | {format}}}}}", placeholder.path),
                None => format!("{{{{{}}}}}", placeholder.path),
            },
        };
        if std::mem::take(&mut broken) && needs_space(&line, &text) {
            line.push(' ');
        }
        line.push_str(&text);
    }
    line.trim_end().to_owned()
}
