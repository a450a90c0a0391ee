//! The layout engine's errors and warnings as findings.

use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::{World, WorldExt};

use super::world::DocumentWorld;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::say;
use crate::source::{Sources, Span};

/// Reports what the engine says, at its place in the template.
pub(super) fn report(
    list: &[SourceDiagnostic],
    world: &DocumentWorld<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    for one in list {
        let mut finding = finding(one);
        if let (Some(id), Some(range)) = (one.span.id(), world.range(one.span))
            && let Ok(source) = world.source(id)
        {
            let file = sources.add(&world.shown_path(id), source.text().to_owned());
            finding = finding.at(Span::new(file, range));
        }
        diagnostics.push(finding);
    }
}

/// Reports what the engine says where no template is at hand.
pub(super) fn report_unplaced(list: &[SourceDiagnostic], diagnostics: &mut Diagnostics) {
    diagnostics.extend(list.iter().map(finding));
}

/// A page is too large for a picture.
pub(super) fn no_picture() -> Diagnostic {
    Diagnostic::error(code::LAYOUT, say!("页面不能转成图片", "a page cannot be made into a picture"))
        .help(say!("改用 --format svg 或 pdf", "use --format svg or pdf"))
}

fn finding(one: &SourceDiagnostic) -> Diagnostic {
    let message = &one.message;
    let finding = match one.severity {
        TypstSeverity::Error => {
            Diagnostic::error(code::TEMPLATE, say!("排版出错：{message}", "the template failed: {message}"))
        }
        TypstSeverity::Warning => {
            Diagnostic::warning(code::LAYOUT, say!("排版提示：{message}", "the layout says: {message}"))
        }
    };
    one.hints.iter().fold(finding, |finding, hint| {
        let hint = &hint.v;
        finding.help(say!("{hint}", "{hint}"))
    })
}
