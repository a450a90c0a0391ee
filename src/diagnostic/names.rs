//! Words as all formats of findings write them.

use super::{Safety, Severity};
use crate::lang::Lang;

pub(super) fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Note, Lang::Zh) => "提示",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Note, Lang::En) => "note",
    }
}

pub(super) fn help_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "建议",
        Lang::En => "help",
    }
}

/// How a fix is applied, behind the help that it carries out.
pub(super) fn safety_note(safety: Safety, lang: Lang) -> &'static str {
    match (safety, lang) {
        (Safety::Safe, Lang::Zh) => "（--fix 可自动改正）",
        (Safety::Safe, Lang::En) => "(applied by --fix)",
        (Safety::Suggested, Lang::Zh) => "（请核对；--fix --suggested 可改正）",
        (Safety::Suggested, Lang::En) => "(suggested: applied by --fix --suggested)",
    }
}
