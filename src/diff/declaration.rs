//! Two declarations, or one that is new or gone.

use super::department::department;
use super::fields::{code, date, plain, prose, same, short, words};
use super::pair::{Pairs, alike, moved, pair, when};
use super::project::{self, Whole};
use super::side::{Passages, Side};
use super::text::{Written, long};
use super::tree::{Amount, Difference, Fate, Move, Node, Sum, What};
use crate::compute::ProjectLedger;
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Money, Project};

/// Tells what differs between two declarations.
pub fn compare(old: &Side, new: &Side) -> Difference {
    let mut root = head(new);
    values(&mut root, &old.declaration, &new.declaration);
    let whole = old.unread.is_empty() && new.unread.is_empty();
    if whole {
        sums(&mut root, old, new);
    }
    let (before, after) = (old.passages(), new.passages());
    let overview = |side: &Side| side.declaration.overview.text.clone();
    let (was, is) = (overview(old), overview(new));
    let label = say!("绩效目标设置情况", "performance targets at a glance");
    let written = |text, passages| Written { text, passages };
    long(
        &mut root,
        &label,
        &written(was.as_ref(), before.overview.iter().filter(|_| whole).collect()),
        &written(is.as_ref(), after.overview.iter().filter(|_| whole).collect()),
    );
    projects(&mut root, (old, &before), (new, &after));
    department(&mut root, old, new);
    carried_across(&mut root);
    if !whole {
        forget_sums(&mut root);
    }
    let total = Amount {
        sum: Sum::Total,
        old: Some(old.ledger.stated_total()),
        new: Some(new.ledger.stated_total()),
    };
    Difference { total: whole.then_some(total), root }
}

/// Sub-projects that left one project and came, by the same id and name, into another: each side says where.
fn carried_across(root: &mut Node) {
    let subprojects = |fate: Fate| {
        let mut found = Vec::new();
        for (at, project) in
            root.children.iter().enumerate().filter(|(_, project)| project.fate == Fate::Kept)
        {
            let subs = project.children.iter().enumerate();
            let subs = subs.filter(|(_, sub)| sub.what == What::Subproject && sub.fate == fate);
            found.extend(
                subs.map(|(index, sub)| (at, index, sub.id.clone(), sub.name.clone(), project.name.clone())),
            );
        }
        found
    };
    let (left, came) = (subprojects(Fate::Removed), subprojects(Fate::Added));
    for (at, index, id, name, from) in &left {
        let same = came.iter().find(|(_, _, other, called, _)| other == id && called == name);
        let Some((to_at, to_index, .., to)) = same else { continue };
        for (project, sub) in [(at, index), (to_at, to_index)] {
            let project = root.children.get_mut(*project);
            if let Some(node) = project.and_then(|project| project.children.get_mut(*sub)) {
                node.moved = Some(Move::Parent(from.clone(), to.clone()));
                node.children.clear();
            }
        }
    }
}

/// Values of the whole declaration are not those that it states when a project could not be read.
fn forget_sums(node: &mut Node) {
    for text in &mut node.texts {
        text.values.retain(|value| !value.path.starts_with("declaration."));
    }
    node.texts.retain(|text| !text.sentences.is_empty() || !text.values.is_empty());
    node.children.iter_mut().for_each(forget_sums);
    node.children.retain(|child| !child.is_empty());
}

/// A declaration that was not there before.
pub fn new_one(side: &Side) -> Difference {
    one(side, Fate::Added)
}

/// A declaration that is gone.
pub fn old_one(side: &Side) -> Difference {
    one(side, Fate::Removed)
}

fn one(side: &Side, fate: Fate) -> Difference {
    let mut root = head(side).with(fate);
    let sides = |amount| if fate == Fate::Removed { (Some(amount), None) } else { (None, Some(amount)) };
    let (old, new) = sides(side.ledger.stated_total());
    root.amount(Sum::Total, old, new);
    for (project, ledger) in side.declaration.projects.iter().zip(&side.ledger.projects) {
        let mut child = project::bare(project).with(fate);
        let (old, new) = sides(ledger.total.rounded.amount);
        child.amount(Sum::Total, old, new);
        root.child(child);
    }
    Difference { total: Some(Amount { sum: Sum::Total, old, new }), root }
}

fn head(side: &Side) -> Node {
    Node::new(What::Declaration, None, words(&side.declaration.unit.name))
}

fn values(node: &mut Node, old: &Declaration, new: &Declaration) {
    code(node, say!("表式", "form"), Some(&old.form), Some(&new.form));
    code(node, say!("预算年度", "year"), Some(&old.year.to_string()), Some(&new.year.to_string()));
    let languages = |one: &Declaration| {
        let names = |zh: &str, en: &str| {
            one.languages
                .iter()
                .map(|lang| if *lang == Lang::Zh { zh } else { en }.to_owned())
                .collect::<Vec<_>>()
        };
        Some(Words { zh: names("中文", "英文").join("、"), en: names("Chinese", "English").join(", ") })
    };
    node.field(say!("语言", "languages"), languages(old), languages(new));
    date(node, say!("文档日期", "date"), Some(old.date), Some(new.date));
    let step = |one: &Declaration| {
        Some(match one.round_to {
            Some(step) => {
                let (zh, en) = (step.value, step.value.english_full());
                say!("{zh}", "{en}")
            }
            None => say!("不取整", "exact"),
        })
    };
    node.field(say!("总额取整到", "totals rounded to"), step(old), step(new));
    short(node, &say!("标题", "title"), old.title.as_ref(), new.title.as_ref());
    short(node, &say!("实施单位", "implementing unit"), Some(&old.unit.name), Some(&new.unit.name));
    let evaluation = |one: &Declaration| one.evaluation.as_ref().map(|form| form.value.clone());
    let form = say!("自评表样", "form of the evaluation");
    code(node, form, evaluation(old).as_ref(), evaluation(new).as_ref());
    code(node, say!("单位代码", "unit code"), old.unit.code.as_ref(), new.unit.code.as_ref());
    let functions = say!("单位职能概述", "functions of the unit");
    prose(node, functions, old.unit.functions.as_ref(), new.unit.functions.as_ref());
    short(
        node,
        &say!("主管部门", "supervising department"),
        Some(&old.department.name),
        Some(&new.department.name),
    );
    code(
        node,
        say!("部门代码", "department code"),
        old.department.code.as_ref(),
        new.department.code.as_ref(),
    );
    let count = |count: u32| Some(plain(count.to_string()));
    let units = say!("预算单位数", "budget units");
    node.field(units, count(old.overview.budget_units), count(new.overview.budget_units));
    let declared =
        |one: &Declaration| one.overview.declared.and_then(|declared| count(declared.projects.value));
    node.field(say!("申报项目总数", "projects declared in all"), declared(old), declared(new));
    accepted(node, old, new);
}

/// Findings that are kept, by their code and place.
fn accepted(node: &mut Node, old: &Declaration, new: &Declaration) {
    let list = |one: &Declaration| -> Vec<String> {
        one.accept.iter().map(|accept| format!("{} {}", accept.code.value, accept.place.value)).collect()
    };
    let (before, after) = (list(old), list(new));
    let label = say!("接受的问题", "accepted finding");
    for gone in before.iter().filter(|one| !after.contains(one)) {
        node.field(label.clone(), Some(plain(gone)), None);
    }
    for come in after.iter().filter(|one| !before.contains(one)) {
        node.field(label.clone(), None, Some(plain(come)));
    }
}

/// What all projects come to, and from which source.
fn sums(node: &mut Node, old: &Side, new: &Side) {
    let declared = |side: &Side| side.ledger.declared.map(|declared| declared.value);
    node.amount(Sum::Declared, declared(old), declared(new));
    node.amount(Sum::Total, Some(old.ledger.printed.total.amount), Some(new.ledger.printed.total.amount));
    node.amount(Sum::Annual, Some(old.ledger.printed.annual.amount), Some(new.ledger.printed.annual.amount));
    let mut source = |sum, of: fn(&ProjectLedger) -> Money| {
        let all = |side: &Side| Money::sum(side.ledger.projects.iter().map(of));
        node.amount(sum, all(old), all(new));
    };
    source(Sum::Fiscal, |one| one.fiscal.amount);
    source(Sum::Appropriation, |one| one.appropriation.amount);
    source(Sum::CarriedOver, |one| one.carried_over.amount);
    source(Sum::Other, |one| one.other.amount);
}

fn projects(root: &mut Node, (old, before): (&Side, &Passages<'_>), (new, after): (&Side, &Passages<'_>)) {
    let (was, is) = (&old.declaration.projects, &new.declaration.projects);
    let pairs = match_projects(was, is);
    let moves = moved(&pairs.kept);
    let unread = |project: &Project| old.is_unread(project) || new.is_unread(project);
    for &(o, n) in &pairs.kept {
        let (Some(past), Some(now)) = (whole(old, before, o), whole(new, after, n)) else { continue };
        if unread(past.project) || unread(now.project) {
            continue;
        }
        let mut node = project::compare(past, now);
        node.moved = moves.contains(&(o, n)).then_some(Move::Place(o + 1, n + 1));
        root.child(node);
    }
    for past in pairs.removed.iter().filter_map(|o| whole(old, before, *o)).filter(|one| !unread(one.project))
    {
        root.child(project::only(past, Fate::Removed));
    }
    for now in pairs.added.iter().filter_map(|n| whole(new, after, *n)).filter(|one| !unread(one.project)) {
        root.child(project::only(now, Fate::Added));
    }
    for id in old.unread.union(&new.unread) {
        let known = was.iter().chain(is).find(|project| project.id.as_str() == id);
        let name = known.map_or_else(|| plain(id.clone()), |project| words(&project.name));
        root.child(Node::new(What::Project, Some(id.clone()), name).with(Fate::Unread));
    }
}

fn whole<'w>(side: &'w Side, passages: &'w Passages<'w>, index: usize) -> Option<Whole<'w>> {
    Some(Whole {
        side,
        project: side.declaration.projects.get(index)?,
        ledger: side.ledger.projects.get(index)?,
        passages: passages.projects.get(index)?,
    })
}

/// Projects by id, by name, by parts that they share, and then by a name that is alike.
fn match_projects(old: &[Project], new: &[Project]) -> Pairs {
    let at = |o: usize, n: usize| old.get(o).zip(new.get(n));
    pair(
        old.len(),
        new.len(),
        &[
            &|o, n| at(o, n).and_then(|(o, n)| when(o.id == n.id)),
            &|o, n| at(o, n).and_then(|(o, n)| when(same(&o.name, &n.name))),
            &|o, n| at(o, n).and_then(|(o, n)| shared(o, n)),
            &|o, n| at(o, n).and_then(|(o, n)| alike(o.name.str(Lang::Zh), n.name.str(Lang::Zh))),
        ],
    )
}

/// How many of their sub-projects and costs two projects have in common, in a hundred; `None` below half.
fn shared(old: &Project, new: &Project) -> Option<usize> {
    let names = |project: &Project| -> Vec<String> {
        let subprojects = project.subprojects.iter().map(|sub| sub.name.str(Lang::Zh).trim().to_owned());
        let costs = project.costs.iter().map(|cost| cost.name.str(Lang::Zh).trim().to_owned());
        subprojects.chain(costs).collect()
    };
    let (before, after) = (names(old), names(new));
    let common = after.iter().filter(|name| before.contains(name)).count();
    let score = common * 100 / before.len().max(after.len()).max(1);
    (score >= 50 && common > 1).then_some(score)
}
