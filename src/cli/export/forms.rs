//! `shenbao export --table forms`: a workbook for each declaration.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shenbao::export::form::{Printed, forms};
use shenbao::export::sheet::{Book, trouble};
use shenbao::lang::{Lang, say};
use shenbao::pipeline::Whole;
use shenbao::source::Shown;

use super::place::{Place, put};
use super::{Asked, of};
use crate::cli::args::{Export, ExportFormat, ExportTable};
use crate::cli::failure::Failure;
use crate::cli::ui::Ui;
use crate::cli::{Outcome, folders};

/// Writes the forms of each declaration, with the lists that were asked for besides.
pub(super) fn run(
    args: &Export,
    asked: &Asked,
    read: &[(PathBuf, Whole)],
    ui: &Ui,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for (whole, file) in files(read, &asked.place, "forms")? {
        outcome = outcome.max(one(args, asked, whole, &file, ui)?);
    }
    Ok(outcome)
}

/// The file of each declaration.
pub(super) fn files<'r>(
    read: &'r [(PathBuf, Whole)],
    place: &Place,
    what: &str,
) -> Result<Vec<(&'r Whole, PathBuf)>, Failure> {
    if read.len() > 1 && !matches!(place, Place::Folder(_)) {
        return Err(Failure::usage(say!(
            "每份申报一个工作簿：--out 请写文件夹",
            "each declaration has a workbook of its own: name a folder with --out"
        )));
    }
    let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
    let mut files = Vec::with_capacity(read.len());
    for (folder, whole) in read {
        let file = place.file(&format!("{}.{what}", folders::name(folder)), ExportFormat::Xlsx);
        if let Some(first) = taken.insert(folders::key(&file), folder) {
            let (file, first, second) = (file.shown(), first.shown(), folder.shown());
            return Err(Failure::usage(say!(
                "{first} 和 {second} 都要写成 {file}：请分开导出，或改文件夹名",
                "{first} and {second} would both be written to {file}: export them apart, or rename one"
            )));
        }
        files.push((whole, file));
    }
    Ok(files)
}

fn one(args: &Export, asked: &Asked, whole: &Whole, file: &Path, ui: &Ui) -> Result<Outcome, Failure> {
    let declaration = &whole.declaration;
    let languages = args.lang.map_or_else(|| declaration.languages.clone(), |lang| vec![Lang::from(lang)]);
    let evaluation = whole.evaluation.as_ref().filter(|_| args.evaluation);
    if args.evaluation && evaluation.is_none() {
        let folder = declaration.folder.shown();
        return Err(Failure::usage(say!(
            "{folder} 还没有开始绩效自评：先运行 shenbao evaluate",
            "the self-evaluation of {folder} is not begun: run `shenbao evaluate` first"
        )));
    }
    let main = languages.first().copied().unwrap_or(Lang::Zh);
    let style = asked.style(main);
    let write = || {
        let author = declaration.unit.name.str(main).trim();
        let mut book = Book::new(whole.profile.title.get(main), author, declaration.date)?;
        let printed = Printed { whole, languages: &languages, evaluation, public: args.public };
        let count = forms(&mut book, printed)?;
        // The costs are on a sheet that the forms have already, in the unit of the forms.
        for list in asked.lists.iter().filter(|list| **list != ExportTable::Costs || args.evaluation) {
            book.table(&of(*list, &[whole], style), style)?;
        }
        Ok((count, book.bytes()?))
    };
    let (count, bytes) = write().map_err(|error| Failure::system(trouble(&error)))?;
    if count == 0 {
        let folder = declaration.folder.shown();
        return Err(Failure::usage(say!(
            "{folder} 没有要印的表样（print 里没有 form）",
            "{folder} prints no forms: `form` is not in `print`"
        )));
    }
    let what = say!("表样 {count} 张", "{count} forms");
    Ok(put(file, &bytes, &what, ui))
}
