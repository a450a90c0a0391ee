//! The end before the end: Ctrl-C, or the first failure where the user wants it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use indicatif::ProgressBar;

use super::event::Event;
use crate::cli::stop;

/// Whether no further declaration is begun.
pub(super) struct Halt {
    interrupted: Arc<AtomicBool>,
    set: AtomicBool,
}

impl Halt {
    /// Is set by the first Ctrl-C, which lets finish what is under way. The second ends the program at once.
    pub fn on_interrupt(events: Sender<Event>, bar: ProgressBar) -> Halt {
        let interrupted = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&interrupted);
        let first = move || {
            seen.store(true, Ordering::Relaxed);
            // Who follows no more needs no word of it.
            let _ = events.send(Event::Interrupted);
        };
        stop::on_interrupt(first, move || bar.finish_and_clear());
        Halt { interrupted, set: AtomicBool::new(false) }
    }

    /// Begins nothing more.
    pub fn set(&self) {
        self.set.store(true, Ordering::Relaxed);
    }

    /// Whether nothing more is begun.
    pub fn is_set(&self) -> bool {
        self.set.load(Ordering::Relaxed) || self.is_interrupted()
    }

    /// Whether the user wanted an end.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}
