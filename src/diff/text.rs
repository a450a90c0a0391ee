//! Texts: what is written, and what is computed in it.

use super::tree::{Node, TextChange, Translation, ValueChange};
use super::words;
use crate::lang::{Lang, Words};
use crate::model::Text;
use crate::narrative::{Passage, source_lines};

/// A text of one side, with its languages as a reader sees them.
pub(super) struct Written<'w> {
    pub(super) text: Option<&'w Text>,
    pub(super) passages: Vec<&'w Passage<'w>>,
}

impl Written<'_> {
    fn lines(&self, lang: Lang) -> Option<Vec<String>> {
        self.text.and_then(|text| text.exactly(lang)).map(source_lines)
    }

    fn values(&self, lang: Lang) -> Vec<(String, String)> {
        self.passages
            .iter()
            .find(|passage| passage.lang == lang)
            .map(|passage| passage.values())
            .unwrap_or_default()
    }
}

/// Compares a text in each language.
pub(super) fn long(node: &mut Node, label: &Words, old: &Written<'_>, new: &Written<'_>) {
    // With another language beside it, it is a translation that came or went, not a text.
    let both = old.text.is_some() && new.text.is_some();
    for lang in Lang::ALL {
        let (before, after) = (old.lines(lang), new.lines(lang));
        if both && before.is_some() != after.is_some() {
            let added = after.is_some();
            node.translations.push(Translation { lang, label: label.clone(), added });
            continue;
        }
        let sentences = words::compare(&before.unwrap_or_default(), &after.unwrap_or_default());
        let values = values(&old.values(lang), &new.values(lang));
        if !sentences.is_empty() || !values.is_empty() {
            node.texts.push(TextChange { label: label.clone(), lang, sentences, values });
        }
    }
}

/// Values whose placeholder stands on both sides and prints something else, each once.
fn values(old: &[(String, String)], new: &[(String, String)]) -> Vec<ValueChange> {
    let mut changed: Vec<ValueChange> = Vec::new();
    for (path, now) in new {
        let known = changed.iter().any(|change| change.path == *path);
        if let Some((_, before)) = old.iter().find(|(other, _)| other == path)
            && before != now
            && !known
        {
            changed.push(ValueChange { path: path.clone(), old: before.clone(), new: now.clone() });
        }
    }
    changed
}
