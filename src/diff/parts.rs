//! What a project consists of: sub-projects and costs, in their places.

use super::cost::{Line, Sides, alone, amounts, cost};
use super::fields::{code, date, same, short, words};
use super::pair::{Pairs, alike, moved, pair, when};
use super::tree::{Fate, Move, Node, Sum, What};
use crate::compute::ProjectLedger;
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{Placed, Project, Subproject};

/// A project with its amounts.
#[derive(Clone, Copy)]
pub(super) struct Priced<'p> {
    pub(super) project: &'p Project,
    pub(super) ledger: &'p ProjectLedger,
    pub(super) profile: &'p Profile,
}

impl<'p> Priced<'p> {
    /// All costs: the project's own, and those of its sub-projects. A sub-project of one sum has none.
    fn lines(self) -> Vec<Line<'p>> {
        let profile = self.profile;
        let own = self.project.costs.iter().zip(&self.ledger.costs).enumerate();
        let own = own.map(|(place, (cost, ledger))| Line { parent: None, place, cost, ledger, profile });
        let subprojects = self.project.subprojects.iter().zip(&self.ledger.subprojects).enumerate();
        let below = subprojects.filter(|(_, (sub, _))| !sub.single).flat_map(|(index, (sub, ledger))| {
            let lines = sub.costs.iter().zip(&ledger.costs).enumerate();
            let parent = Some(index);
            lines.map(move |(place, (cost, ledger))| Line { parent, place, cost, ledger, profile })
        });
        own.chain(below).collect()
    }

    fn parent(self, line: &Line<'_>) -> Words {
        let parent = line.parent.and_then(|index| self.project.subprojects.get(index));
        parent.map_or_else(|| words(&self.project.name), |sub| words(&sub.name))
    }
}

/// Compares what two projects consist of.
pub(super) fn parts(node: &mut Node, old: Priced<'_>, new: Priced<'_>) {
    let subs = subprojects(old.project, new.project);
    let (before, after) = (old.lines(), new.lines());
    let lines = lines(&before, &after, &subs);
    let both = Both { old, new, before, after, subs, lines };
    both.costs(node, None, None);
    let moves = moved(&both.subs.kept);
    for &(o, n) in &both.subs.kept {
        let moved = moves.contains(&(o, n)).then_some(Move::Place(o + 1, n + 1));
        if let Some(child) = both.kept(o, n, moved) {
            node.child(child);
        }
    }
    node.children.extend(both.subs.removed.iter().filter_map(|o| both.only(Some(*o), None)));
    node.children.extend(both.subs.added.iter().filter_map(|n| both.only(None, Some(*n))));
}

/// Both sides, and what on one is what on the other.
struct Both<'b> {
    old: Priced<'b>,
    new: Priced<'b>,
    before: Vec<Line<'b>>,
    after: Vec<Line<'b>>,
    subs: Pairs,
    lines: Pairs,
}

impl Both<'_> {
    /// A sub-project of both sides.
    fn kept(&self, o: usize, n: usize, moved: Option<Move>) -> Option<Node> {
        let mut node = subproject(self.old.project.subprojects.get(o)?, self.new.project.subprojects.get(n)?);
        let (was, is) = (self.old.ledger.subprojects.get(o)?, self.new.ledger.subprojects.get(n)?);
        let years = Sides { old: &was.years, new: &is.years };
        amounts(&mut node, was.total.amount, is.total.amount, &years);
        node.moved = moved;
        self.costs(&mut node, Some(o), Some(n));
        Some(node)
    }

    /// A sub-project of one side.
    fn only(&self, o: Option<usize>, n: Option<usize>) -> Option<Node> {
        let (side, index, fate) = match (o, n) {
            (Some(index), _) => (self.old, index, Fate::Removed),
            (None, index) => (self.new, index?, Fate::Added),
        };
        let (sub, sums) = (side.project.subprojects.get(index)?, side.ledger.subprojects.get(index)?);
        let mut node =
            Node::new(What::Subproject, Some(sub.id.value.to_string()), words(&sub.name)).with(fate);
        node.single = sub.single;
        let amount = Some(sums.total.amount);
        node.amount(Sum::Total, amount.filter(|_| o.is_some()), amount.filter(|_| o.is_none()));
        self.costs(&mut node, o, n);
        Some(node)
    }

    /// The costs below a sub-project, by its index on each side, or those of the project itself.
    fn costs(&self, node: &mut Node, o: Option<usize>, n: Option<usize>) {
        let whole = o.is_none() && n.is_none();
        let is_old =
            |line: &Line<'_>| if whole { line.parent.is_none() } else { o.is_some() && line.parent == o };
        let is_new =
            |line: &Line<'_>| if whole { line.parent.is_none() } else { n.is_some() && line.parent == n };
        let at =
            |o: usize, n: usize| self.before.get(o).zip(self.after.get(n)).filter(|(_, line)| is_new(line));
        let stay = |(o, n): &(usize, usize)| at(*o, *n).is_some_and(|(o, n)| stays(&self.subs, o, n));
        let staying: Vec<(usize, usize)> = self.lines.kept.iter().copied().filter(stay).collect();
        let moves = moved(&staying);
        for &(o, n) in &self.lines.kept {
            let Some((was, is)) = at(o, n) else { continue };
            let mut child = cost(was, is);
            if !stays(&self.subs, was, is) {
                child.moved = Some(Move::Parent(self.old.parent(was), self.new.parent(is)));
            } else if moves.contains(&(o, n)) {
                child.moved = Some(Move::Place(was.place + 1, is.place + 1));
            }
            node.child(child);
        }
        let removed = self.lines.removed.iter().filter_map(|index| self.before.get(*index));
        removed.filter(|line| is_old(line)).for_each(|line| node.child(alone(line, Fate::Removed)));
        let added = self.lines.added.iter().filter_map(|index| self.after.get(*index));
        added.filter(|line| is_new(line)).for_each(|line| node.child(alone(line, Fate::Added)));
    }
}

/// Whether two costs stand below the same parent.
fn stays(subs: &Pairs, old: &Line<'_>, new: &Line<'_>) -> bool {
    match (old.parent, new.parent) {
        (Some(old), Some(new)) => subs.kept.contains(&(old, new)),
        (None, None) => true,
        _ => false,
    }
}

fn subprojects(old: &Project, new: &Project) -> Pairs {
    let at = |o: usize, n: usize| old.subprojects.get(o).zip(new.subprojects.get(n));
    pair(
        old.subprojects.len(),
        new.subprojects.len(),
        &[
            &|o, n| at(o, n).and_then(|(o, n)| when(o.id.value == n.id.value)),
            &|o, n| at(o, n).and_then(|(o, n)| when(same(&o.name, &n.name))),
            &|o, n| at(o, n).and_then(|(o, n)| alike(o.name.str(Lang::Zh), n.name.str(Lang::Zh))),
        ],
    )
}

/// Costs by id in the whole project, then by name below the same parent, elsewhere, and then by likeness.
fn lines(old: &[Line<'_>], new: &[Line<'_>], subs: &Pairs) -> Pairs {
    let at = |o: usize, n: usize| old.get(o).zip(new.get(n));
    let parents = |o: &Line<'_>, n: &Line<'_>| stays(subs, o, n);
    let id = |line: &Line<'_>| line.cost.id.as_ref().map(|id| id.value.clone());
    let likely = |o: &Line<'_>, n: &Line<'_>| {
        parents(o, n)
            && !(id(o).is_some() && id(n).is_some() && o.ledger.total.amount != n.ledger.total.amount)
    };
    pair(
        old.len(),
        new.len(),
        &[
            &|o, n| at(o, n).and_then(|(o, n)| when(id(o).is_some() && id(o) == id(n))),
            &|o, n| at(o, n).and_then(|(o, n)| when(parents(o, n) && same(&o.cost.name, &n.cost.name))),
            &|o, n| at(o, n).and_then(|(o, n)| when(same(&o.cost.name, &n.cost.name))),
            &|o, n| {
                let (o, n) = at(o, n)?;
                alike(o.cost.name.str(Lang::Zh), n.cost.name.str(Lang::Zh)).filter(|_| parents(o, n))
            },
            &|o, n| {
                at(o, n)
                    .and_then(|(o, n)| when(likely(o, n) && o.ledger.total.amount == n.ledger.total.amount))
            },
        ],
    )
}

fn subproject(old: &Subproject, new: &Subproject) -> Node {
    let mut node = Node::new(What::Subproject, Some(new.id.value.to_string()), words(&new.name));
    node.single = new.single;
    code(&mut node, say!("编号", "id"), Some(&old.id.value.to_string()), Some(&new.id.value.to_string()));
    short(&mut node, &say!("名称", "name"), Some(&old.name), Some(&new.name));
    let day = |date: Option<Placed<jiff::civil::Date>>| date.map(|date| date.value);
    date(&mut node, say!("开始日期", "start"), day(old.start), day(new.start));
    date(&mut node, say!("完成日期", "end"), day(old.end), day(new.end));
    let how = |sub: &Subproject| match (sub.single, sub.costs.len()) {
        (true, _) => say!("一笔总额", "one sum"),
        (false, count) => say!("分列 {count} 项费用", "{count} cost lines"),
    };
    if old.single != new.single {
        node.field(say!("写法", "stated as"), Some(how(old)), Some(how(new)));
    }
    node
}
