//! TOML values and tables, as text.

use super::block::Found;
use super::values::joined;
use crate::narrative::{LineKind, line_kind};

/// Lines of a table, and tables below it.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
}

impl Writer {
    /// A table's head; an empty line before it.
    pub fn table(&mut self, head: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(head);
        self.text.push('\n');
    }

    /// A key with a value that is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.text.push_str(&format!("{key} = {value}\n"));
    }

    /// A key with a string.
    pub fn string(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    /// A key with a name or a short text, in the languages that it has.
    pub fn words(&mut self, key: &str, found: &Found) {
        self.raw(key, &words(&found.text, found.en.as_deref()));
    }

    /// A key with paragraphs, in the languages that they have.
    pub fn paragraphs(&mut self, key: &str, paragraphs: &[&Found]) {
        match english(paragraphs) {
            Some(english) => {
                self.body(&format!("{key}.zh"), &body(paragraphs));
                self.body(&format!("{key}.en"), &english);
            }
            None => self.body(key, &body(paragraphs)),
        }
    }

    /// A key with a text of several paragraphs.
    pub fn body(&mut self, key: &str, text: &str) {
        let literal = !text.contains("'''") && !text.chars().any(|ch| ch.is_control() && ch != '\n');
        if literal {
            self.text.push_str(&format!("{key} = '''\n{text}\n'''\n"));
        } else {
            self.string(key, text);
        }
    }

    /// All of it.
    pub fn finish(self) -> String {
        self.text
    }
}

/// A string as a TOML value.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A name or a short text as a TOML value: a string, or a table of both languages.
pub(super) fn words(zh: &str, en: Option<&str>) -> String {
    let zh = quoted(&joined(zh));
    match en.map(|en| en.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|en| !en.is_empty()) {
        Some(en) => format!("{{ zh = {zh}, en = {} }}", quoted(&en)),
        None => zh,
    }
}

/// The English of paragraphs, where they have it.
pub(super) fn english(paragraphs: &[&Found]) -> Option<String> {
    let own: Vec<String> = paragraphs.iter().filter_map(|found| found.en.clone()).collect();
    (!own.is_empty()).then(|| own.join("\n\n").replace("{{", "{ {").replace("}}", "} }"))
}

/// Paragraphs as one text: a blank line between them, none between the items of a list. What would name a value prints
/// as it was written.
pub(super) fn body(paragraphs: &[&Found]) -> String {
    let mut text = String::new();
    let mut listed = false;
    for found in paragraphs {
        let own = found.text.trim();
        let dotted = own.strip_prefix(['·', '•', '●', '▪']).map(|rest| format!("- {}", rest.trim_start()));
        let own = dotted.unwrap_or_else(|| own.to_owned()).replace("{{", "｛｛").replace("}}", "｝｝");
        let item = matches!(line_kind(&own), LineKind::Item(_));
        if !text.is_empty() {
            text.push_str(if item && listed { "\n" } else { "\n\n" });
        }
        text.push_str(&own);
        listed = item;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::{At, Place};

    #[test]
    fn items_stand_below_each_other_and_paragraphs_apart() {
        let place = Place { file: String::new(), at: At::File };
        let found = |text: &str| Found::new(text.into(), place.clone());
        let all = [found("构成如下："), found("（1）甲；"), found("· 乙。"), found("另有 {{丙}}。")];
        assert_eq!(
            body(&all.iter().collect::<Vec<_>>()),
            "构成如下：\n\n（1）甲；\n- 乙。\n\n另有 ｛｛丙｝｝。"
        );
    }
}
