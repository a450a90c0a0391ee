//! Whether each figure of the source went somewhere: into a file, into what is computed of the files, or into a note.
//!
//! Rows, columns and labels come in more shapes than any reader knows. What a reader passes over is found here, by its value
//! and not by the way it took.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::block::{Found, Place};
use super::budget::{Budget, unit_of};
use super::figures::numbers;
use super::made::Made;
use super::note::{Kind, Note};
use super::sketch::{Draft, Sketch};
use super::values::amount;
use crate::compute::{Ledger, compute};
use crate::form::{AmountUnit, Profile};
use crate::lang::{Words, say};
use crate::load::{Loaded, load_with};
use crate::model::Money;

/// The longest text of a note.
const MOST: usize = 60;

/// A note for each cell or paragraph with a figure that is in no file, no sum and no note.
pub(super) fn unaccounted(
    draft: &Draft,
    budgets: &[Budget],
    profile: &Profile,
    files: &[Made],
    notes: &[Note],
) -> Vec<Note> {
    let mut known: BTreeSet<Decimal> = BTreeSet::new();
    files.iter().for_each(|made| known.extend(numbers(&made.text)));
    let computed = ledger(files).map_or_else(|| computed(draft, budgets, profile), |ledger| amounts(&ledger));
    known.extend(computed.into_iter().map(|money| money.yuan().normalize()));
    known.extend(sums_of_known(draft, profile, &known));
    notes.iter().for_each(|note| known.extend(numbers(&note.words.zh)));
    // A cell of a form in 万元 has digits alone.
    let is_known = |number: Decimal| {
        let yuan = number.checked_mul(Decimal::from(10_000)).map(|yuan| yuan.normalize());
        known.contains(&number) || yuan.is_some_and(|yuan| known.contains(&yuan))
    };
    let mut noted: BTreeSet<&Place> = notes.iter().filter_map(|note| note.place.as_ref()).collect();
    let mut found = Vec::new();
    for figure in draft.figures.iter().filter(|figure| !is_known(figure.number)) {
        if noted.insert(&figure.found.place) {
            found.push(Note::at(Kind::Left, shortened(&figure.found.text), &figure.found));
        }
    }
    found
}

/// The ledger of the files; none of a declaration that is not complete yet.
fn ledger(files: &[Made]) -> Option<Ledger> {
    // A folder that is not there, so that the texts are all that there is.
    let folder = std::env::temp_dir().join(format!("shenbao-{}-import", std::process::id()));
    let texts = files.iter().map(|made| (folder.join(&made.path), Some(made.text.clone()))).collect();
    let Loaded { declaration, mut diagnostics, .. } = load_with(&folder, &texts);
    let ledger = compute(&declaration?, &mut diagnostics);
    (!diagnostics.has_errors()).then_some(ledger)
}

/// Every amount of a ledger, with those of sub-projects and the sums of projects.
fn amounts(ledger: &Ledger) -> Vec<Money> {
    let mut all = ledger.amounts();
    for project in &ledger.projects {
        all.extend(project.subprojects.iter().flat_map(|own| [own.total.amount, own.annual]));
        all.extend(project.all_costs().map(|cost| cost.annual));
    }
    all.extend(Money::sum(ledger.projects.iter().map(|project| project.total.exact.amount)));
    all.extend(Money::sum(ledger.projects.iter().map(|project| project.annual.amount)));
    all
}

/// What stands in for the ledger of files that are not complete: sums of each project, of a sub-project, of all projects.
fn computed(draft: &Draft, budgets: &[Budget], profile: &Profile) -> Vec<Money> {
    let mut all: Vec<Money> = Vec::new();
    for own in budgets {
        all.extend([own.of_all_years(), own.of_year(), own.exact()].into_iter().flatten());
        let mut last = None;
        let mut group = Vec::new();
        for cost in &own.costs {
            let name = cost.row.as_ref().and_then(|row| row.text("subproject"));
            if name != last {
                all.extend(Money::sum(group.drain(..)));
                last = name;
            }
            group.push(cost.amount);
            all.extend(cost.total.into_iter().chain([cost.amount]));
        }
        all.extend(Money::sum(group));
    }
    let sum = |of: fn(&Budget) -> Option<Money>| Money::sum(budgets.iter().filter_map(of));
    all.extend([sum(Budget::of_all_years), sum(Budget::of_year), sum(Budget::exact)].into_iter().flatten());
    // What the lines of a form give was compared with what they state.
    let read = |path: &str| -> Vec<Money> {
        let fields = draft
            .projects
            .iter()
            .filter_map(|sketch| amount(&sketch.fields.get(path)?.text, unit_of(sketch, profile)));
        fields.collect()
    };
    for path in ["fiscal", "fiscal_annual", "appropriation", "other", "other_annual"] {
        all.extend(read(path));
    }
    let whole =
        |own: &Budget| own.costs.iter().map(|cost| cost.total.unwrap_or(cost.amount)).collect::<Vec<_>>();
    all.extend(budgets.iter().filter_map(|own| Money::sum(whole(own))));
    all.extend(Money::sum(budgets.iter().flat_map(whole)));
    all
}

/// The sums of columns all parts of which went somewhere: of the tables of a project, and of a list of projects.
fn sums_of_known(draft: &Draft, profile: &Profile, known: &BTreeSet<Decimal>) -> Vec<Decimal> {
    let mut columns: Vec<Vec<Money>> = Vec::new();
    for own in &draft.projects {
        columns.extend(columns_of(own, unit_of(own, profile)));
    }
    let paths: BTreeSet<&String> = draft.projects.iter().flat_map(|sketch| sketch.fields.keys()).collect();
    for path in paths {
        let of = |own: &Sketch| amount(&own.fields.get(path)?.text, unit_of(own, profile));
        columns.push(draft.projects.iter().filter_map(of).collect());
    }
    let went = |money: &Money| *money == Money::ZERO || known.contains(&money.yuan().normalize());
    let whole = columns.into_iter().filter(|column| column.iter().all(went));
    whole.filter_map(Money::sum).map(|money| money.yuan().normalize()).collect()
}

/// The columns of a project's tables: of its costs, and of its sources.
fn columns_of(own: &Sketch, unit: AmountUnit) -> Vec<Vec<Money>> {
    let mut columns: BTreeMap<(&str, &str), Vec<Money>> = BTreeMap::new();
    // Quantity and price are no sums, and are written only where they give the amount.
    let adds = |(key, _): &(&String, &Found)| !matches!(key.as_str(), "quantity" | "price" | "percent");
    let of_items = own.items.iter().flat_map(|item| &item.values).filter(adds);
    let of_items = of_items.map(|(key, found)| (("item", key.as_str()), found));
    let of_sources = own.fields.iter().filter_map(|(path, found)| {
        Some((("source", path.strip_prefix("source.")?.split_once('.')?.1), found))
    });
    for (key, found) in of_items.chain(of_sources) {
        columns.entry(key).or_default().extend(amount(&found.text, unit));
    }
    columns.into_values().collect()
}

/// The beginning of a text, for a note.
pub(super) fn shortened(text: &str) -> Words {
    let beginning: String = text.chars().take(MOST).collect();
    let more = if beginning.len() < text.len() { "…" } else { "" };
    say!("{beginning}{more}", "{beginning}{more}")
}
