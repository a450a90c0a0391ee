//! The tree of totals: the declaration, its projects, their sub-projects, their costs.

use shenbao::compute::{CostLedger, Derivation, Entry, Ledger, ProjectLedger};
use shenbao::export::derivation;
use shenbao::lang::{Words, say};
use shenbao::model::{Cost, Declaration, Money, Project};
use shenbao::source::Span;

use super::files::Files;
use super::places::Spots;
use super::state::TotalState;

/// The tree, with one root. Whether an amount changed is not known here.
pub fn totals(
    declaration: &Declaration,
    ledger: &Ledger,
    files: Files<'_>,
    spots: &Spots<'_>,
) -> Vec<TotalState> {
    let tree = Tree { files, spots };
    let name = say!("合计", "Total");
    let mut root = match declaration.overview.declared {
        Some(declared) => TotalState {
            detail: Some(say!("申报的总数", "as declared for all projects")),
            ..tree.node("total".to_owned(), name, declared.amount.value, Some(declared.amount.span))
        },
        None => tree.entry("total".to_owned(), name, &ledger.printed.total, None),
    };
    root.children = declaration
        .projects
        .iter()
        .zip(&ledger.projects)
        .map(|(project, ledger)| tree.project(project, ledger))
        .collect();
    vec![root]
}

struct Tree<'t> {
    files: Files<'t>,
    spots: &'t Spots<'t>,
}

impl Tree<'_> {
    fn project(&self, project: &Project, ledger: &ProjectLedger) -> TotalState {
        let id = project.id.as_str().to_owned();
        let mut node =
            self.entry(id.clone(), project.name.words(), &ledger.total.rounded, Some(project.name.span()));
        let own = project.costs.iter().zip(&ledger.costs).enumerate();
        node.children.extend(own.map(|(place, (cost, ledger))| self.cost(&id, place, cost, ledger)));
        for (subproject, ledger) in project.subprojects.iter().zip(&ledger.subprojects) {
            let id = format!("{id}/{}", subproject.id.value.as_str());
            let (name, span) = (subproject.name.words(), subproject.name.span());
            let mut below = self.entry(id.clone(), name, &ledger.total, Some(span));
            if !subproject.single {
                let costs = subproject.costs.iter().zip(&ledger.costs).enumerate();
                below.children =
                    costs.map(|(place, (cost, ledger))| self.cost(&id, place, cost, ledger)).collect();
            }
            node.children.push(below);
        }
        if ledger.total.is_rounded() {
            let (exact, name) = (&ledger.total.exact, say!("精确合计", "Exact sum"));
            node.children.push(self.entry(format!("{id}/exact"), name, exact, None));
        }
        node
    }

    fn cost(&self, above: &str, place: usize, cost: &Cost, ledger: &CostLedger) -> TotalState {
        let own = cost.id.as_ref().map_or_else(|| place.to_string(), |id| id.value.as_str().to_owned());
        self.entry(format!("{above}/{own}"), cost.name.words(), &ledger.total, Some(cost.name.span()))
    }

    fn entry(&self, id: String, name: Words, entry: &Entry, span: Option<Span>) -> TotalState {
        let nearest = || Some(self.spots.of_span(span?)?.0);
        TotalState {
            // What a sum is of stands below it.
            detail: derivation(entry).filter(|_| !matches!(entry.from, Derivation::Sum(_))),
            page: self.spots.of_entry(entry).or_else(nearest),
            ..self.node(id, name, entry.amount, span)
        }
    }

    fn node(&self, id: String, name: Words, amount: Money, span: Option<Span>) -> TotalState {
        TotalState {
            id,
            name,
            amount: Words { zh: amount.in_wan(None), en: amount.english() },
            detail: None,
            changed: false,
            place: span.map(|span| self.files.place(span)),
            page: None,
            children: Vec::new(),
        }
    }
}

/// Calls `visit` with each node, the roots first.
pub fn each(nodes: &mut [TotalState], visit: &mut impl FnMut(&mut TotalState)) {
    for node in nodes {
        visit(node);
        each(&mut node.children, visit);
    }
}
