//! Where built files go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shenbao::lang::{Lang, Words, say};
use shenbao::source::{Shown, replace};

use super::args::OutputFormat;

/// What `--out` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// `-`, for the one document of a run.
    Stdout,
    /// A file.
    File(PathBuf),
    /// A folder for files named after their declarations.
    Folder(PathBuf),
}

impl Destination {
    /// Standard output when it is `-`, a folder when it is one, ends in a separator or has no ending; else a file.
    ///
    /// # Errors
    ///
    /// What to say of an ending that is not the format's; `v1.2` has none, for endings are letters.
    pub fn new(out: Option<&Path>, format: OutputFormat) -> Result<Destination, Words> {
        let Some(out) = out else { return Ok(Destination::Folder(PathBuf::from("out"))) };
        if out == Path::new("-") {
            return Ok(Destination::Stdout);
        }
        let ends_in_separator = out.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        let ending = out.extension().map(|own| own.to_string_lossy().to_lowercase());
        let ending = ending.filter(|own| own.chars().any(char::is_alphabetic) && own.chars().count() <= 5);
        match ending {
            _ if out.is_dir() || ends_in_separator => Ok(Destination::Folder(out.to_path_buf())),
            None => Ok(Destination::Folder(out.to_path_buf())),
            Some(own) if own == extension(format) => Ok(Destination::File(out.to_path_buf())),
            Some(own) => Err(unknown_ending(out, &own, format)),
        }
    }

    /// The file for a declaration's folder name, with the language that `--lang` asks for.
    pub fn file(&self, name: &str, lang: Option<Lang>, format: OutputFormat) -> PathBuf {
        match self {
            Destination::File(file) => file.clone(),
            Destination::Stdout => PathBuf::from("-"),
            Destination::Folder(folder) => {
                let lang = lang.map(|lang| format!(".{lang}")).unwrap_or_default();
                folder.join(format!("{name}{lang}.{}", extension(format)))
            }
        }
    }
}

/// `--out 申报.docx`, and `--out 申报.png` without `--format png`.
fn unknown_ending(out: &Path, ending: &str, format: OutputFormat) -> Words {
    let (out, own) = (out.shown(), extension(format));
    if ["pdf", "png", "svg"].contains(&ending) {
        return say!(
            "--out {out} 以 .{ending} 结尾，而输出格式是 {own}：请加上 --format {ending}，或改用 .{own} 结尾",
            "--out {out} ends in .{ending}, but the format is {own}: add --format {ending}, or end it in .{own}"
        );
    }
    say!(
        "--out {out} 的结尾 .{ending} 不能识别：可以写 .pdf、.png、.svg 结尾的文件（png、svg 要加 --format），或以 / 结尾的文件夹",
        "--out {out} has the unknown ending .{ending}: name a file that ends in .pdf, .png or .svg (png and svg with --format), or a folder with / at its end"
    )
}

fn extension(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::Pdf => "pdf",
        OutputFormat::Png => "png",
        OutputFormat::Svg => "svg",
    }
}

/// The file of one page among `count`: `name-01.png`.
pub fn page_path(path: &Path, number: usize, count: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    let digits = digits(count);
    path.with_file_name(format!("{stem}-{number:0digits$}.{ending}"))
}

/// How many digits the number of a page has in a file's name.
fn digits(count: usize) -> usize {
    count.to_string().len().max(2)
}

/// Writes one file a page, and removes those of an earlier, longer document. Gives their sizes' sum.
pub fn write_pages(path: &Path, pages: &[Vec<u8>]) -> io::Result<usize> {
    let count = pages.len();
    let mut size = 0;
    for (bytes, number) in pages.iter().zip(1..) {
        replace(&page_path(path, number, count), &[bytes], true)?;
        size += bytes.len();
    }
    // The names of a document of a hundred pages and more have three digits, all of them.
    for end in [100, 1_000, 10_000] {
        let longest = end - 1;
        let mut stale = if digits(longest) == digits(count) { count + 1 } else { 1 };
        while stale < end && fs::remove_file(page_path(path, stale, longest)).is_ok() {
            stale += 1;
        }
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_names_a_file_by_its_ending_and_a_folder_otherwise() {
        let named = |out: &str| Destination::new(Some(Path::new(out)), OutputFormat::Pdf).ok();
        assert_eq!(named("a.pdf"), Some(Destination::File("a.pdf".into())));
        assert_eq!(named("a.PDF"), Some(Destination::File("a.PDF".into())));
        assert_eq!(named("-"), Some(Destination::Stdout));
        for folder in ["build/", "build", "v1.2", "a.docx/", "units.2025-12"] {
            assert_eq!(named(folder), Some(Destination::Folder(folder.into())));
        }
        for unknown in ["a.png", "a.docx", "申报.wps", "a.txt"] {
            assert_eq!(named(unknown), None, "{unknown}");
        }
        let default = Destination::new(None, OutputFormat::Pdf).unwrap();
        assert_eq!(default.file("x-2024", Some(Lang::Zh), OutputFormat::Pdf), Path::new("out/x-2024.zh.pdf"));
        assert_eq!(default.file("x-2024", None, OutputFormat::Png), Path::new("out/x-2024.png"));
    }
}
