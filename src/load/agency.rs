//! A unit or a department.

use toml::Spanned;
use toml::de::DeValue;

use super::keys::{self, Keys};
use super::reader::Reader;
use crate::lang::say;
use crate::model::Agency;

/// A unit or department under this head.
pub(super) fn agency<'d>(
    reader: &mut Reader<'_>,
    value: &'d Spanned<DeValue<'d>>,
    head: &'static str,
) -> Option<Agency> {
    if matches!(value.get_ref(), DeValue::String(_)) {
        let span = reader.span(value);
        let table = format!("{{ name = {} }}", reader.text.get(span.range()).unwrap_or("\"…\""));
        let example = format!("{} = {table}", head.trim_matches(['[', ']']));
        let finding = reader.wrong_type(value, &say!("一个表", "a table"), &example);
        reader.diagnostics.push(finding.suggest(span, table));
        return None;
    }
    let table = reader.table(value, Keys { table: head, ..keys::AGENCY }, head)?;
    let code = reader.optional_string(table, "code");
    let functions = reader.optional_text(table, "functions");
    Some(Agency { name: reader.required_text(table, "name", "name = \"…\"")?, code, functions })
}
