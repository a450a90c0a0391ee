//! Which findings a declaration is left with: those of its rules, less what rests on errors and what is accepted.

use std::collections::BTreeSet;

use super::accept::{Judged, accept};
use super::{check, check_department};
use crate::diagnostic::{Diagnostics, Severity, Target, code};
use crate::pipeline::{Prepared, Whole};
use crate::source::{FileId, Sources};

/// What there is to say about a declaration.
#[derive(Debug)]
pub struct Examined {
    /// All findings, in the order of files and lines.
    pub findings: Diagnostics,
    /// How many findings the declaration accepts.
    pub accepted: usize,
    /// Whether errors kept rules from looking at a file.
    pub held_back: bool,
}

/// Runs every rule over what was prepared, and takes its findings.
///
/// A file with an error holds stand-ins, about which rules would talk nonsense: what they find in it is held back, and
/// what they find in `declaration.toml`, which speaks of all files. An error in `declaration.toml` itself leaves nothing
/// to compare with, unless it is in the overview's text.
pub fn examine(prepared: &mut Prepared) -> Examined {
    let mut found = prepared.take_findings();
    let Prepared { sources, whole, .. } = prepared;
    let Some(Whole { declaration, profile, ledger, evaluation, department, .. }) = whole else {
        found.sort();
        return Examined { findings: found, accepted: 0, held_back: true };
    };
    let broken = Broken::new(&found, sources);
    if !broken.all {
        let mut rules = check(declaration, ledger, profile, evaluation.as_ref());
        if let Some(whole) = department {
            rules.extend(check_department(&whole.declaration, &whole.ledger, &whole.profile));
        }
        found.extend(rules.into_iter().filter(|finding| {
            finding.labels.iter().all(|label| match &label.target {
                Target::Span(span) => !broken.files.contains(&span.file),
                Target::Path(_) => true,
            })
        }));
    }
    let mut unsure = broken.files;
    if broken.all {
        unsure.extend(sources.iter().map(|(file, _)| file));
    }
    let Judged { left: mut findings, accepted } = accept(declaration, sources, found, &unsure);
    findings.sort();
    Examined { findings, accepted, held_back: !unsure.is_empty() }
}

/// What holds stand-ins.
#[derive(Default)]
struct Broken {
    all: bool,
    files: BTreeSet<FileId>,
}

impl Broken {
    fn new(found: &Diagnostics, sources: &Sources) -> Broken {
        let head = sources.iter().find(|(_, file)| file.path.ends_with("declaration.toml")).map(|(id, _)| id);
        let mut broken = Broken::default();
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            match (finding.code, finding.span().map(|span| span.file)) {
                // Sums that came out wrong are still sums.
                (code::NEGATIVE_REMAINDER, _) => continue,
                (code::BAD_PLACEHOLDER | code::UNKNOWN_PATH | code::BAD_FORMAT, file) => {
                    broken.files.extend(file);
                }
                (code::BAD_PROFILE | code::UNKNOWN_FORM, _) => broken.all = true,
                (_, file) => {
                    broken.all |= file == head && file.is_some();
                    broken.files.extend(file);
                }
            }
            broken.files.extend(head);
        }
        broken
    }
}
