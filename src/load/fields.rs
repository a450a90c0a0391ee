//! What each key of the format takes: one table that the formatter and the schemas are made from.

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
    pub const ALL: [Table; 18] = [
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
        }
    }

    /// What a key of it takes; `None` for a key that it does not have.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }
}

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

pub(super) const DECLARATION: &[Field] = &[
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
pub(super) const AGENCY: &[Field] = &[
    must("name", Type::Text, "名称", "name"),
    may("code", Type::String, "预算平台中的编码", "code in the budget platform"),
    may("functions", Type::Text, "单位职能概述，供要印的表样", "what the unit does, for forms that show it"),
];
pub(super) const OVERVIEW: &[Field] = &[
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
pub(super) const DECLARED: &[Field] = &[
    must("projects", Type::Count, "项目个数", "how many projects there are"),
    must("amount", Type::Amount, "当年申请的资金", "what they request for the year"),
];
pub(super) const ACCEPT: &[Field] = &[
    must("code", Type::String, "检查结果的编号，如 SB212", "code of the finding, such as SB212"),
    must(
        "where",
        Type::String,
        "项目 id 或 declaration，再写该行的文字",
        "project id or declaration, then words of the line",
    ),
    must("reason", Type::String, "无须改动的理由", "why it is meant as it stands"),
];
pub(super) const PROJECT: &[Field] = &[
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
pub(super) const FUNDING: &[Field] = &[
    may("carried_over", Type::Amount, "上年结转资金", "funds carried over from last year"),
    may("other", Type::Yearly, "其他资金", "other funds"),
    may("subject", Type::String, "财政资金科目代码", "code of the budget subject"),
    may("class", Type::Text, "财政资金预算分类", "budget class of the fiscal funds"),
    may("source", Type::Many(Table::Source), "按来源列示的资金", "funds by their source"),
];
pub(super) const SOURCE: &[Field] = &[
    must("kind", Type::Source, "资金来源，表样列出的一种", "kind of source, one that the form lists"),
    must("amount", Type::Yearly, "金额，带单位", "amount with its unit"),
    may("before", Type::Earlier, "以前年度的安排和执行", "what was approved and spent in earlier years"),
];
pub(super) const SUBPROJECT: &[Field] = &[
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
pub(super) const COST: &[Field] = &[
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
pub(super) const GOAL: &[Field] = &[
    must("overall", Type::Prose, "项目总目标", "overall goal"),
    may("annual", Type::Prose, "年度总体目标，不写则同总目标", "goal of the year; default: the overall goal"),
];
pub(super) const INDICATOR: &[Field] = &[
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
pub(super) const SCHEDULE: &[Field] = &[
    must("task", Type::Text, "工作内容", "what is done"),
    must("start", Type::Date, "开始日期", "from when"),
    must("end", Type::Date, "完成日期", "to when"),
    may("note", Type::Text, "备注", "note"),
];
pub(super) const SIGN_OFF: &[Field] = &[
    may("preparer", Type::Text, "填报人", "who prepared it"),
    may("reviewer", Type::Text, "审核人", "who reviewed it"),
    may("head", Type::Text, "单位负责人", "head of the unit"),
    may("finance", Type::Text, "财务负责人", "head of finance"),
    may("phone", Type::String, "联系电话", "telephone"),
    may("date", Type::Date, "填报日期", "date"),
];
pub(super) const OUTCOME: &[Field] = &[
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
pub(super) const SPENDING: &[Field] = &[
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
pub(super) const EXECUTION: &[Field] = &[
    may("reason", Type::Text, "未达到或有调整的原因", "why it is low, or was adjusted"),
    may("score", Type::Score(100), "得分，与计算的不同时填写", "score, where it is not the computed one"),
];
pub(super) const INDICATOR_OUTCOME: &[Field] = &[
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
