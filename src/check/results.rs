//! What rules on the self-evaluation look at.

use super::Subject;
use crate::compute::{Evaluation, Scored};
use crate::form::{Evaluation as Scheme, Profile};
use crate::model::{Indicator, IndicatorOutcome, Outcome, Project};

/// A project that has results.
#[derive(Clone, Copy)]
pub struct Results<'s> {
    /// The project.
    pub project: &'s Project,
    /// What became of it.
    pub outcome: &'s Outcome,
    /// Its scores.
    pub evaluation: &'s Evaluation,
    /// The form of the evaluation.
    pub profile: &'s Profile,
    /// How that is scored.
    pub scheme: &'s Scheme,
}

/// Every project that has results.
pub fn results<'s>(subject: &Subject<'s>) -> impl Iterator<Item = Results<'s>> + use<'s> {
    static NONE: Scheme = Scheme {
        execution: None,
        explain_below: None,
        bands: Vec::new(),
        grades: Vec::new(),
        text_most: None,
    };
    let projects = &subject.declaration.projects;
    subject.evaluation.into_iter().flat_map(move |evaluated| {
        let profile = &evaluated.profile;
        let scheme = profile.evaluation.as_ref().unwrap_or(&NONE);
        projects.iter().zip(&evaluated.projects).filter_map(move |(project, evaluation)| {
            let (outcome, evaluation) = project.outcome.as_ref().zip(evaluation.as_ref())?;
            Some(Results { project, outcome, evaluation, profile, scheme })
        })
    })
}

impl<'s> Results<'s> {
    /// The results of its indicators, each with the indicator and the score.
    pub fn indicators(self) -> impl Iterator<Item = (&'s IndicatorOutcome, &'s Indicator, &'s Scored)> {
        let all = self.outcome.indicators.iter().zip(&self.evaluation.indicators);
        all.filter_map(move |(own, scored)| Some((own, self.project.indicators.get(own.index?)?, scored)))
    }
}
