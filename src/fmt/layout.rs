//! The lines of a file: heads, keys, remarks and the blank lines between them.

use toml_edit::{Decor, Item, Key, RawString, Table};
use unicode_width::UnicodeWidthStr;

use super::shape::Shape;
use super::value;

/// Where remarks at the end of a line stand, if the line is short enough.
const REMARKS: usize = 40;
/// The spaces before a remark on a longer line.
const GAP: usize = 3;

/// A key with its value, and the remarks that belong to it.
struct Row {
    /// The lines above it: remarks, and empty ones.
    above: Vec<String>,
    key: String,
    value: String,
    remark: Option<String>,
}

/// The file so far.
pub(super) struct Layout<'s> {
    text: String,
    sections: &'s [String],
    /// Whether the next key is the first below a head.
    fresh: bool,
}

impl<'s> Layout<'s> {
    pub fn new(sections: &'s [String]) -> Layout<'s> {
        Layout { text: String::new(), sections, fresh: true }
    }

    /// The whole file: the remarks at its head, its keys and tables, the remarks at its end.
    pub fn file(mut self, head: &str, root: &Table, shape: Shape<'s>, trailing: &str) -> String {
        self.above(&remarks(head), false);
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.line("");
        }
        let rows = self.rows(root, shape);
        self.keys(rows);
        self.tables(root, shape, "", false);
        let end = remarks(trailing);
        if end.iter().any(|line| !line.is_empty()) {
            self.above(&end, end.first().is_some_and(String::is_empty));
        }
        match self.text.trim_end_matches('\n') {
            "" => String::new(),
            text => format!("{text}\n"),
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Lines above something; whether a blank one separates it from what stands before.
    fn above(&mut self, lines: &[String], apart: bool) {
        if apart && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.line("");
        }
        for line in lines.iter().skip_while(|line| line.is_empty()) {
            self.line(line);
        }
    }

    /// The plain keys of a table, and those with a dot, in order.
    fn rows(&self, table: &Table, shape: Shape<'s>) -> Vec<Row> {
        let mut rows = Vec::new();
        self.collect(table, shape, "", &mut rows);
        rows
    }

    fn collect(&self, table: &Table, shape: Shape<'s>, path: &str, rows: &mut Vec<Row>) {
        let mut entries: Vec<(&str, &Item)> = table.iter().collect();
        entries.sort_by_key(|(name, _)| shape.rank(name));
        for (name, item) in entries {
            let Some(key) = table.key(name) else { continue };
            let below = shape.below(name, self.sections);
            let shown = format!("{path}{}", value::key(key));
            match item {
                Item::Table(inner) if inner.is_dotted() => {
                    self.collect(inner, below, &format!("{shown}."), rows);
                }
                Item::Value(_) => self.row(key, item, below, shown, rows),
                _ => {}
            }
        }
    }

    fn row(&self, key: &Key, item: &Item, shape: Shape<'s>, shown: String, rows: &mut Vec<Row>) {
        let Some(found) = item.as_value() else { return };
        let mut above = remarks(text_of(key.leaf_decor().prefix()));
        let remark = remark(found.decor());
        if let Some(languages) = value::unfold(item, shape) {
            above.extend(remark);
            for (lang, _, text) in languages {
                let value = value::open(text, shape);
                let above = std::mem::take(&mut above);
                rows.push(Row { above, key: format!("{shown}.{lang}"), value, remark: None });
            }
            return;
        }
        rows.push(Row { above, key: shown, value: value::print(found, shape, self.sections), remark });
    }

    /// Keys one below the other, with their `=` aligned where nothing stands between them.
    fn keys(&mut self, rows: Vec<Row>) {
        let mut run: Vec<Row> = Vec::new();
        for row in rows {
            let long = row.value.contains('\n');
            if long || row.above.iter().any(String::is_empty) {
                self.run(std::mem::take(&mut run));
            }
            run.push(row);
            if long {
                self.run(std::mem::take(&mut run));
            }
        }
        self.run(run);
    }

    fn run(&mut self, rows: Vec<Row>) {
        let width = rows.iter().map(|row| row.key.width()).max().unwrap_or(0);
        for row in rows {
            let apart = !self.fresh && row.above.first().is_some_and(String::is_empty);
            self.above(&row.above, apart);
            let pad = " ".repeat(width - row.key.width());
            let line = format!("{}{pad} = {}", row.key, row.value);
            self.remarked(&line, row.remark.as_deref());
        }
    }

    /// A line and the remark behind it.
    fn remarked(&mut self, line: &str, remark: Option<&str>) {
        self.text.push_str(line);
        if let Some(remark) = remark {
            let last = line.rsplit('\n').next().unwrap_or(line);
            let fits = !line.contains('\n') && last.width() + GAP <= REMARKS;
            let gap = if fits { REMARKS - last.width() } else { GAP };
            self.text.push_str(&" ".repeat(gap));
            self.text.push_str(remark);
        }
        self.text.push('\n');
        self.fresh = false;
    }

    /// The tables below a table, in order, each with what is below it.
    fn tables(&mut self, table: &Table, shape: Shape<'s>, path: &str, within: bool) {
        let mut entries: Vec<(&str, &Item)> = table.iter().collect();
        entries.sort_by_key(|(name, _)| shape.rank(name));
        for (name, item) in entries {
            let Some(key) = table.key(name) else { continue };
            let below = shape.below(name, self.sections);
            let path = format!("{path}{}", value::key(key));
            match item {
                Item::Table(inner) => {
                    if !inner.is_implicit() && !inner.is_dotted() {
                        self.head(&format!("[{path}]"), inner.decor(), within);
                        let rows = self.rows(inner, below);
                        self.keys(rows);
                    }
                    self.tables(inner, below, &format!("{path}."), within);
                }
                Item::ArrayOfTables(items) => {
                    for inner in items {
                        self.head(&format!("[[{path}]]"), inner.decor(), within);
                        let rows = self.rows(inner, below);
                        self.keys(rows);
                        self.tables(inner, below, &format!("{path}."), true);
                    }
                }
                _ => {}
            }
        }
    }

    /// The head of a table: apart from what stands above, unless it is a part of the item there.
    fn head(&mut self, head: &str, decor: &Decor, within: bool) {
        let mut above = remarks(text_of(decor.prefix()));
        if above.iter().all(String::is_empty) {
            above.clear();
        }
        let apart = !within || above.first().is_some_and(String::is_empty);
        self.above(&above, apart);
        self.remarked(head, remark(decor).as_deref());
        self.fresh = true;
    }
}

/// The remarks about the whole file, which end with the last blank line before its first key or head, and the rest.
pub(super) fn split_head(text: &str) -> (&str, &str) {
    let (mut offset, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') {
            break;
        }
        offset += line.len();
        if content.is_empty() {
            end = offset;
        }
    }
    text.split_at(end)
}

fn text_of(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or("")
}

/// The lines of a stretch of remarks, with one empty line at most between two.
fn remarks(text: &str) -> Vec<String> {
    // What stands before a key on its own line indents it.
    let text = text.trim_end_matches([' ', '\t']);
    if text.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n').map(str::trim) {
        if !(line.is_empty() && lines.last().is_some_and(String::is_empty)) {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The remark at the end of a line.
fn remark(decor: &Decor) -> Option<String> {
    let text = text_of(decor.suffix()).trim();
    text.starts_with('#').then(|| text.to_owned())
}
