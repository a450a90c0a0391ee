//! Writes the official PDF of a budget unit's performance-target declaration (绩效目标申报) from TOML.
//!
//! The stages, each of which sees only those before it:
//!
//! 1. [`source`] and [`diagnostic`]: files with places in them, and what is said about those.
//! 2. [`model`] and [`form`]: a declaration as it is written, and the form that it is written for.
//! 3. [`reading`]: numerals, amounts, dates and sentences of Chinese and English prose.
//! 4. [`load`]: TOML files into a declaration.
//! 5. [`compute`]: a declaration into its ledger, every amount with its derivation.
//! 6. [`narrative`]: texts with computed values into paragraphs and lists.
//!    [`pipeline`] runs these three behind one call.
//! 7. [`check`]: all of it against the rules, for what a reviewer would send back.
//! 8. [`fix`]: fixes of findings, applied to the files.
//! 9. [`edit`]: additions to files, next year's out of this year's.
//! 10. [`diff`]: two declarations into what differs between them, by what things are and not by lines.
//! 11. [`document`]: all of it into one document, every string ready.
//! 12. [`render`]: the document into PDF, PNG or SVG.
//!
//! 13. [`export`]: the amounts as text and JSON, tables, forms and reports as workbooks; [`filled`] takes the workbook
//!     to fill in back.
//!
//! Beside them, [`skeleton`] is what a new declaration begins with, [`import`] makes one of other programs' files, [`fmt`] puts files into one shape, and [`schema`] tells editors what they may hold.

pub mod check;
pub mod compute;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod edit;
pub mod export;
pub mod filled;
pub mod fix;
pub mod fmt;
pub mod form;
pub mod import;
pub mod lang;
pub mod load;
pub mod model;
pub mod narrative;
pub mod paths;
pub mod pipeline;
pub mod reading;
#[cfg(feature = "render")]
pub mod render;
pub mod schema;
pub mod skeleton;
pub mod source;
