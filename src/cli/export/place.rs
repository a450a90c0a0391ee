//! Where exported files go.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use shenbao::lang::{Words, say};
use shenbao::source::{Shown, replace, sweep};

use crate::cli::Outcome;
use crate::cli::args::ExportFormat;
use crate::cli::failure::Failure;
use crate::cli::ui::Ui;

/// What `--out` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// `-`
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
}

pub(super) fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Csv => "csv",
    }
}

/// The place and the format: that of `--format`, or of the file's ending, or a workbook.
pub(super) fn place(
    out: Option<&Path>,
    format: Option<ExportFormat>,
) -> Result<(Place, ExportFormat), Failure> {
    let default = format.unwrap_or(ExportFormat::Xlsx);
    let Some(out) = out else { return Ok((Place::Folder(PathBuf::from("out")), default)) };
    if out == Path::new("-") {
        return Ok((Place::Stdout, default));
    }
    let ends_in_separator = out.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    let ending = out.extension().map(|own| own.to_string_lossy().to_lowercase());
    // `v1.2` has no ending: endings begin with a letter.
    let ending = ending.filter(|own| own.starts_with(char::is_alphabetic) && own.chars().count() <= 5);
    let Some(ending) = ending.filter(|_| !out.is_dir() && !ends_in_separator) else {
        return Ok((Place::Folder(out.to_path_buf()), default));
    };
    let of_file = [ExportFormat::Xlsx, ExportFormat::Csv].into_iter().find(|own| extension(*own) == ending);
    match (of_file, format) {
        (Some(own), None) => Ok((Place::File(out.to_path_buf()), own)),
        (Some(own), Some(asked)) if own == asked => Ok((Place::File(out.to_path_buf()), own)),
        (Some(own), Some(asked)) => {
            let (own, asked, out) = (extension(own), extension(asked), out.shown());
            Err(Failure::usage(say!(
                "--out {out} 以 .{own} 结尾，而 --format 是 {asked}：请改成一致，或不写 --format",
                "--out {out} ends in .{own}, but --format is {asked}: make them the same, or leave --format out"
            )))
        }
        (None, _) => {
            let out = out.shown();
            Err(Failure::usage(say!(
                "--out {out} 的结尾 .{ending} 不能识别：请写 .xlsx 或 .csv 结尾的文件，或以 / 结尾的文件夹",
                "--out {out} has the unknown ending .{ending}: name a file that ends in .xlsx or .csv, or a folder with / at its end"
            )))
        }
    }
}

impl Place {
    /// The file for what is called `name`.
    pub(super) fn file(&self, name: &str, format: ExportFormat) -> PathBuf {
        match self {
            Place::Stdout => PathBuf::from("-"),
            Place::File(file) => file.clone(),
            Place::Folder(folder) => folder.join(format!("{name}.{}", extension(format))),
        }
    }
}

/// Puts bytes at a path at once, or on standard output for `-`, and says so; `what` is what they are.
pub(in crate::cli) fn put(path: &Path, bytes: &[u8], what: &Words, ui: &Ui) -> Outcome {
    if path == Path::new("-") {
        return to_stdout(bytes, ui);
    }
    let shown = path.shown();
    path.parent().iter().for_each(|folder| sweep(folder));
    match replace(path, &[bytes], true) {
        Ok(()) => {
            let Words { zh, en } = what;
            ui.report(&say!("已写出 {shown}：{zh}", "wrote {shown}: {en}"));
            Outcome::Done
        }
        Err(error) => Failure::unwritten(path, &error).told(ui),
    }
}

fn to_stdout(bytes: &[u8], ui: &Ui) -> Outcome {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return ui.give(text);
    }
    if io::stdout().is_terminal() {
        return Failure::usage(say!(
            "--out - 会把工作簿输出到终端：请重定向到文件，如 > 汇总.xlsx，或加上 --format csv",
            "--out - would write the workbook to the terminal: redirect it to a file, as in > tables.xlsx, or add --format csv"
        ))
        .told(ui);
    }
    ui.give_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_file_is_its_format() {
        let of = |out: &str, format| place(Some(Path::new(out)), format).ok();
        let (xlsx, csv) = (ExportFormat::Xlsx, ExportFormat::Csv);
        assert_eq!(of("汇总.xlsx", None), Some((Place::File("汇总.xlsx".into()), xlsx)));
        assert_eq!(of("a.CSV", None), Some((Place::File("a.CSV".into()), csv)));
        assert_eq!(of("a.csv", Some(xlsx)), None);
        assert_eq!(of("a.xls", None), None);
        assert_eq!(of("-", Some(csv)), Some((Place::Stdout, csv)));
        for folder in ["tables/", "tables", "v1.2", "2026.12"] {
            assert_eq!(of(folder, Some(csv)), Some((Place::Folder(folder.into()), csv)), "{folder}");
        }
    }
}
