//! The font files that `SHENBAO_FONTS` names.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The variable that names the files, separated as in `PATH`.
pub const VARIABLE: &str = "SHENBAO_FONTS";

/// The files, absolute, in the order in which they are named; or what is wrong, a line each.
pub fn files(value: Option<&OsStr>) -> Result<Vec<PathBuf>, Vec<String>> {
    let named: Vec<PathBuf> =
        env::split_paths(value.unwrap_or_default()).filter(|path| !path.as_os_str().is_empty()).collect();
    if named.is_empty() {
        return Err(vec![format!("{VARIABLE} 没有列出字体文件 / names no font file"), example()]);
    }
    let mut files = Vec::new();
    let mut wrong = Vec::new();
    for path in named {
        let shown = path.display();
        match magic(&path) {
            Ok(magic) if is_font(magic) => match std::path::absolute(&path) {
                // A copy would only make the program larger.
                Ok(path) if files.contains(&path) => {}
                Ok(path) => files.push(path),
                Err(error) => wrong.push(format!("{VARIABLE}: {shown}: {error}")),
            },
            Ok(_) => wrong.push(not_a_font(&path)),
            Err(error) => {
                wrong.push(format!("{VARIABLE}: 读不了 {shown} / cannot read {shown}: {error}"));
            }
        }
    }
    if wrong.is_empty() {
        return Ok(files);
    }
    wrong.push(example());
    Err(wrong)
}

/// What is said of a file in which no face is found.
pub fn not_a_font(path: &Path) -> String {
    let shown = path.display();
    format!("{VARIABLE}: {shown} 不是 TrueType 或 OpenType 字体 / {shown} is no TrueType or OpenType font")
}

fn example() -> String {
    let files = if cfg!(windows) {
        r"C:\fonts\NotoSerifCJK-Regular.ttc;C:\fonts\NotoSansCJK-Regular.ttc"
    } else {
        "/fonts/NotoSerifCJK-Regular.ttc:/fonts/NotoSansCJK-Regular.ttc"
    };
    format!("例如 / for example: {VARIABLE}='{files}'")
}

/// The first four bytes; of a shorter file what there is, and zeros.
fn magic(path: &Path) -> io::Result<[u8; 4]> {
    let mut start = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut start)?;
    start.resize(4, 0);
    Ok(start.try_into().unwrap_or_default())
}

fn is_font(magic: [u8; 4]) -> bool {
    matches!(&magic, b"OTTO" | b"ttcf" | b"true" | [0, 1, 0, 0])
}
