//! Threads that lay documents out side by side.

use std::io;
use std::thread::{self, Scope, ScopedJoinHandle};

use rayon::ThreadPoolBuilder;

/// As much as the main thread has; deep documents need more than other threads get by default.
const STACK: usize = 8 << 20;

/// Spawns a thread that does all of `work` itself.
///
/// The layout engine and the PDF writer hand out their work to the thread pool that they are called in. Within one pool
/// for all, whoever waits for the rest of a document begins another one meanwhile, and so on, each with its pages in
/// memory; and beside one, twice as many threads as processors take turns. So each worker is a pool of its own.
///
/// # Errors
/// When the system gives no more threads.
pub fn spawn<'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, ()>> {
    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
        // Where it cannot be had, the pool that all share does as well.
        let _pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
        work();
    })
}
