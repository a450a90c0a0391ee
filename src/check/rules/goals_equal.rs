//! An annual goal that is the overall goal over again.

use crate::check::writing::first_line;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::key;

pub(super) static RULE: Rule = Rule {
    code: code::GOALS_EQUAL,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "年度总体目标与项目总目标相同", en: "the overall and the annual goal are the same"
    },
    what: Phrase {
        zh: "年度总体目标与项目总目标一字不差；跨年度项目没有写年度总体目标的，打印时也是如此。一年期项目只作提示。",
        en: "The annual goal has the words of the overall one; so it is printed too when a project of several years gives none. In a one-year project this is a note only.",
    },
    why: Phrase {
        zh: "总目标说项目做成什么样，年度目标说当年做到哪一步。跨年度项目两者相同，年度绩效就无从考核。",
        en: "The overall goal says what the project is to achieve, the annual one how far it gets in the year. If they are the same over several years, the year cannot be evaluated.",
    },
    bad: "start = 2024-01-01\nend   = 2026-12-31\n\n[goal]\noverall = \"三年内完成全部馆藏文献的数字化。\"\nannual  = \"三年内完成全部馆藏文献的数字化。\"",
    good: "start = 2024-01-01\nend   = 2026-12-31\n\n[goal]\noverall = \"三年内完成全部馆藏文献的数字化。\"\nannual  = \"{{year}}年完成2000册馆藏文献的扫描和著录。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, _) in subject.projects() {
        let Some(goals) = project.printed_goals() else { continue };
        let years = project.period.is_multi_year();
        let (start, end) = (project.period.start.year(), project.period.end.year());
        let Some(annual) = &goals.annual else {
            if years {
                let finding = findings.finding(say!(
                    "项目从{start}年到{end}年，却没有写年度总体目标",
                    "the project runs from {start} to {end}, but has no annual goal"
                ));
                findings.push(finding.at(first_line(goals.overall.get(Lang::Zh))).help(say!(
                    "在 [goal] 里加上 annual，写明本年度做到哪一步",
                    "add annual to [goal] and say how far the project gets in the year"
                )));
            }
            continue;
        };
        let same = |lang| {
            let (overall, annual) = (goals.overall.exactly(lang)?, annual.exactly(lang)?);
            (key(&overall.value) == key(&annual.value)).then_some((overall, annual))
        };
        let Some((overall, annual)) = same(Lang::Zh).or_else(|| same(Lang::En)) else { continue };
        let mut finding = findings.finding(say!(
            "年度总体目标与项目总目标完全相同",
            "the annual goal is the same as the overall goal"
        ));
        if !years {
            finding.severity = Severity::Note;
        }
        let help = if years {
            say!(
                "写明本年度做到哪一步，用可以考核的数量和时间",
                "say how far the project gets in the year, in numbers and dates"
            )
        } else {
            say!(
                "写出本年度的具体任务；确实相同的，可以删去 annual",
                "name the tasks of the year; if they are the same indeed, annual can be left out"
            )
        };
        findings.push(
            finding
                .label(first_line(annual), say!("年度总体目标", "the annual goal"))
                .label(first_line(overall), say!("项目总目标", "the overall goal"))
                .help(help),
        );
    }
}
