//! What the layout engine wants to know of each face, read now: at run time it would cost milliseconds a face.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use typst_library::text::FontInfo;

use crate::files::not_a_font;

/// The files and their faces as a Rust expression, a slice of `render::fonts::built_in::File`.
pub fn expression(files: &[PathBuf]) -> Result<String, Vec<String>> {
    let mut code = String::from("&[\n");
    for path in files {
        let faces = faces(path).map_err(|error| vec![error])?;
        let path = path.to_str().ok_or_else(|| vec![format!("{} is no Unicode", path.display())])?;
        let _ = writeln!(code, "File {{ bytes: include_bytes!({path:?}), faces: &[{faces}] }},");
    }
    code.push(']');
    Ok(code)
}

fn faces(path: &PathBuf) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut code = String::new();
    // A face that cannot be read still has its number in the collection.
    let count = if bytes.starts_with(b"ttcf") { count(&bytes) } else { 1 };
    for index in 0..count {
        let Some(info) = FontInfo::new(&bytes, index) else { continue };
        let family = info.family.to_lowercase();
        let info = serde_json::to_string(&info).map_err(|error| error.to_string())?;
        let _ = write!(code, "Entry {{ family: {family:?}, index: {index}, info: {info:?} }},");
    }
    if code.is_empty() { Err(not_a_font(path)) } else { Ok(code) }
}

/// How many faces a collection says it has.
fn count(collection: &[u8]) -> u32 {
    let count = collection.get(8..12).and_then(|bytes| bytes.try_into().ok());
    count.map_or(0, u32::from_be_bytes)
}
