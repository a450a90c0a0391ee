//! A difference: a tree of what a declaration consists of, with only what changed.

use rust_decimal::Decimal;

use crate::lang::{Lang, Words, say};
use crate::model::{Money, Year};

/// What a change does to one declaration.
#[derive(Debug, Clone)]
pub struct Difference {
    /// What the unit states in all, before and after; `None` where a project could not be read.
    pub total: Option<Amount>,
    /// The declaration and below it everything that changed.
    pub root: Node,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.root.is_empty()
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The declaration.
    Declaration,
    /// 项目
    Project,
    /// 子项目
    Subproject,
    /// A cost line.
    Cost,
    /// 三级指标
    Indicator,
    /// A step of the implementation.
    Step,
    /// 资金来源
    Source,
    /// 预算执行 of one source.
    Spending,
    /// What became of an indicator.
    Result,
    /// The department as a whole.
    Department,
    /// 年度主要任务
    Task,
    /// A line of its income or outlay.
    BudgetLine,
}

/// What became of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is on both sides.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its file has errors on one side, so that it is not compared.
    Unread,
}

/// Where something went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// To another place in the order, both from 1.
    Place(usize, usize),
    /// From one parent into another.
    Parent(Words, Words),
}

/// A part of a declaration.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its name, the new one if it changed.
    pub name: Words,
    /// Whether it is a sub-project that states its sum itself, without costs.
    pub single: bool,
    /// What became of it.
    pub fate: Fate,
    /// Where it went.
    pub moved: Option<Move>,
    /// Amounts that changed.
    pub amounts: Vec<Amount>,
    /// Values that changed.
    pub fields: Vec<Field>,
    /// Texts that changed, or the values in them.
    pub texts: Vec<TextChange>,
    /// Texts that are now in one more language, or in one less.
    pub translations: Vec<Translation>,
    /// What it consists of.
    pub children: Vec<Node>,
}

impl Node {
    /// Something that is on both sides, with nothing changed yet.
    pub(super) fn new(what: What, id: Option<String>, name: Words) -> Node {
        Node {
            what,
            id,
            name,
            single: false,
            fate: Fate::Kept,
            moved: None,
            amounts: Vec::new(),
            fields: Vec::new(),
            texts: Vec::new(),
            translations: Vec::new(),
            children: Vec::new(),
        }
    }

    pub(super) fn with(mut self, fate: Fate) -> Node {
        self.fate = fate;
        self
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.fate == Fate::Kept
            && self.moved.is_none()
            && self.amounts.is_empty()
            && self.fields.is_empty()
            && self.texts.is_empty()
            && self.translations.is_empty()
            && self.children.is_empty()
    }

    /// Notes an amount if it changed.
    pub(super) fn amount(&mut self, sum: Sum, old: Option<Money>, new: Option<Money>) {
        if old != new {
            self.amounts.push(Amount { sum, old, new });
        }
    }

    /// Notes a value if it changed.
    pub(super) fn field(&mut self, label: Words, old: Option<Words>, new: Option<Words>) {
        if old != new {
            self.fields.push(Field { label, old, new, note: None });
        }
    }

    /// Adds what is below, if there is something to tell of it.
    pub(super) fn child(&mut self, node: Node) {
        if !node.is_empty() {
            self.children.push(node);
        }
    }

    /// The node and all below it.
    pub fn walk<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        visit(self);
        self.children.iter().for_each(|child| child.walk(visit));
    }
}

/// Which amount it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// What a cost, a sub-project, a project or all projects come to, over all years.
    Total,
    /// A project's total before rounding.
    Exact,
    /// 年度资金申请总额
    Annual,
    /// 财政资金
    Fiscal,
    /// 当年财政拨款
    Appropriation,
    /// 上年结转资金
    CarriedOver,
    /// 其他资金
    Other,
    /// 其他资金 of the declaration's year.
    OtherAnnual,
    /// What a department declares in all.
    Declared,
    /// The part of one year.
    Year(Year),
    /// 单价
    Price,
    /// What was approved for an earlier year.
    Approved(Year),
    /// 年初预算数
    Start,
    /// 全年预算数
    Adjusted,
    /// 全年执行数
    Spent,
    /// What was spent in an earlier year.
    Before(Year),
    /// An amount of an earlier year of which no more is said.
    Earlier(Year),
}

impl Sum {
    /// Its name.
    pub fn label(self) -> Words {
        match self {
            Sum::Total => say!("合计", "total"),
            Sum::Exact => say!("取整前合计", "exact sum"),
            Sum::Annual => say!("年度资金申请总额", "annual request"),
            Sum::Fiscal => say!("财政资金", "fiscal funds"),
            Sum::Appropriation => say!("当年财政拨款", "current-year appropriation"),
            Sum::CarriedOver => say!("上年结转资金", "carried over"),
            Sum::Other => say!("其他资金", "other funds"),
            Sum::OtherAnnual => say!("当年其他资金", "other funds of the year"),
            Sum::Declared => say!("申报总数", "declared in all"),
            Sum::Year(year) => say!("其中{year}年", "of {year}"),
            Sum::Earlier(year) => say!("{year}年", "{year}"),
            Sum::Price => say!("单价", "unit price"),
            Sum::Start => say!("年初预算数", "budget at the start"),
            Sum::Adjusted => say!("全年预算数", "budget of the year"),
            Sum::Spent => say!("全年执行数", "spent in the year"),
            Sum::Approved(year) => say!("{year}年安排", "approved for {year}"),
            Sum::Before(year) => say!("{year}年已支出", "spent in {year}"),
        }
    }

    /// Its key in JSON.
    pub fn key(self) -> String {
        match self {
            Sum::Total => "total".to_owned(),
            Sum::Exact => "exact".to_owned(),
            Sum::Annual => "annual".to_owned(),
            Sum::Fiscal => "fiscal".to_owned(),
            Sum::Appropriation => "appropriation".to_owned(),
            Sum::CarriedOver => "carried_over".to_owned(),
            Sum::Other => "other".to_owned(),
            Sum::OtherAnnual => "other_annual".to_owned(),
            Sum::Declared => "declared".to_owned(),
            Sum::Year(year) => format!("year.{year}"),
            Sum::Earlier(year) => format!("earlier.{year}"),
            Sum::Price => "price".to_owned(),
            Sum::Start => "start".to_owned(),
            Sum::Adjusted => "adjusted".to_owned(),
            Sum::Spent => "spent".to_owned(),
            Sum::Approved(year) => format!("approved.{year}"),
            Sum::Before(year) => format!("before.{year}"),
        }
    }
}

/// An amount before and after; `None` on the side where there is no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Which amount it is.
    pub sum: Sum,
    /// Before.
    pub old: Option<Money>,
    /// After.
    pub new: Option<Money>,
}

impl Amount {
    fn sides(&self) -> (Money, Money) {
        (self.old.unwrap_or(Money::ZERO), self.new.unwrap_or(Money::ZERO))
    }

    /// How far the two are apart.
    pub fn apart(&self) -> Money {
        let (old, new) = self.sides();
        old.apart(new)
    }

    /// Whether it became more.
    pub fn is_more(&self) -> bool {
        let (old, new) = self.sides();
        new > old
    }

    /// The difference in a hundred of the old amount, with its sign, two decimals or as many as it takes; `None` when that was nothing.
    pub fn percent(&self) -> Option<Decimal> {
        let (old, new) = (self.old?, self.new?);
        let change = new.yuan().checked_sub(old.yuan())?;
        let percent = change.checked_div(old.yuan())?.checked_mul(Decimal::ONE_HUNDRED)?;
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let rounded = (2..=8).map(|decimals| percent.round_dp_with_strategy(decimals, strategy));
        rounded
            .into_iter()
            .find(|rounded| !rounded.is_zero() || percent.is_zero())
            .map(|found| found.normalize())
    }
}

/// A value before and after; `None` where there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub label: Words,
    /// Before.
    pub old: Option<Words>,
    /// After.
    pub new: Option<Words>,
    /// What that means, in a word.
    pub note: Option<Words>,
}

/// A text that changed in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Which text it is.
    pub label: Words,
    /// In which language.
    pub lang: Lang,
    /// The sentences whose words changed; none when only values changed.
    pub sentences: Vec<Vec<Piece>>,
    /// Computed values that changed in it.
    pub values: Vec<ValueChange>,
}

/// Some characters of a changed sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// On both sides.
    Same(String),
    /// Only before.
    Old(String),
    /// Only after.
    New(String),
}

/// A computed value whose placeholder is on both sides and prints something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChange {
    /// The placeholder, without its braces.
    pub path: String,
    /// What it printed.
    pub old: String,
    /// What it prints.
    pub new: String,
}

/// A text that got a language, or lost one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The language.
    pub lang: Lang,
    /// Which text it is.
    pub label: Words,
    /// Whether it was added.
    pub added: bool,
}
