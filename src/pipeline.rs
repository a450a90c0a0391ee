//! The stages before rules and layout behind one call: a folder into a declaration with its amounts and its texts.

use std::path::Path;

use crate::compute::{Ledger, compute, department, evaluate};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::form::{Profile, Templates};
use crate::load::{Loaded, Texts, load_with};
use crate::model::Declaration;
use crate::narrative::{Evaluated, Narrative, narrate};
use crate::source::Sources;

/// What the stages make of a folder.
#[derive(Debug)]
pub struct Prepared {
    /// The files, for findings.
    pub sources: Sources,
    /// What reading and computing found.
    pub findings: Diagnostics,
    /// What filling in the texts found, which says nothing against the amounts.
    pub of_texts: Diagnostics,
    /// Where the form's templates come from.
    pub templates: Templates,
    /// The declaration, with stand-ins where something is wrong; `None` when there is too little to go on.
    pub whole: Option<Whole>,
}

/// A declaration with all that follows from its files.
#[derive(Debug)]
pub struct Whole {
    /// As it is written.
    pub declaration: Declaration,
    /// The form that it is written for.
    pub profile: Profile,
    /// Its amounts.
    pub ledger: Ledger,
    /// Its texts with values filled in.
    pub narrative: Narrative,
    /// Its self-evaluation, once that is begun.
    pub evaluation: Option<Evaluated>,
    /// The department as a whole, once that is begun: a declaration in which it stands in place of its projects.
    pub department: Option<Box<Whole>>,
}

impl Prepared {
    /// Takes all findings out.
    pub fn take_findings(&mut self) -> Diagnostics {
        let mut found = std::mem::take(&mut self.findings);
        found.extend(std::mem::take(&mut self.of_texts));
        found
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.has_errors() || self.of_texts.has_errors()
    }
}

/// Prepares a folder.
pub fn prepare(folder: &Path) -> Prepared {
    prepare_with(folder, &Texts::new(), &mut |_| {})
}

/// Prepares a folder as if the files at these paths held these texts; `begins` gets the name of each stage as it begins.
pub fn prepare_with(folder: &Path, texts: &Texts, begins: &mut dyn FnMut(&'static str)) -> Prepared {
    begins("load");
    let loaded = load_with(folder, texts);
    let Loaded {
        sources,
        diagnostics: mut findings,
        declaration,
        profile,
        evaluation,
        department,
        templates,
    } = loaded;
    let mut of_texts = Diagnostics::default();
    let whole = declaration.zip(profile).map(|(declaration, profile)| {
        begins("compute");
        let ledger = compute(&declaration, &mut findings);
        begins("narrative");
        // It has to know of the errors before it: what rests on them is no error of its own.
        let mut all = findings.clone();
        let narrative = narrate(&declaration, &ledger, &profile, &mut all);
        of_texts.extend(all.into_iter().skip(findings.iter().count()));
        let evaluation = evaluation.map(|profile| {
            let projects = evaluate(&declaration, &ledger, &profile);
            Evaluated { profile, projects }
        });
        let department = department.and_then(|profile| {
            let found = &mut findings;
            Some(Box::new(of_department(&declaration, &ledger, profile, found, &mut of_texts)?))
        });
        Whole { declaration, profile, ledger, narrative, evaluation, department }
    });
    Prepared { sources, findings, of_texts, templates, whole }
}

/// The department as a whole, over the projects of a declaration.
fn of_department(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: Profile,
    findings: &mut Diagnostics,
    of_texts: &mut Diagnostics,
) -> Option<Whole> {
    let (declaration, ledger) = department(declaration, ledger, &profile, findings)?;
    let mut all = findings.clone();
    let narrative = narrate(&declaration, &ledger, &profile, &mut all);
    let own = declaration.projects.first()?.span.file;
    // What the declaration says besides was read with the declaration.
    let of_file = |found: &Diagnostic| found.span().is_some_and(|span| span.file == own);
    of_texts.extend(all.into_iter().skip(findings.iter().count()).filter(of_file));
    Some(Whole { declaration, profile, ledger, narrative, evaluation: None, department: None })
}
