//! The front of a book of many declarations: cover, contents and tables, every string ready.

use serde::Serialize;

use super::parts::Pair;
use crate::compute::{Ledger, ProjectLedger};
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Money, Project};

/// A unit of the book, in the order of its pages.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'b> {
    /// Its declaration.
    pub declaration: &'b Declaration,
    /// Its amounts.
    pub ledger: &'b Ledger,
    /// The form that it is written for.
    pub profile: &'b Profile,
    /// The places of the projects that are printed.
    pub printed: &'b [usize],
}

/// What a department states of all units.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The department.
    pub name: Words,
    /// How many projects there are.
    pub projects: u32,
    /// Their amount in the year.
    pub amount: Money,
}

/// Where something begins, as page numbers of the book.
#[derive(Debug, Clone, Default)]
pub struct UnitPages {
    /// The unit.
    pub first: usize,
    /// Its printed projects.
    pub projects: Vec<usize>,
}

/// The cover's words and the book as a whole.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The title.
    pub title: Words,
    /// A line below it.
    pub below: Words,
    /// The date of the PDF: the last of the declarations.
    pub date: jiff::civil::Date,
    /// What is printed, in this order.
    pub languages: Vec<Lang>,
    /// What each page is marked with.
    pub mark: Option<Words>,
}

/// The front as templates get it.
#[derive(Debug, Serialize)]
pub struct Front {
    title: Pair,
    below: Pair,
    pdf: super::parts::Metadata,
    contents: Contents,
    tables: Vec<Table>,
}

#[derive(Debug, Serialize)]
struct Contents {
    title: Pair,
    entries: Vec<Entry>,
}

/// A line of the contents.
#[derive(Debug, Serialize)]
struct Entry {
    /// 1 for a unit, 2 for a project.
    level: u8,
    name: Pair,
    page: usize,
}

/// A table of the front, also as a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
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

/// The front of a book; pages that are not known yet are printed as none.
pub fn front(cover: &Cover, units: &[Unit<'_>], pages: &[UnitPages], stated: Option<&Stated>) -> Front {
    let writer = Writer { languages: &cover.languages };
    let main = cover.languages.first().copied().unwrap_or(Lang::Zh);
    Front {
        title: writer.words(&cover.title),
        below: writer.words(&cover.below),
        pdf: super::parts::Metadata {
            title: cover.title.get(main).to_owned(),
            author: units
                .first()
                .map_or("", |unit| unit.declaration.department.name.str(main).trim())
                .to_owned(),
            description: cover.below.get(main).to_owned(),
            keywords: super::keywords(
                units.iter().map(|unit| super::trimmed(&unit.declaration.unit.name, main)),
            ),
            date: super::parts::DatePart {
                year: cover.date.year(),
                month: cover.date.month(),
                day: cover.date.day(),
            },
        },
        contents: writer.contents(units, pages),
        tables: vec![
            writer.by_unit(units, stated),
            writer.by_source(units),
            writer.by_category(units),
            writer.projects(units, pages),
        ],
    }
}

struct Writer<'w> {
    languages: &'w [Lang],
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
fn printed<'b>(unit: &Unit<'b>) -> Vec<(&'b Project, &'b ProjectLedger)> {
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
    fn pair(&self, text: impl Fn(Lang) -> String) -> Pair {
        let printed = |lang| self.languages.contains(&lang).then(|| text(lang));
        Pair { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn words(&self, words: &Words) -> Pair {
        self.pair(|lang| words.get(lang).to_owned())
    }

    fn text(&self, text: &crate::model::Text) -> Pair {
        self.pair(|lang| super::trimmed(text, lang))
    }

    fn column(&self, label: &Words, kind: ColumnKind) -> Column {
        Column { label: self.words(label), kind }
    }

    fn contents(&self, units: &[Unit<'_>], pages: &[UnitPages]) -> Contents {
        let mut entries = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            let own = pages.get(place).cloned().unwrap_or_default();
            entries.push(Entry { level: 1, name: self.text(&unit.declaration.unit.name), page: own.first });
            // A department has one form for all of its projects.
            let listed = printed(unit).into_iter().filter(|_| unit.ledger.department.is_none());
            for (number, (project, _)) in listed.enumerate() {
                let page = own.projects.get(number).copied().unwrap_or(own.first);
                entries.push(Entry { level: 2, name: self.text(&project.name), page });
            }
        }
        Contents { title: self.words(&say!("目录", "Contents")), entries }
    }

    fn by_unit(&self, units: &[Unit<'_>], stated: Option<&Stated>) -> Table {
        let amounts = |sums: Sums| {
            [sums.total, sums.annual, sums.fiscal, sums.other].map(|amount| Cell::Figure(wan(amount)))
        };
        let row = |lead: Cell, name: Cell, sums: Sums| {
            let count = Cell::Figure(sums.count.to_string());
            [lead, name, count].into_iter().chain(amounts(sums)).collect::<Vec<_>>()
        };
        let rows = units.iter().zip(1_usize..).map(|(unit, number)| {
            row(
                Cell::Figure(number.to_string()),
                Cell::Text(self.text(&unit.declaration.unit.name)),
                sums(unit),
            )
        });
        let all = units.iter().map(sums).fold(Sums::NONE, Sums::and);
        let sum = row(Cell::Figure(String::new()), Cell::Text(self.words(&say!("合计", "Sum"))), all);
        Table {
            title: self.words(&say!("各单位申报汇总（万元）", "Declarations by unit (CNY 10,000)")),
            columns: vec![
                self.column(&say!("序号", "No."), ColumnKind::Count),
                self.column(&say!("单位", "Unit"), ColumnKind::Text),
                self.column(&say!("项目个数", "Projects"), ColumnKind::Count),
                self.column(&say!("项目资金总额", "Total"), ColumnKind::Amount),
                self.column(&say!("年度资金申请总额", "Request of the year"), ColumnKind::Amount),
                self.column(&say!("其中：财政资金", "of which fiscal"), ColumnKind::Amount),
                self.column(&say!("其他资金", "other"), ColumnKind::Amount),
            ],
            rows: rows.collect(),
            sum: Some(sum),
            notes: self.notes(units, stated, all),
        }
    }

    /// What is declared beyond the projects that are printed, and what the department states of all.
    fn notes(&self, units: &[Unit<'_>], stated: Option<&Stated>, all: Sums) -> Vec<Pair> {
        let of_unit = |unit: &Unit<'_>| {
            let declared = unit.declaration.overview.declared?;
            let name = |lang| super::trimmed(&unit.declaration.unit.name, lang);
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

    fn by_source(&self, units: &[Unit<'_>]) -> Table {
        let row = |lead: Cell, name: Cell, sums: Sums| {
            let amounts = [sums.appropriation, sums.carried_over, sums.other, sums.annual];
            let amounts = amounts.map(|amount| Cell::Figure(wan(amount)));
            [lead, name].into_iter().chain(amounts).collect::<Vec<_>>()
        };
        let rows = units.iter().zip(1_usize..).map(|(unit, number)| {
            row(
                Cell::Figure(number.to_string()),
                Cell::Text(self.text(&unit.declaration.unit.name)),
                sums(unit),
            )
        });
        let all = units.iter().map(sums).fold(Sums::NONE, Sums::and);
        Table {
            title: self.words(&say!("年度资金来源汇总（万元）", "Funds of the year by source (CNY 10,000)")),
            columns: vec![
                self.column(&say!("序号", "No."), ColumnKind::Count),
                self.column(&say!("单位", "Unit"), ColumnKind::Text),
                self.column(&say!("当年财政拨款", "Appropriation"), ColumnKind::Amount),
                self.column(&say!("上年结转资金", "Carried over"), ColumnKind::Amount),
                self.column(&say!("其他资金", "Other funds"), ColumnKind::Amount),
                self.column(&say!("合计", "Sum"), ColumnKind::Amount),
            ],
            rows: rows.collect(),
            sum: Some(row(Cell::Figure(String::new()), Cell::Text(self.words(&say!("合计", "Sum"))), all)),
            notes: Vec::new(),
        }
    }

    fn by_category(&self, units: &[Unit<'_>]) -> Table {
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

    fn projects(&self, units: &[Unit<'_>], pages: &[UnitPages]) -> Table {
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
