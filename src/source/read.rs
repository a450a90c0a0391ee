//! Reads files within bounds: what is no file, or larger than anything that is meant, is refused before it is taken in.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The most bytes of a TOML file: two hundred times those of the largest known.
pub const LARGEST: u64 = 4 << 20;

/// Reads a file of at most so many bytes. A larger one is [`ErrorKind::FileTooLarge`]; a pipe or a device, which may never
/// end, [`ErrorKind::InvalidInput`].
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    read_from(File::open(path)?, most)
}

/// Reads to the end, of at most so many bytes: [`ErrorKind::FileTooLarge`] where there is more.
pub fn read_from(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more tells a file of just this size from a larger one.
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(ErrorKind::FileTooLarge.into())
    }
}

/// Whether there is something at a path that is neither file nor folder: a pipe, a socket, a device.
pub fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        assert_eq!(read(&path, 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read_from(io::repeat(b'x'), 9).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        assert_eq!(read(Path::new("/dev/zero"), 5).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(is_special(Path::new("/dev/zero")) && !is_special(Path::new("/")));
    }
}
