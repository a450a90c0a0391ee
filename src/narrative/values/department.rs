//! What a department as a whole has, over its projects.

use super::{Found, Origin, Value, Values, amount};
use crate::compute::{BudgetLedger, Entry, ProjectLedger, TaskLedger};
use crate::model::{BudgetLine, Project, Task, Year};
use crate::source::Span;

impl<'v> Values<'v> {
    /// A sum, or what a line has that is named by its id in the form.
    pub(super) fn of_department(&self, parts: &[&str]) -> Option<Found<'v>> {
        let ledger = self.ledger.department.as_deref()?;
        let written = self.declaration.of_department.as_deref()?;
        match parts {
            ["until"] => written.until.map(|until| Value::Date(until.value).at(until.span)),
            ["task", what] => of_amounts(&ledger.all_tasks, what, None),
            ["income", what] => self.of_all_lines(&ledger.income, what),
            ["income", id, what] => self.of_line_named(&written.income, &ledger.income, id, what),
            ["outlay", what] => self.of_all_lines(&ledger.outlay, what),
            ["outlay", id, what] => self.of_line_named(&written.outlay, &ledger.outlay, id, what),
            _ => None,
        }
    }

    pub(super) fn of_task(&self, task: &'v Task, ledger: &'v TaskLedger, what: &str) -> Option<Found<'v>> {
        match what {
            "name" => Some(self.text(&task.name)),
            "content" => task.content.as_ref().map(|content| self.text(content)),
            what => of_amounts(ledger, what, Some(task.name.span())),
        }
    }

    pub(super) fn of_line(
        &self,
        line: &'v BudgetLine,
        own: &'v Entry,
        all: &BudgetLedger,
        what: &str,
    ) -> Option<Found<'v>> {
        let place = line.amount.map_or(line.kind.span(), |amount| amount.span);
        match what {
            "kind" => Some(self.word(&line.kind)),
            "amount" => {
                Some(Found { value: Value::Money(own.amount), origin: Origin::Amount(own, Some(place)) })
            }
            "share" => Some(Value::Percent(all.share(own.amount)?).at(place)),
            what => self.earlier(&line.before, what),
        }
    }

    /// What one of the projects requests for the year.
    pub(super) fn of_listed(
        &self,
        project: &'v Project,
        ledger: &'v ProjectLedger,
        what: &str,
    ) -> Option<Found<'v>> {
        let money = |entry: &'v Entry| {
            let origin = Origin::Amount(entry, Some(project.name.span()));
            Some(Found { value: Value::Money(entry.amount), origin })
        };
        match what {
            "name" => Some(self.text(&project.name)),
            "unit" => Some(self.text(&project.unit(self.declaration).name)),
            "annual" => money(&ledger.annual),
            "fiscal" => money(&ledger.fiscal_annual),
            "other" => money(&ledger.other_annual),
            _ => None,
        }
    }

    fn of_all_lines(&self, all: &'v BudgetLedger, what: &str) -> Option<Found<'v>> {
        let year = |back: Year| self.declaration.year.checked_sub(back);
        let earlier = |back| all.before.get(&year(back)?).map(|sum| Value::Money(*sum).computed());
        match what {
            "amount" => Some(amount(&all.sum)),
            "share" => Some(Value::Percent(all.share(all.sum.amount)?).computed()),
            "last_year" => earlier(1),
            "year_before" => earlier(2),
            _ => None,
        }
    }

    fn of_line_named(
        &self,
        lines: &'v [BudgetLine],
        all: &'v BudgetLedger,
        id: &str,
        what: &str,
    ) -> Option<Found<'v>> {
        let mut both = lines.iter().zip(&all.lines);
        let (line, own) = both.find(|(line, _)| line.id.as_deref() == Some(id))?;
        self.of_line(line, own, all, what)
    }
}

fn of_amounts<'v>(ledger: &'v TaskLedger, what: &str, place: Option<Span>) -> Option<Found<'v>> {
    let entry = match what {
        "amount" => &ledger.amount,
        "fiscal" => &ledger.fiscal,
        "other" => &ledger.other,
        _ => return None,
    };
    Some(Found { value: Value::Money(entry.amount), origin: Origin::Amount(entry, place) })
}
