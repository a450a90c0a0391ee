//! Where built files go, and how they get there whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use shenbao::lang::Lang;
use tempfile::NamedTempFile;

use super::args::OutputFormat;

/// What `--out` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A file.
    File(PathBuf),
    /// A folder for files named after their declarations.
    Folder(PathBuf),
}

impl Destination {
    /// A folder when it is one, ends in a separator or has no ending of the format; a file otherwise.
    pub fn new(out: Option<&Path>, format: OutputFormat) -> Destination {
        let Some(out) = out else { return Destination::Folder(PathBuf::from("out")) };
        let ends_in_separator = out.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        let names_file = out.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension(format)));
        if out.is_dir() || ends_in_separator || !names_file {
            Destination::Folder(out.to_path_buf())
        } else {
            Destination::File(out.to_path_buf())
        }
    }

    /// The file for a declaration's folder name, with the language that `--lang` asks for.
    pub fn file(&self, name: &str, lang: Option<Lang>, format: OutputFormat) -> PathBuf {
        match self {
            Destination::File(file) => file.clone(),
            Destination::Folder(folder) => {
                let lang = lang.map(|lang| format!(".{lang}")).unwrap_or_default();
                folder.join(format!("{name}{lang}.{}", extension(format)))
            }
        }
    }
}

fn extension(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::Pdf => "pdf",
        OutputFormat::Png => "png",
        OutputFormat::Svg => "svg",
    }
}

/// Puts `bytes` at `path` at once: a reader sees the old file or the new one, never a part.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut temporary = locked(folder)?;
    temporary.write_all(bytes)?;
    temporary.persist(path)?;
    Ok(())
}

/// What the names of files begin with that are not yet complete.
const TEMPORARY: &str = ".shenbao-";

/// A new temporary file, locked until it is complete: one that nobody holds was left by a killed process.
fn locked(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    readable(&mut builder);
    let mut temporary = builder.tempfile_in(folder)?;
    for _ in 0..8 {
        // On a file system without locks, none is ever taken for left either.
        let _ = temporary.as_file().lock();
        if temporary.path().exists() {
            break;
        }
        // Swept by another process before it was locked.
        temporary = builder.tempfile_in(folder)?;
    }
    Ok(temporary)
}

/// Removes the temporary files that killed processes have left in a folder.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY)
            && let Ok(file) = fs::File::options().read(true).write(true).open(entry.path())
            && file.try_lock().is_ok()
        {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Temporary files are for their owner alone; what replaces a document is for all whom the umask lets read.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}

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
        write(&page_path(path, number, count), bytes)?;
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
        let folder = |out: &str| Destination::new(Some(Path::new(out)), OutputFormat::Pdf);
        assert_eq!(folder("a.pdf"), Destination::File("a.pdf".into()));
        assert_eq!(folder("a.PDF"), Destination::File("a.PDF".into()));
        assert_eq!(folder("build/"), Destination::Folder("build/".into()));
        assert_eq!(folder("build"), Destination::Folder("build".into()));
        assert_eq!(folder("a.png"), Destination::Folder("a.png".into()));
        let default = Destination::new(None, OutputFormat::Pdf);
        assert_eq!(default.file("x-2024", Some(Lang::Zh), OutputFormat::Pdf), Path::new("out/x-2024.zh.pdf"));
        assert_eq!(default.file("x-2024", None, OutputFormat::Png), Path::new("out/x-2024.png"));
    }

    #[test]
    fn only_temporary_files_that_nobody_writes_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let written = locked(folder.path()).unwrap();
        for name in [".shenbao-left", "kept.pdf"] {
            fs::write(folder.path().join(name), "part").unwrap();
        }
        sweep(folder.path());
        assert!(written.path().exists());
        assert!(!folder.path().join(".shenbao-left").exists());
        assert!(folder.path().join("kept.pdf").exists());
        drop(written);
        write(&folder.path().join("a.pdf"), b"whole").unwrap();
        sweep(folder.path());
        assert!(folder.path().join("a.pdf").exists());
    }
}
