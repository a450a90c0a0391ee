//! Values in their canonical shape.

use toml_edit::{Array, InlineTable, Item, Key, Value};

use super::prose;
use super::shape::Shape;
use crate::narrative::flow;
use crate::reading::target;

/// A value as it is written after its `=`.
pub(super) fn print<'s>(value: &Value, shape: Shape<'s>, sections: &'s [String]) -> String {
    if has_comment(value) {
        return raw(value);
    }
    match value {
        Value::String(text) => string(text.value(), &raw(value), shape),
        Value::InlineTable(table) => inline(table, shape, sections),
        Value::Array(array) => list(array, shape, sections),
        _ => raw(value),
    }
}

/// A key, bare where it can be.
pub(super) fn key(key: &Key) -> String {
    let name = key.get();
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(bare) {
        return name.to_owned();
    }
    key.display_repr().trim().to_owned()
}

/// The value as it stands in the file.
fn raw(value: &Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string().trim().to_owned()
}

/// Whether remarks stand within a value.
pub(super) fn has_comment(value: &Value) -> bool {
    let marked = |text: Option<&toml_edit::RawString>| {
        text.and_then(toml_edit::RawString::as_str).is_some_and(|text| text.contains('#'))
    };
    let around = |value: &Value| marked(value.decor().prefix()) || marked(value.decor().suffix());
    match value {
        Value::Array(array) => {
            marked(Some(array.trailing())) || array.iter().any(|item| around(item) || has_comment(item))
        }
        Value::InlineTable(table) => {
            let keys = table.iter().filter_map(|(name, _)| table.key(name));
            let mut decors = keys.flat_map(|key| [key.leaf_decor(), key.dotted_decor()]);
            marked(Some(table.trailing()))
                || decors.any(|decor| marked(decor.prefix()) || marked(decor.suffix()))
                || table.iter().any(|(_, value)| around(value) || has_comment(value))
        }
        _ => false,
    }
}

/// Each key of a table with what it holds, dotted keys by their whole path.
fn flat<'t>(table: &'t InlineTable, shape: Shape<'_>) -> Vec<(String, &'t str, &'t Value)> {
    let mut entries: Vec<(String, &str, &Value)> = table
        .iter()
        .map(|(name, value)| (table.key(name).map_or_else(|| name.to_owned(), key), name, value))
        .collect();
    entries.sort_by_key(|(_, name, _)| shape.rank(name));
    entries
}

fn inline<'s>(table: &InlineTable, shape: Shape<'s>, sections: &'s [String]) -> String {
    let mut parts = Vec::new();
    members(table, shape, sections, "", &mut parts);
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn members<'s>(
    table: &InlineTable,
    shape: Shape<'s>,
    sections: &'s [String],
    path: &str,
    parts: &mut Vec<String>,
) {
    for (shown, name, value) in flat(table, shape) {
        let below = shape.below(name, sections);
        match value {
            Value::InlineTable(inner) if inner.is_dotted() => {
                members(inner, below, sections, &format!("{path}{shown}."), parts);
            }
            // Within braces a text stays as it is quoted.
            Value::String(text) => {
                let below = if let Shape::Text { .. } = below { Shape::Text { prose: false } } else { below };
                parts.push(format!("{path}{shown} = {}", string(text.value(), &raw(value), below)));
            }
            _ => parts.push(format!("{path}{shown} = {}", print(value, below, sections))),
        }
    }
}

/// A list on one line; one of tables has a line for each, where there are several.
fn list<'s>(array: &Array, shape: Shape<'s>, sections: &'s [String]) -> String {
    let items: Vec<String> = array.iter().map(|item| print(item, shape, sections)).collect();
    let tables = array.iter().any(|item| matches!(item, Value::InlineTable(_)));
    match (items.len(), tables) {
        (2.., true) => format!("[\n  {},\n]", items.join(",\n  ")),
        _ => format!("[{}]", items.join(", ")),
    }
}

/// A string: paragraphs between `'''`, anything else in the quotes that it has, `"` rather than `'`.
fn string(text: &str, raw: &str, shape: Shape<'_>) -> String {
    let lines_in_quotes = raw.starts_with("'''") || raw.starts_with("\"\"\"");
    let escaped = raw.starts_with('"') && raw.contains('\\');
    match shape {
        Shape::Text { prose: true } if !escaped => {
            block(text, lines_in_quotes).unwrap_or_else(|| raw.to_owned())
        }
        _ if escaped || lines_in_quotes => raw.to_owned(),
        Shape::Amount => quoted(text.trim(), raw),
        Shape::Target => quoted(&one_shape(text), raw),
        _ => quoted(text, raw),
    }
}

/// A target that is measured as `≥ 90.00 %` or `4～6 次`; anything else as it is typed.
fn one_shape(text: &str) -> String {
    // The form is not known here: a unit that it alone lists stays as it is typed.
    match target::read(text, &|_| false) {
        Some(Ok(reading)) => reading.canonical,
        _ => text.to_owned(),
    }
}

fn quoted(text: &str, raw: &str) -> String {
    let plain = |ch: char| ch != '"' && ch != '\\' && (ch == '\t' || !ch.is_control());
    if text.chars().all(plain) { format!("\"{text}\"") } else { raw.to_owned() }
}

/// A text of paragraphs, between `'''` if it is so already or has several lines.
fn block(text: &str, in_block: bool) -> Option<String> {
    let hidden = |ch: char| ch.is_control() && !matches!(ch, '\n' | '\r' | '\t');
    if text.contains("'''") || text.contains(hidden) || text.trim().is_empty() {
        return None;
    }
    let lines = prose::lines(text);
    // A text that would print otherwise, such as one with a marker split from its item, stays as it is.
    if flow(text) != flow(&lines.join("\n")) {
        return None;
    }
    match lines.as_slice() {
        [line] if !in_block => Some(quoted(line, &format!("'{line}'"))).filter(|_| !line.contains('\'')),
        lines => Some(format!("'''\n{}\n'''", lines.join("\n"))),
    }
}

/// A text that was between braces, on lines of its own.
pub(super) fn open(value: &Value, shape: Shape<'_>) -> String {
    let as_is = print(value, shape, &[]);
    let escaped = as_is.starts_with('"') && as_is.contains('\\');
    value.as_str().filter(|_| !escaped).and_then(|text| block(text, true)).unwrap_or(as_is)
}

/// The two languages of a text of paragraphs, where a language takes several lines and braces would hold it on one.
pub(super) fn unfold<'t>(item: &'t Item, shape: Shape<'_>) -> Option<Vec<(String, &'t str, &'t Value)>> {
    let table = item.as_inline_table().filter(|_| matches!(shape, Shape::Text { prose: true }))?;
    let entries = flat(table, shape);
    let remarks = item.as_value().is_some_and(has_comment);
    let dotted = |value: &Value| matches!(value, Value::InlineTable(_));
    if remarks || entries.iter().any(|(_, _, value)| dotted(value)) {
        return None;
    }
    let several = |value: &Value| print(value, shape, &[]).contains('\n');
    entries.iter().any(|(_, _, value)| several(value)).then_some(entries)
}
