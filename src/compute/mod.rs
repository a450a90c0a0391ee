//! A declaration into its ledger: every amount, and how it came about.

mod department;
mod evaluation;
mod ledger;
mod project;
mod shares;
mod tree;

pub use department::{BudgetLedger, DepartmentLedger, TaskLedger, department, earlier_amount};
pub use evaluation::{Evaluation, Scored, Scoring, Spent, declared, evaluate};
pub use ledger::{
    CostLedger, Derivation, Entry, Ledger, ProjectLedger, Source, SourceLedger, SubprojectLedger, Term,
    Total, Years,
};
pub use tree::{Node, Of, tree};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::say;
use crate::model::{Declaration, Money, Project};

/// Computes every amount of `declaration`. Findings tell what does not add up; the ledger then holds zeros there.
pub fn compute(declaration: &Declaration, diagnostics: &mut Diagnostics) -> Ledger {
    let broken = diagnostics.broken_files();
    let ledger = |project: &Project, diagnostics: &mut Diagnostics| {
        let mut found = Diagnostics::default();
        let ledger = project::ledger(project, declaration, &mut found);
        // Where a part could not be read, a share may be of it, and the sum says nothing about the sources of funds.
        let follows = [code::NEGATIVE_REMAINDER, code::UNKNOWN_SHARE];
        let whole = !broken.contains(&project.span.file);
        diagnostics.extend(found.into_iter().filter(|found| whole || !follows.contains(&found.code)));
        ledger
    };
    let projects: Vec<ProjectLedger> =
        declaration.projects.iter().map(|project| ledger(project, diagnostics)).collect();
    let mut sum = |of: fn(&ProjectLedger) -> &Entry| {
        let terms = declaration
            .projects
            .iter()
            .zip(&projects)
            .map(|(project, ledger)| Term { name: project.name.clone(), amount: of(ledger).amount });
        let terms: Vec<Term> = terms.collect();
        total_of(terms, declaration, diagnostics)
    };
    let printed =
        Total { total: sum(|project| &project.total.rounded), annual: sum(|project| &project.annual) };
    let declared = declaration.overview.declared.map(|declared| declared.amount);
    Ledger { projects, printed, declared, department: None }
}

fn total_of(terms: Vec<Term>, declaration: &Declaration, diagnostics: &mut Diagnostics) -> Entry {
    match Money::sum(terms.iter().map(|term| term.amount)) {
        Some(amount) => Entry { amount, from: Derivation::Sum(terms) },
        None => {
            diagnostics.push(
                Diagnostic::error(
                    code::TOO_LARGE,
                    say!("各项目合计过大", "the sum of all projects is too large"),
                )
                .at_path(declaration.folder.join("declaration.toml"))
                .help(say!("请核对各项金额的单位", "check the units of the amounts")),
            );
            Entry::zero()
        }
    }
}
