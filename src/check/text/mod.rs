//! What several rules need to know of a text: its characters, quoted spans, sentences, dates and names.

pub mod chars;
pub mod dates;
mod english_dates;
pub mod simplified;
pub mod spans;
mod writing;

pub use writing::{Plain, PlainKind, Writing, first_line, plain_texts};
