//! What each key of the format takes: one table that the formatter and the schemas are made from.

mod tables;

pub(super) use tables::*;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The id of a form.
    Form,
    /// A year from 2000 to 2099.
    Year,
    /// A list of languages.
    Languages,
    /// A list of the parts that are printed.
    Print,
    /// A date from 2000 to 2099.
    Date,
    /// An amount.
    Amount,
    /// An amount, or amounts by year.
    Yearly,
    /// Amounts by year, each approved, spent or both.
    Earlier,
    /// Texts by year.
    YearTexts,
    /// A text that is printed as it stands.
    Text,
    /// A text of paragraphs, with computed values.
    Prose,
    /// A text that the form lists under this name.
    Listed(&'static str),
    /// 资金来源, one that the form lists.
    Source,
    /// The term of an indicator.
    Term,
    /// Yes or no.
    Switch,
    /// The id of a form of evaluations.
    EvaluationForm,
    /// 资金来源 of an evaluation.
    SpendingSource,
    /// The grade of what is stated in words.
    Grade,
    /// A score or share from 0 on, at most this.
    Score(u32),
    /// 指标值
    Target,
    /// A string that is not empty.
    String,
    /// An id.
    Id,
    /// A whole number from 1 on.
    Count,
    /// A decimal number above 0, at most this.
    Decimal(u32),
    /// 二级指标
    Kind,
    /// The sections of the narrative.
    Sections,
    /// The id of a form of departments.
    DepartmentForm,
    /// A line of a department's income.
    IncomeLine,
    /// A line of its outlay.
    OutlayLine,
    /// The ids of projects.
    Ids,
    /// A table.
    One(Table),
    /// A repeated table, at least one item of which is there.
    Many(Table),
}

/// A table of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Table {
    Declaration,
    Agency,
    Overview,
    Declared,
    Accept,
    Project,
    Funding,
    Source,
    Subproject,
    Cost,
    Goal,
    Indicator,
    Schedule,
    SignOff,
    Outcome,
    Spending,
    Execution,
    IndicatorOutcome,
    Department,
    Task,
    Income,
    Outlay,
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub takes: Type,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether it has to be there where the form is printed.
    pub of_form: bool,
    /// What it means, in Chinese.
    pub zh: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

impl Table {
    /// Every table.
    pub const ALL: [Table; 22] = [
        Table::Declaration,
        Table::Agency,
        Table::Overview,
        Table::Declared,
        Table::Accept,
        Table::Project,
        Table::Funding,
        Table::Source,
        Table::Subproject,
        Table::Cost,
        Table::Goal,
        Table::Indicator,
        Table::Schedule,
        Table::SignOff,
        Table::Outcome,
        Table::Spending,
        Table::Execution,
        Table::IndicatorOutcome,
        Table::Department,
        Table::Task,
        Table::Income,
        Table::Outlay,
    ];

    /// Its keys, in the order of the format.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Table::Declaration => DECLARATION,
            Table::Agency => AGENCY,
            Table::Overview => OVERVIEW,
            Table::Declared => DECLARED,
            Table::Accept => ACCEPT,
            Table::Project => PROJECT,
            Table::Funding => FUNDING,
            Table::Source => SOURCE,
            Table::Subproject => SUBPROJECT,
            Table::Cost => COST,
            Table::Goal => GOAL,
            Table::Indicator => INDICATOR,
            Table::Schedule => SCHEDULE,
            Table::SignOff => SIGN_OFF,
            Table::Outcome => OUTCOME,
            Table::Spending => SPENDING,
            Table::Execution => EXECUTION,
            Table::IndicatorOutcome => INDICATOR_OUTCOME,
            Table::Department => DEPARTMENT,
            Table::Task => TASK,
            Table::Income => INCOME,
            Table::Outlay => OUTLAY,
        }
    }

    /// What a key of it takes; `None` for a key that it does not have.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }
}
