//! Word files into a declaration: the input is the parts of the archive.
#![no_main]

use shenbao_fuzz::bundle::{parts, unpack};
use shenbao_fuzz::imported::import;
use shenbao_fuzz::packed::archive;
use shenbao_fuzz::target;

target!(parts, hold);

fn hold(input: &[u8]) {
    import("a.docx", &archive(&unpack(input)));
}
