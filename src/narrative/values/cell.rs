//! Values as the cells and labels of a form print them.

use std::collections::BTreeSet;

use super::{Evaluated, Found, Repeated, Scope, Value, Values};
use crate::compute::Ledger;
use crate::form::{AmountUnit, Profile};
use crate::lang::{Lang, Words};
use crate::model::{Declaration, Money};
use crate::narrative::format;
use crate::narrative::precision::Precision;
use crate::paths::{split, taken};
use crate::source::FileId;

/// What is printed was read in full.
static NONE_BROKEN: BTreeSet<FileId> = BTreeSet::new();

impl<'v> Values<'v> {
    /// The values of a declaration that was read in full.
    pub fn new(
        declaration: &'v Declaration,
        ledger: &'v Ledger,
        profile: &'v Profile,
        scope: Scope,
        lang: Lang,
    ) -> Values<'v> {
        Values {
            declaration,
            ledger,
            profile,
            scope,
            lang,
            item: None,
            evaluation: None,
            broken: &NONE_BROKEN,
        }
    }

    /// The same with a self-evaluation.
    #[must_use]
    pub fn with(self, evaluation: Option<&'v Evaluated>) -> Values<'v> {
        Values { evaluation, ..self }
    }

    /// The same for a row that is repeated for an item.
    pub fn of_row(self, item: Repeated<'v>) -> Values<'v> {
        Values { item: Some(item), ..self }
    }

    /// A value as the form prints it: amounts and dates in the form's manner unless the cell asks for a format.
    pub fn in_cell(&self, found: &Found<'_>, wanted: Option<&str>) -> String {
        match (&found.value, wanted) {
            (Value::Money(amount), None) => self.amount(*amount),
            (Value::Date(_) | Value::Period(_), None) => {
                self.text_of(found, Some(self.profile.grid.date.format()))
            }
            (_, wanted) => self.text_of(found, wanted),
        }
    }

    fn text_of(&self, found: &Found<'_>, wanted: Option<&str>) -> String {
        // What does not fit the value is printed without: the profile was read with formats that there are.
        let precision = Precision::default();
        let printed = format::print(&found.value, wanted, self, &precision);
        printed.or_else(|_| format::print(&found.value, None, self, &precision)).unwrap_or_default()
    }

    /// An amount in the form's unit.
    fn amount(&self, amount: Money) -> String {
        let style = self.profile.grid.money;
        let power = match style.unit {
            AmountUnit::Yuan => 0,
            AmountUnit::Wan => 4,
        };
        amount.in_table(power, style.decimals, style.grouping)
    }

    /// A label with the values that it takes.
    pub fn label(&self, words: &Words) -> String {
        self.label_without(words, |_| false)
    }

    /// The same without the values at these paths.
    pub fn label_without(&self, words: &Words, hidden: impl Fn(&str) -> bool) -> String {
        let label = words.get(self.lang);
        taken(label).fold(label.to_owned(), |filled, written| {
            let (path, format) = split(written);
            let value = self
                .find(path)
                .filter(|_| !hidden(path))
                .map(|found| self.in_cell(&found, format))
                .unwrap_or_default();
            filled.replace(&format!("{{{{{written}}}}}"), &value)
        })
    }
}
