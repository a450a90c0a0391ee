//! What a change does to a declaration: its money, its indicators and its texts.
//!
//! Things are matched by what they are (their id, then their name, then how alike they are) and not by where they
//! stand, so that moves and renames are reported as such.

mod cost;
mod declaration;
mod department;
mod fields;
mod indicator;
mod outcome;
mod pair;
mod parts;
mod project;
mod report;
mod side;
mod text;
mod tree;
mod words;

pub use declaration::{compare, new_one, old_one};
pub use report::{Entry, JsonReport, Look, human, markdown};
pub use side::{Reading, Side, related};
pub use tree::{
    Amount, Difference, Fate, Field, Move, Node, Piece, Sum, TextChange, Translation, ValueChange, What,
};
