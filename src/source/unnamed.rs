//! Files without a name until they are complete, as Linux has them.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::path::Path;

use rustix::fs::{
    Access, AtFlags, CWD, Mode, OFlags, RenameFlags, accessat, linkat, open as open_file, renameat_with,
};
use rustix::io::Errno;

use super::before::{Before, WriteError};
use super::desk::Desk;

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

/// Whether a file may be written to, without opening it: whoever watches it would take that for a change.
pub(super) fn writable(path: &Path) -> io::Result<()> {
    match accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS) {
        // Asked of the system by a call that older ones do not have.
        Err(Errno::NOSYS | Errno::INVAL) => Ok(()),
        asked => Ok(asked?),
    }
}

fn link(file: &File, path: &Path) -> rustix::io::Result<()> {
    linkat(CWD, descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW)
}

/// Gives the file its name: at once where none is there, else by way of another one, as a link cannot take a file's place.
pub(super) fn put(file: &File, folder: &Path, path: &Path, before: Before<'_>) -> Result<(), WriteError> {
    match before {
        Before::Nothing => return Ok(link(file, path).map_err(io::Error::from)?),
        Before::Anything => match link(file, path) {
            Err(Errno::EXIST) => {}
            put => return Ok(put.map_err(io::Error::from)?),
        },
        Before::Bytes(_) => {}
    }
    let aside = Desk::aside().map(|desk| take_place(file, &desk, path, before));
    match aside {
        // On another disk, or a folder that cannot be written to.
        None | Some(Err(WriteError::Io(_))) => take_place(file, &Desk::within(folder)?, path, before),
        Some(done) => done,
    }
}

/// Takes the place of the file that is there. If that is not what it should be, as an editor has saved it within these
/// microseconds, it gets its place back.
fn take_place(file: &File, desk: &Desk, path: &Path, before: Before<'_>) -> Result<(), WriteError> {
    let name = desk.path("new");
    link(file, &name).map_err(io::Error::from)?;
    let Before::Bytes(bytes) = before else { return Ok(fs::rename(&name, path)?) };
    match renameat_with(CWD, &name, CWD, path, RenameFlags::EXCHANGE) {
        Ok(()) if fs::read(&name)? == bytes => Ok(()),
        Ok(()) => {
            renameat_with(CWD, &name, CWD, path, RenameFlags::EXCHANGE).map_err(io::Error::from)?;
            Err(WriteError::Changed)
        }
        Err(Errno::NOENT) => Err(WriteError::Changed),
        // Not every file system knows how to exchange two files.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(fs::rename(&name, path)?),
        Err(error) => Err(io::Error::from(error).into()),
    }
}
