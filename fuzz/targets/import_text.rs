//! Text and CSV into a declaration.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use shenbao_fuzz::bundle::structured;
use shenbao_fuzz::imported::import;
use shenbao_fuzz::mutate::mutate_lines;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    structured(data, size, max_size, seed, |input, rng| mutate_lines(input, rng))
});

fuzz_target!(|input: &[u8]| {
    import("a.txt", input);
    import("a.csv", input);
});
