//! For programs. Amounts are strings in 元 with two decimals at least.

use serde::Serialize;

use super::super::tree::{Amount, Fate, Field, Move, Node, Piece, TextChange, Translation, What};
use super::Entry;
use crate::lang::Words;
use crate::model::Money;

/// Differences as JSON.
#[derive(Debug, Serialize)]
pub struct JsonReport {
    declarations: Vec<EntryJson>,
}

impl JsonReport {
    /// Takes what differs.
    pub fn new(entries: &[Entry]) -> JsonReport {
        JsonReport {
            declarations: entries.iter().filter(|entry| !entry.is_empty()).map(EntryJson::of).collect(),
        }
    }

    /// The document.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[derive(Debug, Serialize)]
struct EntryJson {
    folder: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_from: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<AmountJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<NodeJson>,
}

impl EntryJson {
    fn of(entry: &Entry) -> EntryJson {
        let difference = entry.difference.as_ref();
        EntryJson {
            folder: entry.name.clone(),
            renamed_from: entry.renamed_from.clone(),
            state: difference.map_or("unread", |difference| state(difference.root.fate)),
            total: difference.and_then(|difference| difference.total.as_ref()).map(AmountJson::of),
            change: difference.map(|difference| NodeJson::of(&difference.root)),
        }
    }
}

fn state(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "changed",
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Unread => "unread",
    }
}

#[derive(Debug, Serialize)]
struct WordsJson {
    zh: String,
    en: String,
}

impl From<&Words> for WordsJson {
    fn from(words: &Words) -> WordsJson {
        WordsJson { zh: words.zh.clone(), en: words.en.clone() }
    }
}

#[derive(Debug, Serialize)]
struct NodeJson {
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: WordsJson,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<MoveJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amounts: Vec<AmountJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<FieldJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<TextJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translations: Vec<TranslationJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<NodeJson>,
}

impl NodeJson {
    fn of(node: &Node) -> NodeJson {
        NodeJson {
            what: match node.what {
                What::Declaration => "declaration",
                What::Project => "project",
                What::Subproject => "subproject",
                What::Cost => "cost",
                What::Indicator => "indicator",
                What::Step => "step",
                What::Source => "source",
                What::Spending => "spending",
                What::Result => "result",
                What::Department => "department",
                What::Task => "task",
                What::BudgetLine => "budget_line",
            },
            id: node.id.clone(),
            name: (&node.name).into(),
            state: state(node.fate),
            moved: node.moved.as_ref().map(MoveJson::of),
            amounts: node.amounts.iter().map(AmountJson::of).collect(),
            values: node.fields.iter().map(FieldJson::of).collect(),
            texts: node.texts.iter().map(TextJson::of).collect(),
            translations: node.translations.iter().map(TranslationJson::of).collect(),
            children: node.children.iter().map(NodeJson::of).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum MoveJson {
    Place { from_place: usize, to_place: usize },
    Parent { from: WordsJson, to: WordsJson },
}

impl MoveJson {
    fn of(moved: &Move) -> MoveJson {
        match moved {
            Move::Place(from, to) => MoveJson::Place { from_place: *from, to_place: *to },
            Move::Parent(from, to) => MoveJson::Parent { from: from.into(), to: to.into() },
        }
    }
}

#[derive(Debug, Serialize)]
struct AmountJson {
    of: String,
    old: Option<String>,
    new: Option<String>,
    difference: String,
    percent: Option<String>,
}

impl AmountJson {
    fn of(amount: &Amount) -> AmountJson {
        let write = |money: Money| money.exact_form().replace(',', "");
        let sign = if amount.is_more() || amount.apart().is_zero() { "" } else { "-" };
        AmountJson {
            of: amount.sum.key(),
            old: amount.old.map(write),
            new: amount.new.map(write),
            difference: format!("{sign}{}", write(amount.apart())),
            percent: amount.percent().map(|percent| percent.to_string()),
        }
    }
}

#[derive(Debug, Serialize)]
struct FieldJson {
    of: WordsJson,
    old: Option<WordsJson>,
    new: Option<WordsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<WordsJson>,
}

impl FieldJson {
    fn of(field: &Field) -> FieldJson {
        let words = |words: &Option<Words>| words.as_ref().map(WordsJson::from);
        FieldJson {
            of: (&field.label).into(),
            old: words(&field.old),
            new: words(&field.new),
            note: words(&field.note),
        }
    }
}

#[derive(Debug, Serialize)]
struct TextJson {
    of: WordsJson,
    lang: &'static str,
    sentences: Vec<Vec<PieceJson>>,
    values: Vec<ValueJson>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum PieceJson {
    Same(String),
    Old(String),
    New(String),
}

#[derive(Debug, Serialize)]
struct ValueJson {
    path: String,
    old: String,
    new: String,
}

impl TextJson {
    fn of(text: &TextChange) -> TextJson {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => PieceJson::Same(text.clone()),
            Piece::Old(text) => PieceJson::Old(text.clone()),
            Piece::New(text) => PieceJson::New(text.clone()),
        };
        let values = text.values.iter();
        TextJson {
            of: (&text.label).into(),
            lang: text.lang.tag(),
            sentences: text.sentences.iter().map(|pieces| pieces.iter().map(piece).collect()).collect(),
            values: values
                .map(|value| ValueJson {
                    path: value.path.clone(),
                    old: value.old.clone(),
                    new: value.new.clone(),
                })
                .collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct TranslationJson {
    of: WordsJson,
    lang: &'static str,
    added: bool,
}

impl TranslationJson {
    fn of(one: &Translation) -> TranslationJson {
        TranslationJson { of: (&one.label).into(), lang: one.lang.tag(), added: one.added }
    }
}
