//! Reads the pages of the documentation.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The declarations that the pages speak of.
pub const SAMPLES: [&str; 2] = ["data/songjiang-2024", "data/linjiang-2023"];

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a page.
pub fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The sections of a page by their headings, without backticks, down to the next heading of any level.
pub fn sections(text: &str) -> BTreeMap<String, String> {
    let mut sections = BTreeMap::new();
    let (mut heading, mut fenced) = (String::new(), false);
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().replace('`', "");
        }
        let section: &mut String = sections.entry(heading.clone()).or_default();
        section.push_str(line);
        section.push('\n');
    }
    sections
}

/// The rows of the tables whose first column is headed `head`, with `\|` as `|`.
pub fn rows(text: &str, head: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let escaped = line.replace("\\|", "\u{0}");
        let Some(row) = escaped.strip_prefix('|') else {
            inside = false;
            continue;
        };
        let cells: Vec<String> =
            row.trim_end_matches('|').split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
        if cells[0] == head {
            inside = true;
        } else if inside && !cells[0].starts_with("---") {
            rows.push(cells);
        }
    }
    rows
}

/// Everything between backticks.
pub fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The fenced blocks of a page: what stands behind the fence, the line, the content.
pub fn blocks(text: &str) -> Vec<(String, usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize, String)> = None;
    for (line, number) in text.lines().zip(1..) {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(info), None) => open = Some((info.to_owned(), number, String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, _, content))) => {
                content.push_str(line);
                content.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}
