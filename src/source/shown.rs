//! Paths as they are written for people and for programs.

use std::path::Path;

/// How a path is written out.
pub trait Shown {
    /// For people: as the system at hand writes it, with one kind of separator.
    ///
    /// On Windows these are backslashes, which Explorer shows and takes, also where the command line had slashes; and the
    /// marks of canonical paths (`\\?\`) are left out, which nobody types.
    fn shown(&self) -> String;

    /// For programs that expect slashes on every system: patches, and what code hosts read.
    fn slashed(&self) -> String;
}

/// A path that a message gives as an example, or a page of the documentation.
pub fn example(path: &str) -> String {
    Path::new(path).shown()
}

impl Shown for Path {
    fn shown(&self) -> String {
        let text = self.display().to_string();
        if cfg!(windows) { as_on_windows(&text) } else { text }
    }

    fn slashed(&self) -> String {
        if cfg!(windows) { self.shown().replace('\\', "/") } else { self.shown() }
    }
}

fn as_on_windows(path: &str) -> String {
    let path = path.replace('/', "\\");
    if let Some(share) = path.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{share}");
    }
    match path.strip_prefix(r"\\?\") {
        // Of other such names, as of a volume, the mark is a part.
        Some(rest) if rest.chars().nth(1) == Some(':') => rest.to_owned(),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_on_windows_has_one_kind_of_separator_and_no_marks() {
        for (path, shown) in [
            (r"data/x\projects\1.toml", r"data\x\projects\1.toml"),
            (r"C:/数据/a b.toml", r"C:\数据\a b.toml"),
            (r"\\?\D:\单位\a.toml", r"D:\单位\a.toml"),
            (r"\\?\UNC\server\share\a.toml", r"\\server\share\a.toml"),
            (r"//server/share/a.toml", r"\\server\share\a.toml"),
            (r"\\?\Volume{1b}\a.toml", r"\\?\Volume{1b}\a.toml"),
        ] {
            assert_eq!(as_on_windows(path), shown);
        }
    }

    #[cfg(unix)]
    #[test]
    fn elsewhere_a_backslash_is_a_character_of_a_name() {
        let path = Path::new(r"a/b\c.toml");
        assert_eq!((path.shown().as_str(), path.slashed().as_str()), (r"a/b\c.toml", r"a/b\c.toml"));
    }
}
