//! The funds of projects by source.

use std::collections::BTreeMap;

use super::{Column, Datum, Style, Table, letters, unit_of, with_sums};
use crate::compute::ProjectLedger;
use crate::lang::{Words, say};
use crate::model::{Declaration, Money, Project, Text};
use crate::pipeline::Whole;

/// The columns, from 0, that formulas of a row name.
const ANNUAL_FISCAL: usize = 4;
const APPROPRIATION: usize = 5;
const CARRIED_OVER: usize = 6;
const OTHER: usize = 7;
const FISCAL: usize = 9;
const OTHER_IN_ALL: usize = 10;

/// A row for each project, with the funds of the year, those of all years, and those of each source that is listed.
pub fn funding(all: &[&Whole], style: Style) -> Table {
    let kinds = kinds(all, style);
    let mut rows = Vec::new();
    for whole in all {
        let Whole { declaration, ledger, .. } = whole;
        for (project, own) in declaration.projects.iter().zip(&ledger.projects) {
            let mut cells = row(rows.len() + 1, (project, own), declaration, style);
            let mut listed: BTreeMap<String, Vec<Money>> = BTreeMap::new();
            for (source, ledger) in project.funding.sources.iter().zip(&own.sources) {
                let kind = named(&source.kind, whole, style);
                listed.entry(kind).or_default().push(ledger.annual.amount);
            }
            let amount = |kind: &String| {
                let sum = listed.get(kind).and_then(|amounts| Money::sum(amounts.iter().copied()));
                sum.map_or(Datum::Empty, Datum::Amount)
            };
            cells.extend(kinds.iter().map(amount));
            rows.push(cells);
        }
    }
    let mut columns = columns(style);
    columns.extend(kinds.iter().map(|kind| style.amount(say!("来源：{kind}", "Source: {kind}"))));
    let name = say!("资金来源", "Funding").get(style.lang).to_owned();
    let table = Table { name, columns, rows, has_sum: false };
    with_sums(table, &say!("合计", "Sum"), style.lang)
}

fn columns(style: Style) -> Vec<Column> {
    let amounts: [Words; 8] = [
        say!("年度资金总额", "Annual request"),
        say!("其中：财政资金", "of which fiscal funds"),
        say!("当年财政拨款", "Current-year appropriation"),
        say!("上年结转资金", "Carried over"),
        say!("其他资金", "Other funds"),
        say!("项目资金总额", "Total funds"),
        say!("财政资金（各年合计）", "Fiscal funds, all years"),
        say!("其他资金（各年合计）", "Other funds, all years"),
    ];
    let mut columns = vec![
        style.plain_number(say!("序号", "No.")),
        style.text(say!("预算单位", "Budget unit")),
        style.text(say!("项目名称", "Project")),
    ];
    columns.extend(amounts.into_iter().map(|words| style.amount(words)));
    columns
}

fn row(
    number: usize,
    (project, own): (&Project, &ProjectLedger),
    declaration: &Declaration,
    style: Style,
) -> Vec<Datum> {
    let sum = |first: usize, second: usize| {
        format!("{}{row}+{}{row}", letters(first), letters(second), row = number + 1)
    };
    vec![
        Datum::count(number),
        unit_of(project, declaration, style.lang),
        Datum::text(project.name.str(style.lang).trim()),
        Datum::Computed(sum(ANNUAL_FISCAL, OTHER), own.annual.amount),
        Datum::Computed(sum(APPROPRIATION, CARRIED_OVER), own.fiscal_annual.amount),
        Datum::Amount(own.appropriation.amount),
        Datum::Amount(own.carried_over.amount),
        Datum::Amount(own.other_annual.amount),
        Datum::Computed(sum(FISCAL, OTHER_IN_ALL), own.total.rounded.amount),
        Datum::Amount(own.fiscal.amount),
        Datum::Amount(own.other.amount),
    ]
}

/// The sources that projects list, each once, in the order in which they are met.
fn kinds(all: &[&Whole], style: Style) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for whole in all {
        let projects = whole.declaration.projects.iter();
        for kind in projects.flat_map(|project| project.funding.sources.iter().map(|source| &source.kind)) {
            let name = named(kind, whole, style);
            if !kinds.contains(&name) {
                kinds.push(name);
            }
        }
    }
    kinds
}

fn named(kind: &Text, whole: &Whole, style: Style) -> String {
    whole.profile.translate(kind.str(style.lang).trim(), style.lang).to_owned()
}
