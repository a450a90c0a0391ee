//! 绩效指标

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::cost::each_year;
use super::keys;
use super::listed;
use super::reader::{Reader, Table};
use super::target::target;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::form::Profile;
use crate::lang::say;
use crate::model::{Indicator, Placed, Text, Year};

/// The indicators of a project; `asked` where its form shows them.
pub(super) fn read<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    asked: bool,
    profile: Option<&Profile>,
) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for table in reader.tables(table, "indicator", keys::INDICATOR) {
        let kind = kind(reader, table, profile);
        let name = reader.required_text(table, "name", "name = \"…\"");
        let text = reader.required_text(table, "target", "target = \"…\"");
        let own = text.and_then(|text| target(reader, text, profile));
        let weight = reader
            .optional(table, "weight")
            .and_then(|value| reader.decimal(value, rust_decimal::Decimal::ONE_HUNDRED, "weight = …"));
        let explanation = reader.optional_text(table, "explanation");
        let basis = reader.optional_text(table, "basis");
        let source = reader.optional_text(table, "source");
        let scoring = reader.optional_text(table, "scoring");
        let note = reader.optional_text(table, "note");
        let term = listed::term(reader, table);
        let overall = reader.optional_text(table, "overall").and_then(|text| target(reader, text, profile));
        let before =
            reader.optional(table, "before").and_then(|value| before(reader, value)).unwrap_or_default();
        let core = reader.optional(table, "core").and_then(|value| switch(reader, value, "core = true"));
        let (Some(kind), Some(name), Some(target)) = (kind, name, own) else { continue };
        indicators.push(Indicator {
            kind,
            name,
            target,
            weight,
            explanation,
            basis,
            source,
            scoring,
            note,
            term,
            overall,
            before,
            core,
        });
    }
    if asked && indicators.is_empty() && !table.has("indicator") {
        reader.required(table, "indicator", "[[indicator]]");
    }
    indicators
}

fn kind<'d>(reader: &mut Reader<'_>, table: Table<'d>, profile: Option<&Profile>) -> Option<Placed<String>> {
    let example = "kind = \"…\"";
    let value = reader.required(table, "kind", example)?;
    let kind = reader.string(value, example)?;
    if let Some(profile) = profile
        && profile.kind(kind.value).is_none()
    {
        let (name, form) = (kind.value, &profile.id);
        let list = profile.kind_names().collect::<Vec<_>>().join("、");
        let finding = Diagnostic::error(
            code::UNKNOWN_KIND,
            say!(
                "表样 {form} 没有“{name}”这一类二级指标",
                "unknown kind of indicator `{name}` in the form {form}"
            ),
        )
        .at(kind.span);
        let with_suffix = format!("{name}指标");
        let meant = profile
            .kind_names()
            .find(|kind| *kind == with_suffix)
            .or_else(|| nearest(name, profile.kind_names()));
        reader.diagnostics.push(match meant {
            Some(meant) => finding
                .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
                .suggest(kind.span, format!("\"{meant}\"")),
            None => finding.help(say!("二级指标有：{list}", "the kinds are: {list}")),
        });
        return None;
    }
    Some(Placed { value: kind.value.to_owned(), span: kind.span })
}

fn switch<'d>(reader: &mut Reader<'_>, value: &'d Spanned<DeValue<'d>>, example: &str) -> Option<bool> {
    let DeValue::Boolean(on) = value.get_ref() else {
        let finding = reader.wrong_type(value, &say!("true 或 false", "true or false"), example);
        reader.diagnostics.push(finding);
        return None;
    };
    Some(*on)
}

/// `{ 2023 = "91 %" }`
fn before<'d>(reader: &mut Reader<'_>, value: &'d Spanned<DeValue<'d>>) -> Option<BTreeMap<Year, Text>> {
    let example = "{ YYYY = \"…\", YYYY = \"…\" }";
    let what = say!("分年度的实际水平", "what was reached, by year");
    let none = say!("没有任何年度的内容", "nothing for any year");
    let years =
        each_year(reader, value, None, &what, &none, example, |reader, value| reader.text(value, "\"…\""))?;
    Some(years.into_iter().map(|(year, (_, text))| (year, text)).collect())
}
