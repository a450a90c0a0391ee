//! Versions of declarations, through the `git` binary.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use shenbao::lang::{Words, say};
use shenbao::source::Shown;
use tempfile::TempDir;

use super::system::reason;

/// A repository, and the part of it that was asked for.
pub struct Repository {
    /// Its working tree.
    pub root: PathBuf,
    /// The folder within it, empty for all of it.
    below: PathBuf,
}

/// The two sides of a comparison; `None` is the working tree.
pub struct Range {
    pub old: String,
    pub new: Option<String>,
}

/// A version, put into a folder of its own for as long as this lives.
pub struct Version {
    pub folder: TempDir,
    /// The declarations, by their paths in the repository.
    pub declarations: Vec<PathBuf>,
}

impl Repository {
    /// The repository of `folder`, which need not exist any more.
    pub fn of(folder: Option<&Path>) -> Result<Repository, Words> {
        let (start, rest) = match folder {
            Some(folder) if folder.is_dir() => (folder, Path::new("")),
            Some(folder) => (Path::new("."), folder),
            None => (Path::new("."), Path::new("")),
        };
        let told = text(run(start, &["rev-parse", "--show-toplevel", "--show-prefix"])?);
        let mut lines = told.lines();
        let root = PathBuf::from(lines.next().unwrap_or_default());
        let prefix = if folder.is_some() { lines.next().unwrap_or_default() } else { "" };
        Ok(Repository { root, below: Path::new(prefix).join(rest) })
    }

    /// Reads `REV`, `REV..REV` or `REV...REV`; nothing is the last commit.
    pub fn range(&self, written: Option<&str>) -> Result<Range, Words> {
        let head = |rev: &str| if rev.is_empty() { "HEAD".to_owned() } else { rev.to_owned() };
        let written = written.unwrap_or("HEAD");
        let (old, new) = if let Some((old, new)) = written.split_once("...") {
            let (old, new) = (self.commit(&head(old))?, head(new));
            let base = run(&self.root, &["merge-base", &old, &self.commit(&new)?])?;
            (text(base).trim().to_owned(), Some(new))
        } else if let Some((old, new)) = written.split_once("..") {
            (head(old), Some(head(new)))
        } else {
            (written.to_owned(), None)
        };
        self.commit(&old)?;
        if let Some(new) = &new {
            self.commit(new)?;
        }
        Ok(Range { old, new })
    }

    /// The commit that is meant; whatever is written is no option of git.
    fn commit(&self, rev: &str) -> Result<String, Words> {
        let meant = format!("{rev}^{{commit}}");
        let found = run(&self.root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &meant]);
        found.map(|commit| text(commit).trim().to_owned()).map_err(|_| Words {
            zh: format!("git 里没有“{rev}”这个版本，也没有这个文件夹"),
            en: format!("unknown revision `{rev}`: git has none, and no folder has that name"),
        })
    }

    /// The declarations of the working tree, ignored ones left out.
    pub fn worktree(&self) -> Result<Vec<PathBuf>, Words> {
        let list = run(&self.root, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let paths = names(&list).map(|path| PathBuf::from(text(path.to_vec())));
        Ok(self.declarations(paths.filter(|path| self.root.join(path).is_file())))
    }

    /// Puts the declarations of a commit into a folder.
    pub fn version(&self, rev: &str) -> Result<Version, Words> {
        let commit = self.commit(rev)?;
        let list = run(&self.root, &["ls-tree", "-r", "-z", "--full-tree", &commit])?;
        let files: Vec<(String, PathBuf)> = names(&list).filter_map(blob).collect();
        let declarations = self.declarations(files.iter().map(|(_, path)| path.clone()));
        let parents: BTreeSet<&Path> = declarations.iter().map(PathBuf::as_path).collect();
        let wanted: Vec<&(String, PathBuf)> = files
            .iter()
            .filter(|(_, path)| is_read(path) && path.ancestors().any(|above| parents.contains(above)))
            .collect();
        let folder = TempDir::new().map_err(unwritten)?;
        self.write(&wanted, folder.path())?;
        Ok(Version { folder, declarations })
    }

    /// The folders that hold a `declaration.toml`, as far as they were asked for.
    fn declarations(&self, paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
        let own = paths.filter(|path| path.file_name().is_some_and(|name| name == "declaration.toml"));
        let found: BTreeSet<PathBuf> = own.filter_map(|path| Some(path.parent()?.to_path_buf())).collect();
        let below = self.below.components().collect::<PathBuf>();
        found.into_iter().filter(|folder| folder.starts_with(&below)).collect()
    }

    /// All files through one process, which answers each name with a line and so many bytes.
    fn write(&self, files: &[&(String, PathBuf)], folder: &Path) -> Result<(), Words> {
        let mut asked = tempfile::tempfile().map_err(unwritten)?;
        for (object, _) in files {
            writeln!(asked, "{object}").map_err(unwritten)?;
        }
        asked.rewind().map_err(unwritten)?;
        let answer =
            command(&self.root, &["cat-file", "--batch"]).stdin(asked).output().map_err(|_| no_git())?;
        let mut rest = answer.stdout.as_slice();
        for (_, path) in files {
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { return Err(unread(path)) };
            let (head, body) = rest.split_at(end);
            let size = text(head.to_vec()).rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
            let bytes = size.and_then(|size| body.get(1..=size)).ok_or_else(|| unread(path))?;
            rest = body.get(bytes.len() + 2..).unwrap_or(&[]);
            let place = folder.join(path);
            place.parent().map_or(Ok(()), fs::create_dir_all).map_err(unwritten)?;
            fs::write(place, bytes).map_err(unwritten)?;
        }
        Ok(())
    }
}

/// Whether the loader may want a file: TOML, and templates of the declaration's own.
fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "typ")
}

/// A regular file of `ls-tree`, with a path that stays in its folder.
fn blob(line: &[u8]) -> Option<(String, PathBuf)> {
    let line = text(line.to_vec());
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let regular = about.next()?.starts_with("100") && about.next()? == "blob";
    let path = PathBuf::from(path);
    let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
    (regular && stays).then_some((about.next()?.to_owned(), path))
}

fn names(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).env("LC_ALL", "C");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Words> {
    let output = command(folder, arguments).output().map_err(|_| no_git())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = text(output.stderr);
    let said = said.trim().lines().next().unwrap_or_default().to_owned();
    Err(Words {
        zh: format!("git 没有成功：{said}；不在 git 仓库里时，写出要比较的两个文件夹"),
        en: format!("git failed: {said}; outside a git repository, name the two folders to compare"),
    })
}

fn no_git() -> Words {
    Words {
        zh: "找不到 git：请安装 git，或写出要比较的两个文件夹".to_owned(),
        en: "git cannot be run: install it, or name the two folders to compare".to_owned(),
    }
}

fn unread(path: &Path) -> Words {
    let path = path.shown();
    Words { zh: format!("git 没有给出 {path}"), en: format!("git did not give {path}") }
}

fn unwritten(error: io::Error) -> Words {
    let Words { zh, en } = reason(&error);
    say!("不能写临时文件：{zh}", "cannot write a temporary file: {en}")
}
