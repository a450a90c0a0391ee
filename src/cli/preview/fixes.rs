//! Fixes of findings: what one would change, and the change itself.

use std::cell::Cell;
use std::path::Path;

use serde::{Deserialize, Serialize};
use shenbao::diagnostic::Diagnostic;
use shenbao::edit::{Rejected, Session};
use shenbao::fix::{self, Fixed, FixedFile, Refused};
use shenbao::lang::say;

use super::server::Body;
use crate::cli::fixes::why;

/// A finding that has a fix, as the page sends it: lines move, so it is known by what it says.
#[derive(Deserialize)]
pub struct Wish {
    code: String,
    /// In Chinese.
    message: String,
    /// Of those that say the same, which; from 0.
    place: usize,
}

/// What a fix would change.
#[derive(Serialize)]
struct Patch {
    patch: String,
}

impl Wish {
    pub fn read(body: &[u8]) -> Option<Wish> {
        serde_json::from_slice(body).ok()
    }

    /// What the fix would change, as lines with `-` and `+`.
    pub fn patch(&self, folder: &Path) -> Body {
        let patch = self.file(folder).map(|file| fix::patch(&file)).unwrap_or_default();
        // Behind the names of the file, which the page shows itself.
        let lines: Vec<&str> = patch.lines().skip(2).collect();
        let patch = Patch { patch: lines.join("\n") };
        Body { mime: "application/json", bytes: serde_json::to_vec(&patch).unwrap_or_default() }
    }

    /// Makes the fix.
    pub fn apply(&self, session: &mut Session) -> Result<(), Rejected> {
        let FixedFile { path, before, after, .. } = self.file(session.folder())?;
        let steps: Vec<_> = path.components().map(|step| step.as_os_str().to_string_lossy()).collect();
        session.replace(&steps.join("/"), before, after)
    }

    /// The file that the fix changes, within the folder; made in the way of `check --fix --suggested`.
    fn file(&self, folder: &Path) -> Result<FixedFile, Rejected> {
        let seen = Cell::new(0);
        let is_it = |one: &Diagnostic| {
            let same = one.code.to_string() == self.code && one.message.zh == self.message;
            // The fix itself may bring out the next of them.
            same && one.fix.is_some() && seen.replace(seen.get() + 1) == self.place
        };
        let Fixed { files, refused } = fix::fix(folder, true, is_it);
        let within = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_path_buf();
        if let Some(Refused { path, reason }) = refused.first() {
            return Err(Rejected::Unfit(why(&Refused { path: within(path), reason: *reason })));
        }
        let gone = || say!("这一问题已不存在", "this problem is not there any more");
        let file = files.into_iter().next().ok_or_else(|| Rejected::Unfit(gone()))?;
        Ok(FixedFile { path: within(&file.path), ..file })
    }
}
