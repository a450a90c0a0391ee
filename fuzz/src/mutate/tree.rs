//! Changes that leave a file TOML: keys, tables and values deleted, copied, moved, renamed, or of another type.

use fastrand::Rng;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::words;

/// The way to a table, an array or a value in it.
type Path = Vec<Step>;

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

/// What stands at the end of a way: in arrays of values there are no items.
enum Slot<'d> {
    Item(&'d mut Item),
    Table(&'d mut Table),
    Value(&'d mut Value),
}

/// Changes one thing in a file, perhaps by what another has; `None` when the file is not TOML or has nothing to change.
pub fn change(bytes: &mut Vec<u8>, donor: &str, rng: &mut Rng) -> Option<&'static str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse().ok()?;
    let paths = paths(&document);
    let path = paths.get(rng.usize(..paths.len().max(1)))?;
    let said = match rng.u8(..16) {
        0..=2 => revalue(&mut document, path, rng)?,
        3..=5 => edit_text(&mut document, path, rng)?,
        6 => restep_number(&mut document, path, rng)?,
        7 | 8 => remove(&mut document, path)?,
        9 => duplicate(&mut document, path, rng)?,
        10 | 11 => rename(&mut document, path, rng)?,
        12 => swap(&mut document, path, &paths, rng)?,
        13 => nest(&mut document, path, rng)?,
        _ => graft(&mut document, path, donor, rng)?,
    };
    *bytes = document.to_string().into_bytes();
    Some(said)
}

/// Every way into a document, of tables before what they have.
fn paths(document: &DocumentMut) -> Vec<Path> {
    let mut all = Vec::new();
    of_table(document.as_table(), &mut Vec::new(), &mut all);
    all
}

fn of_table(table: &Table, at: &mut Path, all: &mut Vec<Path>) {
    for (key, item) in table.iter() {
        at.push(Step::Key(key.to_owned()));
        all.push(at.clone());
        match item {
            Item::Table(table) => of_table(table, at, all),
            Item::ArrayOfTables(tables) => {
                for (index, table) in tables.iter().enumerate() {
                    at.push(Step::Index(index));
                    all.push(at.clone());
                    of_table(table, at, all);
                    at.pop();
                }
            }
            Item::Value(value) => of_value(value, at, all),
            Item::None => {}
        }
        at.pop();
    }
}

fn of_value(value: &Value, at: &mut Path, all: &mut Vec<Path>) {
    let mut below = |step: Step, value: &Value| {
        at.push(step);
        all.push(at.clone());
        of_value(value, at, all);
        at.pop();
    };
    match value {
        Value::Array(array) => {
            array.iter().enumerate().for_each(|(index, value)| below(Step::Index(index), value));
        }
        Value::InlineTable(table) => {
            table.iter().for_each(|(key, value)| below(Step::Key(key.to_owned()), value));
        }
        _ => {}
    }
}

fn find<'d>(document: &'d mut DocumentMut, path: &[Step]) -> Option<Slot<'d>> {
    let mut slot = Slot::Table(document.as_table_mut());
    for step in path {
        slot = match (slot, step) {
            (Slot::Table(table), Step::Key(key)) => Slot::Item(table.get_mut(key)?),
            (Slot::Item(Item::Table(table)), Step::Key(key)) => Slot::Item(table.get_mut(key)?),
            (Slot::Item(Item::ArrayOfTables(tables)), Step::Index(index)) => {
                Slot::Table(tables.get_mut(*index)?)
            }
            (Slot::Item(Item::Value(value)) | Slot::Value(value), step) => Slot::Value(match (value, step) {
                (Value::Array(array), Step::Index(index)) => array.get_mut(*index)?,
                (Value::InlineTable(table), Step::Key(key)) => table.get_mut(key)?,
                _ => return None,
            }),
            _ => return None,
        };
    }
    Some(slot)
}

/// Puts a value in the place of whatever is there.
fn put(slot: Slot<'_>, new: Value) {
    match slot {
        Slot::Item(item) => *item = value(new),
        Slot::Table(table) => table.clear(),
        Slot::Value(old) => *old = new,
    }
}

/// The value that stands somewhere, whatever holds it.
fn taken(slot: Slot<'_>) -> Option<Value> {
    match slot {
        Slot::Item(item) => item.clone().into_value().ok(),
        Slot::Table(table) => Some(table.clone().into_inline_table().into()),
        Slot::Value(value) => Some(value.clone()),
    }
}

fn revalue(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    put(find(document, path)?, words::value(rng, 3));
    Some("another value")
}

fn edit_text(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    let slot = find(document, path)?;
    let text = match &slot {
        Slot::Item(item) => item.as_str(),
        Slot::Value(value) => value.as_str(),
        Slot::Table(_) => None,
    };
    let new = words::edited(text?, rng);
    put(slot, new.into());
    Some("a text changed")
}

fn restep_number(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    let slot = find(document, path)?;
    let number = match &slot {
        Slot::Item(item) => item.as_integer(),
        Slot::Value(value) => value.as_integer(),
        Slot::Table(_) => None,
    };
    let number = number?;
    let steps =
        [number.wrapping_add(1), number.wrapping_sub(1), number.wrapping_neg(), number.wrapping_mul(10_000)];
    put(slot, steps[rng.usize(..4)].into());
    Some("another number")
}

fn remove(document: &mut DocumentMut, path: &[Step]) -> Option<&'static str> {
    let (last, way) = path.split_last()?;
    match (find(document, way)?, last) {
        (Slot::Table(table) | Slot::Item(Item::Table(table)), Step::Key(key)) => drop(table.remove(key)),
        (Slot::Item(Item::ArrayOfTables(tables)), Step::Index(index)) => drop(tables.remove(*index)),
        (Slot::Item(Item::Value(value)) | Slot::Value(value), step) => match (value, step) {
            (Value::Array(array), Step::Index(index)) => drop(array.remove(*index)),
            (Value::InlineTable(table), Step::Key(key)) => drop(table.remove(key)),
            _ => return None,
        },
        _ => return None,
    }
    Some("a key or an element deleted")
}

fn duplicate(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    let (last, way) = path.split_last()?;
    let times = [1, 1, 1, 2, 60][rng.usize(..5)];
    match (find(document, way)?, last) {
        (Slot::Item(Item::ArrayOfTables(tables)), Step::Index(index)) => {
            let table = tables.get(*index)?.clone();
            (0..times).for_each(|_| tables.push(table.clone()));
        }
        (
            Slot::Item(Item::Value(Value::Array(array))) | Slot::Value(Value::Array(array)),
            Step::Index(index),
        ) => {
            let value = array.get(*index)?.clone();
            (0..times).for_each(|_| array.push(value.clone()));
        }
        (Slot::Table(table) | Slot::Item(Item::Table(table)), Step::Key(key)) => {
            let item = table.get(key)?.clone();
            table.insert(&words::key(rng), item);
        }
        _ => return None,
    }
    Some("a key or an element twice")
}

fn rename(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    let (last, way) = path.split_last()?;
    let Step::Key(key) = last else { return None };
    let new = if rng.bool() { words::key(rng) } else { words::edited(key, rng) };
    match find(document, way)? {
        Slot::Table(table) | Slot::Item(Item::Table(table)) => {
            let item = table.remove(key)?;
            table.insert(&new, item);
        }
        Slot::Item(Item::Value(Value::InlineTable(table))) | Slot::Value(Value::InlineTable(table)) => {
            let value = table.remove(key)?;
            table.insert(&new, value);
        }
        _ => return None,
    }
    Some("a key renamed")
}

fn swap(document: &mut DocumentMut, path: &[Step], paths: &[Path], rng: &mut Rng) -> Option<&'static str> {
    let other = paths.get(rng.usize(..paths.len().max(1)))?;
    let one = taken(find(document, path)?)?;
    let two = taken(find(document, other)?)?;
    put(find(document, path)?, two);
    if let Some(slot) = find(document, other) {
        put(slot, one);
    }
    Some("two values swapped")
}

/// Wraps a value into arrays or tables, or makes tables an array of them and the reverse.
fn nest(document: &mut DocumentMut, path: &[Step], rng: &mut Rng) -> Option<&'static str> {
    let slot = find(document, path)?;
    match slot {
        Slot::Item(item @ Item::Table(_)) => {
            let Item::Table(table) = std::mem::take(item) else { return None };
            *item = Item::ArrayOfTables(ArrayOfTables::from_iter([table]));
        }
        Slot::Item(item @ Item::ArrayOfTables(_)) => {
            let first = item.as_array_of_tables().and_then(|tables| tables.get(0)).cloned();
            *item = first.map_or(Item::None, Item::Table);
        }
        Slot::Table(_) => return None,
        slot @ (Slot::Item(_) | Slot::Value(_)) => {
            let depth = [1, 1, 2, 70, 300][rng.usize(..5)];
            let old = taken(slot)?;
            let wrapped = (0..depth).fold(old, |value, _| Array::from_iter([value]).into());
            put(find(document, path)?, wrapped);
        }
    }
    Some("a value wrapped")
}

/// Puts what stands somewhere in another file here.
fn graft(document: &mut DocumentMut, path: &[Step], donor: &str, rng: &mut Rng) -> Option<&'static str> {
    let mut donor: DocumentMut = donor.parse().ok()?;
    let theirs = paths(&donor);
    let their = theirs.get(rng.usize(..theirs.len().max(1)))?;
    let (last, way) = path.split_last()?;
    if let (Slot::Table(table) | Slot::Item(Item::Table(table)), Step::Key(_)) = (find(document, way)?, last)
        && rng.bool()
        && let (Slot::Item(item), Some(Step::Key(key))) = (find(&mut donor, their)?, their.last())
    {
        table.insert(key, item.clone());
        return Some("a key of another place");
    }
    let new = taken(find(&mut donor, their)?)?;
    put(find(document, path)?, new);
    Some("a value of another place")
}
