//! `shenbao check --fix`

use std::path::{Path, PathBuf};

use shenbao::diagnostic::Diagnostic;
use shenbao::fix::{self, Mended, MendedFile, Reason, Refused, WriteError};
use shenbao::lang::{Words, say};

use super::Outcome;
use super::system::reason;
use super::ui::Ui;

/// Fixes each declaration, or with `dry_run` gives the patch that would do it, on stdout.
pub fn mend(
    folders: &[PathBuf],
    suggested: bool,
    dry_run: bool,
    wanted: impl Fn(&Diagnostic) -> bool,
    ui: &Ui,
) -> Outcome {
    let mut outcome = Outcome::Done;
    let (mut mends, mut files) = (0, 0);
    for folder in folders {
        let Mended { files: mended, refused } = fix::mend(folder, suggested, &wanted);
        refused.iter().for_each(|refused| ui.say(&why(refused)));
        for file in mended {
            let done = if dry_run { ui.give(&fix::patch(&file)) } else { put(&file, ui) };
            if done == Outcome::Done {
                (mends, files) = (mends + file.mends, files + 1);
            }
            outcome = outcome.max(done);
        }
    }
    ui.say(&summary(mends, files, dry_run));
    outcome
}

fn put(file: &MendedFile, ui: &Ui) -> Outcome {
    let (path, mends) = (file.path.display(), file.mends);
    let (words, outcome) = match fix::write(file) {
        Ok(()) => (
            Words { zh: format!("{path}：改正 {mends} 处"), en: format!("{path}: {mends} fixed") },
            Outcome::Done,
        ),
        Err(error) => (unwritten(&file.path, &error), Outcome::Failed),
    };
    ui.say(&words);
    outcome
}

/// Why a changed file was not written.
pub fn unwritten(path: &Path, error: &WriteError) -> Words {
    let path = path.display();
    match error {
        WriteError::Changed => Words {
            zh: format!("{path}：文件在读取之后有改动，未写入；请重新运行"),
            en: format!("{path}: changed since it was read, not written; run the command again"),
        },
        WriteError::Io(error) => {
            let Words { zh, en } = reason(error);
            say!("{path}：无法写入：{zh}", "{path}: cannot be written: {en}")
        }
    }
}

fn why(refused: &Refused) -> Words {
    let path = refused.path.display();
    match refused.reason {
        Reason::NoLongerLoads => Words {
            zh: format!("{path}：自动改正会使文件无法读取，未写入；请按提示手工改正"),
            en: format!("{path}: the fixes would keep it from loading, not written; fix it by hand"),
        },
        Reason::AmountsDiffer => Words {
            zh: format!("{path}：自动改正会改变金额，未写入；请按提示手工改正"),
            en: format!("{path}: the fixes would change an amount, not written; fix it by hand"),
        },
    }
}

fn summary(mends: usize, files: usize, dry_run: bool) -> Words {
    if mends == 0 {
        return Words {
            zh: "没有可自动改正的问题".to_owned(),
            en: "nothing to fix automatically".to_owned(),
        };
    }
    let s = if files == 1 { "" } else { "s" };
    if dry_run {
        return Words {
            zh: format!("可改正 {files} 个文件共 {mends} 处；去掉 --dry-run 即写入"),
            en: format!("{mends} to fix in {files} file{s}; run without --dry-run to write them"),
        };
    }
    Words {
        zh: format!("已改正 {files} 个文件共 {mends} 处"),
        en: format!("{mends} fixed in {files} file{s}"),
    }
}
