//! The two languages of a declaration and of the program's messages.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language that is printed or spoken to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// Both languages, Chinese first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The tag that the format and the templates use: `zh` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// Reads a tag; `None` for any other word.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A sentence of the program in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a text in both languages, { zh = \"…\", en = \"…\" }")]
pub struct Words {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Words {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A Chinese character.
pub fn is_han(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// The plain form of a full-width letter, digit, mark or space; any other character itself.
pub fn narrow(ch: char) -> char {
    match ch {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(ch) - u32::from('！') + u32::from('!')).unwrap_or(ch),
        _ => ch,
    }
}

/// Writes a sentence in both languages, with `format!`'s arguments: `say!("未知的键 {key}", "unknown key {key}")`.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::lang::Words { zh: format!($zh), en: format!($en) }
    };
}
pub use say;
