//! Texts that say too little, or more than the form takes.

use crate::check::writing::first_line;
use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::form::{SectionRole, TextCount};
use crate::lang::{Lang, Words, say};
use crate::narrative::{Part, Scope};
use crate::reading::chars::count;

pub(super) static SHORT: Rule = Rule {
    code: code::TEXT_TOO_SHORT,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "文字过短", en: "a text is too short" },
    what: Phrase {
        zh: "项目经费情况说明的一节或绩效目标少于表样规定的字数（空格不计，自动填入的值计入）。几个字就能说清的（实施主体、实施周期、年度预算安排、绩效目标各节）不计。",
        en: "A section of the narrative or a goal has fewer characters than the form profile asks for; spaces do not count, computed values do. Sections whose question a few characters answer are left out: implementing body, period, annual budget and goals.",
    },
    why: Phrase {
        zh: "一两句套话说明不了项目做什么、依据什么、要达到什么。",
        en: "A phrase does not tell what the project does, on what basis and to what end.",
    },
    bad: "overall = \"完成所在科室分配的工作任务。\"",
    good: "overall = \"保障2名非编人员的工资、餐费和体检费按时发放，使两个科室全年的工作任务按时办结。\"",
    source: Phrase {
        zh: "表样的 limits.text_least；已公开申报中的错误",
        en: "limits.text_least of the form profile; mistakes in published declarations",
    },
    check: check_short,
};

pub(super) static LONG: Rule = Rule {
    code: code::TEXT_TOO_LONG,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "文字超过规定字数", en: "a text is too long" },
    what: Phrase {
        zh: "中文的绩效目标或项目经费情况说明的一节超过表样规定的字数（空格不计，自动填入的值计入）；表样按字节计的，一个汉字计3个字节。",
        en: "A goal or section in Chinese has more characters than the form profile allows; spaces do not count, computed values do. Where the profile counts bytes, a Chinese character counts as three.",
    },
    why: Phrase {
        zh: "填报平台按字数截断，表格也会被撑过一页；过长的目标多半把实施方案又抄了一遍。",
        en: "Platforms cut a longer text off, and the form runs over its page. A goal as long as this usually copies the plan.",
    },
    bad: "overall = \"……超过600字的目标……\"",
    good: "overall = \"……不超过600字的目标……\"",
    source: Phrase {
        zh: "表样的 limits.goal_most、limits.text_most",
        en: "limits.goal_most and limits.text_most of the form profile",
    },
    check: check_long,
};

fn check_short(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let least = subject.profile.limits.text_least;
    for text in project_texts(subject) {
        let passage = &text.passage;
        // Who, when and how much take a few characters; and a section with a standard text only points to the form.
        if subject.role_of(&passage.part).is_some_and(SectionRole::is_brief) {
            continue;
        }
        let length = count(&passage.text);
        // The English of a short Chinese text is short as well; it is told once.
        let told = passage.lang == Lang::En && has_chinese(subject, text);
        if length >= least || told {
            continue;
        }
        let Words { zh, en } = title(subject, &passage.part);
        let finding = findings.finding(say!(
            "{zh}只有{length}个字，至少要{least}个",
            "{en} has {length} characters; it takes at least {least}"
        ));
        findings.push(
            finding
                .at(first_line(passage.prose))
                .help(say!("写明具体内容、对象和结果", "say what is done, for whom and with what result")),
        );
    }
}

fn check_long(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let limits = &subject.profile.limits;
    for text in project_texts(subject) {
        let passage = &text.passage;
        let most = match passage.part {
            Part::OverallGoal | Part::AnnualGoal => limits.goal_most,
            _ => limits.text_most,
        };
        let Some(most) = most.filter(|_| passage.lang == Lang::Zh) else { continue };
        let text = passage.text.trim_end();
        let length: usize = text.chars().map(|ch| limits.count.of(ch)).sum();
        let mut before = 0;
        let beyond = text.char_indices().find(|(_, ch)| {
            before += limits.count.of(*ch);
            before > most
        });
        let Some((at, ch)) = beyond else { continue };
        let (Words { zh, en }, over) = (title(subject, &passage.part), length - most);
        let Words { zh: unit, en: units } = match limits.count {
            TextCount::Characters => say!("字", "characters"),
            TextCount::Bytes => say!("字节", "bytes"),
        };
        let finding = findings.finding(say!(
            "{zh}有{length}个{unit}，超过{most}个",
            "{en} has {length} {units}, more than {most}"
        ));
        findings.push(
            finding
                .label(
                    passage.span(at..at + ch.len_utf8()),
                    say!("从这里起超出{over}个{unit}", "{over} {units} too many from here on"),
                )
                .help(say!("删减文字，把做法移到实施方案", "shorten it; leave the how to the plan")),
        );
    }
}

/// The texts of projects.
fn project_texts<'t, 's>(subject: &'t Subject<'s>) -> impl Iterator<Item = &'t ReadText<'s>> {
    subject.texts.iter().filter(|text| matches!(text.passage.scope, Scope::Project(_)))
}

fn has_chinese(subject: &Subject<'_>, text: &ReadText<'_>) -> bool {
    let passage = &text.passage;
    let Scope::Project(index) = passage.scope else { return false };
    subject.texts_of(index).any(|other| other.passage.lang == Lang::Zh && other.passage.part == passage.part)
}

/// What the form calls a text.
fn title(subject: &Subject<'_>, part: &Part) -> Words {
    let profile = subject.profile;
    let words = match part {
        Part::Overview => Some(&profile.document.overview),
        Part::OverallGoal => profile.grid.label_of("goal.overall"),
        Part::AnnualGoal => profile.grid.label_of("goal.annual"),
        Part::Section(id) => profile.section(id).map(|(_, section)| &section.heading),
    };
    let Some(words) = words else { return say!("文字", "the text") };
    Words { zh: format!("“{}”", words.zh), en: format!("`{}`", words.en) }
}
