//! Why an edit was not made, and what to say of it.

use std::io;

use super::field::Refused;
use crate::diagnostic::Diagnostic;
use crate::lang::{Words, say};

/// Why an edit was not made. The file is as it was.
#[derive(Debug)]
pub enum Rejected {
    /// There is no such file or value, or not any more.
    Gone,
    /// The value says this by now: somebody else has changed it.
    Changed(String),
    /// Somebody was saving the file at the same moment.
    Meanwhile,
    /// Somebody has changed the file since, and an item as a whole is not put back into it.
    Elsewhere,
    /// What was filled in is not what the value takes.
    Unfit(Words),
    /// The declaration would have this error.
    Finding(Box<Diagnostic>),
    /// The file could not be read or written.
    System(io::Error),
    /// There is nothing to undo or redo.
    Nothing,
}

impl From<Refused> for Rejected {
    fn from(refused: Refused) -> Rejected {
        match refused {
            Refused::Gone => Rejected::Gone,
            Refused::Changed(now) => Rejected::Changed(now),
            Refused::Unfit(words) => Rejected::Unfit(words),
        }
    }
}

impl Rejected {
    /// What to say of it.
    pub fn words(&self) -> Words {
        match self {
            Rejected::Gone => say!("文件里已没有这一处", "the file no longer has this value"),
            Rejected::Changed(now) => say!(
                "这一处刚才被改成了“{now}”，没有写入",
                "this value was changed to `{now}` meanwhile, and was not written"
            ),
            Rejected::Meanwhile => say!(
                "文件刚才被另外保存过，没有写入：请再试一次",
                "the file was saved at the same moment, and was not written: try again"
            ),
            Rejected::Elsewhere => say!(
                "文件后来又有改动，这一步不能撤销或重做：请在文件里改",
                "the file has changed since, and this step cannot be undone or redone: change the file"
            ),
            Rejected::Unfit(words) => words.clone(),
            Rejected::Finding(finding) => finding.message.clone(),
            Rejected::System(error) => say!("没有写入：{error}", "not written: {error}"),
            Rejected::Nothing => say!("没有可撤销或重做的改动", "there is nothing to undo or redo"),
        }
    }
}
