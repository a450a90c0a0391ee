//! What a file that takes its place expects there, and what keeps it from it.

use std::io;

/// What has to be at a path when a file takes its place.
#[derive(Debug, Clone, Copy)]
pub enum Before<'b> {
    /// Whatever is there is replaced.
    Anything,
    /// No file.
    Nothing,
    /// A file of these bytes.
    Bytes(&'b [u8]),
}

/// Why a file was not written.
#[derive(Debug)]
pub enum WriteError {
    /// What was there is no longer what was read.
    Changed,
    /// It cannot be read or written.
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> WriteError {
        WriteError::Io(error)
    }
}
