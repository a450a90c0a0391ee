//! What a rule is.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::lang::{Lang, Words};

/// A rule of the catalogue: its documentation, which `explain` prints, and its check.
#[derive(Debug)]
pub struct Rule {
    /// The code of its findings.
    pub code: Code,
    /// How bad its findings are at worst.
    pub severity: Severity,
    /// What it rests on.
    pub standing: Standing,
    /// What it finds, in a few words.
    pub title: Phrase,
    /// What exactly it looks at.
    pub what: Phrase,
    /// Why that is wrong.
    pub why: Phrase,
    /// Lines of TOML that it finds.
    pub bad: &'static str,
    /// The same, fixed.
    pub good: &'static str,
    /// Where the rule comes from.
    pub source: Phrase,
    /// Looks for it.
    pub check: fn(&Subject<'_>, &mut Findings<'_>),
}

/// What a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A law or standard that says so, or arithmetic.
    Firm,
    /// Mistakes seen in published declarations.
    Seen,
    /// General knowledge of the field, not checked against the official text: a warning at most.
    General,
}

/// A sentence of the documentation in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    /// 中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
}

impl Phrase {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// What a rule has found so far.
pub struct Findings<'f> {
    rule: &'f Rule,
    list: &'f mut Diagnostics,
}

impl<'f> Findings<'f> {
    /// An empty list for `rule` that adds to `list`.
    pub fn new(rule: &'f Rule, list: &'f mut Diagnostics) -> Findings<'f> {
        Findings { rule, list }
    }

    /// Starts a finding of the rule's own severity.
    pub fn finding(&self, message: Words) -> Diagnostic {
        let Rule { code, severity, .. } = *self.rule;
        match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
            Severity::Note => Diagnostic::note(code, message),
        }
    }

    /// Adds a finding. It has the rule's code and is no worse than the rule; a rule that rests on general knowledge
    /// never gives an error.
    pub fn push(&mut self, mut finding: Diagnostic) {
        finding.code = self.rule.code;
        let worst = match self.rule.standing {
            Standing::General => self.rule.severity.max(Severity::Warning),
            Standing::Firm | Standing::Seen => self.rule.severity,
        };
        finding.severity = finding.severity.max(worst);
        self.list.push(finding);
    }
}
