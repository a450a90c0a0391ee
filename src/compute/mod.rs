//! A declaration into its ledger: every amount, and how it came about.

mod ledger;
mod project;
mod shares;

pub use ledger::{
    CostLedger, Derivation, Entry, Ledger, ProjectLedger, Source, SubprojectLedger, Term, Total,
};

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::lang::say;
use crate::model::{Declaration, Money, Project};
use crate::source::FileId;

/// Computes every amount of `declaration`. Findings tell what does not add up; the ledger then holds zeros there.
pub fn compute(declaration: &Declaration, diagnostics: &mut Diagnostics) -> Ledger {
    let broken = Broken::of(diagnostics);
    let ledger = |project: &Project, diagnostics: &mut Diagnostics| {
        let mut found = Diagnostics::default();
        let ledger = project::ledger(project, declaration, &mut found);
        // Where a part could not be read, a share may be of it, and the sum says nothing about the sources of funds.
        let follows = [code::NEGATIVE_REMAINDER, code::UNKNOWN_SHARE];
        let whole = !broken.files.contains(&project.span.file);
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
    if broken.files.is_empty() {
        check_declared(declaration, &printed, diagnostics);
    }
    Ledger { projects, printed, declared: declaration.overview.declared.map(|declared| declared.amount) }
}

/// What could not be read in full.
struct Broken {
    /// The files that have errors.
    files: BTreeSet<FileId>,
}

impl Broken {
    fn of(diagnostics: &Diagnostics) -> Broken {
        let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        Broken { files: errors.filter_map(|finding| finding.span()).map(|span| span.file).collect() }
    }
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
                .help(say!("看看各项金额的单位", "check the units of the amounts")),
            );
            Entry::zero()
        }
    }
}

/// A department's overview bounds what it prints: neither more projects nor more money than it declares.
fn check_declared(declaration: &Declaration, printed: &Total, diagnostics: &mut Diagnostics) {
    let Some(declared) = declaration.overview.declared else { return };
    let count = declaration.projects.len();
    if count > usize::try_from(declared.projects.value).unwrap_or(usize::MAX) {
        let stated = declared.projects.value;
        diagnostics.push(
            Diagnostic::error(
                code::DECLARED_EXCEEDED,
                say!(
                    "申报 {stated} 个项目，文件里却有 {count} 个",
                    "{stated} declared, but there are {count} projects"
                ),
            )
            .at(declared.projects.span)
            .help(say!("改正 projects 的数目", "correct the number of projects")),
        );
    }
    let (stated, sum) = (declared.amount.value, printed.annual.amount);
    if sum > stated {
        let over = sum.minus(stated).unwrap_or(Money::ZERO);
        diagnostics.push(
            Diagnostic::error(
                code::DECLARED_EXCEEDED,
                say!(
                    "所列项目的年度资金合计 {sum}，超过申报的 {stated}，多 {over}",
                    "the projects request {sum} for the year, {over} more than the declared {stated}"
                ),
            )
            .at(declared.amount.span)
            .help(say!(
                "改正 declared 的金额，或各项目的金额",
                "correct the declared amount, or the projects' amounts"
            )),
        );
    }
}
