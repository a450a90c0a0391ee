//! 资金来源

use super::cost::{self, earlier};
use super::keys;
use super::reader::{Reader, Table};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::form::{Profile, SourceKind};
use crate::lang::{Lang, say};
use crate::model::{Funding, FundingSource, Period, Text};

/// `[funding]`; what is left out is computed.
pub(super) fn read<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    period: Option<Period>,
    profile: Option<&Profile>,
) -> Funding {
    let value = reader.optional(table, "funding");
    let Some(table) = value.and_then(|value| reader.table(value, keys::FUNDING, "[funding]")) else {
        return Funding::default();
    };
    let carried_over = reader.optional(table, "carried_over").and_then(|value| reader.amount(value));
    let other = reader.optional(table, "other");
    let other = other.and_then(|value| cost::yearly_amount(reader, value, period));
    let tables = reader.tables(table, "source", keys::SOURCE);
    let mut sources: Vec<FundingSource> = Vec::new();
    for table in tables {
        let Some(source) = source(reader, table, period, profile) else { continue };
        if let Some(first) = sources.iter().find(|first| same(first, &source)) {
            let name = source.kind.str(Lang::Zh).trim();
            let words = say!("资金来源“{name}”列了两次", "the source `{name}` is listed twice");
            let finding = Diagnostic::error(code::DUPLICATE_ID, words).at(source.kind.span());
            reader.diagnostics.push(
                finding
                    .label(first.kind.span(), say!("先列在这里", "first listed here"))
                    .help(say!("合并为一项", "merge them into one")),
            );
        }
        sources.push(source);
    }
    let funding = Funding {
        carried_over,
        other,
        subject: reader.optional_string(table, "subject"),
        class: reader.optional_text(table, "class"),
        sources,
    };
    if let (Some(other), Some(first)) = (&funding.other, funding.other_sources().next()) {
        reader.diagnostics.push(
            Diagnostic::error(
                code::EXCLUSIVE_KEYS,
                say!(
                    "其他资金已按来源列出，不再写 other",
                    "other funds are given by their sources, and by `other` as well"
                ),
            )
            .at(other.span())
            .label(first.kind.span(), say!("这里已经列出", "given here already"))
            .help(say!("删去 other：它由各来源相加", "delete `other`: it is the sum of these sources")),
        );
    }
    funding
}

fn same(one: &FundingSource, other: &FundingSource) -> bool {
    let name = |source: &FundingSource| source.kind.str(Lang::Zh).trim().to_owned();
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => one == other,
        _ => name(one) == name(other),
    }
}

fn source<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    period: Option<Period>,
    profile: Option<&Profile>,
) -> Option<FundingSource> {
    let kind = reader.required_text(table, "kind", "kind = \"…\"");
    let amount = reader.required(table, "amount", "amount = \"…万元\"");
    let amount = amount.and_then(|value| cost::yearly_amount(reader, value, period));
    let before =
        reader.optional(table, "before").and_then(|value| earlier(reader, value)).unwrap_or_default();
    let kind = kind?;
    let kinds = profile.map(|profile| profile.sources.as_slice()).unwrap_or_default();
    let listed = kinds.iter().find(|own| own.is_named(kind.str(Lang::Zh).trim()));
    if let (None, Some(profile)) = (listed, profile) {
        reader.diagnostics.push(unlisted(&kind, kinds, &profile.id));
    }
    let id = listed.map(|own| own.id.clone());
    let is_fiscal = listed.is_some_and(SourceKind::is_fiscal);
    Some(FundingSource { kind, id, is_fiscal, amount: amount?, before })
}

fn unlisted(kind: &Text, kinds: &[SourceKind], form: &str) -> Diagnostic {
    let name = kind.str(Lang::Zh).trim();
    let finding = Diagnostic::error(
        code::UNKNOWN_VALUE,
        say!("表样 {form} 没有列出资金来源“{name}”", "the form {form} does not list the source `{name}`"),
    )
    .at(kind.span());
    let named = || kinds.iter().map(|own| own.name.zh.as_str());
    if kinds.is_empty() {
        return finding.help(say!(
            "这个表样不按来源列资金：删去 [[funding.source]]，其他资金写 other = \"…万元\"",
            "this form lists no sources: delete [[funding.source]], and give other funds as other = \"…万元\""
        ));
    }
    let list = named().collect::<Vec<_>>().join("、");
    match nearest(name, named()) {
        Some(meant) => finding
            .help(say!("是否应为 {meant}？", "did you mean {meant}?"))
            .help(say!("表样列出的是：{list}", "it lists: {list}"))
            .suggest(kind.span(), format!("\"{meant}\"")),
        None => finding.help(say!("表样列出的是：{list}", "it lists: {list}")),
    }
}
