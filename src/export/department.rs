//! The amounts of a department as a whole, line by line with how each came about.

use super::explain::Writer;
use crate::compute::{BudgetLedger, Ledger};
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{BudgetLine, Declaration, Text};

/// Tasks, income and outlay of a department, where its form has them; with `explain`, how each amount came about.
pub fn department_text(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: &Profile,
    lang: Lang,
    explain: bool,
) -> String {
    let written = declaration.of_department.as_deref();
    let Some((written, own)) = written.zip(ledger.department.as_deref()) else { return String::new() };
    let name = |text: &Text| profile.translate(text.str(lang).trim(), lang).to_owned();
    let mut out = Writer::new(lang, explain);
    out.head(&say!("部门整体绩效目标", "The department as a whole"));
    if !written.tasks.is_empty() {
        out.line(1, &say!("年度主要任务合计", "Tasks of the year"), &own.all_tasks.amount);
        for (task, own) in written.tasks.iter().zip(&own.tasks) {
            let name = name(&task.name);
            out.line(2, &say!("{name}", "{name}"), &own.amount);
        }
    }
    budget(&mut out, &say!("收入合计", "Income"), &written.income, &own.income, name);
    budget(&mut out, &say!("支出合计", "Outlay"), &written.outlay, &own.outlay, name);
    out.finish()
}

fn budget(
    out: &mut Writer,
    title: &Words,
    written: &[BudgetLine],
    own: &BudgetLedger,
    name: impl Fn(&Text) -> String,
) {
    if written.is_empty() {
        return;
    }
    out.line(1, title, &own.sum);
    for (line, amount) in written.iter().zip(&own.lines) {
        let name = name(&line.kind);
        out.line(2, &say!("{name}", "{name}"), amount);
    }
}
