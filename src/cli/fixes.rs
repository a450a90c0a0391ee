//! `shenbao check --fix`

use std::path::{Path, PathBuf};

use shenbao::diagnostic::Diagnostic;
use shenbao::fix::{self, Fixed, FixedFile, Reason, Refused, WriteError};
use shenbao::lang::{Words, say};
use shenbao::source::Shown;

use super::Outcome;
use super::failure::Failure;
use super::hold::hold;
use super::ui::Ui;

/// Fixes each declaration, or with `dry_run` gives the patch that would do it, on stdout.
pub fn fix(
    folders: &[PathBuf],
    suggested: bool,
    dry_run: bool,
    wanted: impl Fn(&Diagnostic) -> bool,
    ui: &Ui,
) -> Outcome {
    let mut outcome = Outcome::Done;
    let (mut fixes, mut files, mut remedy) = (0, 0, None);
    for folder in folders {
        let held = if dry_run { Ok(None) } else { hold(folder, ui).map(Some) };
        let _held = match held {
            Ok(held) => held,
            Err(failure) => {
                outcome = outcome.max(failure.told(ui));
                continue;
            }
        };
        let Fixed { files: fixed, refused } = fix::fix(folder, suggested, &wanted);
        refused.iter().for_each(|refused| ui.say(&why(refused)));
        for file in fixed {
            let done = if dry_run { ui.give(&fix::patch(&file)) } else { put(&file, &mut remedy, ui) };
            if done == Outcome::Done {
                (fixes, files) = (fixes + file.fixes, files + 1);
            }
            outcome = outcome.max(done);
        }
    }
    // Said once for all of them.
    remedy.iter().for_each(|remedy| ui.say(remedy));
    if fixes > 0 || outcome == Outcome::Done {
        ui.say(&summary(fixes, files, dry_run));
    }
    outcome
}

fn put(file: &FixedFile, remedy: &mut Option<Words>, ui: &Ui) -> Outcome {
    let (path, fixes) = (file.path.shown(), file.fixes);
    match fix::write(file) {
        Ok(()) => {
            ui.say(&Words {
                zh: format!("{path}：改正 {fixes} 处"), en: format!("{path}: {fixes} fixed")
            });
            Outcome::Done
        }
        Err(error) => {
            let Failure { message, hint, .. } = unwritten(&file.path, &error);
            ui.say(&message);
            *remedy = hint;
            Outcome::Failed
        }
    }
}

/// Why a changed file was not written.
pub fn unwritten(path: &Path, error: &WriteError) -> Failure {
    match error {
        WriteError::Changed => {
            let path = path.shown();
            Failure::system(say!(
                "{path}：文件在读取之后有改动，未写入；请重新运行",
                "{path}: changed since it was read, not written; run the command again"
            ))
        }
        WriteError::Io(error) => Failure::unwritten(path, error),
    }
}

pub fn why(refused: &Refused) -> Words {
    let path = refused.path.shown();
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

fn summary(fixes: usize, files: usize, dry_run: bool) -> Words {
    if fixes == 0 {
        return Words {
            zh: "没有可自动改正的问题".to_owned(),
            en: "nothing to fix automatically".to_owned(),
        };
    }
    let s = if files == 1 { "" } else { "s" };
    if dry_run {
        return Words {
            zh: format!("可改正 {files} 个文件共 {fixes} 处；去掉 --dry-run 即写入"),
            en: format!("{fixes} to fix in {files} file{s}; run without --dry-run to write them"),
        };
    }
    Words {
        zh: format!("已改正 {files} 个文件共 {fixes} 处"),
        en: format!("{fixes} fixed in {files} file{s}"),
    }
}
