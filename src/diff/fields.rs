//! Values and texts that most things have.

use jiff::civil::Date;

use super::text::{Written, long};
use super::tree::{Field, Node, Translation};
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{Period, Text};

/// A text in both languages, as far as it has them.
pub(super) fn words(text: &Text) -> Words {
    Words { zh: text.str(Lang::Zh).trim().to_owned(), en: text.str(Lang::En).trim().to_owned() }
}

/// Words that the form knows, in its translation.
pub(super) fn translated(profile: &Profile, words: Words) -> Words {
    let en = if words.zh == words.en { profile.translate(&words.zh, Lang::En).to_owned() } else { words.en };
    Words { zh: profile.translate(&words.zh, Lang::Zh).to_owned(), en }
}

/// The same words in every language.
pub(super) fn plain(text: impl Into<String>) -> Words {
    let text = text.into();
    Words { zh: text.clone(), en: text }
}

/// Whether two texts have the same words in a language in which both are written.
pub(super) fn same(old: &Text, new: &Text) -> bool {
    Lang::ALL.into_iter().any(|lang| match (old.exactly(lang), new.exactly(lang)) {
        (Some(old), Some(new)) => old.value.trim() == new.value.trim(),
        _ => false,
    })
}

/// A name or another short text: each language that changed, and languages that came or went.
pub(super) fn short(node: &mut Node, label: &Words, old: Option<&Text>, new: Option<&Text>) {
    let (Some(before), Some(after)) = (old, new) else {
        node.field(label.clone(), old.map(words), new.map(words));
        return;
    };
    for lang in Lang::ALL {
        match (before.exactly(lang), after.exactly(lang)) {
            (Some(old), Some(new)) => {
                let [old, new] = [old, new]
                    .map(|prose| plain(prose.value.split_whitespace().collect::<Vec<_>>().join(" ")));
                node.field(in_language(label, lang), Some(old), Some(new));
            }
            (None, Some(_)) => {
                node.translations.push(Translation { lang, label: label.clone(), added: true })
            }
            (Some(_), None) => {
                node.translations.push(Translation { lang, label: label.clone(), added: false })
            }
            (None, None) => {}
        }
    }
}

/// A name with its language, where a reader could think of the other one.
fn in_language(label: &Words, lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words { zh: label.zh.clone(), en: format!("{} (Chinese)", label.en) },
        Lang::En => Words { zh: format!("{}（英文）", label.zh), en: label.en.clone() },
    }
}

/// A longer text, by words.
pub(super) fn prose(node: &mut Node, label: Words, old: Option<&Text>, new: Option<&Text>) {
    let written = |text| Written { text, passages: Vec::new() };
    long(node, &label, &written(old), &written(new));
}

/// A code or another word that has no language.
pub(super) fn code(node: &mut Node, label: Words, old: Option<&String>, new: Option<&String>) {
    node.field(label, old.map(plain), new.map(plain));
}

/// A date.
pub(super) fn date(node: &mut Node, label: Words, old: Option<Date>, new: Option<Date>) {
    node.field(label, old.map(|date| plain(date.to_string())), new.map(|date| plain(date.to_string())));
}

/// Start and end, in one line when both changed.
pub(super) fn period(node: &mut Node, old: Period, new: Period) {
    if old.start != new.start && old.end != new.end {
        let write = |period: Period| {
            let (start, end) = (period.start, period.end);
            say!("{start} 至 {end}", "{start} to {end}")
        };
        node.field(say!("起止日期", "period"), Some(write(old)), Some(write(new)));
        return;
    }
    date(node, say!("计划开始日期", "start"), Some(old.start), Some(new.start));
    date(node, say!("计划完成日期", "end"), Some(old.end), Some(new.end));
}

/// Says what the last noted change means.
pub(super) fn remark(node: &mut Node, label: &Words, note: Words) {
    if let Some(field) = node.fields.iter_mut().rev().find(|field: &&mut Field| field.label == *label) {
        field.note = Some(note);
    }
}
