//! The amounts of a department as a whole, over its projects.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::ledger::{Derivation, Entry, Ledger, ProjectLedger, Term, Total};
use super::project;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::form::{LineKind, Profile};
use crate::lang::say;
use crate::model::{
    BudgetLine, Cost, CostBasis, Declaration, Department, Earlier, Money, Placed, Project, Prose, Task, Text,
    Year, YearlyAmount,
};
use crate::source::{Place, Span};

/// The amounts of a department.
#[derive(Debug, Clone)]
pub struct DepartmentLedger {
    /// The declaration with its projects, of which the department is the whole.
    pub declaration: Declaration,
    /// Its amounts.
    pub ledger: Ledger,
    /// Those of each task.
    pub tasks: Vec<TaskLedger>,
    /// Those of all tasks.
    pub all_tasks: TaskLedger,
    /// 收入构成
    pub income: BudgetLedger,
    /// 支出构成
    pub outlay: BudgetLedger,
}

/// The amounts of a task, or of all.
#[derive(Debug, Clone)]
pub struct TaskLedger {
    /// 总额
    pub amount: Entry,
    /// 财政拨款
    pub fiscal: Entry,
    /// 其他资金
    pub other: Entry,
}

/// The amounts of income, or of outlay.
#[derive(Debug, Clone)]
pub struct BudgetLedger {
    /// Of each line.
    pub lines: Vec<Entry>,
    /// Of all lines.
    pub sum: Entry,
    /// Of all lines in an earlier year, where any has one.
    pub before: BTreeMap<Year, Money>,
}

impl BudgetLedger {
    /// What an amount is of the whole, in a hundred, to two decimals; `None` where the whole is nothing.
    pub fn share(&self, amount: Money) -> Option<Decimal> {
        let share = amount.yuan().checked_div(self.sum.amount.yuan())?.checked_mul(Decimal::ONE_HUNDRED)?;
        Some(share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The declaration in which the department stands in place of its projects, as one whose costs they are, and its amounts.
pub fn department(
    declaration: &Declaration,
    ledger: &Ledger,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Option<(Declaration, Ledger)> {
    let written = declaration.of_department.as_deref()?;
    let mut sums = Sums { declaration, ledger, place: written.form.span, diagnostics };
    let tasks: Vec<TaskLedger> = written.tasks.iter().map(|task| sums.task(task)).collect();
    let all_tasks = sums.all(&written.tasks, &tasks);
    let income = sums.budget(&written.income, &profile.income);
    let outlay = sums.budget(&written.outlay, &profile.outlay);
    let own = as_project(written, declaration, ledger);
    let stands = Declaration { projects: vec![own], round_to: None, title: None, ..declaration.clone() };
    let of_own: Vec<ProjectLedger> =
        stands.projects.iter().map(|own| project::ledger(own, &stands, diagnostics)).collect();
    let amounts = DepartmentLedger {
        declaration: declaration.clone(),
        ledger: ledger.clone(),
        tasks,
        all_tasks,
        income,
        outlay,
    };
    let whole = Ledger {
        projects: of_own,
        printed: Total { total: ledger.printed.total.clone(), annual: ledger.printed.annual.clone() },
        declared: ledger.declared,
        department: Some(Box::new(amounts)),
    };
    Some((stands, whole))
}

/// The department as a project: its costs are what its projects request for the year.
fn as_project(written: &Department, declaration: &Declaration, ledger: &Ledger) -> Project {
    let projects = || declaration.projects.iter().zip(&ledger.projects);
    let cost = |(project, own): (&Project, &ProjectLedger)| {
        let span = project.name.span();
        Cost {
            id: Some(Placed { value: project.id.clone(), span }),
            name: project.name.clone(),
            amount: CostBasis::Stated(YearlyAmount::ThisYear(Placed { value: own.annual.amount, span })),
            basis: None,
            before: BTreeMap::new(),
        }
    };
    let all = |of: fn(&ProjectLedger) -> &Entry| {
        let sum = Money::sum(projects().map(|(_, own)| of(own).amount)).filter(|sum| !sum.is_zero());
        sum.map(|value| Placed { value, span: written.own.span })
    };
    let mut own = written.own.clone();
    own.name = declaration.unit.name.clone();
    own.costs = projects().map(cost).collect();
    own.funding.carried_over = all(|own| &own.carried_over);
    own.funding.other = all(|own| &own.other_annual).map(YearlyAmount::ThisYear);
    own
}

/// Adds up, and reports a sum that does not fit.
struct Sums<'s> {
    declaration: &'s Declaration,
    ledger: &'s Ledger,
    place: Span,
    diagnostics: &'s mut Diagnostics,
}

impl Sums<'_> {
    fn sum(&mut self, terms: Vec<Term>) -> Entry {
        let amount = Money::sum(terms.iter().map(|term| term.amount)).unwrap_or_else(|| {
            let words = say!("合计过大", "the sum is too large");
            let help = say!("请核对各项金额的单位", "check the units of the amounts");
            self.diagnostics.push(Diagnostic::error(code::TOO_LARGE, words).at(self.place).help(help));
            Money::ZERO
        });
        Entry { amount, from: Derivation::Sum(terms) }
    }

    fn task(&mut self, task: &Task) -> TaskLedger {
        let (declaration, ledger) = (self.declaration, self.ledger);
        let listed = || {
            let all = declaration.projects.iter().zip(&ledger.projects);
            all.filter(|(project, _)| task.projects.iter().any(|id| id.value == project.id.as_str()))
        };
        let of_own = task.amount.map(|amount| amount.value);
        let other = task.other.map(|other| other.value);
        let fiscal = of_own.map(|all| all.minus(other.unwrap_or(Money::ZERO)).unwrap_or(Money::ZERO));
        let mut entry = |of: fn(&ProjectLedger) -> &Entry, besides: Option<Money>| {
            let terms = listed()
                .map(|(project, own)| Term { name: project.name.clone(), amount: of(own).amount })
                .chain(besides.map(|amount| Term { name: besides_projects(task), amount }));
            self.sum(terms.collect())
        };
        TaskLedger {
            amount: entry(|own| &own.annual, of_own),
            fiscal: entry(|own| &own.fiscal_annual, fiscal),
            other: entry(|own| &own.other_annual, other),
        }
    }

    fn all(&mut self, tasks: &[Task], ledgers: &[TaskLedger]) -> TaskLedger {
        let mut entry = |of: fn(&TaskLedger) -> &Entry| {
            let terms = tasks.iter().zip(ledgers);
            let terms =
                terms.map(|(task, own)| Term { name: task.name.clone(), amount: of(own).amount }).collect();
            self.sum(terms)
        };
        TaskLedger {
            amount: entry(|own| &own.amount),
            fiscal: entry(|own| &own.fiscal),
            other: entry(|own| &own.other),
        }
    }

    fn budget(&mut self, written: &[BudgetLine], kinds: &[LineKind]) -> BudgetLedger {
        let lines: Vec<Entry> = written.iter().map(|line| self.line(line, kinds)).collect();
        let terms = written.iter().zip(&lines);
        let terms: Vec<Term> =
            terms.map(|(line, own)| Term { name: line.kind.clone(), amount: own.amount }).collect();
        let mut before: BTreeMap<Year, Money> = BTreeMap::new();
        for (year, earlier) in written.iter().flat_map(|line| &line.before) {
            let Some(amount) = earlier_amount(earlier) else { continue };
            let sum = before.get(year).copied().unwrap_or(Money::ZERO);
            before.extend(sum.plus(amount).map(|sum| (*year, sum)));
        }
        BudgetLedger { sum: self.sum(terms), lines, before }
    }

    /// What is written, or what the projects request where the form says so.
    fn line(&mut self, line: &BudgetLine, kinds: &[LineKind]) -> Entry {
        let of_projects = kinds.iter().any(|kind| kind.of_projects && Some(&kind.id) == line.id.as_ref());
        match (line.amount, self.ledger.declared) {
            (Some(amount), _) => Entry { amount: amount.value, from: Derivation::Stated(amount.span) },
            (None, Some(declared)) if of_projects => {
                Entry { amount: declared.value, from: Derivation::Stated(declared.span) }
            }
            (None, None) if of_projects => self.ledger.printed.annual.clone(),
            (None, _) => Entry::zero(),
        }
    }
}

/// What was approved, or else spent.
pub fn earlier_amount(earlier: &Earlier) -> Option<Money> {
    earlier.approved.or(earlier.spent).map(|amount| amount.value)
}

/// What a task takes besides its projects is called so in sums.
fn besides_projects(task: &Task) -> Text {
    let span = task.amount.map_or(task.name.span(), |amount| amount.span);
    let prose = |value: &str| Prose { value: value.to_owned(), place: Place::whole(span) };
    match task.projects.is_empty() {
        true => task.name.clone(),
        false => Text::Both { zh: prose("项目以外"), en: prose("besides its projects") },
    }
}
