//! Results of the self-evaluation are missing.

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, Words, say};

pub(super) static RULE: Rule = Rule {
    code: code::RESULT_MISSING,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase { zh: "自评有未填写的内容", en: "results of the self-evaluation are missing" },
    what: Phrase {
        zh: "自评文件没有写执行数、某个年度指标的完成情况，或表样要计分而指标没有分值。一个项目只报一次。",
        en: "A file of results has no amount spent, nothing for an indicator of the year, or no weight where the form scores. Told once a project.",
    },
    why: Phrase {
        zh: "缺了这些，执行率、得分和总分都算不出来。",
        en: "Without them neither rates nor scores nor the total can be computed.",
    },
    bad: "[[spending]]\nsource = \"appropriation\"",
    good: "[[spending]]\nsource = \"appropriation\"\nspent = \"21.5万元\"",
    source: Phrase { zh: "自评表的栏目", en: "the columns of self-evaluation forms" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        let mut missing: Vec<Words> = Vec::new();
        let mut place = own.outcome.span;
        for spending in own.outcome.spending.iter().filter(|spending| spending.spent.is_none()) {
            let source = &spending.source.value;
            place = spending.source.span;
            missing.push(say!("{source} 的 spent", "`spent` of {source}"));
        }
        if own.outcome.spending.is_empty() && !own.profile.sources.is_empty() {
            missing.push(say!("[[spending]]", "[[spending]]"));
        }
        let scores = own.scheme.execution.is_some();
        for (index, indicator) in own.project.indicators.iter().enumerate().filter(|(_, one)| one.is_annual())
        {
            let (zh, en) = (indicator.name.str(Lang::Zh).trim(), indicator.name.str(Lang::En).trim());
            let result = own.outcome.indicators.iter().find(|result| result.index == Some(index));
            let told = result.is_some_and(|result| result.actual.is_some() || result.grade.is_some());
            if !told {
                place = result.map_or(place, |result| result.name.span());
                missing.push(say!("“{zh}”的完成情况", "what became of `{en}`"));
            } else if scores && result.is_some_and(|result| result.weight.or(indicator.weight).is_none()) {
                place = result.map_or(place, |result| result.name.span());
                missing.push(say!("“{zh}”的 weight", "`weight` of `{en}`"));
            }
        }
        if missing.is_empty() {
            continue;
        }
        let list =
            |lang: Lang, mark: &str| missing.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(mark);
        let (zh, en, count) = (list(Lang::Zh, "、"), list(Lang::En, ", "), missing.len());
        let words =
            say!("自评还有 {count} 处没有填写", "results still missing in the self-evaluation: {count}");
        findings.push(findings.finding(words).at(place).help(say!("没有填的是：{zh}", "fill in: {en}")));
    }
}
