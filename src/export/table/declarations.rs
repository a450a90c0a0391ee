//! Many declarations with their totals, a row each.

use super::{Datum, Style, Table, with_sums};
use crate::lang::{Lang, say};
use crate::model::Money;
use crate::pipeline::Whole;

/// The totals of a declaration, beside the folder that it was named by: a row of [`declarations`].
pub fn declaration(folder: &str, whole: &Whole, lang: Lang) -> Vec<Datum> {
    let Whole { declaration, ledger, .. } = whole;
    // Sums past any budget are left out and not made up.
    let sum = |amounts: Vec<Money>| Money::sum(amounts).map_or(Datum::Empty, Datum::Amount);
    vec![
        Datum::text(folder),
        Datum::text(declaration.unit.name.str(lang).trim()),
        Datum::count(declaration.projects.len()),
        Datum::Amount(ledger.printed.total.amount),
        Datum::Amount(ledger.printed.annual.amount),
        sum(ledger.projects.iter().map(|own| own.fiscal_annual.amount).collect()),
        sum(ledger.projects.iter().map(|own| own.other_annual.amount).collect()),
    ]
}

/// The totals of declarations, a row each, and their sum.
pub fn declarations(rows: Vec<Vec<Datum>>, style: Style) -> Table {
    let columns = vec![
        style.text(say!("文件夹", "Folder")),
        style.text(say!("单位", "Unit")),
        style.count(say!("项目", "Projects")),
        style.amount(say!("项目资金总额", "Total")),
        style.amount(say!("年度申请", "Annual request")),
        style.amount(say!("财政资金", "Fiscal")),
        style.amount(say!("其他资金", "Other")),
    ];
    let name = say!("各单位合计", "Totals").get(style.lang).to_owned();
    let table = Table { name, columns, rows, has_sum: false };
    with_sums(table, &say!("合计", "Sum"), style.lang)
}
