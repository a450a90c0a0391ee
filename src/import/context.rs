//! What the writers of a project's tables share.

use super::labels::Labels;
use crate::form::Profile;
use crate::model::Year;

/// What a project takes from the declaration.
pub(super) struct Context<'c> {
    pub profile: &'c Profile,
    pub labels: &'c Labels,
    pub year: Year,
    pub unit: &'c Option<String>,
    /// What all projects print, where it is not both.
    pub printed: Option<&'static str>,
}
