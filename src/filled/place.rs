//! Puts changes into the text of a project's file, whose comments and layout stay.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::wishes::Wish;
use super::{Note, sheet_of};
use crate::edit::literal::{Shape, value};
use crate::export::workbook::layout::{Column, Kind};
use crate::lang::{Words, say};
use crate::model::{Project, Year};

/// The file with the changes, and what could not be one.
///
/// A value that is there is replaced in its bytes. Keys and tables that come or go are left to `toml_edit`, where it gives
/// the file back as it is: keys with dots it would put in another order.
pub(super) fn apply(source: &str, wishes: &[Wish], project: &Project, year: Year) -> (String, Vec<Note>) {
    let mut notes = Vec::new();
    let (source, rest) = replaced(source, wishes, year, &mut notes);
    if rest.is_empty() {
        return (source, notes);
    }
    let document = source.parse::<DocumentMut>().ok().filter(|document| document.to_string() == source);
    let Some(mut document) = document else {
        notes.extend(rest.iter().map(|wish| {
            wish.note(say!(
                "这个文件的写法不便增删，没有取回：先运行 shenbao fmt 整理，再取回一次",
                "nothing can be added to or removed from this file as it is written: run `shenbao fmt`, and take the workbook back again"
            ))
        }));
        return (source, notes);
    };
    for wish in &rest {
        let done = match wish {
            Wish::Set { column, to, .. } => set(&mut document, wish.table(), column, to),
            Wish::Add { part, cells, .. } => add(&mut document, part, cells, project),
            Wish::Remove { .. } => Ok(()),
        };
        notes.extend(done.err().map(|words| wish.note(words)));
    }
    // Places count from the first: what stands behind others goes first.
    let mut removed: Vec<&&Wish> = rest.iter().filter(|wish| matches!(wish, Wish::Remove { .. })).collect();
    removed.sort_by_key(|wish| std::cmp::Reverse(places(wish.table())));
    for wish in removed {
        notes.extend(remove(&mut document, wish.table()).err().map(|words| wish.note(words)));
    }
    (document.to_string(), notes)
}

/// What a cell of this kind is in a file.
fn shape(kind: Kind) -> Shape {
    match kind {
        Kind::Text | Kind::Long | Kind::List(_) => Shape::Text,
        Kind::Number => Shape::Number,
        Kind::Amount => Shape::Amount,
        Kind::Date => Shape::Date,
    }
}

/// The file with new values in the place of those that are there, and the other changes.
fn replaced<'w>(
    source: &str,
    wishes: &'w [Wish],
    year: Year,
    notes: &mut Vec<Note>,
) -> (String, Vec<&'w Wish>) {
    let Ok(document) = Document::parse(source) else { return (source.to_owned(), Vec::new()) };
    let (mut edits, mut rest) = (Vec::new(), Vec::new());
    for wish in wishes {
        let Wish::Set { column, to, .. } = wish else {
            rest.push(wish);
            continue;
        };
        let found = value_at(document.as_table(), wish.table(), column, year).filter(|_| !to.is_empty());
        match found.and_then(|old| Some((old, old.span()?))) {
            Some((old, span)) => match value(shape(column.kind), to, Some(old)) {
                Ok(new) => edits.push((span, new.to_string().trim().to_owned())),
                Err(words) => notes.push(wish.note(words)),
            },
            None => rest.push(wish),
        }
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = source.to_owned();
    for (span, new) in edits {
        text.replace_range(span, &new);
    }
    (text, rest)
}

/// The value that a column stands for in a table; a text in its language, an amount by years in all or in this one.
fn value_at<'t>(root: &'t dyn TableLike, at: &str, column: &Column, year: Year) -> Option<&'t Value> {
    let (key, lang) = column.key.split_once('@').map_or((column.key, None), |(key, lang)| (key, Some(lang)));
    let (at, key) = match at.strip_prefix("narrative.") {
        Some(section) => ("", format!("narrative.{section}")),
        None => (at, key.to_owned()),
    };
    let mut owner = root;
    let mut steps = at.split('.').filter(|step| !step.is_empty());
    while let Some(step) = steps.next() {
        let place = steps.next()?.parse::<usize>().ok()?;
        owner = match owner.get(step)? {
            Item::ArrayOfTables(tables) => tables.get(place)?,
            Item::Value(Value::Array(tables)) => tables.get(place)?.as_inline_table()?,
            _ => return None,
        };
    }
    let mut steps = key.split('.');
    let mut item = owner.get(steps.next()?)?;
    for step in steps {
        let step = if step == "year" { year.to_string() } else { step.to_owned() };
        item = item.as_table_like()?.get(&step)?;
    }
    match (item.as_table_like(), lang) {
        (Some(years), None) => years.get("total")?.as_value(),
        (Some(texts), Some(lang)) => texts.get(lang)?.as_value(),
        // A text alone is Chinese.
        (None, Some("en")) => None,
        _ => item.as_value(),
    }
}

/// The numbers of a table's path.
fn places(table: &str) -> Vec<usize> {
    table.split('.').filter_map(|step| step.parse().ok()).collect()
}

fn by_years() -> Words {
    say!(
        "分年度的金额不能清空，没有取回：请在文件里改",
        "an amount by years cannot be cleared, and this was not taken: change it in the file"
    )
}

fn missing() -> Words {
    say!("文件里没有这一处了，没有取回", "the file has no such place any more, and this was not taken")
}

/// The table at a path such as `subproject.2.cost.0`, or a table of texts such as `narrative`.
fn table<'t>(root: &'t mut dyn TableLike, path: &str) -> Option<&'t mut dyn TableLike> {
    let mut table = root;
    let mut steps = path.split('.').filter(|step| !step.is_empty());
    while let Some(step) = steps.next() {
        let place = steps.next()?.parse::<usize>().ok()?;
        table = match table.get_mut(step)? {
            Item::ArrayOfTables(tables) => tables.get_mut(place)?,
            Item::Value(Value::Array(tables)) => tables.get_mut(place)?.as_inline_table_mut()?,
            _ => return None,
        };
    }
    Some(table)
}

fn set(document: &mut DocumentMut, at: &str, column: &Column, text: &str) -> Result<(), Words> {
    let (key, lang) = column.key.split_once('@').map_or((column.key, None), |(key, lang)| (key, Some(lang)));
    if column.id == "annual" {
        return Err(by_years());
    }
    // A section is a key of its own: `narrative.overview`.
    let (at, key) = match at.strip_prefix("narrative.") {
        Some(section) => ("", format!("narrative.{section}")),
        None => (at, key.to_owned()),
    };
    let owner = table(document.as_table_mut(), at).ok_or_else(missing)?;
    let (owner, key) = descend(owner, &key)?;
    match lang {
        Some(lang) => set_text(owner, key, lang, column, text),
        None => set_value(owner, key, column, text),
    }
}

/// The table of a dotted key, which comes into being where it is not there, and the last step of the key.
fn descend<'t, 'k>(
    owner: &'t mut dyn TableLike,
    key: &'k str,
) -> Result<(&'t mut dyn TableLike, &'k str), Words> {
    let Some((first, rest)) = key.split_once('.') else { return Ok((owner, key)) };
    if owner.get(first).is_none() {
        owner.insert(first, Item::Table(Table::new()));
    }
    let below = owner.get_mut(first).and_then(Item::as_table_like_mut).ok_or_else(missing)?;
    Ok((below, rest))
}

fn set_value(owner: &mut dyn TableLike, key: &str, column: &Column, text: &str) -> Result<(), Words> {
    if text.is_empty() {
        if column.kind == Kind::Amount && owner.get(key).is_some_and(|item| item.as_table_like().is_some()) {
            return Err(by_years());
        }
        owner.remove(key);
        return Ok(());
    }
    let mut new = value(shape(column.kind), text, owner.get(key).and_then(Item::as_value))?;
    match owner.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        _ => {
            owner.insert(key, Item::Value(new));
        }
    }
    Ok(())
}

/// A text is a string in Chinese, or a table of languages.
fn set_text(
    owner: &mut dyn TableLike,
    key: &str,
    lang: &str,
    column: &Column,
    text: &str,
) -> Result<(), Words> {
    match owner.get_mut(key) {
        Some(item) if item.is_table_like() => {
            let texts = item.as_table_like_mut().ok_or_else(missing)?;
            set_value(texts, lang, column, text)?;
            if texts.is_empty() {
                owner.remove(key);
            }
            Ok(())
        }
        Some(Item::Value(own)) if lang == "en" => {
            let mut texts = InlineTable::new();
            let mut zh = own.clone();
            zh.decor_mut().clear();
            texts.insert("zh", zh);
            texts.insert("en", value(shape(column.kind), text, None)?);
            let mut new = Value::InlineTable(texts);
            *new.decor_mut() = own.decor().clone();
            *own = new;
            Ok(())
        }
        None if lang == "en" => {
            let mut texts = InlineTable::new();
            texts.insert("en", value(shape(column.kind), text, None)?);
            owner.insert(key, Item::Value(Value::InlineTable(texts)));
            Ok(())
        }
        // Sections stand in a table of their own for each language.
        None if column.key == "@zh" => {
            let mut texts = Table::new();
            texts.insert("zh", Item::Value(value(shape(column.kind), text, None)?));
            owner.insert(key, Item::Table(texts));
            Ok(())
        }
        _ => set_value(owner, key, column, text),
    }
}

/// A cost or an indicator behind the last of its kind.
fn add(
    document: &mut DocumentMut,
    part: &str,
    cells: &BTreeMap<String, String>,
    project: &Project,
) -> Result<(), Words> {
    let sheet = sheet_of(part).ok_or_else(missing)?;
    let (at, list) = match part {
        "costs" => (owner_of(cells, project)?, "cost"),
        _ => (String::new(), "indicator"),
    };
    if !cells.contains_key("name") && !cells.contains_key("name_en") {
        return Err(say!("这一行没有名称，没有取回", "this row has no name, and was not taken"));
    }
    let mut new = Table::new();
    for column in sheet.columns.iter().filter(|column| !column.key.is_empty()) {
        let Some(text) = cells.get(column.id) else { continue };
        match column.key.split_once('@') {
            Some((key, lang)) => set_text(&mut new, key, lang, column, text)?,
            None => set_value(&mut new, column.key, column, text)?,
        }
    }
    let owner = table(document.as_table_mut(), &at).ok_or_else(missing)?;
    match owner.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            // As the tables before it stand: below an empty line, or not.
            let apart = tables.len() < 2
                || tables
                    .iter()
                    .last()
                    .and_then(|last| last.decor().prefix()?.as_str())
                    .is_some_and(|own| own.starts_with('\n'));
            new.decor_mut().set_prefix(if apart { "\n" } else { "" });
            tables.push(new);
        }
        Some(Item::Value(Value::Array(tables))) => tables.push(new.into_inline_table()),
        Some(_) => return Err(missing()),
        None => {
            let mut tables = ArrayOfTables::new();
            new.decor_mut().set_prefix("\n");
            tables.push(new);
            owner.insert(list, Item::ArrayOfTables(tables));
        }
    }
    Ok(())
}

/// The table that an added cost belongs to.
fn owner_of(cells: &BTreeMap<String, String>, project: &Project) -> Result<String, Words> {
    let Some(id) = cells.get("subproject") else {
        if project.subprojects.is_empty() {
            return Ok(String::new());
        }
        return Err(say!(
            "这个项目有子项目：新增的费用要写子项目编号，没有取回",
            "this project has sub-projects: an added cost names the id of one, and this was not taken"
        ));
    };
    let place = project.subprojects.iter().position(|own| own.id.value.as_str() == id);
    let found = place.and_then(|place| Some((place, project.subprojects.get(place)?)));
    match found {
        Some((_, own)) if own.single => Err(say!(
            "子项目 {id} 写的是一个总数，不能再加费用：先在文件里把它分成费用",
            "the sub-project {id} states one sum: divide it into costs in the file before one is added"
        )),
        Some((place, _)) => Ok(format!("subproject.{place}")),
        None => Err(say!(
            "未找到编号为 {id} 的子项目，没有取回",
            "there is no sub-project {id}, and this was not taken"
        )),
    }
}

fn remove(document: &mut DocumentMut, path: &str) -> Result<(), Words> {
    let (before, place) = path.rsplit_once('.').ok_or_else(missing)?;
    let (at, list) = before.rsplit_once('.').unwrap_or(("", before));
    let place: usize = place.parse().map_err(|_| missing())?;
    let owner = table(document.as_table_mut(), at).ok_or_else(missing)?;
    let is_empty = match owner.get_mut(list).ok_or_else(missing)? {
        Item::ArrayOfTables(tables) if place < tables.len() => {
            tables.remove(place);
            tables.is_empty()
        }
        Item::Value(Value::Array(tables)) if place < tables.len() => {
            tables.remove(place);
            Array::is_empty(tables)
        }
        _ => return Err(missing()),
    };
    if is_empty {
        owner.remove(list);
    }
    Ok(())
}
