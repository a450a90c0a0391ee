//! What a form is, and the manners in which it prints amounts, dates and targets.

use serde::Deserialize;

use crate::paths;

/// What is filled in on a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormKind {
    /// 项目支出绩效目标申报
    #[default]
    Declaration,
    /// 项目支出绩效自评
    Evaluation,
    /// 部门整体支出绩效目标
    Department,
}

impl FormKind {
    /// The paths that only forms of this kind show.
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            FormKind::Declaration => &[],
            FormKind::Evaluation => paths::EVALUATION,
            FormKind::Department => paths::DEPARTMENT,
        }
    }
}

/// The unit of a form's amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum AmountUnit {
    /// 元
    #[default]
    #[serde(rename = "元")]
    Yuan,
    /// 万元
    #[serde(rename = "万元")]
    Wan,
}

/// How a form prints amounts. The unit itself stands in the form's labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountStyle {
    /// What they are in.
    #[serde(default)]
    pub unit: AmountUnit,
    /// The fewest decimals; an amount that needs more has them, since a form never rounds.
    #[serde(default = "two")]
    pub decimals: u32,
    /// Whether thousands are set apart.
    #[serde(default = "yes")]
    pub grouping: bool,
}

impl Default for AmountStyle {
    fn default() -> AmountStyle {
        AmountStyle { unit: AmountUnit::Yuan, decimals: 2, grouping: true }
    }
}

/// How a form prints dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateStyle {
    /// `2024-01-01`
    #[default]
    Iso,
    /// `2024/1/1`
    Slash,
    /// 2024年1月1日
    Day,
    /// 2024年1月
    Month,
}

impl DateStyle {
    /// The format of texts that prints so.
    pub fn format(self) -> &'static str {
        match self {
            DateStyle::Iso => "iso",
            DateStyle::Slash => "slash",
            DateStyle::Day => "day",
            DateStyle::Month => "month",
        }
    }
}

/// How a form prints targets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetStyle {
    /// `≥90.00(%)`: the unit in brackets, two decimals at least.
    #[default]
    Brackets,
    /// `≥90%`: the number as it was typed, and the unit behind it.
    Plain,
}

/// What the limits of texts count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextCount {
    /// Characters, without spaces.
    #[default]
    Characters,
    /// Bytes, as a platform stores them: three for a Chinese character, one for a letter.
    Bytes,
}

impl TextCount {
    /// How much a character counts.
    pub fn of(self, ch: char) -> usize {
        match self {
            TextCount::Characters => usize::from(!ch.is_whitespace()),
            TextCount::Bytes => ch.len_utf8(),
        }
    }
}

fn two() -> u32 {
    2
}

fn yes() -> bool {
    true
}
