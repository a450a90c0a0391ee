//! Finds, before submission, what reviewers find after it.
//!
//! A rule is one file in `rules/`: what it finds, why that is wrong, an example and its fix, where the rule comes
//! from, and the check. [`Subject`] is what a rule sees; everything that several rules need is read once, there.

mod accept;
mod examine;
mod explain;
mod indicator;
mod number_in_words;
mod page;
mod read;
mod reconcile;
mod results;
pub mod rule;
mod rules;
mod skeleton_left;
mod subject;
mod writing;

pub use examine::{Examined, examine};
pub use explain::{about, explain, list};
pub use page::{Rates, markdown};
pub use read::ReadText;
pub use reconcile::{Facts, Known, Meets, Numbers, Verdict, Whole, Wholes, meets, names};
pub use rule::{Findings, Phrase, Rule, Standing};
pub use rules::ALL;
pub use subject::Subject;

use rayon::prelude::*;

use crate::compute::Ledger;
use crate::diagnostic::Diagnostics;
use crate::form::Profile;
use crate::model::Declaration;
use crate::narrative::Evaluated;

/// Runs every rule over a declaration that loaded and added up.
pub fn check(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: &Profile,
    evaluation: Option<&Evaluated>,
) -> Diagnostics {
    let subject = Subject { evaluation, ..Subject::new(declaration, ledger, profile) };
    let of_rule = |rule: &&'static Rule| {
        let mut found = Diagnostics::default();
        (rule.check)(&subject, &mut Findings::new(rule, &mut found));
        found
    };
    let lists: Vec<Diagnostics> = ALL.par_iter().map(of_rule).collect();
    let mut found = Diagnostics::default();
    lists.into_iter().for_each(|list| found.extend(list));
    found
}

/// Runs every rule over a department as a whole, for what they find in its own file: its projects were looked at.
pub fn check_department(declaration: &Declaration, ledger: &Ledger, profile: &Profile) -> Diagnostics {
    let file = declaration.projects.first().map(|own| own.span.file);
    let found = check(declaration, ledger, profile, None);
    let mut own = Diagnostics::default();
    own.extend(found.into_iter().filter(|one| one.span().map(|span| span.file) == file));
    own
}

/// Whether a code is that of a rule on the self-evaluation: SB440 to SB449.
pub fn is_of_evaluation(code: crate::diagnostic::Code) -> bool {
    (440..450).contains(&code.0)
}

/// The rule with this code.
pub fn rule(code: crate::diagnostic::Code) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}
