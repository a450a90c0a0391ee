//! How a form of self-evaluations is scored.

use serde::Deserialize;

use crate::lang::Words;
use crate::model::Grade;

/// How a self-evaluation is scored. What is left out is not scored.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The weight of the execution of the budget; without it the form has no scores.
    pub execution: Option<u32>,
    /// The execution rate, in a hundred, below which a reason is asked for.
    pub explain_below: Option<u32>,
    /// The grades of what is stated in words.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// The grades of the whole, best first.
    #[serde(default)]
    pub grades: Vec<TotalGrade>,
    /// The most characters of its texts.
    pub text_most: Option<usize>,
}

/// A grade of what is stated in words, and the share of the weight that it gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// By which results name it.
    pub grade: Grade,
    /// What it is called.
    pub name: Words,
    /// The least share, in a hundred.
    pub least: u32,
    /// The most.
    pub most: u32,
}

/// A grade of the whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalGrade {
    /// What it is called.
    pub name: Words,
    /// The least score.
    pub least: u32,
}
