//! The costs, each with how it comes about.

use std::ops::Range;

use super::{Column, Datum, Style, Table, letters, unit_of, with_sums};
use crate::compute::{CostLedger, ProjectLedger};
use crate::lang::say;
use crate::model::{Cost, CostBasis, Project, Subproject, YearlyAmount};
use crate::narrative::{Repeated, Scope, Value, Values};
use crate::pipeline::Whole;

/// The columns, from 0, that formulas name.
const QUANTITY: usize = 5;
const PRICE: usize = 7;
const PERCENT: usize = 8;
/// Those of amounts, of all years and of the declaration's.
const AMOUNT: usize = 9;
const ANNUAL: usize = 10;

/// Where the costs of a project stand: the rows of a sheet, counted from 1, without its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostRows {
    /// All of them.
    pub rows: Range<usize>,
}

impl CostRows {
    /// The cells with the amounts of all years, as a formula on the same sheet names them; `None` where there are no costs.
    pub fn amounts(&self) -> Option<String> {
        range(AMOUNT, &self.rows)
    }

    /// The cells of one row, with its amount of all years and that of the declaration's.
    pub fn cells(&self, row: usize) -> [String; 2] {
        [AMOUNT, ANNUAL].map(|column| format!("{}{row}", letters(column)))
    }

    /// The same of the declaration's year.
    pub fn annual(&self) -> Option<String> {
        range(ANNUAL, &self.rows)
    }
}

fn range(column: usize, rows: &Range<usize>) -> Option<String> {
    let (letter, last) = (letters(column), rows.end.checked_sub(1)?);
    match rows.len() {
        0 => None,
        1 => Some(format!("{letter}{last}")),
        _ => Some(format!("{letter}{}:{letter}{last}", rows.start)),
    }
}

/// A row for each cost of the declarations, and their sum.
pub fn costs(all: &[&Whole], style: Style) -> Table {
    costs_with_places(all, style).0
}

/// The same, with the rows of each project in its order.
pub fn costs_with_places(all: &[&Whole], style: Style) -> (Table, Vec<CostRows>) {
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for whole in all {
        let projects = whole.declaration.projects.iter().zip(&whole.ledger.projects);
        for (index, (project, ledger)) in projects.enumerate() {
            let first = rows.len() + 2;
            let lines = Lines { whole, index, project, style, first };
            rows.extend(lines.rows(ledger));
            places.push(CostRows { rows: first..rows.len() + 2 });
        }
    }
    let rounded = all.iter().any(|whole| whole.ledger.projects.iter().any(|own| own.total.is_rounded()));
    let label = match rounded {
        true => say!("合计（未取整）", "Sum (not rounded)"),
        false => say!("合计", "Sum"),
    };
    let name = say!("费用明细", "Costs").get(style.lang).to_owned();
    let table = Table { name, columns: columns(style), rows, has_sum: false };
    (with_sums(table, &label, style.lang), places)
}

fn columns(style: Style) -> Vec<Column> {
    let mut price = style.amount(say!("单价", "Price"));
    price.kind = super::ColumnKind::Price;
    vec![
        style.text(say!("预算单位", "Budget unit")),
        style.text(say!("项目名称", "Project")),
        style.text(say!("子项目", "Sub-project")),
        style.text(say!("费用名称", "Cost")),
        style.text(say!("算式", "Formula")),
        style.plain_number(say!("数量", "Quantity")),
        style.text(say!("单位", "Unit")),
        price,
        style.plain_number(say!("比例（%）", "Percent")),
        style.amount(say!("金额", "Amount")),
        style.amount(say!("其中：本年度", "of which this year")),
        style.text(say!("测算依据", "Basis")),
    ]
}

/// The costs of one project.
#[derive(Clone, Copy)]
struct Lines<'l> {
    whole: &'l Whole,
    index: usize,
    project: &'l Project,
    style: Style,
    /// The row of the first cost.
    first: usize,
}

impl<'l> Lines<'l> {
    fn rows(self, ledger: &'l ProjectLedger) -> Vec<Vec<Datum>> {
        let own = self.project.costs.iter().zip(&ledger.costs).map(|(cost, own)| (cost, own, None));
        let below =
            self.project.subprojects.iter().zip(&ledger.subprojects).flat_map(|(subproject, ledger)| {
                let costs = subproject.costs.iter().zip(&ledger.costs);
                costs.map(move |(cost, own)| (cost, own, Some(subproject)))
            });
        let numbered = own.chain(below).zip(self.first..);
        numbered.map(|((cost, own, subproject), row)| self.row(row, cost, own, subproject)).collect()
    }

    fn row(
        self,
        row: usize,
        cost: &'l Cost,
        ledger: &'l CostLedger,
        subproject: Option<&'l Subproject>,
    ) -> Vec<Datum> {
        let Lines { whole, project, style, .. } = self;
        let lang = style.lang;
        let (mut quantity, mut unit, mut price, mut percent) =
            (Datum::Empty, Datum::Empty, Datum::Empty, Datum::Empty);
        match &cost.amount {
            CostBasis::Product { quantity: count, unit: of, price: each } => {
                let of = of.as_ref().map_or("", |text| text.str(lang).trim());
                quantity = Datum::Number(count.value);
                unit = Datum::text(whole.profile.translate(of, lang));
                price = Datum::Amount(each.value);
            }
            CostBasis::Share { percent: share, .. } => percent = Datum::Number(share.value),
            CostBasis::Stated(_) => {}
        }
        let [amount, annual] = self.amounts(row, cost, ledger);
        vec![
            unit_of(project, &whole.declaration, lang),
            Datum::text(project.name.str(lang).trim()),
            Datum::text(subproject.map_or("", |own| own.name.str(lang).trim())),
            Datum::text(cost.name.str(lang).trim()),
            self.formula(cost, ledger, subproject),
            quantity,
            unit,
            price,
            percent,
            amount,
            annual,
            Datum::text(cost.basis.as_ref().map_or("", |text| text.str(lang).trim())),
        ]
    }

    /// How the amount comes about, in words; nothing of one that is stated.
    fn formula(self, cost: &'l Cost, ledger: &'l CostLedger, subproject: Option<&'l Subproject>) -> Datum {
        if matches!(cost.amount, CostBasis::Stated(_)) {
            return Datum::Empty;
        }
        let Whole { declaration, ledger: all, profile, .. } = self.whole;
        let values = Values::new(declaration, all, profile, Scope::Project(self.index), self.style.lang);
        let values = values.of_row(Repeated::Cost(cost, ledger, subproject));
        match values.find("cost.formula").map(|found| found.value) {
            Some(Value::Text(text)) => Datum::text(text),
            _ => Datum::Empty,
        }
    }

    /// The amounts of all years and of this one.
    fn amounts(self, row: usize, cost: &Cost, ledger: &CostLedger) -> [Datum; 2] {
        let (total, annual) = (ledger.total.amount, ledger.annual);
        let same = || Datum::Computed(format!("{}{row}", letters(AMOUNT)), annual);
        match &cost.amount {
            CostBasis::Stated(YearlyAmount::ThisYear(_)) => [Datum::Amount(total), same()],
            CostBasis::Stated(_) => [Datum::Amount(total), Datum::Amount(annual)],
            CostBasis::Product { .. } => {
                let product = format!("{}{row}*{}{row}", letters(QUANTITY), letters(PRICE));
                [Datum::Computed(product, total), same()]
            }
            CostBasis::Share { of, .. } => {
                let Some(base) = self.base(&of.value) else {
                    return [Datum::Amount(total), Datum::Amount(annual)];
                };
                let share = |column, amount| match range(column, &base) {
                    Some(cells) => {
                        Datum::Computed(format!("SUM({cells})*{}{row}/100", letters(PERCENT)), amount)
                    }
                    None => Datum::Amount(amount),
                };
                [share(AMOUNT, total), share(ANNUAL, annual)]
            }
        }
    }

    /// The rows of what a share is taken of: a sub-project with this id, or else a cost.
    fn base(self, id: &str) -> Option<Range<usize>> {
        let mut start = self.first + self.project.costs.len();
        for subproject in &self.project.subprojects {
            let end = start + subproject.costs.len();
            if subproject.id.value.as_str() == id {
                return Some(start..end);
            }
            start = end;
        }
        let below = self.project.subprojects.iter().flat_map(|subproject| &subproject.costs);
        let named = |cost: &Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == id);
        let place = self.project.costs.iter().chain(below).position(named)?;
        Some(self.first + place..self.first + place + 1)
    }
}
