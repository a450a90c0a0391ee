//! Rewrites declarations: values and additions of a file, and next year's out of this year's.
//!
//! A file is changed by replacing ranges of its bytes, so that comments, layout and quotes stay.

mod add;
mod earlier;
mod field;
mod item;
mod leaves;
pub mod literal;
mod project;
mod put;
mod rejected;
mod rollover;
mod session;
mod years;

pub use add::{Addition, Sum, add, with_line_ends_of};
pub use field::{Control, Field, Refused, fields, set};
pub use item::{Change, change_item, item_of, kind_of};
pub use rejected::Rejected;
pub use rollover::{Course, Look, Rolled, Wish, rollover};
pub use session::{Added, Edit, Session, Shape};
