//! The way back of the workbook to fill in: what was changed in it, as the smallest change of the TOML files.
//!
//! The workbook keeps what its cells said when it was written. A cell that says something else was changed; it is put into
//! the file where that still says the same as then, and is reported otherwise.

mod place;
mod read;
mod wishes;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::edit::with_line_ends_of;
use crate::export::workbook::rows::sheets;
use crate::export::workbook::sheets::SHEETS;
use crate::fix::FixedFile;
use crate::lang::{Lang, Words, say};
use crate::pipeline::{Prepared, Whole, prepare, prepare_with};
use crate::source::Sources;
use place::apply;
use read::read;
use wishes::{Wish, wishes};

/// What taking a workbook back would make of a declaration; nothing is written yet.
#[derive(Debug)]
pub struct Taken {
    /// The files that change, in the order of their paths, for [`crate::fix::patch`] and [`crate::fix::write`].
    pub files: Vec<FixedFile>,
    /// What was not taken, each with its cell.
    pub notes: Vec<Note>,
    /// What reading the changed files finds: with an error they should not be written.
    pub findings: Diagnostics,
    /// The changed files, for these findings.
    pub sources: Sources,
}

/// Something that was not taken from the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The sheet and the cell, as `费用!K5`.
    pub cell: String,
    /// Why, and what to do.
    pub words: Words,
}

/// Whether a file is a workbook to fill in.
pub fn is_one(book: &[u8]) -> bool {
    read(book).is_ok()
}

/// Takes the workbook `book` back into the declaration of `folder`.
///
/// # Errors
///
/// What to say of a file that is no such workbook, or of a declaration that cannot be read.
pub fn take(book: &[u8], folder: &Path) -> Result<Taken, Words> {
    let read = read(book)?;
    let Prepared { sources, findings, whole, .. } = prepare(folder);
    let Some(whole) = whole.filter(|_| !findings.has_errors()) else {
        return Err(say!(
            "申报现在有错误，不能取回工作簿：先用 shenbao check 查看并改正",
            "the declaration has errors, and the workbook cannot be taken back: see `shenbao check` first"
        ));
    };
    let (wishes, mut notes) = wishes(&read);
    let present = present(&whole);
    notes.extend(of_locked(&read, &present));
    let mut changed: BTreeMap<usize, Vec<Wish>> = BTreeMap::new();
    for wish in wishes {
        let project = whole.declaration.projects.iter().position(|own| own.id.as_str() == wish.project());
        let Some(project) = project else {
            notes.push(wish.note(say!("没有这个编号的项目", "there is no project of this id")));
            continue;
        };
        match still(&wish, &present) {
            Still::Same => changed.entry(project).or_default().push(wish),
            Still::Done => {}
            Still::Other => notes.push(wish.note(say!(
                "文件里的这一处在导出之后改过，没有取回：请对照两边，在文件里改",
                "the file has changed here since the export, and this was not taken: compare both, and change the file"
            ))),
        }
    }
    let mut files = Vec::new();
    for (project, wishes) in changed {
        let Some(own) = whole.declaration.projects.get(project) else { continue };
        let Some(file) = sources.get(own.span.file) else { continue };
        // What edits the file knows one kind of line end; a file with both is left as it is but for values.
        let windows = file.text.matches("\r\n").count() == file.text.matches('\n').count();
        let source = if windows { file.text.replace("\r\n", "\n") } else { file.text.clone() };
        let (after, further) = apply(&source, &wishes, own, whole.declaration.year);
        notes.extend(further);
        let after = if windows { with_line_ends_of(&file.text, &after) } else { after };
        if after != file.text {
            let (path, before) = (file.path.clone(), file.text.clone());
            files.push(FixedFile { path, before, after, fixes: wishes.len() });
        }
    }
    notes.sort_by(|one, other| one.cell.cmp(&other.cell));
    let texts = files.iter().map(|file| (file.path.clone(), Some(file.after.clone()))).collect();
    let mut prepared = prepare_with(folder, &texts, &mut |_| {});
    let findings = prepared.take_findings();
    Ok(Taken { files, notes, findings, sources: prepared.sources })
}

/// What the cells of a workbook would say now: part, row and column, as the workbook names them.
type Present = BTreeMap<(String, String, String), String>;

fn present(whole: &Whole) -> Present {
    let mut present = Present::new();
    let english = crate::export::workbook::rows::has_english(whole);
    for filled in sheets(whole, Lang::Zh) {
        for row in filled.rows {
            for (cell, column) in row.cells.iter().zip(filled.sheet.shown(english)) {
                let name = (filled.sheet.id.to_owned(), row.key.clone(), column.id.to_owned());
                present.insert(name, cell.value.plain());
            }
        }
    }
    present
}

/// Cells that are locked in their row, such as an amount by years, and that say something else all the same.
fn of_locked<'r>(read: &'r read::Read, present: &'r Present) -> impl Iterator<Item = Note> + 'r {
    read.rows.iter().filter(|row| !row.key.is_empty()).flat_map(move |row| {
        let columns = sheet_of(row.part).map_or(&[][..], |sheet| sheet.columns);
        columns.iter().filter(|column| !column.key.is_empty()).filter_map(move |column| {
            let name = (row.part.to_owned(), row.key.clone(), column.id.to_owned());
            let (cell, now) = (row.cells.get(column.id)?, present.get(&name)?);
            let is_locked = !read.base.contains_key(&name) && !now.is_empty();
            (is_locked && cell.text != *now).then(|| Note {
                cell: cell.place.clone(),
                words: say!(
                    "这一格由程序算出或分年度填写，没有取回：请在文件里改",
                    "this cell is computed, or an amount by years, and was not taken: change it in the file"
                ),
            })
        })
    })
}

/// Whether the files still say what they did when the workbook was written.
enum Still {
    Same,
    /// They say already what is wished.
    Done,
    Other,
}

fn still(wish: &Wish, present: &Present) -> Still {
    let of = |column: &str| {
        let name = (wish.part().to_owned(), wish.key().to_owned(), column.to_owned());
        present.get(&name).map(String::as_str)
    };
    match wish {
        Wish::Add { .. } => Still::Same,
        Wish::Remove { name, .. } => match of("name") {
            None => Still::Done,
            Some(own) if own == name => Still::Same,
            Some(_) => Still::Other,
        },
        Wish::Set { column, name, from, to, .. } => {
            // A row is known by its place and its name: others may have been put before it.
            let same_row = name.is_empty() || column.id == "name" || of("name").is_none_or(|own| own == name);
            match of(column.id) {
                Some(own) if own == to && same_row => Still::Done,
                Some(own) if own == from && same_row => Still::Same,
                _ => Still::Other,
            }
        }
    }
}

/// The sheet of an id.
fn sheet_of(id: &str) -> Option<&'static crate::export::workbook::layout::Sheet> {
    SHEETS.iter().find(|sheet| sheet.id == id)
}
