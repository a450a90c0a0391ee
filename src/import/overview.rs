//! `[overview]`: how many units and projects, and what is said of them.

use super::block::Found;
use super::budget::Budget;
use super::counts::{count_of_projects, counted};
use super::note::{Kind, Note};
use super::sketch::Draft;
use super::toml::{Writer, body, quoted, words};
use crate::lang::say;
use crate::model::Money;
use crate::reading::{Role, Token, read, roles};

/// Writes the table.
pub(super) fn write(
    out: &mut Writer,
    draft: &Draft,
    budgets: &[Budget],
    in_english: bool,
    notes: &mut Vec<Note>,
) {
    out.table("[overview]");
    let units = draft.overview.iter().find_map(|found| counted(&found.text, "个预算单位"));
    out.raw("budget_units", &units.unwrap_or(1).to_string());
    if units.is_none() {
        notes.push(Note::new(
            Kind::Assumed,
            say!("预算单位按 1 个计（budget_units）", "one budget unit (budget_units)"),
        ));
    }
    let sum = Money::sum(budgets.iter().filter_map(|own| own.annual.or_else(|| own.exact())));
    let total = Money::sum(budgets.iter().filter_map(|own| own.total.or_else(|| own.exact())));
    let mut whole = None;
    for found in &draft.overview {
        declared(&mut whole, found, draft.projects.len(), (sum, total), notes);
    }
    if let Some((count, amount)) = whole {
        out.raw("declared", &format!("{{ projects = {count}, amount = {} }}", quoted(&amount.to_string())));
    }
    if draft.overview.is_empty() {
        let english = "{{project.count}} projects are declared for {{year}}, with a request of {{annual}}.";
        let usual = "{{year}}年申报项目{{project.count}}个，涉及预算资金{{annual}}。";
        out.raw("text", &words(usual, in_english.then_some(english)));
        notes.push(Note::new(
            Kind::Missing,
            say!(
                "绩效目标设置情况的文字，现用一句通用的话",
                "the text of the overview; a general sentence stands for it"
            ),
        ));
    } else {
        out.body("text", &body(&draft.overview.iter().collect::<Vec<_>>()));
    }
}

/// What the overview states of number and amount, against what was read: more than was printed is the whole of a
/// department, anything else a disagreement.
fn declared(
    whole: &mut Option<(usize, Money)>,
    found: &Found,
    printed: usize,
    (sum, total): (Option<Money>, Option<Money>),
    notes: &mut Vec<Note>,
) {
    let tokens = read(&found.text);
    let stated = stated(&found.text, &tokens);
    let count = count_of_projects(&found.text);
    if let (Some(count), Some((amount, _))) = (count, stated)
        && count > printed
        && sum.is_none_or(|sum| amount > sum)
    {
        let first = *whole.get_or_insert((count, amount));
        if first != (count, amount) {
            let (others, other) = first;
            notes.push(Note::at(
                Kind::Differs,
                say!(
                    "概况两处不同：{others} 个项目、{other}，{count} 个项目、{amount}；采用前者",
                    "the overview counts {others} projects and {other}, and {count} projects and {amount}; the former stands"
                ),
                found,
            ));
            return;
        }
        notes.push(Note::at(
            Kind::Assumed,
            say!(
                "概况为 {count} 个项目、{amount}，原件列出 {printed} 个；前者写入 declared",
                "the overview counts {count} projects and {amount}, the source has {printed}; the former is written as declared"
            ),
            found,
        ));
        return;
    }
    if let Some(count) = count.filter(|count| *count != printed) {
        notes.push(Note::at(
            Kind::Differs,
            say!(
                "概况写项目 {count} 个，读到 {printed} 个",
                "the overview counts {count} projects, {printed} were read"
            ),
            found,
        ));
    }
    if let (Some((amount, step)), Some(sum)) = (stated, sum)
        && amount.apart(sum) >= step
        && total.is_none_or(|total| amount.apart(total) >= step)
    {
        notes.push(Note::at(
            Kind::Differs,
            say!(
                "概况写预算资金 {amount}，各项目合计 {sum}",
                "the overview states {amount}, the projects add up to {sum}"
            ),
            found,
        ));
    }
}

/// The first total of a text, with one unit of its last decimal.
fn stated(text: &str, tokens: &[Token]) -> Option<(Money, Money)> {
    let roles = roles(text, tokens);
    let totals = tokens.iter().zip(&roles).filter(|(_, role)| matches!(role, Some(Role::Total(_))));
    totals
        .filter_map(|(token, _)| token.amount())
        .find_map(|amount| Some((amount.money, Money::from_yuan(amount.step)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amount_of_an_overview_is_its_first_total() {
        let text =
            "本单位 1 个预算单位开展了编报工作，编报绩效目标的项目 4 个，涉及项目预算资金 1808.10 万元。";
        let (amount, _) = stated(text, &read(text)).unwrap();
        assert_eq!(amount.to_string(), "1808.1万元");
    }
}
