//! The rows of a list into the projects of a draft.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Found, plain};
use super::figures::bare;
use super::items::Item;
use super::listing::Listing;
use super::sketch::{Draft, Sketch};
use crate::paths::List;

/// Takes a list. What a form or another list has said already stands; where a list says something else, that is left.
pub(super) fn take(listing: Listing, draft: &mut Draft) {
    draft.year = draft.year.or(listing.year);
    draft.without_unit.extend(listing.without_unit);
    draft.left.extend(listing.left);
    let needless: BTreeSet<_> = listing.needless.into_iter().collect();
    draft.figures.retain(|figure| !needless.contains(&figure.found.place));
    let named = |sketch: &Sketch| sketch.name.as_ref().map(|name| plain(&name.text));
    let mut projects: BTreeMap<String, usize> = BTreeMap::new();
    for (place, sketch) in draft.projects.iter().enumerate() {
        if let Some(name) = named(sketch) {
            projects.entry(name).or_insert(place);
        }
    }
    let mut costs = Costs::of(&draft.projects);
    for row in listing.rows {
        let place = *projects.entry(plain(&row.project.text)).or_insert_with(|| {
            draft.projects.push(Sketch { name: Some(row.project.clone()), ..Sketch::default() });
            draft.projects.len() - 1
        });
        let Some(sketch) = draft.projects.get_mut(place) else { continue };
        complete(&mut sketch.fields, row.fields, &mut draft.left);
        let Some(item) = row.item else { continue };
        sketch.formed = sketch.formed || item.list == List::Indicator;
        match costs.same(place, &item).and_then(|known| sketch.items.get_mut(known)) {
            Some(known) => complete(&mut known.values, item.values, &mut draft.left),
            None => sketch.items.push(item),
        }
    }
}

/// Adds what is not known yet; a text that says otherwise goes to `left`. Figures are accounted for by their values.
fn complete(known: &mut BTreeMap<String, Found>, more: BTreeMap<String, Found>, left: &mut Vec<Found>) {
    for (key, found) in more {
        match known.get(&key) {
            Some(own) if plain(&own.text) == plain(&found.text) || bare(&found.text).is_some() => {}
            Some(_) => left.push(found),
            None => {
                known.insert(key, found);
            }
        }
    }
}

/// The costs that were known before a list, by project and name. Each is one row of the list: rows of one name are several
/// costs.
struct Costs(BTreeMap<(usize, String), Vec<Known>>);

/// A cost by its place among the items of its project.
struct Known {
    place: usize,
    subproject: Option<String>,
}

impl Costs {
    fn of(projects: &[Sketch]) -> Costs {
        let mut costs = BTreeMap::<_, Vec<_>>::new();
        for (project, sketch) in projects.iter().enumerate() {
            let listed = sketch.items.iter().enumerate().rev().filter(|(_, item)| item.list == List::Cost);
            for (place, item) in listed {
                let name = item.text("name").map(plain).unwrap_or_default();
                let subproject = item.text("subproject").map(plain);
                costs.entry((project, name)).or_default().push(Known { place, subproject });
            }
        }
        Costs(costs)
    }

    /// The place of the same cost among the items of the project, once.
    fn same(&mut self, project: usize, item: &Item) -> Option<usize> {
        if item.list != List::Cost {
            return None;
        }
        let known = self.0.get_mut(&(project, item.text("name").map(plain)?))?;
        let below = item.text("subproject").map(plain);
        // The first is the last one here. A form does not say of which sub-project a cost is.
        let at = known.iter().rposition(|own| own.subproject.is_none() || own.subproject == below)?;
        Some(known.remove(at).place)
    }
}
