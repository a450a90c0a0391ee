//! Characters that nobody sees.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::{Cost, CostBasis, Project, Prose, Text};
use crate::reading::chars::is_han;
use crate::reading::invisible::{Nature, all_invisible};

pub(super) static RULE: Rule = Rule {
    code: code::INVISIBLE_CHARACTER,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase { zh: "看不见的字符", en: "a character that nobody sees" },
    what: Phrase {
        zh: "名称、单位或文字里有零宽空格、软连字符、方向控制符、填充符等看不见的字符。PDF/A 不允许的 U+0000、U+FEFF 是错误，其余是警告；非字符和自造字在生成时作为字体缺字报错（SB502）。各种宽度的空格和汉字后的异体选择符不算。",
        en: "A name, unit or text has a zero-width space, soft hyphen, directional mark, filler or the like. U+0000 and U+FEFF, which PDF/A forbids, are errors, the others warnings; noncharacters and private characters are errors of the font when pages are laid out (SB502). Spaces of any width and variation selectors after a Chinese character are fine.",
    },
    why: Phrase {
        zh: "多半是从网页或 Word 粘贴时带来的：看上去一样的两个名称其实不同，查找不到，有的还使 PDF 无法生成。",
        en: "They come with text pasted from web pages or Word: names that look alike differ, a search misses them, and some cannot be in the PDF at all.",
    },
    bad: "name = \"全民\\u200B阅读推广\"",
    good: "name = \"全民阅读推广\"",
    source: Phrase {
        zh: "ISO 19005-2（PDF/A-2）对字符映射的要求；已公开申报中的错误",
        en: "ISO 19005-2 (PDF/A-2) on the mapping of characters; mistakes in published declarations",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        look(text.passage.prose, findings);
    }
    for plain in &subject.plain {
        look(plain.prose, findings);
    }
    for project in &subject.declaration.projects {
        for text in words(project) {
            text.proses().for_each(|(_, prose)| look(prose, findings));
        }
    }
}

/// 性质, 类别 and the units of costs, which no other rule reads.
fn words(project: &Project) -> impl Iterator<Item = &Text> {
    let below = project.subprojects.iter().flat_map(|subproject| &subproject.costs);
    let units = project.costs.iter().chain(below).filter_map(|cost: &Cost| match &cost.amount {
        CostBasis::Product { unit, .. } => unit.as_ref(),
        CostBasis::Stated(_) | CostBasis::Share { .. } => None,
    });
    project.printed_kinds().chain(units)
}

fn look(prose: &Prose, findings: &mut Findings<'_>) {
    let text = prose.value.as_str();
    for (at, found) in all_invisible(text) {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + found.ch.len_utf8()..).and_then(|text| text.chars().next());
        let selects = found.nature == Nature::Variation && before.is_some_and(|ch| !ch.is_ascii());
        if found.nature == Nature::Blank || selects {
            continue;
        }
        let span = prose.place.at(at..at + found.ch.len_utf8());
        let (zh, en) = (found.name().zh, found.name().en);
        let forbidden = found.is_forbidden();
        let mut finding = findings.finding(match forbidden {
            true => say!("PDF/A 不允许的字符：{zh}", "PDF/A does not allow this character: {en}"),
            false => say!("看不见的字符：{zh}", "invisible character: {en}"),
        });
        if !forbidden {
            finding.severity = Severity::Warning;
        }
        let beside_han = before.is_some_and(is_han) || after.is_some_and(is_han);
        findings.push(match found.replacement {
            Some(_) if beside_han => finding.at(span).help(say!("删去它", "delete it")).fix(span, ""),
            Some("") => finding.at(span).help(say!("删去它", "delete it")).fix(span, ""),
            Some(instead) => finding.at(span).help(say!("改为空格", "write a space")).fix(span, instead),
            None => finding.at(span).help(say!(
                "改用字库中已有的字；没有的，写成相近的通用字或拼音",
                "write a character of Unicode instead, or a common one that is close to it"
            )),
        });
    }
}
