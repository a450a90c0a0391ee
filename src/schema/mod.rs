//! JSON Schema (draft 7) of the two kinds of file, for editors: made from the table of keys that files are read by.
//!
//! A schema sees one file and one value at a time. What rests on several stays with the program: whether ids exist and
//! are unique, whether an end follows its start, sums, limits of amounts, values in texts. `docs/editor.md` lists it.

mod value;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::form::{FormKind, Profile, Templates};
use crate::lang::Words;
use crate::load::{Field, FileKind, Table};
use crate::source::Sources;

/// The schema of a kind of file, for declarations with these templates.
pub fn schema(kind: FileKind, templates: &Templates) -> Value {
    let (table, title) = match kind {
        FileKind::Declaration => (Table::Declaration, "申报 declaration.toml · Declaration of a unit"),
        FileKind::Project => (Table::Project, "项目 projects/N-id.toml · Project of a declaration"),
        FileKind::Result => (Table::Outcome, "自评 results/N-id.toml · Results of a project"),
        FileKind::Department => (Table::Department, "部门整体 department.toml · A department as a whole"),
    };
    let mut schema = object(table, &Forms::of(templates));
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    whole.insert("title".to_owned(), json!(title));
    if let Some(map) = schema.as_object_mut() {
        whole.append(map);
    }
    Value::Object(whole)
}

/// What the forms list, each by its Chinese and its English name, without repetition.
struct Forms {
    ids: Vec<String>,
    /// Words that a project chooses one of, by the name of their list.
    lists: BTreeMap<&'static str, Vec<[String; 2]>>,
    /// Sources of funds.
    sources: Listed,
    evaluations: Vec<String>,
    spending: Listed,
    departments: Vec<String>,
    income: Listed,
    outlay: Listed,
    kinds: Vec<[String; 2]>,
    /// Ids of sections with their headings.
    sections: Vec<(String, [String; 2])>,
}

/// Words that forms list, each with its id.
#[derive(Default)]
struct Listed {
    names: Vec<[String; 2]>,
    ids: Vec<String>,
}

impl Listed {
    fn add<'w>(&mut self, more: impl Iterator<Item = (&'w String, &'w Words)>) {
        for (id, name) in more {
            add(&mut self.names, [both(name)].into_iter());
            add(&mut self.ids, [id.clone()].into_iter());
        }
    }
}

impl Forms {
    fn of(templates: &Templates) -> Forms {
        let mut forms = Forms {
            ids: templates.forms(),
            lists: BTreeMap::new(),
            sources: Listed::default(),
            evaluations: templates.of_kind(FormKind::Evaluation),
            spending: Listed::default(),
            departments: templates.of_kind(FormKind::Department),
            income: Listed::default(),
            outlay: Listed::default(),
            kinds: vec![],
            sections: vec![],
        };
        forms.ids.reverse();
        for id in forms.evaluations.clone() {
            let Ok(profile) = Profile::read(&id, templates, &mut Sources::default()) else { continue };
            forms.spending.add(profile.sources.iter().map(|source| (&source.id, &source.name)));
        }
        let departments = forms.departments.clone();
        for id in forms.ids.iter().chain(&departments).cloned().collect::<Vec<_>>() {
            let Ok(profile) = Profile::read(&id, templates, &mut Sources::default()) else { continue };
            let kinds = profile.level1.iter().flat_map(|level| &level.kinds);
            add(&mut forms.kinds, kinds.map(|kind| [kind.zh.clone(), kind.en.clone()]));
            for list in ["nature", "category", "attribute", "type"] {
                add(forms.lists.entry(list).or_default(), profile.choices(list).iter().map(both));
            }
            forms.sources.add(profile.sources.iter().map(|source| (&source.id, &source.name)));
            forms.income.add(profile.income.iter().map(|line| (&line.id, &line.name)));
            forms.outlay.add(profile.outlay.iter().map(|line| (&line.id, &line.name)));
            add(
                &mut forms.sections,
                profile
                    .sections
                    .iter()
                    .map(|own| (own.id.clone(), [own.heading.zh.clone(), own.heading.en.clone()])),
            );
        }
        forms
    }
}

fn both(words: &Words) -> [String; 2] {
    [words.zh.clone(), words.en.clone()]
}

fn add<T: PartialEq>(list: &mut Vec<T>, more: impl Iterator<Item = T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// A table with its keys.
fn object(table: Table, forms: &Forms) -> Value {
    let fields = table.fields();
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.key.to_owned(), property(field, forms))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if let Some(map) = schema.as_object_mut() {
        if !required.is_empty() {
            map.insert("required".to_owned(), json!(required));
        }
        let of_form: Vec<&str> = fields.iter().filter(|field| field.of_form).map(|field| field.key).collect();
        if !of_form.is_empty() {
            // A project that does not say what is printed of it leaves that to the declaration, which is another file.
            let printed = json!({ "required": ["print"], "properties": { "print": { "contains": { "const": "form" } } } });
            map.insert("if".to_owned(), printed);
            map.insert("then".to_owned(), json!({ "required": of_form }));
        }
        map.extend(alternatives(table).map(|ways| ("oneOf".to_owned(), ways)));
    }
    schema
}

fn property(field: &Field, forms: &Forms) -> Value {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(format!("{} · {}", field.zh, field.en)));
    if let Value::Object(mut map) = value::of(field.takes, forms) {
        schema.append(&mut map);
    }
    Value::Object(schema)
}

/// The ways to give an amount, exactly one of which a table has.
fn alternatives(table: Table) -> Option<Value> {
    match table {
        Table::Project => Some(json!([{ "required": ["subproject"] }, { "required": ["cost"] }])),
        Table::Subproject => Some(json!([{ "required": ["amount"] }, { "required": ["cost"] }])),
        Table::Cost => Some(json!([
            way(&["amount"], &["quantity", "unit", "price", "percent", "of"]),
            way(&["quantity", "price"], &["amount", "percent", "of"]),
            way(&["percent", "of"], &["amount", "quantity", "unit", "price"]),
        ])),
        _ => None,
    }
}

fn way(with: &[&str], without: &[&str]) -> Value {
    let without: Vec<Value> = without.iter().map(|key| json!({ "required": [key] })).collect();
    json!({ "required": with, "not": { "anyOf": without } })
}
