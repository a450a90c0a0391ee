//! Nothing differs from itself, and what differs can be told in every way, in both directions.
#![no_main]

use std::sync::LazyLock;

use shenbao::diff::{Entry, JsonReport, Look, Side, compare, human, markdown, new_one, old_one, related};
use shenbao::lang::Lang;
use shenbao_fuzz::bundle::{files, unpack};
use shenbao_fuzz::mutate::Files;
use shenbao_fuzz::place::Place;
use shenbao_fuzz::sound::json;
use shenbao_fuzz::target;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);

target!(files, hold);

fn hold(input: &[u8]) {
    let all = unpack(input);
    let below = |folder: &str| -> Files {
        let own = all.iter().filter_map(|(name, bytes)| Some((name.strip_prefix(folder)?, bytes)));
        own.map(|(name, bytes)| (name.to_owned(), bytes.clone())).collect()
    };
    let (old, new) = (Side::read(PLACE.hold(&below("old/"))), Side::read(&PLACE.beside(&below("new/"))));
    let whole = old.errors.is_empty() && new.errors.is_empty();
    let (old, new) = (old.side, new.side);
    for side in [&old, &new].into_iter().flatten() {
        // What has errors is not compared, which is reported too.
        assert!(!whole || compare(side, side).is_empty(), "it differs from itself");
        told([new_one(side), old_one(side)]);
    }
    if let (Some(old), Some(new)) = (old, new) {
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        assert_eq!(
            there.is_empty(),
            back.is_empty(),
            "one way there is a difference, the other there is none"
        );
        related(&old, &new);
        told([there, back]);
    }
}

fn told(differences: impl IntoIterator<Item = shenbao::diff::Difference>) {
    let entries: Vec<Entry> = differences
        .into_iter()
        .map(|one| Entry { name: "unit".to_owned(), renamed_from: None, difference: Some(one) })
        .collect();
    for lang in Lang::ALL {
        human(&entries, Look { lang, colour: true });
        markdown(&entries, lang);
    }
    json(&JsonReport::new(&entries).write());
}
