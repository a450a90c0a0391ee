//! The projects of many declarations by category.

use super::{Datum, Style, Table, with_sums};
use crate::compute::ProjectLedger;
use crate::lang::say;
use crate::model::Money;
use crate::pipeline::Whole;

/// A row for each category, in the order in which they come, and their sum.
pub fn categories(all: &[&Whole], style: Style) -> Table {
    let mut found: Vec<(String, Vec<&ProjectLedger>)> = Vec::new();
    for whole in all {
        for (project, own) in whole.declaration.projects.iter().zip(&whole.ledger.projects) {
            let name = match &project.category {
                Some(text) => whole.profile.translate(text.str(style.lang).trim(), style.lang).to_owned(),
                None => say!("未分类", "no category").get(style.lang).to_owned(),
            };
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, projects)) => projects.push(own),
                None => found.push((name, vec![own])),
            }
        }
    }
    let row = |(name, projects): &(String, Vec<&ProjectLedger>)| {
        // Sums past any budget are left out and not made up.
        let sum = |of: fn(&ProjectLedger) -> Money| {
            Money::sum(projects.iter().map(|own| of(own))).map_or(Datum::Empty, Datum::Amount)
        };
        vec![
            Datum::text(name.clone()),
            Datum::count(projects.len()),
            sum(|own| own.total.rounded.amount),
            sum(|own| own.annual.amount),
            sum(|own| own.fiscal_annual.amount),
            sum(|own| own.other_annual.amount),
        ]
    };
    let columns = vec![
        style.text(say!("项目类别", "Category")),
        style.count(say!("项目", "Projects")),
        style.amount(say!("项目资金总额", "Total")),
        style.amount(say!("年度申请", "Annual request")),
        style.amount(say!("财政资金", "Fiscal")),
        style.amount(say!("其他资金", "Other")),
    ];
    let name = say!("项目类别", "Categories").get(style.lang).to_owned();
    let table = Table { name, columns, rows: found.iter().map(row).collect(), has_sum: false };
    with_sums(table, &say!("合计", "Sum"), style.lang)
}
