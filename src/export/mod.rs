//! What was computed, as text and as data.

mod department;
mod explain;
mod json;
mod scores;
mod totals;
mod values;
mod wrap;

pub use department::department_text;
pub use explain::derivation;
pub use json::{Beside, totals_json};
pub use scores::scores_text;
pub use totals::totals_text;
pub use values::{values_json, values_text};
