//! Runs the program as a user does, and reads back the PDFs that it writes.

pub mod boxes;
pub mod writer;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use shenbao::diagnostic::Diagnostics;
use shenbao::form::Templates;
use shenbao::lang::Lang;
use shenbao::render::{self, FontFolders, Fonts, Input};
use tempfile::TempDir;

use crate::common::{Checked, repository};

/// What a run of the program left on the terminal.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The run itself, if it ended with this status.
    #[track_caller]
    pub fn ended_with(self, status: i32) -> Run {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// The program in a folder, with a cache and a home of the tests' own, speaking English.
pub fn shenbao(folder: &Path) -> Command {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.current_dir(folder).env("HOME", own).env("XDG_CACHE_HOME", own.join("cache"));
    command.env_remove("NO_COLOR").env("LC_ALL", "en_US.UTF-8");
    command
}

/// Runs a command of the program to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Builds a declaration's folder; gives the bytes of the PDF, which must come without a finding.
#[track_caller]
pub fn build(folder: &Path, options: &[&str]) -> Vec<u8> {
    let out = TempDir::new().unwrap();
    let file = out.path().join("built.pdf");
    let run =
        run(shenbao(out.path()).arg("build").arg(folder).args(options).arg("--out").arg(&file)).ended_with(0);
    assert!(!run.stderr.contains("[SB"), "{}", run.stderr);
    fs::read(file).unwrap()
}

/// The PDF of a declaration that rules would refuse, such as one with a text of many pages. It must come without a
/// finding of the stages before and after them.
#[track_caller]
pub fn lay_out(folder: &Path, print: Print) -> Vec<u8> {
    lay_out_by(folder, print, &Templates::default())
}

/// The same with the templates beside the declaration.
#[track_caller]
pub fn lay_out_with(folder: &Path, print: Print) -> Vec<u8> {
    lay_out_by(folder, print, &Templates::beside(folder))
}

#[track_caller]
fn lay_out_by(folder: &Path, print: Print, templates: &Templates) -> Vec<u8> {
    let mut checked = Checked::of(folder);
    assert_eq!(checked.findings(), [""; 0]);
    let profile = checked.profile.as_ref().unwrap();
    let fonts = Fonts::find(profile, &FontFolders { system: true, ..FontFolders::default() }).unwrap();
    let input = Input {
        declaration: checked.declaration(),
        ledger: checked.ledger(),
        narrative: checked.narrative(),
        profile,
        languages: print.languages(),
        draft: false,
        public: false,
        evaluation: None,
        against: None,
    };
    let mut found = Diagnostics::default();
    let pages = render::lay_out(input, true, templates, &fonts, &mut checked.sources.clone(), &mut found);
    let pdf = pages.and_then(|pages| pages.pdf(&mut found));
    checked.diagnostics = found;
    assert_eq!(checked.findings(), [""; 0]);
    pdf.unwrap()
}

/// How `pdftotext` puts the words of a page in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they stand on the page, lines across columns.
    Layout,
    /// As they come in the file: cell after cell.
    Raw,
}

/// The text of a PDF, page by page.
pub fn pages(pdf: &[u8], order: Order) -> Vec<String> {
    let flag = if order == Order::Layout { "-layout" } else { "-raw" };
    let text = poppler("pdftotext", pdf, &[flag, "-enc", "UTF-8"], &["-"]);
    let mut pages: Vec<String> = text.split('\x0c').map(str::to_owned).collect();
    // Each page ends in a form feed.
    pages.pop();
    pages
}

/// What a tool of poppler says about a PDF.
pub fn poppler(tool: &str, pdf: &[u8], options: &[&str], after: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("read.pdf");
    fs::write(&file, pdf).unwrap();
    let output = Command::new(tool).args(options).arg(&file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{tool} of poppler is needed: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a PDF says, page by page, without white space and page numbers.
pub fn bodies(pdf: &[u8]) -> Vec<String> {
    let pages = pages(pdf, Order::Raw);
    pages.iter().map(|page| squeezed(page.trim_end().rsplit_once('\n').unwrap().0)).collect()
}

/// All that a PDF says, without white space and page numbers.
pub fn body(pdf: &[u8]) -> String {
    bodies(pdf).concat()
}

/// Checks that a text is on the pages, whole or, where its cell runs over pages, in pieces in order.
#[track_caller]
pub fn assert_in_pieces(bodies: &[String], text: &str) {
    let text = squeezed(text);
    if bodies.concat().contains(&text) {
        return;
    }
    // How much of the text may have been printed so far. What a page seems to hold may stand there by chance.
    let mut printed = BTreeSet::from([0]);
    for page in bodies {
        for start in printed.clone() {
            let rest = &text[start..];
            let ends = rest.char_indices().map(|(at, _)| at).skip(10).chain([rest.len()]);
            let piece = ends.filter(|length| page.contains(&rest[..*length])).last();
            printed.extend(piece.map(|length| start + length));
        }
    }
    let most = printed.last().copied().unwrap_or(0);
    assert_eq!(&text[most..], "", "of {text}");
}

/// A text without white space and hyphens at the ends of lines: what is left is the same however lines are broken.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace() && *ch != '\u{ad}').collect()
}

/// A line with one space wherever there is any.
pub fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The two declarations that come with the program.
pub const SAMPLES: [&str; 2] = ["songjiang-2024", "linjiang-2023"];

/// The three ways to print a sample.
pub const PRINTS: [Print; 3] = [Print::Zh, Print::En, Print::Both];

/// The languages that a sample is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    Zh,
    En,
    /// As the samples' own files say: Chinese, and English with it.
    Both,
}

impl Print {
    /// The options that ask for it.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Print::Zh => &["--lang", "zh"],
            Print::En => &["--lang", "en"],
            Print::Both => &[],
        }
    }

    /// The languages that it prints.
    pub fn languages(self) -> &'static [Lang] {
        match self {
            Print::Zh => &[Lang::Zh],
            Print::En => &[Lang::En],
            Print::Both => &Lang::ALL,
        }
    }

    pub fn chinese(self) -> bool {
        self != Print::En
    }

    pub fn english(self) -> bool {
        self != Print::Zh
    }
}

/// The folder of a sample.
pub fn sample(name: &str) -> PathBuf {
    repository("data").join(name)
}

/// A sample's PDF, built once for all tests of a file.
pub fn sample_pdf(name: &str, print: Print) -> &'static [u8] {
    static BUILT: [[OnceLock<Vec<u8>>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];
    let place = |list: &[&str]| list.iter().position(|other| *other == name).unwrap();
    let built = &BUILT[place(&SAMPLES)][print as usize];
    built.get_or_init(|| build(&sample(name), print.options()))
}

/// The names of the files in a folder, ascending; none when there is no such folder.
pub fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
