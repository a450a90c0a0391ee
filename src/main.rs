//! The `shenbao` command.

mod cli;

/// Layout takes and gives back millions of small pieces of memory, in which the system's allocator spends a sixth of the
/// time.
#[cfg(feature = "render")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
