//! A sign that says the opposite of what is wanted: a cost of at least so much, a satisfaction of at most so much.

use crate::check::indicator::{Item, has_word, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::Sign;

pub(super) static RULE: Rule = Rule {
    code: code::SIGN_AGAINST_SENSE,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "指标值的符号与含义相反", en: "the sign says the opposite of what is wanted"
    },
    what: Phrase {
        zh: "越少越好的指标（成本、故障、投诉、差错、处理时间）用了“≥”，或越多越好的指标（数量、覆盖率、合格率、满意度）用了“≤”。",
        en: "What should be little (costs, faults, complaints, errors, time to mend) has `≥`, or what should be much (quantities, coverage, pass rates, satisfaction) has `≤`.",
    },
    why: Phrase {
        zh: "照字面理解，做得越差越算完成。",
        en: "Taken at its word, the worse the result, the better the target is met.",
    },
    bad: "name = \"用户投诉次数\"\ntarget = \"≥ 3.00 次\"",
    good: "name = \"用户投诉次数\"\ntarget = \"≤ 3.00 次\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

/// What nobody wants more of. A name is about it when it ends with it, counted or not: 投诉率, but not 投诉处理率.
const LITTLE: &[&str] = &[
    "故障", "投诉", "差错", "错误", "失误", "误差", "事故", "违规", "违纪", "超标", "缺陷", "信访", "中断",
    "流失", "逾期", "死亡", "返工", "退货", "能耗", "排放", "污染", "损坏", "破损",
];

/// How a name goes on after what it counts.
const COUNTED: &[&str] = &[
    "率", "数", "次数", "起数", "件数", "数量", "量", "比例", "频次", "总数", "例数", "总量", "发生", "出现",
    "责任",
];

/// Names that end so are of costs.
const COSTS: &[&str] = &["成本", "费用", "单价", "造价", "支出"];

/// Names that end so are of a time that should be short; other times, such as opening hours, may be long.
const TASKS: &[&str] = &[
    "响应", "处理", "修复", "维修", "抢修", "办理", "办结", "到达", "到场", "恢复", "等待", "等候", "排队",
    "审核", "审批", "反馈", "处置", "回复", "答复", "中断", "停机", "上架", "交付", "整改", "解决",
];

const TIMES: &[&str] = &["时间", "时长", "时限", "耗时", "用时", "及时性", "时效", "时效性"];

/// Names that end so are of what there should be much of.
const MUCH: &[&str] = &[
    "覆盖率",
    "满意度",
    "满意率",
    "合格率",
    "及时率",
    "达标率",
    "完成率",
    "知晓率",
    "准确率",
    "正确率",
    "通过率",
    "优良率",
    "到位率",
    "办结率",
    "解决率",
    "修复率",
    "响应率",
    "好评率",
    "参与率",
    "处理率",
    "整改率",
    "有效率",
    "普及率",
    "就业率",
];

/// What is counted under 数量指标.
const QUANTITIES: &[&str] = &[
    "数量", "次数", "人数", "人次", "场次", "面积", "份数", "篇数", "家数", "户数", "册数", "套数", "台数",
    "件数", "场数",
];

/// Words by which a name itself says that little is wanted.
const LIMITED: &[&str] =
    &["控制", "限制", "上限", "压减", "压缩", "减少", "最高", "最多", "最大", "不满意", "未"];

/// What the sign should be, by the indicator's name and kind; `None` when the words do not say.
fn wanted(item: &Item<'_>) -> Option<Wanted> {
    let (lang, name) = item.own_name();
    if lang == Lang::En {
        return wanted_en(item, &name.to_lowercase());
    }
    let counted = |mut name: &str| {
        let longest =
            |name: &str| COUNTED.iter().filter(|end| name.ends_with(**end)).max_by_key(|end| end.len());
        while let Some(shorter) = longest(name).and_then(|end| name.strip_suffix(end)) {
            name = shorter;
        }
        LITTLE.iter().any(|word| name.ends_with(word))
    };
    let timed = TIMES.iter().filter_map(|end| name.strip_suffix(end));
    let mut timed = timed.map(|task| TASKS.iter().any(|word| task.ends_with(word)));
    if counted(name) || COSTS.iter().any(|end| name.ends_with(end)) || timed.any(|short| short) {
        return Some(Wanted::Little);
    }
    if LIMITED.iter().any(|word| name.contains(word)) || LITTLE.iter().any(|word| name.contains(word)) {
        return None;
    }
    let much = MUCH.iter().any(|end| name.ends_with(end))
        || (item.is_quantity() && QUANTITIES.iter().any(|end| name.ends_with(end)));
    much.then_some(Wanted::Much)
}

fn wanted_en(item: &Item<'_>, name: &str) -> Option<Wanted> {
    let has = |words: &[&str]| words.iter().any(|word| has_word(name, word));
    if has(&["handled", "resolved", "solved", "repaired", "reduction", "saved", "saving", "limit", "maximum"])
    {
        return None;
    }
    if item.is_cost() && has(&["cost", "costs", "price"])
        || has(&["faults", "complaints", "errors", "accidents"])
    {
        return Some(Wanted::Little);
    }
    let much = has(&["coverage", "satisfaction", "accuracy"])
        || (item.is_quantity() && name.starts_with("number of "));
    much.then_some(Wanted::Much)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Little,
    Much,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some(measure) = item.measure() else { continue };
        let stated = match measure.sign {
            Sign::AtLeast | Sign::MoreThan => Wanted::Much,
            Sign::AtMost | Sign::LessThan => Wanted::Little,
            Sign::Equal => continue,
        };
        let Some(wanted) = wanted(&item).filter(|wanted| *wanted != stated) else { continue };
        let (zh, en, sign) = (item.name(Lang::Zh), item.name(Lang::En), measure.sign.symbol());
        let finding = match wanted {
            Wanted::Little => findings.finding(say!(
                "“{zh}”应不超过目标，指标值却用“{sign}”",
                "`{en}` should stay within its target, but that has `{sign}`"
            )),
            Wanted::Much => findings.finding(say!(
                "“{zh}”应不低于目标，指标值却用“{sign}”",
                "`{en}` should reach its target, but that has `{sign}`"
            )),
        };
        let finding = finding
            .label(measure.prose.place.span(), say!("指标值", "the target"))
            .label(item.indicator.name.span(), say!("指标名称", "the indicator"));
        findings.push(match wanted {
            Wanted::Little => finding.help(say!(
                "用“≤”；确实要多的，在名称中说明，如“节约额”“处理率”",
                "use `≤`; if more of it is wanted, let the name say so, such as the amount saved"
            )),
            Wanted::Much => finding.help(say!(
                "用“≥”，数目固定的用“=”；确实要控制的，在名称中写明“控制”",
                "use `≥`, or `=` for a fixed number; if it is to be limited, let the name say so"
            )),
        });
    }
}
