//! Amounts with and without thousands separators in one document.

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::Grouping;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::MIXED_GROUPING,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "金额的千分位写法不统一", en: "amounts are grouped in one place and not in another"
    },
    what: Phrase {
        zh: "同一种语言的正文里，四位以上的金额有的写千分位（1,018万元），有的不写（1018万元）。指出的是手写的、较少的一种；\
             由程序算出的金额只作对照。",
        en: "In the texts of one language some amounts of four digits and more have separators (1,018万元), others have \
             none. The rarer of the typed ones are pointed at; computed amounts are only compared with.",
    },
    why: Phrase {
        zh: "一份文件里数字的分节方式应当统一。", en: "One document writes numbers in one way."
    },
    bad: "[narrative]\noverview = \"总预算1,018万元。\"\nbudget = \"年度预算1018万元。\"",
    good: "[narrative]\noverview = \"总预算1018万元。\"\nbudget = \"年度预算1018万元。\"",
    source: Phrase {
        zh: "GB/T 15835-2011《出版物上数字用法》",
        en: "GB/T 15835-2011 (numbers in publications)",
    },
    check,
};

/// A typed amount of four digits and more.
struct Seen {
    span: Span,
    digits: Span,
    separated: bool,
    typed: bool,
    stated: String,
    other: String,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for lang in Lang::ALL {
        let texts = subject.texts.iter().filter(|text| text.passage.lang == lang);
        let all: Vec<Seen> = texts.flat_map(seen).collect();
        let count = |separated: bool, typed: bool| {
            all.iter().filter(|one| one.separated == separated && one.typed == typed).count()
        };
        // What is computed is one style by default; a typed amount in the other is what mixes them.
        let computed = (count(true, false) > 0, count(false, false) > 0);
        let rare = match (count(true, true), count(false, true)) {
            (0, 0) => continue,
            (separated, 0) if separated > 0 => match computed {
                (false, true) => true,
                _ => continue,
            },
            (0, _) => match computed {
                (true, false) => false,
                _ => continue,
            },
            (separated, plain) if separated == plain => computed != (true, false),
            (separated, plain) => separated < plain,
        };
        let Some(usual) = all.iter().find(|one| one.separated != rare) else { continue };
        for one in all.iter().filter(|one| one.separated == rare && one.typed) {
            let (stated, other, like) = (&one.stated, &one.other, &usual.stated);
            findings.push(
                findings
                    .finding(say!(
                        "{stated} 的千分位写法与 {like} 不统一",
                        "{stated} is not grouped like {like}"
                    ))
                    .at(one.span)
                    .label(usual.span, say!("这里是另一种写法", "written the other way here"))
                    .help(say!("写作 {other}", "write {other}"))
                    .fix(one.digits, other.as_str()),
            );
        }
    }
}

fn seen<'t>(text: &'t ReadText<'_>) -> impl Iterator<Item = Seen> + 't {
    text.amounts().filter_map(|(_, token, amount, _)| {
        let separated = match amount.grouping {
            Grouping::Short => return None,
            Grouping::Plain => false,
            Grouping::Separated => true,
        };
        let digits = text.says(amount.digits.clone());
        Some(Seen {
            span: text.passage.span(token.range.clone()),
            digits: text.passage.span(amount.digits.clone()),
            separated,
            typed: text.is_typed(token),
            stated: text.says(token.range.clone()).to_owned(),
            other: regrouped(digits, separated),
        })
    })
}

/// The digits with separators put in, or taken out.
fn regrouped(digits: &str, separated: bool) -> String {
    if separated {
        return digits.replace(',', "");
    }
    let integer = digits.chars().take_while(|ch| !matches!(ch, '.' | '．')).count();
    let mut out = String::new();
    for (index, ch) in digits.chars().enumerate() {
        if index > 0 && index < integer && (integer - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(ch);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::regrouped;

    #[test]
    fn digits_are_regrouped_both_ways() {
        assert_eq!(regrouped("10,180,000.00", true), "10180000.00");
        assert_eq!(regrouped("10180000.00", false), "10,180,000.00");
        assert_eq!(regrouped("1018", false), "1,018");
    }
}
