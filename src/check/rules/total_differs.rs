//! An amount beside a word for the total that is not the total.

use crate::check::{Findings, Phrase, Rule, Standing, Subject, Verdict};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::{Role, Scope};

pub(super) static RULE: Rule = Rule {
    code: code::TOTAL_DIFFERS,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase {
        zh: "正文所写的总额与计算所得不符",
        en: "the total in the text differs from the computed one",
    },
    what: Phrase {
        zh: "正文中紧接“总预算”“预算资金”“总额”“合计”“年度预算安排”“共计”等词的手写金额，与项目资金总额或年度资金申请总额不符。\
             年度数只与年度数比，总数只与总数比，词语没有说明的，与其中之一相符即可；句中写明某个子项目或费用的，与它的金额相符即可。\
             只有正文的小数位数不足以写出准确数时，才容许相差0.01万元；以亿元或百万元写的，容许两位小数的舍入。",
        en: "An amount typed beside `total budget`, `in all` or the like differs from the project's total or its annual \
             request. Annual is compared with annual and total with total; where the word does not say which, either will \
             do, and where the sentence names a sub-project or cost, its own amount will. 0.01万元 is allowed only where \
             the text has fewer decimals than the exact amount needs; in hundreds of millions or millions, a rounding to \
             two decimals is.",
    },
    why: Phrase {
        zh: "正文、清单和申报表中的总额必须是同一个数；改了费用而没有改正文，是退回最常见的原因。",
        en: "Text, list and form must state the same total; a cost that was changed while the text was not is the \
             commonest reason for a return.",
    },
    bad: "[narrative]\nbudget = \"本项目总预算为835.74万元。\"",
    good: "[narrative]\nbudget = \"本项目总预算为{{total}}。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for (index, token, amount, verdict) in text.amounts() {
            let Verdict::TotalDiffers { expected } = verdict else { continue };
            let stated = text.says(token.range.clone());
            let (own, right) = (amount.money, expected.money);
            let (zh, en) = (&expected.name.zh, &expected.name.en);
            let finding = match (own.minus(right), right.minus(own)) {
                (Some(over), _) => findings.finding(say!(
                    "正文所写 {stated}，{zh}是 {right}，多 {over}",
                    "the text states {stated}, but {en} is {right}: {over} too much"
                )),
                (_, Some(short)) => findings.finding(say!(
                    "正文所写 {stated}，{zh}是 {right}，少 {short}",
                    "the text states {stated}, but {en} is {right}: {short} too little"
                )),
                _ => continue,
            };
            let mut finding =
                finding.label(text.passage.span(token.range.clone()), say!("正文所写", "stated here"));
            if let Some(span) = expected.span {
                finding = finding.label(span, say!("计算所得 {right}", "computed: {right}"));
            }
            let facts = subject.facts_of(text);
            let whole = facts.is_some_and(|facts| facts.whole.iter().any(|known| known.money == own));
            let annual = facts.is_some_and(|facts| facts.annual.iter().any(|known| known.money == own));
            let scope = match text.numbers.roles.get(index) {
                Some(Some(Role::Total(total))) => total.scope,
                _ => Scope::Either,
            };
            finding = match scope {
                Scope::Whole if annual => finding.help(say!(
                    "{own} 是年度数，而这里说的是各年度的总额",
                    "{own} is the amount of the year, while the text speaks of all years"
                )),
                Scope::Year(_) | Scope::Annual if whole => finding.help(say!(
                    "{own} 是各年度的总额，而这里说的是一个年度",
                    "{own} is the total of all years, while the text speaks of one"
                )),
                _ => finding,
            };
            let of_whole = facts.is_some_and(|facts| {
                facts.whole.iter().chain(&facts.annual).any(|known| known.name == expected.name)
            });
            findings.push(finding.help(if of_whole {
                say!(
                    "用 {{{{total}}}} 或 {{{{annual}}}} 代替手写的数，或改正费用",
                    "write {{{{total}}}} or {{{{annual}}}} instead of the number, or correct the costs"
                )
            } else {
                say!(
                    "用 {{{{…}}}} 取用该项金额，或改正费用",
                    "take its amount by {{{{…}}}}, or correct the costs"
                )
            }));
        }
    }
}
