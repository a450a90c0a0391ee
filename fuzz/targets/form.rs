//! A declaration's own form, with the rest of its declaration: as with `load`, from seeds that have it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use shenbao_fuzz::bundle::{mutator, unpack};
use shenbao_fuzz::place::Place;
use shenbao_fuzz::sound::sound;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutator(data, size, max_size, seed)
});

fuzz_target!(|input: &[u8]| {
    sound(PLACE.hold(&unpack(input)));
});
