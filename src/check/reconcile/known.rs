//! The amounts that a text may rightly name.

use std::collections::BTreeMap;

use super::meets;
use super::wholes::{Others, Wholes};
use crate::compute::{CostLedger, Ledger, ProjectLedger};
use crate::lang::{Lang, Words, say};
use crate::model::{Cost, CostBasis, Declaration, Earlier, Money, Project, Target, Text, Year};
use crate::reading::{self, Amount};
use crate::source::Span;

/// Parts beyond which sums of any two are no longer tried: with so many, some sum fits anything.
const MOST_PAIRED: usize = 24;

/// An amount with its name.
#[derive(Debug, Clone)]
pub struct Known {
    /// What it is of.
    pub name: Words,
    /// The amount.
    pub money: Money,
    /// Where it, or what it is of, stands.
    pub span: Option<Span>,
}

/// A sub-project or cost.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name.
    pub name: Text,
    /// Its amounts: total, of the declaration's year, of each year.
    pub own: Vec<Money>,
    /// The price of one, and of one of what.
    pub price: Option<(Money, String)>,
    /// Where its name stands.
    pub span: Span,
}

/// The amounts that the texts of one project, or the overview, may name.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Those with a name, the project's own first.
    pub named: Vec<Known>,
    /// Sums, differences, and what a basis or a target says.
    pub more: Vec<Money>,
    /// The wholes of the other projects.
    pub others: Others,
    /// The whole, of all years.
    pub whole: Vec<Known>,
    /// The whole of the declaration's year.
    pub annual: Vec<Known>,
    /// The whole before it was rounded, where rounding changed it.
    pub unrounded: Vec<Known>,
    /// The whole of each year.
    pub years: BTreeMap<Year, Money>,
    /// Sub-projects and costs.
    pub parts: Vec<Part>,
    /// How many items the whole is the sum of: sub-projects, else costs; in the overview projects.
    pub items: usize,
    /// The declaration's year.
    pub year: Year,
}

impl Facts {
    /// Those of one project.
    pub fn of_project(
        declaration: &Declaration,
        ledger: &Ledger,
        all: &Wholes,
        project: &Project,
        own: &ProjectLedger,
    ) -> Facts {
        let others = all.but(own);
        let mut facts =
            Facts { year: declaration.year, years: own.years.known.clone(), others, ..Facts::default() };
        let at = Some(project.span);
        let known = |name: Words, money: Money| Known { name, money, span: at };
        let year = declaration.year;
        let whole = known(say!("项目资金总额", "the project's total"), own.total.rounded.amount);
        let annual = known(say!("{year}年资金申请总额", "the request for {year}"), own.annual.amount);
        if own.total.is_rounded() {
            let exact = own.total.exact.amount;
            facts.unrounded.push(known(say!("取整前的项目资金总额", "the total before rounding"), exact));
        }
        if let Some(exact) = own.years.known.get(&year).filter(|exact| **exact != own.annual.amount) {
            facts.unrounded.push(known(say!("取整前的年度资金", "the year's sum before rounding"), *exact));
        }
        facts.named.extend([whole.clone(), annual.clone()]);
        facts.named.extend(facts.unrounded.iter().cloned());
        facts.whole.push(whole);
        facts.annual.push(annual);
        for (name, entry) in [
            (say!("财政资金", "fiscal funds"), &own.fiscal),
            (say!("当年财政拨款", "the current-year appropriation"), &own.appropriation),
            (say!("上年结转资金", "funds carried over"), &own.carried_over),
            (say!("其他资金", "other funds"), &own.other),
            (say!("当年其他资金", "other funds of the year"), &own.other_annual),
        ] {
            facts.named.push(known(name, entry.amount));
        }
        for (of, money) in &own.years.known {
            facts.named.push(known(say!("{of}年的资金", "the money of {of}"), *money));
        }
        facts.of_department(ledger);
        facts.named.push(known(say!("其他年度的资金", "the money of the other years"), own.years.undated));
        for (subproject, ledger) in project.subprojects.iter().zip(&own.subprojects) {
            let of_years = ledger.years.known.values().copied();
            let amounts = [ledger.total.amount, ledger.annual].into_iter().chain(of_years).collect();
            facts.part(&subproject.name, amounts, None);
            if !subproject.single {
                facts.costs(&subproject.costs, &ledger.costs);
            }
        }
        facts.costs(&project.costs, &own.costs);
        facts.items =
            if project.subprojects.is_empty() { project.costs.len() } else { project.subprojects.len() };
        facts.sums(project, own);
        facts.stated_elsewhere(project);
        let whole = [ledger.stated_total(), ledger.printed.total.amount, ledger.printed.annual.amount];
        facts.more.extend(whole);
        facts.close();
        facts
    }

    /// Those of the overview.
    pub fn of_overview(declaration: &Declaration, ledger: &Ledger) -> Facts {
        let mut facts = Facts { year: declaration.year, ..Facts::default() };
        let printed = &ledger.printed;
        if let Some(declared) = &ledger.declared {
            let name = say!("申报的预算资金总额", "the declared total");
            facts.whole.push(Known { name, money: declared.value, span: Some(declared.span) });
        }
        let known = |name, money| Known { name, money, span: None };
        facts.whole.push(known(say!("各项目资金总额之和", "the sum of the projects"), printed.total.amount));
        let annual = say!("各项目年度资金申请总额之和", "the sum of the projects' requests for the year");
        facts.annual.push(known(annual, printed.annual.amount));
        facts.named.extend(facts.whole.iter().chain(&facts.annual).cloned());
        for (project, own) in declaration.projects.iter().zip(&ledger.projects) {
            facts.part(&project.name, vec![own.total.rounded.amount, own.annual.amount], None);
        }
        facts.items = declaration.projects.len();
        facts.close();
        facts
    }

    fn part(&mut self, name: &Text, own: Vec<Money>, price: Option<(Money, String)>) {
        let words =
            Words { zh: name.str(Lang::Zh).trim().to_owned(), en: name.str(Lang::En).trim().to_owned() };
        let span = name.span();
        for money in &own {
            self.named.push(Known { name: words.clone(), money: *money, span: Some(span) });
        }
        if let Some((money, _)) = &price {
            let Words { zh, en } = &words;
            let name = say!("{zh}的单价", "the price of {en}");
            self.named.push(Known { name, money: *money, span: Some(span) });
        }
        self.parts.push(Part { name: name.clone(), own, price, span });
    }

    /// What a department has besides its projects.
    fn of_department(&mut self, ledger: &Ledger) {
        let Some(own) = ledger.department.as_deref() else { return };
        let tasks = own.tasks.iter().chain([&own.all_tasks]);
        let tasks = tasks.flat_map(|task| [&task.amount, &task.fiscal, &task.other]);
        let budgets = [&own.income, &own.outlay].into_iter();
        let lines = budgets.clone().flat_map(|budget| budget.lines.iter().chain([&budget.sum]));
        self.more.extend(tasks.chain(lines).map(|entry| entry.amount));
        self.more.extend(budgets.flat_map(|budget| budget.before.values().copied()));
    }

    fn costs(&mut self, costs: &[Cost], ledgers: &[CostLedger]) {
        for (cost, ledger) in costs.iter().zip(ledgers) {
            let price = match &cost.amount {
                CostBasis::Product { price, unit, .. } => {
                    let unit = unit.as_ref().map_or("", |unit| unit.str(Lang::Zh).trim());
                    Some((price.value, unit.to_owned()))
                }
                _ => None,
            };
            let of_years = ledger.years.known.values().copied();
            let amounts = [ledger.total.amount, ledger.annual].into_iter().chain(of_years).collect();
            self.part(&cost.name, amounts, price);
        }
    }

    /// Sums of neighbours and of any two, and what is left of the whole without one.
    fn sums(&mut self, project: &Project, own: &ProjectLedger) {
        let whole = [own.total.exact.amount, own.annual.amount];
        let top: Vec<Vec<Money>> = if project.subprojects.is_empty() {
            vec![
                own.costs.iter().map(|cost| cost.total.amount).collect(),
                own.costs.iter().map(|cost| cost.annual).collect(),
            ]
        } else {
            vec![
                own.subprojects.iter().map(|sub| sub.total.amount).collect(),
                own.subprojects.iter().map(|sub| sub.annual).collect(),
            ]
        };
        for amounts in &top {
            for (index, first) in amounts.iter().enumerate() {
                self.more.extend(whole.iter().filter_map(|whole| whole.minus(*first)));
                let rest = amounts.get(index + 1..).unwrap_or(&[]);
                let mut sum = *first;
                for next in rest.iter().take(MOST_PAIRED) {
                    let Some(longer) = sum.plus(*next) else { break };
                    sum = longer;
                    self.more.push(sum);
                }
                if amounts.len() <= MOST_PAIRED {
                    self.more.extend(rest.iter().filter_map(|next| first.plus(*next)));
                }
            }
        }
    }

    /// Amounts that the declaration itself states besides: bases, earlier years, targets.
    fn stated_elsewhere(&mut self, project: &Project) {
        let below = project.subprojects.iter().flat_map(|subproject| &subproject.costs);
        for cost in project.costs.iter().chain(below) {
            let earlier = cost.before.values().flat_map(Earlier::amounts);
            self.more.extend(earlier.map(|amount| amount.value));
            for (_, prose) in cost.basis.iter().flat_map(Text::proses) {
                self.more.extend(amounts(&prose.value));
            }
        }
        for indicator in &project.indicators {
            if let Target::Measured(measured) = &indicator.target {
                let unit = &measured.unit;
                let amounts =
                    measured.figure.numbers().map(|number| Money::parse(&format!("{number}{unit}")));
                self.more.extend(amounts.flatten());
            }
            for (_, prose) in indicator.explanation.iter().chain(&indicator.basis).flat_map(Text::proses) {
                self.more.extend(amounts(&prose.value));
            }
        }
    }

    /// Whether an amount is, to the 分, one that the declaration gives without a name.
    pub fn gives(&self, money: Money) -> bool {
        self.more.binary_search(&money).is_ok() || self.others.has(money)
    }

    /// Whether an amount as written stands for one that the declaration gives without a name.
    pub(super) fn may_give(&self, amount: &Amount) -> bool {
        let stands = |money: Money| meets(amount, money).is_some();
        self.gives(amount.money)
            || self.more.iter().any(|money| stands(*money))
            || self.others.near(amount.money).any(stands)
    }

    fn close(&mut self) {
        self.named.retain(|known| !known.money.is_zero());
        self.more.sort();
        self.more.dedup();
    }

    /// The named amounts nearest to one, each amount once.
    pub fn nearest(&self, to: Money) -> Vec<Known> {
        let distance = |known: &Known| known.money.yuan().max(to.yuan()) - known.money.yuan().min(to.yuan());
        let mut list: Vec<&Known> = self.named.iter().collect();
        list.sort_by_key(|known| distance(known));
        list.dedup_by_key(|known| known.money);
        list.into_iter().take(2).cloned().collect()
    }
}

fn amounts(text: &str) -> Vec<Money> {
    reading::read(text).iter().filter_map(|token| token.amount().map(|amount| amount.money)).collect()
}
