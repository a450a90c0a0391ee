//! `shenbao import` of a workbook to fill in: its changes go into the files that it was made from.

use std::path::Path;

use shenbao::filled::{Taken, take};
use shenbao::fix::{self, FixedFile};
use shenbao::lang::{Words, say};

use super::Outcome;
use super::failure::Failure;
use super::fixes::unwritten;
use super::ui::Ui;

/// Shows the changes as a patch, with what was not taken, and writes them unless this is a dry run.
pub fn run(bytes: &[u8], folder: &Path, dry_run: bool, ui: &Ui) -> Result<Outcome, Failure> {
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
    let written = if dry_run { Outcome::Done } else { put(&files, ui) };
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
    Ok(given.max(written))
}

fn put(files: &[FixedFile], ui: &Ui) -> Outcome {
    let mut outcome = Outcome::Done;
    for file in files {
        if let Err(error) = fix::write(file) {
            let words: Words = unwritten(&file.path, &error);
            ui.say(&words);
            outcome = Outcome::Failed;
        }
    }
    outcome
}
