//! The money of a project: what its form states, the parts that make it up, and where the two disagree.

use super::block::{Found, plain};
use super::items::Item;
use super::names::listed;
use super::note::{Kind, Note, OPEN};
use super::parts::{MOST_TEXT, Part, STEPS, parts, rounding};
use super::sketch::Sketch;
use super::values::amount;
use crate::form::{AmountUnit, Profile, SectionRole};
use crate::lang::{Words, say};
use crate::model::Money;
use crate::paths::List;
use crate::reading::{Role, clause, names_whole, read, roles};

/// A cost or sub-project of a project's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cost {
    pub name: String,
    /// What it takes in the year.
    pub amount: Money,
    /// What it takes in all years, where a table says that.
    pub total: Option<Money>,
    /// The row of the form's table that it comes from.
    pub row: Option<Item>,
}

/// The money of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Budget {
    /// 项目资金总额
    pub total: Option<Money>,
    /// 年度资金申请总额
    pub annual: Option<Money>,
    /// The costs of the year; one where no break-down was found.
    pub costs: Vec<Cost>,
    /// Whether the text calls them 子项目.
    pub subprojects: bool,
}

impl Budget {
    /// The sum of the costs.
    pub fn exact(&self) -> Option<Money> {
        Money::sum(self.costs.iter().map(|cost| cost.amount))
    }

    /// What is built for the year: the costs, rounded where that gives what the form states.
    pub fn of_year(&self) -> Option<Money> {
        match (self.exact(), self.annual) {
            (Some(exact), Some(stated)) if rounding(exact, stated).is_none() => Some(exact),
            (exact, stated) => stated.or(exact),
        }
    }

    /// The same for all years.
    pub fn of_all_years(&self) -> Option<Money> {
        let others = self.said().and_then(|said| said.plus(self.further().unwrap_or(Money::ZERO)));
        self.of_year()?.plus(others.unwrap_or(Money::ZERO))
    }

    /// What the costs say of other years.
    fn said(&self) -> Option<Money> {
        Money::sum(self.costs.iter().filter_map(|cost| cost.total?.minus(cost.amount)))
    }

    /// What the project takes in other years, and none of its costs says. Where the costs are not those of the form, no more
    /// than leads to the total that it states.
    pub fn further(&self) -> Option<Money> {
        let beyond = self.total?.minus(self.annual?)?.minus(self.said()?)?;
        let listed = Money::sum(self.costs.iter().map(|cost| cost.total.unwrap_or(cost.amount)))?;
        Some(beyond.min(self.total?.minus(listed)?))
    }
}

/// The unit of a form's amounts: what the table says, else the profile.
pub(super) fn unit_of(sketch: &Sketch, profile: &Profile) -> AmountUnit {
    match sketch.unit.as_deref() {
        Some("万元") => AmountUnit::Wan,
        Some("元") => AmountUnit::Yuan,
        _ => profile.grid.money.unit,
    }
}

/// The paragraphs of the sections with a role.
pub(super) fn of_role<'s>(sketch: &'s Sketch, profile: &Profile, role: SectionRole) -> Vec<&'s Found> {
    let ids = profile.sections.iter().filter(|section| section.role == role);
    ids.filter_map(|section| sketch.sections.get(&section.id)).flatten().collect()
}

/// The money of a project, and what there is to say of it.
pub(super) fn budget(sketch: &Sketch, profile: &Profile, notes: &mut Vec<Note>) -> Budget {
    let unit = unit_of(sketch, profile);
    let field = |path: &str| sketch.fields.get(path).and_then(|found| amount(&found.text, unit));
    let (total, annual) = (field("total"), field("annual"));
    let mut own = Budget {
        total: total.or(annual),
        annual: annual.or(total),
        costs: rows(sketch, unit, notes),
        subprojects: false,
    };
    let name = sketch.name.as_ref().map_or(OPEN, |found| found.text.as_str());
    if let (Some(whole), Some(year)) = (total, annual)
        && whole < year
    {
        let words = say!(
            "“{name}”的资金总额 {whole} 小于年度金额 {year}；以年度金额为准",
            "{name}: the total of all years, {whole}, is less than the {year} of the year, which stands"
        );
        notes.extend(sketch.fields.get("total").map(|found| Note::at(Kind::Differs, words, found)));
        own.total = annual;
    }
    if own.costs.is_empty() {
        told(sketch, profile, &mut own);
    }
    if own.costs.is_empty() {
        let stated = own.annual.or_else(|| stated_whole(sketch, profile));
        let Some(amount) = stated else { return own };
        own.annual = Some(amount);
        own.total = own.total.or(Some(amount));
        own.costs.push(Cost { name: name.to_owned(), amount, total: None, row: None });
        notes.push(Note::new(
            Kind::Assumed,
            say!(
                "“{name}”未找到费用明细，按总额 {amount} 列为一项费用",
                "{name}: no break-down of the budget was found; its total {amount} is one cost"
            ),
        ));
    }
    if let (Some(exact), Some(stated)) = (own.exact(), own.annual)
        && rounding(exact, stated).is_none()
    {
        let count = own.costs.len();
        let words = say!(
            "“{name}”的 {count} 项费用合计 {exact}，申报表为 {stated}；以各项费用为准",
            "{name}: its {count} costs add up to {exact}, the form states {stated}; the costs stand"
        );
        let place = sketch.fields.get("annual").or(sketch.fields.get("total"));
        notes.push(place.map_or_else(
            || Note::new(Kind::Differs, words.clone()),
            |found| Note::at(Kind::Differs, words.clone(), found),
        ));
    }
    own
}

/// The costs that the form's own table lists.
fn rows(sketch: &Sketch, unit: AmountUnit, notes: &mut Vec<Note>) -> Vec<Cost> {
    let listed = sketch.items.iter().filter(|item| matches!(item.list, List::Cost | List::Subproject));
    let sums = ["合计", "总计", "小计"];
    let sum = |item: &Item| item.text("name").is_some_and(|name| sums.contains(&plain(name).as_str()));
    let cost = |item: &Item| {
        let figure = |key: &str| item.text(key).and_then(|text| amount(text, unit));
        let (whole, annual) = (figure("amount").or_else(|| figure("total")), figure("annual"));
        let name = super::values::joined(item.text("name")?);
        let total = annual.and(whole).filter(|total| Some(*total) != annual);
        Some(Cost { name, amount: annual.or(whole)?, total, row: Some(item.clone()) })
    };
    let mut costs = Vec::new();
    for item in listed.filter(|item| !sum(item)) {
        match cost(item) {
            Some(cost) => costs.push(cost),
            None => notes.extend(item.values.values().map(super::indicators::unplaced)),
        }
    }
    costs
}

/// The costs that the text tells.
fn told(sketch: &Sketch, profile: &Profile, own: &mut Budget) {
    let budget: Vec<Found> = of_role(sketch, profile, SectionRole::Budget).into_iter().cloned().collect();
    let roles = [SectionRole::Overview, SectionRole::Plan, SectionRole::Budget];
    let texts = || roles.into_iter().flat_map(|role| of_role(sketch, profile, role));
    let names = texts().find_map(|found| listed(&found.text)).unwrap_or_default();
    let all: String = texts().map(|found| found.text.as_str()).collect();
    let found = parts(&budget, &names, own.annual.or_else(|| stated_whole(sketch, profile)));
    // Parts of all years say nothing of this one.
    let whole = Money::sum(found.iter().map(|part| part.amount));
    if own.total != own.annual && whole.is_some() && whole == own.total {
        return;
    }
    own.subprojects = all.contains("子项目") && found.len() > 1;
    let cost = |part: Part| Cost { name: part.name, amount: part.amount, total: None, row: None };
    own.costs = found.into_iter().map(cost).collect();
}

/// The total that the text names where there is no form.
fn stated_whole(sketch: &Sketch, profile: &Profile) -> Option<Money> {
    let texts = [SectionRole::Budget, SectionRole::Overview].into_iter();
    texts.flat_map(|role| of_role(sketch, profile, role)).find_map(|found| {
        totals(&found.text).into_iter().find(|(_, _, strong)| *strong).map(|(money, _, _)| money)
    })
}

/// The totals that a text states: the amount, one unit of its last decimal, and whether its words name the whole.
fn totals(text: &str) -> Vec<(Money, Money, bool)> {
    if text.len() > MOST_TEXT {
        return Vec::new();
    }
    let tokens = read(text);
    let roles = roles(text, &tokens);
    let stated = tokens.iter().zip(&roles).filter_map(|(token, role)| {
        let Some(Role::Total(total)) = role else { return None };
        let amount = token.amount()?;
        let head = text.get(clause(text, total.word.start).start..total.word.start).unwrap_or("");
        let word = text.get(total.word.clone()).unwrap_or("");
        let whole = total.strong || names_whole(head, word);
        Some((amount.money, Money::from_yuan(amount.step)?, whole))
    });
    stated.collect()
}

/// Reports each total of a project's text that neither its costs nor its form give.
pub(super) fn compare_texts(sketch: &Sketch, own: &Budget, stated: Option<Money>, notes: &mut Vec<Note>) {
    let exact = own.exact();
    let wholes: Vec<Money> = [exact, stated, own.annual, own.total].into_iter().flatten().collect();
    let Some(sum) = exact else { return };
    for found in sketch.sections.values().flatten() {
        for (money, step, strong) in totals(&found.text) {
            let near = |known: &Money| money.apart(*known) < step;
            let part = own.costs.iter().any(|cost| cost.amount == money);
            if !strong || part || wholes.iter().any(near) {
                continue;
            }
            let name = sketch.name.as_ref().map_or(OPEN, |found| found.text.as_str());
            let count = own.costs.len();
            notes.push(Note::at(
                Kind::Differs,
                say!(
                    "“{name}”的文字写 {money}，{count} 项费用合计 {sum}；以各项费用为准，文字照原样保留",
                    "{name}: the text says {money}, its {count} costs add up to {sum}; the costs stand, the text is kept"
                ),
                found,
            ));
        }
    }
}

/// The least step to which all projects' sums have to be rounded to give what their forms state.
pub(super) fn round_to(budgets: &[Budget]) -> Option<&'static str> {
    let pairs: Vec<(Money, Money)> =
        budgets.iter().filter_map(|own| Some((own.exact()?, own.annual?))).collect();
    let rounded = pairs.iter().any(|(exact, stated)| exact != stated && rounding(*exact, *stated).is_some());
    STEPS.into_iter().filter(|_| rounded).find(|step| {
        let Ok(step) = Money::parse(step) else { return false };
        // What no rounding explains is a disagreement, and reported as one.
        pairs.iter().all(|(exact, stated)| {
            exact.round_to(step) == Some(*stated) || rounding(*exact, *stated).is_none()
        })
    })
}

/// Reports where the amounts of a form do not follow from each other.
pub(super) fn compare_form(sketch: &Sketch, own: &Budget, profile: &Profile, notes: &mut Vec<Note>) {
    let unit = unit_of(sketch, profile);
    let field = |path: &str| sketch.fields.get(path).and_then(|found| amount(&found.text, unit));
    let or_none = |money: Option<Money>| money.or(Some(Money::ZERO));
    let carried = or_none(field("carried_over"));
    // What is for this year alone is written once.
    let annual = field("other_annual");
    let other = if own.total == own.annual { annual.or_else(|| field("other")) } else { field("other") };
    let minus = |whole: Option<Money>, part: Option<Money>| whole?.minus(part?);
    // Where sources are listed, what is not fiscal of them is the rest.
    let besides = |key: &str| {
        let listed = profile.sources.iter().filter(|source| !source.is_fiscal());
        let listed: Vec<Money> =
            listed.filter_map(|source| field(&format!("source.{}.{key}", source.id))).collect();
        if listed.is_empty() { None } else { Money::sum(listed) }
    };
    let lines = [
        ("other_annual", besides("amount").or(annual)),
        ("other", besides("total").or(other)),
        ("fiscal", minus(own.of_all_years(), or_none(other))),
        ("fiscal_annual", minus(own.of_year(), or_none(annual))),
        ("appropriation", minus(minus(own.of_year(), or_none(annual)), carried)),
    ];
    for (path, expected) in lines {
        let Some(found) = sketch.fields.get(path).filter(|found| !plain(&found.text).is_empty()) else {
            continue;
        };
        let label = profile.grid.label_of(path).map_or_else(|| path.to_owned(), |label| label.zh.clone());
        let label = label.trim_end_matches('：').to_owned();
        let (Some(stated), Some(expected)) = (field(path), expected) else {
            // What is computed otherwise takes no figure, and neither is there one to compare this with.
            let typed = found.text.trim();
            let words = say!(
                "申报表“{label}”的 {typed} 未采用，也无法与其他各行核对",
                "{typed} of the form for {label} was not taken, and its other lines give nothing to compare it with"
            );
            notes.push(Note::at(Kind::Left, words, found));
            continue;
        };
        if stated == expected {
            continue;
        }
        let words = Words {
            zh: format!("申报表“{label}”写 {stated}，按其他各行应为 {expected}；生成的表按后者"),
            en: format!(
                "the form states {stated} for {label}, its other lines give {expected}, which is what is built"
            ),
        };
        notes.push(Note::at(Kind::Differs, words, found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wan(text: &str) -> Money {
        Money::parse(&format!("{text}万元")).unwrap()
    }

    fn budget(total: &str, annual: &str, costs: &[(&str, Option<&str>)]) -> Budget {
        let cost = |(amount, total): &(&str, Option<&str>)| Cost {
            name: String::new(),
            amount: wan(amount),
            total: total.map(wan),
            row: None,
        };
        let costs = costs.iter().map(cost).collect();
        Budget { total: Some(wan(total)), annual: Some(wan(annual)), costs, subprojects: false }
    }

    #[test]
    fn other_years_are_what_leads_to_the_total_that_the_form_states() {
        let whole = |own: &Budget| (own.further().unwrap(), own.of_all_years().unwrap());
        let agrees = budget("500", "200", &[("150", None), ("50", None)]);
        assert_eq!(whole(&agrees), (wan("300"), wan("500")));
        let said = budget("500", "200", &[("150", Some("350")), ("50", None)]);
        assert_eq!(whole(&said), (wan("100"), wan("500")));
        // The year of one cost was not read.
        let differs = budget(
            "617.52",
            "227.44",
            &[("118.5", Some("350.5")), ("140.6", None), ("62.74", Some("126.42"))],
        );
        assert_eq!(whole(&differs), (wan("0"), wan("617.52")));
        let of_one_year = budget("835.74", "835.74", &[("704.42", None)]);
        assert_eq!(whole(&of_one_year), (wan("0"), wan("704.42")));
    }
}
