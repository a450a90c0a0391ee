//! The words that a reader goes by, as tables.

pub(crate) mod indicators;

/// Words before an amount that say it is not exact, with the longer ones first.
pub(super) const ABOUT_BEFORE: &[(&str, super::Sense)] = &[
    ("大约", super::Sense::Near),
    ("约", super::Sense::Near),
    ("大概", super::Sense::Near),
    ("将近", super::Sense::Below),
    ("接近", super::Sense::Below),
    ("近", super::Sense::Below),
];

/// Words that end like one of [`ABOUT_BEFORE`] and say something else.
pub(super) const NOT_ABOUT: &[&str] = &[
    "节约", "合约", "契约", "预约", "制约", "签约", "履约", "公约", "条约", "特约", "集约", "附近", "最近",
    "临近", "邻近",
];

/// The same in English, each a whole word.
pub(super) const ABOUT_ENGLISH: &[(&str, super::Sense)] = &[
    ("about", super::Sense::Near),
    ("approximately", super::Sense::Near),
    ("around", super::Sense::Near),
    ("roughly", super::Sense::Near),
    ("some", super::Sense::Near),
    ("nearly", super::Sense::Below),
    ("almost", super::Sense::Below),
];

/// Words right behind an amount that say it is not exact.
pub(super) const ABOUT_AFTER: &[(&str, super::Sense)] =
    &[("左右", super::Sense::Near), ("上下", super::Sense::Near), ("余", super::Sense::Above)];

/// What an amount is a bound of, right before it.
pub(super) const BOUND_BEFORE: &[&str] = &[
    "不超过",
    "不高于",
    "不低于",
    "不少于",
    "不大于",
    "不小于",
    "不足",
    "超过",
    "超出",
    "低于",
    "高于",
    "少于",
    "大于",
    "小于",
    "至少",
    "至多",
    "最高",
    "最低",
    "上限",
    "下限",
    "限额",
    "限价",
    "达不到",
    "突破",
    "控制在",
    "限于",
    "≤",
    "≥",
    "<",
    ">",
    "＜",
    "＞",
    "逾",
];

/// What makes an amount a bound, right behind it.
pub(super) const BOUND_AFTER: &[&str] =
    &["以上", "以下", "以内", "之内", "及以上", "及以下", "（含", "(含", "起步", "封顶", "为限"];

/// The same in English.
pub(super) const BOUND_ENGLISH: &[&str] = &[
    "up to",
    "at most",
    "at least",
    "no more than",
    "not more than",
    "no less than",
    "not less than",
    "no fewer than",
    "not exceed",
    "not exceeding",
    "more than",
    "less than",
    "over",
    "under",
    "below",
    "above",
    "exceeding",
    "exceeds",
    "exceed",
    "within",
    "maximum of",
    "minimum of",
    "limit of",
    "ceiling of",
];

/// Words in the clause of an amount that is not money of this project and year.
pub(super) const FOREIGN: &[&str] = &[
    "上年",
    "去年",
    "前年",
    "上一年",
    "上半年已",
    "往年",
    "历年",
    "近年",
    "此前",
    "截至",
    "截止",
    "已投入",
    "已支出",
    "已拨",
    "已完成投资",
    "总投资",
    "生产总值",
    "GDP",
    "产值",
    "税收",
    "收入",
    "营收",
    "消费",
    "损失",
    "节约",
    "节省",
    "减少",
    "增收",
    "创收",
    "罚款",
    "限额标准",
    "补贴标准",
    "补助标准",
    "收费标准",
    "注册资本",
    "中标",
    "合同",
    "参照",
    "参考",
    "同类",
    "全市",
    "贷款",
    "保额",
    "赔付",
    "捐赠",
    "资产",
    "原值",
    "市场规模",
    "销售额",
    "交易额",
    "订单",
    "带动",
    "撬动",
    "拉动",
    "结余",
    "剩余",
];

/// The same in English, in small letters.
pub(super) const FOREIGN_ENGLISH: &[&str] = &[
    "last year",
    "previous year",
    "earlier years",
    "past year",
    "so far",
    "as of",
    "by the end of",
    "already spent",
    "total investment",
    "gdp",
    "gross domestic",
    "output value",
    "tax",
    "revenue",
    "turnover",
    "income",
    "sales",
    "losses",
    "savings",
    "saves",
    "saved",
    "reduc",
    "contract",
    "registered capital",
    "loan",
    "donat",
    "assets",
    "compared with",
    "with reference to",
    "similar project",
    "threshold",
    "standard of",
];

/// Words that name the project's money as a whole.
pub(super) const TOTAL_STRONG: &[&str] = &[
    "项目总预算",
    "总预算",
    "预算总额",
    "预算总金额",
    "资金总额",
    "资金总量",
    "项目总额",
    "总资金",
    "总经费",
    "总金额",
    "总费用",
    "经费总额",
    "预算资金总额",
    "预算资金合计",
    "年度预算安排",
    "总额",
    "预算总计",
    "预算共计",
    "预算合计",
    "资金预算合计",
    "总支出",
    "总成本",
];

/// Words that sum up what the sentence is about.
pub(super) const TOTAL_WEAK: &[&str] = &[
    "预算资金",
    "项目资金",
    "项目预算",
    "年度预算",
    "年预算",
    "合计",
    "共计",
    "总计",
    "累计",
    "小计",
    "总共",
    "一共",
    "共",
    "预算",
    "申请资金",
    "资金申请",
    "年度资金",
];

/// What may stand between such a word and its amount.
pub(super) const LINKS: &[&str] = &[
    " ",
    "\u{3000}",
    "为",
    "是",
    "约",
    "大约",
    "近",
    "达到",
    "达",
    "计",
    "人民币",
    "（",
    "(",
    "：",
    ":",
    "大写",
    "金额",
    "资金",
    "经费",
    "费用",
    "拟",
    "需要",
    "需",
    "安排",
    "申请",
    "申报",
    "核定",
    "数额",
    "数",
    "额",
    "＝",
    "=",
    "即",
    "分别为",
    "共需",
    "了",
    "有",
    "项目",
];

/// Beginnings of a whole that is not the project's: 合同总额, 工资总额.
pub(super) const OTHER_WHOLE: &[&str] = &[
    "合同", "工资", "补贴", "补助", "奖金", "罚款", "投资", "贷款", "保险", "交易", "销售", "税收", "绩效",
    "薪酬", "人员", "采购", "资产", "收入", "捐赠", "累计",
];

/// Words that make a total one of all years.
pub(super) const WHOLE: &[&str] =
    &["项目总", "三年", "两年", "各年", "全周期", "项目期", "建设期", "all years"];

/// Words that make a total one of the year.
pub(super) const ANNUAL: &[&str] =
    &["年度", "当年", "本年", "全年", "今年", "年预算", "annual", "this year", "for the year"];

/// Words of a total in English, each with whether it names the project's money as a whole.
pub(super) const TOTAL_ENGLISH: &[(&str, bool)] = &[
    ("total budget", true),
    ("overall budget", true),
    ("combined budget", true),
    ("budget total", true),
    ("budget totals", true),
    ("total funding", true),
    ("total funds", true),
    ("total cost", false),
    ("totals", false),
    ("totalling", false),
    ("totaling", false),
    ("total", false),
    ("annual request", false),
    ("request", false),
    ("budget", false),
];

/// What may stand between such a word and its amount in English.
pub(super) const LINKS_ENGLISH: &[&str] = &[
    "is",
    "was",
    "of",
    "the",
    "a",
    "to",
    "at",
    "for",
    "project",
    "projects",
    "its",
    "year",
    "this",
    "will",
    "be",
    "amounts",
    "amounting",
    "comes",
    "come",
    "exactly",
    "about",
    "approximately",
    "around",
    "roughly",
    "some",
    "nearly",
    "almost",
    "that",
];

/// Words behind an amount that make it a total.
pub(super) const TOTAL_AFTER: &[&str] = &["in all", "in total", "altogether", "all told"];

/// Words before 万 or 亿 without 元 that make it money.
pub(super) const MONEY_CUES: &[&str] = &[
    "预算", "资金", "金额", "总额", "费", "元", "单价", "单次", "均价", "人均", "投资", "投入", "支出",
    "成本", "价", "款", "采购", "每人", "每家", "每次", "每台", "每套", "拨付", "拨款", "补贴", "奖励",
    "工资", "薪酬", "租金",
];

/// Words before 万 or 亿 that make it something else.
pub(super) const COUNT_CUES: &[&str] = &[
    "用户",
    "访问",
    "点击",
    "下载",
    "浏览",
    "人口",
    "人次",
    "粉丝",
    "数据量",
    "条数",
    "件数",
    "册数",
    "面积",
    "流量",
    "阅读",
    "注册",
    "受众",
    "覆盖",
    "服务对象",
    "居民",
    "群众",
    "字数",
    "藏书",
    "客流",
    "参观",
    "观众",
    "读者",
    "播放",
    "产量",
    "存量",
];
