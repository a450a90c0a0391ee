//! What a self-evaluation has.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Found, Value, Values};
use crate::compute::{Evaluation, Scored, Spent};
use crate::lang::{Lang, Words, say};
use crate::model::{Grade, Indicator, IndicatorOutcome, Outcome, Spending, Text};
use crate::narrative::format::apart;
use crate::reading::actual::parts;
use crate::source::Span;

/// What stands where nothing was budgeted.
const NO_RATE: &str = "—";

impl<'v> Values<'v> {
    /// A value of the evaluation of a project.
    pub(super) fn of_evaluation(&self, index: usize, parts: &[&str]) -> Option<Found<'v>> {
        let evaluated = self.evaluation?;
        let evaluation = evaluated.projects.get(index)?.as_ref()?;
        let project = self.declaration.projects.get(index)?;
        let outcome = project.outcome.as_ref()?;
        let text = |text: &'v Option<Text>| text.as_ref().map(|text| self.text(text));
        match parts {
            ["achieved"] => text(&outcome.achieved),
            ["process"] => text(&outcome.process),
            ["conclusion"] => text(&outcome.conclusion),
            ["problems"] => text(&outcome.problems),
            ["measures"] => text(&outcome.measures),
            ["spending", what] => self.of_spent(&evaluation.whole, what, None),
            ["spending", id, what] => {
                let mut all = outcome.spending.iter().zip(&evaluation.spending);
                let (written, spent) = all.find(|(own, _)| own.source.value == *id)?;
                self.of_spent(spent, what, Some(written))
            }
            ["execution", "reason"] => text(&outcome.execution.reason),
            ["execution", what] => {
                let place = outcome.execution.score.map(|score| score.span);
                scored(evaluation.execution.as_ref()?, what, place)
            }
            ["score", what] => self.of_score(evaluation, what),
            _ => None,
        }
    }

    fn of_score(&self, evaluation: &Evaluation, what: &str) -> Option<Found<'v>> {
        match what {
            "total" => evaluation.total.map(|total| number(total).computed()),
            "weights" => {
                let all = evaluation.indicators.iter().chain(&evaluation.execution);
                let sum = all.filter_map(|own| own.weight).try_fold(Decimal::ZERO, Decimal::checked_add)?;
                Some(number(sum).computed())
            }
            "grade" => {
                let grades = &self.evaluation?.profile.evaluation.as_ref()?.grades;
                let grade = grades.get(evaluation.grade?)?;
                Some(Value::Text(grade.name.get(self.lang).to_owned()).computed())
            }
            _ => None,
        }
    }

    pub(super) fn of_spending(&self, written: &'v Spending, spent: &Spent, what: &str) -> Option<Found<'v>> {
        match what {
            "source" => {
                let sources = &self.evaluation?.profile.sources;
                let source = sources.iter().find(|own| own.id == written.source.value)?;
                Some(Value::Text(source.name.get(self.lang).to_owned()).at(written.source.span))
            }
            what => self.of_spent(spent, what, Some(written)),
        }
    }

    fn of_spent(&self, spent: &Spent, what: &str, written: Option<&Spending>) -> Option<Found<'v>> {
        let (amount, place) = match what {
            "start" => (spent.start, written.and_then(|own| own.start)),
            "adjusted" => (spent.adjusted, written.and_then(|own| own.adjusted)),
            "spent" => (spent.spent?, written.and_then(|own| own.spent)),
            "rate" => {
                return Some(match spent.rate {
                    Some(rate) => {
                        Value::Percent(two_decimals(rate.checked_mul(Decimal::ONE_HUNDRED)?)).computed()
                    }
                    None if spent.spent.is_some() => Value::Text(NO_RATE.to_owned()).computed(),
                    None => return None,
                });
            }
            _ => return None,
        };
        let place = place.map(|amount| amount.span).or(written.map(|own| own.source.span));
        let value = Value::Money(amount);
        Some(place.map_or_else(|| value.clone().computed(), |span| value.clone().at(span)))
    }

    /// A value of an indicator with what became of it.
    pub(super) fn of_result(
        &self,
        indicator: &'v Indicator,
        result: Option<(&'v IndicatorOutcome, &Scored)>,
        what: &str,
    ) -> Option<Found<'v>> {
        if !matches!(what, "actual" | "grade" | "weight" | "score" | "reason") {
            return self.of_indicator(indicator, &indicator.target, what);
        }
        let (outcome, own) = result?;
        match what {
            "actual" => match &outcome.actual {
                Some(text) => Some(self.actual(text)),
                None => self.of_grade(outcome),
            },
            "grade" => self.of_grade(outcome),
            "reason" => outcome.reason.as_ref().map(|text| self.text(text)),
            "weight" => {
                let place = outcome.weight.or(indicator.weight).map(|weight| weight.span);
                scored(own, what, place)
            }
            what => scored(own, what, outcome.score.map(|score| score.span)),
        }
    }

    /// 实际完成值, whose unit is translated where only the Chinese is written.
    fn actual(&self, text: &'v Text) -> Found<'v> {
        let own = (self.lang == Lang::En && text.exactly(Lang::En).is_none()).then(|| {
            let (number, unit) = parts(text.str(Lang::Zh), &|word| self.profile.is_unit(word))?;
            let unit = self.profile.translate(&unit, Lang::En);
            Some(Value::Text(format!("{number}{}{unit}", apart(unit))).written(text))
        });
        own.flatten().unwrap_or_else(|| self.word(text))
    }

    fn of_grade(&self, outcome: &IndicatorOutcome) -> Option<Found<'v>> {
        let grade = outcome.grade?;
        let scheme = self.evaluation?.profile.evaluation.as_ref();
        let bands = scheme.map_or(&[][..], |scheme| &scheme.bands);
        let band = bands.iter().find(|band| band.grade == grade.value);
        let name = band.map_or_else(|| usual(grade.value), |band| band.name.clone());
        Some(Value::Text(name.get(self.lang).to_owned()).at(grade.span))
    }
}

/// What a grade is called where the form does not say it.
fn usual(grade: Grade) -> Words {
    match grade {
        Grade::Met => say!("达成预期指标", "met"),
        Grade::Partly => say!("部分达成预期指标并具有一定效果", "partly met, with some effect"),
        Grade::Not => say!("未达成预期指标且效果较差", "not met, with little effect"),
    }
}

/// The results of a project beside its evaluation.
pub(super) fn result_of<'v>(
    indicator: &'v Indicator,
    index: usize,
    outcome: &'v Outcome,
    evaluation: &'v Evaluation,
) -> (&'v Indicator, Option<(&'v IndicatorOutcome, &'v Scored)>) {
    let mut all = outcome.indicators.iter().zip(&evaluation.indicators);
    (indicator, all.find(|(own, _)| own.index == Some(index)))
}

fn scored<'v>(own: &Scored, what: &str, place: Option<Span>) -> Option<Found<'v>> {
    let value = match what {
        "weight" => own.weight,
        "score" => own.score,
        _ => None,
    }?;
    Some(place.map_or_else(|| number(value).computed(), |span| number(value).at(span)))
}

fn number(number: Decimal) -> Value {
    Value::Quantity(number, None)
}

fn two_decimals(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
