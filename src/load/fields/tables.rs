//! The keys of each table, in the order of the format.

use super::{Field, Table, Type};

const fn must(key: &'static str, takes: Type, zh: &'static str, en: &'static str) -> Field {
    Field { key, takes, required: true, of_form: false, zh, en }
}

const fn may(key: &'static str, takes: Type, zh: &'static str, en: &'static str) -> Field {
    Field { key, takes, required: false, of_form: false, zh, en }
}

/// A key that has to be there where the form is printed.
const fn form(key: &'static str, takes: Type, zh: &'static str, en: &'static str) -> Field {
    Field { key, takes, required: false, of_form: true, zh, en }
}

pub(in crate::load) const DECLARATION: &[Field] = &[
    must("form", Type::Form, "表样", "the form to fill in"),
    may("evaluation", Type::EvaluationForm, "绩效自评用的表样", "the form of the self-evaluation"),
    must("year", Type::Year, "预算年度", "budget year"),
    may("languages", Type::Languages, "印哪几种语言，按此次序", "languages that are printed, in this order"),
    may("print", Type::Print, "印哪些部分：narrative、form", "the parts that are printed: narrative, form"),
    must("date", Type::Date, "文件日期", "the document's date"),
    may("round_to", Type::Amount, "项目总额取整到", "project totals are rounded to a multiple of this"),
    may("title", Type::Text, "文件标题，不写则用表样的", "the document's title; default: that of the form"),
    must("unit", Type::One(Table::Agency), "实施单位", "the unit that declares"),
    must("department", Type::One(Table::Agency), "主管部门", "the department in charge"),
    must("overview", Type::One(Table::Overview), "绩效目标设置情况", "how the targets were set"),
    may(
        "accept",
        Type::Many(Table::Accept),
        "经核对无须改动的检查结果",
        "findings of check that are meant as they stand",
    ),
];
pub(in crate::load) const AGENCY: &[Field] = &[
    must("name", Type::Text, "名称", "name"),
    may("code", Type::String, "预算平台中的编码", "code in the budget platform"),
    may("functions", Type::Text, "单位职能概述，供要印的表样", "what the unit does, for forms that show it"),
];
pub(in crate::load) const OVERVIEW: &[Field] = &[
    must("budget_units", Type::Count, "预算单位个数", "how many budget units there are"),
    may(
        "declared",
        Type::One(Table::Declared),
        "部门申报的全部项目，本文件夹只列其中一部分时填写",
        "what a department declares in all, when only some projects are printed",
    ),
    must(
        "text",
        Type::Prose,
        "正文，可用 {{total}} 等计算的值",
        "the paragraph, with values such as {{total}}",
    ),
];
pub(in crate::load) const DECLARED: &[Field] = &[
    must("projects", Type::Count, "项目个数", "how many projects there are"),
    must("amount", Type::Amount, "当年申请的资金", "what they request for the year"),
];
pub(in crate::load) const ACCEPT: &[Field] = &[
    must("code", Type::String, "检查结果的编号，如 SB212", "code of the finding, such as SB212"),
    must(
        "where",
        Type::String,
        "项目 id 或 declaration，再写该行的文字",
        "project id or declaration, then words of the line",
    ),
    must("reason", Type::String, "无须改动的理由", "why it is meant as it stands"),
];
pub(in crate::load) const PROJECT: &[Field] = &[
    must("name", Type::Text, "项目名称", "name of the project"),
    may("code", Type::String, "预算平台中的编码", "code in the budget platform"),
    may(
        "unit",
        Type::One(Table::Agency),
        "实施单位，不写则同申报",
        "who carries it out; default: the declaration's unit",
    ),
    may(
        "print",
        Type::Print,
        "本项目印哪些部分，不写则同申报",
        "what of it is printed; default: the declaration's",
    ),
    may(
        "heading",
        Type::Text,
        "说明的标题，不写则用表样的",
        "heading of the statement; default: that of the form",
    ),
    form("nature", Type::Listed("nature"), "项目性质", "nature of the project"),
    form("category", Type::Listed("category"), "项目类别", "category of the project"),
    may(
        "attribute",
        Type::Listed("attribute"),
        "项目属性：新增或延续",
        "whether the project is new or continuing",
    ),
    may("type", Type::Listed("type"), "项目类型", "type of the project"),
    may("leader", Type::Text, "项目负责人", "who leads the project"),
    may("leader_phone", Type::String, "项目负责人的联系电话", "the leader's telephone"),
    may("contact", Type::Text, "绩效管理联络员", "contact for performance management"),
    may("contact_phone", Type::String, "联络员的电话", "the contact's telephone"),
    must("start", Type::Date, "计划开始日期", "planned start"),
    must("end", Type::Date, "计划完成日期", "planned end"),
    may("funding", Type::One(Table::Funding), "资金来源", "sources of funds that are not computed"),
    may("cost", Type::Many(Table::Cost), "项目本身的费用", "the project's own costs"),
    may("subproject", Type::Many(Table::Subproject), "子项目", "sub-projects with their costs"),
    may("narrative", Type::Sections, "项目经费情况说明", "the sections about the project's funds"),
    form("goal", Type::One(Table::Goal), "项目绩效目标", "the project's goals"),
    form("indicator", Type::Many(Table::Indicator), "绩效指标", "performance indicators"),
    may("schedule", Type::Many(Table::Schedule), "实施进度", "schedule"),
    may("sign_off", Type::One(Table::SignOff), "填报人", "who signs"),
];
pub(in crate::load) const FUNDING: &[Field] = &[
    may("carried_over", Type::Amount, "上年结转资金", "funds carried over from last year"),
    may("other", Type::Yearly, "其他资金", "other funds"),
    may("subject", Type::String, "财政资金科目代码", "code of the budget subject"),
    may("class", Type::Text, "财政资金预算分类", "budget class of the fiscal funds"),
    may("source", Type::Many(Table::Source), "按来源列示的资金", "funds by their source"),
];
pub(in crate::load) const SOURCE: &[Field] = &[
    must("kind", Type::Source, "资金来源，表样列出的一种", "kind of source, one that the form lists"),
    must("amount", Type::Yearly, "金额，带单位", "amount with its unit"),
    may("before", Type::Earlier, "以前年度的安排和执行", "what was approved and spent in earlier years"),
];
pub(in crate::load) const SUBPROJECT: &[Field] = &[
    must("id", Type::Id, "编号，定下后不改", "id, never changed"),
    must("name", Type::Text, "子项目名称", "name of the sub-project"),
    may("start", Type::Date, "开始日期，不写则同项目", "start; default: the project's"),
    may("end", Type::Date, "完成日期，不写则同项目", "end; default: the project's"),
    may("amount", Type::Yearly, "一个总数，与 cost 二选一", "what it costs as one sum; this or cost"),
    may(
        "cost",
        Type::Many(Table::Cost),
        "逐项费用，与 amount 二选一",
        "what it costs line by line; this or amount",
    ),
];
pub(in crate::load) const COST: &[Field] = &[
    may("id", Type::Id, "编号，供文字和比例引用", "id, for texts and shares"),
    must("name", Type::Text, "费用名称", "name of the cost"),
    may("amount", Type::Yearly, "金额，带单位", "amount with its unit"),
    may("quantity", Type::Decimal(1_000_000_000), "数量", "quantity"),
    may("unit", Type::Text, "计量单位", "unit of the quantity"),
    may("price", Type::Amount, "单价", "price of one"),
    may("percent", Type::Decimal(1000), "百分之几", "share, in a hundred"),
    may(
        "of",
        Type::String,
        "取自哪个子项目或费用，写 id",
        "id of the sub-project or cost that it is a share of",
    ),
    may("basis", Type::Text, "测算依据", "basis of the estimate"),
    may("before", Type::Earlier, "以前年度的支出", "what was approved or spent in earlier years"),
];
pub(in crate::load) const GOAL: &[Field] = &[
    must("overall", Type::Prose, "项目总目标", "overall goal"),
    may("annual", Type::Prose, "年度总体目标，不写则同总目标", "goal of the year; default: the overall goal"),
];
pub(in crate::load) const INDICATOR: &[Field] = &[
    must("kind", Type::Kind, "二级指标", "kind of indicator"),
    must("name", Type::Text, "三级指标", "name of the indicator"),
    must("target", Type::Target, "指标值，如 ≥ 90.00 %", "target, such as ≥ 90.00 %"),
    may("weight", Type::Decimal(100), "分值权重", "weight"),
    may("explanation", Type::Text, "指标解释", "explanation"),
    may("basis", Type::Text, "设定依据", "basis"),
    may("source", Type::Text, "数据来源", "source of the data"),
    may("scoring", Type::Text, "评（扣）分标准", "how it is scored"),
    may("note", Type::Text, "备注", "note"),
    may(
        "term",
        Type::Term,
        "按哪个期限设定：annual（年度，不写时如此）、overall（中长期）或 both",
        "the term that it is set for: annual (default), overall or both",
    ),
    may(
        "overall",
        Type::Target,
        "中长期指标值，与年度不同时填写",
        "target of the whole term, where it differs",
    ),
    may("before", Type::YearTexts, "以前年度的实际水平", "what was reached in earlier years"),
    may("core", Type::Switch, "是否核心指标", "whether it is a core indicator"),
];
pub(in crate::load) const SCHEDULE: &[Field] = &[
    must("task", Type::Text, "工作内容", "what is done"),
    must("start", Type::Date, "开始日期", "from when"),
    must("end", Type::Date, "完成日期", "to when"),
    may("note", Type::Text, "备注", "note"),
];
pub(in crate::load) const SIGN_OFF: &[Field] = &[
    may("preparer", Type::Text, "填报人", "who prepared it"),
    may("reviewer", Type::Text, "审核人", "who reviewed it"),
    may("head", Type::Text, "单位负责人", "head of the unit"),
    may("finance", Type::Text, "财务负责人", "head of finance"),
    may("phone", Type::String, "联系电话", "telephone"),
    may("date", Type::Date, "填报日期", "date"),
];
pub(in crate::load) const OUTCOME: &[Field] = &[
    may(
        "spending",
        Type::Many(Table::Spending),
        "预算执行，每个资金来源一项",
        "execution of the budget, by source of funds",
    ),
    may("execution", Type::One(Table::Execution), "对预算执行的说明", "what is said of the execution"),
    may("achieved", Type::Text, "年度目标实际完成情况", "what became of the goal of the year"),
    may("process", Type::Text, "实施内容及过程概述", "what was done, and how"),
    may("conclusion", Type::Text, "评价结论", "conclusion"),
    may("problems", Type::Text, "存在问题", "problems"),
    may("measures", Type::Text, "改进措施", "measures"),
    may(
        "indicator",
        Type::Many(Table::IndicatorOutcome),
        "各指标的完成情况",
        "what became of each indicator",
    ),
];
pub(in crate::load) const SPENDING: &[Field] = &[
    must(
        "source",
        Type::SpendingSource,
        "资金来源，自评表样列出的一种",
        "source of funds, one that the form lists",
    ),
    may(
        "start",
        Type::Amount,
        "年初预算数，不写则取申报的金额",
        "budget at the start; default: what was declared",
    ),
    may(
        "adjusted",
        Type::Amount,
        "全年预算数，不写则同年初",
        "budget of the whole year; default: as at the start",
    ),
    may("spent", Type::Amount, "全年执行数", "what was spent in the year"),
];
pub(in crate::load) const EXECUTION: &[Field] = &[
    may("reason", Type::Text, "未达到或有调整的原因", "why it is low, or was adjusted"),
    may("score", Type::Score(100), "得分，与计算的不同时填写", "score, where it is not the computed one"),
];
pub(in crate::load) const INDICATOR_OUTCOME: &[Field] = &[
    must("name", Type::Text, "三级指标，与申报一致", "name of the indicator, as declared"),
    may("target", Type::Target, "申报时的指标值，用来核对有无改动", "target as declared, to notice changes"),
    may("weight", Type::Decimal(100), "分值，申报没有权重时填写", "weight, where the declaration gives none"),
    may("actual", Type::Text, "实际完成值，带单位", "what was reached, with its unit"),
    may(
        "grade",
        Type::Grade,
        "定性指标的等级：met、partly 或 not",
        "grade of what is stated in words: met, partly or not",
    ),
    may("share", Type::Score(100), "按分值的百分之几计分", "share of the weight that it gets, in a hundred"),
    may("score", Type::Score(100), "得分，与计算的不同时填写", "score, where it is not the computed one"),
    may("reason", Type::Text, "偏差原因分析及改进措施", "why it differs, and what is done about it"),
];
pub(in crate::load) const DEPARTMENT: &[Field] = &[
    must("form", Type::DepartmentForm, "部门整体绩效目标用的表样", "the form of the department as a whole"),
    may("until", Type::Date, "长期目标的截止日期", "the day by which its long-term goals are to be met"),
    may("task", Type::Many(Table::Task), "年度主要任务", "main tasks of the year"),
    may("income", Type::Many(Table::Income), "收入构成", "income by kind"),
    may("outlay", Type::Many(Table::Outlay), "支出构成", "outlay by kind"),
    may(
        "narrative",
        Type::Sections,
        "表样要印的各段文字，如部门职能概述",
        "texts that the form shows, such as the functions of the department",
    ),
    form("goal", Type::One(Table::Goal), "整体绩效目标", "goals of the department"),
    form("indicator", Type::Many(Table::Indicator), "整体绩效指标", "indicators of the department"),
    may("sign_off", Type::One(Table::SignOff), "填报人", "who signs"),
];
pub(in crate::load) const TASK: &[Field] = &[
    must("name", Type::Text, "任务名称", "name of the task"),
    may("content", Type::Text, "主要内容", "what it consists of"),
    may(
        "projects",
        Type::Ids,
        "列入这项任务的项目，写编号；金额由各项目相加",
        "ids of the projects that serve it, whose amounts add up",
    ),
    may("amount", Type::Amount, "项目以外另需的金额", "what it takes besides these projects"),
    may("other", Type::Amount, "amount 之中的其他资金", "other funds within `amount`"),
];
pub(in crate::load) const INCOME: &[Field] = &[
    must("kind", Type::IncomeLine, "收入种类，表样列出的一种", "kind of income, one that the form lists"),
    AMOUNT_OF_LINE,
    BEFORE_OF_LINE,
];
pub(in crate::load) const OUTLAY: &[Field] = &[
    must("kind", Type::OutlayLine, "支出种类，表样列出的一种", "kind of outlay, one that the form lists"),
    AMOUNT_OF_LINE,
    BEFORE_OF_LINE,
];
const AMOUNT_OF_LINE: Field = may(
    "amount",
    Type::Amount,
    "当年金额；由各项目相加的不写",
    "amount of the year; left out where it is the sum of the projects",
);
const BEFORE_OF_LINE: Field = may("before", Type::Earlier, "以前年度的金额", "amounts of earlier years");
