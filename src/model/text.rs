//! Texts with the place they come from, in one language or both.

use crate::lang::{Lang, Words};
use crate::source::{Place, Span};

/// A value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A piece of text in one language, as decoded from TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The decoded text.
    pub value: String,
    /// Where it stands, character by character.
    pub place: Place,
}

/// A text in Chinese, English or both; at least one of them is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// 中文 only, as a plain string in TOML.
    Zh(Prose),
    /// English only.
    En(Prose),
    /// Both.
    Both {
        /// 中文
        zh: Prose,
        /// English
        en: Prose,
    },
}

impl Text {
    /// The text in `lang`, or in the other language when it has none in this.
    pub fn get(&self, lang: Lang) -> &Prose {
        match (self, lang) {
            (Text::Zh(prose) | Text::En(prose), _) => prose,
            (Text::Both { zh, .. }, Lang::Zh) => zh,
            (Text::Both { en, .. }, Lang::En) => en,
        }
    }

    /// The text in exactly `lang`.
    pub fn exactly(&self, lang: Lang) -> Option<&Prose> {
        match (self, lang) {
            (Text::Zh(prose), Lang::Zh) | (Text::En(prose), Lang::En) => Some(prose),
            (Text::Both { zh, .. }, Lang::Zh) => Some(zh),
            (Text::Both { en, .. }, Lang::En) => Some(en),
            _ => None,
        }
    }

    /// The characters in `lang`, or in the other language.
    pub fn str(&self, lang: Lang) -> &str {
        &self.get(lang).value
    }

    /// Each language's text that is there.
    pub fn proses(&self) -> impl Iterator<Item = (Lang, &Prose)> {
        Lang::ALL.into_iter().filter_map(|lang| self.exactly(lang).map(|prose| (lang, prose)))
    }

    /// The text in both languages; one stands in for the other.
    pub fn words(&self) -> Words {
        let part = |lang| self.str(lang).trim().to_owned();
        Words { zh: part(Lang::Zh), en: part(Lang::En) }
    }

    /// Where the Chinese text stands, or the English one.
    pub fn span(&self) -> Span {
        self.get(Lang::Zh).place.span()
    }
}
