//! Ctrl-C.

use std::sync::{Mutex, Once, PoisonError};

type Action = Box<dyn Fn() + Send + Sync>;

/// What the first Ctrl-C does, until it has come, and what the second does before it ends the program.
static ACTIONS: Mutex<(Option<Action>, Option<Action>)> = Mutex::new((None, None));
static INSTALLED: Once = Once::new();

/// Lets the next Ctrl-C call `first`, which ends what is under way in good order, and the one after it `last` before it
/// ends the program at once.
pub fn on_interrupt(first: impl Fn() + Send + Sync + 'static, last: impl Fn() + Send + Sync + 'static) {
    let actions: (Option<Action>, Option<Action>) = (Some(Box::new(first)), Some(Box::new(last)));
    *ACTIONS.lock().unwrap_or_else(PoisonError::into_inner) = actions;
    INSTALLED.call_once(|| {
        // Where no handler can be set, Ctrl-C ends the program as it does any other: what is written is whole anyway.
        let _ = ctrlc::set_handler(|| {
            let mut actions = ACTIONS.lock().unwrap_or_else(PoisonError::into_inner);
            match (actions.0.take(), &actions.1) {
                (Some(first), _) => first(),
                (None, last) => {
                    last.iter().for_each(|last| last());
                    std::process::exit(130);
                }
            }
        });
    });
}
