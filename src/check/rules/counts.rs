//! Counts in the text that differ from what there is.

use rust_decimal::Decimal;

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::form::SectionRole;
use crate::lang::{Lang, Words, say};
use crate::narrative::Scope;
use crate::reading::words::COUNTS;
use crate::reading::{Token, clause, sentence};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::COUNT_DIFFERS,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase {
        zh: "正文所写的个数与实际不符", en: "a count in the text differs from what there is"
    },
    what: Phrase {
        zh: "正文手写的子项目、项目、预算单位、分项、绩效指标个数（阿拉伯数字或汉字），与申报内容不符。只看说明构成的句子，如“包括4个子项目”\
             “由四个子项目组成”“分5项列支”；“其中两个子项目”一类的说法不在此列。",
        en: "The number of sub-projects, projects, budget units, items or indicators, typed in figures or words, is not what \
             the declaration holds. Only sentences on what there is are looked at, such as `consists of four sub-projects`; \
             `two of the sub-projects` is left alone.",
    },
    why: Phrase {
        zh: "增减子项目后忘了改正文，是常见的退回原因。",
        en: "Adding a sub-project and forgetting the text is a common reason for a return.",
    },
    bad: "[narrative]\noverview = \"本项目包括5个子项目。\"",
    good: "[narrative]\noverview = \"本项目包括{{subproject.count}}个子项目。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

/// What is counted.
struct Counted {
    name: Words,
    /// The numbers that are right.
    right: Vec<usize>,
    path: &'static str,
    span: Option<Span>,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for token in &text.numbers.tokens {
            let Some(number) = token.number() else { continue };
            if !text.is_typed(token) {
                continue;
            }
            let counted = match text.passage.lang {
                Lang::Zh => chinese(subject, text, token),
                Lang::En => english(subject, text, token),
            };
            let Some(counted) = counted else { continue };
            let wrong = counted.right.iter().all(|right| Decimal::from(*right) != number);
            if let (true, Some(right)) = (wrong, counted.right.first()) {
                findings.push(finding(findings, text, token, number, *right, &counted));
            }
        }
    }
}

fn finding(
    findings: &Findings<'_>,
    text: &ReadText<'_>,
    token: &Token,
    number: Decimal,
    right: usize,
    counted: &Counted,
) -> Diagnostic {
    let (zh, en, path) = (&counted.name.zh, &counted.name.en, counted.path);
    let place = text.passage.span(token.range.clone());
    let finding = findings
        .finding(say!(
            "正文说有 {number} 个{zh}，实际有 {right} 个",
            "the text counts {number} {en}, the declaration has {right}"
        ))
        .label(place, say!("正文所写", "stated here"));
    let finding = match counted.span {
        Some(span) => finding.label(span, say!("实际有 {right} 个", "{right} in all")),
        None => finding,
    };
    finding.help(say!(
        "用 {{{{{path}}}}} 代替手写的个数，或补上缺少的内容",
        "write {{{{{path}}}}} instead of the number, or add what is missing"
    ))
}

fn chinese(subject: &Subject<'_>, text: &ReadText<'_>, token: &Token) -> Option<Counted> {
    let whole = &text.passage.text;
    let clause = clause(whole, token.range.start);
    let before = whole.get(clause.start..token.range.start)?.trim_end();
    let after = whole.get(token.range.end..)?.trim_start_matches(' ');
    let after = after.strip_prefix(['个', '项']).map(|rest| (rest.trim_start_matches(' '), after));
    let (rest, own) = after?;
    if before.contains("其中") {
        return printed(subject, text, before, rest);
    }
    if COUNTS.some.iter().any(|word| before.ends_with(word.as_str())) {
        return None;
    }
    let made_of = COUNTS.made_of.iter().any(|word| before.contains(word.as_str()));
    let counted = before_links(before);
    if rest.starts_with("子项目") || counted.ends_with("子项目") {
        let listed = rest.strip_prefix("子项目").is_some_and(|rest| {
            ["组成", "构成", "，分别", "分别", "：", "，即", "，包括", "，具体"]
                .iter()
                .any(|word| rest.starts_with(word))
        });
        return (made_of || listed || counted.ends_with("子项目"))
            .then(|| subprojects(subject, text))
            .flatten();
    }
    let indicator = ["绩效指标", "三级指标"];
    if indicator.iter().any(|word| rest.starts_with(word) || counted.ends_with(word)) {
        return (made_of || before.contains("设置") || before.contains("设定"))
            .then(|| indicators(subject, text))
            .flatten();
    }
    if text.passage.scope == Scope::Overview {
        if rest.starts_with("预算单位") {
            return Some(budget_units(subject));
        }
        // 涉及2个项目: after all that is summed up, 合计3个 needs no name.
        let summed = counted.is_empty() && before.contains('计') && speaks_of_projects(whole, token);
        let named = counted.ends_with("项目") || rest.starts_with("项目");
        return (own.starts_with('个') && named || summed).then(|| projects(subject));
    }
    let spent = ["列支", "费用构成", "支出构成"].iter().any(|word| rest.starts_with(word));
    let divided = before.ends_with('分') || before.ends_with("分为") || before.ends_with("由");
    (own.starts_with('项') && spent && divided && is_budget(subject, text))
        .then(|| items(subject, text))
        .flatten()
}

/// The projects that are printed, where a department's overview says how many of all that is.
fn printed(subject: &Subject<'_>, text: &ReadText<'_>, before: &str, rest: &str) -> Option<Counted> {
    let declared = subject.declaration.overview.declared.is_some();
    let says = ["公开", "列示", "公示", "本次", "附"].iter().any(|word| before.contains(word));
    let counts = text.passage.scope == Scope::Overview && rest.starts_with("项目");
    (declared && says && counts).then(|| Counted {
        name: say!("项目", "projects"),
        right: vec![subject.declaration.projects.len()],
        path: "project.count",
        span: None,
    })
}

/// A text without the words between what is counted and its number.
fn before_links(before: &str) -> &str {
    let mut rest = before;
    while let Some(link) = COUNTS.links.iter().find(|link| rest.ends_with(link.as_str())) {
        rest = rest.get(..rest.len() - link.len()).unwrap_or("");
    }
    rest
}

/// Whether the sentence counts projects before a token.
fn speaks_of_projects(text: &str, token: &Token) -> bool {
    let start = sentence(text, token.range.start).start;
    text.get(start..token.range.start).is_some_and(|before| before.contains("项目"))
}

fn is_budget(subject: &Subject<'_>, text: &ReadText<'_>) -> bool {
    matches!(subject.role_of(&text.passage.part), Some(SectionRole::Budget | SectionRole::Overview))
}

fn english(subject: &Subject<'_>, text: &ReadText<'_>, token: &Token) -> Option<Counted> {
    let whole = &text.passage.text;
    let span = sentence(whole, token.range.start);
    let before = whole.get(span.start..token.range.start)?.to_ascii_lowercase();
    let before = before.trim_end();
    let after = whole.get(token.range.end..)?.trim_start().to_ascii_lowercase();
    let made_of = COUNTS.made_of_english.iter().any(|words| {
        before
            .strip_suffix(words.as_str())
            .is_some_and(|rest| !rest.ends_with(|ch: char| ch.is_ascii_alphabetic()))
    });
    let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if starts(&["sub-projects", "subprojects", "sub-project", "subproject"]) && made_of {
        return subprojects(subject, text);
    }
    if starts(&["performance indicators", "level 3 indicators"]) && made_of {
        return indicators(subject, text);
    }
    if text.passage.scope == Scope::Overview {
        if starts(&["budget units", "budget unit"]) {
            return Some(budget_units(subject));
        }
        let listed = before.ends_with("projects declared:") || before.ends_with("number of projects:");
        return ((starts(&["projects", "project "]) && made_of) || listed).then(|| projects(subject));
    }
    None
}

fn subprojects(subject: &Subject<'_>, text: &ReadText<'_>) -> Option<Counted> {
    let Scope::Project(index) = text.passage.scope else { return None };
    let project = subject.declaration.projects.get(index)?;
    let count = project.subprojects.len();
    // Without sub-projects the costs may be meant.
    let right = if count == 0 { vec![project.costs.len()] } else { vec![count] };
    let path = if count == 0 { "cost.count" } else { "subproject.count" };
    let span = project.subprojects.last().map(|last| last.id.span);
    Some(Counted { name: say!("子项目", "sub-projects"), right, path, span })
}

fn items(subject: &Subject<'_>, text: &ReadText<'_>) -> Option<Counted> {
    let Scope::Project(index) = text.passage.scope else { return None };
    let project = subject.declaration.projects.get(index)?;
    let costs = project.costs.len() + project.subprojects.iter().map(|sub| sub.costs.len()).sum::<usize>();
    let (path, right) = match project.subprojects.len() {
        0 => ("cost.count", vec![costs]),
        count => ("subproject.count", vec![count, costs]),
    };
    Some(Counted { name: say!("分项", "items"), right, path, span: None })
}

fn indicators(subject: &Subject<'_>, text: &ReadText<'_>) -> Option<Counted> {
    let projects = &subject.declaration.projects;
    let right = match text.passage.scope {
        Scope::Project(index) => projects.get(index)?.indicators.len(),
        Scope::Overview => projects.iter().map(|project| project.indicators.len()).sum(),
    };
    Some(Counted {
        name: say!("绩效指标", "indicators"),
        right: vec![right],
        path: "indicator.count",
        span: None,
    })
}

fn projects(subject: &Subject<'_>) -> Counted {
    let printed = subject.declaration.projects.len();
    let declared = subject.declaration.overview.declared;
    let whole = declared.and_then(|declared| usize::try_from(declared.projects.value).ok());
    let right = whole.into_iter().chain([printed]).collect();
    let span = declared.map(|declared| declared.projects.span);
    Counted { name: say!("项目", "projects"), right, path: "project.count", span }
}

fn budget_units(subject: &Subject<'_>) -> Counted {
    let units = usize::try_from(subject.declaration.overview.budget_units).unwrap_or(0);
    Counted {
        name: say!("预算单位", "budget units"), right: vec![units], path: "budget_units", span: None
    }
}
