//! Targets in words where a number belongs: a measure without one, one inside words, and words that say nothing.

use crate::check::indicator::{Item, has_word, items, trimmed};
use crate::check::number_in_words::read;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::Prose;
use crate::reading::words::indicators::WORDS;

pub(super) static WITHOUT_NUMBER: Rule = Rule {
    code: code::MEASURE_WITHOUT_NUMBER,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "量化指标没有数字", en: "an indicator that counts or measures has no number"
    },
    what: Phrase {
        zh: "名称以率、比例、数量、次数、人数、面积、金额、时间等结尾的指标，指标值只是文字。",
        en: "The name is of a rate, a number, an area, an amount or a time, but the target is only a word.",
    },
    why: Phrase {
        zh: "名称说的是一个数，指标值就应当是数，否则自评时无从计算。",
        en: "A name that asks how much wants a number; a word cannot be compared with the result.",
    },
    bad: "name = \"讲座场次\"\ntarget = \"按计划完成\"",
    good: "name = \"讲座场次\"\ntarget = \"≥ 24.00 场\"",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check: without_number,
};

pub(super) static IN_WORDS: Rule = Rule {
    code: code::NUMBER_IN_WORDS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "指标值把数字写在文字里", en: "a number stands inside words" },
    what: Phrase {
        zh: "指标值含有数字，却没有写成符号、数字、单位，如“48小时内”“不低于80%”“每月两次”。日期、等级和“7×24小时”除外。",
        en: "The target holds a number but is not written as sign, number and unit, such as `within 48 hours`. Dates and grades are left alone.",
    },
    why: Phrase {
        zh: "预算管理平台分别登记符号、数值和单位，写在文字里的数不能登记，也不能比较。",
        en: "The budget platform keeps sign, number and unit apart; a number inside words can be neither entered nor compared.",
    },
    bad: "name = \"故障维修及时性\"\ntarget = \"48小时内\"",
    good: "name = \"故障维修及时性\"\ntarget = \"≤ 48 小时\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: in_words,
};

pub(super) static VAGUE: Rule = Rule {
    code: code::VAGUE_TARGET,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "指标值笼统，无法衡量", en: "a target is a word that nobody can measure" },
    what: Phrase {
        zh: "指标值含有表示程度的词（有效、明显、显著、较好、基本、进一步等），或只说变化、没有数字（提升、提高、改善、增强、扩大、减少、节省等）。合理、可控、良好、达标、健全、稳定等惯用的词除外。",
        en: "The target holds words of degree such as effective, markedly, fairly or further, or names a change without a figure, such as raised, improved, extended or reduced. Accepted words such as reasonable, good, sound or stable are left alone.",
    },
    why: Phrase {
        zh: "程度没有标准，完成与否各说各话。",
        en: "Nobody can say whether such a degree was reached.",
    },
    bad: "name = \"公众阅读意识\"\ntarget = \"明显提升\"",
    good: "name = \"持证读者增长率\"\ntarget = \"≥ 5.00 %\"",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check: vague,
};

/// What rules on targets in words look at: the item, the words and their language.
fn stated<'s>(subject: &Subject<'s>) -> impl Iterator<Item = (Item<'s>, Lang, &'s Prose)> + use<'s> {
    items(subject).filter_map(|item| {
        let (lang, prose) = item.stated()?;
        Some((item, lang, prose))
    })
}

fn without_number(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (item, _, prose) in stated(subject) {
        let said = prose.value.trim();
        let numbered = said.contains(|ch: char| ch.is_numeric()) || is_number(&item, said, subject);
        // A target that repeats the name is reported as that.
        if !item.is_measure() || numbered || item.repeats(said) || item.is_moment(said) {
            continue;
        }
        let (zh, en) = (item.name(Lang::Zh), item.name(Lang::En));
        let finding = findings
            .finding(say!(
                "“{zh}”应有数字，指标值却只写“{said}”",
                "`{en}` wants a number, but the target is only `{said}`"
            ))
            .label(prose.place.span(), say!("这里没有数字", "no number here"));
        findings.push(match evident(&item, said) {
            Some(fix) => finding.help(say!("写作“{fix}”", "write `{fix}`")).fix(trimmed(prose), fix),
            None => finding.help(say!(
                "写出符号、数字和单位，如 \"≥ 12.00 次\"",
                "give sign, number and unit, such as \"≥ 12.00 次\""
            )),
        });
    }
}

/// Words that are numbers: none, or all.
fn evident(item: &Item<'_>, said: &str) -> Option<&'static str> {
    let name = item.name(Lang::Zh);
    match said {
        "无" | "零" if name.ends_with("次数") => Some("= 0 次"),
        "无" | "零" if name.ends_with('率') => Some("= 0 %"),
        "全覆盖" | "全部覆盖" if name.ends_with("覆盖率") => Some("= 100 %"),
        _ => None,
    }
}

fn is_number(item: &Item<'_>, said: &str, subject: &Subject<'_>) -> bool {
    let lang = item.stated().map_or(Lang::Zh, |(lang, _)| lang);
    read(said, lang, subject.profile).is_some()
}

fn in_words(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (item, lang, prose) in stated(subject) {
        let typed = prose.value.trim();
        let Some(found) = read(typed, lang, subject.profile) else { continue };
        let finding = findings.finding(say!(
            "指标值“{typed}”把数字写在文字里",
            "the target `{typed}` has its number inside words"
        ));
        let finding = finding.at(prose.place.span());
        let Some(said) = found.said else {
            findings.push(finding.help(say!(
                "只留符号、数字和单位，如 \"≤ 48 小时\"；条件写进名称，几个数分成几个指标",
                "keep sign, number and unit, such as \"≤ 48 小时\"; put conditions into the name, and each number into an indicator of its own"
            )));
            continue;
        };
        let written = said.written(item.can_exceed());
        let finding =
            finding.help(say!("写成符号、数字和单位“{written}”", "write sign, number and unit: `{written}`"));
        let finding = if said.sure {
            finding
        } else {
            finding.help(say!(
                "文字没有说明是不低于还是不超过，请选用“≥”“≤”或“=”",
                "the words leave the sign open: choose `≥`, `≤` or `=`"
            ))
        };
        findings.push(match (item.agrees(&written), said.sure) {
            (false, _) => finding,
            (true, true) => finding.fix(trimmed(prose), written),
            (true, false) => finding.suggest(trimmed(prose), written),
        });
    }
}

/// The word by which a target cannot be measured.
fn vague_word(said: &str, lang: Lang) -> Option<&'static str> {
    let words = &WORDS.vague;
    match lang {
        Lang::Zh => {
            let bare =
                words.except.iter().fold(said.to_owned(), |text, word| text.replace(word.as_str(), ""));
            let all = words.degree.iter().chain(&words.change).map(String::as_str);
            all.filter_map(|word| Some((bare.find(word)?, word))).min().map(|(_, word)| word)
        }
        Lang::En => words.en.iter().map(String::as_str).find(|word| has_word(&said.to_lowercase(), word)),
    }
}

fn vague(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (item, lang, prose) in stated(subject) {
        let said = prose.value.trim();
        // What wants a number, holds one, or repeats the name is reported as that.
        let otherwise = item.is_measure()
            || said.contains(|ch: char| ch.is_numeric())
            || is_number(&item, said, subject)
            || item.repeats(said);
        let Some(word) = vague_word(said, lang).filter(|_| !otherwise) else { continue };
        findings.push(
            findings
                .finding(say!("指标值“{said}”笼统，无法衡量", "nobody can measure the target `{said}`"))
                .label(prose.place.span(), say!("“{word}”没有标准", "`{word}` has no standard"))
                .help(say!(
                    "换成能取数的指标值（如 \"≥ 5.00 %\"），或有标准可查的词，如达标、健全",
                    "give a target with a number, such as \"≥ 5.00 %\", or a word that has a standard, such as 达标 or 健全"
                )),
        );
    }
}
