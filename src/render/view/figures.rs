//! The amounts that a page shows, and where the ledger has them.

use crate::compute::{Entry, Ledger, ProjectLedger};
use crate::lang::Words;
use crate::model::{Declaration, Project};
use crate::narrative::Scope;

/// A computed figure on a page.
#[derive(Debug, Clone)]
pub struct Figure<'i> {
    /// What it is called on the form, or the path by which a text takes it.
    pub name: Words,
    /// The amount in the ledger; `None` for what is no amount, such as a count or a name.
    pub entry: Option<&'i Entry>,
    /// The project that it belongs to, by its index; `None` for the declaration as a whole.
    pub project: Option<usize>,
}

/// The amount that a text takes by this path.
pub(super) fn entry<'i>(
    declaration: &Declaration,
    ledger: &'i Ledger,
    scope: Scope,
    path: &str,
) -> Option<&'i Entry> {
    let parts: Vec<&str> = path.split('.').collect();
    let of_declaration = |parts: &[&str]| match parts {
        ["total"] if ledger.declared.is_none() => Some(&ledger.printed.total),
        ["annual"] if ledger.declared.is_none() => Some(&ledger.printed.annual),
        ["printed", "total"] => Some(&ledger.printed.total),
        ["printed", "annual"] => Some(&ledger.printed.annual),
        ["project", id, what] => {
            let index = declaration.projects.iter().position(|project| project.id.as_str() == *id)?;
            of_project(declaration.projects.get(index)?, ledger.projects.get(index)?, &[what])
        }
        _ => None,
    };
    match (scope, parts.as_slice()) {
        (Scope::Overview, parts) | (Scope::Project(_), ["declaration", parts @ ..]) => of_declaration(parts),
        (Scope::Project(index), parts) => {
            of_project(declaration.projects.get(index)?, ledger.projects.get(index)?, parts)
        }
    }
}

fn of_project<'i>(project: &Project, ledger: &'i ProjectLedger, parts: &[&str]) -> Option<&'i Entry> {
    match parts {
        ["total"] => Some(&ledger.total.rounded),
        ["exact"] => Some(&ledger.total.exact),
        ["annual"] => Some(&ledger.annual),
        ["fiscal"] => Some(&ledger.fiscal),
        ["other"] => Some(&ledger.other),
        ["appropriation"] => Some(&ledger.appropriation),
        ["carried_over"] => Some(&ledger.carried_over),
        ["subproject", id, "total"] => {
            let index = project.subprojects.iter().position(|own| own.id.value.as_str() == *id)?;
            ledger.subprojects.get(index).map(|own| &own.total)
        }
        ["cost", id, "amount"] => {
            let own = project.costs.iter().zip(&ledger.costs);
            let below = project.subprojects.iter().zip(&ledger.subprojects);
            let below = below.flat_map(|(subproject, ledger)| subproject.costs.iter().zip(&ledger.costs));
            let named =
                |cost: &crate::model::Cost| cost.id.as_ref().is_some_and(|own| own.value.as_str() == *id);
            own.chain(below).find(|(cost, _)| named(cost)).map(|(_, ledger)| &ledger.total)
        }
        _ => None,
    }
}
