//! Where the cells of a part stand: in which column each begins, beside those that reach down from above.

use toml::Spanned;

use super::grid::Cell;

/// A cell, and the column, from 0, in which it begins.
pub type Placed<'c> = (&'c Cell, usize);

/// A row that its cells do not fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uneven {
    /// The row, from 0.
    pub row: usize,
    /// How many columns are taken, the label of the part and the cells from above among them.
    pub taken: usize,
    /// Whether a cell of it lies over one that reaches down from above.
    pub overlaps: bool,
}

/// The cells of a single row beside a label that takes `side` columns.
pub fn placed_row(cells: &[Cell], side: usize) -> Vec<Placed<'_>> {
    let mut column = side;
    let mut placed = Vec::new();
    for cell in cells {
        placed.push((cell, column));
        column += cell.span;
    }
    placed
}

/// The cells of rows below each other in a grid of `count` columns, of which a label takes the first `side`.
pub fn placed(
    rows: &[Spanned<Vec<Cell>>],
    side: usize,
    count: usize,
) -> Result<Vec<Vec<Placed<'_>>>, Uneven> {
    // How many further rows the cell in each column reaches down.
    let mut reaching = vec![0_usize; count];
    let mut all = Vec::new();
    for (row, cells) in rows.iter().map(Spanned::get_ref).enumerate() {
        let from_above = reaching.iter().filter(|rows| **rows > 0).count();
        let taken = side + from_above + cells.iter().map(|cell| cell.span).sum::<usize>();
        if taken != count {
            return Err(Uneven { row, taken, overlaps: false });
        }
        let mut below: Vec<usize> = reaching.iter().map(|rows| rows.saturating_sub(1)).collect();
        let mut column = side;
        let mut placed = Vec::new();
        for cell in cells {
            while reaching.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let own = column..column + cell.span;
            if reaching.get(own.clone()).is_none_or(|above| above.iter().any(|rows| *rows > 0)) {
                return Err(Uneven { row, taken, overlaps: true });
            }
            below
                .iter_mut()
                .skip(column)
                .take(cell.span)
                .for_each(|rows| *rows = cell.rows.saturating_sub(1));
            placed.push((cell, column));
            column = own.end;
        }
        all.push(placed);
        reaching = below;
    }
    match reaching.iter().filter(|rows| **rows > 0).count() {
        0 => Ok(all),
        // Cells that reach below the last row.
        further => Err(Uneven { row: rows.len().saturating_sub(1), taken: count + further, overlaps: false }),
    }
}
