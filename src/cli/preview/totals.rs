//! The tree of totals: the declaration, its projects, their sub-projects, their costs.

use shenbao::compute::{Derivation, Entry, Node, Of, tree};
use shenbao::export::derivation;
use shenbao::form::Profile;
use shenbao::lang::{Words, say};
use shenbao::model::{Money, Text};
use shenbao::pipeline::Whole;
use shenbao::source::Span;

use super::files::Files;
use super::offers::{adds_to_all, adds_to_project, adds_to_subproject};
use super::places::Spots;
use super::state::TotalState;

/// The tree, with one root. Whether an amount changed is not known here.
pub fn totals(whole: &Whole, files: Files<'_>, spots: &Spots<'_>) -> Vec<TotalState> {
    let Whole { declaration, ledger, profile, .. } = whole;
    let (tree, sums) = (Tree { files, spots, profile }, tree(declaration, ledger));
    let name = say!("合计", "Total");
    let mut root = match declaration.overview.declared {
        Some(declared) => TotalState {
            detail: Some(say!("申报的总数", "as declared for all projects")),
            ..tree.node("total".to_owned(), name, declared.amount.value, Some(declared.amount.span))
        },
        None => tree.entry("total".to_owned(), name, &ledger.printed.total, None),
    };
    root.adds = Some(adds_to_all());
    root.children = sums.children.iter().map(|node| tree.project(node)).collect();
    vec![root]
}

struct Tree<'t> {
    files: Files<'t>,
    spots: &'t Spots<'t>,
    profile: &'t Profile,
}

impl Tree<'_> {
    fn project(&self, node: &Node<'_>) -> TotalState {
        let id = node.id().unwrap_or("").to_owned();
        let mut state = self.of(id.clone(), node);
        let Of::Project(project, ledger) = node.of else { return state };
        state.adds = Some(adds_to_project(project, self.profile));
        for (child, part) in state.children.iter_mut().zip(node.parts()) {
            if let Of::Subproject(subproject, _) = part.of {
                child.adds = Some(adds_to_subproject(&id, subproject));
            }
        }
        if ledger.total.is_rounded() {
            let (exact, name) = (&ledger.total.exact, say!("精确合计", "Exact sum"));
            state.children.push(self.entry(format!("{id}/exact"), name, exact, None));
        }
        state
    }

    /// A node with all below it. A cost without an id is known by its place.
    fn of(&self, id: String, node: &Node<'_>) -> TotalState {
        let name = node.name().map(Text::words).unwrap_or_else(|| say!("合计", "Total"));
        let mut state = self.entry(id, name, node.total, node.span());
        state.children = node
            .parts()
            .iter()
            .enumerate()
            .map(|(place, part)| {
                let own = part.id().map_or_else(|| place.to_string(), str::to_owned);
                self.of(format!("{}/{own}", state.id), part)
            })
            .collect();
        state
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
            adds: None,
            children: Vec::new(),
        }
    }
}

/// What can be added to projects now, below totals that are those of before.
pub fn update_adds(nodes: &mut [TotalState], whole: &Whole) {
    let Whole { declaration, profile, .. } = whole;
    each(nodes, &mut |node| {
        let project = declaration.projects.iter().find(|own| own.id.as_str() == node.id);
        if let Some(project) = project {
            node.adds = Some(adds_to_project(project, profile));
        }
    });
}

/// Calls `visit` with each node, the roots first.
pub fn each(nodes: &mut [TotalState], visit: &mut impl FnMut(&mut TotalState)) {
    for node in nodes {
        visit(node);
        each(&mut node.children, visit);
    }
}
