//! Keys that a table does not take, and what was meant by them.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::keys::{self, FORMAT, Keys};
use super::slips::chinese_key_finding;
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::lang::say;
use crate::source::{FileId, Span};

/// Reports the keys of `map` that a table does not take.
pub(super) fn report(map: &DeTable<'_>, file: FileId, keys: Keys, here: &str, diagnostics: &mut Diagnostics) {
    match headless(map, file, keys, here) {
        Some(finding) => diagnostics.push(finding),
        None => map.keys().for_each(|key| unknown_key(key, file, keys, here, diagnostics)),
    }
}

/// Whether a table below the keys at the top of a file holds `key`, one of those, which it does not take.
pub(super) fn below(map: &DeTable<'_>, keys: Keys, key: &str) -> bool {
    let misplaced = |(head, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let own = keys::of_head(head.get_ref());
        let has = |value: &DeValue<'_>| matches!(value, DeValue::Table(map) if map.get(key).is_some());
        own.is_some_and(|own| !own.takes(key))
            && match value.get_ref() {
                DeValue::Array(items) => items.iter().any(|item| has(item.get_ref())),
                value => has(value),
            }
    };
    keys.is_top() && map.iter().any(misplaced)
}

/// Whether `name` belongs to the top of the file that has a table with `keys`.
fn at_top(name: &str, keys: Keys) -> bool {
    let of_declaration = [keys::AGENCY, keys::OVERVIEW, keys::ACCEPT].iter().any(|own| own.keys == keys.keys);
    let top = if of_declaration { keys::DECLARATION } else { keys::PROJECT };
    !keys.is_top() && keys.table.starts_with('[') && top.takes(name)
}

/// Whether a key of `map` that the table does not take was probably meant to be `key`.
pub(super) fn misspells(map: &DeTable<'_>, keys: Keys, key: &str) -> bool {
    let unknown = map.keys().map(|key| key.get_ref().as_ref());
    let mut unknown = unknown.filter(|name| !keys.keys.contains(name));
    unknown
        .any(|name| nearest(name, keys.keys.iter().copied()) == Some(key) || keys::meant(name) == Some(key))
}

/// The finding for several keys that all belong to another table, whose head is missing above them.
fn headless(map: &DeTable<'_>, file: FileId, keys: Keys, here: &str) -> Option<Diagnostic> {
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
    let head = table.table;
    Some(
        Diagnostic::error(
            code::UNKNOWN_KEY,
            say!(
                "{here} 不能写 `{first}` 和下面几个键",
                "unknown key `{first}` in {here}, and the keys below it"
            ),
        )
        .at(Span::new(file, span.clone()))
        .help(say!("这些键属于 {head}：在上面加一行表头", "they belong to {head}: add this head above them")),
    )
}

fn unknown_key(
    key: &Spanned<DeString<'_>>,
    file: FileId,
    keys: Keys,
    here: &str,
    diagnostics: &mut Diagnostics,
) {
    let name = key.get_ref().as_ref();
    if keys.keys.contains(&name) {
        return;
    }
    let span = Span::new(file, key.span());
    if !name.is_ascii() {
        diagnostics.push(chinese_key_finding(span, name, Some(keys)));
        return;
    }
    let finding = Diagnostic::error(
        code::UNKNOWN_KEY,
        say!("{here} 不能写 `{name}` 这个键", "unknown key `{name}` in {here}"),
    )
    .at(span);
    let list = keys.keys.join(" ");
    let takes = say!("可用的键：{list}", "known keys: {list}");
    diagnostics.push(match nearest(name, keys.keys.iter().copied()) {
        _ if at_top(name, keys) => finding.help(say!(
            "`{name}` 属于文件开头：移到第一个 [ ] 之前",
            "`{name}` belongs to the top of the file: move it before the first [ ]"
        )),
        Some(meant) => {
            finding.help(say!("是否应为 {meant}？", "did you mean {meant}?")).help(takes).suggest(span, meant)
        }
        None => finding.help(takes),
    });
}
