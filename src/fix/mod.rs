//! Applies the fixes of findings to the files of a declaration.
//!
//! A fix replaces a range of bytes, so that comments, layout and the way a string is quoted stay as they are; to write
//! a changed value back through a TOML tree would quote the whole string anew. What a replacement could break is seen
//! by reading the result again: a file that no longer loads, or whose amounts are others, is left as it was.

mod apply;
mod patch;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::check::examine;
use crate::compute::Ledger;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::load::Texts;
use crate::model::Money;
use crate::pipeline::prepare_with;
use crate::source::{FileId, Sources};

pub use crate::source::WriteError;
pub use patch::patch;
pub use write::{Stopped, write, write_all};

/// Fixes reveal others: two in one place, or the next of a file that is read up to its first errors, such as one that was
/// typed with spaces of full width. More rounds than this would not end.
const ROUNDS: usize = 64;

/// What fixing makes of a declaration; nothing is written yet.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The files that change, in the order of their paths.
    pub files: Vec<FixedFile>,
    /// The files whose fixes were refused.
    pub refused: Vec<Refused>,
}

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// Its path as the user sees it.
    pub path: PathBuf,
    /// Its text as it was read, without a byte-order mark.
    pub before: String,
    /// Its text with all fixes.
    pub after: String,
    /// How many fixes that were.
    pub fixes: usize,
}

/// A file that is left as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its path as the user sees it.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why fixes were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The fixed file would have an error that it does not have now.
    NoLongerLoads,
    /// An amount would be another.
    AmountsDiffer,
}

/// Fixes what is found in `folder` and `wanted` says yes to, in several rounds: one fix may bring out the next finding.
/// A file that is no TOML is fixed too, as far as that goes. Fixes that need judgement are left out unless `suggested`.
pub fn fix(folder: &Path, suggested: bool, wanted: impl Fn(&Diagnostic) -> bool) -> Fixed {
    let chosen = |one: &Diagnostic| {
        let safe = one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        (safe || suggested) && wanted(one)
    };
    let mut fixed = Fixed::default();
    let mut texts = Texts::new();
    let mut files: BTreeMap<PathBuf, FixedFile> = BTreeMap::new();
    let mut shut: BTreeSet<PathBuf> = BTreeSet::new();
    let before = Looked::at(folder, &texts);
    for _ in 0..ROUNDS {
        let looked = Looked::at(folder, &texts);
        let edits = looked.edits(&shut, chosen);
        if edits.is_empty() {
            break;
        }
        for (path, text, after, count) in
            accepted(folder, &before, &texts, edits, &mut shut, &mut fixed.refused)
        {
            let file = files.entry(path.clone()).or_insert_with(|| FixedFile {
                path: path.clone(),
                before: text,
                after: String::new(),
                fixes: 0,
            });
            file.after.clone_from(&after);
            file.fixes += count;
            texts.insert(path, Some(after));
        }
    }
    fixed.files = files.into_values().filter(|file| file.before != file.after).collect();
    fixed
}

/// A file's path, its text, that text fixed, and by how many fixes.
type Edit = (PathBuf, String, String, usize);

/// The edits that neither keep a file from loading nor change an amount. All are tried at once, which is the rule; only
/// when that fails, one file after the other, to see which it is.
fn accepted(
    folder: &Path,
    before: &Looked,
    texts: &Texts,
    edits: Vec<Edit>,
    shut: &mut BTreeSet<PathBuf>,
    refused: &mut Vec<Refused>,
) -> Vec<Edit> {
    let try_with = |edits: &[Edit]| {
        let mut texts = texts.clone();
        texts.extend(edits.iter().map(|(path, _, after, _)| (path.clone(), Some(after.clone()))));
        before.against(&Looked::at(folder, &texts))
    };
    if try_with(&edits).is_none() {
        return edits;
    }
    let mut good = Vec::new();
    for edit in edits {
        match try_with(std::slice::from_ref(&edit)) {
            None => good.push(edit),
            Some(reason) => {
                shut.insert(edit.0.clone());
                refused.push(Refused { path: edit.0, reason });
            }
        }
    }
    good
}

/// What the program makes of a folder with some texts in the place of files.
struct Looked {
    sources: Sources,
    findings: Vec<Diagnostic>,
    /// How many errors reading gave, by file.
    errors: BTreeMap<Option<FileId>, usize>,
    /// How often the parser stopped, by file.
    syntax: BTreeMap<FileId, usize>,
    /// Every computed amount, where nothing was wrong.
    amounts: Option<Vec<Money>>,
    /// Every amount that could be read, ascending.
    written: Vec<Money>,
}

impl Looked {
    fn at(folder: &Path, texts: &Texts) -> Looked {
        let mut prepared = prepare_with(folder, texts, &mut |_| {});
        let mut looked = Looked::of_texts(&prepared.sources);
        for error in prepared
            .findings
            .iter()
            .chain(prepared.of_texts.iter())
            .filter(|one| one.severity == Severity::Error)
        {
            *looked.errors.entry(error.span().map(|span| span.file)).or_default() += 1;
        }
        let ledger = prepared.whole.as_ref().map(|whole| &whole.ledger);
        looked.amounts = ledger.filter(|_| looked.errors.is_empty()).map(Ledger::amounts);
        looked.findings = examine(&mut prepared).findings.into_iter().collect();
        Looked { sources: prepared.sources, ..looked }
    }

    /// What the parser makes of the files by themselves.
    fn of_texts(sources: &Sources) -> Looked {
        let mut looked = Looked {
            sources: Sources::default(),
            findings: Vec::new(),
            errors: BTreeMap::new(),
            syntax: BTreeMap::new(),
            amounts: None,
            written: Vec::new(),
        };
        for (id, file) in
            sources.iter().filter(|(_, file)| file.path.extension().is_some_and(|end| end == "toml"))
        {
            let (tree, errors) = toml::de::DeTable::parse_recoverable(&file.text);
            looked.syntax.insert(id, errors.len());
            written(&toml::de::DeValue::Table(tree.into_inner()), &mut looked.written);
        }
        looked.written.sort();
        looked
    }

    /// Why `after` may not take the place of this.
    fn against(&self, after: &Looked) -> Option<Reason> {
        let unparsed = self.syntax.values().any(|stops| *stops > 0);
        let stops = |looked: &Looked, file: &FileId| looked.syntax.get(file).copied().unwrap_or(0);
        let broken = after.syntax.keys().any(|file| stops(after, file) > stops(self, file));
        let more =
            |(file, count): (&Option<FileId>, &usize)| *count > self.errors.get(file).copied().unwrap_or(0);
        // A file that can be parsed at last shows what else is wrong with it, and with what names it.
        if broken || (!unparsed && after.errors.iter().any(more)) {
            return Some(Reason::NoLongerLoads);
        }
        let same = match &self.amounts {
            Some(amounts) => after.amounts.as_ref() == Some(amounts),
            None => holds_all(&after.written, &self.written),
        };
        (!same).then_some(Reason::AmountsDiffer)
    }

    /// Each file that has fixes, fixed.
    fn edits(&self, shut: &BTreeSet<PathBuf>, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Edit> {
        let mut fixes: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
        for fix in self.findings.iter().filter(|one| wanted(one)).filter_map(|one| one.fix.as_ref()) {
            fixes.entry(fix.span.file).or_default().push(fix);
        }
        let edits = fixes.into_iter().filter_map(|(file, fixes)| {
            let file = self.sources.get(file).filter(|file| !shut.contains(&file.path))?;
            let (after, count) = apply::apply(&file.text, fixes);
            (after != file.text).then(|| (file.path.clone(), file.text.clone(), after, count))
        });
        edits.collect()
    }
}

/// Every amount that a value holds.
fn written(value: &toml::de::DeValue<'_>, amounts: &mut Vec<Money>) {
    match value {
        toml::de::DeValue::String(text) => amounts.extend(Money::parse(text).ok()),
        toml::de::DeValue::Array(items) => items.iter().for_each(|item| written(item.get_ref(), amounts)),
        toml::de::DeValue::Table(map) => map.values().for_each(|value| written(value.get_ref(), amounts)),
        _ => {}
    }
}

/// Whether each of `some` is among `all` as often; both ascending.
fn holds_all(all: &[Money], some: &[Money]) -> bool {
    let mut all = all.iter();
    some.iter().all(|one| all.any(|other| other == one))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a change to the project of the clean declaration.
    fn change(old: &str, new: &str) -> (usize, Vec<Reason>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/base");
        let path = folder.join("projects/1-reading.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1);
        let edit = (path.clone(), text.clone(), text.replace(old, new), 1);
        let texts = Texts::new();
        let (mut shut, mut refused) = (BTreeSet::new(), Vec::new());
        let before = Looked::at(&folder, &texts);
        let good = accepted(&folder, &before, &texts, vec![edit], &mut shut, &mut refused);
        assert_eq!(shut.contains(&path), good.is_empty());
        (good.len(), refused.into_iter().map(|one| one.reason).collect())
    }

    #[test]
    fn a_fix_that_keeps_the_file_from_loading_is_refused() {
        assert_eq!(
            change("target = \"≥ 24.00 场\"", "target = \"≥ \"24\" 场\""),
            (0, vec![Reason::NoLongerLoads])
        );
        assert_eq!(
            change("sub-projects: {{subproject.names}}", "sub-projects: {{subproject.name}}"),
            (0, vec![Reason::NoLongerLoads])
        );
    }

    #[test]
    fn a_fix_that_changes_an_amount_is_refused() {
        assert_eq!(change("amount = \"26万元\"", "amount = \"27万元\""), (0, vec![Reason::AmountsDiffer]));
    }

    #[test]
    fn a_fix_of_words_is_made() {
        assert_eq!(change("target = \"≥ 24.00 场\"", "target = \"= 24.00 场\""), (1, Vec::new()));
    }
}
