//! The keys of the format, table by table: what may stand where.

use super::fields::{self, Field};

/// A table of the format and the keys that it takes.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// The table as `docs/format.md` names it.
    pub table: &'static str,
    /// Its keys, in the order in which the format documents them.
    pub keys: &'static [&'static str],
}

impl Keys {
    /// Whether they stand above the first head of a file.
    pub(super) fn is_top(self) -> bool {
        self.table.ends_with(".toml")
    }

    /// Whether `key` is one of them.
    pub(super) fn takes(self, key: &str) -> bool {
        self.keys.contains(&key)
    }
}

/// What a table with the head `[name]` or `[[name]]` takes.
pub(super) fn of_head(name: &str) -> Option<Keys> {
    FORMAT
        .iter()
        .copied()
        .find(|table| table.table.split(", ").any(|one| one.trim_matches(['[', ']']) == name))
}

/// The keys of a table, from what each of them takes.
#[allow(clippy::indexing_slicing)] // Only the compiler runs it: an index that is too high is an error there.
const fn names<const N: usize>(fields: &[Field]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut place = 0;
    while place < N {
        names[place] = fields[place].key;
        place += 1;
    }
    names
}

macro_rules! keys {
    ($table:literal, $fields:ident) => {
        Keys { table: $table, keys: &names::<{ fields::$fields.len() }>(fields::$fields) }
    };
}

pub(super) const DECLARATION: Keys = keys!("declaration.toml", DECLARATION);
pub(super) const AGENCY: Keys = keys!("[unit], [department]", AGENCY);
pub(super) const OVERVIEW: Keys = keys!("[overview]", OVERVIEW);
pub(super) const DECLARED: Keys = keys!("overview.declared", DECLARED);
pub(super) const ACCEPT: Keys = keys!("[[accept]]", ACCEPT);
pub(super) const PROJECT: Keys = keys!("projects/N-id.toml", PROJECT);
pub(super) const FUNDING: Keys = keys!("[funding]", FUNDING);
pub(super) const SOURCE: Keys = keys!("[[funding.source]]", SOURCE);
pub(super) const SUBPROJECT: Keys = keys!("[[subproject]]", SUBPROJECT);
pub(super) const COST: Keys = keys!("[[cost]], [[subproject.cost]]", COST);
pub(super) const GOAL: Keys = keys!("[goal]", GOAL);
pub(super) const INDICATOR: Keys = keys!("[[indicator]]", INDICATOR);
pub(super) const SCHEDULE: Keys = keys!("[[schedule]]", SCHEDULE);
pub(super) const SIGN_OFF: Keys = keys!("[sign_off]", SIGN_OFF);
pub(super) const OUTCOME: Keys = keys!("results/N-id.toml", OUTCOME);
pub(super) const SPENDING: Keys = keys!("[[spending]]", SPENDING);
pub(super) const EXECUTION: Keys = keys!("[execution]", EXECUTION);
pub(super) const INDICATOR_OUTCOME: Keys = keys!("[[indicator]] (results)", INDICATOR_OUTCOME);
pub(super) const DEPARTMENT: Keys = keys!("department.toml", DEPARTMENT);
pub(super) const TASK: Keys = keys!("[[task]]", TASK);
pub(super) const INCOME: Keys = keys!("[[income]]", INCOME);
pub(super) const OUTLAY: Keys = keys!("[[outlay]]", OUTLAY);
pub(super) const EARLIER: Keys = Keys { table: "{ approved, spent }", keys: &["approved", "spent"] };
pub(super) const TEXT: Keys = Keys { table: "{ zh, en }", keys: &["zh", "en"] };

/// Every table of the format.
pub const FORMAT: &[Keys] = &[
    DECLARATION,
    AGENCY,
    OVERVIEW,
    DECLARED,
    ACCEPT,
    PROJECT,
    FUNDING,
    SOURCE,
    SUBPROJECT,
    COST,
    GOAL,
    INDICATOR,
    SCHEDULE,
    SIGN_OFF,
    OUTCOME,
    SPENDING,
    EXECUTION,
    INDICATOR_OUTCOME,
    DEPARTMENT,
    TASK,
    INCOME,
    OUTLAY,
    EARLIER,
    TEXT,
];

/// Chinese words that officers write for a key, and the key.
const CHINESE: &[(&str, &str)] = &[
    ("表样", "form"),
    ("表式", "form"),
    ("年度", "year"),
    ("年份", "year"),
    ("语言", "languages"),
    ("打印", "print"),
    ("印制", "print"),
    ("印制内容", "print"),
    ("说明标题", "heading"),
    ("编报日期", "date"),
    ("日期", "date"),
    ("取整", "round_to"),
    ("标题", "title"),
    ("申报单位", "unit"),
    ("实施单位", "unit"),
    ("预算单位", "budget_units"),
    ("主管部门", "department"),
    ("概述", "overview"),
    ("项目概述", "overview"),
    ("项目名称", "name"),
    ("名称", "name"),
    ("单位名称", "name"),
    ("编码", "code"),
    ("代码", "code"),
    ("项目性质", "nature"),
    ("性质", "nature"),
    ("项目类别", "category"),
    ("类别", "category"),
    ("项目属性", "attribute"),
    ("属性", "attribute"),
    ("项目类型", "type"),
    ("项目负责人", "leader"),
    ("联络员", "contact"),
    ("单位职能", "functions"),
    ("职能", "functions"),
    ("科目代码", "subject"),
    ("评分标准", "scoring"),
    ("备注", "note"),
    ("中期指标值", "overall"),
    ("长期指标值", "overall"),
    ("核心指标", "core"),
    ("单位负责人", "head"),
    ("财务负责人", "finance"),
    ("审核人", "reviewer"),
    ("以前年度", "before"),
    ("计划开始日期", "start"),
    ("开始日期", "start"),
    ("计划完成日期", "end"),
    ("完成日期", "end"),
    ("结束日期", "end"),
    ("资金", "funding"),
    ("项目资金", "funding"),
    ("资金来源", "funding"),
    ("上年结转", "carried_over"),
    ("上年结转资金", "carried_over"),
    ("其他资金", "other"),
    ("子项目", "subproject"),
    ("费用", "cost"),
    ("明细", "cost"),
    ("金额", "amount"),
    ("预算", "amount"),
    ("数量", "quantity"),
    ("单位", "unit"),
    ("单价", "price"),
    ("比例", "percent"),
    ("测算依据", "basis"),
    ("立项依据", "basis"),
    ("绩效目标", "goal"),
    ("总目标", "overall"),
    ("项目总目标", "overall"),
    ("年度目标", "annual"),
    ("年度总体目标", "annual"),
    ("绩效指标", "indicator"),
    ("指标", "indicator"),
    ("二级指标", "kind"),
    ("指标类型", "kind"),
    ("指标名称", "name"),
    ("三级指标", "name"),
    ("指标值", "target"),
    ("权重", "weight"),
    ("进度", "schedule"),
    ("填报人", "preparer"),
    ("负责人", "reviewer"),
    ("联系电话", "phone"),
    ("接受", "accept"),
    ("位置", "where"),
    ("理由", "reason"),
    ("原因", "reason"),
    ("主要任务", "task"),
    ("年度主要任务", "task"),
    ("任务", "task"),
    ("任务名称", "name"),
    ("主要内容", "content"),
    ("收入", "income"),
    ("收入构成", "income"),
    ("支出", "outlay"),
    ("支出构成", "outlay"),
    ("中文", "zh"),
    ("英文", "en"),
];

/// The key that a Chinese word stands for.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(chinese, _)| *chinese == word.trim()).map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_word_stands_for_a_key_of_the_format() {
        for (word, key) in CHINESE {
            assert!(FORMAT.iter().any(|table| table.keys.contains(key)), "{word} → {key}");
        }
    }
}
