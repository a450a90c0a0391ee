//! The indicators as the platform keeps them: one row each, no cell merged, the names of the levels repeated.

use super::{Column, Datum, Style, Table, unit_of};
use crate::lang::say;
use crate::model::{Figure, Indicator, Target};
use crate::narrative::{Repeated, Scope, Value, Values};
use crate::pipeline::Whole;

/// The columns that follow those of the platform where an indicator has something to say there.
const FURTHER: usize = 3;

/// The indicators of declarations. Of more than one unit, the first column names it.
pub fn indicators(all: &[&Whole], style: Style) -> Table {
    let mut rows = Vec::new();
    for whole in all {
        for (index, project) in whole.declaration.projects.iter().enumerate() {
            let mut indicators: Vec<&Indicator> = project.indicators.iter().collect();
            indicators.sort_by_key(|own| whole.profile.kind(&own.kind.value));
            for indicator in indicators {
                rows.extend(targets(indicator).into_iter().map(|(target, term)| {
                    let row = Row { whole, index, indicator, target, term, style };
                    (unit_of(project, &whole.declaration, style.lang), row.cells())
                }));
            }
        }
    }
    let mut columns = columns(style);
    // Columns of our own are left out where nothing stands in them.
    let first = columns.len() - FURTHER;
    for column in (first..columns.len()).rev() {
        if rows.iter().all(|(_, cells)| matches!(cells.get(column), None | Some(Datum::Empty))) {
            columns.remove(column);
            rows.iter_mut().for_each(|(_, cells)| drop(cells.remove(column)));
        }
    }
    // A project may be another unit's.
    let own = |whole: &&Whole| whole.declaration.projects.iter().any(|project| project.unit.is_some());
    let several = all.len() > 1 || all.iter().any(own);
    if several {
        columns.insert(0, style.text(say!("预算单位", "Budget unit")));
    }
    let row = |(unit, cells): (Datum, Vec<Datum>)| several.then_some(unit).into_iter().chain(cells).collect();
    Table {
        name: say!("绩效指标", "Indicators").get(style.lang).to_owned(),
        columns,
        rows: rows.into_iter().map(row).collect(),
        has_sum: false,
    }
}

fn columns(style: Style) -> Vec<Column> {
    vec![
        style.text(say!("项目代码", "Project code")),
        style.text(say!("项目名称", "Project")),
        style.text(say!("一级指标", "Level 1")),
        style.text(say!("二级指标", "Level 2")),
        style.text(say!("三级指标", "Level 3")),
        style.text(say!("计算符号", "Sign")),
        style.plain_number(say!("指标值", "Target")),
        style.text(say!("计量单位", "Unit of measure")),
        style.plain_number(say!("权重", "Weight")),
        style.text(say!("指标解释", "Explanation")),
        style.text(say!("评（扣）分标准", "Scoring")),
        style.text(say!("备注", "Remarks")),
        style.text(say!("时段", "Term")),
        style.text(say!("设定依据", "Basis")),
        style.text(say!("数据来源", "Source of data")),
    ]
}

/// The term that a target is set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    /// The declaration's year, as nearly all are: nothing is said of it.
    Year,
    /// The whole term.
    Term,
    /// Both.
    Both,
}

/// The targets of an indicator: one, or one of the year and another of the whole term.
fn targets(indicator: &Indicator) -> Vec<(&Target, Set)> {
    match (indicator.is_annual(), indicator.overall_target()) {
        (true, None) => vec![(&indicator.target, Set::Year)],
        (true, Some(term)) if *term == indicator.target => vec![(term, Set::Both)],
        (true, Some(term)) => vec![(&indicator.target, Set::Year), (term, Set::Term)],
        (false, term) => vec![(term.unwrap_or(&indicator.target), Set::Term)],
    }
}

struct Row<'r> {
    whole: &'r Whole,
    index: usize,
    indicator: &'r Indicator,
    target: &'r Target,
    term: Set,
    style: Style,
}

impl Row<'_> {
    fn cells(&self) -> Vec<Datum> {
        let Row { whole, index, indicator, style, .. } = *self;
        let code = whole.declaration.projects.get(index).and_then(|project| project.code.clone());
        let name = whole.declaration.projects.get(index).map(|project| project.name.str(style.lang).trim());
        vec![
            Datum::text(code.unwrap_or_default()),
            Datum::text(name.unwrap_or_default()),
            self.printed("level1"),
            self.printed("level2"),
            self.printed("name"),
            self.printed("sign"),
            self.number(),
            self.printed("unit"),
            indicator.weight.map_or(Datum::Empty, |weight| Datum::Number(weight.value)),
            self.printed("explanation"),
            self.printed("scoring"),
            self.printed("note"),
            self.term(),
            Datum::text(indicator.basis.as_ref().map_or("", |text| text.str(style.lang).trim())),
            Datum::text(indicator.source.as_ref().map_or("", |text| text.str(style.lang).trim())),
        ]
    }

    /// A value as forms print it in a column of its own.
    fn printed(&self, what: &str) -> Datum {
        let Row { whole, index, indicator, target, style, .. } = *self;
        let Whole { declaration, ledger, profile, .. } = whole;
        let values = Values::new(declaration, ledger, profile, Scope::Project(index), style.lang);
        let values = values.of_row(Repeated::Overall(indicator, target));
        let found = values.find(&format!("overall_indicator.{what}"));
        match found.map(|found| found.value) {
            Some(Value::Text(text)) => Datum::text(text),
            _ => Datum::Empty,
        }
    }

    /// A number where there is one; a range and words as they are.
    fn number(&self) -> Datum {
        match self.target {
            Target::Measured(measured) => match measured.figure {
                Figure::One(_, number) => Datum::Number(number),
                Figure::Range(..) => self.printed("number"),
            },
            Target::Stated(_) => self.printed("number"),
        }
    }

    fn term(&self) -> Datum {
        let words = match self.term {
            Set::Year if !self.has_terms() => return Datum::Empty,
            Set::Year => say!("年度", "year"),
            Set::Term => say!("总体", "whole term"),
            Set::Both => say!("总体、年度", "whole term, year"),
        };
        Datum::text(words.get(self.style.lang))
    }

    /// Whether an indicator of the project is set for its whole term.
    fn has_terms(&self) -> bool {
        let project = self.whole.declaration.projects.get(self.index);
        project.is_some_and(|project| project.indicators.iter().any(|own| own.overall_target().is_some()))
    }
}
