//! The first line: what a change comes to in all.

use super::super::tree::{Difference, Fate, Node, Sum, What};
use super::Entry;
use super::print::{Unit, sentence};
use crate::lang::{Lang, Words, say};

/// What became of a folder, in one line.
pub(super) fn summary(entry: &Entry, unit: Unit, lang: Lang) -> String {
    let name = match &entry.renamed_from {
        Some(from) => format!("{from} → {}", entry.name),
        None => entry.name.clone(),
    };
    let Some(difference) = &entry.difference else {
        let words = say!("{name}：有错误，没有比较", "{name}: not compared, for its errors");
        return words.get(lang).to_owned();
    };
    let mut parts: Vec<String> = Vec::new();
    match difference.root.fate {
        Fate::Added => parts.push(say!("新增", "new").get(lang).to_owned()),
        Fate::Removed => parts.push(say!("删除", "deleted").get(lang).to_owned()),
        _ if entry.renamed_from.is_some() => parts.push(say!("文件夹改名", "renamed").get(lang).to_owned()),
        _ => {}
    }
    match &difference.total {
        Some(total) if total.old == total.new => {
            let total = sentence(total, unit);
            parts.push(say!("合计不变（{total}）", "total unchanged ({total})").get(lang).to_owned());
        }
        Some(total) => parts.push(sentence(total, unit)),
        None => parts.push(say!("合计没有比较", "totals not compared").get(lang).to_owned()),
    }
    parts.extend(counts(difference).iter().map(|words| words.get(lang).to_owned()));
    match lang {
        Lang::Zh => format!("{name}：{}", parts.join("，")),
        Lang::En => format!("{name}: {}", parts.join(", ")),
    }
}

#[derive(Default)]
struct Counts {
    new_projects: usize,
    old_projects: usize,
    projects: usize,
    costs: usize,
    funds: usize,
    indicators: usize,
    texts: usize,
    others: usize,
}

/// How much of what changed.
fn counts(difference: &Difference) -> Vec<Words> {
    let mut counts = Counts::default();
    if matches!(difference.root.fate, Fate::Kept) {
        difference.root.walk(&mut |node| count(node, &mut counts));
        // What came or went with a project is not counted by itself.
        for project in
            difference.root.children.iter().filter(|one| matches!(one.fate, Fate::Added | Fate::Removed))
        {
            let mut inner = Counts::default();
            project.children.iter().for_each(|child| child.walk(&mut |node| count(node, &mut inner)));
            counts.costs -= inner.costs.min(counts.costs);
            counts.indicators -= inner.indicators.min(counts.indicators);
        }
    } else {
        counts.projects = difference.root.children.len();
    }
    let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let Counts { new_projects, old_projects, projects, costs, funds, indicators, texts, others } = counts;
    let all = [
        (projects, format!("{projects} 个项目"), many(projects, "project")),
        (new_projects, format!("新增 {new_projects} 个项目"), many(new_projects, "new project")),
        (old_projects, format!("删除 {old_projects} 个项目"), many(old_projects, "deleted project")),
        (costs, format!("费用 {costs} 处"), many(costs, "cost")),
        (funds, format!("资金来源 {funds} 处"), many(funds, "source") + " of funds"),
        (indicators, format!("指标 {indicators} 项"), many(indicators, "indicator")),
        (texts, format!("文字 {texts} 处"), many(texts, "text")),
        (others, format!("其他 {others} 处"), many(others, "other change")),
    ];
    all.into_iter().filter(|(count, ..)| *count > 0).map(|(_, zh, en)| Words { zh, en }).collect()
}

fn count(node: &Node, counts: &mut Counts) {
    match (node.what, node.fate) {
        (What::Project, Fate::Added) => counts.new_projects += 1,
        (What::Project, Fate::Removed) => counts.old_projects += 1,
        (What::Cost, _) => counts.costs += 1,
        (What::Subproject, _) => {
            // One that went into another project is counted there, once.
            let elsewhere = node.fate == Fate::Removed && node.moved.is_some();
            let cost = node.single && !node.amounts.is_empty() && !elsewhere;
            counts.costs += usize::from(cost);
            counts.others += node.fields.len() + usize::from(node.moved.is_some() && !elsewhere && !cost);
        }
        (What::Indicator, _) => counts.indicators += 1,
        (What::Source, _) => counts.funds += 1,
        (What::BudgetLine, _) => counts.funds += 1,
        (What::Step | What::Spending | What::Result | What::Task, _) => counts.others += 1,
        (What::Project | What::Declaration | What::Department, _) => {
            counts.others += node.fields.len() + usize::from(node.moved.is_some());
            let given = |sum| matches!(sum, Sum::CarriedOver | Sum::Other);
            if node.what == What::Project {
                counts.funds += node.amounts.iter().filter(|amount| given(amount.sum)).count();
            }
        }
    }
    let mut labels: Vec<&Words> = Vec::new();
    for text in node.texts.iter().filter(|text| !text.sentences.is_empty()) {
        if !labels.contains(&&text.label) {
            labels.push(&text.label);
        }
    }
    counts.texts += labels.len();
    counts.others += usize::from(!node.translations.is_empty() && node.what != What::Cost);
}
