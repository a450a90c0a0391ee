//! What was built into a folder, kept between runs, so that what has not changed is not built again.
//!
//! A file of JSON lines for each output folder, beside the index of fonts. A line is written as soon as its document is,
//! so that a killed run keeps what it did; at the end of a run the file is written anew with the lines that still hold. A
//! line that cannot be read, or a lost file, costs a build and nothing else.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use shenbao::lang::Words;
use shenbao::model::Money;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::fingerprint::state;
use super::one::Written;

/// A document that was built without a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// Its name in the folder.
    file: String,
    fingerprint: String,
    /// Of the written file: one that was replaced by hand is built again.
    size: u64,
    nanos: u64,
    pub unit: Words,
    projects: usize,
    pages: usize,
    /// In 元, as a decimal.
    total: String,
}

/// What the table shows of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub projects: usize,
    pub pages: usize,
    pub total: Money,
}

impl Facts {
    pub fn of(written: &Written) -> Facts {
        Facts { projects: written.projects, pages: written.pages, total: written.total }
    }
}

impl Record {
    /// For a file that was just written; `None` if its state cannot be told.
    pub fn of(file: &Path, fingerprint: u128, unit: Words, facts: Facts) -> Option<Record> {
        let (size, nanos) = state(file)?;
        let Facts { projects, pages, total } = facts;
        let file = file.file_name()?.to_str()?.to_owned();
        let fingerprint = format!("{fingerprint:032x}");
        Some(Record {
            file,
            fingerprint,
            size,
            nanos,
            unit,
            projects,
            pages,
            total: total.yuan().to_string(),
        })
    }

    /// What the table shows; `None` of a line that somebody else has written.
    pub fn facts(&self) -> Option<Facts> {
        let total = Money::from_yuan(Decimal::from_str_exact(&self.total).ok()?)?;
        Some(Facts { projects: self.projects, pages: self.pages, total })
    }
}

/// The records of an output folder.
pub(super) struct Records {
    /// The folder that the documents are in.
    folder: PathBuf,
    /// The file of records.
    path: PathBuf,
    known: BTreeMap<String, Record>,
    /// Where lines are added; opened with the first one.
    lines: Option<File>,
}

impl Records {
    /// Reads what is known about a folder.
    pub fn read(folder: &Path, cache: &Path) -> Records {
        let mut hasher = SipHasher13::new();
        hasher.write(canonical(folder).as_os_str().as_encoded_bytes());
        let name = format!("{:032x}.jsonl", hasher.finish128().as_u128());
        let path = cache.join("built").join(name);
        let text = fs::read(&path).unwrap_or_default();
        let lines = text.split(|byte| *byte == b'\n');
        let records = lines.filter_map(|line| serde_json::from_slice::<Record>(line).ok());
        let known = records.map(|record| (record.file.clone(), record)).collect();
        Records { folder: folder.to_path_buf(), path, known, lines: None }
    }

    /// The record of a document that would come out as it is.
    pub fn holding(&self, file: &Path, fingerprint: u128) -> Option<&Record> {
        let record = self.known.get(file.file_name().and_then(OsStr::to_str)?)?;
        let same = record.fingerprint == format!("{fingerprint:032x}");
        (same && state(file) == Some((record.size, record.nanos))).then_some(record)
    }

    /// Adds a record, on the disk too.
    pub fn add(&mut self, record: Record) {
        // One that cannot be written only means that the next run builds the document again.
        let _ = self.append(&record);
        self.known.insert(record.file.clone(), record);
    }

    fn append(&mut self, record: &Record) -> io::Result<()> {
        let lines = match &mut self.lines {
            Some(lines) => lines,
            None => {
                if let Some(cache) = self.path.parent() {
                    fs::create_dir_all(cache)?;
                }
                let mut file = File::options().append(true).create(true).open(&self.path)?;
                // A killed run may have left half a line.
                file.write_all(b"\n")?;
                self.lines.insert(file)
            }
        };
        lines.write_all(line(record)?.as_bytes())
    }

    /// Leaves one line for each document that is still as it was written, if anything was added.
    pub fn finish(mut self) {
        if self.lines.take().is_some() {
            let _ = self.rewrite();
        }
    }

    fn rewrite(&self) -> io::Result<()> {
        let Some(cache) = self.path.parent() else { return Ok(()) };
        let mut temporary = tempfile::NamedTempFile::new_in(cache)?;
        let still =
            |record: &&Record| state(&self.folder.join(&record.file)) == Some((record.size, record.nanos));
        for record in self.known.values().filter(still) {
            temporary.write_all(line(record)?.as_bytes())?;
        }
        temporary.persist(&self.path)?;
        Ok(())
    }
}

fn line(record: &Record) -> io::Result<String> {
    Ok(serde_json::to_string(record)? + "\n")
}

/// The one name of a folder that may not be there yet.
fn canonical(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    match (fs::canonicalize(&absolute), absolute.parent(), absolute.file_name()) {
        (Ok(found), ..) => found,
        (Err(_), Some(parent), Some(name)) => canonical(parent).join(name),
        _ => absolute,
    }
}
