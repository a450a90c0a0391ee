//! What becomes of the user's files when something goes wrong while they are written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use common::{Files, repository};
use tempfile::TempDir;

const SONGJIANG: &str = "data/songjiang-2024";

/// The program in `folder`, with a cache of its own beside nothing of the user's.
fn shenbao(folder: &Path, cache: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.current_dir(folder).args(arguments).args(["--ui", "en"]).env("XDG_CACHE_HOME", cache);
    command.stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let cache = TempDir::new().unwrap();
    shenbao(folder, cache.path(), arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, hidden ones too.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
    found
}

/// Runs all of them at the same time, in a folder.
fn at_once(folder: &Path, commands: &[Vec<&str>]) -> Vec<Output> {
    let cache = TempDir::new().unwrap();
    let start = |arguments: &Vec<&str>| {
        let mut command = shenbao(folder, cache.path(), arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<Child> = commands.iter().map(start).collect();
    running.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

#[test]
fn nothing_that_one_of_several_runs_adds_is_lost() {
    let folder = Files::of(SONGJIANG).write();
    let ids: Vec<String> = (0..6).map(|number| format!("more-{number}")).collect();
    let to = "contract-staff";
    let cost = |id| vec!["add", "cost", to, "--id", id, "--name", id, "--amount", "1万元"];
    let project = |id| vec!["add", "project", id, "--name", id];
    let (first, rest) = ids.split_at(3);
    let commands: Vec<Vec<&str>> =
        first.iter().map(|id| cost(id.as_str())).chain(rest.iter().map(|id| project(id.as_str()))).collect();
    for ended in at_once(folder.path(), &commands) {
        assert_eq!(ended.status.code(), Some(0), "{}", told(&ended));
    }
    let text = fs::read_to_string(folder.path().join("projects/4-contract-staff.toml")).unwrap();
    assert!(first.iter().all(|id| text.contains(&format!("\"{id}\""))), "{text}");
    let names: Vec<String> = fs::read_dir(folder.path().join("projects"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        rest.iter().all(|id| names.iter().any(|name| name.ends_with(&format!("-{id}.toml")))),
        "{names:?}"
    );
    assert_eq!(names.len(), 7, "{names:?}");
    assert_eq!(run(folder.path(), &["totals"]).status.code(), Some(0));
}

#[test]
fn of_several_runs_that_begin_a_declaration_one_does_and_the_others_say_so() {
    let folder = TempDir::new().unwrap();
    let text = repository("tests/import/lanyuan-2025.txt");
    let command = vec!["import", text.to_str().unwrap(), "unit", "--date", "2025-01-02"];
    let ended = at_once(folder.path(), &[command.clone(), command.clone(), command]);
    assert!(ended.iter().any(|own| own.status.code() != Some(2)), "{ended:?}");
    for refused in ended.iter().filter(|own| own.status.code() == Some(2)) {
        assert!(told(refused).contains("nothing was written"), "{}", told(refused));
    }
    let names: Vec<PathBuf> = files(folder.path()).into_keys().collect();
    assert!(names.iter().all(|name| name.starts_with(folder.path().join("unit"))), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("unit/declaration.toml")), "{names:?}");
}

#[test]
fn a_declaration_begun_in_an_empty_folder_leaves_the_folder_as_it_is() {
    let folder = TempDir::new().unwrap();
    let new = ["new", ".", "--year", "2026", "--date", "2025-11-20", "--unit", "甲", "--department", "乙"];
    let begun = run(folder.path(), &[&new[..], &["--project", "丙", "--id", "c"]].concat());
    assert_eq!(begun.status.code(), Some(0), "{}", told(&begun));
    let names: Vec<PathBuf> = files(folder.path()).into_keys().collect();
    assert!(names.contains(&folder.path().join("projects/1-c.toml")), "{names:?}");
    assert!(!names.iter().any(|name| name.to_string_lossy().contains(".shenbao-")), "{names:?}");
}

#[test]
fn what_a_killed_run_has_left_is_gone_after_the_next() {
    let folder = TempDir::new().unwrap();
    let unit = Files::of(SONGJIANG).write();
    fs::rename(unit.path(), folder.path().join("unit")).unwrap();
    fs::create_dir(unit.path()).unwrap();
    let left = folder.path().join(".shenbao-abc");
    fs::create_dir_all(left.join("new")).unwrap();
    fs::write(left.join("new/declaration.toml"), "half").unwrap();
    assert_eq!(run(folder.path(), &["rollover", "unit", "--out", "next"]).status.code(), Some(0));
    assert!(!left.exists());
    assert!(folder.path().join("next/declaration.toml").is_file());
}

#[test]
fn results_that_cannot_be_begun_leave_the_declaration_as_it_was() {
    let folder = Files::of(SONGJIANG).with("results", "in the way").write();
    let before = files(folder.path());
    let ended = run(folder.path(), &["evaluate", ".", "--form", "evaluation-shanghai-2022"]);
    assert_eq!(ended.status.code(), Some(2), "{}", told(&ended));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_run_that_was_stopped_among_its_files_is_told_by_the_next() {
    let folder = TempDir::new().unwrap();
    let cache = TempDir::new().unwrap();
    let text = repository("tests/import/lanyuan-2025.txt");
    let import = ["import", text.to_str().unwrap(), "unit", "--date", "2025-01-02", "--force"];
    let ended = |arguments: &[&str]| shenbao(folder.path(), cache.path(), arguments).output().unwrap();
    ended(&import);
    let notes = cache.path().join("shenbao/unfinished");
    assert!(!notes.exists() || fs::read_dir(&notes).unwrap().next().is_none());
    ended(&import);
    assert_eq!(fs::read_dir(&notes).unwrap().count(), 0);
    // What a killed run leaves there is its command.
    let note = |folder: &Path| {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        fs::canonicalize(folder).unwrap().hash(&mut hasher);
        notes.join(format!("{:016x}.txt", hasher.finish()))
    };
    fs::write(note(&folder.path().join("unit")), "shenbao import text unit --force").unwrap();
    let said = told(&ended(&["check", "unit"]));
    assert!(said.contains("run again: shenbao import text unit --force"), "{said}");
    let said = told(&ended(&import));
    assert!(said.contains("was stopped while it wrote"), "{said}");
    assert!(!told(&ended(&["check", "unit"])).contains("was stopped"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_read_only_file_is_not_replaced_by_another() {
        let folder = Files::of(SONGJIANG).write();
        let handed_in = folder.path().join("tables.xlsx");
        fs::write(&handed_in, "handed in").unwrap();
        fs::set_permissions(&handed_in, fs::Permissions::from_mode(0o444)).unwrap();
        // Root may write to any file.
        let allowed = fs::File::options().write(true).open(&handed_in).is_ok();
        let ended = run(folder.path(), &["export", "--out", "tables.xlsx"]);
        if allowed {
            assert_eq!(ended.status.code(), Some(0));
            return;
        }
        assert_eq!(ended.status.code(), Some(2));
        assert_eq!(fs::read(&handed_in).unwrap(), b"handed in");
        assert!(told(&ended).contains("permission denied"), "{}", told(&ended));
        assert!(told(&ended).contains("check the permissions"), "{}", told(&ended));
    }

    #[test]
    fn an_output_that_is_a_link_to_itself_stays_one() {
        let folder = Files::of(SONGJIANG).write();
        let link = folder.path().join("loop.xlsx");
        symlink("loop.xlsx", &link).unwrap();
        let ended = run(folder.path(), &["export", "--out", "loop.xlsx"]);
        assert_eq!(ended.status.code(), Some(2));
        assert!(told(&ended).contains("in a circle"), "{}", told(&ended));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_standard_output_is_told() {
        let folder = Files::of(SONGJIANG).write();
        let cache = TempDir::new().unwrap();
        let printed: [&[&str]; 5] = [
            &["totals"],
            &["export", "--out", "-"],
            &["schema", "project"],
            &["--help"],
            &["check", "--help"],
        ];
        for arguments in printed {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let ended = shenbao(folder.path(), cache.path(), arguments).stdout(full).output().unwrap();
            assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
            assert!(told(&ended).contains("the disk is full"), "{}", told(&ended));
        }
    }
}
