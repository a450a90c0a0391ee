//! What a form's tree of indicators needs: the levels and kinds that a project has nothing under, and how many it has.

use crate::check::indicator::{Item, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::form::{Kind, Need};
use crate::lang::say;
use crate::model::Project;
use crate::paths::List;

pub(super) static LEVEL: Rule = Rule {
    code: code::LEVEL_MISSING,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "缺少一级指标", en: "a first level of indicators is missing" },
    what: Phrase {
        zh: "项目在表样要求的一级指标（成本、产出、效益、满意度）下一个指标也没有。",
        en: "The project has no indicator under a first level that the form needs (cost, output, benefit, satisfaction).",
    },
    why: Phrase {
        zh: "公开的申报表各一级指标都有内容，缺一项会被退回补填；表样只是建议的，按警告提示。",
        en: "Published forms have something under each level, and a form without is sent back; where the form only expects it, this is a warning.",
    },
    bad: "# 全部指标中没有满意度一类\n[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"",
    good: "[[indicator]]\nkind = \"服务对象满意度指标\"\nname = \"读者满意度\"\ntarget = \"≥ 90.00 %\"",
    source: Phrase { zh: "已公开的申报表", en: "published forms" },
    check: levels,
};

pub(super) static KIND: Rule = Rule {
    code: code::KIND_MISSING,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "缺少二级指标", en: "a kind of indicator is missing" },
    what: Phrase {
        zh: "项目没有表样要求的某一类二级指标，如数量指标、质量指标、时效指标。",
        en: "The project has no indicator of a kind that the form needs, such as quantity, quality or timeliness.",
    },
    why: Phrase {
        zh: "产出要从数量、质量、时效三方面说明，公开的申报表三类俱全。",
        en: "Output is measured by quantity, quality and time; published forms have all three.",
    },
    bad: "# 产出指标下只有数量指标\n[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"",
    good: "[[indicator]]\nkind = \"时效指标\"\nname = \"新书上架时间\"\ntarget = \"≤ 30.00 天\"",
    source: Phrase { zh: "已公开的申报表", en: "published forms" },
    check: kinds,
};

pub(super) static COUNT: Rule = Rule {
    code: code::INDICATOR_COUNT,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "指标过少或过多", en: "too few or too many indicators" },
    what: Phrase {
        zh: "项目的指标少于或多于表样设定的个数（一般为4个至20个）。",
        en: "The project has fewer or more indicators than the form's limits, usually 4 and 20.",
    },
    why: Phrase {
        zh: "过少说不清项目要达到什么，过多则抓不住重点，自评时也难逐项取数。",
        en: "Too few do not say what the project is to reach; too many hide what matters and are hard to evaluate.",
    },
    bad: "# 全项目只有1个指标\n[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"",
    good: "# 成本、产出、效益、满意度各有指标，共4个至20个",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check: count,
};

pub(super) static CROWDED: Rule = Rule {
    code: code::KIND_CROWDED,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "同一类二级指标过多", en: "one kind has too many indicators" },
    what: Phrase {
        zh: "一类二级指标下的三级指标多于表样设定的个数（一般为5个）。一个项目只报一次；指标总数过多的，只按总数提示。",
        en: "One kind has more indicators than the form's limit, usually 5. Reported once a project, and not where the project has too many in all.",
    },
    why: Phrase {
        zh: "堆在一类里的多是工作清单，应合并，或归入质量、时效等其他类别。",
        en: "What piles up in one kind is mostly a list of tasks; merge it, or sort it into quality, timeliness and so on.",
    },
    bad: "# 数量指标下列了6个\n[[indicator]]\nkind = \"数量指标\"\nname = \"一季度讲座场次\"\ntarget = \"≥ 6.00 场\"",
    good: "[[indicator]]\nkind = \"数量指标\"\nname = \"讲座场次\"\ntarget = \"≥ 24.00 场\"",
    source: Phrase { zh: "审核中的常见意见", en: "what reviewers commonly remark" },
    check: crowded,
};

/// How many indicators a project has at a place of the tree.
fn having(subject: &Subject<'_>, project: &Project, first: usize, second: Option<usize>) -> usize {
    let places = project.printed_indicators().iter().filter_map(|own| subject.profile.kind(&own.kind.value));
    places.filter(|place| place.0 == first && second.is_none_or(|second| place.1 == second)).count()
}

/// The projects whose form shows indicators.
fn asked<'s>(subject: &Subject<'s>) -> impl Iterator<Item = &'s Project> {
    let lists = [List::Indicator, List::OverallIndicator, List::IndicatorPair];
    let shown = lists.into_iter().any(|list| subject.profile.grid.repeats(list));
    let projects = subject.projects().filter(move |(_, project, _)| shown && project.print.form);
    projects.map(|(_, project, _)| project)
}

/// What the form requires is an error; what it only expects, a warning.
fn severity(need: Need) -> Option<Severity> {
    match need {
        Need::Required => Some(Severity::Error),
        Need::Expected => Some(Severity::Warning),
        Need::Optional => None,
    }
}

fn levels(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for project in asked(subject) {
        for (first, level) in subject.profile.level1.iter().enumerate() {
            let Some(severity) = severity(level.need) else { continue };
            if having(subject, project, first, None) > 0 {
                continue;
            }
            let (zh, en) = (&level.zh, level.en.to_lowercase());
            let message = say!("没有{zh}", "no indicator of {en}");
            let kinds_zh = level.kinds.iter().map(|kind| kind.zh.as_str()).collect::<Vec<_>>().join("、");
            let kinds_en = level.kinds.iter().map(|kind| kind.en.as_str()).collect::<Vec<_>>().join(", ");
            let mut finding = findings.finding(message).at(project.span).help(say!(
                "补一个 [[indicator]]，kind 填其中一类：{kinds_zh}",
                "add an [[indicator]] of one of these kinds: {kinds_en}"
            ));
            finding.severity = severity;
            findings.push(finding);
        }
    }
}

fn kinds(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for project in asked(subject) {
        for (first, level) in subject.profile.level1.iter().enumerate() {
            // A level that is missing as a whole is told once, above.
            if having(subject, project, first, None) == 0 {
                continue;
            }
            for (second, kind) in level.kinds.iter().enumerate() {
                let Some(severity) = severity(kind.need) else { continue };
                if having(subject, project, first, Some(second)) > 0 {
                    continue;
                }
                let (zh, en, above, above_en) = (&kind.zh, kind.en.to_lowercase(), &level.zh, &level.en);
                let mut finding = findings
                    .finding(say!("{above}下没有{zh}", "no indicator of {en} under `{above_en}`"))
                    .at(project.span)
                    .help(say!(
                        "补一个 [[indicator]]，写 kind = \"{zh}\"",
                        "add an [[indicator]] with kind = \"{zh}\""
                    ));
                finding.severity = severity;
                findings.push(finding);
            }
        }
    }
}

fn count(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let limits = &subject.profile.limits;
    let (least, most) = (limits.indicators_least, limits.indicators_most);
    for project in asked(subject) {
        let count = project.printed_indicators().iter().filter(|own| own.is_annual()).count();
        let finding = if count < least {
            findings
                .finding(say!(
                    "指标只有 {count} 个，一般不少于 {least} 个",
                    "there are {count} indicators, fewer than the usual {least}"
                ))
                .help(say!("补充能说明产出和效果的指标", "add indicators that tell output and effect"))
        } else if count > most {
            findings
                .finding(say!(
                    "指标有 {count} 个，一般不超过 {most} 个",
                    "there are {count} indicators, more than the usual {most}"
                ))
                .help(say!(
                    "合并相近的指标，保留关键的",
                    "merge those that are close, and keep the ones that matter"
                ))
        } else {
            continue;
        };
        findings.push(finding.at(project.span));
    }
}

fn crowded(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let limits = &subject.profile.limits;
    let most = limits.indicators_of_kind;
    let all: Vec<Item<'_>> = items(subject).filter(|item| item.indicator.is_annual()).collect();
    for own in all.chunk_by(|one, other| one.project.number == other.project.number) {
        // Too many in all is one finding; that some kinds have many follows from it.
        if own.len() > limits.indicators_most {
            continue;
        }
        let kinds = subject.profile.level1.iter().flat_map(|level| &level.kinds);
        let of_kind =
            |kind: &Kind| own.iter().filter(|item| std::ptr::eq(item.kind, kind)).collect::<Vec<_>>();
        let crowded: Vec<(&Kind, Vec<&Item<'_>>)> =
            kinds.map(|kind| (kind, of_kind(kind))).filter(|(_, items)| items.len() > most).collect();
        let mut firsts = crowded.iter().filter_map(|(_, items)| items.get(most));
        let Some(first) = firsts.next() else { continue };
        let named = |name: fn(&Kind) -> &str, joined: &str| {
            let names = crowded.iter().map(|(kind, items)| format!("{} {}", name(kind), items.len()));
            names.collect::<Vec<_>>().join(joined)
        };
        let (zh, en) = (named(|kind| &kind.zh, " 个、"), named(|kind| &kind.en, ", "));
        let words = say!("从这一个起超出", "from this one on there are too many");
        let finding = findings
            .finding(say!(
                "{zh} 个，每类一般不超过 {most} 个",
                "too many indicators of a kind: {en}; {most} is the usual most"
            ))
            .label(first.indicator.kind.span, words.clone());
        let finding =
            firsts.fold(finding, |finding, item| finding.label(item.indicator.kind.span, words.clone()));
        findings.push(finding.help(say!(
            "合并相近的，或归入其他二级指标",
            "merge those that are close, or move some to another kind"
        )));
    }
}
