//! What is kept of a file, whatever its format.

use super::refusal::{Refusal, too_large};

/// The most cells that are kept of a file.
pub(super) const MOST_CELLS: usize = 300_000;
/// The most bytes of text that are kept of a file. A text that is stored once may be shown by any number of cells.
const MOST_TEXT: usize = 32 << 20;

/// What may still be kept of a file.
pub(super) struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { cells: MOST_CELLS, text: MOST_TEXT }
    }
}

impl Room {
    /// Takes room for a cell with its text.
    pub fn take(&mut self, text: usize) -> Result<(), Refusal> {
        self.take_text(text)?;
        self.cells = self.cells.checked_sub(1).ok_or_else(too_large)?;
        Ok(())
    }

    /// Takes room for a text.
    pub fn take_text(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.text = self.text.checked_sub(bytes).ok_or_else(too_large)?;
        Ok(())
    }
}
