//! The schema of one value.

use serde_json::{Map, Value, json};

use super::{Forms, Listed, object};
use crate::load::Type;

/// A text that shows something: neither space nor characters that nobody sees, as `reading/invisible.txt` lists those of
/// four digits; patterns of editors know no longer ones.
const SAYS: &str = concat!(
    r"[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f",
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc]"
);
/// A number and its unit; separators stand every three digits, and nothing is finer than 0.01元.
const AMOUNT: &str = concat!(
    r"^\s*([0-9]{1,3}(,[0-9]{3})+|[0-9]+)",
    r"((\.[0-9]{1,2}0*)?[ \t]*元|(\.[0-9]{1,6}0*)?[ \t]*万元|(\.[0-9]{1,10}0*)?[ \t]*亿元)\s*$"
);
const DATE: &str = "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$";
const YEAR: &str = "^20[0-9]{2}$";
const ID: &str = "^[a-z0-9][a-z0-9-]*$";
/// Words or a range, or a sign with a whole number behind it and nothing that would go on with the number.
const TARGET: &str = concat!(
    r"^\s*([^\s≥≧≤≦=＝>＞<＜]|([>＞][=＝]|[<＜][=＝]|[≥≧≤≦=＝>＞<＜])\s*[-−－]?",
    r"([0-9０-９]{1,3}(,[0-9０-９]{3})+|[0-9０-９]+)([.．][0-9０-９]+)?",
    r"\s*($|[^\s0-9０-９.．,，。;；:：、~～〜—–－_+-]))"
);

pub(super) fn of(takes: Type, forms: &Forms) -> Value {
    match takes {
        Type::Form => json!({ "type": "string", "enum": forms.ids }),
        Type::Year => json!({ "type": "integer", "minimum": 2000, "maximum": 2099 }),
        Type::Languages => json!({
            "type": "array", "items": { "type": "string", "enum": ["zh", "en"] },
            "minItems": 1, "uniqueItems": true,
        }),
        Type::Print => json!({
            "type": "array", "items": { "type": "string", "enum": ["narrative", "form"] },
            "minItems": 1, "uniqueItems": true,
        }),
        Type::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        Type::Amount => amount(),
        Type::Yearly => json!({ "anyOf": [amount(), years()] }),
        Type::Earlier => earlier(),
        Type::YearTexts => json!({
            "type": "object", "patternProperties": { YEAR: text(SAYS) },
            "additionalProperties": false, "minProperties": 1,
        }),
        Type::Text | Type::Prose => text(SAYS),
        Type::Target => text(TARGET),
        Type::Listed(list) => listed(forms.lists.get(list).map(Vec::as_slice).unwrap_or_default()),
        Type::Source => one_of(&forms.sources),
        Type::Term => json!({ "type": "string", "enum": ["annual", "overall", "both"] }),
        Type::EvaluationForm => json!({ "type": "string", "enum": forms.evaluations }),
        Type::SpendingSource => one_of(&forms.spending),
        Type::Grade => json!({ "type": "string", "enum": ["met", "partly", "not"] }),
        Type::Score(most) => json!({ "type": "number", "minimum": 0, "maximum": most }),
        Type::Switch => json!({ "type": "boolean" }),
        Type::String => json!({ "type": "string", "pattern": SAYS }),
        Type::Id => json!({ "type": "string", "pattern": ID }),
        Type::Count => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
        Type::Decimal(most) => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": most }),
        Type::Kind => named(&forms.kinds),
        Type::Sections => sections(forms),
        Type::DepartmentForm => json!({ "type": "string", "enum": forms.departments }),
        Type::IncomeLine => one_of(&forms.income),
        Type::OutlayLine => one_of(&forms.outlay),
        Type::Ids => json!({
            "type": "array", "items": { "type": "string", "pattern": ID }, "minItems": 1, "uniqueItems": true,
        }),
        Type::One(table) => object(table, forms),
        Type::Many(table) => json!({ "type": "array", "items": object(table, forms) }),
    }
}

fn amount() -> Value {
    json!({ "type": "string", "pattern": AMOUNT })
}

/// Amounts by year, and beside them that of all years.
fn years() -> Value {
    let mut total = Map::new();
    total.insert(
        "description".to_owned(),
        json!("各年度合计，有的年度未定时填写 · all years, where some are not known yet"),
    );
    total.extend(amount().as_object().cloned().unwrap_or_default());
    json!({
        "type": "object", "patternProperties": { YEAR: amount() },
        "additionalProperties": false, "minProperties": 1,
        "properties": { "total": total },
        "dependencies": { "total": { "minProperties": 2 } },
    })
}

/// Amounts by year, each alone or as what was approved and spent.
fn earlier() -> Value {
    let both = json!({
        "type": "object", "properties": { "approved": amount(), "spent": amount() },
        "additionalProperties": false, "minProperties": 1,
    });
    json!({
        "type": "object", "patternProperties": { YEAR: { "anyOf": [amount(), both] } },
        "additionalProperties": false, "minProperties": 1,
    })
}

/// A string in Chinese, or both languages.
fn text(pattern: &str) -> Value {
    json!({ "anyOf": [{ "type": "string", "pattern": pattern }, languages(pattern)] })
}

/// Both languages, of which the Chinese one is read where a target is measured.
fn languages(pattern: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "zh": { "description": "中文 · Chinese", "type": "string", "pattern": pattern },
            "en": { "description": "英文 · English", "type": "string", "pattern": SAYS },
        },
        "additionalProperties": false, "minProperties": 1,
    })
}

/// Words that the forms list, with the other language as their explanation.
fn named(words: &[[String; 2]]) -> Value {
    let (mut names, mut meanings) = (Vec::new(), Vec::new());
    for [zh, en] in words {
        names.push(zh);
        meanings.push(en);
    }
    for [zh, en] in words {
        names.push(en);
        meanings.push(zh);
    }
    json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": meanings } } })
}

/// A word that the forms list, by its name or its id.
fn one_of(listed: &Listed) -> Value {
    json!({ "anyOf": [named(&listed.names), { "type": "string", "enum": listed.ids }] })
}

/// A text that the forms list; units do write their own.
fn listed(words: &[[String; 2]]) -> Value {
    json!({ "anyOf": [named(words), { "type": "string", "pattern": SAYS }, languages(SAYS)] })
}

fn sections(forms: &Forms) -> Value {
    let mut properties = Map::new();
    for (id, [zh, en]) in &forms.sections {
        let mut section = Map::new();
        section.insert("description".to_owned(), json!(format!("{zh} · {en}")));
        if let Value::Object(mut map) = text(SAYS) {
            section.append(&mut map);
        }
        properties.insert(id.clone(), Value::Object(section));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
