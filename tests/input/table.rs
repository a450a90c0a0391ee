//! Tables of malformed inputs, such as `malformed.txt`.

use crate::common::Files;

/// A line of a table: what is changed in the good declaration, and what is said of it.
pub struct Row {
    pub number: usize,
    pub file: &'static str,
    pub change: &'static str,
    pub expected: &'static str,
}

/// Every line of a table that is neither empty nor a heading.
pub fn rows(table: &'static str) -> Vec<Row> {
    let lines = table.lines().zip(1..);
    let rows = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    rows.map(|(line, number)| {
        let (file, rest) = line.split_once(" | ").unwrap_or_else(|| panic!("line {number}: no bar"));
        // A change may hold bars of its own.
        let (change, expected) = rest.rsplit_once(" | ").unwrap_or_else(|| panic!("line {number}: one bar"));
        Row { number, file: file.trim(), change, expected: expected.trim() }
    })
    .collect()
}

impl Row {
    /// `None` when the program says what the table says; else the line as it would have to be.
    pub fn verdict(&self) -> Option<String> {
        let found = self.files().check().findings();
        let path = self.path();
        let short: Vec<String> = found.iter().map(|finding| shorten(finding, &path)).collect();
        let found = if short.is_empty() { "ok".to_owned() } else { short.join(", ") };
        let Row { number, file, change, expected } = self;
        (found != *expected).then(|| format!("{number}: {file} | {change} | {found}    not {expected}"))
    }

    /// `declaration` stands for `declaration.toml`, `1-network` for `projects/1-network.toml`; others as they are.
    pub fn path(&self) -> String {
        match self.file {
            "declaration" => "declaration.toml".to_owned(),
            name if !name.contains(['.', '/']) => format!("projects/{name}.toml"),
            name => name.to_owned(),
        }
    }

    /// The good declaration with the change.
    pub fn files(&self) -> Files {
        let (good, path) = (Files::good(), self.path());
        if self.change == "delete" {
            return good.without(&path);
        }
        if let Some(new) = self.change.strip_prefix("rename to ") {
            let bytes = good.bytes(&path).to_vec();
            return good.without(&path).with(new, bytes);
        }
        if let Some(text) = self.change.strip_prefix("all = ") {
            return good.with(&path, unescape(text));
        }
        if let Some(line) = self.change.strip_prefix("+ ") {
            let mut bytes = good.bytes(&path).to_vec();
            bytes.extend(unescape(line));
            return good.with(&path, bytes);
        }
        if let Some(line) = self.change.strip_prefix("- ") {
            let old = format!("{line}\n");
            return good.change(&path, &old, "");
        }
        let (old, new) =
            self.change.split_once(" → ").unwrap_or_else(|| panic!("line {}: no arrow", self.number));
        let text = good.text(&path).replace('\n', "⏎");
        assert_eq!(text.matches(old).count(), 1, "line {}: `{old}` must stand once in {path}", self.number);
        let (before, after) = text.split_once(old).unwrap();
        let restored = |text: &str| text.replace('⏎', "\n").into_bytes();
        good.with(&path, [restored(before), unescape(new), restored(after)].concat())
    }
}

/// A finding without the file that was changed.
fn shorten(finding: &str, path: &str) -> String {
    let (code, place) = finding.split_once(' ').unwrap_or((finding, ""));
    match place.strip_prefix(path) {
        Some("") => code.to_owned(),
        Some(rest) if rest.starts_with(':') => format!("{code} {}", &rest[1..]),
        _ => finding.to_owned(),
    }
}

/// `⏎` is a line break, `⇥` a tab, `␍` a carriage return, `⟨FF⟩` a byte, `⟨200×x⟩` a repetition.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('⟨') {
        out.extend(plain(before));
        let (inside, after) = from.split_once('⟩').expect("⟨ without ⟩");
        match inside.split_once('×') {
            Some((count, what)) => out.extend(plain(what).repeat(count.parse().expect("a count"))),
            None => out.push(u8::from_str_radix(inside, 16).expect("a byte")),
        }
        rest = after;
    }
    out.extend(plain(rest));
    out
}

fn plain(text: &str) -> Vec<u8> {
    text.replace('⏎', "\n").replace('⇥', "\t").replace('␍', "\r").into_bytes()
}
