//! Why a command ends without having done its work.

use std::io;
use std::path::Path;

use shenbao::lang::{Words, say};
use shenbao::source::Shown;

use super::Outcome;
use super::system::{reason, remedy};
use super::ui::Ui;

/// What a command could not do with what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was asked for something that there is not, or that does not fit.
    Usage,
    /// A file, a folder or an address could not be read, written or opened.
    System,
}

/// An error of a command, not of a declaration: those have findings.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What kind of error it is.
    pub kind: Kind,
    /// What is wrong.
    pub message: Words,
    /// What to do about it.
    pub hint: Option<Words>,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: Words) -> Failure {
        Failure { kind: Kind::Usage, message, hint: None }
    }

    /// What the system does not do.
    pub fn system(message: Words) -> Failure {
        Failure { kind: Kind::System, message, hint: None }
    }

    /// A file or folder that the system does not write.
    pub fn unwritten(path: &Path, error: &io::Error) -> Failure {
        let (shown, Words { zh, en }) = (path.shown(), reason(error));
        Failure::system(say!("{shown} 不能写入：{zh}", "{shown} cannot be written: {en}")).hint(remedy(error))
    }

    /// Adds what to do about it.
    pub fn hint(self, hint: Words) -> Failure {
        Failure { hint: Some(hint), ..self }
    }

    /// Says it, and ends the command.
    pub fn told(&self, ui: &Ui) -> Outcome {
        ui.say(&self.message);
        self.hint.iter().for_each(|hint| ui.say(hint));
        match self.kind {
            Kind::Usage | Kind::System => Outcome::Failed,
        }
    }
}
