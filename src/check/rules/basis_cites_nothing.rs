//! A 立项依据 that cites no document.

use crate::check::writing::first_line;
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::form::SectionRole;
use crate::lang::{Lang, say};
use crate::reading::words::DOCUMENTS;
use crate::reading::years::{Meaning, years};

pub(super) static RULE: Rule = Rule {
    code: code::BASIS_CITES_NOTHING,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "立项依据没有引用依据", en: "the basis cites no document" },
    what: Phrase {
        zh: "“立项依据”一节里没有书名号、没有发文字号，也没有批复、批准、批示、会议纪要、通知、决定、条例、规定、标准等具体依据。“根据有关规定”不算。",
        en: "The basis section has no title in 《》, no document number, and no approval, minutes, notice, decision, regulation or standard. 'As the rules require' is none.",
    },
    why: Phrase {
        zh: "立项依据要说明项目由哪一份文件或哪一次决定而来；只说工作需要，等于没有依据。",
        en: "The basis says from which document or decision the project comes. That the work needs it is no basis.",
    },
    bad: "[narrative]\nbasis = \"根据实际工作需要，中心现有2名非编人员。\"",
    good: "[narrative]\nbasis = \"根据区委编办《关于核定编外用工额度的批复》（区编〔2022〕15号），中心现有2名非编人员。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, _, _) in subject.projects() {
        let section = |lang| subject.section(index, SectionRole::Basis, lang);
        let Some(text) = section(Lang::Zh).or_else(|| section(Lang::En)) else { continue };
        let passage = &text.passage;
        let cites = match passage.lang {
            Lang::Zh => cites(&passage.text),
            Lang::En => DOCUMENTS.english.any_in(&passage.text),
        };
        let dated = years(&passage.text, &text.numbers.dates, subject.declaration.year);
        if cites || dated.iter().any(|one| one.meaning == Meaning::Document) {
            continue;
        }
        let finding = findings.finding(say!(
            "立项依据没有引用任何文件、批复或会议纪要",
            "the basis cites no document, approval or minutes"
        ));
        findings.push(finding.at(first_line(passage.prose)).help(say!(
            "写明文件名称和发文字号，如《……的通知》（国办发〔2007〕6号），或批准立项的会议和日期",
            "name the document and its number, or the meeting and date that approved the project"
        )));
    }
}

/// Whether a Chinese text names a document; 有关规定 and the like name none.
fn cites(text: &str) -> bool {
    if text.contains('《') && text.contains('》') {
        return true;
    }
    DOCUMENTS.chinese.iter().any(|word| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let before = text.get(..at).unwrap_or("");
            !["有关", "相关", "各项", "上述", "按"].iter().any(|vague| before.ends_with(vague))
        })
    })
}
