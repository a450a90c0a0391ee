//! Files that are replaced only by complete ones.

use std::io;
use std::path::Path;

use super::before::{Before, WriteError};
use super::staged::stage;

/// Puts `parts`, one after the other, at `path` at once: a reader sees the old file or the new one, never a part.
///
/// A link is written through, and the permissions of a file that is there stay. With `durable` the bytes are on the disk
/// before the old ones are given up, and the name is when this returns: for every file of the user's. What can be found
/// out again does not need it.
///
/// # Errors
///
/// Whatever the system says of the folder or the file; the old file is then as it was.
pub fn replace(path: &Path, parts: &[&[u8]], durable: bool) -> io::Result<()> {
    put(path, parts, durable, Before::Anything)
}

/// Writes a file that is not there yet.
///
/// # Errors
///
/// `AlreadyExists`, and whatever else the system says.
pub fn create(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    put(path, parts, true, Before::Nothing)
}

fn put(path: &Path, parts: &[&[u8]], durable: bool, before: Before<'_>) -> io::Result<()> {
    match stage(path, parts, durable)?.put(before) {
        Ok(()) => Ok(()),
        Err(WriteError::Io(error)) => Err(error),
        // Nothing was expected that could have changed.
        Err(WriteError::Changed) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_new_file_takes_no_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/a.toml");
        create(&path, &[b"wh", b"ole"]).unwrap();
        assert_eq!(create(&path, &[b"other"]).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path().join("below")).unwrap().count(), 1);
    }

    #[test]
    fn what_an_editor_has_saved_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, "read").unwrap();
        let staged = stage(&path, &[b"formatted"], true).unwrap();
        fs::write(&path, "saved").unwrap();
        assert!(matches!(staged.put(Before::Bytes(b"read")), Err(WriteError::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"saved");
        stage(&path, &[b"formatted"], true).unwrap().put(Before::Bytes(b"saved")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"formatted");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt;
        replace(Path::new("/dev/null"), &[b"nothing"], true).unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        let refused = replace(Path::new("/"), &[b"nothing"], true).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::IsADirectory);
    }
}
