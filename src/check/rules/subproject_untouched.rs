//! Sub-projects that no indicator touches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Indicator, Project, Subproject, Text};
use crate::reading::words::indicators::WORDS;

pub(super) static RULE: Rule = Rule {
    code: code::SUBPROJECT_UNTOUCHED,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "子项目没有对应的指标", en: "no indicator touches a sub-project" },
    what: Phrase {
        zh: "子项目及其费用的名称、说明这一子项目的段落，与各指标的名称和解释没有相同的实义词。一个项目只报一次，列出全部这样的子项目。",
        en: "Neither the names of a sub-project and its costs nor the paragraphs about it share a word of substance with any indicator. Told once a project, with the list.",
    },
    why: Phrase {
        zh: "花钱的内容没有指标，做没做、做得怎样就无从考核。",
        en: "What is paid for and not measured can be left undone without anybody noticing.",
    },
    bad: "[[subproject]]\nid = \"review\"\nname = \"数据安全专项检查\"\namount = \"58万元\"\n\n# 指标只有：线路巡检次数、故障发生率、用户满意度",
    good: "[[indicator]]\nkind = \"数量指标\"\nname = \"数据安全检查单位数\"\ntarget = \"≥ 13.00 家\"",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check,
};

/// How many sub-projects are pointed to one by one; the help lists all.
const LABELS: usize = 3;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, project, _) in subject.projects() {
        if project.subprojects.len() < 2 || project.printed_indicators().is_empty() {
            continue;
        }
        let indicators: BTreeSet<Word> = project.printed_indicators().iter().flat_map(words_of).collect();
        let names: Vec<BTreeSet<Word>> = project.subprojects.iter().map(names_of).collect();
        let named = |at: usize| names.get(at).is_some_and(|names| !names.is_disjoint(&indicators));
        if (0..names.len()).all(named) {
            continue;
        }
        let texts = paragraphs_about(subject, index, project);
        let mut known: BTreeMap<&Word, usize> = BTreeMap::new();
        for word in names.iter().zip(&texts).flat_map(|(names, text)| names.union(text)) {
            *known.entry(word).or_default() += 1;
        }
        // A word of its paragraphs counts when no other sub-project's names or paragraphs have it.
        let own = |word: &Word| known.get(word) == Some(&1);
        let touched = |at: usize| {
            named(at) || texts.get(at).is_some_and(|text| text.intersection(&indicators).any(own))
        };
        let all = project.subprojects.iter().enumerate();
        let untouched: Vec<&Subproject> = all.filter(|(at, _)| !touched(*at)).map(|(_, own)| own).collect();
        if untouched.is_empty() {
            continue;
        }
        let (all, count) = (project.subprojects.len(), untouched.len());
        let mut finding = findings.finding(say!(
            "{all} 个子项目中有 {count} 个没有对应的指标",
            "no indicator touches {count} of the {all} sub-projects"
        ));
        for own in untouched.iter().take(LABELS) {
            finding = finding.label(own.name.span(), say!("没有指标说到它", "no indicator speaks of it"));
        }
        let (zh, en) = (names_in(&untouched, Lang::Zh, "、"), names_in(&untouched, Lang::En, "; "));
        findings.push(finding.help(say!("没有说到的是：{zh}", "those are: {en}")).help(say!(
            "为主要的子项目设指标，或在指标的名称、explanation 中点明是哪个子项目",
            "set an indicator for the main ones, or let the name or explanation of one say which it is about"
        )));
    }
}

fn names_in(subprojects: &[&Subproject], lang: Lang, separator: &str) -> String {
    subprojects.iter().map(|own| own.name.str(lang).trim()).collect::<Vec<_>>().join(separator)
}

fn names_of(subproject: &Subproject) -> BTreeSet<Word> {
    let costs = subproject.costs.iter().flat_map(|cost| substance(&cost.name));
    substance(&subproject.name).into_iter().chain(costs).collect()
}

fn words_of(indicator: &Indicator) -> impl Iterator<Item = Word> {
    let texts = [Some(&indicator.name), indicator.explanation.as_ref(), indicator.basis.as_ref()];
    texts.into_iter().flatten().flat_map(substance)
}

/// For each sub-project the words of the paragraphs that name it and no other, in the first language.
fn paragraphs_about(subject: &Subject<'_>, index: usize, project: &Project) -> Vec<BTreeSet<Word>> {
    let names: Vec<&str> = project.subprojects.iter().map(|own| own.name.str(Lang::Zh).trim()).collect();
    let mut words = vec![BTreeSet::new(); names.len()];
    for text in subject.texts_of(index).filter(|text| text.passage.lang == Lang::Zh) {
        for paragraph in text.passage.text.lines() {
            let mut named = (0..).zip(&names).filter(|(_, name)| paragraph.contains(**name));
            if let (Some((only, _)), None) = (named.next(), named.next())
                && let Some(words) = words.get_mut::<usize>(only)
            {
                words.extend(chinese(paragraph));
            }
        }
    }
    words
}

/// A pair of Chinese characters, or the first six letters of another word; what is shorter is filled up with zeros.
type Word = [char; 6];

/// Pairs of characters in Chinese, which has no spaces between words, else the words themselves; common ones left out.
fn substance(text: &Text) -> Vec<Word> {
    match text.exactly(Lang::Zh) {
        Some(prose) => chinese(&prose.value),
        None => english(text.str(Lang::En)),
    }
}

fn word(letters: impl IntoIterator<Item = char>) -> Word {
    let mut word = Word::default();
    word.iter_mut().zip(letters).for_each(|(place, letter)| *place = letter);
    word
}

fn chinese(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut last = None;
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        if chars.peek().is_some_and(|next| COMMON.contains(&[ch, *next])) {
            chars.next();
            last = None;
            continue;
        }
        let letter = ch.is_alphanumeric().then(|| ch.to_ascii_lowercase());
        words.extend(last.zip(letter).map(|(one, two)| word([one, two])));
        last = letter;
    }
    words
}

fn english(text: &str) -> Vec<Word> {
    text.split(|ch: char| !ch.is_alphanumeric())
        .map(str::to_lowercase)
        // Singular and plural, noun and verb mostly share their first letters.
        .filter(|word| word.len() > 3 && !WORDS.common.en.contains(word))
        .map(|letters| word(letters.chars()))
        .collect()
}

/// Pairs of characters that say nothing about which sub-project is meant.
static COMMON: LazyLock<BTreeSet<[char; 2]>> = LazyLock::new(|| {
    let words = WORDS.common.zh.iter();
    words.filter_map(|word| word.chars().collect::<Vec<_>>().try_into().ok()).collect()
});
