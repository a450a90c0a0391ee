//! What rules ask of an indicator: where it stands in the form's tree, and what its target says.

use rust_decimal::Decimal;

use super::Subject;
use super::number_in_words;
use crate::compute::ProjectLedger;
use crate::form::{Kind, Level1, Need, Profile};
use crate::lang::Lang;
use crate::model::{Figure, Indicator, Money, Project, Prose, Target, Text};
use crate::reading::target;
use crate::reading::words::indicators::{WORDS, ends_with, holds};
use crate::source::Span;

/// An indicator with its project and its place in the tree.
#[derive(Clone, Copy)]
pub struct Item<'s> {
    /// Whose it is.
    pub project: &'s Project,
    /// The project's amounts.
    pub ledger: &'s ProjectLedger,
    /// The form.
    pub profile: &'s Profile,
    /// 三级指标
    pub indicator: &'s Indicator,
    /// 一级指标
    pub level: &'s Level1,
    /// 二级指标
    pub kind: &'s Kind,
}

/// What a target measures.
#[derive(Clone)]
pub struct Measure<'s> {
    /// What the value is compared with.
    pub figure: Figure,
    /// The unit, in Chinese where it is there; empty when there is none.
    pub unit: String,
    /// The target as typed.
    pub prose: &'s Prose,
    /// Whether the figure stands in words (不低于80%).
    pub in_words: bool,
    /// Whether the sign is written, as a sign or in words that leave no doubt.
    pub sure: bool,
}

/// Every indicator of every project. One whose kind the tree does not have was reported when it was read.
pub fn items<'s>(subject: &Subject<'s>) -> impl Iterator<Item = Item<'s>> + use<'s> {
    let profile = subject.profile;
    let projects = subject.declaration.projects.iter().zip(&subject.ledger.projects);
    projects.flat_map(move |(project, ledger)| {
        project.printed_indicators().iter().filter_map(move |indicator| {
            let (first, second) = profile.kind(&indicator.kind.value)?;
            let level = profile.level1.get(first)?;
            Some(Item { project, ledger, profile, indicator, level, kind: level.kinds.get(second)? })
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

    /// What the target measures, as typed or as its words say it.
    pub fn measure(&self) -> Option<Measure<'s>> {
        let (lang, prose) = first(self.indicator.target.text())?;
        match &self.indicator.target {
            Target::Measured(measured) => Some(Measure {
                figure: measured.figure,
                unit: measured.unit.clone(),
                prose,
                in_words: false,
                sure: true,
            }),
            Target::Stated(_) => {
                let said = number_in_words::read(&prose.value, lang, self.profile)?.said?;
                let figure = Figure::One(said.sign, said.number);
                Some(Measure { figure, unit: said.unit, prose, in_words: true, sure: said.sure })
            }
        }
    }

    /// The target in words: the Chinese ones, where there are some.
    pub fn stated(&self) -> Option<(Lang, &'s Prose)> {
        match &self.indicator.target {
            Target::Stated(text) => first(text),
            Target::Measured(_) => None,
        }
    }

    /// Whether a target would still say the same in both languages with `written` in the first.
    pub fn agrees(&self, written: &str) -> bool {
        let text = self.indicator.target.text();
        let known = |unit: &str| self.profile.is_unit(unit);
        let figure = |text: &str| Some(target::read(text, &known)?.ok()?.figure);
        let english = text.exactly(Lang::En).filter(|_| text.exactly(Lang::Zh).is_some());
        english.and_then(|prose| figure(&prose.value)).is_none_or(|english| figure(written) == Some(english))
    }

    /// Whether it is a cost indicator; in forms before 2024 those stand under 产出指标.
    pub fn is_cost(&self) -> bool {
        self.kind.zh.contains("成本") || self.level.zh.contains("成本")
    }

    /// Whether the form asks for cost indicators.
    pub fn cost_is_asked(&self) -> bool {
        self.is_cost()
            && (self.level.zh.contains("成本") && self.level.need != Need::Optional
                || self.kind.need != Need::Optional)
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
            (Lang::Zh, name) => !ends_with(name, &WORDS.measure.except) && ends_with(name, &WORDS.measure.zh),
            (Lang::En, name) => {
                let name = name.to_lowercase();
                name.starts_with("number of ") || has_any(&name, &WORDS.measure.en)
            }
        }
    }

    /// Whether words only repeat the name or its end. A word of judgement says something by itself: 验收合格, 合格.
    pub fn repeats(&self, said: &str) -> bool {
        let (said, name) = (plain(said), plain(self.own_name().1));
        let noun = ["率", "度", "性", "数", "量"].iter().any(|end| said.ends_with(end));
        let tail = said.chars().count() > 1 && name.ends_with(&said) && (noun || !self.is_judgement(&said));
        !said.is_empty() && (said == name || tail)
    }

    /// Whether words are made of nothing but words that the form lists for targets.
    fn is_judgement(&self, said: &str) -> bool {
        let mut rest = said;
        while !rest.is_empty() {
            let words = self.profile.words.iter().flat_map(|word| [plain(&word.zh), plain(&word.en)]);
            let longest = words
                .filter(|word| !word.is_empty() && rest.starts_with(word.as_str()))
                .map(|word| word.len())
                .max();
            match longest.and_then(|len| rest.get(len..)) {
                Some(shorter) => rest = shorter,
                None => return false,
            }
        }
        true
    }

    /// Whether the name is of a point in time, and words give one: 完成时间, 年底前.
    pub fn is_moment(&self, said: &str) -> bool {
        ends_with(self.own_name().1, &WORDS.measure.moment) && holds(said, &WORDS.measure.time)
    }

    /// Whether the name is of a rate that can exceed 100 %.
    pub fn can_exceed(&self) -> bool {
        match self.own_name() {
            (Lang::Zh, name) => holds(name, &WORDS.beyond.zh),
            (Lang::En, name) => has_any(&name.to_lowercase(), &WORDS.beyond.en),
        }
    }
}

impl Measure<'_> {
    /// Whether the number is in a hundred.
    pub fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// The highest amount of money that meets the target, a unit of counting aside: `≤ 20 万元/人` is 200,000元.
    pub fn most_money(&self) -> Option<Money> {
        let (unit, _) = self.unit.split_once('/').unwrap_or((&self.unit, ""));
        let power = match unit.trim() {
            "元" | "CNY" | "yuan" => 1,
            "千元" => 1_000,
            "万元" | "万" => 10_000,
            "百万元" => 1_000_000,
            "亿元" => 100_000_000,
            _ => return None,
        };
        Money::from_yuan(self.figure.most()?.checked_mul(Decimal::from(power))?)
    }

    /// The place of the target without the spaces around it.
    pub fn span(&self) -> Span {
        trimmed(self.prose)
    }
}

/// The place of a text without the spaces around it.
pub fn trimmed(prose: &Prose) -> Span {
    let start = prose.value.len() - prose.value.trim_start().len();
    prose.place.at(start..start + prose.value.trim().len())
}

/// A text in Chinese, else in English.
fn first(text: &Text) -> Option<(Lang, &Prose)> {
    text.proses().next()
}

/// Whether a text of small letters has this word, whole.
pub fn has_word(text: &str, word: &str) -> bool {
    text.split(|ch: char| !ch.is_ascii_alphanumeric()).any(|own| own == word)
}

/// Whether a text of small letters has one of these words, whole.
pub fn has_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| has_word(text, word))
}

/// A name without spaces, punctuation and case, for comparing.
pub fn plain(name: &str) -> String {
    name.chars().filter(|ch| ch.is_alphanumeric() || *ch == '%').flat_map(char::to_lowercase).collect()
}
