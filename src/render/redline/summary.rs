//! The first page of a redline: what the changes do to the money.

use serde::Serialize;

use crate::compute::{DepartmentLedger, Ledger};
use crate::document::Input;
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Money};

/// What the first page says.
#[derive(Debug, Serialize)]
pub(super) struct Changes {
    title: Words,
    note: Words,
    columns: [Words; 4],
    rows: Vec<Row>,
    texts: Words,
}

/// An amount that changed.
#[derive(Debug, Serialize)]
struct Row {
    name: Words,
    old: String,
    new: String,
    difference: String,
}

impl Changes {
    /// What changed from `old` to `new`, of which so many texts and cells are marked.
    pub(super) fn new(old: Input<'_>, new: Input<'_>, marked: usize) -> Changes {
        let mut rows = Vec::new();
        let total = |ledger: &Ledger| Some(ledger.stated_total());
        rows.extend(row(say!("合计", "All projects"), total(old.ledger), total(new.ledger)));
        for (id, name) in names(old.declaration, new.declaration) {
            let [before, after] = [old, new].map(|side| of_project(side, &id));
            let (zh, en) = (name.zh.clone(), name.en.clone());
            rows.extend(row(name, before.map(|(total, _)| total), after.map(|(total, _)| total)));
            let apart = |side: Option<(Money, Money)>| side.is_some_and(|(total, annual)| total != annual);
            if apart(before) || apart(after) {
                let annual = say!("{zh}：年度资金申请总额", "{en}: annual request");
                rows.extend(row(annual, before.map(|(_, annual)| annual), after.map(|(_, annual)| annual)));
            }
        }
        for (name, of) in DEPARTMENT {
            let amount = |side: Input<'_>| side.ledger.department.as_deref().map(of);
            rows.extend(row(name(), amount(old), amount(new)));
        }
        Changes {
            title: say!("修订对照", "Redline"),
            note: say!(
                "删去的文字加删除线，新写的加下划线，页边竖线标出所在的行。供核对用，不作报送。",
                "What went is struck out, what came is underlined, and a bar in the margin shows the lines. For review, not for submission."
            ),
            columns: [
                say!("金额（元）", "Amount (CNY)"),
                say!("原", "Old"),
                say!("现", "New"),
                say!("增减", "Difference"),
            ],
            rows,
            texts: say!("有改动的文字和单元格：{marked}处。", "Texts and cells with changes: {marked}."),
        }
    }
}

/// A sum of a department, with its name.
type OfDepartment = (fn() -> Words, fn(&DepartmentLedger) -> Money);

/// The sums of a department as a whole.
const DEPARTMENT: [OfDepartment; 3] = [
    (|| say!("年度主要任务合计", "Tasks of the year"), |own| own.all_tasks.amount.amount),
    (|| say!("收入合计", "Income"), |own| own.income.sum.amount),
    (|| say!("支出合计", "Outlay"), |own| own.outlay.sum.amount),
];

/// Every project of both sides, the new order first.
fn names(old: &Declaration, new: &Declaration) -> Vec<(String, Words)> {
    let mut found: Vec<(String, Words)> = Vec::new();
    for project in new.projects.iter().chain(&old.projects) {
        let id = project.id.to_string();
        if found.iter().all(|(known, _)| *known != id) {
            let name = |lang| project.name.str(lang).trim().to_owned();
            found.push((id, Words { zh: name(Lang::Zh), en: name(Lang::En) }));
        }
    }
    found
}

/// The total and the annual request of a project.
fn of_project(side: Input<'_>, id: &str) -> Option<(Money, Money)> {
    let index = side.declaration.projects.iter().position(|project| project.id.as_str() == id)?;
    let ledger = side.ledger.projects.get(index)?;
    Some((ledger.total.rounded.amount, ledger.annual.amount))
}

/// A row for an amount that changed; a side that lacks the project has a dash.
fn row(name: Words, old: Option<Money>, new: Option<Money>) -> Option<Row> {
    if old == new {
        return None;
    }
    let (before, after) = (old.unwrap_or(Money::ZERO), new.unwrap_or(Money::ZERO));
    let difference = match after.minus(before) {
        Some(more) => format!("+{}", more.form()),
        None => format!("−{}", before.apart(after).form()),
    };
    let shown = |amount: Option<Money>| amount.map_or_else(|| "—".to_owned(), Money::form);
    Some(Row { name, old: shown(old), new: shown(new), difference })
}
