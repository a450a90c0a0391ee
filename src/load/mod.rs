//! Reads a declaration's folder into the model. Each file is read to its end, whatever it holds.

mod advice;
mod agency;
mod amount;
mod calendar;
mod cost;
mod dates;
mod declaration;
mod department;
mod fields;
mod files;
mod funding;
mod guess;
mod indicator;
mod keys;
mod limits;
mod listed;
mod misplaced;
mod names;
mod project;
mod reader;
mod result;
mod scan;
mod single;
mod slips;
mod syntax;
mod target;
mod unknown;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use fields::{Field, Table, Type};
pub use keys::{FORMAT, Keys};
pub use misplaced::strays;
pub(crate) use names::number_and_id;
pub use single::{FileKind, load_file};
pub use target::misread_target;

use crate::diagnostic::Diagnostics;
use crate::form::{Profile, Templates};
use crate::model::Declaration;
use crate::source::Sources;

/// What was read of a folder.
#[derive(Debug)]
pub struct Loaded {
    /// The files, for findings.
    pub sources: Sources,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
    /// The declaration, with stand-ins where something is wrong; `None` when there is too little to go on.
    pub declaration: Option<Declaration>,
    /// The form profile that it names.
    pub profile: Option<Profile>,
    /// The form of its self-evaluation, where it names one.
    pub evaluation: Option<Profile>,
    /// The form of the department as a whole, where there is one.
    pub department: Option<Profile>,
    /// Where the form's templates come from.
    pub templates: Templates,
}

/// Texts that stand in for files, by path; `None` for a file that is to be gone.
pub type Texts = BTreeMap<PathBuf, Option<String>>;

/// Reads `folder`.
pub fn load(folder: &Path) -> Loaded {
    load_with(folder, &Texts::new())
}

/// Reads `folder` as if the files at these paths held these texts.
pub fn load_with(folder: &Path, texts: &Texts) -> Loaded {
    let mut loaded = Loaded {
        sources: Sources::default(),
        diagnostics: Diagnostics::default(),
        declaration: None,
        profile: None,
        evaluation: None,
        department: None,
        templates: Templates::beside(folder),
    };
    let Some(found) = files::find(folder, texts, &mut loaded.sources, &mut loaded.diagnostics) else {
        return loaded;
    };
    declaration::read(folder, &found, &mut loaded);
    loaded
}
