//! What has to hold of an import: no figure is lost without a word, and what is written can be read.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::date;
use rust_decimal::Decimal;
use shenbao::compute::Ledger;
use shenbao::form::{Profile, Templates};
use shenbao::import::block::{Block, Found, Place as At};
use shenbao::import::{Given, Labels, Made, Note, Outline, blocks_of, choose, open, recognise, write};
use shenbao::load::FileKind;
use shenbao::model::Money;
use shenbao::pipeline::prepare;
use shenbao::source::Sources;

use crate::mutate::Files;
use crate::place::Place;
use crate::written::formatted;

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let templates = Templates::default();
    let read = |id: &String| Profile::read(id, &templates, &mut Sources::default());
    templates.forms().iter().filter_map(|id| read(id).ok()).collect()
});

thread_local! {
    static PLACE: RefCell<Place> = RefCell::default();
}

/// Imports a file as the command does.
pub fn import(name: &str, bytes: &[u8]) {
    let source = match open(name, bytes) {
        Ok(source) => source,
        Err(refusal) => {
            assert!(!refusal.message.en.is_empty() && !refusal.message.zh.is_empty());
            return;
        }
    };
    let mut notes = source.notes.clone();
    let usual = PROFILES.iter().find(|profile| profile.id == Templates::USUAL);
    let Some(profile) = choose(std::slice::from_ref(&source), &PROFILES, Templates::USUAL)
        .map(|choice| choice.profile)
        .or(usual)
    else {
        return;
    };
    let labels = Labels::of(profile);
    let blocks = blocks_of(source, &labels);
    let figures = figures(&blocks);
    let draft = recognise(blocks, &labels, &Outline::of(profile, &PROFILES));
    if draft.projects.is_empty() {
        return;
    }
    let sections: Vec<String> = profile.sections.iter().map(|section| section.id.clone()).collect();
    let given = Given {
        year: Some(2025),
        date: date(2024, 11, 20),
        unit: None,
        department: None,
        first: 1,
        sections: sections.clone(),
    };
    let Some(made) = write(&draft, profile, &labels, &given, &mut notes) else { return };
    for own in &made {
        let kind = if own.project.is_some() { FileKind::Project } else { FileKind::Declaration };
        assert!(own.text.parse::<toml::Table>().is_ok(), "no TOML: {}", own.text);
        formatted(&own.path, &own.text, kind, &sections);
    }
    nothing_is_lost(&figures, &made, &notes);
}

/// Each number of an amount's size is in the files, follows from them, or has a note.
fn nothing_is_lost(figures: &[(Decimal, At)], made: &[Made], notes: &[Note]) {
    if figures.is_empty() {
        return;
    }
    let mut known: BTreeSet<Decimal> = BTreeSet::new();
    made.iter().for_each(|own| known.extend(numbers(&own.text)));
    notes.iter().for_each(|note| known.extend(numbers(&note.words.zh)));
    // What follows from files that contradict themselves is not known.
    let Some(computed) = computed(made) else { return };
    known.extend(computed);
    // A form rounds.
    let rounded: Vec<Decimal> =
        known.iter().flat_map(|own| [2, 0].map(|to| own.round_dp(to).normalize())).collect();
    known.extend(rounded);
    let noted = |place: &At| notes.iter().any(|note| note.place.as_ref() == Some(place));
    let scaled = |number: Decimal| {
        [Decimal::ONE, Decimal::from(10_000), Decimal::new(1, 4)].map(|scale| number.checked_mul(scale))
    };
    let lost: Vec<&(Decimal, At)> = figures
        .iter()
        .filter(|(number, place)| {
            !scaled(*number).iter().flatten().any(|number| known.contains(&number.normalize()))
                && !noted(place)
        })
        .collect();
    let files: String = made.iter().map(|own| own.text.as_str()).collect();
    assert!(lost.is_empty(), "lost without a word: {lost:?}\n{files}\n{notes:?}");
}

/// Every amount that the written declaration comes to.
fn computed(made: &[Made]) -> Option<Vec<Decimal>> {
    let files: Files = made
        .iter()
        .map(|own| (own.path.to_string_lossy().into_owned(), own.text.clone().into_bytes()))
        .collect();
    let prepared = PLACE.with_borrow(|place| prepare(place.hold(&files)));
    let ledger = prepared.whole.filter(|_| !prepared.findings.has_errors()).map(|whole| whole.ledger);
    ledger.map(|ledger| amounts(&ledger))
}

fn amounts(ledger: &Ledger) -> Vec<Decimal> {
    let mut all = ledger.amounts();
    all.extend(Money::sum(ledger.projects.iter().map(|project| project.total.exact.amount)));
    all.extend(Money::sum(ledger.projects.iter().map(|project| project.annual.amount)));
    for project in &ledger.projects {
        all.extend(project.subprojects.iter().flat_map(|own| [own.total.amount, own.annual]));
        all.extend(project.all_costs().map(|cost| cost.annual));
    }
    all.into_iter().map(|amount| amount.yuan().normalize()).collect()
}

/// The numbers of blocks that may be amounts, with their places: from 1,000 on, without years.
fn figures(blocks: &[Block]) -> Vec<(Decimal, At)> {
    let found: Vec<Found> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(found) => vec![found.clone()],
            Block::Table(table) => table.rows.iter().flatten().map(|cell| cell.found()).collect(),
        })
        .collect();
    let is_figure = |number: &Decimal| *number >= Decimal::from(2_200) && number.scale() <= 2;
    found
        .into_iter()
        .flat_map(|found| {
            numbers(&found.text).into_iter().filter(is_figure).map(move |own| (own, found.place.clone()))
        })
        .collect()
}

/// The numbers of a text, separators of thousands left out. Digits that a space or a mark of full width sets apart from
/// others may be one number or two, and are left out.
fn numbers(text: &str) -> Vec<Decimal> {
    let is_part = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
    let may_join = |ch: char| ch.is_whitespace() || matches!(ch, '，' | '．' | '。');
    text.split(|ch: char| !is_part(ch) && !may_join(ch))
        .map(|own| own.trim_matches(may_join))
        .filter(|own| !own.contains(may_join))
        .filter_map(|digits| digits.trim_matches(['.', ',']).replace(',', "").parse::<Decimal>().ok())
        .map(|number| number.normalize())
        .collect()
}
