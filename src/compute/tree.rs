//! The ledger as a tree, for all who print it: the declaration, its projects, their costs and sub-projects, the costs of
//! these.

use super::{CostLedger, Entry, Ledger, ProjectLedger};
use crate::model::{Cost, Declaration, Project, Subproject, Text};
use crate::source::Span;

/// What an amount is of.
#[derive(Debug, Clone, Copy)]
pub enum Of<'l> {
    /// All projects of the declaration.
    Declaration,
    /// A project, with its other amounts.
    Project(&'l Project, &'l ProjectLedger),
    /// A sub-project, with its other amounts.
    Subproject(&'l Subproject, &'l super::SubprojectLedger),
    /// A cost, with its other amounts.
    Cost(&'l Cost, &'l CostLedger),
}

/// A total, and those that it is the sum of.
#[derive(Debug, Clone)]
pub struct Node<'l> {
    /// What it is of.
    pub of: Of<'l>,
    /// Of all years.
    pub total: &'l Entry,
    /// What is below it, in the order of the files: own costs before sub-projects.
    pub children: Vec<Node<'l>>,
}

impl<'l> Node<'l> {
    /// What it is called in the files; the declaration as a whole has no name.
    pub fn name(&self) -> Option<&'l Text> {
        match self.of {
            Of::Declaration => None,
            Of::Project(project, _) => Some(&project.name),
            Of::Subproject(subproject, _) => Some(&subproject.name),
            Of::Cost(cost, _) => Some(&cost.name),
        }
    }

    /// By which others name it; not every cost has one.
    pub fn id(&self) -> Option<&'l str> {
        match self.of {
            Of::Declaration => None,
            Of::Project(project, _) => Some(project.id.as_str()),
            Of::Subproject(subproject, _) => Some(subproject.id.value.as_str()),
            Of::Cost(cost, _) => cost.id.as_ref().map(|id| id.value.as_str()),
        }
    }

    /// Where its name stands.
    pub fn span(&self) -> Option<Span> {
        self.name().map(Text::span)
    }

    /// What is below it and says more than itself: the sum that a sub-project states is its only cost.
    pub fn parts(&self) -> &[Node<'l>] {
        match self.of {
            Of::Subproject(subproject, _) if subproject.single => &[],
            _ => &self.children,
        }
    }
}

/// The totals of a declaration.
pub fn tree<'l>(declaration: &'l Declaration, ledger: &'l Ledger) -> Node<'l> {
    let projects = declaration.projects.iter().zip(&ledger.projects);
    let children = projects.map(|(project, own)| of_project(project, own)).collect();
    Node { of: Of::Declaration, total: &ledger.printed.total, children }
}

fn of_project<'l>(project: &'l Project, ledger: &'l ProjectLedger) -> Node<'l> {
    let subprojects = project.subprojects.iter().zip(&ledger.subprojects).map(|(subproject, own)| Node {
        of: Of::Subproject(subproject, own),
        total: &own.total,
        children: costs(&subproject.costs, &own.costs).collect(),
    });
    Node {
        of: Of::Project(project, ledger),
        total: &ledger.total.rounded,
        children: costs(&project.costs, &ledger.costs).chain(subprojects).collect(),
    }
}

fn costs<'l>(costs: &'l [Cost], ledgers: &'l [CostLedger]) -> impl Iterator<Item = Node<'l>> {
    let both = costs.iter().zip(ledgers);
    both.map(|(cost, own)| Node { of: Of::Cost(cost, own), total: &own.total, children: Vec::new() })
}
