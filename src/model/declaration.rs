//! The parts of a declaration, as they stand in its files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Department, Id, Money, Outcome, Period, PeriodPlace, Placed, Target, Text, Year};
use crate::lang::Lang;
use crate::source::Span;

/// A whole declaration: `declaration.toml` and the files in `projects/`.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The folder.
    pub folder: PathBuf,
    /// The name of the form profile.
    pub form: String,
    /// The form of the self-evaluation, once that is begun.
    pub evaluation: Option<Placed<String>>,
    /// The budget year.
    pub year: Year,
    /// Where the year stands.
    pub year_place: Span,
    /// What is printed, in this order; never empty.
    pub languages: Vec<Lang>,
    /// What is printed of a project that does not say so itself.
    pub print: Print,
    /// The date of the document.
    pub date: Date,
    /// Project totals are rounded to a multiple of this; `None` leaves them exact to the 分.
    pub round_to: Option<PlacedAmount>,
    /// The document's title, when the profile's does not serve.
    pub title: Option<Text>,
    /// 申报单位
    pub unit: Agency,
    /// 主管部门
    pub department: Agency,
    /// 绩效目标设置情况
    pub overview: Overview,
    /// The projects in the order of their numbers; never empty.
    pub projects: Vec<Project>,
    /// 部门整体绩效目标, once that is begun.
    pub of_department: Option<Box<Department>>,
    /// Findings that are meant to stay.
    pub accept: Vec<Acceptance>,
}

/// A finding of the checker that the unit has looked at and keeps, with its reason.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// The finding's code, as written.
    pub code: Placed<String>,
    /// The project's id, or `declaration`, and where needed an excerpt of the line: `portal: 约80万元`.
    pub place: Placed<String>,
    /// Why it stays.
    pub reason: Placed<String>,
}

/// A unit or department.
#[derive(Debug, Clone)]
pub struct Agency {
    /// Its name.
    pub name: Text,
    /// Its code in the budget platform.
    pub code: Option<String>,
    /// 单位职能概述, for forms that show it.
    pub functions: Option<Text>,
}

/// 绩效目标设置情况
#[derive(Debug, Clone)]
pub struct Overview {
    /// How many budget units the declaration covers.
    pub budget_units: u32,
    /// The paragraph.
    pub text: Option<Text>,
    /// The whole that a department states when it prints only some of its projects.
    pub declared: Option<Declared>,
}

/// What a department states of all its projects.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// How many projects there are.
    pub projects: Placed<u32>,
    /// Their amount in the declaration's year.
    pub amount: PlacedAmount,
}

/// An amount and where it stands.
pub type PlacedAmount = Placed<Money>;

/// A project.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its place, from its file's name.
    pub number: u32,
    /// Its id, from its file's name.
    pub id: Id,
    /// The head of its file, for findings about the project as a whole.
    pub span: Span,
    /// 项目名称
    pub name: Text,
    /// Its code in the budget platform.
    pub code: Option<String>,
    /// What of it is printed.
    pub print: Print,
    /// 实施单位, when it is not the declaration's.
    pub unit: Option<Agency>,
    /// The heading of its statement, when the form's does not serve.
    pub heading: Option<Text>,
    /// 项目性质; always given where the form is printed.
    pub nature: Option<Text>,
    /// 项目类别; always given where the form is printed.
    pub category: Option<Text>,
    /// 项目属性: new or continuing, for forms that ask for it.
    pub attribute: Option<Text>,
    /// 项目类型, for forms that ask for it.
    pub project_type: Option<Text>,
    /// Who answers for it, for forms that ask for them.
    pub people: People,
    /// 计划开始日期, 计划完成日期
    pub period: Period,
    /// Where these two stand.
    pub period_place: PeriodPlace,
    /// 资金来源
    pub funding: Funding,
    /// What the project itself costs; empty when it has sub-projects.
    pub costs: Vec<Cost>,
    /// 子项目
    pub subprojects: Vec<Subproject>,
    /// The sections of the narrative in the order of the form profile.
    pub narrative: Vec<NarrativeSection>,
    /// 项目绩效目标; always given where the form is printed.
    pub goals: Option<Goals>,
    /// 绩效指标
    pub indicators: Vec<Indicator>,
    /// 实施进度, for forms that show it.
    pub schedule: Vec<Schedule>,
    /// 填报人, for forms that show it.
    pub sign_off: Option<SignOff>,
    /// What became of it, once its results are written.
    pub outcome: Option<Outcome>,
}

impl Project {
    /// 实施单位: its own, or the declaration's.
    pub fn unit<'p>(&'p self, declaration: &'p Declaration) -> &'p Agency {
        self.unit.as_ref().unwrap_or(&declaration.unit)
    }

    /// 项目性质 and 项目类别, when they are printed.
    pub fn printed_kinds(&self) -> impl Iterator<Item = &Text> {
        self.nature.iter().chain(&self.category).filter(|_| self.print.form)
    }

    /// Further short texts that a form may print of it.
    pub fn form_texts(&self) -> impl Iterator<Item = &Text> {
        let own = [
            &self.attribute,
            &self.project_type,
            &self.people.leader,
            &self.people.contact,
            &self.funding.class,
        ];
        own.into_iter().flatten().filter(|_| self.print.form)
    }

    /// The heading of its own, when it is printed.
    pub fn printed_heading(&self) -> Option<&Text> {
        self.heading.as_ref().filter(|_| self.print.narrative)
    }

    /// The texts of its narrative that are printed.
    pub fn printed_sections(&self) -> &[NarrativeSection] {
        if self.print.narrative { &self.narrative } else { &[] }
    }

    /// Its goals, when they are printed.
    pub fn printed_goals(&self) -> Option<&Goals> {
        self.goals.as_ref().filter(|_| self.print.form)
    }

    /// Its indicators, when they are printed.
    pub fn printed_indicators(&self) -> &[Indicator] {
        if self.print.form { &self.indicators } else { &[] }
    }
}

/// Which parts of a project are printed: at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// 项目经费情况说明
    pub narrative: bool,
    /// The form.
    pub form: bool,
}

impl Print {
    /// Both.
    pub const ALL: Print = Print { narrative: true, form: true };
}

/// The persons that a form names. They are left out of what is published.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// 项目负责人
    pub leader: Option<Text>,
    /// 项目负责人的联系电话
    pub leader_phone: Option<String>,
    /// 绩效管理联络员
    pub contact: Option<Text>,
    /// 联络员的电话
    pub contact_phone: Option<String>,
}

/// What is known of the sources of a project's funds; the rest is computed.
#[derive(Debug, Clone, Default)]
pub struct Funding {
    /// 上年结转资金, of the declaration's year; none when it is left out.
    pub carried_over: Option<PlacedAmount>,
    /// 其他资金; none when it is left out. Where `sources` name other funds, it is their sum and left out here.
    pub other: Option<YearlyAmount>,
    /// 财政资金科目代码
    pub subject: Option<String>,
    /// 财政资金预算分类
    pub class: Option<Text>,
    /// The funds by kind, for forms that list them.
    pub sources: Vec<FundingSource>,
}

impl Funding {
    /// The sources of funds that are not fiscal.
    pub fn other_sources(&self) -> impl Iterator<Item = &FundingSource> {
        self.sources.iter().filter(|source| !source.is_fiscal)
    }
}

/// A source of funds.
#[derive(Debug, Clone)]
pub struct FundingSource {
    /// Its kind as written: a name that the form lists.
    pub kind: Text,
    /// The form's id of the kind, where the form lists it.
    pub id: Option<String>,
    /// Whether it is part of 财政资金.
    pub is_fiscal: bool,
    /// What it gives.
    pub amount: YearlyAmount,
    /// What it gave in earlier years.
    pub before: BTreeMap<Year, Earlier>,
}

/// An amount of an earlier year: approved, spent, or both. One that is written alone was spent.
#[derive(Debug, Clone, Copy)]
pub struct Earlier {
    /// 预算安排
    pub approved: Option<PlacedAmount>,
    /// 实际执行
    pub spent: Option<PlacedAmount>,
}

impl Earlier {
    /// Those that are given.
    pub fn amounts(&self) -> impl Iterator<Item = PlacedAmount> {
        self.approved.into_iter().chain(self.spent)
    }
}

/// An amount of the declaration's year, one a year, or a whole of which only some years are known.
#[derive(Debug, Clone)]
pub enum YearlyAmount {
    /// Of the declaration's year.
    ThisYear(PlacedAmount),
    /// Of each year, ascending.
    ByYear(BTreeMap<Year, PlacedAmount>, Span),
    /// Of all years, and of those that are known, ascending; these are never more than the whole.
    Whole {
        /// Of all years.
        total: PlacedAmount,
        /// Of the years that are known.
        years: BTreeMap<Year, PlacedAmount>,
        /// Where all of it stands.
        span: Span,
    },
}

impl YearlyAmount {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            YearlyAmount::ThisYear(amount) => amount.span,
            YearlyAmount::ByYear(_, span) | YearlyAmount::Whole { span, .. } => *span,
        }
    }
}

/// 子项目
#[derive(Debug, Clone)]
pub struct Subproject {
    /// Its id.
    pub id: Placed<Id>,
    /// Its name.
    pub name: Text,
    /// Its own start, where it differs from the project's.
    pub start: Option<Placed<Date>>,
    /// Its own end, where it differs from the project's.
    pub end: Option<Placed<Date>>,
    /// What it costs; one cost with the sub-project's name when it states a sum.
    pub costs: Vec<Cost>,
    /// Whether it states its sum itself, without costs.
    pub single: bool,
}

/// A cost line.
#[derive(Debug, Clone)]
pub struct Cost {
    /// Its id, when a text or a share names it.
    pub id: Option<Placed<Id>>,
    /// Its name.
    pub name: Text,
    /// How its amount comes about.
    pub amount: CostBasis,
    /// 测算依据
    pub basis: Option<Text>,
    /// What was approved or spent in earlier years.
    pub before: BTreeMap<Year, Earlier>,
}

/// How the amount of a cost comes about.
#[derive(Debug, Clone)]
pub enum CostBasis {
    /// It is stated.
    Stated(YearlyAmount),
    /// 数量 × 单价
    Product {
        /// How many.
        quantity: Placed<Decimal>,
        /// Of what (家, 人, 次).
        unit: Option<Text>,
        /// 单价, for one of these.
        price: PlacedAmount,
    },
    /// A share of a sub-project or of another cost.
    Share {
        /// In a hundred.
        percent: Placed<Decimal>,
        /// The id of what it is a share of.
        of: Placed<String>,
    },
}

/// A section of the narrative.
#[derive(Debug, Clone)]
pub struct NarrativeSection {
    /// Its id in the form profile.
    pub id: String,
    /// What it says.
    pub text: Text,
}

/// 项目绩效目标
#[derive(Debug, Clone)]
pub struct Goals {
    /// 项目总目标
    pub overall: Text,
    /// 年度总体目标; the overall one when it is left out.
    pub annual: Option<Text>,
}

/// 三级指标
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Where its kind stands.
    pub kind: Placed<String>,
    /// Its name.
    pub name: Text,
    /// 指标值
    pub target: Target,
    /// 分值权重
    pub weight: Option<Placed<Decimal>>,
    /// 指标解释
    pub explanation: Option<Text>,
    /// 设定依据
    pub basis: Option<Text>,
    /// 数据来源
    pub source: Option<Text>,
    /// 评（扣）分标准
    pub scoring: Option<Text>,
    /// 备注
    pub note: Option<Text>,
    /// The term that it is set for.
    pub term: Term,
    /// The target of the whole term, where it differs from that of the year.
    pub overall: Option<Target>,
    /// What was reached in earlier years.
    pub before: BTreeMap<Year, Text>,
    /// 核心指标
    pub core: Option<bool>,
}

impl Indicator {
    /// What is said of it besides its name and its targets.
    pub fn remarks(&self) -> impl Iterator<Item = &Text> {
        let own = [&self.explanation, &self.basis, &self.source, &self.scoring, &self.note];
        own.into_iter().flatten().chain(self.before.values())
    }

    /// Whether it is set for the declaration's year.
    pub fn is_annual(&self) -> bool {
        self.term != Term::Overall
    }

    /// The target of the whole term, where it is set for that.
    pub fn overall_target(&self) -> Option<&Target> {
        match self.term {
            Term::Annual => self.overall.as_ref(),
            Term::Overall | Term::Both => Some(self.overall.as_ref().unwrap_or(&self.target)),
        }
    }
}

/// What an indicator is set for, for forms with indicators of two terms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Term {
    /// The declaration's year.
    #[default]
    Annual,
    /// The whole project: 中期 or 长期.
    Overall,
    /// Both, with one target.
    Both,
}

/// A step of the implementation.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// What is done.
    pub task: Text,
    /// From when to when.
    pub period: Period,
    /// Where these two stand.
    pub period_place: PeriodPlace,
    /// 备注
    pub note: Option<Text>,
}

/// Who filled the declaration in, for forms that show it.
#[derive(Debug, Clone)]
pub struct SignOff {
    /// 填报人
    pub preparer: Option<Text>,
    /// 审核人
    pub reviewer: Option<Text>,
    /// 单位负责人
    pub head: Option<Text>,
    /// 财务负责人
    pub finance: Option<Text>,
    /// 联系电话
    pub phone: Option<String>,
    /// 填报日期
    pub date: Option<Date>,
}
