//! `shenbao diff`

use std::path::{Path, PathBuf};

use shenbao::diff::{self, Entry, JsonReport, Look, Reading, Side, human, markdown, related};
use shenbao::lang::Words;
use shenbao::source::Shown;

use super::args::{Diff, DiffFormat};
use super::failure::Failure;
use super::git::Repository;
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Diff, ui: &Ui) -> Outcome {
    match compare(&folders::expanded(&args.what), ui) {
        Err(words) => Failure::usage(words).told(ui),
        Ok((entries, read)) => {
            let differs = entries.iter().any(|entry| !entry.is_empty());
            if !differs {
                ui.say(&Words { zh: "没有差别".to_owned(), en: "no differences".to_owned() });
            }
            let given = ui.give(&match args.format {
                DiffFormat::Human => human(&entries, Look { lang: ui.lang(), colour: ui.given().colour }),
                DiffFormat::Markdown => markdown(&entries, ui.lang()),
                DiffFormat::Json => JsonReport::new(&entries).write(),
            });
            let wanted = if args.exit_code && differs { Outcome::Findings } else { Outcome::Done };
            given.max(read).max(wanted)
        }
    }
}

/// What was asked for, and what came of reading it.
fn compare(what: &[PathBuf], ui: &Ui) -> Result<(Vec<Entry>, Outcome), Words> {
    let (rev, folder) = match what {
        [old, new] if old.is_dir() => {
            let sides = [old, new].map(|folder| Tree {
                root: folder.clone(),
                shown: None,
                declarations: folders::within(folder),
            });
            return Ok(trees(&sides, ui));
        }
        [rev, folder] => (rev.to_str(), Some(folder.as_path())),
        [folder] if folder.is_dir() => (None, Some(folder.as_path())),
        [rev] => (rev.to_str(), None),
        _ => (None, None),
    };
    let repository = Repository::of(folder)?;
    let range = repository.range(rev)?;
    let old = repository.version(&range.old)?;
    let shown = |rev: &str| Some(format!("{rev}:"));
    let before = Tree {
        root: old.folder.path().into(),
        shown: shown(&range.old),
        declarations: old.declarations.clone(),
    };
    let Some(rev) = &range.new else {
        let root = repository.root.clone();
        let after = Tree { shown: Some(String::new()), declarations: repository.worktree()?, root };
        return some(&[before, after], ui);
    };
    let new = repository.version(rev)?;
    let after =
        Tree { root: new.folder.path().into(), shown: shown(rev), declarations: new.declarations.clone() };
    some(&[before, after], ui)
}

/// Declarations below a folder.
struct Tree {
    root: PathBuf,
    /// What stands before these paths in findings, instead of the root.
    shown: Option<String>,
    /// By their paths below the root.
    declarations: Vec<PathBuf>,
}

/// One declaration of a tree.
struct One {
    path: PathBuf,
    side: Option<Side>,
}

impl Tree {
    /// Reads a declaration and tells what is wrong with it.
    fn read(&self, path: &Path, ui: &Ui, outcome: &mut Outcome) -> One {
        let Reading { side, mut sources, mut errors } = Side::read(&self.root.join(path));
        if let Some(shown) = &self.shown {
            sources.show_at(&self.root, shown);
            errors.show_at(&self.root, shown);
        }
        if !errors.is_empty() {
            *outcome = (*outcome).max(ui.tell(errors, &sources));
        }
        One { path: path.to_path_buf(), side }
    }

    /// What a declaration is called: its folder's name, and the way to it where another has the same.
    fn name(&self, path: &Path) -> String {
        if path == Path::new("") {
            return folders::name(&self.root);
        }
        let same = self.declarations.iter().filter(|other| other.file_name() == path.file_name()).count();
        match path.file_name() {
            Some(name) if same == 1 => name.to_string_lossy().into_owned(),
            _ => path.shown(),
        }
    }
}

/// Both versions, if there is anything in them to compare.
fn some(sides: &[Tree; 2], ui: &Ui) -> Result<(Vec<Entry>, Outcome), Words> {
    if sides.iter().all(|tree| tree.declarations.is_empty()) {
        return Err(Words {
            zh: "两个版本里都没有申报文件夹（含 declaration.toml 的文件夹）".to_owned(),
            en: "neither version has a declaration there, a folder with a declaration.toml".to_owned(),
        });
    }
    Ok(trees(sides, ui))
}

/// Pairs the declarations of two trees by their paths, then by what they hold, and compares them.
fn trees(sides: &[Tree; 2], ui: &Ui) -> (Vec<Entry>, Outcome) {
    let [old, new] = sides;
    let mut outcome = Outcome::Done;
    let mut entries = Vec::new();
    let mut gone = Vec::new();
    for path in old.declarations.iter().filter(|path| !new.declarations.contains(path)) {
        gone.push(old.read(path, ui, &mut outcome));
    }
    for path in &new.declarations {
        let now = new.read(path, ui, &mut outcome);
        let name = new.name(path);
        if old.declarations.contains(path) {
            let was = old.read(path, ui, &mut outcome);
            let difference =
                was.side.as_ref().zip(now.side.as_ref()).map(|(was, now)| diff::compare(was, now));
            entries.push(Entry { name, renamed_from: None, difference });
            continue;
        }
        let likely = now.side.as_ref().and_then(|side| most_related(&gone, side));
        entries.push(match likely.map(|index| gone.remove(index)) {
            Some(was) => {
                let difference =
                    was.side.as_ref().zip(now.side.as_ref()).map(|(was, now)| diff::compare(was, now));
                Entry { name, renamed_from: Some(old.name(&was.path)), difference }
            }
            None => Entry { name, renamed_from: None, difference: now.side.as_ref().map(diff::new_one) },
        });
    }
    for was in gone {
        let difference = was.side.as_ref().map(diff::old_one);
        entries.push(Entry { name: old.name(&was.path), renamed_from: None, difference });
    }
    (entries, outcome)
}

/// The index of the declaration that is gone and has most in common with a new one.
fn most_related(gone: &[One], side: &Side) -> Option<usize> {
    let scores = gone.iter().enumerate();
    let scores = scores.filter_map(|(index, one)| Some((related(one.side.as_ref()?, side)?, index)));
    scores.max().map(|(_, index)| index)
}
