//! Numbers of headings and lists: that they go on by one, and keep one style.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::reading::markers::{Marker, Style};

pub(super) static JUMPS: Rule = Rule {
    code: code::NUMBERING_JUMPS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "序号跳号或重号", en: "the numbers of a list jump or repeat" },
    what: Phrase {
        zh: "一段文字里的一、（一）1.（1）①和“一是、二是”没有依次递增，也没有从头编起。",
        en: "Numbers of headings or items in a text neither go on by one nor begin again at one.",
    },
    why: Phrase {
        zh: "跳号像是漏了一项，重号使人无法引用。",
        en: "A gap looks like a lost item, and a number used twice cannot be referred to.",
    },
    bad: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（4）组织验收。\n'''",
    good: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（3）组织验收。\n'''",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: check_jumps,
};

pub(super) static MIXED: Rule = Rule {
    code: code::NUMBERING_MIXED,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "序号写法混用", en: "a list mixes styles of numbers" },
    what: Phrase {
        zh: "一段文字里同一层序号有的写“1.”、有的写“1、”，或者有的用全角括号、有的用半角括号。",
        en: "In a text some numbers of one level are written 1. and some 1、, or some in wide and some in narrow brackets.",
    },
    why: Phrase {
        zh: "同一层次的序号写法应当一致。公文的层次序数依次是“一、”“（一）”“1.”“（1）”。",
        en: "One level has one style. The levels of official documents are 一、 （一） 1. （1）.",
    },
    bad: "plan = '''\n（1）制订计划；\n（2）开展采购；\n(3)组织验收。\n'''",
    good: "plan = '''\n（1）制订计划；\n（2）开展采购；\n（3）组织验收。\n'''",
    source: Phrase {
        zh: "GB/T 9704-2012 7.3.3 的层次序数",
        en: "GB/T 9704-2012, 7.3.3, on the numbers of levels",
    },
    check: check_mixed,
};

fn check_jumps(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let (prose, all) = (text.passage.prose, &text.markers);
        let mut last: [Option<&Marker>; 6] = [None; 6];
        for marker in all {
            let before = last.get(marker.level).copied().flatten();
            let expected = before.map_or(1, |before| before.value + 1);
            // A number in running text begins a list only where a first one does.
            let counts = marker.leads || before.is_some() || marker.value == 1;
            let again = marker.value == 1
                && before.is_none_or(|before| before.block != marker.block || before.value > 1);
            if counts && marker.value != expected && !again {
                let typed = |marker: &Marker| prose.value.get(marker.range.clone()).unwrap_or("").to_owned();
                let this = typed(marker);
                let mut finding = match before.map(typed) {
                    Some(before) if before == this => {
                        findings.finding(say!("序号{this}出现了两次", "the number {this} comes twice"))
                    }
                    Some(before) => findings.finding(say!(
                        "序号从{before}跳到了{this}",
                        "the numbers go from {before} to {this}"
                    )),
                    None => findings.finding(say!("序号从{this}开始", "the numbers begin with {this}")),
                };
                finding = finding.at(prose.place.at(marker.range.clone()));
                if let Some(before) = before {
                    let place = prose.place.at(before.range.clone());
                    finding = finding.label(place, say!("前一个序号", "the number before"));
                }
                findings.push(finding.help(say!(
                    "依次编号；查一查是不是漏了或多了一项",
                    "number the items one by one; see whether one is missing or given twice"
                )));
            }
            if let Some(place) = last.get_mut(marker.level).filter(|_| counts) {
                *place = Some(marker);
            }
        }
    }
}

fn check_mixed(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let prose = text.passage.prose;
        let all = &text.markers;
        for level in [1, 2, 3] {
            let of_level: Vec<&Marker> = all.iter().filter(|marker| marker.level == level).collect();
            let Some(first) = of_level.first() else { continue };
            let count = |style| of_level.iter().filter(|marker| marker.style == style).count();
            // The style that most have; of two as common, the one that comes first.
            let usual = of_level.iter().fold(first.style, |usual, marker| {
                if count(marker.style) > count(usual) { marker.style } else { usual }
            });
            let Some(model) = of_level.iter().find(|marker| marker.style == usual) else { continue };
            let model_text = prose.value.get(model.range.clone()).unwrap_or("");
            for marker in of_level.iter().filter(|marker| marker.style != usual) {
                let typed = prose.value.get(marker.range.clone()).unwrap_or("");
                let fixed = restyled(typed, usual);
                let place = prose.place.at(marker.range.clone());
                let finding = findings.finding(say!(
                    "序号“{model_text}”和“{typed}”两种写法混用",
                    "numbers like {model_text} and like {typed} are mixed"
                ));
                let finding = finding
                    .at(place)
                    .label(prose.place.at(model.range.clone()), say!("别处的写法", "as elsewhere"))
                    .help(say!("写成“{fixed}”", "write {fixed}"));
                findings.push(finding.fix(place, fixed));
            }
        }
    }
}

/// A marker in another style of its level.
fn restyled(marker: &str, style: Style) -> String {
    let number = marker.trim_matches(|ch| matches!(ch, '(' | ')' | '（' | '）' | '.' | '．' | '、'));
    match style {
        Style::Wide => format!("（{number}）"),
        Style::Narrow => format!("({number})"),
        Style::Comma => format!("{number}、"),
        Style::Point => format!("{number}."),
        Style::Only => marker.to_owned(),
    }
}
