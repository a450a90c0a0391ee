//! Parts in the text that do not add up to the whole stated beside them.

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject, Verdict, Whole};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::lang::{Words, say};
use crate::model::Money;

pub(super) static RULE: Rule = Rule {
    code: code::PARTS_DIFFER,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "正文所列各部分相加不等于总数",
        en: "parts stated in the text do not add up to the whole",
    },
    what: Phrase {
        zh: "正文列出了四个季度、上下半年或各项资金来源的金额，或在一句话里列出几笔金额后写“合计”“共计”，而这些金额之和与总数不符。",
        en: "The text gives the amounts of four quarters, two halves or all sources of funds, or several amounts and then \
             `in all`, and they add up to something else.",
    },
    why: Phrase {
        zh: "分项之和与总数不符，至少有一个数是错的。",
        en: "If the parts do not give the whole, at least one of the figures is wrong.",
    },
    bad: "[narrative]\nbudget = \"工资20万元、餐费3万元，合计25万元。\"",
    good: "[narrative]\nbudget = \"工资20万元、餐费3万元，合计23万元。\"",
    source: Phrase {
        zh: "算术；已公开申报中的错误", en: "arithmetic; mistakes in published declarations"
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for (_, token, amount, verdict) in text.amounts() {
            let Verdict::PartsDiffer { parts, sum } = verdict else { continue };
            let stated = text.says(token.range.clone());
            let finding = difference(findings, amount.money, *sum, stated)
                .label(text.passage.span(token.range.clone()), say!("所写的总数", "the whole as stated"));
            findings.push(with_parts(finding, text, parts, *sum));
        }
        for group in text.numbers.groups.iter().filter(|group| !group.adds_up) {
            let tokens = &text.numbers.tokens;
            let typed = |index: &usize| tokens.get(*index).is_some_and(|token| text.is_typed(token));
            let (stated, whole, place) = match &group.whole {
                Whole::Stated(index) => {
                    let Some((token, amount)) =
                        tokens.get(*index).and_then(|token| Some((token, token.amount()?)))
                    else {
                        continue;
                    };
                    let place = (text.passage.span(token.range.clone()), say!("总数", "the whole"));
                    (text.says(token.range.clone()).to_owned(), amount.money, Some(place))
                }
                Whole::Known(known) => {
                    let money = known.money;
                    let (zh, en) = (&known.name.zh, &known.name.en);
                    let place = known.span.map(|span| (span, say!("{zh} {money}", "{en}: {money}")));
                    (money.to_string(), money, place)
                }
            };
            if !group.parts.iter().any(typed) && !matches!(&group.whole, Whole::Stated(index) if typed(index))
            {
                continue;
            }
            let finding =
                with_parts(difference(findings, whole, group.sum, &stated), text, &group.parts, group.sum);
            findings.push(match place {
                Some((span, words)) => finding.label(span, words),
                None => finding,
            });
        }
    }
}

fn difference(findings: &Findings<'_>, whole: Money, sum: Money, stated: &str) -> Diagnostic {
    let gap = whole.apart(sum);
    findings.finding(say!(
        "各部分相加得 {sum}，总数写的是 {stated}，相差 {gap}",
        "the parts add up to {sum}, but the whole is given as {stated}: a difference of {gap}"
    ))
}

fn with_parts(mut finding: Diagnostic, text: &ReadText<'_>, parts: &[usize], sum: Money) -> Diagnostic {
    let ends = [parts.iter().min(), parts.iter().max()];
    if let [Some(first), Some(last)] =
        ends.map(|index| index.and_then(|index| text.numbers.tokens.get(*index)))
    {
        let words: Words = say!("相加得 {sum}", "together {sum}");
        finding = finding.label(text.passage.span(first.range.start..last.range.end), words);
    }
    finding.help(say!("改正总数或写错的那一部分", "correct the whole, or the part that is wrong"))
}
