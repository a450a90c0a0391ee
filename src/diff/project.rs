//! A project on both sides, or on one.

use std::collections::BTreeSet;

use super::cost::earlier;
use super::fields::{code, date, period, plain, same, short, translated, words};
use super::indicator::{alone, indicators};
use super::outcome::outcome;
use super::pair::{pair, when};
use super::parts::{Priced, parts};
use super::side::Side;
use super::text::{Written, long};
use super::tree::{Fate, Node, Sum, What};
use crate::compute::ProjectLedger;
use crate::lang::{Words, say};
use crate::model::{FundingSource, People, Print, Project, Schedule, SignOff, Text};
use crate::narrative::{Part, Passage};

/// A project with all that belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Whole<'w> {
    pub(super) side: &'w Side,
    pub(super) project: &'w Project,
    pub(super) ledger: &'w ProjectLedger,
    pub(super) passages: &'w [Passage<'w>],
}

impl<'w> Whole<'w> {
    fn written(&self, text: Option<&'w Text>, part: &Part) -> Written<'w> {
        Written { text, passages: self.passages.iter().filter(|passage| passage.part == *part).collect() }
    }

    fn section(&self, id: &str) -> Written<'w> {
        let section = self.project.narrative.iter().find(|section| section.id == id);
        self.written(section.map(|section| &section.text), &Part::Section(id.to_owned()))
    }

    fn priced(&self) -> Priced<'w> {
        Priced { project: self.project, ledger: self.ledger, profile: &self.side.profile }
    }
}

/// A project without changes yet.
pub(super) fn bare(project: &Project) -> Node {
    Node::new(What::Project, Some(project.id.to_string()), words(&project.name))
}

/// Compares a project.
pub(super) fn compare<'w>(old: Whole<'w>, new: Whole<'w>) -> Node {
    let mut node = bare(new.project);
    let (before, after) = (old.project, new.project);
    let file = |project: &Project| Some(plain(format!("{}-{}.toml", project.number, project.id)));
    node.field(say!("文件", "file"), file(before), file(after));
    short(&mut node, &say!("名称", "name"), Some(&before.name), Some(&after.name));
    code(&mut node, say!("项目代码", "code"), before.code.as_ref(), after.code.as_ref());
    let unit = |project: &'_ Project| project.unit.as_ref().map(|unit| words(&unit.name));
    node.field(say!("实施单位", "implementing unit"), unit(before), unit(after));
    node.field(say!("打印内容", "printed"), Some(printed(before.print)), Some(printed(after.print)));
    short(&mut node, &say!("说明标题", "heading"), before.heading.as_ref(), after.heading.as_ref());
    let known = |one: Whole<'_>, text: &Option<Text>| {
        text.as_ref().map(|text| translated(&one.side.profile, words(text)))
    };
    node.field(say!("项目性质", "nature"), known(old, &before.nature), known(new, &after.nature));
    node.field(say!("项目类别", "category"), known(old, &before.category), known(new, &after.category));
    node.field(say!("项目属性", "attribute"), known(old, &before.attribute), known(new, &after.attribute));
    node.field(say!("项目类型", "type"), known(old, &before.project_type), known(new, &after.project_type));
    people(&mut node, &before.people, &after.people);
    period(&mut node, before.period, after.period);
    amounts(&mut node, old.ledger, new.ledger);
    funding(&mut node, old, new);
    parts(&mut node, old.priced(), new.priced());
    written(&mut node, old, new);
    schedule(&mut node, &before.schedule, &after.schedule);
    sign_off(&mut node, before.sign_off.as_ref(), after.sign_off.as_ref());
    outcome(&mut node, before.outcome.as_ref(), after.outcome.as_ref());
    node
}

/// Sections, goals and indicators.
pub(super) fn written<'w>(node: &mut Node, old: Whole<'w>, new: Whole<'w>) {
    let (before, after) = (old.project, new.project);
    for (id, heading) in sections(old, new) {
        long(node, &heading, &old.section(&id), &new.section(&id));
    }
    let (overall, annual) = (say!("项目总目标", "overall goal"), say!("年度总体目标", "annual goal"));
    let overall_of = |project: &'w Project| project.goals.as_ref().map(|goals| &goals.overall);
    let annual_of = |project: &'w Project| project.goals.as_ref().and_then(|goals| goals.annual.as_ref());
    long(
        node,
        &overall,
        &old.written(overall_of(before), &Part::OverallGoal),
        &new.written(overall_of(after), &Part::OverallGoal),
    );
    long(
        node,
        &annual,
        &old.written(annual_of(before), &Part::AnnualGoal),
        &new.written(annual_of(after), &Part::AnnualGoal),
    );
    indicators(node, (old.side, before), (new.side, after));
}

/// What of a project is printed.
pub(super) fn printed(print: Print) -> Words {
    match (print.narrative, print.form) {
        (true, false) => say!("说明", "narrative"),
        (false, true) => say!("申报表", "form"),
        _ => say!("说明和申报表", "narrative and form"),
    }
}

/// A project that is on one side only: what it costs, and what for.
pub(super) fn only(one: Whole<'_>, fate: Fate) -> Node {
    let mut node = bare(one.project).with(fate);
    let sides = |amount| if fate == Fate::Removed { (Some(amount), None) } else { (None, Some(amount)) };
    let (old, new) = sides(one.ledger.total.rounded.amount);
    node.amount(Sum::Total, old, new);
    if one.ledger.annual.amount != one.ledger.total.rounded.amount {
        let (old, new) = sides(one.ledger.annual.amount);
        node.amount(Sum::Annual, old, new);
    }
    if fate == Fate::Removed {
        return node;
    }
    let subprojects = one.project.subprojects.iter().zip(&one.ledger.subprojects);
    let subprojects =
        subprojects.map(|(sub, ledger)| (What::Subproject, words(&sub.name), ledger.total.amount));
    let costs = one.project.costs.iter().zip(&one.ledger.costs);
    let costs = costs.map(|(cost, ledger)| (What::Cost, words(&cost.name), ledger.total.amount));
    for (what, name, amount) in subprojects.chain(costs) {
        let mut child = Node::new(what, None, name);
        child.amount(Sum::Total, None, Some(amount));
        node.child(child.with(fate));
    }
    one.project.indicators.iter().for_each(|indicator| node.child(alone(one.side, indicator, fate)));
    node
}

fn amounts(node: &mut Node, old: &ProjectLedger, new: &ProjectLedger) {
    let mut note = |sum, of: &dyn Fn(&ProjectLedger) -> crate::model::Money| {
        node.amount(sum, Some(of(old)), Some(of(new)))
    };
    note(Sum::Total, &|one| one.total.rounded.amount);
    if old.total.is_rounded() || new.total.is_rounded() {
        note(Sum::Exact, &|one| one.total.exact.amount);
    }
    note(Sum::Annual, &|one| one.annual.amount);
    note(Sum::Fiscal, &|one| one.fiscal.amount);
    note(Sum::Appropriation, &|one| one.appropriation.amount);
    note(Sum::CarriedOver, &|one| one.carried_over.amount);
    note(Sum::Other, &|one| one.other.amount);
    if old.other.amount != old.other_annual.amount || new.other.amount != new.other_annual.amount {
        note(Sum::OtherAnnual, &|one| one.other_annual.amount);
    }
}

fn people(node: &mut Node, old: &People, new: &People) {
    short(node, &say!("项目负责人", "project leader"), old.leader.as_ref(), new.leader.as_ref());
    let phone = say!("负责人电话", "leader's telephone");
    code(node, phone, old.leader_phone.as_ref(), new.leader_phone.as_ref());
    short(node, &say!("绩效管理联络员", "contact"), old.contact.as_ref(), new.contact.as_ref());
    let phone = say!("联络员电话", "contact's telephone");
    code(node, phone, old.contact_phone.as_ref(), new.contact_phone.as_ref());
}

/// The sources of funds, each by its kind.
fn funding(node: &mut Node, old: Whole<'_>, new: Whole<'_>) {
    let (before, after) = (&old.project.funding, &new.project.funding);
    code(node, say!("科目代码", "budget subject"), before.subject.as_ref(), after.subject.as_ref());
    short(node, &say!("预算分类", "budget class"), before.class.as_ref(), after.class.as_ref());
    let at = |o: usize, n: usize| before.sources.get(o).zip(after.sources.get(n));
    let pairs = pair(
        before.sources.len(),
        after.sources.len(),
        &[&|o, n| at(o, n).and_then(|(o, n)| when(o.id == n.id && o.id.is_some())), &|o, n| {
            at(o, n).and_then(|(o, n)| when(same(&o.kind, &n.kind)))
        }],
    );
    let amounts = |whole: Whole<'_>, index: usize| {
        whole.ledger.sources.get(index).map(|own| (own.total.amount, own.annual.amount))
    };
    let bare = |whole: Whole<'_>, source: &FundingSource| {
        Node::new(What::Source, source.id.clone(), translated(&whole.side.profile, words(&source.kind)))
    };
    for &(o, n) in &pairs.kept {
        let Some((was, is)) = at(o, n) else { continue };
        let mut child = bare(new, is);
        let (was_amounts, is_amounts) = (amounts(old, o), amounts(new, n));
        child.amount(Sum::Total, was_amounts.map(|own| own.0), is_amounts.map(|own| own.0));
        if [was_amounts, is_amounts].into_iter().flatten().any(|(total, annual)| total != annual) {
            child.amount(Sum::Annual, was_amounts.map(|own| own.1), is_amounts.map(|own| own.1));
        }
        let years: BTreeSet<_> = was.before.keys().chain(is.before.keys()).copied().collect();
        for year in years {
            earlier(&mut child, year, was.before.get(&year), is.before.get(&year));
        }
        node.child(child);
    }
    for &o in &pairs.removed {
        let Some(was) = before.sources.get(o) else { continue };
        let mut child = bare(old, was).with(Fate::Removed);
        child.amount(Sum::Total, amounts(old, o).map(|own| own.0), None);
        node.child(child);
    }
    for &n in &pairs.added {
        let Some(is) = after.sources.get(n) else { continue };
        let mut child = bare(new, is).with(Fate::Added);
        child.amount(Sum::Total, None, amounts(new, n).map(|own| own.0));
        node.child(child);
    }
}

/// Ids and headings of the sections of both sides, those of the new form first.
fn sections(old: Whole<'_>, new: Whole<'_>) -> Vec<(String, Words)> {
    let mut found: Vec<(String, Words)> = Vec::new();
    for section in new.side.profile.sections.iter().chain(&old.side.profile.sections) {
        if found.iter().all(|(id, _)| *id != section.id) {
            found.push((section.id.clone(), section.heading.clone()));
        }
    }
    found
}

fn schedule(node: &mut Node, old: &[Schedule], new: &[Schedule]) {
    let at = |o: usize, n: usize| old.get(o).zip(new.get(n));
    let pairs = pair(
        old.len(),
        new.len(),
        &[&|o, n| at(o, n).and_then(|(o, n)| when(same(&o.task, &n.task))), &|o, n| {
            at(o, n).and_then(|(o, n)| when(o.period == n.period))
        }],
    );
    let step = |one: &Schedule| Node::new(What::Step, None, words(&one.task));
    for (before, after) in pairs.kept.iter().filter_map(|(o, n)| at(*o, *n)) {
        let mut child = step(after);
        short(&mut child, &say!("工作内容", "task"), Some(&before.task), Some(&after.task));
        period(&mut child, before.period, after.period);
        short(&mut child, &say!("备注", "note"), before.note.as_ref(), after.note.as_ref());
        node.child(child);
    }
    pairs
        .removed
        .iter()
        .filter_map(|at| old.get(*at))
        .for_each(|one| node.child(step(one).with(Fate::Removed)));
    pairs.added.iter().filter_map(|at| new.get(*at)).for_each(|one| node.child(step(one).with(Fate::Added)));
}

pub(super) fn sign_off(node: &mut Node, old: Option<&SignOff>, new: Option<&SignOff>) {
    let preparer = |one: Option<&SignOff>| one.and_then(|one| one.preparer.clone());
    let reviewer = |one: Option<&SignOff>| one.and_then(|one| one.reviewer.clone());
    let phone = |one: Option<&SignOff>| one.and_then(|one| one.phone.clone());
    short(node, &say!("填报人", "prepared by"), preparer(old).as_ref(), preparer(new).as_ref());
    short(node, &say!("审核人", "reviewed by"), reviewer(old).as_ref(), reviewer(new).as_ref());
    let head = |one: Option<&SignOff>| one.and_then(|one| one.head.clone());
    let finance = |one: Option<&SignOff>| one.and_then(|one| one.finance.clone());
    short(node, &say!("单位负责人", "head of the unit"), head(old).as_ref(), head(new).as_ref());
    short(node, &say!("财务负责人", "head of finance"), finance(old).as_ref(), finance(new).as_ref());
    code(node, say!("联系电话", "phone"), phone(old).as_ref(), phone(new).as_ref());
    let day = |one: Option<&SignOff>| one.and_then(|one| one.date);
    date(node, say!("填报日期", "date of filling in"), day(old), day(new));
}
