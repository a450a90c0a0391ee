//! Threads that lay documents out side by side.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
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

/// Makes something of each, as many at a time as there are processors, and takes it as it comes.
///
/// They are begun in their order. When `take` gives `false`, no further one is begun.
pub fn side_by_side<T: Sync, M: Send>(
    all: &[T],
    make: impl Fn(&T) -> M + Sync,
    mut take: impl FnMut(M) -> bool,
) {
    let (next, ended) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |sender: Sender<M>| {
        while !ended.load(Ordering::Relaxed)
            && let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed))
        {
            // Whoever receives lives until every worker is done.
            let _ = sender.send(make(one));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(all.len());
    let has_workers = workers > 1
        && thread::scope(|scope| {
            let (sender, inbox) = mpsc::channel();
            let spawn = |sender: Sender<M>| spawn(scope, || work(sender)).is_ok();
            let running = (0..workers).filter(|_| spawn(sender.clone())).count();
            drop(sender);
            for made in inbox {
                if !take(made) {
                    ended.store(true, Ordering::Relaxed);
                }
            }
            running > 0
        });
    if !has_workers {
        // By this thread, which has the pool of all processors to help it.
        let _ = all.iter().all(|one| take(make(one)));
    }
}
