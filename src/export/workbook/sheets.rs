//! The sheets with their columns, heads and notes.

use super::layout::{Column, Kind, List, Part, Sheet};

const fn open(
    id: &'static str,
    key: &'static str,
    kind: Kind,
    head: [&'static str; 2],
    note: [&'static str; 2],
) -> Column {
    Column { id, key, kind, open: true, english: false, head, note }
}

const fn english(id: &'static str, key: &'static str, kind: Kind, head: [&'static str; 2]) -> Column {
    let note = ["英文；不印英文的可以不填", "in English; empty where no English is printed"];
    Column { id, key, kind, open: true, english: true, head, note }
}

const fn locked(id: &'static str, kind: Kind, head: [&'static str; 2], note: [&'static str; 2]) -> Column {
    Column { id, key: "", kind, open: false, english: false, head, note }
}

const NONE: [&str; 2] = ["", ""];
const COMPUTED: [&str; 2] = ["由公式算出，不用填写", "computed by a formula"];

/// The sheets, in their order.
pub const SHEETS: [Sheet; 5] = [
    Sheet { part: Part::Projects, id: "projects", columns: PROJECTS, spare: 0, name: ["项目", "Projects"] },
    Sheet { part: Part::Costs, id: "costs", columns: COSTS, spare: 40, name: ["费用", "Costs"] },
    Sheet { part: Part::Goals, id: "goals", columns: GOALS, spare: 0, name: ["目标", "Goals"] },
    Sheet {
        part: Part::Indicators,
        id: "indicators",
        columns: INDICATORS,
        spare: 30,
        name: ["指标", "Indicators"],
    },
    Sheet { part: Part::Sections, id: "sections", columns: SECTIONS, spare: 0, name: ["正文", "Sections"] },
];

const PROJECTS: &[Column] = &[
    locked(
        "project",
        Kind::Text,
        ["项目编号", "Project id"],
        ["文件名里的编号", "the id in the file's name"],
    ),
    open("name", "name@zh", Kind::Text, ["项目名称", "Project"], ["全称，不超过表格一行为好", "in full"]),
    english("name_en", "name@en", Kind::Text, ["项目名称（英文）", "Project (English)"]),
    open(
        "code",
        "code",
        Kind::Text,
        ["项目代码", "Project code"],
        ["预算管理一体化系统里的代码，没有可以不填", "as in the budget platform, if any"],
    ),
    open(
        "nature",
        "nature@zh",
        Kind::List(List::Natures),
        ["项目性质", "Nature"],
        ["从列表里选", "choose from the list"],
    ),
    open(
        "category",
        "category@zh",
        Kind::List(List::Categories),
        ["项目类别", "Category"],
        ["从列表里选", "choose from the list"],
    ),
    open(
        "start",
        "start",
        Kind::Date,
        ["计划开始日期", "Planned start"],
        ["写成 2026-01-01", "as 2026-01-01"],
    ),
    open(
        "end",
        "end",
        Kind::Date,
        ["计划完成日期", "Planned completion"],
        ["写成 2026-12-31", "as 2026-12-31"],
    ),
    open(
        "carried_over",
        "funding.carried_over",
        Kind::Amount,
        ["上年结转资金（元）", "Carried over (CNY)"],
        ["没有就填 0 或不填", "0 or empty if there is none"],
    ),
    open(
        "other",
        "funding.other",
        Kind::Amount,
        ["其他资金（元）", "Other funds (CNY)"],
        ["财政资金由程序算出，这里只填其他资金", "fiscal funds are computed; only other funds are given"],
    ),
    locked("total", Kind::Amount, ["项目资金总额（元）", "Total funds (CNY)"], COMPUTED),
];

const COSTS: &[Column] = &[
    open(
        "project",
        "",
        Kind::List(List::Projects),
        ["项目编号", "Project id"],
        ["新增的费用，从列表里选它所属的项目", "of an added cost, choose its project from the list"],
    ),
    open(
        "subproject",
        "",
        Kind::Text,
        ["子项目编号", "Sub-project id"],
        [
            "新增的费用属于哪个子项目，照抄它的编号；没有子项目的不填",
            "of an added cost, the id of its sub-project, if any",
        ],
    ),
    locked("subproject_name", Kind::Text, ["子项目", "Sub-project"], NONE),
    open(
        "name",
        "name@zh",
        Kind::Text,
        ["费用名称", "Cost"],
        ["清空这一行的名称，就是删除这项费用", "to remove a cost, clear its name"],
    ),
    english("name_en", "name@en", Kind::Text, ["费用名称（英文）", "Cost (English)"]),
    open(
        "quantity",
        "quantity",
        Kind::Number,
        ["数量", "Quantity"],
        ["有单价时填", "where there is a price"],
    ),
    open(
        "unit",
        "unit@zh",
        Kind::List(List::Units),
        ["单位", "Unit"],
        ["家、人、次等", "such as 家, 人, 次"],
    ),
    open(
        "price",
        "price",
        Kind::Amount,
        ["单价（元）", "Price (CNY)"],
        ["填了数量和单价，就不要再填金额", "with quantity and price, leave the amount empty"],
    ),
    open(
        "percent",
        "percent",
        Kind::Number,
        ["比例（%）", "Percent"],
        ["按其他费用的百分比计取时填", "where it is a share of another cost"],
    ),
    open(
        "of",
        "of",
        Kind::Text,
        ["计取基数的编号", "Share of (id)"],
        ["按哪个子项目或费用计取，写它的编号", "the id of the sub-project or cost that it is a share of"],
    ),
    open(
        "amount",
        "amount",
        Kind::Amount,
        ["金额（元）", "Amount (CNY)"],
        [
            "没有单价和比例时填；分年度的费用填各年总额，灰色的由各年相加得出",
            "where there is neither price nor percent; of an amount by years that of all years, in grey where it is their sum",
        ],
    ),
    open(
        "annual",
        "amount.year",
        Kind::Amount,
        ["其中：当年（元）", "Of which this year (CNY)"],
        [
            "分年度的费用填当年的金额；其他年度的金额在 TOML 文件里改",
            "of an amount by years, that of this year; those of other years are changed in the TOML file",
        ],
    ),
    locked("total", Kind::Amount, ["合计（元）", "Total (CNY)"], COMPUTED),
    open(
        "basis",
        "basis@zh",
        Kind::Long,
        ["测算依据", "Basis"],
        ["标准、文件或询价的出处", "the standard, document or quotation"],
    ),
    english("basis_en", "basis@en", Kind::Long, ["测算依据（英文）", "Basis (English)"]),
];

const GOALS: &[Column] = &[
    locked("project", Kind::Text, ["项目编号", "Project id"], NONE),
    open(
        "overall",
        "goal.overall@zh",
        Kind::Long,
        ["项目总目标", "Overall goal"],
        ["{{…}} 是程序填入的数，请保留", "{{…}} are values that the program fills in: keep them"],
    ),
    english("overall_en", "goal.overall@en", Kind::Long, ["项目总目标（英文）", "Overall goal (English)"]),
    open(
        "annual",
        "goal.annual@zh",
        Kind::Long,
        ["年度目标", "Annual goal"],
        ["与总目标相同的可以不填", "empty where it is the same as the overall goal"],
    ),
    english("annual_en", "goal.annual@en", Kind::Long, ["年度目标（英文）", "Annual goal (English)"]),
];

const INDICATORS: &[Column] = &[
    open(
        "project",
        "",
        Kind::List(List::Projects),
        ["项目编号", "Project id"],
        ["新增的指标，从列表里选它所属的项目", "of an added indicator, choose its project from the list"],
    ),
    open(
        "kind",
        "kind",
        Kind::List(List::Kinds),
        ["二级指标", "Level 2"],
        ["从列表里选，一级指标随之确定", "choose from the list; level 1 follows from it"],
    ),
    open(
        "name",
        "name@zh",
        Kind::Text,
        ["三级指标", "Level 3"],
        ["清空这一行的名称，就是删除这个指标", "to remove an indicator, clear its name"],
    ),
    english("name_en", "name@en", Kind::Text, ["三级指标（英文）", "Level 3 (English)"]),
    open(
        "target",
        "target@zh",
        Kind::Text,
        ["指标值", "Target"],
        [
            "符号、数值、单位，如 ≥ 90 %、4～6 次；或良好、达标等词",
            "sign, number and unit, as in ≥ 90 %; or a word such as 良好",
        ],
    ),
    english("target_en", "target@en", Kind::Text, ["指标值（英文）", "Target (English)"]),
    open(
        "weight",
        "weight",
        Kind::Number,
        ["权重", "Weight"],
        ["表样有分值的才填", "where the form has weights"],
    ),
    open("explanation", "explanation@zh", Kind::Long, ["指标解释", "Explanation"], NONE),
    open("basis", "basis@zh", Kind::Long, ["设定依据", "Basis"], NONE),
    open("source", "source@zh", Kind::Long, ["数据来源", "Source of data"], NONE),
    open("scoring", "scoring@zh", Kind::Long, ["评（扣）分标准", "Scoring"], NONE),
    open("note", "note@zh", Kind::Long, ["备注", "Remarks"], NONE),
];

const SECTIONS: &[Column] = &[
    locked("project", Kind::Text, ["项目编号", "Project id"], NONE),
    locked("heading", Kind::Text, ["部分", "Section"], NONE),
    open(
        "text",
        "@zh",
        Kind::Long,
        ["正文", "Text"],
        [
            "空一行分段；{{…}} 是程序填入的数，请保留",
            "an empty line divides paragraphs; {{…}} are values that the program fills in: keep them",
        ],
    ),
    english("text_en", "@en", Kind::Long, ["正文（英文）", "Text (English)"]),
];
