//! Ctrl-C.

use std::sync::{Mutex, Once, PoisonError};

type Stopper = Box<dyn Fn() + Send + Sync>;

/// What the first Ctrl-C does; none when there is nothing left to end in good order.
static STOPPER: Mutex<Option<Stopper>> = Mutex::new(None);
static INSTALLED: Once = Once::new();

/// Lets the next Ctrl-C call `stopper`, and the one after it end the program at once.
pub fn on_interrupt(stopper: impl Fn() + Send + Sync + 'static) {
    *STOPPER.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(stopper));
    INSTALLED.call_once(|| {
        let ended = || match STOPPER.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(stopper) => stopper(),
            None => std::process::exit(130),
        };
        // Where no handler can be set, Ctrl-C ends the program as it does any other.
        let _ = ctrlc::set_handler(ended);
    });
}
