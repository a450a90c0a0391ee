//! Readers of other programs' files, which may panic where a file is damaged.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught, and says nothing.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader; `None` where it panics. Panics elsewhere are told as ever.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CAUGHT.get() {
                usual(info);
            }
        }));
    });
    let before = CAUGHT.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(before);
    read.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_gives_nothing() {
        assert_eq!(guarded(|| 1 + 1), Some(2));
        assert_eq!(guarded(|| assert_eq!(1, 2)), None);
        assert!(!CAUGHT.get());
    }
}
