//! What a form repeats its rows for.

use std::collections::BTreeMap;

use super::result::result_of;
use super::{Found, Origin, Value, Values};
use crate::compute::{
    BudgetLedger, CostLedger, Entry, Evaluation, Ledger, ProjectLedger, Scored, SourceLedger, Spent,
    SubprojectLedger, TaskLedger,
};
use crate::form::{Profile, TargetStyle};
use crate::lang::Lang;
use crate::model::{
    BudgetLine, Cost, Declaration, Earlier, Figure, FundingSource, Indicator, IndicatorOutcome, Measured,
    Project, Schedule, Sign, Spending, Subproject, Target, Task, Text, Year,
};
use crate::narrative::format::apart;
use crate::paths::List;

/// An item of a list.
#[derive(Debug, Clone, Copy)]
pub enum Repeated<'v> {
    /// 绩效指标 of the declaration's year.
    Indicator(&'v Indicator),
    /// 绩效指标 of the whole term, with its target of that.
    Overall(&'v Indicator, &'v Target),
    /// One of the whole term beside one of the year, at least one of them.
    Pair(Option<(&'v Indicator, &'v Target)>, Option<&'v Indicator>),
    /// 资金来源
    Source(&'v FundingSource, &'v SourceLedger),
    /// A cost, with the sub-project that it belongs to.
    Cost(&'v Cost, &'v CostLedger, Option<&'v Subproject>),
    /// 子项目
    Subproject(&'v Project, &'v Subproject, &'v SubprojectLedger),
    /// 实施进度
    Schedule(&'v Schedule),
    /// An indicator with what became of it.
    Result(&'v Indicator, Option<(&'v IndicatorOutcome, &'v Scored)>),
    /// The execution of the budget of one source.
    Spending(&'v Spending, &'v Spent),
    /// 年度主要任务
    Task(&'v Task, &'v TaskLedger),
    /// A line of 收入构成, of all these.
    Income(&'v BudgetLine, &'v Entry, &'v BudgetLedger),
    /// A line of 支出构成, of all these.
    Outlay(&'v BudgetLine, &'v Entry, &'v BudgetLedger),
    /// A project of the department.
    Project(&'v Project, &'v ProjectLedger),
}

impl<'v> Repeated<'v> {
    /// What its paths of this first step are about: itself, or a part of it.
    pub(super) fn part(self, list: &str) -> Option<Repeated<'v>> {
        match (self, list) {
            (Repeated::Pair(Some((indicator, target)), _), "overall_indicator") => {
                Some(Repeated::Overall(indicator, target))
            }
            (Repeated::Pair(_, Some(indicator)), "indicator") => Some(Repeated::Indicator(indicator)),
            (own, list) => (own.list() == list).then_some(own),
        }
    }

    fn list(self) -> &'static str {
        match self {
            Repeated::Indicator(_) => "indicator",
            Repeated::Overall(..) => "overall_indicator",
            Repeated::Pair(..) => "indicator_pair",
            Repeated::Source(..) => "source",
            Repeated::Cost(..) => "cost",
            Repeated::Subproject(..) => "subproject",
            Repeated::Schedule(_) => "schedule",
            Repeated::Result(..) => "result",
            Repeated::Spending(..) => "spending",
            Repeated::Task(..) => "task",
            Repeated::Income(..) => "income",
            Repeated::Outlay(..) => "outlay",
            Repeated::Project(..) => "project",
        }
    }

    /// Its name.
    pub fn text(&self) -> Option<&'v Text> {
        Some(match self {
            Repeated::Spending(..) => return None,
            Repeated::Result(indicator, _)
            | Repeated::Indicator(indicator)
            | Repeated::Overall(indicator, _)
            | Repeated::Pair(_, Some(indicator))
            | Repeated::Pair(Some((indicator, _)), None) => &indicator.name,
            Repeated::Pair(None, None) => return None,
            Repeated::Source(source, _) => &source.kind,
            Repeated::Cost(cost, ..) => &cost.name,
            Repeated::Subproject(_, subproject, _) => &subproject.name,
            Repeated::Schedule(schedule) => &schedule.task,
            Repeated::Task(task, _) => &task.name,
            Repeated::Income(line, ..) | Repeated::Outlay(line, ..) => &line.kind,
            Repeated::Project(project, _) => &project.name,
        })
    }
}

impl<'v> Values<'v> {
    /// The items of a list, of the project that the values are of; none for the overview.
    pub fn items(&self, list: List) -> Vec<Repeated<'v>> {
        let (declaration, ledger) = (self.declaration, self.ledger);
        if list.is_of_department() {
            return items_of_department(list, declaration, ledger);
        }
        let Some(index) = self.scope.project() else { return Vec::new() };
        let evaluation = self.evaluation.and_then(|own| own.projects.get(index)?.as_ref());
        match declaration.projects.get(index).zip(ledger.projects.get(index)) {
            Some((project, own)) => items(list, project, own, self.profile, evaluation),
            None => Vec::new(),
        }
    }
}

/// Those of a project, indicators in the order of the form's tree, those of one kind in the order of the file.
fn items<'v>(
    list: List,
    project: &'v Project,
    ledger: &'v ProjectLedger,
    profile: &Profile,
    evaluation: Option<&'v Evaluation>,
) -> Vec<Repeated<'v>> {
    let of_year = || in_tree(project, profile).filter(|(_, own)| own.is_annual());
    let of_term =
        || in_tree(project, profile).filter_map(|(kind, own)| Some((kind, (own, own.overall_target()?))));
    match list {
        List::Indicator => of_year().map(|(_, indicator)| Repeated::Indicator(indicator)).collect(),
        List::OverallIndicator => {
            of_term().map(|(_, (indicator, target))| Repeated::Overall(indicator, target)).collect()
        }
        List::IndicatorPair => {
            let (terms, years): (Vec<_>, Vec<_>) = (of_term().collect(), of_year().collect());
            let mut kinds: Vec<_> =
                terms.iter().map(|(kind, _)| *kind).chain(years.iter().map(|(kind, _)| *kind)).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds.into_iter().flat_map(|kind| pairs(of_kind(&terms, kind), of_kind(&years, kind))).collect()
        }
        List::Source => {
            let all = project.funding.sources.iter().zip(&ledger.sources);
            all.map(|(source, own)| Repeated::Source(source, own)).collect()
        }
        List::Cost => {
            let own =
                project.costs.iter().zip(&ledger.costs).map(|(cost, own)| Repeated::Cost(cost, own, None));
            let below =
                project.subprojects.iter().zip(&ledger.subprojects).flat_map(|(subproject, ledger)| {
                    let costs = subproject.costs.iter().zip(&ledger.costs);
                    costs.map(move |(cost, own)| Repeated::Cost(cost, own, Some(subproject)))
                });
            own.chain(below).collect()
        }
        List::Subproject => {
            let all = project.subprojects.iter().zip(&ledger.subprojects);
            all.map(|(subproject, own)| Repeated::Subproject(project, subproject, own)).collect()
        }
        List::Schedule => project.schedule.iter().map(Repeated::Schedule).collect(),
        List::Result => {
            let Some((outcome, evaluation)) = project.outcome.as_ref().zip(evaluation) else {
                return Vec::new();
            };
            let place = |indicator: &Indicator| {
                project.indicators.iter().position(|own| std::ptr::eq(own, indicator))
            };
            let of_indicator =
                |(_, indicator)| Some(result_of(indicator, place(indicator)?, outcome, evaluation));
            of_year().filter_map(of_indicator).map(|(own, result)| Repeated::Result(own, result)).collect()
        }
        List::Spending => {
            let Some((outcome, evaluation)) = project.outcome.as_ref().zip(evaluation) else {
                return Vec::new();
            };
            let all = outcome.spending.iter().zip(&evaluation.spending);
            all.map(|(own, spent)| Repeated::Spending(own, spent)).collect()
        }
        List::Task | List::Income | List::Outlay | List::Project => Vec::new(),
    }
}

/// Those of a department as a whole.
fn items_of_department<'v>(
    list: List,
    declaration: &'v Declaration,
    ledger: &'v Ledger,
) -> Vec<Repeated<'v>> {
    let Some((written, own)) = declaration.of_department.as_deref().zip(ledger.department.as_deref()) else {
        return Vec::new();
    };
    match list {
        List::Task => {
            written.tasks.iter().zip(&own.tasks).map(|(task, own)| Repeated::Task(task, own)).collect()
        }
        List::Income => {
            let all = written.income.iter().zip(&own.income.lines);
            all.map(|(line, amount)| Repeated::Income(line, amount, &own.income)).collect()
        }
        List::Outlay => {
            let all = written.outlay.iter().zip(&own.outlay.lines);
            all.map(|(line, amount)| Repeated::Outlay(line, amount, &own.outlay)).collect()
        }
        List::Project => {
            let all = own.declaration.projects.iter().zip(&own.ledger.projects);
            all.map(|(project, own)| Repeated::Project(project, own)).collect()
        }
        _ => Vec::new(),
    }
}

/// The indicators in the order of the form's tree, with their places in it.
fn in_tree<'v>(project: &'v Project, profile: &Profile) -> impl Iterator<Item = (Kind, &'v Indicator)> {
    let placed = |indicator: &'v Indicator| Some((profile.kind(&indicator.kind.value)?, indicator));
    let mut indicators: Vec<_> = project.indicators.iter().filter_map(placed).collect();
    indicators.sort_by_key(|(place, _)| *place);
    indicators.into_iter()
}

/// 一级 and 二级 place.
type Kind = (usize, usize);

fn of_kind<T: Copy>(all: &[(Kind, T)], kind: Kind) -> Vec<T> {
    all.iter().filter(|(own, _)| *own == kind).map(|(_, one)| *one).collect()
}

/// Indicators of one kind in rows: one of both terms beside itself, the others in their order.
fn pairs<'v>(
    terms: Vec<(&'v Indicator, &'v Target)>,
    mut years: Vec<&'v Indicator>,
) -> impl Iterator<Item = Repeated<'v>> {
    let mut rows = Vec::new();
    let mut alone = Vec::new();
    for (indicator, target) in terms {
        match years.iter().position(|own| std::ptr::eq(*own, indicator)) {
            Some(place) => rows.push(Repeated::Pair(Some((indicator, target)), Some(years.remove(place)))),
            None => alone.push((indicator, target)),
        }
    }
    let longer = alone.len().max(years.len());
    let rest = (0..longer).map(|row| Repeated::Pair(alone.get(row).copied(), years.get(row).copied()));
    rows.extend(rest.collect::<Vec<_>>());
    rows.into_iter()
}

impl<'v> Values<'v> {
    pub(super) fn of_item(&self, item: Repeated<'v>, what: &str) -> Option<Found<'v>> {
        match item {
            Repeated::Indicator(indicator) => self.of_indicator(indicator, &indicator.target, what),
            Repeated::Overall(indicator, target) => self.of_indicator(indicator, target, what),
            Repeated::Pair(term, year) => {
                let indicator = year.or(term.map(|(indicator, _)| indicator))?;
                matches!(what, "level1" | "level2")
                    .then(|| self.of_indicator(indicator, &indicator.target, what))
                    .flatten()
            }
            Repeated::Source(source, ledger) => self.of_source(source, ledger, what),
            Repeated::Result(indicator, result) => self.of_result(indicator, result, what),
            Repeated::Spending(written, spent) => self.of_spending(written, spent, what),
            Repeated::Task(task, ledger) => self.of_task(task, ledger, what),
            Repeated::Income(line, own, all) | Repeated::Outlay(line, own, all) => {
                self.of_line(line, own, all, what)
            }
            Repeated::Project(project, ledger) => self.of_listed(project, ledger, what),
            Repeated::Cost(cost, ledger, subproject) => match what {
                "subproject" => subproject.map(|subproject| self.text(&subproject.name)),
                "basis" => cost.basis.as_ref().map(|basis| self.text(basis)),
                "last_year" | "last_year_spent" | "year_before" => self.earlier(&cost.before, what),
                what => self.of_cost(cost, ledger, what),
            },
            Repeated::Subproject(project, subproject, ledger) => {
                self.of_subproject(project, subproject, ledger, &[what])
            }
            Repeated::Schedule(schedule) => {
                let (period, place) = (schedule.period, schedule.period_place);
                match what {
                    "task" => Some(self.text(&schedule.task)),
                    "start" => Some(Value::Date(period.start).at(place.start)),
                    "end" => Some(Value::Date(period.end).at(place.end)),
                    "period" => Some(Value::Period(period).at(place.start)),
                    "note" => schedule.note.as_ref().map(|note| self.text(note)),
                    _ => None,
                }
            }
        }
    }

    pub(super) fn of_indicator(
        &self,
        indicator: &'v Indicator,
        target: &'v Target,
        what: &str,
    ) -> Option<Found<'v>> {
        let of_target = |text: String| Value::Text(text).written(target.text());
        match what {
            "level1" | "level2" => {
                let (first, second) = self.profile.kind(&indicator.kind.value)?;
                let level = self.profile.level1.get(first)?;
                let name = match (what, self.lang) {
                    ("level2", lang) => level.kinds.get(second)?.get(lang),
                    (_, Lang::Zh) => &level.zh,
                    (_, Lang::En) => &level.en,
                };
                Some(Value::Text(name.to_owned()).computed())
            }
            "name" => Some(self.text(&indicator.name)),
            "target" => Some(of_target(self.target(target))),
            "sign" => Some(of_target(self.sign(target))),
            "number" => Some(of_target(self.number(target))),
            "unit" => Some(of_target(match target {
                Target::Measured(measured) => self.target_unit(measured),
                Target::Stated(_) => String::new(),
            })),
            "weight" => indicator.weight.map(|weight| Value::Quantity(weight.value, None).at(weight.span)),
            "explanation" => indicator.explanation.as_ref().map(|text| self.text(text)),
            "basis" => indicator.basis.as_ref().map(|text| self.text(text)),
            "source" => indicator.source.as_ref().map(|text| self.text(text)),
            "scoring" => indicator.scoring.as_ref().map(|text| self.text(text)),
            "note" => indicator.note.as_ref().map(|text| self.text(text)),
            "last_year" => self.reached(indicator, 1),
            "year_before" => self.reached(indicator, 2),
            "core" => indicator.core.map(|core| {
                let word = match (core, self.lang) {
                    (true, Lang::Zh) => "是",
                    (false, Lang::Zh) => "否",
                    (true, Lang::En) => "yes",
                    (false, Lang::En) => "no",
                };
                Value::Text(word.to_owned()).computed()
            }),
            _ => None,
        }
    }

    fn target_unit(&self, measured: &Measured) -> String {
        self.profile.translate(measured.unit_in(self.lang), self.lang).to_owned()
    }

    /// `≥90.00(%)`, `4.00～6.00(次)`, or the words; in the plain style `≥90%`.
    fn target(&self, target: &Target) -> String {
        match target {
            Target::Stated(text) => self.stated(text),
            Target::Measured(measured) => {
                let unit = self.target_unit(measured);
                match self.profile.grid.target {
                    TargetStyle::Brackets => {
                        let figure = measured.figure.printed(self.lang);
                        if unit.is_empty() { figure } else { format!("{figure}({unit})") }
                    }
                    TargetStyle::Plain => {
                        let figure = measured.figure.typed(self.lang);
                        let gap = if self.lang == Lang::En { apart(&unit) } else { "" };
                        format!("{figure}{gap}{unit}")
                    }
                }
            }
        }
    }

    fn stated(&self, text: &Text) -> String {
        self.profile.translate(text.str(self.lang).trim(), self.lang).to_owned()
    }

    /// 计算符号 in a column of its own: ≥, or 定性 for words.
    fn sign(&self, target: &Target) -> String {
        match (target, self.lang) {
            (Target::Stated(_), Lang::Zh) => "定性".to_owned(),
            (Target::Stated(_), Lang::En) => "in words".to_owned(),
            (Target::Measured(measured), _) => match measured.figure {
                Figure::One(sign, _) => sign.symbol().to_string(),
                Figure::Range(..) => Sign::Equal.symbol().to_string(),
            },
        }
    }

    /// The number in a column of its own, or the words.
    fn number(&self, target: &Target) -> String {
        match target {
            Target::Stated(text) => self.stated(text),
            Target::Measured(measured) => {
                let figure = measured.figure.typed(self.lang);
                match measured.figure {
                    Figure::One(sign, _) => figure.trim_start_matches(sign.symbol()).to_owned(),
                    Figure::Range(..) => figure,
                }
            }
        }
    }
}

impl<'v> Values<'v> {
    /// What was reached so many years before.
    fn reached(&self, indicator: &'v Indicator, years: Year) -> Option<Found<'v>> {
        let text = indicator.before.get(&self.declaration.year.checked_sub(years)?)?;
        Some(self.text(text))
    }

    /// What was approved, or else spent, one year or two before; what was spent the year before.
    pub(super) fn earlier(&self, before: &BTreeMap<Year, Earlier>, what: &str) -> Option<Found<'v>> {
        let years = if what == "year_before" { 2 } else { 1 };
        let earlier = before.get(&self.declaration.year.checked_sub(years)?)?;
        let amount = match what {
            "last_year_spent" => earlier.spent,
            _ => earlier.approved.or(earlier.spent),
        }?;
        Some(Value::Money(amount.value).at(amount.span))
    }

    pub(super) fn of_source(
        &self,
        source: &'v FundingSource,
        ledger: &'v SourceLedger,
        what: &str,
    ) -> Option<Found<'v>> {
        let place = source.amount.span();
        let money = |entry: &'v Entry| Found {
            value: Value::Money(entry.amount),
            origin: Origin::Amount(entry, Some(place)),
        };
        match what {
            "kind" => Some(self.word(&source.kind)),
            "amount" => Some(money(&ledger.annual)),
            "total" => Some(money(&ledger.total)),
            what => self.earlier(&source.before, what),
        }
    }
}
