//! A form that `pdftotext -layout` gives: lines whose cells are set apart by spaces, into rows.

mod cells;
mod columns;
mod lists;
mod segments;

use cells::{APART, Piece, pieces};
use segments::{Segment, segments};

use super::Line;
use crate::import::block::{Cell, Place, Table, continue_with, plain};
use crate::import::labels::Labels;

/// What the lines of a form are read as.
enum Mode {
    /// Labels with values beside them.
    Fields,
    /// Texts below heads.
    Texts(Vec<Piece>),
    /// Rows of a list below heads, gathered to its end.
    Rows(Vec<Piece>, Vec<Piece>),
}

struct Reader<'l> {
    file: &'l str,
    lines: &'l [Line],
    labels: &'l Labels,
    mode: Mode,
    rows: Vec<Vec<Cell>>,
}

/// The lines of a form as a table.
pub(super) fn table(file: &str, lines: &[Line], labels: &Labels) -> Table {
    let mut reader = Reader { file, lines, labels, mode: Mode::Fields, rows: Vec::new() };
    let mut block: Vec<Vec<Segment>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let segments = segments(&line.text, at, labels);
        let title = is_title(&line.text, labels);
        if segments.is_empty() || title {
            reader.block(&std::mem::take(&mut block));
            if title && matches!(reader.mode, Mode::Fields) && reader.rows.len() < 2 {
                let columns = 0..line.text.chars().count();
                let text = line.text.trim().to_owned();
                reader.rows.push(vec![Cell { text, en: None, columns, rows: 1, place: line.place(file) }]);
            }
        } else {
            block.push(segments);
        }
    }
    reader.block(&block);
    reader.end_list();
    Table { rows: reader.rows, exact: true }
}

/// The title with its year, on every page.
fn is_title(text: &str, labels: &Labels) -> bool {
    let text = plain(text);
    text == labels.title || (text.starts_with('(') && text.contains("年度)") && text.chars().count() < 24)
}

/// In how many lines of a block heads are looked for first.
const NEAR: usize = 40;

impl Reader<'_> {
    fn block(&mut self, mut block: &[Vec<Segment>]) {
        while !block.is_empty() {
            let in_list = !matches!(self.mode, Mode::Fields);
            let from = |line: usize| {
                block.partition_point(|own| own.first().is_some_and(|segment| segment.line < line))
            };
            // Heads mostly stand at the top, where the rest need not be known for them.
            let mut all = pieces(block.get(..NEAR).unwrap_or(block), self.labels, in_list);
            let mut found = self.heads(&all);
            if block.len() > NEAR && found.as_ref().is_none_or(|(_, end)| from(*end) + APART >= NEAR) {
                all = pieces(block, self.labels, in_list);
                found = self.heads(&all);
            }
            let Some((heads, end)) = found else { return self.goes_on(block, all) };
            // What stands above the heads belongs to what was open before.
            let (above, below) = block.split_at(from(heads.iter().map(|head| head.first).min().unwrap_or(0)));
            let told = above.iter().flatten().any(|segment| !self.labels.is_piece(&plain(&segment.text)));
            if told && !matches!(self.mode, Mode::Fields) {
                self.block(above);
                block = below;
                continue;
            }
            let own = |piece: &&Piece| piece.last <= end || heads.contains(piece);
            let row: Vec<Piece> = all.iter().filter(own).cloned().collect();
            block = block.get(from(end + 1)..).unwrap_or(&[]);
            self.begin(row, heads);
        }
    }

    /// Lines without heads go on with what is open.
    fn goes_on(&mut self, block: &[Vec<Segment>], all: Vec<Piece>) {
        if self.leads_away(&all) {
            self.end_list();
            self.mode = Mode::Fields;
        }
        match &mut self.mode {
            Mode::Fields => {
                let all = pieces(block, self.labels, false);
                self.fields(&all);
            }
            Mode::Texts(heads) => {
                let heads = heads.clone();
                self.texts(block, &heads);
            }
            Mode::Rows(_, own) => own.extend(all),
        }
    }

    /// The heads of columns that a block begins with, and the last of their lines.
    fn heads(&self, all: &[Piece]) -> Option<(Vec<Piece>, usize)> {
        let named = |piece: &&Piece| {
            self.labels.head(&piece.plain).is_some() || self.labels.column(&piece.plain).is_some()
        };
        let first = all.iter().filter(named).map(|piece| piece.first).min()?;
        let reach = all
            .iter()
            .filter(named)
            .filter(|piece| piece.first <= first + 1)
            .map(|piece| piece.last)
            .max()?;
        let heads: Vec<Piece> =
            all.iter().filter(named).filter(|piece| piece.first <= reach).cloned().collect();
        let fields = all.iter().filter(|piece| piece.first <= reach && self.is_field(piece)).count();
        let level = heads.iter().any(|piece| piece.plain.contains("指标"));
        (heads.len() >= 2 && (fields < heads.len() || level)).then_some((heads, reach))
    }

    fn is_field(&self, piece: &Piece) -> bool {
        self.labels.fields.iter().any(|field| crate::import::labels::is(&field.text, &piece.plain))
    }

    /// Begins what stands below these heads; the label beside them is put in by the list's end.
    fn begin(&mut self, mut row: Vec<Piece>, mut heads: Vec<Piece>) {
        self.end_list();
        heads.sort_by_key(|piece| piece.from);
        row.sort_by_key(|piece| piece.from);
        let listed =
            heads.iter().filter_map(|piece| self.labels.head(&piece.plain)).any(|head| head.repeat.is_some());
        let listed = listed || heads.iter().any(|piece| self.labels.column(&piece.plain).is_some());
        if listed {
            let beside = row.iter().filter(|piece| !heads.contains(piece)).cloned().collect();
            self.mode = Mode::Rows(heads, beside);
        } else {
            let row = row.iter().map(|piece| self.cell(piece)).collect();
            self.rows.push(row);
            self.mode = Mode::Texts(heads);
        }
    }

    /// Whether a block below heads is of something else.
    fn leads_away(&self, all: &[Piece]) -> bool {
        let start = match &self.mode {
            Mode::Fields => return false,
            Mode::Texts(heads) | Mode::Rows(heads, _) => heads.first().map_or(0, |head| head.from),
        };
        let mut first: Vec<&Piece> = all.iter().filter(|piece| !self.is_beside(piece, start)).collect();
        first.sort_by_key(|piece| (piece.from, piece.first));
        first.first().is_some_and(|piece| self.is_field(piece) || self.begins_field(piece))
            || all.iter().any(|piece| {
                piece.from <= start && self.is_field(piece) && !self.labels.is_level1(&piece.plain)
            })
    }

    fn begins_field(&self, piece: &Piece) -> bool {
        let within = self.labels.fields.iter().filter(|field| field.within);
        within.into_iter().any(|field| piece.plain.starts_with(&field.text))
    }

    fn is_beside(&self, piece: &Piece, start: usize) -> bool {
        piece.from < start && self.labels.is_side_piece(&piece.plain) && !self.is_field(piece)
    }

    fn cell(&self, piece: &Piece) -> Cell {
        Cell {
            text: piece.text.clone(),
            en: None,
            columns: piece.from..piece.to,
            rows: 1,
            place: self.place(piece.first),
        }
    }

    fn place(&self, line: usize) -> Place {
        let line = self.lines.get(line).or(self.lines.first());
        line.map_or_else(
            || Place { file: self.file.to_owned(), at: crate::import::block::At::File },
            |line| line.place(self.file),
        )
    }

    /// Labels and values, each in the row of the label before it.
    fn fields(&mut self, all: &[Piece]) {
        let label = |piece: &&Piece| piece.label;
        let labels: Vec<&Piece> = all.iter().filter(label).collect();
        let mut placed: Vec<(usize, &Piece)> = Vec::new();
        for piece in all {
            let middle = (piece.first + piece.last) / 2;
            let within = |label: &&&Piece| {
                (piece.first..=piece.last).contains(&label.middle()) && label.from < piece.from
            };
            let nearest = labels.iter().filter(within).max_by_key(|label| label.from);
            let only =
                labels.iter().all(|label| label.middle() == labels.first().map_or(0, |first| first.middle()));
            let line = match nearest {
                _ if piece.label => piece.middle(),
                Some(label) => label.middle(),
                None if only && piece.first < piece.last => {
                    labels.first().map_or(middle, |label| label.middle())
                }
                None => middle,
            };
            placed.push((line, piece));
        }
        let mut lines: Vec<usize> = placed.iter().map(|(line, _)| *line).collect();
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            let mut row: Vec<&Piece> =
                placed.iter().filter(|(own, _)| *own == line).map(|(_, piece)| *piece).collect();
            row.sort_by_key(|piece| piece.from);
            let row = row.into_iter().map(|piece| self.cell(piece)).collect();
            self.rows.push(row);
        }
    }

    /// Texts of several lines below two heads, parted at the left edge of the second.
    fn texts(&mut self, block: &[Vec<Segment>], heads: &[Piece]) {
        let edges = columns::edges(block, heads);
        let mut texts: Vec<String> = vec![String::new(); heads.len()];
        let start = heads.first().map_or(0, |head| head.from);
        for line in block {
            for (column, text) in columns::parted(line, &edges) {
                let beside = column == 0 && line.len() > 1 || text.chars().count() < 5;
                if beside
                    && self.labels.is_side_piece(&plain(&text))
                    && line.first().is_some_and(|own| own.from <= start && own.text == text)
                {
                    continue;
                }
                if let Some(own) = texts.get_mut(column) {
                    continue_with(own, &text);
                }
            }
        }
        let line = block.first().and_then(|line| line.first()).map_or(0, |segment| segment.line);
        let row = texts.into_iter().zip(heads).map(|(text, head)| Cell {
            text,
            en: None,
            columns: head.from..head.to,
            rows: 1,
            place: self.place(line),
        });
        self.rows.push(row.collect());
    }

    /// Puts out the rows of a list.
    fn end_list(&mut self) {
        let Mode::Rows(heads, own) = std::mem::replace(&mut self.mode, Mode::Fields) else { return };
        let start = heads.first().map_or(0, |head| head.from);
        let (beside, own): (Vec<Piece>, Vec<Piece>) =
            own.into_iter().partition(|piece| self.is_beside(piece, start));
        let mut side = String::new();
        beside.iter().for_each(|piece| continue_with(&mut side, &piece.text));
        let place = self.place(heads.first().map_or(0, |head| head.first));
        let mut head = vec![Cell { text: side, en: None, columns: 0..start.min(1), rows: 1, place }];
        head.extend(heads.iter().map(|piece| self.cell(piece)));
        self.rows.push(head);
        for row in lists::rows(&heads, own, self.labels) {
            let row =
                row.iter().map(|(head, piece)| Cell { columns: head.clone(), ..self.cell(piece) }).collect();
            self.rows.push(row);
        }
    }
}
