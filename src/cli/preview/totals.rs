//! The tree of totals: the declaration, its projects, their sub-projects, their costs.

use shenbao::compute::{Derivation, Entry, Ledger, Node, Of, tree};
use shenbao::export::derivation;
use shenbao::lang::{Words, say};
use shenbao::model::{Declaration, Money, Text};
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
    let (tree, sums) = (Tree { files, spots }, tree(declaration, ledger));
    let name = say!("合计", "Total");
    let mut root = match declaration.overview.declared {
        Some(declared) => TotalState {
            detail: Some(say!("申报的总数", "as declared for all projects")),
            ..tree.node("total".to_owned(), name, declared.amount.value, Some(declared.amount.span))
        },
        None => tree.entry("total".to_owned(), name, &ledger.printed.total, None),
    };
    root.children = sums.children.iter().map(|node| tree.project(node)).collect();
    vec![root]
}

struct Tree<'t> {
    files: Files<'t>,
    spots: &'t Spots<'t>,
}

impl Tree<'_> {
    fn project(&self, node: &Node<'_>) -> TotalState {
        let id = node.id().unwrap_or("").to_owned();
        let mut state = self.of(id.clone(), node);
        if let Of::Project(_, ledger) = node.of
            && ledger.total.is_rounded()
        {
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
