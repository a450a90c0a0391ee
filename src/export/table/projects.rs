//! The summary of projects.

use super::{Datum, Style, Table, letters, unit_of, with_sums};
use crate::compute::ProjectLedger;
use crate::form::Profile;
use crate::lang::say;
use crate::model::{Declaration, Project, Text};
use crate::pipeline::Whole;

/// The columns, from 0, that the formula of a row names.
const FISCAL: usize = 5;
const OTHER: usize = 6;

/// A row for each project of the declarations, and their sum.
pub fn projects(all: &[&Whole], style: Style) -> Table {
    let mut rows = Vec::new();
    for whole in all {
        let Whole { declaration, profile, ledger, .. } = whole;
        for (project, own) in declaration.projects.iter().zip(&ledger.projects) {
            let number = rows.len() + 1;
            rows.push(row(number, (project, own), declaration, profile, style));
        }
    }
    let columns = vec![
        style.plain_number(say!("序号", "No.")),
        style.text(say!("预算单位", "Budget unit")),
        style.text(say!("项目名称", "Project")),
        style.text(say!("项目类别", "Category")),
        style.amount(say!("年度资金总额", "Annual request")),
        style.amount(say!("其中：财政资金", "of which fiscal funds")),
        style.amount(say!("其他资金", "Other funds")),
        style.amount(say!("项目资金总额", "Total funds")),
        style.text(say!("项目性质", "Nature")),
        style.text(say!("项目代码", "Project code")),
        style.text(say!("计划开始日期", "Planned start")),
        style.text(say!("计划完成日期", "Planned completion")),
        style.count(say!("指标个数", "Indicators")),
        style.text(say!("主管部门", "Supervising department")),
    ];
    let name = say!("项目汇总", "Projects").get(style.lang).to_owned();
    let table = Table { name, columns, rows, has_sum: false };
    with_sums(table, &say!("合计", "Sum"), style.lang)
}

fn row(
    number: usize,
    (project, own): (&Project, &ProjectLedger),
    declaration: &Declaration,
    profile: &Profile,
    style: Style,
) -> Vec<Datum> {
    let lang = style.lang;
    let word = |text: &Option<Text>| {
        let text = text.as_ref().map_or("", |text| text.str(lang).trim());
        Datum::text(profile.translate(text, lang))
    };
    let annual = format!("{}{row}+{}{row}", letters(FISCAL), letters(OTHER), row = number + 1);
    vec![
        Datum::count(number),
        unit_of(project, declaration, lang),
        Datum::text(project.name.str(lang).trim()),
        word(&project.category),
        Datum::Computed(annual, own.annual.amount),
        Datum::Amount(own.fiscal_annual.amount),
        Datum::Amount(own.other_annual.amount),
        Datum::Amount(own.total.rounded.amount),
        word(&project.nature),
        Datum::text(project.code.clone().unwrap_or_default()),
        Datum::text(project.period.start.to_string()),
        Datum::text(project.period.end.to_string()),
        Datum::count(project.indicators.len()),
        Datum::text(declaration.department.name.str(lang).trim()),
    ]
}
