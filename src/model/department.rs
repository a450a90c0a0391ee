//! 部门整体绩效目标: what a department declares as a whole, over its projects.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Earlier, Placed, PlacedAmount, Project, Text, Year};

/// `department.toml`
#[derive(Debug, Clone)]
pub struct Department {
    /// The form that it is written for.
    pub form: Placed<String>,
    /// The day by which its long-term goals are to be met.
    pub until: Option<Placed<Date>>,
    /// 年度主要任务
    pub tasks: Vec<Task>,
    /// 收入构成
    pub income: Vec<BudgetLine>,
    /// 支出构成
    pub outlay: Vec<BudgetLine>,
    /// Its goals, indicators, texts and signatures, read as those of a project. It has no costs of its own.
    pub own: Project,
}

/// 年度主要任务, whose amount is that of its projects and what is stated besides.
#[derive(Debug, Clone)]
pub struct Task {
    /// 任务名称
    pub name: Text,
    /// 主要内容
    pub content: Option<Text>,
    /// The ids of the projects that serve it.
    pub projects: Vec<Placed<String>>,
    /// What it takes besides its projects, such as running costs.
    pub amount: Option<PlacedAmount>,
    /// 其他资金 within that.
    pub other: Option<PlacedAmount>,
}

/// A line of 收入构成 or 支出构成.
#[derive(Debug, Clone)]
pub struct BudgetLine {
    /// Its kind as written.
    pub kind: Text,
    /// The form's id of the kind, where the form lists it.
    pub id: Option<String>,
    /// Of the declaration's year; computed where the form says so and this is left out.
    pub amount: Option<PlacedAmount>,
    /// Of earlier years.
    pub before: BTreeMap<Year, Earlier>,
}
