//! Runs that write to one folder take turns.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use shenbao::lang::say;
use shenbao::source::{self, Held, Shown};

use super::failure::Failure;
use super::ui::Ui;
use super::unfinished;

/// After this time it is said that another run is waited for; most take less.
const UNTOLD: Duration = Duration::from_millis(500);

/// After this time the command ends: whatever holds the folder then has itself to be looked at.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until no other run writes to a folder, and keeps others from it until what it gives is dropped. Taken before the
/// files are read, so that nothing that another run has written is written over.
///
/// # Errors
///
/// Another run that does not end.
pub fn hold(folder: &Path, ui: &Ui) -> Result<Held, Failure> {
    let (begun, shown) = (Instant::now(), folder.shown());
    let mut told = false;
    loop {
        if let Some(held) = source::hold(folder) {
            unfinished::tell(folder, ui);
            unfinished::forget(folder);
            return Ok(held);
        }
        if begun.elapsed() > PATIENCE {
            return Err(Failure::system(say!(
                "{shown} 一直被另一个 shenbao 占用，什么都没有写",
                "another run of shenbao keeps writing to {shown}, and nothing was written"
            ))
            .hint(say!(
                "等它结束，或结束它，再运行本命令",
                "let it end, or end it, and run this command again"
            )));
        }
        if !told && begun.elapsed() > UNTOLD {
            told = true;
            ui.report(&say!(
                "另一个 shenbao 正在写 {shown}，等它结束……",
                "another run of shenbao is writing to {shown}; waiting for it"
            ));
        }
        sleep(Duration::from_millis(10));
    }
}
