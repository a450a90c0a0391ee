//! All files of a declaration.

use std::path::{Path, PathBuf};

use super::{BARRIERS, Formatted, format_text, section_ids, usual_sections};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fix::FixedFile;
use crate::load::{FileKind, Texts};
use crate::model::Money;
use crate::pipeline::{Prepared, prepare_with};
use crate::source::{FileId, Sources};

/// What becomes of a declaration's files; nothing is written yet.
#[derive(Debug, Default)]
pub struct FormattedFolder {
    /// The files that change, in the order of their paths.
    pub files: Vec<FixedFile>,
    /// The files that are in the canonical shape already.
    pub unchanged: usize,
    /// The files whose shape cannot be changed without a change to what they say.
    pub refused: Vec<PathBuf>,
    /// The files, for findings.
    pub sources: Sources,
    /// What keeps files from being put in order.
    pub diagnostics: Diagnostics,
}

/// The canonical shape of a declaration's files, of those that `wanted` says yes to.
pub fn format_folder(folder: &Path, wanted: impl Fn(&Path) -> bool) -> FormattedFolder {
    let before = Said::of(folder, &Texts::new());
    let sections = before.sections.clone().unwrap_or_else(usual_sections);
    let mut out = FormattedFolder::default();
    let barrier = |one: &&Diagnostic| BARRIERS.contains(&one.code);
    let broken: Vec<Option<FileId>> =
        before.diagnostics.iter().filter(barrier).map(|one| one.span().map(|span| span.file)).collect();
    for (id, file) in before.sources.iter().filter(|(_, file)| wanted(&file.path)) {
        if broken.contains(&Some(id)) || !file.path.starts_with(folder) || !is_own(folder, &file.path) {
            continue;
        }
        let within = file.path.strip_prefix(folder).unwrap_or(&file.path);
        let kind = FileKind::of(within).unwrap_or(FileKind::Project);
        let sections = if kind == FileKind::Department { &before.of_department } else { &sections };
        match format_text(&file.path, &file.text, kind, sections) {
            Formatted::Text(after) if after == file.text => out.unchanged += 1,
            Formatted::Text(after) => {
                let before = file.text.clone();
                out.files.push(FixedFile { path: file.path.clone(), before, after, fixes: 1 });
            }
            Formatted::Broken(_) | Formatted::Refused => out.refused.push(file.path.clone()),
        }
    }
    out.files.sort_by(|one, two| one.path.cmp(&two.path));
    keep_what_says_the_same(folder, &before, &mut out);
    out.diagnostics = before.diagnostics.into_iter().filter(|one| BARRIERS.contains(&one.code)).collect();
    out.sources = before.sources;
    out
}

/// Whether a file is one of the declaration's kinds, and not of its templates.
fn is_own(folder: &Path, path: &Path) -> bool {
    let own = [folder.to_path_buf(), folder.join("projects"), folder.join("results")];
    path.parent().is_some_and(|parent| own.iter().any(|own| own == parent))
}

/// Drops the files that would change an amount or a text; all are tried at once, and only if that fails one by one.
fn keep_what_says_the_same(folder: &Path, before: &Said, out: &mut FormattedFolder) {
    let says = |files: &[FixedFile]| {
        let texts = files.iter().map(|file| (file.path.clone(), Some(file.after.clone()))).collect();
        let after = Said::of(folder, &texts);
        after.amounts == before.amounts && after.texts == before.texts
    };
    if says(&out.files) {
        return;
    }
    let (good, bad) = std::mem::take(&mut out.files)
        .into_iter()
        .partition::<Vec<_>, _>(|file| says(std::slice::from_ref(file)));
    out.files = good;
    out.refused.extend(bad.into_iter().map(|file| file.path));
}

/// What a declaration says: every amount, and every text as it is printed.
struct Said {
    sources: Sources,
    diagnostics: Diagnostics,
    sections: Option<Vec<String>>,
    /// Those of the department as a whole.
    of_department: Vec<String>,
    amounts: Vec<Money>,
    texts: String,
}

impl Said {
    fn of(folder: &Path, texts: &Texts) -> Said {
        let Prepared { sources, findings: diagnostics, whole, .. } = prepare_with(folder, texts, &mut |_| {});
        let whole = whole.as_ref();
        let department = whole.and_then(|whole| whole.department.as_deref());
        let both = || whole.into_iter().chain(department);
        Said {
            sources,
            diagnostics,
            sections: whole.map(|whole| section_ids(&whole.profile)),
            of_department: department.map(|whole| section_ids(&whole.profile)).unwrap_or_default(),
            amounts: both().flat_map(|whole| whole.ledger.amounts()).collect(),
            texts: both().map(|whole| format!("{:?}", whole.narrative)).collect(),
        }
    }
}
