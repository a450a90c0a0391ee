//! Text and CSV into a declaration.
#![no_main]

use shenbao_fuzz::imported::import;
use shenbao_fuzz::mutate::mutate_lines;
use shenbao_fuzz::target;

target!(mutate_lines, hold);

fn hold(input: &[u8]) {
    import("a.txt", input);
    import("a.csv", input);
}
