//! What the name of a file says.

use std::path::Path;

use crate::model::Id;

/// The file of a department as a whole.
pub(super) const DEPARTMENT_FILE: &str = "department.toml";

/// Whether an editor has put its own ending behind `.toml`, which a file manager does not show.
pub(super) fn has_second_ending(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_lowercase();
    !name.starts_with('.') && name.ends_with(".toml.txt")
}

/// The place and the id of a project, from the name of its file without the ending.
pub(crate) fn number_and_id(stem: &str) -> Option<(u32, Id)> {
    let (number, id) = stem.split_once('-')?;
    if number.is_empty() || number.len() > 6 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok().filter(|number| *number > 0)?, Id::new(id)?))
}
