//! Costs, sentences and indicators of a new declaration that nobody has replaced.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Findings, Subject};
use crate::compute::{CostLedger, ProjectLedger};
use crate::lang::{Lang, Words, say};
use crate::model::{Cost, Project, Text};
use crate::narrative::Passage;
use crate::skeleton::{Invented, invented_sentences, is_invented_cost, is_invented_indicator};
use crate::source::Span;

static INVENTED: LazyLock<Vec<Invented>> = LazyLock::new(|| invented_sentences().collect());

/// Finds all of them in one pass.
static SENTENCES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(INVENTED.iter().map(|sentence| sentence.text)).ok());

/// Reports each of them: of a text the first sentence alone, since a text is rewritten as a whole.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        let passage = &text.passage;
        if let Some(range) = first_sentence(passage) {
            let sentence = passage.text.get(range.clone()).unwrap_or("").trim();
            let words =
                say!("“{sentence}”是新建时的示例文字", "`{sentence}` is the example text of a new project");
            push(findings, words, passage.span(range));
        }
    }
    for (_, project, ledger) in subject.projects() {
        for (cost, own) in costs(project, ledger) {
            if is_invented_cost(&cost.name, own.total.amount) {
                let (zh, en) = both(&cost.name);
                let (amount, sum) = (own.total.amount.in_wan(Some(2)), own.total.amount.english());
                let words = say!(
                    "“{zh}”{amount}是新建时的示例费用",
                    "`{en}`, {sum}, is an example cost of a new project"
                );
                push(findings, words, cost.name.span());
            }
        }
        for indicator in project.printed_indicators().iter().filter(|own| is_invented_indicator(own)) {
            let (zh, en) = both(&indicator.name);
            let words = say!("“{zh}”是新建时的示例指标", "`{en}` is an example indicator of a new project");
            push(findings, words, indicator.name.span());
        }
    }
}

fn first_sentence(passage: &Passage<'_>) -> Option<Range<usize>> {
    let mut hits = SENTENCES.as_ref()?.find_iter(&passage.text);
    let stands = |start: usize, behind_value: bool| {
        !behind_value || start.checked_sub(1).is_some_and(|before| passage.is_computed(before..start))
    };
    let of = |index: usize| INVENTED.get(index).is_some_and(|sentence| sentence.behind_value);
    hits.find(|hit| stands(hit.start(), of(hit.pattern().as_usize()))).map(|hit| hit.range())
}

fn push(findings: &mut Findings<'_>, words: Words, span: Span) {
    let finding = findings.finding(words).at(span);
    findings.push(
        finding.help(say!(
            "改成实际内容，不需要的删去",
            "replace it with what holds for your unit, or delete it"
        )),
    );
}

fn both(name: &Text) -> (&str, &str) {
    (name.str(Lang::Zh).trim(), name.str(Lang::En).trim())
}

/// The costs of a project and its sub-projects.
fn costs<'p>(
    project: &'p Project,
    ledger: &'p ProjectLedger,
) -> impl Iterator<Item = (&'p Cost, &'p CostLedger)> {
    let below = project.subprojects.iter().zip(&ledger.subprojects);
    let below = below.flat_map(|(own, ledger)| own.costs.iter().zip(&ledger.costs));
    project.costs.iter().zip(&ledger.costs).chain(below)
}
