//! `shenbao import` of a workbook to fill in: its changes go into the files that it was made from.

use std::path::Path;

use shenbao::filled::{Taken, take};
use shenbao::fix::{self, FixedFile, Stopped};
use shenbao::lang::say;

use super::Outcome;
use super::failure::Failure;
use super::fixes::unwritten;
use super::hold::hold;
use super::ui::Ui;
use super::unfinished::Unfinished;

/// Shows the changes as a patch, with what was not taken, and writes them unless this is a dry run.
pub fn run(bytes: &[u8], folder: &Path, dry_run: bool, ui: &Ui) -> Result<Outcome, Failure> {
    let _held = if dry_run { None } else { Some(hold(folder, ui)?) };
    let Taken { files, notes, findings, sources } = take(bytes, folder).map_err(Failure::usage)?;
    let mut told: String = files.iter().map(fix::patch).collect();
    if !notes.is_empty() {
        let count = notes.len();
        let head = say!("没有取回（{count}）：", "not taken ({count}):");
        told.push_str(&format!("{}\n", head.get(ui.lang())));
        for note in &notes {
            told.push_str(&format!("  {}  {}\n", note.cell, note.words.get(ui.lang())));
        }
    }
    let given = ui.give(&told);
    if findings.has_errors() {
        ui.say(&say!(
            "没有写入：工作簿里的改动会造成下列错误",
            "nothing was written: with the changes of the workbook there would be errors"
        ));
        return Ok(given.max(ui.tell(findings, &sources)));
    }
    if !dry_run {
        let _note = (files.len() > 1).then(|| Unfinished::begin(folder));
        put(&files)?;
    }
    let (count, cells) = (files.len(), files.iter().map(|file| file.fixes).sum::<usize>());
    ui.report(&match (count, dry_run) {
        (0, _) => say!("工作簿没有要取回的改动", "the workbook has no changes to take"),
        (count, true) => say!(
            "会改动 {count} 个文件、{cells} 处；去掉 --dry-run 即写入",
            "files that would change: {count}, places: {cells}; without --dry-run they are written"
        ),
        (count, false) => {
            say!("已改动 {count} 个文件、{cells} 处", "files changed: {count}, places: {cells}")
        }
    });
    Ok(given)
}

/// Writes all files or says why not, and what to do: what was taken already is not taken twice.
fn put(files: &[FixedFile]) -> Result<(), Failure> {
    fix::write_all(files).map_err(|Stopped { file, error, written }| {
        let Failure { kind, message, hint } = unwritten(&file.path, &error);
        let rest = say!(
            "已改动 {written} 个文件；排除上面的原因后，用同一个工作簿再导入一次，会接着改其余的",
            "files changed so far: {written}; see to that, and import the same workbook again for the rest"
        );
        Failure { kind, message, hint: if written == 0 { hint } else { Some(rest) } }
    })
}
