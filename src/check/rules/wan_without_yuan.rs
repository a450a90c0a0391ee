//! 万 without 元.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;

pub(super) static RULE: Rule = Rule {
    code: code::WAN_WITHOUT_YUAN,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "金额只写“万”，没有写“元”", en: "an amount in 万 without 元" },
    what: Phrase {
        zh: "正文中的金额以“万”或“亿”结尾，后面没有“元”。万人、万次等不是金额，不在此列。",
        en: "An amount in the text ends in 万 or 亿 without 元. 万人, 万次 and the like are no amounts.",
    },
    why: Phrase {
        zh: "金额必须写明货币单位；同一份申报里“万”和“万元”混用，也不统一。",
        en: "An amount has to name its currency, and a declaration should not mix 万 and 万元.",
    },
    bad: "[narrative]\nbudget = \"资金共计为58万。\"",
    good: "[narrative]\nbudget = \"资金共计为58万元。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for (_, token, amount, _) in text.amounts() {
            let Some(bare) = &amount.bare else { continue };
            if !text.is_typed(token) {
                continue;
            }
            let (stated, unit) = (text.says(token.range.clone()), text.says(bare.clone()));
            let whole = format!("{unit}元");
            findings.push(
                findings
                    .finding(say!("{stated} 缺“元”字", "{stated} lacks 元"))
                    .at(text.passage.span(token.range.clone()))
                    .help(say!("写作 {stated}元", "write {stated}元"))
                    .fix(text.passage.span(bare.clone()), whole),
            );
        }
    }
}
