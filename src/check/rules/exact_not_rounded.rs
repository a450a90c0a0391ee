//! The text states the exact total, the form the rounded one.

use crate::check::{Findings, Phrase, Rule, Standing, Subject, Verdict};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::line;

pub(super) static RULE: Rule = Rule {
    code: code::TEXT_EXACT_FORM_ROUNDED,
    severity: Severity::Note,
    standing: Standing::Seen,
    title: Phrase {
        zh: "正文写的是实数，申报表是取整后的数",
        en: "the text states the exact amount, the form the rounded one",
    },
    what: Phrase {
        zh: "手写的总额等于取整前的总额，而申报表按 round_to 取整；同一段没有说明已取整。",
        en: "A typed total is the total before rounding, while the form shows it rounded by round_to, and the paragraph does \
             not say so.",
    },
    why: Phrase {
        zh: "两个数都对，但读者会以为正文和申报表不一致。",
        en: "Both are right, but a reader takes text and form to disagree.",
    },
    bad: "[narrative]\nbudget = \"工资、餐费和体检费总计330769元。\"",
    good: "[narrative]\nbudget = \"工资、餐费和体检费总计330769元，取整为330800元。\"",
    source: Phrase { zh: "已公开申报中的情况", en: "seen in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for (_, token, _, verdict) in text.amounts() {
            let Verdict::Unrounded { exact, rounded } = verdict else { continue };
            let around = text.says(line(&text.passage.text, token.range.start));
            if ["取整", "四舍五入", "rounded", "rounding"].iter().any(|word| around.contains(word)) {
                continue;
            }
            let stated = text.says(token.range.clone());
            let (exact, whole) = (exact.money, rounded.money);
            let mut finding = findings
                .finding(say!(
                    "正文写 {stated}，是取整前的数；申报表是 {whole}",
                    "the text states {stated}, the sum before rounding; the form shows {whole}"
                ))
                .label(
                    text.passage.span(token.range.clone()),
                    say!("取整前 {exact}", "before rounding: {exact}"),
                );
            if let Some(span) = subject.declaration.round_to.map(|step| step.span) {
                finding = finding.label(span, say!("按此取整", "rounded by this"));
            }
            findings.push(finding.help(say!(
                "写明“取整为{whole}”，或用 {{{{total}}}} 取整后的数",
                "say that it is rounded to {whole}, or take the rounded amount by {{{{total}}}}"
            )));
        }
    }
}
