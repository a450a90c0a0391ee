//! The section on the year's budget: it names an amount of the year, and every item.

use std::collections::BTreeSet;

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject, meets, names};
use crate::compute::ProjectLedger;
use crate::diagnostic::{Severity, code};
use crate::form::SectionRole;
use crate::lang::{Lang, say};
use crate::model::{Money, Project, Text, Year};
use crate::reading::{Role, sentence, year_before};
use crate::source::Span;

pub(super) static WITHOUT_AMOUNT: Rule = Rule {
    code: code::BUDGET_WITHOUT_AMOUNT,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "年度预算安排没有写出本年度的金额",
        en: "the budget section names no amount of the year",
    },
    what: Phrase {
        zh: "年度预算安排一节没有任何金额；跨年度项目的这一节没有一个数与本年度的资金有关。",
        en: "The section on the annual budget has no amount; in a project of several years, none that has to do with the \
             year's money.",
    },
    why: Phrase {
        zh: "这一节要说明本年度的钱怎样安排。",
        en: "The section has to say how the year's money is spent.",
    },
    bad: "[narrative]\nbudget = \"按服务合同据实结算。\"",
    good: "[narrative]\nbudget = \"本年度预算{{annual}}，按服务合同据实结算。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: without_amount,
};

pub(super) static INCOMPLETE: Rule = Rule {
    code: code::BUDGET_INCOMPLETE,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "年度预算安排漏列了子项目或费用", en: "the budget section leaves items out"
    },
    what: Phrase {
        zh: "年度预算安排一节逐项写出子项目（没有子项目的，写出费用）及其金额，但少写了本年度有资金的几项。只写总额、不分项的不在此列。",
        en: "The section on the annual budget goes through the sub-projects (or costs, where there are none) with their \
             amounts, but leaves out some that have money in the year. A section that gives only the total is left alone.",
    },
    why: Phrase {
        zh: "列出的各项加不出总额，读者无法核对。",
        en: "The items listed do not give the total, and a reader cannot check it.",
    },
    bad: "[narrative]\nbudget = \"讲座12万元，采购30万元。\"",
    good: "[narrative]\nbudget = \"讲座12万元，采购30万元，编目3万元。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: incomplete,
};

fn without_amount(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, project, ledger) in subject.projects() {
        if ledger.annual.amount.is_zero() {
            continue;
        }
        for lang in Lang::ALL {
            let Some(text) = subject.section(index, SectionRole::Budget, lang) else { continue };
            if text.passage.text.trim().is_empty()
                || has_amount_of_year(text, project, ledger, subject.declaration.year)
            {
                continue;
            }
            let (year, annual) = (subject.declaration.year, ledger.annual.amount);
            let end = text.passage.text.find('\n').unwrap_or(text.passage.text.len());
            let finding = findings.finding(say!(
                "年度预算安排没有写出{year}年的金额（{annual}）",
                "the section on the annual budget names no amount of {year} ({annual})"
            ));
            findings.push(finding.at(text.passage.span(0..first_sentence(text).min(end))).help(say!(
                "写上 {{{{annual}}}} 和各项金额",
                "put in {{{{annual}}}} and the amount of each item"
            )));
        }
    }
}

fn first_sentence(text: &ReadText<'_>) -> usize {
    sentence(&text.passage.text, 0).end
}

/// Any amount will do in a project of one year. In one of several, it has to be one of the year or of some item.
fn has_amount_of_year(text: &ReadText<'_>, project: &Project, ledger: &ProjectLedger, year: Year) -> bool {
    if !project.period.is_multi_year() || ledger.annual.amount == ledger.total.rounded.amount {
        return text.amounts().next().is_some();
    }
    let of_year = |index: usize| year_before(&text.passage.text, &text.numbers.tokens, index);
    let amounts = text.amounts().filter(|(index, ..)| of_year(*index).is_none_or(|own| own == year));
    let mut amounts = amounts.map(|(_, _, amount, _)| amount);
    let mut own: Vec<Money> = vec![ledger.annual.amount];
    own.extend(ledger.years.known.get(&year).copied());
    let below = ledger.subprojects.iter().flat_map(|sub| sub.costs.iter().map(|cost| cost.annual));
    own.extend(ledger.costs.iter().map(|cost| cost.annual).chain(below));
    own.extend(ledger.subprojects.iter().map(|sub| sub.annual));
    own.extend([ledger.appropriation.amount, ledger.carried_over.amount, ledger.other_annual.amount]);
    amounts.any(|amount| own.iter().any(|money| !money.is_zero() && meets(amount, *money).is_some()))
}

/// A sub-project or cost with money in the year.
struct Item<'i> {
    name: &'i Text,
    span: Span,
    amounts: [Money; 2],
}

fn incomplete(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, project, ledger) in subject.projects() {
        let items = items(project, ledger);
        if items.len() < 2 {
            continue;
        }
        for lang in Lang::ALL {
            let Some(text) = subject.section(index, SectionRole::Budget, lang) else { continue };
            let Some(missing) = missing(text, &items, lang) else { continue };
            let (count, named) = (items.len(), items.len() - missing.len());
            let list = |lang: Lang| {
                let names = missing.iter().take(3).map(|item| item.name.str(lang).trim());
                names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { "; " })
            };
            let (zh, en) = (list(Lang::Zh), list(Lang::En));
            let mut finding = findings
                .finding(say!(
                    "年度预算安排列了 {named} 项，实际有 {count} 项，没有写到：{zh}",
                    "the section on the annual budget goes through {named} items, but there are {count}; not there: {en}"
                ))
                .at(text.passage.span(0..first_sentence(text)));
            if let Some(item) = missing.first() {
                finding = finding.label(item.span, say!("没有写到", "not there"));
            }
            findings.push(finding.help(say!(
                "补上漏写的项目，或用 {{{{subproject.list}}}}、{{{{cost.list}}}} 列出全部",
                "add what is missing, or list all by {{{{subproject.list}}}} or {{{{cost.list}}}}"
            )));
        }
    }
}

fn items<'i>(project: &'i Project, ledger: &ProjectLedger) -> Vec<Item<'i>> {
    let subprojects = project.subprojects.iter().zip(&ledger.subprojects);
    let subprojects = subprojects.map(|(sub, own)| (&sub.name, own.total.amount, own.annual));
    let costs = project.costs.iter().zip(&ledger.costs);
    let costs = costs.map(|(cost, own)| (&cost.name, own.total.amount, own.annual));
    let all = subprojects.chain(costs).filter(|(_, _, annual)| !annual.is_zero());
    all.map(|(name, total, annual)| Item { name, span: name.span(), amounts: [total, annual] }).collect()
}

/// The items that a section leaves out, when it goes through the others.
fn missing<'i, 'm>(text: &ReadText<'_>, items: &'m [Item<'i>], lang: Lang) -> Option<Vec<&'m Item<'i>>> {
    let whole = &text.passage.text;
    let roles = &text.numbers.roles;
    let stated: BTreeSet<Money> = text
        .amounts()
        .filter(|(index, ..)| !matches!(roles.get(*index), Some(Some(Role::Silent))))
        .map(|(_, _, amount, _)| amount.money)
        .collect();
    let has_amount = |item: &&Item<'_>| item.amounts.iter().any(|money| stated.contains(money));
    let has_name = |item: &&Item<'_>| names(whole, item.name, lang);
    // To be gone through, an item has its name and its amount there.
    let gone_through = items.iter().filter(has_amount).filter(has_name).count();
    let missing: Vec<&Item<'_>> = items.iter().filter(|item| !has_amount(item) && !has_name(item)).collect();
    let enough = gone_through >= 2 || (gone_through == 1 && items.len() == 2);
    (enough && !missing.is_empty()).then_some(missing)
}
