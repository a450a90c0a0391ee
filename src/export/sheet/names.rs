//! Names of sheets that every spreadsheet program takes.

/// The most characters of a name, as Excel counts them: in units of UTF-16.
const MOST: usize = 31;

/// The names that a workbook has.
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: Vec<String>,
}

impl Names {
    /// The name itself, made valid, with a number behind it where another sheet has it; it is taken from then on.
    pub fn free(&mut self, wanted: &str) -> String {
        let valid = valid(wanted);
        let mut name = cut(&valid, MOST);
        let mut number = 2;
        // Excel makes no difference of capitals.
        while self.taken.contains(&name.to_lowercase()) {
            let suffix = format!(" ({number})");
            name = format!("{}{suffix}", cut(&valid, MOST - suffix.len()));
            number += 1;
        }
        self.taken.push(name.to_lowercase());
        name
    }
}

/// The name without what Excel does not take: `[ ] : * ? / \`, control characters, an apostrophe at either end, `History`.
fn valid(wanted: &str) -> String {
    let allowed = |ch: char| match ch {
        '[' | '{' => '(',
        ']' | '}' => ')',
        ':' | '/' | '\\' => '-',
        '*' | '?' => ' ',
        ch if ch.is_control() => ' ',
        ch => ch,
    };
    let replaced: String = wanted.chars().map(allowed).collect();
    let trimmed = replaced.trim_matches(|ch: char| ch == '\'' || ch.is_whitespace());
    match trimmed.to_lowercase().as_str() {
        "" => "1".to_owned(),
        "history" => format!("{trimmed}_"),
        _ => trimmed.to_owned(),
    }
}

/// The first characters of a text, with … at the end where some are left out.
fn cut(text: &str, most: usize) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for ch in text.chars() {
        if units(&kept) + ch.len_utf16() + 1 > most {
            break;
        }
        kept.push(ch);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_valid_and_has_one_sheet() {
        let mut names = Names::default();
        let long = "区级机关事业单位信息化基础设施运行维护和网络安全保障服务项目";
        let wanted = ["a/b:c", "'引'", "", "history", "A*b", "a?B", long, long, "  "];
        let found = wanted.map(|wanted| names.free(wanted));
        assert_eq!(found[..6], ["a-b-c", "引", "1", "history_", "A b", "a B (2)"]);
        assert!(found.iter().all(|name| name.encode_utf16().count() <= MOST), "{found:?}");
        assert!(found[7].ends_with("… (2)"), "{found:?}");
        assert_eq!(found[8], "1 (2)");
    }
}
