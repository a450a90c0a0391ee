//! An amount in the text that nothing of the project gives.

use crate::check::{Findings, Phrase, Rule, Standing, Subject, Verdict};
use crate::diagnostic::{Severity, code};
use crate::lang::say;

pub(super) static RULE: Rule = Rule {
    code: code::UNKNOWN_AMOUNT,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "正文中的金额与项目的任何一项金额都不相等",
        en: "an amount in the text equals none of the project's",
    },
    what: Phrase {
        zh: "手写的金额既不是项目、子项目、费用的金额或单价，也不是资金来源、按比例计取的数，又不是正文或费用中若干金额之和、之差。\
             限额、往年的数、合同额等不属于本项目的金额不在此列；单位认不出的不作判断。",
        en: "A typed amount is no total, cost, price, source or share of the project, and no sum or difference of amounts of \
             the text or of the costs. Limits, earlier years, contract values and other money that is not the project's are \
             left alone, and so is what has an unknown unit.",
    },
    why: Phrase {
        zh: "正文里的每一笔钱都应当在测算中找得到出处，找不到的多半是旧数或笔误。",
        en: "Every sum in the text should be found in the costs; one that is not there is mostly an old figure or a slip.",
    },
    bad: "[narrative]\nplan = \"其中设备租用费82万元。\"",
    good: "[narrative]\nplan = \"其中设备租用费{{cost.rent.amount}}。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let Some(facts) = subject.facts_of(text) else { continue };
        for (_, token, amount, verdict) in text.amounts() {
            if !matches!(verdict, Verdict::Unknown) {
                continue;
            }
            let stated = text.says(token.range.clone());
            let mut finding = findings
                .finding(say!(
                    "正文中的 {stated} 在测算中找不到出处",
                    "nothing in the costs gives the {stated} of the text"
                ))
                .at(text.passage.span(token.range.clone()));
            let mut nearest = facts.nearest(amount.money).into_iter();
            if let Some(known) = nearest.next() {
                let (zh, en, money) = (&known.name.zh, &known.name.en, known.money);
                let gap = money.apart(amount.money);
                let words =
                    say!("最接近的是：{zh} {money}，相差 {gap}", "the nearest is {money} ({en}), {gap} away");
                finding = match known.span {
                    Some(span) => finding.label(span, say!("{money}", "{money}")).help(words),
                    None => finding.help(words),
                };
            }
            if let Some(known) = nearest.next() {
                let (zh, en, money) = (&known.name.zh, &known.name.en, known.money);
                finding = finding.help(say!("其次是：{zh} {money}", "then {money} ({en})"));
            }
            findings.push(finding.help(say!(
                "用 {{{{…}}}} 取用该项金额，或在费用中补上这一笔",
                "take the amount by {{{{…}}}}, or add it to the costs"
            )));
        }
    }
}
