//! Costs and sub-projects.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::calendar::parse_year;
use super::keys::{self, Keys};
use super::reader::{Reader, Table};
use crate::diagnostic::{Diagnostic, code};
use crate::lang::{Words, say};
use crate::model::{
    Cost, CostBasis, Earlier, Money, Period, Placed, PlacedAmount, Subproject, Year, YearlyAmount,
    in_one_unit,
};
use crate::source::Span;

/// The costs of a project or sub-project, under `[[cost]]` or `[[subproject.cost]]`, which `name` says.
pub(super) fn costs<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    period: Option<Period>,
    name: &'static str,
) -> Vec<Cost> {
    let tables = reader.tables(table, "cost", Keys { table: name, ..keys::COST });
    tables.into_iter().filter_map(|table| cost(reader, table, period)).collect()
}

/// The sub-projects of a project.
pub(super) fn subprojects<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    period: Option<Period>,
) -> Vec<Subproject> {
    let tables = reader.tables(table, "subproject", keys::SUBPROJECT);
    tables.into_iter().filter_map(|table| subproject(reader, table, period)).collect()
}

fn subproject<'d>(reader: &mut Reader<'_>, table: Table<'d>, period: Option<Period>) -> Option<Subproject> {
    let id = reader.required(table, "id", "id = \"…\"");
    let id = id.and_then(|value| reader.id(value));
    let name = reader.required_text(table, "name", "name = \"…\"");
    let start = reader.optional(table, "start").and_then(|value| reader.date(value, "start"));
    let end = reader.optional(table, "end").and_then(|value| reader.date(value, "end"));
    if let (Some(start), Some(end)) = (start, end) {
        reader.check_order(start, end);
    }
    check_alternatives(reader, table, "cost", "amount");
    let mut costs = costs(reader, table, period, "[[subproject.cost]]");
    let stated = reader.optional(table, "amount");
    let single = stated.is_some();
    let amount = stated.and_then(|value| yearly_amount(reader, value, period));
    let (id, name) = (id?, name?);
    if let (Some(amount), true) = (amount, costs.is_empty()) {
        let amount = CostBasis::Stated(amount);
        costs.push(Cost { id: None, name: name.clone(), amount, basis: None, before: BTreeMap::new() });
    }
    Some(Subproject { id, name, start, end, costs, single })
}

/// Reports a table that has both of two keys, or neither.
pub(super) fn check_alternatives(reader: &mut Reader<'_>, table: Table<'_>, one: &str, other: &str) {
    match (table.key_span(one, reader.file), table.key_span(other, reader.file)) {
        (Some(first), Some(second)) => reader.diagnostics.push(
            Diagnostic::error(
                code::EXCLUSIVE_KEYS,
                say!("{one} 和 {other} 只能有一种", "{one} and {other} exclude each other"),
            )
            .at(second)
            .label(first, say!("这里已经有 {one}", "{one} is given here"))
            .help(say!("留下一种，删去另一种", "keep one and delete the other")),
        ),
        (None, None) if table.misspells(one) || table.misspells(other) => {}
        (None, None) => reader.diagnostics.push(
            Diagnostic::error(
                code::EXCLUSIVE_KEYS,
                say!(
                    "{one} 和 {other} 都没有，无法计算金额",
                    "neither {one} nor {other} is given: the amount cannot be computed"
                ),
            )
            .at(table.span)
            .help(match other {
                "amount" => say!("写上 amount = \"…万元\"", "add amount = \"…万元\""),
                _ => say!("写上 [[cost]]，给出名称和金额", "add [[cost]] with a name and an amount"),
            }),
        ),
        _ => {}
    }
}

fn cost<'d>(reader: &mut Reader<'_>, table: Table<'d>, period: Option<Period>) -> Option<Cost> {
    let id = reader.optional(table, "id").and_then(|value| reader.id(value));
    let name = reader.required_text(table, "name", "name = \"…\"");
    let amount = basis_of_amount(reader, table, period);
    let basis = reader.optional_text(table, "basis");
    let before =
        reader.optional(table, "before").and_then(|value| earlier(reader, value)).unwrap_or_default();
    let stand_in = Placed { value: Money::ZERO, span: table.span };
    let amount = amount.unwrap_or(CostBasis::Stated(YearlyAmount::ThisYear(stand_in)));
    Some(Cost { id, name: name?, amount, basis, before })
}

/// Exactly one of amount, quantity × price, percent of something.
fn basis_of_amount<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    period: Option<Period>,
) -> Option<CostBasis> {
    let ways: [&[&str]; 3] = [&["amount"], &["quantity", "price", "unit"], &["percent", "of"]];
    let mut used = ways.iter().filter_map(|keys| {
        keys.iter().find_map(|key| Some((*keys.first()?, table.key_span(key, reader.file)?)))
    });
    let help = say!(
        "写 amount = \"…万元\"，或 quantity = … 和 price = \"…万元\"，或 percent = … 和 of = \"…\"",
        "write amount = \"…万元\", or quantity = … and price = \"…万元\", or percent = … and of = \"…\""
    );
    let Some((way, first)) = used.next() else {
        if ways.iter().any(|keys| keys.iter().any(|key| table.misspells(key))) {
            return None;
        }
        reader.diagnostics.push(
            Diagnostic::error(code::EXCLUSIVE_KEYS, say!("这项费用没有金额", "this cost has no amount"))
                .at(table.span)
                .help(help),
        );
        return None;
    };
    if let Some((_, second)) = used.next() {
        reader.diagnostics.push(
            Diagnostic::error(
                code::EXCLUSIVE_KEYS,
                say!("金额的写法只能选一种", "the amount is given in two ways"),
            )
            .at(second)
            .label(first, say!("这里已经给出", "given here already"))
            .help(help),
        );
        return None;
    }
    match way {
        "amount" => {
            let value = reader.required(table, "amount", "amount = \"…万元\"")?;
            yearly_amount(reader, value, period).map(CostBasis::Stated)
        }
        "quantity" => product(reader, table),
        _ => share(reader, table),
    }
}

fn product<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<CostBasis> {
    let quantity = reader.required(table, "quantity", "quantity = …");
    let most = Decimal::from(1_000_000_000_u32);
    let quantity = quantity.and_then(|value| reader.decimal(value, most, "quantity = …"));
    let price = reader.required(table, "price", "price = \"…万元\"");
    let price = price.and_then(|value| reader.amount(value));
    let unit = reader.optional_text(table, "unit");
    Some(CostBasis::Product { quantity: quantity?, unit, price: price? })
}

fn share<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<CostBasis> {
    let percent = reader.required(table, "percent", "percent = …");
    let percent = percent.and_then(|value| reader.decimal(value, Decimal::from(1000_u32), "percent = …"));
    let of = reader.required(table, "of", "of = \"…\"");
    let of = of.and_then(|value| reader.string(value, "of = \"…\""))?;
    if of.value.trim().is_empty() {
        reader.diagnostics.push(
            Diagnostic::error(code::UNKNOWN_SHARE, say!("没有写明取自哪一项", "`of` is empty"))
                .at(of.span)
                .help(say!("写上子项目或费用的 id", "fill in the id of a sub-project or cost")),
        );
        return None;
    }
    Some(CostBasis::Share { percent: percent?, of: Placed { value: of.value.to_owned(), span: of.span } })
}

/// An amount, or amounts by year within the project's period.
pub(super) fn yearly_amount<'d>(
    reader: &mut Reader<'_>,
    value: &'d Spanned<DeValue<'d>>,
    period: Option<Period>,
) -> Option<YearlyAmount> {
    match value.get_ref() {
        DeValue::Table(map) => {
            let span = reader.span(value);
            let total = map.get(WHOLE);
            let whole = total.map(|total| reader.amount(total));
            let years = by_year(reader, value, period, true)?;
            match whole {
                None => Some(YearlyAmount::ByYear(years, span)),
                Some(total) => {
                    let total = total?;
                    check_whole(reader, total, &years, period);
                    Some(YearlyAmount::Whole { total, years, span })
                }
            }
        }
        _ => reader.amount(value).map(YearlyAmount::ThisYear),
    }
}

/// The key of the amount of all years beside those of the years that are known.
const WHOLE: &str = "total";

/// Reports a whole that its years exceed, or that they leave nothing of while it is more.
fn check_whole(
    reader: &mut Reader<'_>,
    total: PlacedAmount,
    years: &BTreeMap<Year, PlacedAmount>,
    period: Option<Period>,
) {
    let Some(sum) = Money::sum(years.values().map(|amount| amount.value)) else { return };
    let all = period.is_some_and(|period| period.years().all(|year| years.contains_key(&year)));
    let [stated, added] = in_one_unit([total.value, sum]);
    let words = if sum > total.value {
        say!(
            "各年度合计 {added}，超过总额 {stated}",
            "the years add up to {added}, more than the total of {stated}"
        )
    } else if all && sum != total.value {
        say!(
            "项目周期的各年度都已列出，合计 {added}，与总额 {stated} 不符",
            "all years of the project are given and add up to {added}, not to the total of {stated}"
        )
    } else {
        return;
    };
    let mut finding = Diagnostic::error(code::BAD_AMOUNT, words).at(total.span);
    for (year, amount) in years {
        finding = finding.label(amount.span, say!("{year} 年", "{year}"));
    }
    reader.diagnostics.push(finding.help(say!(
        "改正总额或年度金额；各年度都已知的，删去 total",
        "correct the total or a year; where all years are known, delete `total`"
    )));
}

/// `{ 2024 = "349.80万元", 2025 = "341万元" }`; `within` bounds the years. Where `with_whole`, `total` may stand among them
/// and is read elsewhere.
fn by_year<'d>(
    reader: &mut Reader<'_>,
    value: &'d Spanned<DeValue<'d>>,
    within: Option<Period>,
    with_whole: bool,
) -> Option<BTreeMap<Year, PlacedAmount>> {
    let example = "{ YYYY = \"…万元\", YYYY = \"…万元\" }";
    let what = say!("分年度的金额", "amounts by year");
    let none = say!("没有任何年度的金额", "no amount for any year");
    let but = with_whole.then_some(WHOLE);
    let years = each_year(reader, value, but, &what, &none, example, |reader, value| reader.amount(value))?;
    for (year, span) in years.iter().map(|(year, (span, _))| (*year, *span)) {
        if let Some(period) = within.filter(|period| !period.years().contains(&year)) {
            let (start, end) = (period.start, period.end);
            reader.diagnostics.push(
                Diagnostic::error(
                    code::BAD_YEAR,
                    say!("{year} 年不在项目周期之内", "{year} is outside the project's period"),
                )
                .at(span)
                .help(say!("项目周期是 {start} 至 {end}", "the project runs from {start} to {end}")),
            );
        }
    }
    Some(years.into_iter().map(|(year, (_, amount))| (year, amount)).collect())
}

/// `{ 2023 = "12万元", 2024 = { approved = "13万元", spent = "12.5万元" } }`
pub(super) fn earlier<'d>(
    reader: &mut Reader<'_>,
    value: &'d Spanned<DeValue<'d>>,
) -> Option<BTreeMap<Year, Earlier>> {
    let example = "{ YYYY = \"…万元\", YYYY = { approved = \"…万元\", spent = \"…万元\" } }";
    let what = say!("分年度的金额", "amounts by year");
    let none = say!("没有任何年度的金额", "no amount for any year");
    let years = each_year(reader, value, None, &what, &none, example, |reader, value| {
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            return reader.amount(value).map(|spent| Earlier { approved: None, spent: Some(spent) });
        }
        let table = reader.table(value, keys::EARLIER, example)?;
        let approved = reader.optional(table, "approved").and_then(|value| reader.amount(value));
        let spent = reader.optional(table, "spent").and_then(|value| reader.amount(value));
        if !table.has("approved") && !table.has("spent") {
            reader.required(table, "spent", "spent = \"…万元\"");
        }
        (approved.is_some() || spent.is_some()).then_some(Earlier { approved, spent })
    })?;
    Some(years.into_iter().map(|(year, (_, amounts))| (year, amounts)).collect())
}

/// What stands for each year, with the place of the year; `but` is a key that is none and read elsewhere.
pub(super) fn each_year<'d, T>(
    reader: &mut Reader<'_>,
    value: &'d Spanned<DeValue<'d>>,
    but: Option<&str>,
    what: &Words,
    none: &Words,
    example: &str,
    mut read: impl FnMut(&mut Reader<'_>, &'d Spanned<DeValue<'d>>) -> Option<T>,
) -> Option<BTreeMap<Year, (Span, T)>> {
    let DeValue::Table(map) = value.get_ref() else {
        let finding = reader.wrong_type(value, what, example);
        reader.diagnostics.push(finding);
        return None;
    };
    if map.keys().all(|key| but == Some(key.get_ref().as_ref())) {
        let span = reader.span(value);
        let finding = Diagnostic::error(code::BAD_AMOUNT, none.clone()).at(span);
        reader.diagnostics.push(finding.help(say!("写法：{example}", "format: {example}")));
        return None;
    }
    let mut years = BTreeMap::new();
    for (key, value) in map.iter().filter(|(key, _)| but != Some(key.get_ref().as_ref())) {
        let span = Span::new(reader.file, key.span());
        let own = read(reader, value);
        let name = key.get_ref().as_ref();
        let Some(year) = parse_year(name) else {
            reader.diagnostics.push(
                Diagnostic::error(code::BAD_YEAR, say!("年份“{name}”写法有误", "invalid year `{name}`"))
                    .at(span)
                    .help(say!("写法：{example}", "format: {example}")),
            );
            continue;
        };
        years.extend(own.map(|own| (year, (span, own))));
    }
    Some(years)
}
