//! Whether two files say the same: equal values, and texts that print the same.

use toml::de::{DeTable, DeValue};

use super::shape::Shape;
use crate::narrative::flow;
use crate::reading::target;

/// Whether two texts of TOML say the same to a reader of the declaration.
pub(super) fn same<'s>(before: &str, after: &str, shape: Shape<'s>, sections: &'s [String]) -> bool {
    match (DeTable::parse(before), DeTable::parse(after)) {
        (Ok(before), Ok(after)) => tables(before.get_ref(), after.get_ref(), shape, sections),
        _ => false,
    }
}

/// Whether two targets have the same figure and unit.
fn same_target(one: &str, two: &str) -> bool {
    let read =
        |text: &str| target::read(text, &|_| false)?.ok().map(|reading| (reading.figure, reading.unit));
    read(one).is_some_and(|one| read(two) == Some(one))
}

fn tables<'s>(before: &DeTable<'_>, after: &DeTable<'_>, shape: Shape<'s>, sections: &'s [String]) -> bool {
    before.len() == after.len()
        && before.iter().all(|(key, value)| {
            let name = key.get_ref().as_ref();
            let below = shape.below(name, sections);
            after.get(name).is_some_and(|other| values(value.get_ref(), other.get_ref(), below, sections))
        })
}

fn values<'s>(before: &DeValue<'_>, after: &DeValue<'_>, shape: Shape<'s>, sections: &'s [String]) -> bool {
    match (before, after) {
        (DeValue::String(one), DeValue::String(two)) => match shape {
            Shape::Text { prose: true } => flow(one) == flow(two),
            Shape::Amount => one.trim() == two.trim(),
            Shape::Target => one == two || same_target(one, two),
            _ => one == two,
        },
        (DeValue::Table(one), DeValue::Table(two)) => tables(one, two, shape, sections),
        (DeValue::Array(one), DeValue::Array(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .zip(two.iter())
                    .all(|(one, two)| values(one.get_ref(), two.get_ref(), shape, sections))
        }
        (DeValue::Integer(one), DeValue::Integer(two)) => {
            one.as_str() == two.as_str() && one.radix() == two.radix()
        }
        (DeValue::Float(one), DeValue::Float(two)) => one.as_str() == two.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(two)) => one == two,
        (DeValue::Datetime(one), DeValue::Datetime(two)) => one == two,
        _ => false,
    }
}
