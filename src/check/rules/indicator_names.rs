//! Names of indicators: used twice, used for a cost and a benefit, or repeated as the target.

use crate::check::indicator::{Item, items, plain};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};

pub(super) static REPEATED: Rule = Rule {
    code: code::TARGET_REPEATS_NAME,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "指标值重复指标名称", en: "a target repeats the indicator's name" },
    what: Phrase {
        zh: "指标值与指标名称相同，或只是名称的末尾几个字（及时率：及时率；15个居民区全覆盖：居民区全覆盖）。合格、稳定等表样列出的评价词除外。",
        en: "The target is the name again, or the end of it, such as a timeliness rate of `timeliness rate`. Words of judgement that the form lists, such as qualified or stable, are left alone.",
    },
    why: Phrase {
        zh: "这样的指标值没有给出目标，自评时无从比较。",
        en: "Such a target says nothing that could be reached or missed.",
    },
    bad: "name = \"问题处理及时率\"\ntarget = \"及时率\"",
    good: "name = \"问题处理及时率\"\ntarget = \"≥ 95.00 %\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: repeated,
};

pub(super) static DUPLICATE: Rule = Rule {
    code: code::DUPLICATE_INDICATOR,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "指标名称重复", en: "two indicators have the same name" },
    what: Phrase {
        zh: "一个项目里有两个三级指标名称相同。",
        en: "Two indicators of a project have the same name.",
    },
    why: Phrase {
        zh: "同名指标会重复计分，也分不清各指什么。",
        en: "What is named twice is scored twice, and nobody can tell one from the other.",
    },
    bad: "name = \"讲座场次\"\ntarget = \"≥ 24.00 场\"\n\n[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 12.00 场\"",
    good: "name = \"少儿讲座场次\"\ntarget = \"≥ 24.00 场\"\n\n[[indicator]]\nkind = \"数量指标\"\nname = \"成人讲座场次\"\ntarget = \"≥ 12.00 场\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: duplicate,
};

pub(super) static COST_AND_BENEFIT: Rule = Rule {
    code: code::COST_IS_BENEFIT,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "成本指标与效益指标同名", en: "a cost and a benefit have the same name" },
    what: Phrase {
        zh: "同一个名称既作成本指标，又作效益指标。",
        en: "One name stands for a cost indicator and for a benefit indicator.",
    },
    why: Phrase {
        zh: "成本是投入，效益是效果，同一件事不能两头都算。",
        en: "A cost is what goes in and a benefit what comes out; one thing cannot be both.",
    },
    bad: "kind = \"经济成本指标\"\nname = \"运行成本\"\ntarget = \"≤ 50.00 万元\"\n\n[[indicator]]\nkind = \"经济效益指标\"\nname = \"运行成本\"\ntarget = \"减少\"",
    good: "kind = \"经济成本指标\"\nname = \"运行成本\"\ntarget = \"≤ 50.00 万元\"\n\n[[indicator]]\nkind = \"经济效益指标\"\nname = \"能耗费用节约额\"\ntarget = \"≥ 3.00 万元\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: cost_and_benefit,
};

fn repeated(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for item in items(subject) {
        let Some((_, prose)) = item.stated() else { continue };
        if !item.repeats(&prose.value) {
            continue;
        }
        let said = prose.value.trim();
        findings.push(
            findings
                .finding(say!("指标值“{said}”只是重复名称", "the target `{said}` only repeats the name"))
                .label(prose.place.span(), say!("指标值", "the target"))
                .label(item.indicator.name.span(), say!("指标名称", "the name"))
                .help(say!(
                    "写出符号、数字和单位，如 \"≥ 95.00 %\"",
                    "give sign, number and unit, such as \"≥ 95.00 %\""
                )),
        );
    }
}

/// Pairs of indicators of one project with the same name and term, the second first.
fn same_names<'s>(subject: &Subject<'s>) -> Vec<(Item<'s>, Item<'s>)> {
    let mut seen: std::collections::BTreeMap<(u32, bool, String), Item<'s>> =
        std::collections::BTreeMap::new();
    let mut pairs = Vec::new();
    for item in items(subject) {
        // One of the whole term may be called like one of the year.
        let key = (item.project.number, item.indicator.is_annual(), plain(item.own_name().1));
        if key.2.is_empty() {
            continue;
        }
        match seen.get(&key) {
            Some(first) => pairs.push((item, *first)),
            None => {
                seen.insert(key, item);
            }
        }
    }
    pairs
}

fn is_cost_and_benefit(one: &Item<'_>, other: &Item<'_>) -> bool {
    (one.is_cost() && other.is_benefit()) || (one.is_benefit() && other.is_cost())
}

fn duplicate(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (again, first) in same_names(subject) {
        if is_cost_and_benefit(&again, &first) {
            continue;
        }
        let (zh, en) = (again.name(Lang::Zh), again.name(Lang::En));
        findings.push(
            findings
                .finding(say!("指标名称“{zh}”用了两次", "two indicators are called `{en}`"))
                .label(again.indicator.name.span(), say!("又用在这里", "used again here"))
                .label(first.indicator.name.span(), say!("先用在这里", "first used here"))
                .help(say!("合并成一个，或把名称写得不同", "merge them, or tell them apart by name")),
        );
    }
}

fn cost_and_benefit(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (again, first) in same_names(subject) {
        if !is_cost_and_benefit(&again, &first) {
            continue;
        }
        let (zh, en) = (again.name(Lang::Zh), again.name(Lang::En));
        let words = |item: &Item<'_>| {
            if item.is_cost() {
                say!("作成本指标", "as a cost")
            } else {
                say!("作效益指标", "as a benefit")
            }
        };
        findings.push(
            findings
                .finding(say!(
                    "“{zh}”既是成本指标又是效益指标",
                    "`{en}` is both a cost and a benefit indicator"
                ))
                .label(again.indicator.name.span(), words(&again))
                .label(first.indicator.name.span(), words(&first))
                .help(say!(
                    "效益指标写项目带来的变化，如节约额、下降幅度",
                    "let the benefit say what the project changes, such as the amount saved"
                )),
        );
    }
}
