//! What the sheets of the workbook hold for a declaration.

use std::ops::Range;

use rust_decimal::Decimal;

use super::layout::{Column, FIRST_ROW, KEY_COLUMN, Part, Sheet};
use super::sheets::SHEETS;
use crate::export::table::letters;
use crate::lang::Lang;
use crate::model::{Cost, CostBasis, Indicator, Money, Project, Subproject, Text, Year, YearlyAmount};
use crate::pipeline::Whole;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number, amounts in 元.
    Number(Decimal),
}

impl Value {
    /// As text, by which cells are compared.
    pub fn plain(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.normalize().to_string(),
        }
    }

    fn text(text: impl Into<String>) -> Value {
        // As a workbook keeps line ends.
        let text = text.into().replace("\r\n", "\n");
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }

    fn amount(amount: Money) -> Value {
        Value::Number(amount.yuan())
    }
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says, or what its formula gives.
    pub value: Value,
    /// Whether it may be filled in.
    pub open: bool,
    /// Its formula, without the `=`.
    pub formula: Option<String>,
}

/// A row, and what it stands for: the id of a project, and behind `#` a table of its file, as in
/// `portal#subproject.2.cost.0`.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it stands for.
    pub key: String,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// A sheet of a declaration.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What it is.
    pub sheet: &'static Sheet,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Whether the workbook has columns for English.
pub fn has_english(whole: &Whole) -> bool {
    whole.declaration.languages.contains(&Lang::En)
}

/// The sheets of a declaration; `names` are those that formulas use.
pub fn sheets(whole: &Whole, lang: Lang) -> Vec<Filled> {
    let filler = Filler { whole, lang, english: has_english(whole) };
    let rows = |sheet: &Sheet| match sheet.part {
        Part::Projects => filler.projects(sheet),
        Part::Costs => filler.costs(sheet),
        Part::Goals => filler.goals(sheet),
        Part::Indicators => filler.indicators(sheet),
        Part::Sections => filler.sections(sheet),
    };
    SHEETS.iter().map(|sheet| Filled { sheet, rows: rows(sheet) }).collect()
}

struct Filler<'f> {
    whole: &'f Whole,
    lang: Lang,
    english: bool,
}

/// What a column of a row says, and whether it may be filled in.
type Said = (Value, bool);

impl Filler<'_> {
    fn row(&self, sheet: &Sheet, key: String, said: impl Fn(&Column) -> Said) -> Row {
        let cell = |column: &'static Column| {
            let (value, open) = said(column);
            Cell { value, open: open && column.open, formula: None }
        };
        Row { key, cells: sheet.shown(self.english).map(cell).collect() }
    }

    fn all(&self) -> &[Project] {
        &self.whole.declaration.projects
    }

    fn projects(&self, sheet: &Sheet) -> Vec<Row> {
        let ledgers = &self.whole.ledger.projects;
        let rows = self.all().iter().zip(ledgers).map(|(project, ledger)| {
            let said = |column: &Column| match column.id {
                "project" => (Value::text(project.id.as_str()), false),
                "name" | "name_en" => (in_column(Some(&project.name), column), true),
                "code" => (Value::text(project.code.clone().unwrap_or_default()), true),
                "nature" => (in_column(project.nature.as_ref(), column), true),
                "category" => (in_column(project.category.as_ref(), column), true),
                "start" => (Value::text(project.period.start.to_string()), true),
                "end" => (Value::text(project.period.end.to_string()), true),
                "carried_over" => {
                    let amount = project.funding.carried_over.map(|amount| amount.value);
                    (amount.map_or(Value::Empty, Value::amount), true)
                }
                "other" => match &project.funding.other {
                    Some(other) => of_year(other, ledger.other.amount),
                    // Funds by source add up to it, where they are listed.
                    None => (Value::Empty, project.funding.sources.is_empty()),
                },
                _ => (Value::amount(ledger.total.rounded.amount), false),
            };
            self.row(sheet, project.id.to_string(), said)
        });
        let mut rows: Vec<Row> = rows.collect();
        for (row, number) in rows.iter_mut().zip(FIRST_ROW + 1..) {
            let formula = self.project_total(number);
            if let Some(cell) = row.cells.last_mut() {
                cell.formula = formula;
            }
        }
        rows
    }

    /// The total of the project of a row, from the sheet of costs, rounded as the program does.
    fn project_total(&self, row: usize) -> Option<String> {
        let costs = SHEETS.iter().find(|sheet| sheet.part == Part::Costs)?;
        let end = FIRST_ROW + self.cost_count() + costs.spare;
        let column = |id| Some(letters(costs.place(id, self.english)? + 1));
        let name = costs.name(self.lang);
        let range =
            |letter: String| format!("'{}'!${letter}${}:${letter}${end}", name.get(self.lang), FIRST_ROW + 1);
        let (total, project) = (range(column("total")?), range(column("project")?));
        let own = letters(KEY_COLUMN + 1);
        let sum = format!("SUMIFS({total},{project},{own}{row})");
        let step = self.whole.declaration.round_to.map_or(Decimal::new(1, 2), |step| step.value.yuan());
        Some(format!("ROUND({sum}/{step},0)*{step}", step = step.normalize()))
    }

    fn cost_count(&self) -> usize {
        let of = |project: &Project| {
            project.costs.len() + project.subprojects.iter().map(|own| own.costs.len()).sum::<usize>()
        };
        self.all().iter().map(of).sum()
    }

    fn costs(&self, sheet: &Sheet) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (project, ledger) in self.all().iter().zip(&self.whole.ledger.projects) {
            let first = FIRST_ROW + rows.len() + 1;
            let mut lines: Vec<(&Cost, Option<&Subproject>, String, Money)> = Vec::new();
            for ((cost, own), place) in project.costs.iter().zip(&ledger.costs).zip(0..) {
                lines.push((cost, None, format!("{}#cost.{place}", project.id), own.total.amount));
            }
            for ((subproject, own), outer) in project.subprojects.iter().zip(&ledger.subprojects).zip(0..) {
                for ((cost, own), place) in subproject.costs.iter().zip(&own.costs).zip(0..) {
                    let below = if subproject.single { String::new() } else { format!(".cost.{place}") };
                    let key = format!("{}#subproject.{outer}{below}", project.id);
                    lines.push((cost, Some(subproject), key, own.total.amount));
                }
            }
            for ((cost, subproject, key, total), number) in lines.into_iter().zip(first..) {
                let year = self.whole.declaration.year;
                let said = |column: &Column| match column.id {
                    "annual" => annual(cost, year),
                    _ => cost_cell(cost, subproject, project, total, column),
                };
                let mut row = self.row(sheet, key, said);
                let terms = Terms {
                    base: share_of(cost).and_then(|id| base(project, id, first)),
                    other_years: other_years(cost, year, total),
                };
                if let Some(place) = sheet.place("total", self.english)
                    && let Some(cell) = row.cells.get_mut(place)
                {
                    cell.formula = cost_total(sheet, self.english, number, &terms);
                }
                rows.push(row);
            }
        }
        rows
    }

    fn goals(&self, sheet: &Sheet) -> Vec<Row> {
        let row = |project: &Project| {
            let goals = project.goals.as_ref();
            self.row(sheet, project.id.to_string(), |column| match column.id {
                "project" => (Value::text(project.id.as_str()), false),
                "overall" | "overall_en" => (in_column(goals.map(|own| &own.overall), column), true),
                _ => (in_column(goals.and_then(|own| own.annual.as_ref()), column), true),
            })
        };
        self.all().iter().map(row).collect()
    }

    fn indicators(&self, sheet: &Sheet) -> Vec<Row> {
        let of = |project: &Project| -> Vec<Row> {
            let row = |(indicator, place): (&Indicator, usize)| {
                let key = format!("{}#indicator.{place}", project.id);
                self.row(sheet, key, |column| indicator_cell(indicator, project, column))
            };
            project.indicators.iter().zip(0..).map(row).collect()
        };
        self.all().iter().flat_map(of).collect()
    }

    fn sections(&self, sheet: &Sheet) -> Vec<Row> {
        let of = |project: &Project| -> Vec<Row> {
            let sections = self.whole.profile.sections.iter();
            let row = |section: &crate::form::Section| {
                let key = format!("{}#narrative.{}", project.id, section.id);
                let text = project.narrative.iter().find(|own| own.id == section.id).map(|own| &own.text);
                self.row(sheet, key, |column| match column.id {
                    "project" => (Value::text(project.id.as_str()), false),
                    "heading" => (Value::text(section.heading.get(self.lang)), false),
                    _ => (in_column(text, column), true),
                })
            };
            sections.map(row).collect()
        };
        self.all().iter().filter(|project| !project.narrative.is_empty()).flat_map(of).collect()
    }
}

/// A text in the language of a column, as it is written in the file.
fn in_column(text: Option<&Text>, column: &Column) -> Value {
    let lang = if column.key.ends_with("@en") { Lang::En } else { Lang::Zh };
    let prose = text.and_then(|text| text.exactly(lang));
    prose.map_or(Value::Empty, |prose| Value::text(prose.value.trim()))
}

/// What a cost takes this year, of one by years.
fn annual(cost: &Cost, year: Year) -> Said {
    let known = match &cost.amount {
        CostBasis::Stated(YearlyAmount::ByYear(years, _) | YearlyAmount::Whole { years, .. }) => {
            years.get(&year)
        }
        _ => None,
    };
    known.map_or((Value::Empty, false), |amount| (Value::amount(amount.value), true))
}

/// What the other years add up to, of a cost whose years make up its total.
fn other_years(cost: &Cost, year: Year, total: Money) -> Option<Money> {
    let CostBasis::Stated(YearlyAmount::ByYear(years, _)) = &cost.amount else { return None };
    total.minus(years.get(&year)?.value)
}

/// An amount of this year alone; the sum of one by years is computed.
fn of_year(amount: &YearlyAmount, total: Money) -> Said {
    match amount {
        YearlyAmount::ThisYear(amount) => (Value::amount(amount.value), true),
        YearlyAmount::ByYear(..) | YearlyAmount::Whole { .. } => (Value::amount(total), false),
    }
}

fn share_of(cost: &Cost) -> Option<&str> {
    match &cost.amount {
        CostBasis::Share { of, .. } => Some(&of.value),
        CostBasis::Stated(_) | CostBasis::Product { .. } => None,
    }
}

fn cost_cell(
    cost: &Cost,
    subproject: Option<&Subproject>,
    project: &Project,
    total: Money,
    column: &Column,
) -> Said {
    // A sub-project that states a sum has nothing else.
    let single = subproject.is_some_and(|own| own.single);
    match (column.id, &cost.amount) {
        ("project", _) => (Value::text(project.id.as_str()), false),
        ("subproject", _) => (Value::text(subproject.map_or("", |own| own.id.value.as_str())), false),
        ("subproject_name", _) => {
            (Value::text(subproject.map_or("", |own| own.name.str(Lang::Zh).trim())), false)
        }
        ("name" | "name_en", _) => (in_column(Some(&cost.name), column), true),
        ("quantity", CostBasis::Product { quantity, .. }) => (Value::Number(quantity.value), true),
        ("unit", CostBasis::Product { unit, .. }) => (in_column(unit.as_ref(), column), true),
        ("price", CostBasis::Product { price, .. }) => (Value::amount(price.value), true),
        ("percent", CostBasis::Share { percent, .. }) => (Value::Number(percent.value), true),
        ("of", CostBasis::Share { of, .. }) => (Value::text(of.value.clone()), true),
        ("amount", CostBasis::Stated(YearlyAmount::Whole { total, .. })) => {
            (Value::amount(total.value), true)
        }
        ("amount", CostBasis::Stated(amount)) => of_year(amount, total),
        ("basis" | "basis_en", _) => (in_column(cost.basis.as_ref(), column), !single),
        ("total", _) => (Value::amount(total), false),
        _ => (Value::Empty, !single),
    }
}

fn indicator_cell(indicator: &Indicator, project: &Project, column: &Column) -> Said {
    let value = match column.id {
        "project" => return (Value::text(project.id.as_str()), false),
        "kind" => Value::text(indicator.kind.value.clone()),
        "name" | "name_en" => in_column(Some(&indicator.name), column),
        "target" | "target_en" => in_column(Some(indicator.target.text()), column),
        "weight" => indicator.weight.map_or(Value::Empty, |weight| Value::Number(weight.value)),
        "explanation" => in_column(indicator.explanation.as_ref(), column),
        "basis" => in_column(indicator.basis.as_ref(), column),
        "source" => in_column(indicator.source.as_ref(), column),
        "scoring" => in_column(indicator.scoring.as_ref(), column),
        _ => in_column(indicator.note.as_ref(), column),
    };
    (value, true)
}

/// The rows of what a share is taken of, by its id; `first` is the row of the project's first cost.
fn base(project: &Project, id: &str, first: usize) -> Option<Range<usize>> {
    let mut start = first + project.costs.len();
    for subproject in &project.subprojects {
        let end = start + subproject.costs.len();
        if subproject.id.value.as_str() == id {
            return Some(start..end);
        }
        start = end;
    }
    let below = project.subprojects.iter().flat_map(|own| &own.costs);
    let named = |cost: &Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == id);
    let place = project.costs.iter().chain(below).position(named)?;
    Some(first + place..first + place + 1)
}

/// What a cost's total rests on besides the cells of its own row.
#[derive(Default)]
pub(super) struct Terms {
    /// The rows that it is a share of.
    base: Option<Range<usize>>,
    /// What other years take.
    other_years: Option<Money>,
}

/// The formula of a cost's total in a row: a share of the base, or quantity and price, or the amount.
pub(super) fn cost_total(sheet: &Sheet, english: bool, row: usize, terms: &Terms) -> Option<String> {
    let column = |id| Some(letters(sheet.place(id, english)? + KEY_COLUMN + 1));
    let (quantity, price, amount) = (column("quantity")?, column("price")?, column("amount")?);
    if let Some(other) = terms.other_years {
        return Some(format!("N({}{row})+{}", column("annual")?, other.yuan().normalize()));
    }
    let rest = match &terms.base {
        Some(base) => {
            let (total, percent) = (column("total")?, column("percent")?);
            format!("SUM({total}{}:{total}{})*N({percent}{row})/100", base.start, base.end - 1)
        }
        None => format!("N({amount}{row})"),
    };
    Some(format!(
        "IF(AND(ISNUMBER({quantity}{row}),ISNUMBER({price}{row})),{quantity}{row}*{price}{row},{rest})"
    ))
}
