//! A sentence about the declaration's year that has the total of all years.

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::narrative::Scope;
use crate::reading::words::DATES;
use crate::reading::{clause, sentence};

pub(super) static RULE: Rule = Rule {
    code: code::TOTAL_FOR_YEAR,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "写年度的句子用了各年的总额",
        en: "a sentence about the year has the total of all years",
    },
    what: Phrase {
        zh: "项目跨年度，写申报年度（{{year}}年、本年度、今年）预算的句子却用了各年合计的 {{total}}，或列出各年总额的 {{cost.list}}。",
        en: "A project has several years, and a sentence about the budget of the declaration's year ({{year}}, this year) takes {{total}}, which is that of all years, or {{cost.list}}, which lists totals of all years.",
    },
    why: Phrase {
        zh: "当年的预算会被说成几年的总额，与申报表的年度资金申请总额不符。",
        en: "It gives the year the money of all years, and contradicts the request on the form.",
    },
    bad: "budget = \"{{year}}年预算合计{{total}}。\"",
    good: "budget = \"{{year}}年预算合计{{annual}}。\"",
    source: Phrase { zh: "算术；使用者的错误", en: "arithmetic; mistakes of users" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let projects = &subject.declaration.projects;
        let several = match text.passage.scope {
            Scope::Overview => projects.iter().any(|project| project.period.is_multi_year()),
            Scope::Project(index) => projects.get(index).is_some_and(|project| {
                project.period.is_multi_year()
                    || text.passage.prose.value.contains("declaration.")
                        && projects.iter().any(|project| project.period.is_multi_year())
            }),
        };
        if several {
            look(subject, text, findings);
        }
    }
}

fn look(subject: &Subject<'_>, text: &ReadText<'_>, findings: &mut Findings<'_>) {
    let passage = &text.passage;
    let year = subject.declaration.year;
    for taken in passage.taken() {
        let Some((instead, annual)) = taken.annual else { continue };
        if annual == taken.amount || !is_of_year(text, taken.range.start, taken.range.end, year) {
            continue;
        }
        let (path, total) = (taken.path, taken.amount);
        let span = passage.span(taken.range.clone());
        let finding = findings.finding(say!(
            "这句写的是{year}年，{path} 却是各年的总额{total}",
            "the sentence is about {year}, but {path} is {total}, the total of all years"
        ));
        findings.push(
            finding
                .at(span)
                .help(say!(
                    "{year}年的金额是{annual}，写 {{{{{instead}}}}}",
                    "that of {year} is {annual}: write {{{{{instead}}}}}"
                ))
                .suggest(span, instead),
        );
    }
}

/// Whether the words around a total give it to one year, the declaration's.
fn is_of_year(text: &ReadText<'_>, start: usize, end: usize, year: i16) -> bool {
    let whole = text.passage.text.as_str();
    // 2026年申请…，由以下费用组成： leads the list in the lines behind it.
    let lead = whole.get(..start).and_then(|before| before.strip_suffix('\n')).unwrap_or("");
    if lead.ends_with(['：', ':']) {
        return says_year(text, sentence(whole, lead.len() - 1).start, lead.len(), year);
    }
    let sentence = sentence(whole, start);
    let own = clause(whole, start);
    let head = whole.get(sentence.start..own.start).unwrap_or("");
    let head = head.trim_end_matches(['，', ',', '：', ':', '；', ' ']);
    // 2026年，本项目预算…: a year that stands for itself leads the whole sentence.
    let leads = head.chars().count() <= 12 && !head.is_empty();
    let from = if leads && says_year(text, sentence.start, sentence.start + head.len(), year) {
        sentence.start
    } else {
        own.start
    };
    let tail = whole.get(end..).unwrap_or("");
    let until = if ["for ", "in "].iter().any(|word| tail.trim_start().starts_with(word)) {
        own.end.max(end)
    } else {
        end
    };
    says_year(text, from, until, year)
}

/// Whether a stretch of text names the year and no other, and nothing that speaks of more.
fn says_year(text: &ReadText<'_>, from: usize, to: usize, year: i16) -> bool {
    let words = text.passage.text.get(from..to).unwrap_or("");
    if DATES.all_years.any_in(words) {
        return false;
    }
    let mut years = text.numbers.dates.iter().filter(|date| from <= date.range.start && date.range.end <= to);
    let named: Vec<_> = years.by_ref().filter_map(|date| date.year).collect();
    match named.as_slice() {
        [] => DATES.this_year.any_in(words),
        years => years.iter().all(|own| *own == year),
    }
}
