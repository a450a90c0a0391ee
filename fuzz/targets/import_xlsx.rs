//! Workbooks into a declaration: the input is the parts of the archive.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use shenbao_fuzz::bundle::{pack, structured, unpack};
use shenbao_fuzz::imported::import;
use shenbao_fuzz::packed::{archive, mutate_parts};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    structured(data, size, max_size, seed, |input, rng| {
        let mut parts = unpack(input);
        mutate_parts(&mut parts, rng);
        pack(&parts)
    })
});

fuzz_target!(|input: &[u8]| import("a.xlsx", &archive(&unpack(input))));
