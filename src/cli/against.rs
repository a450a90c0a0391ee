//! The earlier version that `build --against` compares with.

use std::path::Path;

use shenbao::lang::{Words, say};
use shenbao::load::load;

use super::build::{Prepared, prepare};
use super::git::Repository;
use super::ui::Ui;

/// Reads a folder, or the declaration of `folder` as it was in a revision of git. What is wrong with it is told.
pub fn earlier(against: &str, folder: &Path, ui: &Ui) -> Result<Prepared, Words> {
    let path = Path::new(against);
    if path.is_dir() {
        return read(path, None, ui).ok_or_else(|| unread(against));
    }
    let repository = Repository::of(Some(folder))?;
    let version = repository.version(&repository.range(Some(against))?.old)?;
    let Some(path) = version.declarations.first() else {
        let folder = folder.display();
        return Err(say!("{against} 里没有 {folder}", "{folder} was not there in {against}"));
    };
    let root = version.folder.path();
    read(&root.join(path), Some((root, &format!("{against}:"))), ui).ok_or_else(|| unread(against))
}

/// Every stage up to the texts; `shown` says what findings call the folder's root.
fn read(folder: &Path, shown: Option<(&Path, &str)>, ui: &Ui) -> Option<Prepared> {
    let mut loaded = load(folder);
    let prepared = prepare(&mut loaded, &mut Default::default());
    if prepared.is_none() {
        if let Some((root, shown)) = shown {
            loaded.sources.show_at(root, shown);
            loaded.diagnostics.show_at(root, shown);
        }
        ui.tell(loaded.diagnostics, &loaded.sources);
    }
    prepared
}

fn unread(against: &str) -> Words {
    say!(
        "没有生成：{against} 里的申报读不出来",
        "nothing was built: the declaration of {against} cannot be read"
    )
}
