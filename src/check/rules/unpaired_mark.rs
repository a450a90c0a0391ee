//! A bracket, quotation mark or title mark without its other.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::quotes::{closing, opening};

pub(super) static RULE: Rule = Rule {
    code: code::UNPAIRED_MARK,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase {
        zh: "括号、引号或书名号不成对", en: "a bracket or quotation mark has no other"
    },
    what: Phrase {
        zh: "名称或一段文字里的括号、引号、书名号缺了另一半，或者互相交叉。条目序号（1）、a)）、英文的撇号和直引号不算。",
        en: "A bracket, quotation mark or title mark in a name or paragraph lacks its other, or two pairs cross. Numbers of items such as 1) or a), apostrophes and straight quotes are fine.",
    },
    why: Phrase {
        zh: "缺了一半，读者不知道引到哪里为止；多半是删改时留下的。",
        en: "A reader cannot tell where it ends; mostly it was left over when a text was shortened.",
    },
    bad: "basis = \"依据《公共图书馆法和区政府会议纪要设立。\"",
    good: "basis = \"依据《公共图书馆法》和区政府会议纪要设立。\"",
    source: Phrase {
        zh: "GB/T 15834-2011《标点符号用法》；已公开申报中的错误",
        en: "GB/T 15834-2011, General rules for punctuation; mistakes in published declarations",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings() {
        let text = writing.text();
        for &at in &writing.marks().unpaired {
            let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
            let range = at..at + mark.len_utf8();
            // A value that itself lacks a mark is found where it is typed.
            if writing.is_computed(range.clone()) {
                continue;
            }
            let other = closing(mark).or_else(|| opening(mark)).unwrap_or(mark);
            let finding =
                findings.finding(say!("{mark} 缺少配对的 {other}", "`{mark}` has no matching `{other}`"));
            findings.push(
                finding
                    .at(writing.span(range))
                    .help(say!("补上 {other}，或删去 {mark}", "add `{other}`, or delete `{mark}`")),
            );
        }
    }
}
