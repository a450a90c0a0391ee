//! What those who build tell the one who reports.

use shenbao::lang::Words;

use super::one::Made;
use super::records::Facts;

/// What workers tell, and the interrupt.
pub(super) enum Event {
    /// A worker has begun with a job.
    Begun(usize),
    /// A job is done.
    Done(usize, Done),
    /// A worker has nothing more to do.
    Idle,
    /// The user wants an end.
    Interrupted,
}

/// What became of a job.
pub(super) enum Done {
    Made(Box<Made>),
    /// The file is as it would be written.
    Unchanged(Words, Facts),
}
