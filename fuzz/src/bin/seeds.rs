//! Writes the seeds of every target: `seeds FOLDER`, into a folder for each.

use std::path::PathBuf;
use std::{env, fs, io};

use shenbao_fuzz::seeds::{TARGETS, seeds};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::args_os().nth(1).unwrap_or_default());
    for target in TARGETS {
        let folder = root.join(target);
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds(target).iter().enumerate() {
            fs::write(folder.join(number.to_string()), seed)?;
        }
    }
    Ok(())
}
