//! The totals as a table that stays aligned under Chinese.

use comfy_table::{Cell, CellAlignment, Table, presets};

use super::explain;
use crate::compute::{Entry, Ledger, ProjectLedger};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Project, Text};

/// Writes a ledger for people: a table of all projects, and with `explain` how each amount came about.
pub fn totals_text(declaration: &Declaration, ledger: &Ledger, lang: Lang, explain: bool) -> String {
    let year = declaration.year;
    let unit = name(&declaration.unit.name, lang);
    let head = say!("{unit}　{year}年　单位：元", "{unit}, {year}, amounts in CNY");
    let mut out = format!("{}\n\n", head.get(lang));
    for line in table(declaration, ledger, lang).lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if let Some(declared) = declaration.overview.declared {
        let (count, amount) = (declared.projects.value, declared.amount.value.form());
        let printed = declaration.projects.len();
        let line = say!(
            "申报总数：{count} 个项目，{amount} 元（上表只列其中的 {printed} 个）",
            "declared in all: {count} projects, {amount} ({printed} of them above)"
        );
        out.push_str(line.get(lang));
        out.push('\n');
    }
    for ((project, ledger), number) in declaration.projects.iter().zip(&ledger.projects).zip(1_usize..) {
        if ledger.total.is_rounded() {
            let project = name(&project.name, lang);
            let (exact, rounded) =
                (ledger.total.exact.amount.exact_form(), ledger.total.rounded.amount.form());
            let line = say!(
                "{number} {project}：精确合计 {exact}，取整为 {rounded}",
                "{number} {project}: exact sum {exact}, rounded to {rounded}"
            );
            out.push_str(line.get(lang));
            out.push('\n');
        }
    }
    if explain {
        out.push('\n');
        out.push_str(&explain::derivations(declaration, ledger, lang));
    }
    out
}

fn name(text: &Text, lang: Lang) -> &str {
    text.str(lang).trim()
}

fn table(declaration: &Declaration, ledger: &Ledger, lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    let heads: [Words; 7] = [
        say!("项目", "Project"),
        say!("项目资金总额", "Total"),
        say!("年度申请", "Annual"),
        say!("财政资金", "Fiscal"),
        say!("当年财政拨款", "Appropriation"),
        say!("上年结转", "Carried over"),
        say!("其他资金", "Other"),
    ];
    table.set_header(heads.iter().map(|words| words.get(lang)));
    for ((project, ledger), number) in declaration.projects.iter().zip(&ledger.projects).zip(1_usize..) {
        let title = format!("{number} {}", name(&project.name, lang));
        table.add_row(row(&title, &columns(ledger).map(|entry| entry.amount.form())));
        for (name, amount) in parts(project, ledger, lang) {
            table.add_row(row(&format!("  {name}"), &[amount]));
        }
    }
    let sum = say!("合计", "Sum");
    let printed = &ledger.printed;
    table.add_row(row(sum.get(lang), &[printed.total.amount.form(), printed.annual.amount.form()]));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn columns(ledger: &ProjectLedger) -> [&Entry; 6] {
    [
        &ledger.total.rounded,
        &ledger.annual,
        &ledger.fiscal,
        &ledger.appropriation,
        &ledger.carried_over,
        &ledger.other,
    ]
}

/// Names and totals of a project's own costs and sub-projects.
fn parts<'p>(project: &'p Project, ledger: &ProjectLedger, lang: Lang) -> Vec<(&'p str, String)> {
    let costs = project.costs.iter().zip(&ledger.costs);
    let costs = costs.map(|(cost, ledger)| (name(&cost.name, lang), ledger.total.amount.form()));
    let subprojects = project.subprojects.iter().zip(&ledger.subprojects);
    let subprojects = subprojects.map(|(sub, ledger)| (name(&sub.name, lang), ledger.total.amount.form()));
    costs.chain(subprojects).collect()
}

fn row(title: &str, amounts: &[String]) -> Vec<Cell> {
    let mut cells = vec![Cell::new(title)];
    cells.extend(amounts.iter().map(Cell::new));
    cells.extend((amounts.len()..6).map(|_| Cell::new("")));
    cells
}
