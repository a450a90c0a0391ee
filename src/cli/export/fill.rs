//! `shenbao export --workbook`: a workbook to fill in for each declaration.

use std::path::PathBuf;

use shenbao::export::sheet::trouble;
use shenbao::export::workbook::workbook;
use shenbao::lang::{Lang, say};
use shenbao::pipeline::Whole;
use shenbao::source::Shown;

use super::Asked;
use super::forms::files;
use super::place::put;
use crate::cli::Outcome;
use crate::cli::args::Export;
use crate::cli::failure::Failure;
use crate::cli::ui::Ui;

/// Writes them; one that is there may have been filled in, and stays without `--force`.
pub(super) fn run(
    args: &Export,
    asked: &Asked,
    read: &[(PathBuf, Whole)],
    ui: &Ui,
) -> Result<Outcome, Failure> {
    let files = files(read, &asked.place, "workbook")?;
    let taken = files.iter().find(|(_, file)| file.exists() && !args.force);
    if let Some((_, file)) = taken {
        let file = file.shown();
        return Err(Failure::usage(say!(
            "{file} 已经存在，里面可能有填好的内容，没有替换：换一个位置，或加上 --force",
            "{file} exists, and may have been filled in: it was left as it is; write elsewhere, or add --force"
        )));
    }
    let mut outcome = Outcome::Done;
    for (whole, file) in files {
        let lang = args.lang.map(Lang::from).or_else(|| whole.declaration.languages.first().copied());
        let bytes = workbook(whole, lang.unwrap_or(Lang::Zh));
        let bytes = bytes.map_err(|error| Failure::system(trouble(&error)))?;
        let count = whole.declaration.projects.len();
        let what = say!("填报工作簿，{count} 个项目", "workbook to fill in, {count} projects");
        outcome = outcome.max(put(&file, &bytes, &what, ui));
    }
    Ok(outcome)
}
