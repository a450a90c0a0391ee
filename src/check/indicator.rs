//! What rules ask of an indicator: where it stands in the form's tree, and what its target says.

use rust_decimal::Decimal;

use super::Subject;
use crate::compute::ProjectLedger;
use crate::form::{Kind, Level1};
use crate::lang::Lang;
use crate::model::{Indicator, Money, Project, Prose, Sign, Target, Text};

/// An indicator with its project and its place in the tree.
#[derive(Clone, Copy)]
pub struct Item<'s> {
    /// Whose it is.
    pub project: &'s Project,
    /// The project's amounts.
    pub ledger: &'s ProjectLedger,
    /// 三级指标
    pub indicator: &'s Indicator,
    /// 一级指标
    pub level: &'s Level1,
    /// 二级指标
    pub kind: &'s Kind,
}

/// A target of sign, number and unit.
#[derive(Clone, Copy)]
pub struct Measure<'s> {
    /// The sign.
    pub sign: Sign,
    /// The number.
    pub number: Decimal,
    /// The unit, in Chinese where it is there; empty when there is none.
    pub unit: &'s str,
    /// The target as typed.
    pub prose: &'s Prose,
}

/// Every indicator of every project. One whose kind the tree does not have was reported when it was read.
pub fn items<'s>(subject: &Subject<'s>) -> impl Iterator<Item = Item<'s>> + use<'s> {
    let profile = subject.profile;
    let projects = subject.declaration.projects.iter().zip(&subject.ledger.projects);
    projects.flat_map(move |(project, ledger)| {
        project.indicators.iter().filter_map(move |indicator| {
            let (first, second) = profile.kind(&indicator.kind.value)?;
            let level = profile.level1.get(first)?;
            Some(Item { project, ledger, indicator, level, kind: level.kinds.get(second)? })
        })
    })
}

impl<'s> Item<'s> {
    /// The name in a language, or in the other.
    pub fn name(&self, lang: Lang) -> &'s str {
        self.indicator.name.str(lang).trim()
    }

    /// The name that rules read: the Chinese one, where there is one.
    pub fn own_name(&self) -> (Lang, &'s str) {
        first(&self.indicator.name).map_or((Lang::Zh, ""), |(lang, prose)| (lang, prose.value.trim()))
    }

    /// The target in sign, number and unit.
    pub fn measure(&self) -> Option<Measure<'s>> {
        match &self.indicator.target {
            Target::Measured { sign, number, unit, text } => {
                let (_, prose) = first(text)?;
                Some(Measure { sign: *sign, number: *number, unit, prose })
            }
            Target::Stated(_) => None,
        }
    }

    /// The target in words: the Chinese ones, where there are some.
    pub fn stated(&self) -> Option<(Lang, &'s Prose)> {
        match &self.indicator.target {
            Target::Stated(text) => first(text),
            Target::Measured { .. } => None,
        }
    }

    /// Whether it is a cost indicator; in forms before 2024 those stand under 产出指标.
    pub fn is_cost(&self) -> bool {
        self.kind.zh.contains("成本") || self.level.zh.contains("成本")
    }

    /// Whether it is a benefit indicator.
    pub fn is_benefit(&self) -> bool {
        self.level.zh.contains("效益")
    }

    /// Whether it is a satisfaction indicator.
    pub fn is_satisfaction(&self) -> bool {
        self.level.zh.contains("满意") || self.kind.zh.contains("满意")
    }

    /// Whether it counts what the project puts out.
    pub fn is_quantity(&self) -> bool {
        self.kind.zh.contains("数量")
    }

    /// Whether the target can be one that the name measures by a number, such as 及时率 or 巡检次数.
    pub fn is_measure(&self) -> bool {
        match self.own_name() {
            (Lang::Zh, name) => {
                !NO_MEASURES.iter().any(|end| name.ends_with(end))
                    && MEASURES.iter().any(|end| name.ends_with(end))
            }
            (Lang::En, name) => {
                let name = name.to_lowercase();
                name.starts_with("number of ") || MEASURES_EN.iter().any(|word| has_word(&name, word))
            }
        }
    }
}

impl Measure<'_> {
    /// Whether the number is in a hundred.
    pub fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// The amount of money that the target states, a unit of counting aside: `≤ 20 万元/人` is 200,000元.
    pub fn money(&self) -> Option<Money> {
        let (unit, _) = self.unit.split_once('/').unwrap_or((self.unit, ""));
        let power = match unit.trim() {
            "元" | "CNY" | "yuan" => 1,
            "千元" => 1_000,
            "万元" | "万" => 10_000,
            "百万元" => 1_000_000,
            "亿元" => 100_000_000,
            _ => return None,
        };
        Money::from_yuan(self.number.checked_mul(Decimal::from(power))?)
    }
}

/// A text in Chinese, else in English.
fn first(text: &Text) -> Option<(Lang, &Prose)> {
    text.proses().next()
}

/// How the names of indicators end that only a number can answer.
const MEASURES: &[&str] = &[
    "率", "比例", "比重", "占比", "数", "数量", "次数", "人数", "户数", "天数", "人次", "面积", "金额",
    "时间", "时长", "时限", "里程", "长度", "总量", "增速", "增幅", "场次",
];

/// The same endings in words that no number answers.
const NO_MEASURES: &[&str] = &["效率", "参数", "多数", "少数", "表率", "代数", "质数"];

const MEASURES_EN: &[&str] = &["rate", "ratio", "percentage", "proportion", "share", "area"];

/// Whether a text of small letters has this word, whole.
pub fn has_word(text: &str, word: &str) -> bool {
    text.split(|ch: char| !ch.is_ascii_alphanumeric()).any(|own| own == word)
}

/// A name without spaces, punctuation and case, for comparing.
pub fn plain(name: &str) -> String {
    name.chars().filter(|ch| ch.is_alphanumeric() || *ch == '%').flat_map(char::to_lowercase).collect()
}
