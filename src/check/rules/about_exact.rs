//! 约 before an exact amount.

use crate::check::{Findings, Meets, Phrase, Rule, Standing, Subject, Verdict};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::Role;

pub(super) static RULE: Rule = Rule {
    code: code::ABOUT_EXACT,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "准确的金额前后用了“约”“左右”“余”", en: "an exact amount is said to be approximate"
    },
    what: Phrase {
        zh: "“约”“大约”“近”“左右”“余”等词旁边的金额，就是项目、子项目或费用的准确金额，或由程序算出的金额。市场单价不在此列。",
        en: "An amount beside `about`, `approximately` or the like is exactly an amount of the project, or a computed one. \
             Market prices are left alone.",
    },
    why: Phrase {
        zh: "准确数不用概数词；预算是准确数，写“约”会让人以为还没有定。",
        en: "An exact number takes no word for approximation; a budget is exact, and `about` makes it look undecided.",
    },
    bad: "[narrative]\noverview = \"预算资金总额约为{{total}}。\"",
    good: "[narrative]\noverview = \"预算资金总额为{{total}}。\"",
    source: Phrase {
        zh: "GB/T 15835-2011《出版物上数字用法》；已公开申报中的错误",
        en: "GB/T 15835-2011 (numbers in publications); mistakes in published declarations",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for (index, token, amount, verdict) in text.amounts() {
            let Some(about) = &amount.about else { continue };
            let exact = match verdict {
                Verdict::Known(how) => *how == Meets::Exactly,
                Verdict::Computed | Verdict::Unrounded { .. } => true,
                _ => false,
            };
            let stated = matches!(text.numbers.roles.get(index), Some(Some(Role::Plain | Role::Total(_))));
            if !exact || !stated || text.passage.is_computed(about.range.clone()) {
                continue;
            }
            let (word, money) = (text.says(about.range.clone()), text.says(token.range.clone()));
            let place = text.passage.span(about.range.clone());
            let mut finding = findings
                .finding(say!(
                    "{money} 是准确数，不用“{word}”",
                    "{money} is exact, so `{word}` does not go with it"
                ))
                .at(place)
                .help(say!("删去“{word}”", "delete `{word}`"));
            if about.removable && !twice(&text.passage.text, token.range.end, about.range.start) {
                let mut range = about.range.clone();
                if word.is_ascii() {
                    range.end += text
                        .passage
                        .text
                        .get(range.end..)
                        .map_or(0, |after| after.len() - after.trim_start_matches(' ').len());
                }
                finding = finding.fix(text.passage.span(range), "");
            }
            findings.push(finding);
        }
    }
}

/// 约……左右: to delete one of them would leave the other.
fn twice(text: &str, end: usize, about: usize) -> bool {
    let after = text.get(end..).unwrap_or("").trim_start_matches(' ');
    let doubled = ["左右", "上下", "余"].iter().any(|word| after.starts_with(word));
    let before = text.get(..about).unwrap_or("");
    (doubled && about < end)
        || (about >= end
            && before.get(..end).is_some_and(|before| before.chars().rev().take(16).any(|ch| ch == '约')))
}
