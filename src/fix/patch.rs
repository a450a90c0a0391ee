//! A fixed file as a patch.

use std::path::Path;

use similar::TextDiff;

use super::FixedFile;
use crate::source::Shown;

/// What changes in a file, as a unified diff that `patch -p1` and `git apply` take.
pub fn patch(file: &FixedFile) -> String {
    let (old, new) = names(&file.path);
    TextDiff::from_lines(&file.before, &file.after)
        .unified_diff()
        .context_radius(3)
        .header(&old, &new)
        .to_string()
}

/// The names of the file before and after; the first folder of each is what `-p1` takes off.
fn names(path: &Path) -> (String, String) {
    let path = path.slashed();
    let path = path.strip_prefix("./").unwrap_or(&path).trim_start_matches('/');
    (format!("a/{path}"), format!("b/{path}"))
}
