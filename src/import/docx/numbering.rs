//! The numbers that Word counts itself: 一、, （一）, 1., ①.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attribute;

/// The levels of a list.
const DEEPEST: usize = 9;
/// The longest text of a number; an office writes no longer one.
const LONGEST: usize = 255;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// The number with what stands around it: `%1、`.
    text: String,
    start: usize,
}

/// The lists of a document, and how far each is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    /// The levels of each kind of list.
    kinds: BTreeMap<String, Vec<Level>>,
    /// The kind of each list.
    lists: BTreeMap<String, String>,
    counts: BTreeMap<(String, usize), usize>,
}

impl Numbering {
    /// Reads `numbering.xml`; what cannot be read numbers nothing.
    pub fn read(text: &str) -> Numbering {
        let mut own = Numbering::default();
        let (mut kind, mut list) = (None::<String>, None::<String>);
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => own.tag(&tag, &mut kind, &mut list),
                Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                    "abstractNum" => kind = None,
                    "num" => list = None,
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return own,
                Ok(_) => {}
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart<'_>, kind: &mut Option<String>, list: &mut Option<String>) {
        let name = tag.local_name();
        match (name.as_ref(), kind.as_ref()) {
            ("abstractNum", _) => {
                let id = attribute(tag, "abstractNumId");
                self.kinds.insert(id.clone(), Vec::new());
                *kind = Some(id);
            }
            ("num", _) => *list = Some(attribute(tag, "numId")),
            ("abstractNumId", _) => {
                if let Some(list) = list {
                    self.lists.insert(list.clone(), attribute(tag, "val"));
                }
            }
            ("lvl", Some(kind)) => {
                if let Some(levels) = self.kinds.get_mut(kind).filter(|levels| levels.len() < DEEPEST) {
                    levels.push(Level { start: 1, ..Level::default() });
                }
            }
            (name, Some(kind)) => {
                let Some(level) = self.kinds.get_mut(kind).and_then(|levels| levels.last_mut()) else {
                    return;
                };
                match name {
                    "numFmt" => level.format = attribute(tag, "val"),
                    "lvlText" => level.text = attribute(tag, "val").chars().take(LONGEST).collect(),
                    "start" => level.start = attribute(tag, "val").parse().unwrap_or(1),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// The number of the next paragraph of a list, with what stands around it; nothing for what is no list.
    pub fn next(&mut self, list: &str, level: usize) -> String {
        let Some(kind) = self.lists.get(list).cloned() else { return String::new() };
        let Some(own) = self.kinds.get(&kind).and_then(|levels| levels.get(level)).cloned() else {
            return String::new();
        };
        let count = self.counts.entry((kind.clone(), level)).or_insert(own.start.saturating_sub(1));
        *count = count.saturating_add(1);
        // A further level begins anew.
        for deeper in level + 1..DEEPEST {
            self.counts.remove(&(kind.clone(), deeper));
        }
        if own.format == "bullet" {
            return "· ".to_owned();
        }
        let mut text = own.text.clone();
        for at in 0..=level {
            let format =
                self.kinds.get(&kind).and_then(|levels| levels.get(at)).map(|own| own.format.clone());
            let count = self.counts.get(&(kind.clone(), at)).copied().unwrap_or(1);
            text = text.replace(&format!("%{}", at + 1), &printed(count, format.as_deref().unwrap_or("")));
        }
        text
    }
}

/// A count in the format of a list.
fn printed(count: usize, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            let at = u32::try_from(count - 1).unwrap_or(0);
            char::from_u32(u32::from('①') + at).unwrap_or('①').to_string()
        }
        "none" => String::new(),
        _ => count.to_string(),
    }
}

/// 一, 十, 十二, 二十三; figures from a hundred on.
fn chinese(count: usize) -> String {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let digit = |at: usize| digits.get(at).copied().unwrap_or('零');
    let unit =
        |count: usize| if count.is_multiple_of(10) { String::new() } else { digit(count % 10).to_string() };
    match count {
        0..=9 => digit(count).to_string(),
        10..=19 => format!("十{}", unit(count)),
        20..=99 => format!("{}十{}", digit(count / 10), unit(count)),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_does() {
        let text = r#"<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut own = Numbering::read(text);
        let numbers = [0, 1, 1, 0, 1].map(|level| own.next("3", level));
        assert_eq!(numbers, ["一、", "（1）", "（2）", "二、", "（1）"]);
        assert_eq!(own.next("9", 0), "");
        assert_eq!((chinese(10), chinese(12), chinese(23)), ("十".into(), "十二".into(), "二十三".into()));
    }
}
