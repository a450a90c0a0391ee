//! What was computed, as text, as data, as tables and as workbooks.

mod department;
mod explain;
pub mod form;
mod json;
pub mod report;
mod scores;
pub mod sheet;
pub mod table;
mod totals;
mod values;
pub mod workbook;
mod wrap;

pub use department::department_text;
pub use explain::derivation;
pub use json::{Beside, totals_json};
pub use scores::scores_text;
pub use totals::totals_text;
pub use values::{values_json, values_text};
