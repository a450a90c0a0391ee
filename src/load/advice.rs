//! Advice on errors of reading: made from what was written, and tried before it is shown.
//!
//! A correction is kept when the file read with it no longer has the error, and has no other one instead. So no advice
//! leads from one error to the next, whatever was written.

use std::cell::Cell;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::guess;
use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Safety, Severity, code};
use crate::form::Section;
use crate::lang::{Words, say};
use crate::reading::invisible::{Invisible, all_invisible};
use crate::source::{FileId, Span, example};

/// What reading a text gives.
pub(super) struct Attempt {
    /// Where the parser stopped, each time.
    pub syntax: Vec<usize>,
    /// What was found in what could be parsed.
    pub findings: Diagnostics,
}

/// Reads a text that may be no TOML: `read` gets what of it can be parsed.
pub(super) fn attempt(text: &str, read: impl FnOnce(&Spanned<DeTable<'_>>, &mut Diagnostics)) -> Attempt {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let syntax = errors.iter().map(|error| error.span().map_or(text.len(), |span| span.start)).collect();
    let mut findings = Diagnostics::default();
    read(&tree, &mut findings);
    Attempt { syntax, findings }
}

/// A correction that may hold.
struct Candidate {
    range: Range<usize>,
    new: String,
    safety: Safety,
    help: Option<Words>,
}

/// A file with more errors than this is not one that has slips; trying advice for each would take long.
const MOST: usize = 60;

/// How many bytes may be read in trying the advice for a file: some forty errors in a project of 10 KB, which is a second.
/// Later errors are reported without a fix.
const MOST_READ: usize = 4 << 20;

/// Replaces the advice of each error in `file` by one that holds, where there is one.
pub(super) fn advise(
    text: &str,
    file: FileId,
    sections: &[Section],
    read: impl Fn(&str) -> Attempt,
    found: Diagnostics,
) -> Diagnostics {
    if !found.has_errors() || found.count(Severity::Error) > MOST {
        return found.into_iter().map(without_fix).collect();
    }
    let before = read(text);
    let all: Vec<Diagnostic> = found.into_iter().collect();
    let (syntax, errors) = (before.syntax.len(), errors(all.iter()));
    let trial = Trial { text, file, sections, read, syntax, errors, left: Cell::new(MOST_READ) };
    all.into_iter().map(|finding| trial.advised(finding)).collect()
}

fn without_fix(mut finding: Diagnostic) -> Diagnostic {
    if finding.severity == Severity::Error && finding.fix.take().is_some() {
        withdraw(&mut finding);
    }
    finding
}

/// Takes back the first help, which is about the fix.
fn withdraw(finding: &mut Diagnostic) {
    if !finding.help.is_empty() {
        finding.help.remove(0);
    }
    if finding.help.is_empty() {
        let page = example("docs/format.md");
        finding.help.push(say!("写法见 {page}", "see {page} for the format"));
    }
}

/// Errors without their places, which an edit shifts.
fn errors<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Vec<(u16, String)> {
    let errors = findings.filter(|one| one.severity == Severity::Error);
    errors.map(|one| (one.code.0, one.message.en.clone())).collect()
}

struct Trial<'t, R> {
    text: &'t str,
    file: FileId,
    sections: &'t [Section],
    read: R,
    syntax: usize,
    errors: Vec<(u16, String)>,
    /// How many bytes may still be read.
    left: Cell<usize>,
}

impl<R: Fn(&str) -> Attempt> Trial<'_, R> {
    fn advised(&self, mut finding: Diagnostic) -> Diagnostic {
        let here = finding.span().filter(|span| span.file == self.file);
        let Some(span) = here.filter(|_| finding.severity == Severity::Error) else { return finding };
        let range = if self.syntax > 0 { line(self.text, span.range().start) } else { span.range() };
        if let Some(named) = self.unseen(&finding, range.clone()) {
            return named;
        }
        let own = finding.fix.take();
        if let Some(fix) = own.as_ref().filter(|fix| self.holds(&finding, fix.span.range(), &fix.replacement))
        {
            finding.help.truncate(1);
            finding.fix = Some(fix.clone());
            return finding;
        }
        if own.is_some() {
            withdraw(&mut finding);
        }
        let made = self.candidates(&finding, range).into_iter();
        let Some(made) = made.into_iter().find(|one| self.holds(&finding, one.range.clone(), &one.new))
        else {
            return finding;
        };
        if let Some((at, first)) = self.text.get(made.range.clone()).and_then(|old| all_invisible(old).next())
        {
            let at = made.range.start + at;
            finding = Diagnostic::error(
                finding.code,
                unseen_words(self.text.get(made.range.clone()).unwrap_or("")),
            )
            .at(Span::new(self.file, at..at + first.ch.len_utf8()));
        }
        let shown = shown(self.text, &made);
        finding.help = vec![made.help.unwrap_or_else(|| say!("写成 {shown}", "write {shown}"))];
        let span = Span::new(self.file, made.range);
        finding.fix = Some(Fix { span, replacement: made.new, safety: made.safety });
        finding
    }

    /// What could be meant in place of a value, or of a line that is no TOML.
    fn candidates(&self, finding: &Diagnostic, range: Range<usize>) -> Vec<Candidate> {
        let old = self.text.get(range.clone()).unwrap_or("");
        if self.syntax > 0 {
            let lines = self.section(old).into_iter().chain(guess::lines(old));
            return lines.map(|guess| Candidate::of(old, range.start, guess)).collect();
        }
        let values = [
            code::UNKNOWN_KEY,
            code::MISSING_KEY,
            code::CHINESE_KEY,
            code::EXCLUSIVE_KEYS,
            code::UNKNOWN_SECTION,
        ];
        let key = self.text.get(..range.start).and_then(|before| before.lines().last()).unwrap_or("");
        // These name something that stands elsewhere, which is not looked up here.
        let refers = ["of =", "where ="].iter().any(|end| key.trim_end().ends_with(end));
        if values.contains(&finding.code) || refers || old.contains('\n') {
            return Vec::new();
        }
        let whole =
            |(new, safety): (String, Safety)| Candidate { range: range.clone(), new, safety, help: None };
        let mut made: Vec<Candidate> = guess::values(old).into_iter().map(whole).collect();
        if guess::says_nothing(old) {
            made.push(self.without_line(range));
        }
        made
    }

    /// The head of a section that was written with its heading: `[narrative.项目概况]`.
    fn section(&self, line: &str) -> Option<guess::Line> {
        let (head, remark) = guess::split_remark(line);
        let head = head.trim().strip_prefix("[narrative.")?.strip_suffix(']')?.trim();
        let (name, rest) =
            head.split_once('.').map_or((head, String::new()), |(name, rest)| (name, format!(".{rest}")));
        let meant = Section::named(self.sections, name.trim_matches('"'))?;
        let new = format!("[narrative.{}{rest}]", meant.id);
        let help = Some(say!("“{name}”写作 {new}", "`{name}` is written {new}"));
        Some(guess::Line { help, ..guess::Line::safe(new + remark) })
    }

    /// The line deleted, for a value that says that there is none.
    fn without_line(&self, range: Range<usize>) -> Candidate {
        let mut range = line(self.text, range.start);
        if self.text.get(range.end..).is_some_and(|rest| rest.starts_with('\n')) {
            range.end += 1;
        }
        let help = Some(say!("没有就删去这一行", "delete the line if there is none"));
        Candidate { range, new: String::new(), safety: Safety::Suggested, help }
    }

    /// The finding that names the unseen characters of a range, if the file is right without them.
    fn unseen(&self, finding: &Diagnostic, range: Range<usize>) -> Option<Diagnostic> {
        let old = self.text.get(range.clone())?;
        let first = all_invisible(old).next()?;
        let cleaned = [outside_quotes(old), replaced(old, |_| true)];
        let guesses = cleaned.into_iter().filter(|new| new != old).map(guess::Line::safe);
        let held = guesses
            .map(|guess| Candidate::of(old, range.start, guess))
            .find(|one| self.holds(finding, one.range.clone(), &one.new));
        let (made, span) = match held {
            Some(made) => {
                let at = self.text.get(made.range.clone()).and_then(|part| all_invisible(part).next());
                let (at, ch) =
                    at.map_or((first.0 + range.start, first.1), |(at, ch)| (at + made.range.start, ch));
                (made, Span::new(self.file, at..at + ch.ch.len_utf8()))
            }
            None => return None,
        };
        let spaces =
            made.new.contains(' ') && self.text.get(made.range.clone()).is_some_and(|old| !old.contains(' '));
        let help = match spaces {
            true => say!("改用半角空格", "use a plain space"),
            false => say!("删去看不见的字符", "delete the invisible character"),
        };
        let words = unseen_words(self.text.get(made.range.clone()).unwrap_or(""));
        let named = Diagnostic::error(finding.code, words).at(span).help(help);
        Some(named.fix(Span::new(self.file, made.range), made.new))
    }

    /// Whether the file read with an edit has the error no longer, and no other one instead.
    fn holds(&self, finding: &Diagnostic, range: Range<usize>, new: &str) -> bool {
        let (Some(head), Some(tail)) = (self.text.get(..range.start), self.text.get(range.end..)) else {
            return false;
        };
        let Some(left) = self.left.get().checked_sub(self.text.len()) else { return false };
        self.left.set(left);
        let edited = [head, new, tail].concat();
        let after = (self.read)(&edited);
        if self.syntax == 0 {
            let mut known = self.errors.clone();
            let own = (finding.code.0, finding.message.en.clone());
            if let Some(at) = known.iter().position(|one| *one == own) {
                known.remove(at);
            }
            return after.syntax.is_empty() && included(errors(after.findings.iter()), known);
        }
        let end = line(&edited, range.start + new.len()).end;
        let lines = line(&edited, range.start).start..end + 1;
        if new.is_empty() && lacks(&after.findings, self.text.get(range).unwrap_or("")) {
            return false;
        }
        // A text that went on in the next line is not closed by a quote in this one.
        let near = lines.start..line(&edited, lines.end).end + 1;
        let on_lines = |one: &Diagnostic| {
            one.severity == Severity::Error
                && one.span().is_some_and(|span| span.start < span.end && lines.contains(&span.range().start))
        };
        after.syntax.len() < self.syntax.max(1)
            && !after.syntax.iter().any(|at| near.contains(at))
            && !after.findings.iter().any(on_lines)
    }
}

impl Candidate {
    /// A whole text in place of `old`, cut down to what differs.
    fn of(old: &str, start: usize, guess: guess::Line) -> Candidate {
        let same = |(a, b): &(char, char)| a == b;
        let head: usize =
            old.chars().zip(guess.new.chars()).take_while(same).map(|(ch, _)| ch.len_utf8()).sum();
        let (old, new) = (old.get(head..).unwrap_or(""), guess.new.get(head..).unwrap_or(""));
        let tail: usize =
            old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(ch, _)| ch.len_utf8()).sum();
        let range = start + head..start + head + old.len() - tail;
        let new = new.get(..new.len() - tail).unwrap_or("").to_owned();
        Candidate { range, new, safety: guess.safety, help: guess.help }
    }
}

/// What the advice shows: the value, or the line as it will be where only marks of it change.
fn shown(text: &str, made: &Candidate) -> String {
    let line = line(text, made.range.start);
    let part = |range: Range<usize>| text.get(range).unwrap_or("");
    let value = part(made.range.clone());
    let whole = part(line.start..made.range.start).trim_end().ends_with('=')
        && !value.is_empty()
        && !made.new.is_empty();
    let rest = text.get(made.range.end..line.end).unwrap_or("").trim_start();
    let whole = whole && (rest.is_empty() || rest.starts_with(['#', ',', '}', ']']));
    if whole || made.range.end > line.end {
        return made.new.clone();
    }
    [part(line.start..made.range.start), &made.new, part(made.range.end..line.end)].concat().trim().to_owned()
}

/// Whether each of `some` is among `all`, as often.
fn included(some: Vec<(u16, String)>, mut all: Vec<(u16, String)>) -> bool {
    some.into_iter().all(|one| {
        let at = all.iter().position(|other| *other == one);
        at.map(|at| all.remove(at)).is_some()
    })
}

/// Whether the key of a deleted line is missed.
fn lacks(findings: &Diagnostics, deleted: &str) -> bool {
    let key = deleted.split('=').next().unwrap_or("").trim();
    let missing = format!("`{key}`");
    findings.iter().any(|one| {
        one.code == code::EXCLUSIVE_KEYS
            || (one.code == code::MISSING_KEY && one.message.en.contains(&missing))
    })
}

/// The line around a byte, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (before, after) = text.split_at(at);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    start..at + after.find(['\n', '\r']).unwrap_or(after.len())
}

/// The text with what stands for each unseen character that `wanted` says yes to.
fn replaced(text: &str, mut wanted: impl FnMut(&Invisible) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (place, one) in all_invisible(text) {
        if let (Some(new), true) = (one.replacement, wanted(&one)) {
            out.push_str(text.get(at..place).unwrap_or(""));
            out.push_str(new);
            at = place + one.ch.len_utf8();
        }
    }
    out + text.get(at..).unwrap_or("")
}

/// The same for what stands outside quotes.
fn outside_quotes(line: &str) -> String {
    let parts = line.split_inclusive('"').enumerate();
    parts
        .map(|(number, part)| if number % 2 == 0 { replaced(part, |_| true) } else { part.to_owned() })
        .collect()
}

/// The message that names the unseen characters of a text, each once.
fn unseen_words(text: &str) -> Words {
    let mut names: Vec<Words> = Vec::new();
    for (_, one) in all_invisible(text) {
        let name = one.name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let joined = |of: fn(&Words) -> &str, mark: &str| names.iter().map(of).collect::<Vec<_>>().join(mark);
    let (zh, en) = (joined(|one| &one.zh, "、"), joined(|one| &one.en, ", "));
    say!("这里有看不见的字符：{zh}", "invisible character: {en}")
}
