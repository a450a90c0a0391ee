//! `shenbao fmt`

use std::io;
use std::path::{Path, PathBuf};

use shenbao::diagnostic::{Diagnostic, Diagnostics, code};
use shenbao::fix::{self, FixedFile};
use shenbao::fmt::{Formatted, FormattedFolder, format_folder, format_text, usual_sections};
use shenbao::lang::{Words, say};
use shenbao::load::FileKind;
use shenbao::source::{self, Shown, Sources};

use super::Outcome;
use super::args::Fmt;
use super::failure::Failure;
use super::fixes::unwritten;
use super::folders;
use super::hold::hold;
use super::system::reason;
use super::ui::Ui;

pub fn run(args: &Fmt, ui: &Ui) -> Outcome {
    let mut run = Run { args, ui, outcome: Outcome::Done, changed: 0, unchanged: 0, remedy: None };
    if args.paths.iter().any(|path| path == Path::new("-")) {
        run.stdin();
        return run.outcome;
    }
    let is_meant = |path: &Path| path.is_dir() || path.extension().is_some_and(|own| own == "toml");
    let paths = match folders::spelled_out(&args.paths, is_meant) {
        Ok(paths) => paths,
        Err(failure) => return failure.told(ui),
    };
    let (files, named): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| path.is_file());
    if files.is_empty() || !named.is_empty() {
        let folders = match folders::resolve(&named) {
            Ok(found) => found,
            Err(failure) => return failure.told(ui),
        };
        folders.iter().for_each(|folder| run.folder(folder, |_| true));
    }
    for file in files {
        match folder_of(&file) {
            Some(folder) => run.folder(&folder, |path| path == file),
            None => run.alone(&file),
        }
    }
    run.remedy.iter().for_each(|remedy| ui.say(remedy));
    ui.report(&run.summary());
    run.outcome
}

/// The declaration that a file belongs to by its place.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let parent = file.parent()?;
    let folder = match file.file_name().is_some_and(|name| name == "declaration.toml") {
        true => parent,
        false => parent.parent().filter(|_| parent.file_name().is_some_and(|name| name == "projects"))?,
    };
    folder.join("declaration.toml").is_file().then(|| folder.to_path_buf())
}

struct Run<'r> {
    args: &'r Fmt,
    ui: &'r Ui,
    outcome: Outcome,
    changed: usize,
    unchanged: usize,
    /// What to do about files that could not be written, said once for all.
    remedy: Option<Words>,
}

impl Run<'_> {
    fn worse(&mut self, outcome: Outcome) {
        self.outcome = self.outcome.max(outcome);
    }

    fn tell(&mut self, findings: Diagnostics, sources: &Sources) {
        if !findings.is_empty() {
            let outcome = self.ui.tell(findings, sources);
            self.worse(outcome);
        }
    }

    fn folder(&mut self, folder: &Path, wanted: impl Fn(&Path) -> bool) {
        let writes = !self.args.check && !self.args.diff;
        let _held = match writes.then(|| hold(folder, self.ui)).transpose() {
            Ok(held) => held,
            Err(failure) => return self.worse(failure.told(self.ui)),
        };
        let formatted = format_folder(folder, wanted);
        let FormattedFolder { files, unchanged, refused, sources, diagnostics } = formatted;
        self.tell(diagnostics, &sources);
        refused.iter().for_each(|path| self.refused(path));
        self.unchanged += unchanged;
        files.iter().for_each(|file| self.change(file));
    }

    /// A file that belongs to no declaration.
    fn alone(&mut self, path: &Path) {
        let Some(text) = self.read(path, source::read(path, source::LARGEST)) else { return };
        match format_text(path, &text, FileKind::guess(&text), &usual_sections()) {
            Formatted::Text(after) if after == text => self.unchanged += 1,
            Formatted::Text(after) => {
                let path = path.to_path_buf();
                self.change(&FixedFile { path, before: text, after, fixes: 1 });
            }
            Formatted::Broken(found) => self.tell(found.1, &found.0),
            Formatted::Refused => self.refused(path),
        }
    }

    fn stdin(&mut self) {
        let path = Path::new("<stdin>");
        let read = source::read_from(io::stdin().lock(), source::LARGEST);
        let Some(text) = self.read(path, read) else { return };
        let kind = if self.args.project { FileKind::Project } else { FileKind::guess(&text) };
        match format_text(path, &text, kind, &usual_sections()) {
            Formatted::Text(after) => {
                let file = FixedFile { path: path.to_path_buf(), before: text, after, fixes: 1 };
                let differs = file.before != file.after;
                let outcome = match (self.args.diff, self.args.check) {
                    (true, _) if differs => self.ui.give(&fix::patch(&file)),
                    (false, false) => self.ui.give(&file.after),
                    _ => Outcome::Done,
                };
                self.worse(outcome);
                if differs && self.args.check {
                    self.worse(Outcome::Findings);
                }
            }
            Formatted::Broken(found) => self.tell(found.1, &found.0),
            Formatted::Refused => self.refused(path),
        }
    }

    /// What was read as text, without a byte-order mark; a finding says why it is none.
    fn read(&mut self, path: &Path, bytes: io::Result<Vec<u8>>) -> Option<String> {
        let words = match bytes.map(String::from_utf8) {
            Ok(Ok(text)) => return Some(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned)),
            Ok(Err(_)) => (
                code::NOT_UTF8,
                Words { zh: "文件不是 UTF-8 编码".into(), en: "the file is not UTF-8 text".into() },
            ),
            Err(error) => {
                let Words { zh, en } = reason(&error);
                (code::UNREADABLE, say!("不能读取：{zh}", "cannot be read: {en}"))
            }
        };
        let finding = Diagnostic::error(words.0, words.1).at_path(path);
        self.tell(std::iter::once(finding).collect(), &Sources::default());
        None
    }

    fn change(&mut self, file: &FixedFile) {
        self.changed += 1;
        if self.args.check {
            self.worse(Outcome::Findings);
            let listed = self.ui.give(&format!("{}\n", file.path.shown()));
            self.worse(listed);
        }
        if self.args.diff {
            let given = self.ui.give(&fix::patch(file));
            self.worse(given);
        }
        if self.args.check || self.args.diff {
            return;
        }
        let path = file.path.shown();
        match fix::write(file) {
            Ok(()) => {
                self.ui
                    .report(&Words { zh: format!("{path}：已整理"), en: format!("{path}: formatted") });
            }
            Err(error) => {
                self.changed -= 1;
                self.worse(Outcome::Failed);
                let Failure { message, hint, .. } = unwritten(&file.path, &error);
                self.ui.say(&message);
                self.remedy = hint;
            }
        }
    }

    fn refused(&mut self, path: &Path) {
        self.worse(Outcome::Findings);
        let path = path.shown();
        self.ui.say(&Words {
            zh: format!("{path}：整理后内容会变，没有改写"),
            en: format!("{path}: what it says would change, so the file is left as it is"),
        });
    }

    fn summary(&self) -> Words {
        let Run { changed, unchanged, .. } = self;
        let s = if *changed == 1 { "" } else { "s" };
        if self.args.check || self.args.diff {
            return Words {
                zh: format!("{changed} 个文件要整理，{unchanged} 个不必"),
                en: format!("{changed} file{s} to format, {unchanged} as they should be"),
            };
        }
        Words {
            zh: format!("整理了 {changed} 个文件，{unchanged} 个不必"),
            en: format!("{changed} file{s} formatted, {unchanged} left as they were"),
        }
    }
}
