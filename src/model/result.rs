//! What became of a project, for the self-evaluation a year later: `results/N-id.toml`.

use rust_decimal::Decimal;

use super::{Placed, PlacedAmount, Target, Text};
use crate::source::Span;

/// The results of a project.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The head of its file.
    pub span: Span,
    /// 预算执行 by source of funds, in the order of the file.
    pub spending: Vec<Spending>,
    /// What the unit says of the execution of the budget.
    pub execution: Execution,
    /// 实际完成情况 of the goal.
    pub achieved: Option<Text>,
    /// 项目实施内容及过程概述
    pub process: Option<Text>,
    /// 评价结论
    pub conclusion: Option<Text>,
    /// 存在问题
    pub problems: Option<Text>,
    /// 改进措施
    pub measures: Option<Text>,
    /// What became of the indicators.
    pub indicators: Vec<IndicatorOutcome>,
}

impl Outcome {
    /// Its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let own = [&self.achieved, &self.process, &self.conclusion, &self.problems, &self.measures];
        let of_indicators = self.indicators.iter().flat_map(|own| [&own.actual, &own.reason]);
        own.into_iter().chain([&self.execution.reason]).chain(of_indicators).flatten()
    }
}

/// The funds of one source, from the budget to what was spent.
#[derive(Debug, Clone)]
pub struct Spending {
    /// The id of the source in the form of the evaluation.
    pub source: Placed<String>,
    /// 年初预算数, where it is not the declaration's.
    pub start: Option<PlacedAmount>,
    /// 全年预算数; as at the start when it is left out.
    pub adjusted: Option<PlacedAmount>,
    /// 全年执行数; `None` until it is known.
    pub spent: Option<PlacedAmount>,
}

/// What is said of the execution of the budget.
#[derive(Debug, Clone, Default)]
pub struct Execution {
    /// Why it is as it is.
    pub reason: Option<Text>,
    /// Its score, where it is not the computed one.
    pub score: Option<Placed<Decimal>>,
}

/// What became of an indicator.
#[derive(Debug, Clone)]
pub struct IndicatorOutcome {
    /// Its name in the project, where it stands.
    pub name: Text,
    /// Its place among the project's indicators; `None` for one that the project does not have.
    pub index: Option<usize>,
    /// Its target when the results were begun.
    pub target: Option<Target>,
    /// Its weight, where the declaration gives none.
    pub weight: Option<Placed<Decimal>>,
    /// 实际完成值, as written.
    pub actual: Option<Text>,
    /// The grade of what is stated in words.
    pub grade: Option<Placed<Grade>>,
    /// How much of its weight it gets, in a hundred.
    pub share: Option<Placed<Decimal>>,
    /// Its score, where it is not the computed one.
    pub score: Option<Placed<Decimal>>,
    /// 偏差原因分析及改进措施
    pub reason: Option<Text>,
}

/// How far an indicator in words was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// 达成预期指标
    Met,
    /// 部分达成预期指标并具有一定效果
    Partly,
    /// 未达成预期指标且效果较差
    Not,
}
