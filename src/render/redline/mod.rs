//! Two documents in one: what went is struck out, what came is underlined.
//!
//! Both are the documents that templates get, so that whatever is printed is compared as it is printed. The marks are
//! characters around the text; `templates/shared/redline.typ` prints them.

mod summary;
mod text;

use serde_json::{Map, Value};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::document::{Document, Earlier, Input, document};
use summary::Changes;
use text::{came, went};

/// What is the same whatever changed: it tells templates what something is, and is never printed.
const STRUCTURE: [&str; 8] = ["pdf", "id", "kind", "marker", "number", "continued", "path", "align"];

/// The document that templates get, with every change since `earlier` marked in it and summed up.
pub(super) fn json(input: Input<'_>, earlier: Earlier<'_>, new: &Document) -> Vec<u8> {
    let Earlier { declaration, ledger, narrative, evaluation } = earlier;
    let before = Input { declaration, ledger, narrative, evaluation, ..input };
    let old = document(before);
    // Strings and numbers alone cannot fail to serialize.
    let value = |document: &Document| serde_json::to_value(document).unwrap_or_default();
    let mut merged = marked(&value(&old), &value(new));
    let changes = Changes::new(before, input, count(&merged));
    if let Some(map) = merged.as_object_mut() {
        map.insert("changes".to_owned(), serde_json::to_value(changes).unwrap_or_default());
    }
    serde_json::to_vec(&merged).unwrap_or_default()
}

/// The new document with every change in it marked.
fn marked(old: &Value, new: &Value) -> Value {
    let mut merged = value("", old, new);
    number_removed(&mut merged);
    merged
}

/// How many texts have a mark.
fn count(value: &Value) -> usize {
    match value {
        Value::String(text) => usize::from(text::is_marked(text)),
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

fn value(key: &str, old: &Value, new: &Value) -> Value {
    match (old, new) {
        (Value::String(old), Value::String(new)) if old != new => Value::String(match key {
            "amount" => format!("{} {}", went(old), came(new)),
            _ => text::compare(old, new),
        }),
        (Value::Object(old), Value::Object(new)) => object(old, new),
        (Value::Array(old), Value::Array(new)) => Value::Array(match key {
            "projects" | "sections" => aligned(old, new, |item| item.get("id").cloned()),
            "groups" => aligned(old, new, |item| item.get("name").cloned()),
            "rows" if new.iter().chain(old).any(|row| row.get("id").is_some()) => {
                aligned(old, new, |row| row.get("id").cloned())
            }
            // The grid is the same on both sides.
            "parts" | "head" | "rows" | "cells" => {
                old.iter().zip(new).map(|(old, new)| value("", old, new)).collect()
            }
            _ => blocks(old, new),
        }),
        _ => new.clone(),
    }
}

fn object(old: &Map<String, Value>, new: &Map<String, Value>) -> Value {
    let mut merged = Map::new();
    for (key, own) in new {
        let value = match old.get(key) {
            _ if STRUCTURE.contains(&key.as_str()) => own.clone(),
            Some(old) => value(key, old, own),
            None => all(own, &came),
        };
        merged.insert(key.clone(), value);
    }
    // Parts, lists and groups say how many rows they have.
    if merged.contains_key("count") {
        merged.insert("count".to_owned(), rows_of(&merged).into());
    }
    Value::Object(merged)
}

/// How many rows a part, a list or a group has.
fn rows_of(map: &Map<String, Value>) -> u64 {
    let rows = map.get("rows").and_then(Value::as_array).map_or(0, Vec::len);
    let counted = |value: &Value| value.get("count").and_then(Value::as_u64);
    let groups = map.get("groups").and_then(Value::as_array).into_iter().flatten().filter_map(counted);
    // A list of nothing has an empty row.
    let items = map.get("items").and_then(counted).map(|count| count.max(1));
    u64::try_from(rows).unwrap_or(0) + groups.sum::<u64>() + items.unwrap_or(0)
}

/// Items matched by what identifies them, in the new order; what went stands where it stood.
fn aligned(old: &[Value], new: &[Value], ident: impl Fn(&Value) -> Option<Value>) -> Vec<Value> {
    // Of several with the same name, the first is that of the other side, and so on.
    let idents = |items: &[Value]| -> Vec<(Option<Value>, usize)> {
        let idents: Vec<_> = items.iter().map(&ident).collect();
        let before = |at: usize| idents.iter().take(at).filter(|own| Some(*own) == idents.get(at)).count();
        idents.iter().enumerate().map(|(at, own)| (own.clone(), before(at))).collect()
    };
    let (olds, news) = (idents(old), idents(new));
    let mut merged: Vec<Value> = new
        .iter()
        .zip(&news)
        .map(|(own, named)| match old.iter().zip(&olds).find(|(_, old)| named.0.is_some() && *old == named) {
            Some((old, _)) => value("", old, own),
            None => all(own, &came),
        })
        .collect();
    let mut place = 0;
    let mut gone = 0;
    for (item, named) in old.iter().zip(&olds) {
        match news.iter().position(|own| named.0.is_some() && own == named) {
            Some(index) => place = index + 1 + gone,
            None => {
                merged.insert(place.min(merged.len()), all(item, &went));
                (place, gone) = (place + 1, gone + 1);
            }
        }
    }
    merged
}

/// Paragraphs or items, matched by what they say.
fn blocks(old: &[Value], new: &[Value]) -> Vec<Value> {
    let said = |blocks: &[Value]| blocks.iter().map(said).collect::<Vec<_>>();
    let mut merged = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &said(old), &said(new)) {
        let before = old.get(op.old_range()).unwrap_or(&[]);
        let after = new.get(op.new_range()).unwrap_or(&[]);
        if op.tag() == DiffTag::Equal {
            merged.extend(after.iter().cloned());
            continue;
        }
        let pairs = before.len().min(after.len());
        for (before, after) in before.iter().zip(after) {
            if before.get("kind") == after.get("kind") {
                merged.push(value("", before, after));
            } else {
                merged.extend([all(before, &went), all(after, &came)]);
            }
        }
        merged.extend(before.iter().skip(pairs).map(|block| all(block, &went)));
        merged.extend(after.iter().skip(pairs).map(|block| all(block, &came)));
    }
    merged
}

/// What a block says, markers of lists included.
fn said(block: &Value) -> String {
    match block {
        Value::String(text) => format!("{text}\n"),
        Value::Array(items) => items.iter().map(said).collect(),
        Value::Object(map) => map.values().map(said).collect(),
        _ => String::new(),
    }
}

/// A value with each text in it marked as a whole.
fn all(value: &Value, mark: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(mark(text)),
        Value::Array(items) => items.iter().map(|item| all(item, mark)).collect(),
        Value::Object(map) => {
            let own = |(key, value): (&String, &Value)| {
                let kept = STRUCTURE.contains(&key.as_str());
                (key.clone(), if kept { value.clone() } else { all(value, mark) })
            };
            Value::Object(map.iter().map(own).collect())
        }
        other => other.clone(),
    }
}

/// A project that went keeps no number that another has: templates tell projects apart by it.
fn number_removed(document: &mut Value) {
    let Some(projects) = document.get_mut("projects").and_then(Value::as_array_mut) else { return };
    let mut taken = Vec::new();
    let mut next = projects.len() + 1;
    for project in projects {
        let Some(number) = project.get("number").cloned() else { continue };
        if taken.contains(&number) {
            if let Some(map) = project.as_object_mut() {
                map.insert("number".to_owned(), next.into());
            }
            next += 1;
        } else {
            taken.push(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_the_same_has_no_mark() {
        let document =
            json!({ "title": { "zh": "甲" }, "projects": [{ "id": "a", "number": 1, "name": "乙" }] });
        assert_eq!(marked(&document, &document), document);
        assert_eq!(count(&document), 0);
    }

    #[test]
    fn an_amount_stands_beside_the_old_one() {
        let merged = marked(&json!({ "amount": "80.00" }), &json!({ "amount": "75.00" }));
        assert_eq!(merged, json!({ "amount": "\u{E000}80.00\u{E001} \u{E002}75.00\u{E003}" }));
    }

    #[test]
    fn projects_are_matched_by_their_ids_and_what_went_stays_in_its_place() {
        let project = |id: &str, number: usize| json!({ "id": id, "number": number, "name": id });
        let old = json!({ "projects": [project("a", 1), project("b", 2), project("c", 3)] });
        let new = json!({ "projects": [project("a", 1), project("c", 2), project("d", 3)] });
        let merged = marked(&old, &new);
        let of = |key: &str| {
            merged["projects"].as_array().unwrap().iter().map(|own| own[key].clone()).collect::<Vec<_>>()
        };
        assert_eq!(of("name"), ["a", "\u{E000}b\u{E001}", "c", "\u{E002}d\u{E003}"]);
        let numbers: std::collections::BTreeSet<u64> =
            of("number").iter().filter_map(serde_json::Value::as_u64).collect();
        assert_eq!(numbers.len(), 4, "each project has a number of its own");
    }

    #[test]
    fn a_paragraph_that_came_leaves_the_others_as_they_are() {
        let block = |text: &str| json!({ "kind": "paragraph", "text": text });
        let merged = marked(
            &json!({ "zh": [block("甲"), block("丙")] }),
            &json!({ "zh": [block("甲"), block("乙"), block("丙")] }),
        );
        assert_eq!(merged, json!({ "zh": [block("甲"), block("\u{E002}乙\u{E003}"), block("丙")] }));
    }

    #[test]
    fn rows_of_the_same_name_are_compared_in_their_order() {
        let row = |text: &str| json!({ "id": "费用", "cells": [{ "kind": "amount", "amount": text }] });
        let rows = json!({ "rows": [row("1.00"), row("2.00")] });
        assert_eq!(marked(&rows, &rows), rows);
    }

    #[test]
    fn groups_count_the_rows_that_went_too() {
        let row = |name: &str| json!({ "id": name, "cells": [{ "kind": "value", "text": { "zh": name } }] });
        let tree = |rows: Vec<Value>| {
            let below = json!([{ "name": "数量", "count": rows.len(), "rows": rows }]);
            json!({ "groups": [{ "name": "产出", "count": rows.len(), "groups": below }] })
        };
        let merged = marked(&tree(vec![row("a"), row("b")]), &tree(vec![row("a")]));
        assert_eq!(merged["groups"][0]["count"], 2);
        assert_eq!(merged["groups"][0]["groups"][0]["count"], 2);
        let cell = &merged["groups"][0]["groups"][0]["rows"][1]["cells"][0];
        assert_eq!(cell, &json!({ "kind": "value", "text": { "zh": "\u{E000}b\u{E001}" } }));
    }
}
