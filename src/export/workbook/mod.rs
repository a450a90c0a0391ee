//! The workbook to fill in: the data of a declaration on sheets with lists to choose from, notes and locked figures.
//!
//! `sheets` is the one table of its sheets and columns, `rows` what they hold. A hidden sheet keeps what every cell said
//! when the workbook was written, so that what was changed since is known.

mod guide;
pub mod layout;
mod paint;
pub mod rows;
pub mod sheets;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::sheet::Book;
use crate::lang::{Lang, say};
use crate::model::Project;
use crate::pipeline::Whole;
use layout::{BASE, LISTS, List};
use paint::Painter;
use rows::{has_english, sheets};

/// The bytes of the workbook of a declaration, with heads and notes in `lang`.
///
/// # Errors
///
/// Texts longer than a cell may be.
pub fn workbook(whole: &Whole, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let declaration = &whole.declaration;
    let unit = declaration.unit.name.str(lang).trim();
    let title = say!("填报工作簿", "Workbook to fill in");
    let mut book = Book::new(title.get(lang), unit, declaration.date)?;
    guide::write(&mut book, whole, lang)?;
    let filled = sheets(whole, lang);
    let lists = lists(whole, lang);
    let painter = Painter { lang, english: has_english(whole), lists: &lists };
    // A form without texts has no sheet for them.
    for filled in filled.iter().filter(|filled| !filled.rows.is_empty() || filled.sheet.spare > 0) {
        let name = book.reserve(filled.sheet.name(lang).get(lang));
        painter.sheet(book.sheet(&name)?, filled)?;
    }
    let name = book.reserve(LISTS);
    write_lists(book.sheet(&name)?, &lists)?;
    let name = book.reserve(BASE);
    paint::base_of(book.sheet(&name)?, &filled, painter.english)?;
    book.bytes()
}

/// What each list offers.
type Lists = Vec<(List, Vec<String>)>;

fn lists(whole: &Whole, lang: Lang) -> Lists {
    let profile = &whole.profile;
    let named = |words: &[crate::lang::Words]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in words.iter().map(|words| words.get(lang).to_owned()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let of = |list: List| match list {
        List::Natures => named(&profile.natures),
        List::Categories => named(&profile.categories),
        List::Kinds => profile.kind_names().map(str::to_owned).collect(),
        List::Units => named(&profile.unit_names),
        List::Projects => {
            let id = |project: &Project| project.id.to_string();
            whole.declaration.projects.iter().map(id).collect()
        }
    };
    List::ALL.into_iter().map(|list| (list, of(list))).collect()
}

fn write_lists(sheet: &mut Worksheet, lists: &Lists) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    for ((_, words), column) in lists.iter().zip(0_u16..) {
        for (word, row) in words.iter().zip(0_u32..) {
            sheet.write_string_with_format(row, column, word, &text)?;
        }
    }
    sheet.set_very_hidden(true);
    Ok(())
}
