//! Any files of a folder end in findings with places, or in a declaration whose reports and documents can be made.
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
