//! Names that a system does not take.

/// What Windows lets no name contain.
const MARKS: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

/// What Windows takes for devices, with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Whether no file or folder can have this name on the system at hand.
///
/// The system itself does not always say so: a name with `:` writes a stream that no folder shows, `nul.pdf` goes nowhere.
pub fn is_impossible(name: &str) -> bool {
    cfg!(windows) && is_impossible_on_windows(name)
}

/// Microsoft, "Naming Files, Paths, and Namespaces".
fn is_impossible_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |port: &str| {
        let rest = stem.strip_prefix(port).unwrap_or("");
        rest.chars().count() == 1 && rest.contains(|ch: char| ch.is_ascii_digit() || "¹²³".contains(ch))
    };
    name.contains(MARKS)
        || name.contains(|ch: char| ch < ' ')
        || name.ends_with(['.', ' '])
        || DEVICES.contains(&stem.as_str())
        || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_and_names_with_marks_are_impossible_on_windows() {
        for name in
            ["con", "NUL", "nul.pdf", "Aux .toml", "com1", "LPT9.xlsx", "a:b", "单位?", "a.", "a ", "a\u{7}"]
        {
            assert!(is_impossible_on_windows(name), "{name}");
        }
        for name in ["1-con.toml", "com", "com10", "null", "松江-2025", "a.b c.pdf", ".shenbao-1", "lpt"] {
            assert!(!is_impossible_on_windows(name), "{name}");
        }
    }
}
