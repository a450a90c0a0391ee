//! Every key and value of a TOML file with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::{FileId, Place, Span};

/// A value that is no table, with its key.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The keys that lead to it, joined by dots; a table of an array is `key[]`.
    pub path: String,
    /// Where its own key stands.
    pub key: Range<usize>,
    /// Where the value stands, with its quotes.
    pub value: Range<usize>,
    /// The decoded text, when it is a string.
    pub text: Option<String>,
}

impl Leaf {
    /// The last of its keys.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// The path without the last key.
    pub fn parent(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(parent, _)| parent)
    }

    /// The bytes of the file that a range of the decoded text stands for.
    pub fn bytes(&self, file: FileId, source: &str, range: Range<usize>) -> Range<usize> {
        let token = source.get(self.value.clone()).unwrap_or("");
        Place::of_token(Span::new(file, self.value.clone()), token).at(range).range()
    }
}

/// All leaves of a file in the order of their places; none for a text that is not TOML.
pub(super) fn leaves(source: &str) -> Vec<Leaf> {
    let mut found = Vec::new();
    if let Ok(table) = DeTable::parse(source) {
        of_table(table.get_ref(), "", &mut found);
    }
    found.sort_by_key(|leaf| leaf.value.start);
    found
}

fn of_table(table: &DeTable<'_>, path: &str, found: &mut Vec<Leaf>) {
    for (key, value) in table {
        let separator = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{separator}{}", key.get_ref());
        of_value(value, path, key.span(), found);
    }
}

fn of_value(value: &Spanned<DeValue<'_>>, path: String, key: Range<usize>, found: &mut Vec<Leaf>) {
    match value.get_ref() {
        DeValue::Table(table) => of_table(table, &path, found),
        DeValue::Array(items) => {
            items.iter().for_each(|item| of_value(item, format!("{path}[]"), key.clone(), found));
        }
        other => {
            let text = other.as_str().map(str::to_owned);
            found.push(Leaf { path, key, value: value.span(), text });
        }
    }
}

/// Where each comment stands, without its `#`. `leaves` are those of the file, in their order.
pub(super) fn comments(source: &str, leaves: &[Leaf]) -> Vec<Range<usize>> {
    let starts = leaves.iter().map(|leaf| leaf.value.start).chain([source.len()]);
    let ends = [0].into_iter().chain(leaves.iter().map(|leaf| leaf.value.end));
    let mut found = Vec::new();
    // Between two values there are keys and heads of tables, which hold no `#`, and comments.
    for (from, to) in ends.zip(starts) {
        let mut at = from;
        for line in source.get(from..to).unwrap_or("").split_inclusive('\n') {
            if let Some(mark) = line.find('#') {
                found.push(at + mark + 1..at + line.trim_end().len());
            }
            at += line.len();
        }
    }
    found
}

/// Puts each replacement in the place of its range; ranges that overlap one before are left out.
pub(super) fn replaced(source: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(source.len());
    let mut end = 0;
    for (range, new) in edits {
        if range.start < end {
            continue;
        }
        text.push_str(source.get(end..range.start).unwrap_or(""));
        text.push_str(&new);
        end = range.end;
    }
    text.push_str(source.get(end..).unwrap_or(""));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_tables_arrays_and_years() {
        let source = "a = 1\nb.zh = '甲'\n[[cost]]\namount = { 2024 = '1元' }\n[[cost.part]]\nn = [2, 3]\n";
        let paths: Vec<String> = leaves(source).into_iter().map(|leaf| leaf.path).collect();
        assert_eq!(paths, ["a", "b.zh", "cost[].amount.2024", "cost[].part[].n[]", "cost[].part[].n[]"]);
    }

    #[test]
    fn comments_are_told_from_text() {
        let source = "# head\n[t] # of t\na = '#1' # one\nb = 2\n# tail";
        let found = comments(source, &leaves(source));
        let texts: Vec<&str> = found.into_iter().map(|range| &source[range]).collect();
        assert_eq!(texts, [" head", " of t", " one", " tail"]);
    }

    #[test]
    fn replacements_leave_everything_else() {
        let edits = vec![(4..5, "z".to_owned()), (0..1, "xy".to_owned()), (0..2, "lost".to_owned())];
        assert_eq!(replaced("a = b # c", edits), "xy = z # c");
    }
}
