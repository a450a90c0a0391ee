//! Files that are replaced only by complete ones.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What the names of files begin with that are not yet complete.
const TEMPORARY: &str = ".shenbao-";

/// Puts `parts`, one after the other, at `path` at once: a reader sees the old file or the new one, never a part.
///
/// A link is written through, and the permissions of a file that is there stay. With `durable` the bytes are on the disk
/// before the old ones are given up.
///
/// # Errors
///
/// Whatever the system says of the folder or the file; the old file is then as it was.
pub fn replace(path: &Path, parts: &[&[u8]], durable: bool) -> io::Result<()> {
    let path = &behind_links(path);
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let permissions = fs::metadata(path).ok().map(|old| old.permissions());
    let fill = |file: &mut File| -> io::Result<()> {
        parts.iter().try_for_each(|part| file.write_all(part))?;
        permissions.clone().map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        if durable { file.sync_all() } else { Ok(()) }
    };
    #[cfg(target_os = "linux")]
    if let Some(mut file) = unnamed::open(folder) {
        fill(&mut file)?;
        return unnamed::rename(&file, folder, path);
    }
    let mut temporary = locked(folder)?;
    fill(temporary.as_file_mut())?;
    temporary.persist(path)?;
    Ok(())
}

/// The file that a link leads to, or would.
fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    // As many links in a row as systems follow.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Files without a name until they are complete: a killed process leaves nothing.
#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::{self, File};
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_file};

    /// `None` on a file system without such files, and where none can be given a name.
    pub(super) fn open(folder: &Path) -> Option<File> {
        let mode = Mode::from_raw_mode(0o666);
        let file =
            open_file(folder, OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC, mode).ok().map(File::from)?;
        // A chroot may have no /proc.
        Path::new(&descriptor(&file)).exists().then_some(file)
    }

    fn descriptor(file: &File) -> String {
        format!("/proc/self/fd/{}", file.as_raw_fd())
    }

    /// Gives the file a name for the moment that renaming takes; a link cannot take another's place.
    pub(super) fn rename(file: &File, folder: &Path, path: &Path) -> io::Result<()> {
        let descriptor = descriptor(file);
        let own = std::process::id();
        for number in 0..u32::MAX {
            let name = folder.join(format!("{}{own}-{number}", super::TEMPORARY));
            // Held until it has its last name, so that nobody takes it for one that was left.
            let _ = file.lock();
            match linkat(CWD, &descriptor, CWD, &name, AtFlags::SYMLINK_FOLLOW) {
                Ok(()) => {
                    return fs::rename(&name, path).inspect_err(|_| {
                        let _ = fs::remove_file(&name);
                    });
                }
                Err(rustix::io::Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

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
            && let Ok(file) = File::options().read(true).write(true).open(entry.path())
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

#[cfg(test)]
mod tests {
    use super::*;

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
        replace(&folder.path().join("a.pdf"), &[b"wh", b"ole"], false).unwrap();
        sweep(folder.path());
        assert_eq!(fs::read(folder.path().join("a.pdf")).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through_and_a_file_keeps_its_mode() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link, dangling) =
            (folder.path().join("real.pdf"), folder.path().join("link.pdf"), folder.path().join("none.pdf"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.pdf", &link).unwrap();
        symlink("sub/later.pdf", &dangling).unwrap();
        replace(&link, &[b"new"], true).unwrap();
        replace(&dangling, &[b"later"], false).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&dangling).unwrap().is_symlink());
        assert_eq!(fs::read(folder.path().join("sub/later.pdf")).unwrap(), b"later");
    }
}
