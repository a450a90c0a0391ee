//! The most that a declaration can hold, far above any that is known. docs/limits.md has them all.

use std::path::Path;

use super::reader::Reader;
use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::source::{LARGEST, Span};

/// The most projects of a declaration: forty times those of the largest department known.
pub(super) const MOST_PROJECTS: usize = 10_000;

/// The most bytes of one text: some six hundred pages, each line of which the rules go through.
const LONGEST: usize = 1_000_000;

impl Reader<'_> {
    /// Whether a text is short enough to be laid out; a finding says so where it is not.
    pub fn fits(&mut self, text: &str, at: Span) -> bool {
        let fits = text.len() <= LONGEST;
        if !fits {
            let length = text.chars().count();
            let words = say!(
                "文字有 {length} 个字符，超过 1 MB",
                "a text of {length} characters is longer than 1 MB"
            );
            let help =
                say!("请核对内容，或分到几个项目里", "check what it holds, or divide it among projects");
            self.diagnostics.push(Diagnostic::error(code::OVER_LIMIT, words).at(at).help(help));
        }
        fits
    }
}

pub(super) fn too_many(folder: &Path, count: usize) -> Diagnostic {
    let words = say!(
        "有 {count} 个项目文件，一份申报最多 {MOST_PROJECTS} 个",
        "{count} project files, and a declaration takes {MOST_PROJECTS} at most"
    );
    Diagnostic::error(code::OVER_LIMIT, words).at_path(folder).help(say!(
        "按下属单位分成几份申报，再用 shenbao book 汇编",
        "declare it by subordinate units, and bind them with shenbao book"
    ))
}

pub(super) fn too_large(path: &Path) -> Diagnostic {
    let most = LARGEST >> 20;
    Diagnostic::error(code::OVER_LIMIT, say!("文件超过 {most} MB", "the file is larger than {most} MB"))
        .at_path(path)
        .help(say!(
            "请核对是否放错了文件；一个项目一个文件",
            "check whether it is the right file; each project has a file of its own"
        ))
}
