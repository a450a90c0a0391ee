//! The scores of a self-evaluation, each with how it came about.
//!
//! A score is the weight times how far the target was reached, never above the weight, with two decimals. How far: all of
//! it where the target is met; else the actual value over the target where more is better, the target over the actual
//! value where less is. What is in words gets the share that the unit gives within the band of its grade.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Ledger, ProjectLedger};
use crate::form::{Evaluation as Scheme, Profile};
use crate::model::{
    Declaration, Figure, Grade, Indicator, IndicatorOutcome, Money, Outcome, Project, Sign, Target,
};
use crate::reading::actual::{Actual, actual};

/// The evaluation of one project.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The funds by source, as the results list them.
    pub spending: Vec<Spent>,
    /// All of them.
    pub whole: Spent,
    /// The score of the execution of the budget; `None` where the form gives none.
    pub execution: Option<Scored>,
    /// Those of the indicators, as the results list them.
    pub indicators: Vec<Scored>,
    /// All scores together; `None` while one is missing, or where the form gives none.
    pub total: Option<Decimal>,
    /// The place of the grade among those of the form.
    pub grade: Option<usize>,
}

/// Funds from the budget to what was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// 年初预算数
    pub start: Money,
    /// 全年预算数
    pub adjusted: Money,
    /// 全年执行数; `None` while it is not known.
    pub spent: Option<Money>,
    /// 执行率 as a fraction; `None` where nothing was budgeted, or is known to be spent.
    pub rate: Option<Decimal>,
}

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// 分值
    pub weight: Option<Decimal>,
    /// 得分; `None` where something is missing that it follows from.
    pub score: Option<Decimal>,
    /// How it came about.
    pub from: Scoring,
}

/// How a score came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scoring {
    /// The unit states it.
    Stated,
    /// The target is met.
    Met,
    /// The first is divided by the second: actual by target, target by actual, spent by budget.
    Ratio(Decimal, Decimal),
    /// A share of the weight, in a hundred.
    Share(Decimal),
    /// Nothing can be computed.
    Missing,
}

/// Evaluates each project that has results, by the rules of the evaluation's form.
pub fn evaluate(declaration: &Declaration, ledger: &Ledger, profile: &Profile) -> Vec<Option<Evaluation>> {
    let scheme = profile.evaluation.clone().unwrap_or_default();
    let known = |unit: &str| profile.is_unit(unit);
    let of = |(project, own): (&Project, &ProjectLedger)| {
        project.outcome.as_ref().map(|outcome| evaluation(project, outcome, own, &scheme, &known))
    };
    declaration.projects.iter().zip(&ledger.projects).map(of).collect()
}

fn evaluation(
    project: &Project,
    outcome: &Outcome,
    ledger: &ProjectLedger,
    scheme: &Scheme,
    known: &dyn Fn(&str) -> bool,
) -> Evaluation {
    let spending: Vec<Spent> = outcome
        .spending
        .iter()
        .map(|own| {
            let start = own.start.map(|amount| amount.value);
            let start = start.or_else(|| declared(project, ledger, &own.source.value)).unwrap_or(Money::ZERO);
            let adjusted = own.adjusted.map_or(start, |amount| amount.value);
            spent(start, adjusted, own.spent.map(|amount| amount.value))
        })
        .collect();
    let sum = |of: fn(&Spent) -> Money| Money::sum(spending.iter().map(of)).unwrap_or(Money::ZERO);
    let all: Option<Vec<Money>> = spending.iter().map(|own| own.spent).collect();
    let all = all.filter(|all| !all.is_empty()).and_then(Money::sum);
    let whole = spent(sum(|own| own.start), sum(|own| own.adjusted), all);
    let execution = scheme.execution.map(|weight| {
        let weight = Decimal::from(weight);
        match (&outcome.execution.score, whole.rate.and(whole.spent)) {
            (Some(score), _) => {
                Scored { weight: Some(weight), score: Some(score.value), from: Scoring::Stated }
            }
            (None, Some(spent)) => {
                let (part, base) = (spent.yuan(), whole.adjusted.yuan());
                Scored {
                    weight: Some(weight),
                    score: portion(weight, part, base),
                    from: Scoring::Ratio(part, base),
                }
            }
            (None, None) => Scored { weight: Some(weight), score: None, from: Scoring::Missing },
        }
    });
    let indicators: Vec<Scored> = outcome
        .indicators
        .iter()
        .map(|own| scored(own, own.index.and_then(|index| project.indicators.get(index)), known))
        .collect();
    let scores = indicators.iter().chain(&execution).map(|own| own.score);
    let total = scheme.execution.and_then(|_| scores.sum::<Option<Decimal>>());
    let grade =
        total.and_then(|total| scheme.grades.iter().position(|grade| total >= Decimal::from(grade.least)));
    Evaluation { spending, whole, execution, indicators, total, grade }
}

/// What the declaration says of a source for its year.
pub fn declared(project: &Project, ledger: &ProjectLedger, source: &str) -> Option<Money> {
    match source {
        "appropriation" => Some(ledger.appropriation.amount),
        "carried_over" => Some(ledger.carried_over.amount),
        "other" => Some(ledger.other_annual.amount),
        "fiscal" => Some(ledger.fiscal_annual.amount),
        id => {
            let mut all = project.funding.sources.iter().zip(&ledger.sources);
            all.find(|(own, _)| own.id.as_deref() == Some(id)).map(|(_, own)| own.annual.amount)
        }
    }
}

fn spent(start: Money, adjusted: Money, spent: Option<Money>) -> Spent {
    let rate = spent.and_then(|spent| spent.yuan().checked_div(adjusted.yuan()));
    Spent { start, adjusted, spent, rate }
}

fn scored(own: &IndicatorOutcome, indicator: Option<&Indicator>, known: &dyn Fn(&str) -> bool) -> Scored {
    let weight = own.weight.or(indicator.and_then(|own| own.weight)).map(|weight| weight.value);
    let missing = Scored { weight, score: None, from: Scoring::Missing };
    if let Some(score) = own.score {
        return Scored { weight, score: Some(score.value), from: Scoring::Stated };
    }
    let (Some(weight), Some(indicator)) = (weight, indicator) else { return missing };
    let whole = Scored { weight: Some(weight), score: Some(rounded(weight)), from: Scoring::Met };
    let of_grade = |own: &IndicatorOutcome| match (own.grade.map(|grade| grade.value), own.share) {
        (_, Some(share)) => {
            let part = portion(weight, share.value, Decimal::ONE_HUNDRED);
            Scored { weight: Some(weight), score: part, from: Scoring::Share(share.value) }
        }
        (Some(Grade::Met), None) => whole.clone(),
        (_, None) => missing.clone(),
    };
    if own.grade.is_some() || own.share.is_some() {
        return of_grade(own);
    }
    let (Target::Measured(target), Some(text)) = (&indicator.target, &own.actual) else { return missing };
    let Some((_, prose)) = text.proses().next() else { return missing };
    let Some(Actual { number, .. }) = actual(&prose.value, &target.unit, known) else { return missing };
    match reached(target.figure, number) {
        None => whole,
        Some((part, base)) => Scored {
            weight: Some(weight),
            score: portion(weight, part, base),
            from: Scoring::Ratio(part, base),
        },
    }
}

/// How far a target was reached that was not met, as a part of a base; `None` for one that was.
fn reached(figure: Figure, actual: Decimal) -> Option<(Decimal, Decimal)> {
    match figure {
        Figure::One(Sign::AtLeast | Sign::MoreThan | Sign::Equal, target) if actual < target => {
            Some((actual, target))
        }
        Figure::One(Sign::AtMost | Sign::LessThan, target) if actual > target => Some((target, actual)),
        Figure::Range(low, _) if actual < low => Some((actual, low)),
        Figure::Range(_, high) if actual > high => Some((high, actual)),
        _ => None,
    }
}

/// `weight × part ÷ base`, from none to the whole weight. A base that is not above zero has no parts.
fn portion(weight: Decimal, part: Decimal, base: Decimal) -> Option<Decimal> {
    if base <= Decimal::ZERO {
        return Some(Decimal::ZERO);
    }
    let score = weight.checked_mul(part)?.checked_div(base)?;
    Some(rounded(score.clamp(Decimal::ZERO, weight)))
}

/// Two decimals, half away from zero.
fn rounded(score: Decimal) -> Decimal {
    score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn published_scores_of_execution_come_out() {
        let score = |spent: &str, budget: &str| portion(Decimal::TEN, number(spent), number(budget)).unwrap();
        assert_eq!(score("215457.60", "250000"), number("8.62"));
        assert_eq!(score("9034", "20000"), number("4.52"));
        assert_eq!(score("0", "20000"), Decimal::ZERO);
        assert_eq!(score("25000", "20000"), Decimal::TEN);
    }

    #[test]
    fn what_is_met_gives_all_and_the_rest_in_proportion() {
        let one = |sign, target: &str, actual: &str| match reached(
            Figure::One(sign, number(target)),
            number(actual),
        ) {
            None => number("20"),
            Some((part, base)) => portion(number("20"), part, base).unwrap(),
        };
        assert_eq!(one(Sign::AtLeast, "90", "95"), number("20"));
        assert_eq!(one(Sign::AtLeast, "90", "45"), number("10"));
        assert_eq!(one(Sign::AtMost, "20", "25"), number("16"));
        assert_eq!(one(Sign::AtMost, "20", "19"), number("20"));
        assert_eq!(one(Sign::AtMost, "0", "3"), Decimal::ZERO);
        assert_eq!(one(Sign::AtLeast, "10", "-5"), Decimal::ZERO);
    }

    fn score(figure: Figure, actual: i64, weight: Decimal) -> Decimal {
        match reached(figure, Decimal::from(actual)) {
            None => rounded(weight),
            Some((part, base)) => portion(weight, part, base).unwrap(),
        }
    }

    proptest! {
        #[test]
        fn a_score_is_never_above_the_weight_and_follows_the_actual_value(
            target in -1000_i64..100_000,
            low in -1000_i64..100_000,
            more in 0_i64..1000,
            weight in 1_u32..100,
        ) {
            let weight = Decimal::from(weight);
            let of = |sign, actual| score(Figure::One(sign, Decimal::from(target)), actual, weight);
            for sign in [Sign::AtLeast, Sign::MoreThan, Sign::Equal, Sign::AtMost, Sign::LessThan] {
                prop_assert!(of(sign, low) <= weight && of(sign, low) >= Decimal::ZERO);
            }
            for sign in [Sign::AtLeast, Sign::MoreThan, Sign::Equal] {
                prop_assert!(of(sign, low) <= of(sign, low + more));
            }
            for sign in [Sign::AtMost, Sign::LessThan] {
                prop_assert!(of(sign, low) >= of(sign, low + more));
            }
        }
    }
}
