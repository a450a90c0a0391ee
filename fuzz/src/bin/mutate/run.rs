//! One run of the program, bounded in time.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The processor time that a run may take, in seconds.
pub const MOST: f64 = 5.0;
/// The time by the clock that a run may take, in seconds: a loaded machine gives little of the processor.
const MOST_WAITED: u64 = 120;

/// What a run left.
pub struct Run {
    /// `None` when a signal ended it, or when it was stopped for its time.
    pub status: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
    /// Whether it was stopped.
    pub hung: bool,
    /// Processor time in seconds, as far as it was seen.
    pub seconds: f64,
}

/// Runs the program in `folder`; what it prints goes through files beside it, so that no pipe fills up.
pub fn run(program: &Path, folder: &Path, arguments: &[&str]) -> io::Result<Run> {
    let (out, err) = (folder.join("stdout"), folder.join("stderr"));
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.with_file_name("cache"))
        .env("RUST_BACKTRACE", "1")
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?)
        .spawn()?;
    let begun = Instant::now();
    let (mut wait, mut seconds) = (Duration::from_millis(2), 0.0);
    let (status, hung) = loop {
        if let Some(status) = child.try_wait()? {
            break (status.code(), false);
        }
        seconds = taken(child.id()).unwrap_or_else(|| begun.elapsed().as_secs_f64());
        if seconds > MOST || begun.elapsed().as_secs() > MOST_WAITED {
            child.kill()?;
            child.wait()?;
            break (None, true);
        }
        sleep(wait);
        wait = (wait * 2).min(Duration::from_millis(20));
    };
    let stderr = String::from_utf8_lossy(&fs::read(&err)?).into_owned();
    Ok(Run { status, stdout: fs::read(&out)?, stderr, hung, seconds })
}

/// The processor time of a process so far, in seconds; `None` where the system has no such file.
fn taken(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = text.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    // Linux counts hundredths of a second for programs, whatever it counts itself.
    Some(ticks / 100.0)
}
