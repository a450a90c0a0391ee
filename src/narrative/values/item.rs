//! What a form repeats its rows for.

use super::{Found, Value, Values};
use crate::compute::{CostLedger, ProjectLedger, SubprojectLedger};
use crate::form::{Profile, TargetStyle};
use crate::lang::Lang;
use crate::model::{
    Cost, Figure, Indicator, Measured, Project, Schedule, Sign, Subproject, Target, Text, Year,
};
use crate::paths::List;

/// An item of a list.
#[derive(Debug, Clone, Copy)]
pub enum Repeated<'v> {
    /// 绩效指标
    Indicator(&'v Indicator),
    /// A cost, with the sub-project that it belongs to.
    Cost(&'v Cost, &'v CostLedger, Option<&'v Subproject>),
    /// 子项目
    Subproject(&'v Project, &'v Subproject, &'v SubprojectLedger),
    /// 实施进度
    Schedule(&'v Schedule),
}

impl Repeated<'_> {
    /// The first step of its paths.
    pub(super) fn list(self) -> &'static str {
        match self {
            Repeated::Indicator(_) => "indicator",
            Repeated::Cost(..) => "cost",
            Repeated::Subproject(..) => "subproject",
            Repeated::Schedule(_) => "schedule",
        }
    }

    /// Its name.
    pub fn text(&self) -> &Text {
        match self {
            Repeated::Indicator(indicator) => &indicator.name,
            Repeated::Cost(cost, ..) => &cost.name,
            Repeated::Subproject(_, subproject, _) => &subproject.name,
            Repeated::Schedule(schedule) => &schedule.task,
        }
    }
}

/// The items of a list, indicators in the order of the form's tree, those of one kind in the order of the file.
pub fn items<'v>(
    list: List,
    project: &'v Project,
    ledger: &'v ProjectLedger,
    profile: &Profile,
) -> Vec<Repeated<'v>> {
    match list {
        List::Indicator => {
            let placed = |indicator: &'v Indicator| Some((profile.kind(&indicator.kind.value)?, indicator));
            let mut indicators: Vec<_> = project.indicators.iter().filter_map(placed).collect();
            indicators.sort_by_key(|(place, _)| *place);
            indicators.into_iter().map(|(_, indicator)| Repeated::Indicator(indicator)).collect()
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
    }
}

impl<'v> Values<'v> {
    pub(super) fn of_item(&self, item: Repeated<'v>, what: &str) -> Option<Found<'v>> {
        match item {
            Repeated::Indicator(indicator) => self.of_indicator(indicator, what),
            Repeated::Cost(cost, ledger, subproject) => match what {
                "subproject" => subproject.map(|subproject| self.text(&subproject.name)),
                "basis" => cost.basis.as_ref().map(|basis| self.text(basis)),
                "last_year" => before(cost, self.declaration.year, 1),
                "year_before" => before(cost, self.declaration.year, 2),
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
                    _ => None,
                }
            }
        }
    }

    fn of_indicator(&self, indicator: &'v Indicator, what: &str) -> Option<Found<'v>> {
        let target = &indicator.target;
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
                        let apart = self.lang == Lang::En && unit.starts_with(char::is_alphabetic);
                        format!("{figure}{}{unit}", if apart { " " } else { "" })
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

/// What a cost took so many years before.
fn before<'v>(cost: &Cost, year: Year, years: Year) -> Option<Found<'v>> {
    let amount = cost.before.get(&year.checked_sub(years)?)?;
    Some(Value::Money(amount.value).at(amount.span))
}
