//! What has to hold of a file that was written anew: the same values and comments.

use std::path::Path;

use shenbao::fmt::{Formatted, format_text};
use shenbao::load::FileKind;
use shenbao::reading::target;
use toml::{Table, Value};
use toml_parser::{Source, lexer::TokenKind};

/// The comments of a file, sorted: a table may change its place, and its comments with it.
pub fn comments(text: &str) -> Vec<String> {
    let source = Source::new(text);
    let of_token = |span: toml_parser::Span| text.get(span.start()..span.end()).unwrap_or_default();
    let tokens = source.lex().filter(|token| token.kind() == TokenKind::Comment);
    let mut all: Vec<String> = tokens
        .map(|token| of_token(token.span()).trim_start_matches('#').trim().to_owned())
        .filter(|comment| !comment.is_empty())
        .collect();
    all.sort();
    all
}

/// A file in its canonical shape, once that is seen to say the same as before and to stay as it is.
pub fn formatted(path: &Path, text: &str, kind: FileKind, sections: &[String]) -> Option<String> {
    let Formatted::Text(after) = format_text(path, text, kind, sections) else { return None };
    match format_text(path, &after, kind, sections) {
        Formatted::Text(again) => assert_eq!(after, again, "a second time changes it again"),
        other => panic!("the canonical shape cannot be formatted: {other:?}\n{after}"),
    }
    assert_eq!(comments(text), comments(&after), "comments differ in\n{after}");
    let read = |text: &str| text.parse::<Table>().map(Value::Table);
    match (read(text), read(&after)) {
        (Ok(before), Ok(now)) => assert!(same(&before, &now), "values differ:\n{text}\n---\n{after}"),
        (before, now) => panic!("no longer read alike: {before:?}, {now:?}"),
    }
    Some(after)
}

/// Whether two values say the same: texts by their characters without spaces, as lines are broken anew.
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::String(one), Value::String(two)) => {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            bare(one) == bare(two) || same_target(one, two)
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::Table(one), Value::Table(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, one)| two.get(key).is_some_and(|two| same(one, two)))
        }
        (Value::Float(one), Value::Float(two)) => one.to_bits() == two.to_bits(),
        _ => one == two,
    }
}

fn same_target(one: &str, two: &str) -> bool {
    let read = |text: &str| Some(target::read(text, &|_| false)?.ok()?.figure);
    read(one).is_some() && read(one) == read(two)
}
