//! The end before the end: Ctrl-C, or the first failure where the user wants it.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use indicatif::ProgressBar;

use super::many::Event;

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
        // Where the system has no such signal, Ctrl-C ends the program as always: what is written is whole anyway.
        let _ = ctrlc::set_handler(move || {
            if seen.swap(true, Ordering::Relaxed) {
                bar.finish_and_clear();
                process::exit(130);
            }
            let _ = events.send(Event::Interrupted);
        });
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
