//! What has to hold of findings, and of all that is made of a declaration short of its pages.

use std::path::Path;

use shenbao::check::{about, examine};
use shenbao::diagnostic::{Diagnostics, Format, JsonList, SarifLog, Style, Target, emit};
use shenbao::document::{Input, document, marked_document};
use shenbao::export::{Beside, scores_text, totals_json, totals_text};
use shenbao::lang::Lang;
use shenbao::narrative::{passages, tokens, values};
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::source::Sources;

/// Prepares a folder, runs every rule, makes every report and every document, and looks at all of them.
pub fn sound(folder: &Path) -> Prepared {
    let mut prepared = prepare(folder);
    let mut found = prepared.findings.clone();
    found.extend(prepared.of_texts.clone());
    assert!(found.has_errors() || prepared.whole.is_some(), "neither findings nor a declaration");
    let broken = found.has_errors();
    if let Some(whole) = &prepared.whole {
        told(whole, broken);
    }
    let examined = examine(&mut prepared);
    of_findings(&found, &prepared.sources);
    of_findings(&examined.findings, &prepared.sources);
    prepared
}

/// Each finding points into a file that was read, offers help, and can be told in every way.
pub fn of_findings(found: &Diagnostics, sources: &Sources) {
    for finding in found.iter() {
        assert!(!finding.labels.is_empty(), "a finding without a place: {finding:?}");
        assert!(!finding.help.is_empty(), "a finding without help: {finding:?}");
        let spans = finding.labels.iter().filter_map(|label| match label.target {
            Target::Span(span) => Some(span),
            Target::Path(_) => None,
        });
        for span in spans.chain(finding.fix.as_ref().map(|fix| fix.span)) {
            let file = sources.get(span.file).expect("a finding about a file that was not read");
            assert!(file.text.get(span.range()).is_some(), "{span:?} is not in its file: {finding:?}");
        }
    }
    for lang in Lang::ALL {
        for format in [Format::Human, Format::Short, Format::Github] {
            emit(found, sources, format, Style { lang, colour: false, width: 100 });
        }
        let mut sarif = SarifLog::new(lang);
        sarif.add(found, sources);
        json(&sarif.write(|code| about(code, lang)));
    }
    let mut list = JsonList::default();
    list.add(found, sources);
    json(&list.write());
}

/// Whether a text is JSON, as all output of that name has to be.
pub fn json(text: &str) {
    let parsed = serde_json::from_str::<serde_json::Value>(text);
    assert!(parsed.is_ok(), "no JSON: {parsed:?}: {text}");
}

/// What is reported and printed of a declaration. What has errors is not printed, and its texts may be anything.
fn told(whole: &Whole, broken: bool) {
    let Whole { declaration, profile, ledger, narrative, evaluation, department } = whole;
    for passage in passages(declaration, ledger, profile) {
        assert_eq!(tokens(&passage.text).concat(), passage.text, "tokens leave something out");
    }
    values(declaration, ledger, profile);
    if broken {
        return;
    }
    for lang in Lang::ALL {
        totals_text(declaration, ledger, lang, true);
        if let Some(own) = evaluation {
            scores_text(declaration, own, lang, true);
        }
    }
    let beside = department.as_ref().map(|own| (&own.declaration, &own.ledger));
    json(&totals_json(declaration, ledger, Beside { evaluation: evaluation.as_ref(), department: beside }));
    let input = Input {
        declaration,
        ledger,
        narrative,
        profile,
        languages: &declaration.languages,
        draft: false,
        evaluation: None,
        public: false,
        against: None,
    };
    let printed = serde_json::to_string(&document(input)).expect("a document is JSON");
    assert!(!printed.contains("{{"), "a template is printed: {printed}");
    marked_document(input);
    if let Some(own) = evaluation {
        document(Input { evaluation: Some(own), profile: &own.profile, ..input });
    }
    if let Some(own) = department {
        told(own, false);
    }
}
