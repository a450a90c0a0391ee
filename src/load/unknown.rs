//! Keys that a table does not take, and what was meant by them.

use toml::Spanned;
use toml::de::{DeString, DeTable};

use super::keys::{self, FORMAT, Keys};
use super::slips::chinese_key_finding;
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::lang::say;
use crate::source::{FileId, Span};

/// Reports the keys of `map` that a table does not take.
pub(super) fn report(map: &DeTable<'_>, file: FileId, keys: Keys, diagnostics: &mut Diagnostics) {
    match headless(map, file, keys) {
        Some(finding) => diagnostics.push(finding),
        None => map.keys().for_each(|key| unknown_key(key, file, keys, diagnostics)),
    }
}

/// Whether a key of `map` that the table does not take was probably meant to be `key`.
pub(super) fn misspells(map: &DeTable<'_>, keys: Keys, key: &str) -> bool {
    let unknown = map.keys().map(|key| key.get_ref().as_ref());
    let mut unknown = unknown.filter(|name| !keys.keys.contains(name));
    unknown
        .any(|name| nearest(name, keys.keys.iter().copied()) == Some(key) || keys::meant(name) == Some(key))
}

/// The finding for several keys that all belong to another table, whose head is missing above them.
fn headless(map: &DeTable<'_>, file: FileId, keys: Keys) -> Option<Diagnostic> {
    let mut unknown: Vec<_> = map
        .keys()
        .map(|key| (key.span().start, key.get_ref().as_ref(), key.span()))
        .filter(|(_, name, _)| !keys.keys.contains(name))
        .collect();
    unknown.sort_by_key(|(start, ..)| *start);
    let [(_, first, span), _, ..] = unknown.as_slice() else { return None };
    let own = FORMAT.iter().filter(|table| table.table.starts_with('['));
    let table = own
        .filter(|table| table.table != keys.table)
        .find(|table| unknown.iter().all(|(_, name, _)| table.keys.contains(name)))?;
    let (head, here) = (table.table, keys.table);
    Some(
        Diagnostic::error(
            code::UNKNOWN_KEY,
            say!("{here} 里没有 `{first}` 和下面几个键", "{here} takes no key `{first}`, nor those below it"),
        )
        .at(Span::new(file, span.clone()))
        .help(say!("它们属于 {head}：在上面写这个表头", "they belong to {head}: write this head above them")),
    )
}

fn unknown_key(key: &Spanned<DeString<'_>>, file: FileId, keys: Keys, diagnostics: &mut Diagnostics) {
    let name = key.get_ref().as_ref();
    if keys.keys.contains(&name) {
        return;
    }
    let span = Span::new(file, key.span());
    if !name.is_ascii() {
        diagnostics.push(chinese_key_finding(span, name));
        return;
    }
    let table = keys.table;
    let finding = Diagnostic::error(
        code::UNKNOWN_KEY,
        say!("{table} 里没有 `{name}` 这个键", "{table} takes no key `{name}`"),
    )
    .at(span);
    let list = keys.keys.join(" ");
    diagnostics.push(match nearest(name, keys.keys.iter().copied()) {
        Some(meant) => finding.help(say!("是不是 {meant}？", "did you mean {meant}?")).fix(span, meant),
        None => finding.help(say!("可用的键：{list}", "it takes: {list}")),
    });
}
