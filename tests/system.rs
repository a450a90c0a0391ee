//! What is said when the system refuses a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use assert_cmd::Command;

/// What a command says that cannot write, in a language.
fn said(arguments: &[&str], ui: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let mut command = Command::cargo_bin("shenbao").unwrap();
    let output = command.current_dir(folder.path()).args(arguments).args(["--ui", ui]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

const NAMES: [&str; 6] =
    ["--unit", "某区图书馆", "--department", "某区文化和旅游局", "--project", "全民阅读推广"];

fn new(folder: &str, ui: &str) -> String {
    said(&[&["new", folder], NAMES.as_slice()].concat(), ui)
}

#[cfg(unix)]
#[test]
fn a_folder_below_a_file_is_refused_in_the_users_words() {
    let zh = "不能写入：路径中有一段是文件，不是文件夹\n请检查路径的写法\n";
    assert_eq!(said(&["man", "file/man"], "zh"), format!("file/man {zh}"));
    assert_eq!(
        said(&["man", "file/man"], "en"),
        "file/man cannot be written: a part of the path is a file, not a folder\ncheck the path\n"
    );
    assert_eq!(new("file/new-2025", "zh"), format!("file/new-2025 {zh}"));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_too_long_is_refused_in_the_users_words() {
    let name = format!("{}-2025", "a".repeat(300));
    let text = new(&name, "en");
    assert!(
        text.contains("cannot be written: the name is too long, or has characters that are not allowed\n"),
        "{text}"
    );
    let text = said(&["man", &name], "zh");
    assert!(text.contains("不能写入：文件名太长，或有不允许的字符\n"), "{text}");
}

#[test]
fn no_number_of_an_error_is_shown() {
    for ui in ["zh", "en"] {
        for text in [said(&["man", "file"], ui), new("file/new-2025", ui)] {
            assert!(!text.contains("os error") && !text.contains('('), "{text}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_a_full_disk_does_not_take_is_a_failure_with_its_reason() {
    for (ui, expected) in
        [("zh", "不能输出：磁盘已满\n"), ("en", "the output cannot be written: the disk is full\n")]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let program = env!("CARGO_BIN_EXE_shenbao");
        let mut command = std::process::Command::new(program);
        let output = command.args(["explain", "SB310", "--ui", ui]).stdout(full).output().unwrap();
        assert_eq!(
            (String::from_utf8(output.stderr).unwrap().as_str(), output.status.code()),
            (expected, Some(2))
        );
    }
}
