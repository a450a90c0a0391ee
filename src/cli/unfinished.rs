//! Changes of several files that were stopped in the middle.
//!
//! Each file takes its place at once, but not all of them together: a run that is killed among them leaves a declaration
//! that looks whole. A note in the program's cache stands from the first file to the last; whoever finds it later says how
//! to go on.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use shenbao::lang::say;
use shenbao::source::{Shown, hold, replace};

use super::system::cache_folder;
use super::ui::Ui;

/// The note of a run; it goes when this is dropped, and stays when the process is killed.
pub struct Unfinished(Option<PathBuf>);

impl Unfinished {
    /// Notes that this run is about to put several files into a folder. Without a cache, nothing can be noted.
    pub fn begin(folder: &Path) -> Unfinished {
        let path = path(folder);
        let written = path.filter(|path| replace(path, &[command().as_bytes()], true).is_ok());
        Unfinished(written)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // One that cannot be removed says again what is done already.
        self.0.iter().for_each(|path| drop(fs::remove_file(path)));
    }
}

/// Says of a folder that an earlier run was stopped while it wrote there, and how to go on.
pub fn tell(folder: &Path, ui: &Ui) {
    let Some(command) = path(folder).and_then(|path| fs::read_to_string(path).ok()) else { return };
    let folder = folder.shown();
    ui.say(&say!(
        "{folder}：上一次运行在写入中途被终止，可能只写了一部分文件；请再运行一次以完成：{command}",
        "{folder}: an earlier run was stopped while it wrote, and may have written only some files; to complete it, run again: {command}"
    ));
}

/// The same for whoever only reads, unless the run is still under way.
pub fn look(folder: &Path, ui: &Ui) {
    if path(folder).is_some_and(|path| path.exists()) && hold(folder).is_some() {
        tell(folder, ui);
    }
}

/// Forgets the note of a folder: whoever writes there next has been told.
pub fn forget(folder: &Path) {
    path(folder).iter().for_each(|path| drop(fs::remove_file(path)));
}

fn path(folder: &Path) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    fs::canonicalize(folder).ok()?.hash(&mut hasher);
    Some(cache_folder()?.join("unfinished").join(format!("{:016x}.txt", hasher.finish())))
}

/// The command line of this run, as one would type it.
fn command() -> String {
    let quoted = |argument: std::ffi::OsString| {
        let argument = argument.to_string_lossy().into_owned();
        let plain = |ch: char| ch.is_alphanumeric() || "-_./:=,".contains(ch);
        if !argument.is_empty() && argument.chars().all(plain) { argument } else { format!("'{argument}'") }
    };
    let arguments = env::args_os().skip(1).map(quoted);
    std::iter::once("shenbao".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}
