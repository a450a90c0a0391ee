//! What a new declaration says before anybody has written it.

use crate::model::Money;

/// A sentence in both languages.
pub(super) struct Line {
    pub zh: &'static str,
    pub en: &'static str,
    /// Whether it tells of one unit's work, so that it has to be replaced.
    pub invented: bool,
}

/// What is right for every unit, by its values or by its words.
const fn general(zh: &'static str, en: &'static str) -> Line {
    Line { zh, en, invented: false }
}

const fn invented(zh: &'static str, en: &'static str) -> Line {
    Line { zh, en, invented: true }
}

/// A cost to begin with.
pub(super) struct ExampleCost {
    pub zh: &'static str,
    pub en: &'static str,
    pub sum: ExampleSum,
}

/// How its amount comes about.
pub(super) enum ExampleSum {
    /// Quantity, unit, price.
    Product(u32, &'static str, &'static str),
    Stated(&'static str),
}

impl ExampleCost {
    pub fn amount(&self) -> Option<Money> {
        match self.sum {
            ExampleSum::Product(quantity, _, price) => Money::parse(price).ok()?.times(quantity.into()),
            ExampleSum::Stated(amount) => Money::parse(amount).ok(),
        }
    }
}

/// The costs of a new project, all invented.
pub(super) const COSTS: [ExampleCost; 2] = [
    ExampleCost { zh: "会议费", en: "Meetings", sum: ExampleSum::Product(4, "次", "1万元") },
    ExampleCost { zh: "资料印制费", en: "Printing", sum: ExampleSum::Stated("2万元") },
];

/// The goal of a new project.
pub(super) const GOAL: Line = invented(
    "按计划完成各项工作，资金使用合规，参加人员满意。",
    "All work is done as planned, the money is used as the rules say, and those who take part are satisfied.",
);

/// A section that the program has no words for.
pub(super) const ANNEXED: Line = invented("{{name}}的有关情况见附件。", "Details of {{name}} are annexed.");

/// An indicator to begin with.
#[derive(Clone, Copy)]
pub(super) struct Example {
    pub zh: &'static str,
    pub en: &'static str,
    pub target: &'static str,
    /// Whether it tells of one unit's work, so that it has to be replaced.
    pub invented: bool,
}

/// The text of each section, sentence by sentence.
pub(super) const SECTIONS: [(&str, &[Line]); 6] = [
    (
        "overview",
        &[
            general("本项目内容为{{name}}，包括{{cost.names}}。", "The project pays for {{cost.names}}."),
            general("{{year}}年预算合计{{annual}}。", "Its budget for {{year}} is {{annual}}."),
        ],
    ),
    (
        "basis",
        &[invented(
            "本项目依据《中华人民共和国预算法》和本单位职责设立。",
            "The project is based on the Budget Law of the People’s Republic of China and on the duties of the unit.",
        )],
    ),
    (
        "body",
        &[general(
            "{{unit.name}}组织实施本项目，对资金使用和实施效果负责。",
            "{{unit.name}} carries out the project, and answers for the use of its money and for its results.",
        )],
    ),
    (
        "plan",
        &[
            general("本项目按以下步骤实施：", "The project is carried out in these steps:"),
            invented(
                "（1）年初制定方案，明确任务和时间；",
                "(1) a plan at the beginning of the year, with tasks and times;",
            ),
            invented(
                "（2）按方案组织会议，每季度检查一次进度；",
                "(2) meetings as planned, with a look at the progress each quarter;",
            ),
            invented(
                "（3）年末总结，对照绩效目标自评。",
                "(3) a review at the end of the year against the performance targets.",
            ),
        ],
    ),
    ("period", &[general("本项目的实施周期为{{period}}。", "The project runs from {{period}}.")]),
    (
        "budget",
        &[general(
            "{{year}}年申请{{annual}}，由以下费用组成：\n\n{{cost.list}}",
            "The request for {{year}} is {{annual}}, made up of:\n\n{{cost.list}}",
        )],
    ),
];

/// Every sentence that has to be replaced.
pub(super) fn invented_lines() -> impl Iterator<Item = &'static Line> {
    let lines = SECTIONS.iter().flat_map(|(_, lines)| lines.iter());
    lines.chain([&GOAL, &ANNEXED]).filter(|line| line.invented)
}

/// An indicator of a kind, in words that fit the costs of the new project; none for kinds that few projects have.
pub(super) fn examples(kind: &str) -> Option<Example> {
    let (zh, en, target) = match kind {
        "经济成本指标" | "成本指标" => ("单次会议成本", "Cost of a meeting", "≤ 1.00 万元"),
        "数量指标" => ("会议次数", "Number of meetings", "≥ 4.00 次"),
        "质量指标" => return Some(GENERAL),
        "时效指标" => ("会议按期召开率", "Rate of meetings held on time", "= 100.00 %"),
        "社会效益指标" => ("受益人数", "Number of people who benefit", "≥ 100.00 人"),
        "服务对象满意度指标" => {
            ("参会人员满意度", "Satisfaction of those who take part", "≥ 90.00 %")
        }
        _ => return None,
    };
    Some(Example { zh, en, target, invented: true })
}

/// What every project can be held to.
pub(super) const GENERAL: Example = Example {
    zh: "计划任务完成率",
    en: "Rate of planned tasks completed",
    target: "= 100.00 %",
    invented: false,
};
