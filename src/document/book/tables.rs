//! The tables of a book: by unit, by source of funds, by category, and the list of projects.

use serde::Serialize;

use super::{Stated, Unit, UnitPages, Writer};
use crate::compute::ProjectLedger;
use crate::document::parts::Pair;
use crate::document::trimmed;
use crate::lang::{Lang, Words, say};
use crate::model::{Money, Project};

/// A table of the front.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table {
    title: Pair,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    sum: Option<Vec<Cell>>,
    notes: Vec<Pair>,
}

#[derive(Debug, Clone, Serialize)]
struct Column {
    label: Pair,
    kind: ColumnKind,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ColumnKind {
    /// A number of a row, or a count.
    Count,
    /// Names, which take the width that is left.
    Text,
    /// Names that are longer than others.
    Long,
    /// Amounts in 万元.
    Amount,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Cell {
    Text(Pair),
    Figure(String),
}

/// The sums of some projects.
#[derive(Clone, Copy)]
struct Sums {
    count: usize,
    total: Money,
    annual: Money,
    fiscal: Money,
    other: Money,
    appropriation: Money,
    carried_over: Money,
}

impl Sums {
    const NONE: Sums = Sums {
        count: 0,
        total: Money::ZERO,
        annual: Money::ZERO,
        fiscal: Money::ZERO,
        other: Money::ZERO,
        appropriation: Money::ZERO,
        carried_over: Money::ZERO,
    };

    /// Sums that are too large stay as they are: each declaration was found to add up.
    fn with(self, own: &ProjectLedger) -> Sums {
        self.and(Sums {
            count: 1,
            total: own.total.rounded.amount,
            annual: own.annual.amount,
            fiscal: own.fiscal_annual.amount,
            other: own.other_annual.amount,
            appropriation: own.appropriation.amount,
            carried_over: own.carried_over.amount,
        })
    }

    fn and(self, own: Sums) -> Sums {
        let add = |one: Money, other: Money| one.plus(other).unwrap_or(one);
        Sums {
            count: self.count + own.count,
            total: add(self.total, own.total),
            annual: add(self.annual, own.annual),
            fiscal: add(self.fiscal, own.fiscal),
            other: add(self.other, own.other),
            appropriation: add(self.appropriation, own.appropriation),
            carried_over: add(self.carried_over, own.carried_over),
        }
    }
}

/// The projects of a unit that are printed, or of which its department is the whole.
pub(super) fn printed<'b>(unit: &Unit<'b>) -> Vec<(&'b Project, &'b ProjectLedger)> {
    if let Some(own) = unit.ledger.department.as_deref() {
        return own.declaration.projects.iter().zip(&own.ledger.projects).collect();
    }
    let (projects, ledgers) = (&unit.declaration.projects, &unit.ledger.projects);
    let listed = unit.printed.iter();
    listed.filter_map(|index| Some((projects.get(*index)?, ledgers.get(*index)?))).collect()
}

fn sums(unit: &Unit<'_>) -> Sums {
    printed(unit).into_iter().fold(Sums::NONE, |sums, (_, own)| sums.with(own))
}

impl Writer<'_> {
    fn column(&self, label: &Words, kind: ColumnKind) -> Column {
        Column { label: self.words(label), kind }
    }

    pub(super) fn by_unit(&self, units: &[Unit<'_>], stated: Option<&Stated>) -> Table {
        let all = units.iter().map(sums).fold(Sums::NONE, Sums::and);
        let notes = self.notes(units, stated, all);
        let figures = |sums: Sums| {
            let amounts = [sums.total, sums.annual, sums.fiscal, sums.other].map(wan);
            [sums.count.to_string()].into_iter().chain(amounts).collect()
        };
        let columns = vec![
            self.column(&say!("项目个数", "Projects"), ColumnKind::Count),
            self.column(&say!("项目资金总额", "Total"), ColumnKind::Amount),
            self.column(&say!("年度资金申请总额", "Request of the year"), ColumnKind::Amount),
            self.column(&say!("其中：财政资金", "of which fiscal"), ColumnKind::Amount),
            self.column(&say!("其他资金", "other"), ColumnKind::Amount),
        ];
        let title = say!("各单位申报汇总（万元）", "Declarations by unit (CNY 10,000)");
        Table { notes, ..self.of_units(&title, columns, units, figures) }
    }

    /// A row for each unit, and their sum.
    fn of_units(
        &self,
        title: &Words,
        further: Vec<Column>,
        units: &[Unit<'_>],
        figures: impl Fn(Sums) -> Vec<String>,
    ) -> Table {
        let row = |number: String, name: Pair, sums: Sums| {
            let figures = figures(sums).into_iter().map(Cell::Figure);
            [Cell::Figure(number), Cell::Text(name)].into_iter().chain(figures).collect::<Vec<_>>()
        };
        let numbered = units.iter().zip(1_usize..);
        let rows = numbered.map(|(unit, number)| {
            row(number.to_string(), self.text(&unit.declaration.unit.name), sums(unit))
        });
        let all = units.iter().map(sums).fold(Sums::NONE, Sums::and);
        let mut columns = vec![
            self.column(&say!("序号", "No."), ColumnKind::Count),
            self.column(&say!("单位", "Unit"), ColumnKind::Text),
        ];
        columns.extend(further);
        Table {
            title: self.words(title),
            columns,
            rows: rows.collect(),
            sum: Some(row(String::new(), self.words(&say!("合计", "Sum")), all)),
            notes: Vec::new(),
        }
    }

    /// What is declared beyond the projects that are printed, and what the department states of all.
    fn notes(&self, units: &[Unit<'_>], stated: Option<&Stated>, all: Sums) -> Vec<Pair> {
        let of_unit = |unit: &Unit<'_>| {
            let declared = unit.declaration.overview.declared?;
            let name = |lang| trimmed(&unit.declaration.unit.name, lang);
            let (zh, en, own) = (name(Lang::Zh), name(Lang::En), sums(unit));
            let (count, amount) = (declared.projects.value, wan(declared.amount.value));
            let (listed, listed_amount) = (own.count, wan(own.annual));
            Some(self.words(&say!(
                "{zh}共申报项目 {count} 个、当年资金 {amount} 万元，本册列入 {listed} 个、{listed_amount} 万元。",
                "{en} declares {count} projects with {amount} for the year; the book has {listed} of them with {listed_amount}."
            )))
        };
        let mut notes: Vec<Pair> = units.iter().filter_map(of_unit).collect();
        notes.extend(stated.map(|stated| {
            let Words { zh, en } = &stated.name;
            let (count, amount) = (stated.projects, wan(stated.amount));
            let (own, sum) = (all.count, wan(all.annual));
            let same = stated.amount == all.annual && usize::try_from(count).is_ok_and(|count| count == own);
            let apart = wan(stated.amount.apart(all.annual));
            self.words(&match same {
                true => say!(
                    "与{zh}申报的总数一致：项目 {count} 个，当年资金 {amount} 万元。",
                    "This is what {en} states: {count} projects with {amount} for the year."
                ),
                false => say!(
                    "{zh}申报的总数为项目 {count} 个、当年资金 {amount} 万元，本册合计 {own} 个、{sum} 万元，金额相差 {apart} 万元。",
                    "{en} states {count} projects with {amount} for the year; the book has {own} with {sum}, which is {apart} apart."
                ),
            })
        }));
        notes
    }

    pub(super) fn by_source(&self, units: &[Unit<'_>]) -> Table {
        let columns = vec![
            self.column(&say!("当年财政拨款", "Appropriation"), ColumnKind::Amount),
            self.column(&say!("上年结转资金", "Carried over"), ColumnKind::Amount),
            self.column(&say!("其他资金", "Other funds"), ColumnKind::Amount),
            self.column(&say!("合计", "Sum"), ColumnKind::Amount),
        ];
        let title = say!("年度资金来源汇总（万元）", "Funds of the year by source (CNY 10,000)");
        self.of_units(&title, columns, units, |sums| {
            [sums.appropriation, sums.carried_over, sums.other, sums.annual].map(wan).to_vec()
        })
    }

    pub(super) fn by_category(&self, units: &[Unit<'_>]) -> Table {
        let mut found: Vec<(Words, Sums)> = Vec::new();
        for unit in units {
            for (project, own) in printed(unit) {
                let name = category(unit, project);
                let place = found.iter().position(|(known, _)| known.zh == name.zh);
                match place.and_then(|place| found.get_mut(place)) {
                    Some((_, sums)) => *sums = sums.with(own),
                    None => found.push((name, Sums::NONE.with(own))),
                }
            }
        }
        let all = found.iter().map(|(_, sums)| *sums).fold(Sums::NONE, Sums::and);
        let row = |name: &Words, sums: Sums| {
            let figures = [sums.count.to_string(), wan(sums.total), wan(sums.annual)];
            let figures = figures.into_iter().map(Cell::Figure);
            [Cell::Text(self.words(name))].into_iter().chain(figures).collect::<Vec<_>>()
        };
        Table {
            title: self.words(&say!("各类项目汇总（万元）", "Projects by category (CNY 10,000)")),
            columns: vec![
                self.column(&say!("项目类别", "Category"), ColumnKind::Text),
                self.column(&say!("项目个数", "Projects"), ColumnKind::Count),
                self.column(&say!("项目资金总额", "Total"), ColumnKind::Amount),
                self.column(&say!("年度资金申请总额", "Request of the year"), ColumnKind::Amount),
            ],
            rows: found.iter().map(|(name, sums)| row(name, *sums)).collect(),
            sum: Some(row(&say!("合计", "Sum"), all)),
            notes: Vec::new(),
        }
    }

    pub(super) fn projects(&self, units: &[Unit<'_>], pages: &[UnitPages]) -> Table {
        let mut rows = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            for (number, (project, own)) in printed(unit).into_iter().enumerate() {
                let pages = pages.get(place);
                let page = pages.map(|own| own.projects.get(number).copied().unwrap_or(own.first));
                let figures = [own.annual.amount, own.fiscal_annual.amount, own.other_annual.amount];
                let mut row = vec![
                    Cell::Figure((rows.len() + 1).to_string()),
                    Cell::Text(self.text(&unit.declaration.unit.name)),
                    Cell::Text(self.text(&project.name)),
                    Cell::Text(self.words(&category(unit, project))),
                ];
                row.extend(figures.map(|amount| Cell::Figure(wan(amount))));
                row.push(Cell::Figure(page.map(|page| page.to_string()).unwrap_or_default()));
                rows.push(row);
            }
        }
        Table {
            title: self.words(&say!("项目清单（万元）", "List of projects (CNY 10,000)")),
            columns: vec![
                self.column(&say!("序号", "No."), ColumnKind::Count),
                self.column(&say!("单位", "Unit"), ColumnKind::Long),
                self.column(&say!("项目名称", "Project"), ColumnKind::Long),
                self.column(&say!("项目类别", "Category"), ColumnKind::Text),
                self.column(&say!("年度资金", "Year"), ColumnKind::Amount),
                self.column(&say!("财政资金", "Fiscal"), ColumnKind::Amount),
                self.column(&say!("其他资金", "Other"), ColumnKind::Amount),
                self.column(&say!("页码", "Page"), ColumnKind::Count),
            ],
            rows,
            sum: None,
            notes: Vec::new(),
        }
    }
}

/// 项目类别 in both languages; a project without one has its own line.
fn category(unit: &Unit<'_>, project: &Project) -> Words {
    let Some(category) = &project.category else { return say!("未分类", "no category") };
    let name = |lang| unit.profile.translate(category.str(lang).trim(), lang).to_owned();
    Words { zh: name(Lang::Zh), en: name(Lang::En) }
}

/// In 万元, exact: at least two decimals.
fn wan(amount: Money) -> String {
    amount.in_table(4, 2, true)
}
