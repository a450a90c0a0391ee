//! Writes and rewrites declarations: a new one, and next year's out of this year's.
//!
//! A file is changed by replacing ranges of its bytes, so that comments, layout and quotes stay.

mod add;
mod leaves;
mod rollover;
mod start;
mod words;
mod years;

pub use add::{Addition, Sum, add};
pub use rollover::{Course, Look, Rolled, Wish, rollover};
pub use start::{Start, StartedProject, start, start_project};
