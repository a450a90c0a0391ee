//! Why a file is not read.

use crate::lang::Words;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: Words,
    /// What to do about it.
    pub hint: Option<Words>,
}
