//! The earlier version that `build --against` compares with.

use std::path::Path;

use shenbao::diagnostic::Diagnostics;
use shenbao::lang::{Words, say};
use shenbao::pipeline::{Whole, prepare};
use shenbao::source::{Shown, Sources};

use super::git::Repository;

/// Why there is no earlier version, and what is wrong with it.
pub struct Unread {
    pub words: Words,
    pub diagnostics: Diagnostics,
    pub sources: Sources,
}

impl From<Words> for Box<Unread> {
    fn from(words: Words) -> Box<Unread> {
        Box::new(Unread { words, diagnostics: Diagnostics::default(), sources: Sources::default() })
    }
}

/// Reads a folder, or the declaration of `folder` as it was in a revision of git.
pub fn earlier(against: &str, folder: &Path) -> Result<Whole, Box<Unread>> {
    let path = Path::new(against);
    if path.is_dir() {
        return read(path, None, against);
    }
    let repository = Repository::of(Some(folder))?;
    let version = repository.version(&repository.range(Some(against))?.old)?;
    let Some(path) = version.declarations.first() else {
        let folder = folder.shown();
        return Err(say!("{against} 里没有 {folder}", "{folder} was not there in {against}").into());
    };
    let root = version.folder.path();
    read(&root.join(path), Some(root), against)
}

/// Every stage up to the texts; findings call a temporary root by the revision's name.
fn read(folder: &Path, root: Option<&Path>, against: &str) -> Result<Whole, Box<Unread>> {
    let mut prepared = prepare(folder);
    if let Some(whole) = prepared.whole.take().filter(|_| !prepared.has_errors()) {
        return Ok(whole);
    }
    let (mut diagnostics, mut sources) = (prepared.take_findings(), prepared.sources);
    if let Some(root) = root {
        let shown = format!("{against}:");
        sources.show_at(root, &shown);
        diagnostics.show_at(root, &shown);
    }
    let words = say!(
        "没有生成：{against} 里的申报读不出来",
        "nothing was built: the declaration of {against} cannot be read"
    );
    Err(Box::new(Unread { words, diagnostics, sources }))
}
