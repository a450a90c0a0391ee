//! Old workbooks into a declaration: the input is the stream of records.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use shenbao_fuzz::bundle::structured;
use shenbao_fuzz::imported::import;
use shenbao_fuzz::packed::{compound, mutate_records};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    structured(data, size, max_size, seed, mutate_records)
});

fuzz_target!(|input: &[u8]| import("a.xls", &compound(input)));
