//! Word files, workbooks and text into the files of a declaration.
//!
//! A reader turns a file into blocks ([`block`]): paragraphs and tables, each with its place. [`draft`] recognises what they
//! are by the labels and headings of the form ([`labels`], [`outline`]); [`write`](mod@write) makes the files of that, and notes what
//! disagrees, what was concluded, and what could not be placed. Nothing that is read is dropped without a note.

mod account;
pub mod block;
mod budget;
mod claims;
mod context;
mod costs;
mod counts;
mod csv;
mod docx;
pub mod draft;
mod english;
mod figures;
pub mod form;
mod indicators;
pub mod items;
pub mod labels;
mod listed;
mod listing;
mod made;
mod names;
mod note;
pub mod outline;
mod overview;
mod package;
mod parts;
mod project;
mod records;
mod refusal;
mod room;
mod sheet;
pub mod sketch;
mod source;
pub mod text;
mod toml;
mod values;
pub mod write;

pub use draft::recognise;
pub use labels::Labels;
pub use made::Made;
pub use note::{Kind, Note};
pub use outline::Outline;
pub use refusal::Refusal;
pub(crate) use sheet::{Sheet, sheets};
pub use sketch::Draft;
pub use source::{Choice, Content, Source, blocks_of, choose, open};
pub use write::{Given, named_alike, write};
