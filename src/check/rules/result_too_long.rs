//! A text of the self-evaluation that is longer than its form takes.

use crate::check::results::results;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::count;

pub(super) static RULE: Rule = Rule {
    code: code::RESULT_TOO_LONG,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "自评文字超过规定字数", en: "a text of the self-evaluation is too long" },
    what: Phrase {
        zh: "自评文件中的一段中文（目标完成情况、过程概述、结论、问题、措施、各项原因）超过自评表样规定的字数，空格不计。表样没有规定的不查。",
        en: "A Chinese text of the results (what was achieved, process, conclusion, problems, measures, reasons) has more characters than the form of the evaluation takes; spaces do not count. Not looked at where the form names no limit.",
    },
    why: Phrase {
        zh: "填报平台按字数截断，自评表的格子也放不下。",
        en: "Platforms cut a longer text off, and the cells of the form do not hold it.",
    },
    bad: "problems = \"……超过200字的问题……\"",
    good: "problems = \"……不超过200字的问题……\"",
    source: Phrase {
        zh: "自评表样的 evaluation.text_most",
        en: "evaluation.text_most of the form of the evaluation",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for own in results(subject) {
        let Some(most) = own.scheme.text_most else { continue };
        let outcome = own.outcome;
        let texts =
            [&outcome.achieved, &outcome.process, &outcome.conclusion, &outcome.problems, &outcome.measures];
        let reasons = outcome.indicators.iter().map(|result| &result.reason);
        let all = texts.into_iter().chain([&outcome.execution.reason]).chain(reasons);
        for prose in all.flatten().filter_map(|text| text.exactly(Lang::Zh)) {
            let length = count(&prose.value);
            if length <= most {
                continue;
            }
            let over = length - most;
            let finding = findings.finding(say!(
                "这段文字有{length}个字，超过{most}个",
                "the text has {length} characters, more than {most}"
            ));
            findings.push(finding.at(prose.place.span()).help(say!(
                "删去{over}个字以上，只留要点",
                "shorten it by {over} characters: keep to what matters"
            )));
        }
    }
}
