//! Old workbooks into a declaration: the input is the stream of records.
#![no_main]

use shenbao_fuzz::imported::import;
use shenbao_fuzz::packed::{compound, mutate_records};
use shenbao_fuzz::target;

target!(mutate_records, hold);

fn hold(input: &[u8]) {
    import("a.xls", &compound(input));
}
