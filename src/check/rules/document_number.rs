//! A document number whose year is not in 〔〕.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::chars::{after, before, digit, is_han};

pub(super) static RULE: Rule = Rule {
    code: code::DOCUMENT_NUMBER_BRACKETS,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "发文字号的年份没有用六角括号", en: "the year of a document number is not in 〔〕"
    },
    what: Phrase {
        zh: "发文字号的年份写在方括号、圆括号或方头括号里，如“公通字[2007]43号”。",
        en: "The year of a document number stands in [ ], ( ) or 【】, as in 公通字[2007]43号.",
    },
    why: Phrase {
        zh: "发文字号由发文机关代字、年份、发文顺序号组成，年份用六角括号〔〕括入。",
        en: "A document number is the issuer's short name, the year in 〔〕, and the serial number.",
    },
    bad: "basis = \"《信息安全等级保护管理办法》（公通字[2007]43号）\"",
    good: "basis = \"《信息安全等级保护管理办法》（公通字〔2007〕43号）\"",
    source: Phrase {
        zh: "《党政机关公文格式》（GB/T 9704-2012）7.2.5",
        en: "GB/T 9704-2012, Layout key for official documents, 7.2.5",
    },
    check,
};

const OPEN: [char; 8] = ['[', '(', '（', '【', '［', '〖', '〔', '{'];
const CLOSE: [char; 8] = [']', ')', '）', '】', '］', '〗', '〕', '}'];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings() {
        let text = writing.text();
        for (at, open) in text.match_indices(OPEN) {
            let Some((end, year, right)) = number_at(text, at, open) else { continue };
            if right || writing.is_computed(at..end) {
                continue;
            }
            let wrong = text.get(at..end).unwrap_or("");
            let finding = findings.finding(say!(
                "发文字号的年份应写在六角括号里：{wrong} 应为〔{year}〕",
                "the year of a document number belongs in 〔〕: {wrong} should be 〔{year}〕"
            ));
            let finding = finding.at(writing.span(at..end)).help(say!("改成〔{year}〕", "write 〔{year}〕"));
            findings.push(match writing.fixable(at..end) {
                Some(span) => finding.fix(span, format!("〔{year}〕")),
                None => finding,
            });
        }
    }
}

/// The bracketed year at `at` of a document number: where it ends, its digits, and whether its brackets are 〔〕.
fn number_at<'t>(text: &'t str, at: usize, open: &str) -> Option<(usize, &'t str, bool)> {
    let name = text.get(..at)?.trim_end_matches(' ');
    before(name, name.len()).filter(|ch| is_han(*ch) || ch.is_ascii_alphabetic())?;
    let from = at + open.len();
    let rest = text.get(from..)?;
    let digits: usize = rest.chars().take_while(|ch| digit(*ch).is_some()).map(char::len_utf8).sum();
    let year = rest.get(..digits)?;
    let first = year.chars().filter_map(digit).take(2).fold(0, |sum, digit| sum * 10 + digit);
    if year.chars().count() != 4 || !matches!(first, 19 | 20) {
        return None;
    }
    let close = after(text, from + digits).filter(|ch| CLOSE.contains(ch))?;
    let end = from + digits + close.len_utf8();
    let serial = text.get(end..)?.trim_start_matches([' ', '第']);
    let number = serial.trim_start_matches(|ch| digit(ch).is_some());
    let right = open == "〔" && close == '〕';
    (number.len() < serial.len() && number.trim_start_matches(' ').starts_with('号'))
        .then_some((end, year, right))
}
