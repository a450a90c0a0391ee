//! A department as a whole, with the rest of its declaration: as with `load`, from seeds that have it.
#![no_main]

use std::sync::LazyLock;

use shenbao_fuzz::bundle::{files, unpack};
use shenbao_fuzz::place::Place;
use shenbao_fuzz::sound::sound;
use shenbao_fuzz::target;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);

target!(files, hold);

fn hold(input: &[u8]) {
    sound(PLACE.hold(&unpack(input)));
}
