//! What a new declaration says before anybody has written it.

/// An indicator to begin with.
pub(super) struct Example {
    pub zh: &'static str,
    pub en: &'static str,
    pub target: &'static str,
}

/// The text of each section, in Chinese and English.
pub(super) const SECTIONS: [(&str, (&str, &str)); 6] = [
    (
        "overview",
        (
            "本项目内容为{{name}}，包括{{cost.names}}。\n{{year}}年预算合计{{annual}}。",
            "The project pays for {{cost.names}}.\nIts budget for {{year}} is {{annual}}.",
        ),
    ),
    (
        "basis",
        (
            "本项目依据《中华人民共和国预算法》和本单位职责设立。",
            "The project is based on the Budget Law of the People’s Republic of China and on the duties of the unit.",
        ),
    ),
    (
        "body",
        (
            "{{unit.name}}组织实施本项目，对资金使用和实施效果负责。",
            "{{unit.name}} carries out the project, and answers for the use of its money and for its results.",
        ),
    ),
    (
        "plan",
        (
            "本项目按以下步骤实施：\n（1）年初制定方案，明确任务和时间；\n（2）按方案组织会议，每季度检查一次进度；\n（3）年末总结，对照绩效目标自评。",
            "The project is carried out in these steps:\n(1) a plan at the beginning of the year, with tasks and times;\n(2) meetings as planned, with a look at the progress each quarter;\n(3) a review at the end of the year against the performance targets.",
        ),
    ),
    ("period", ("本项目的实施周期为{{period}}。", "The project runs from {{period}}.")),
    (
        "budget",
        (
            "{{year}}年申请{{annual}}，由以下费用组成：\n\n{{cost.list}}",
            "The request for {{year}} is {{annual}}, made up of:\n\n{{cost.list}}",
        ),
    ),
];

/// An indicator of a kind, in words that fit the costs of the new project; none for kinds that few projects have.
pub(super) fn examples(kind: &str) -> Option<Example> {
    let (zh, en, target) = match kind {
        "经济成本指标" | "成本指标" => ("单次会议成本", "Cost of a meeting", "≤ 1.00 万元"),
        "数量指标" => ("会议次数", "Number of meetings", "≥ 4.00 次"),
        "质量指标" => ("计划任务完成率", "Rate of planned tasks completed", "= 100.00 %"),
        "时效指标" => ("会议按期召开率", "Rate of meetings held on time", "= 100.00 %"),
        "社会效益指标" => ("受益人数", "Number of people who benefit", "≥ 100.00 人"),
        "服务对象满意度指标" => {
            ("参会人员满意度", "Satisfaction of those who take part", "≥ 90.00 %")
        }
        _ => return None,
    };
    Some(Example { zh, en, target })
}
