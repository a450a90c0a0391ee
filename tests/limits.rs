//! The limits that docs/limits.md states: what is just within, what is just beyond, and what is said of it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{Checked, Files, repository};
use shenbao::diagnostic::Format;
use shenbao::lang::Lang;
use shenbao::source;

const PROJECT: &str = "projects/1-network.toml";

/// Whether every part stands in what is said in one language or the other.
#[track_caller]
fn assert_says(checked: &Checked, parts: &[&str]) {
    let text = Lang::ALL.map(|lang| checked.told(Format::Human, lang)).concat();
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

fn program(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.args(args).current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("LANG").output().unwrap()
}

#[track_caller]
fn assert_refuses(output: &Output, code: i32, parts: &[&str]) {
    let text =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

/// A file of so many bytes, of which the disk holds none.
fn sparse(path: &Path, length: u64) {
    File::create(path).unwrap().set_len(length).unwrap();
}

#[test]
fn a_file_of_more_than_4_mb_is_refused() {
    for name in ["declaration.toml", PROJECT, "projects/9-video.toml", "department.toml"] {
        let folder = Files::good().write();
        sparse(&folder.path().join(name), source::LARGEST + 1);
        let checked = Checked::of(folder.path());
        assert!(checked.findings().contains(&format!("SB016 {name}")), "{:?}", checked.findings());
        assert_says(&checked, &["文件超过 4 MB", "the file is larger than 4 MB"]);
    }
}

#[test]
fn fmt_and_its_standard_input_take_4_mb() {
    let folder = tempfile::tempdir().unwrap();
    sparse(&folder.path().join("a.toml"), source::LARGEST + 1);
    assert_refuses(
        &program(folder.path(), &["fmt", "a.toml"]),
        2,
        &["SB001", "the file is larger than is allowed"],
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    let piped = command.args(["fmt", "-", "--ui", "zh"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // The program stops reading at its limit.
    let line = vec![b'#'; 1 << 20];
    while input.write_all(&line).is_ok() {}
    drop(input);
    assert_refuses(&child.wait_with_output().unwrap(), 2, &["SB001", "文件超过允许的大小"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_not_waited_for() {
    let folder = Files::good().write();
    let pipe = folder.path().join("projects/9-pipe.toml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(Command::new("mkfifo").arg(folder.path().join("notes")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("projects/8-zero.toml")).unwrap();
    let checked = Checked::of(folder.path());
    let expected = ["SB001 projects/8-zero.toml", "SB001 projects/9-pipe.toml"];
    assert!(
        expected.iter().all(|one| checked.findings().contains(&(*one).to_owned())),
        "{:?}",
        checked.findings()
    );
    assert_says(&checked, &["这是管道或设备，不是文件", "it is a pipe or a device, not a file"]);
}

#[test]
fn a_text_of_1_mb_is_read_and_one_byte_more_is_not() {
    let with = |bytes: usize| {
        let name = "a".repeat(bytes);
        let old =
            Files::good().text(PROJECT).lines().find(|line| line.starts_with("name")).unwrap().to_owned();
        Files::good().change(PROJECT, &old, &format!("name = \"{name}\""))
    };
    let read = |files: Files| shenbao::load::load(files.write().path()).diagnostics;
    assert!(!read(with(1_000_000)).iter().any(|finding| finding.code.0 == 16));
    assert!(read(with(1_000_001)).iter().any(|finding| finding.code.0 == 16));
    let long =
        Files::good().change(PROJECT, "zh = '''\n", &format!("zh = '''\n{}\n", "字".repeat(333_334))).check();
    assert_says(&long, &["个字符，超过 1 MB", "characters is longer than 1 MB"]);
}

#[test]
fn a_declaration_takes_10_000_projects() {
    let folder = Files::good().write();
    for number in 0..=10_000 {
        File::create(folder.path().join(format!("projects/{number}-p{number}.toml"))).unwrap();
    }
    let checked = Checked::of(folder.path());
    assert!(checked.findings().contains(&"SB016 projects".to_owned()), "{:?}", checked.findings());
    assert_says(&checked, &["一份申报最多 10000 个", "a declaration takes 10000 at most", "shenbao book"]);
}

#[test]
fn a_file_of_a_project_has_a_number_of_six_digits() {
    let files = |number: &str| {
        let text = Files::good().text(PROJECT).to_owned();
        Files::good().without(PROJECT).with(&format!("projects/{number}-network.toml"), text).check()
    };
    assert!(!files("999999").diagnostics.has_errors());
    assert!(files("1000000").findings().contains(&"SB011 projects/1000000-network.toml".to_owned()));
}

#[test]
fn brackets_and_dots_go_80_deep() {
    let deep = |line: String| {
        let text = format!("{line}\n{}", Files::good().text(PROJECT));
        Files::good().with(PROJECT, text).check()
    };
    let shapes: [fn(usize) -> String; 3] = [
        |depth| format!("x = {}{}", "[".repeat(depth), "]".repeat(depth)),
        |depth| format!("x = {}1{}", "{ a = ".repeat(depth), " }".repeat(depth)),
        |depth| format!("x{} = 1", ".a".repeat(depth)),
    ];
    for shape in shapes {
        assert_says(&deep(shape(79)), &["这个键", "unknown key"]);
        for depth in [81, 100_000] {
            assert_says(&deep(shape(depth)), &["最多 80 层", "more than 80 deep"]);
        }
    }
}

#[test]
fn an_amount_goes_up_to_ten_million_times_a_billion() {
    let with = |amount: &str| {
        let files = Files::of("data/songjiang-2024");
        files
            .change(
                "projects/1-big-data-network.toml",
                "amount = \"6万元\"",
                &format!("amount = \"{amount}\""),
            )
            .check()
    };
    for within in ["100000000亿元", "10,000,000,000,000,000元", "0.01元"] {
        assert!(!with(within).diagnostics.has_errors(), "{within}");
    }
    for beyond in ["100000000.00000001亿元", "10000000000000000.01元"] {
        let checked = with(beyond);
        assert!(
            checked.findings().iter().any(|one| one.starts_with("SB103")),
            "{beyond}: {:?}",
            checked.findings()
        );
        assert_says(
            &checked,
            &["金额超过上限 10,000,000,000,000,000元", "above the limit of 10,000,000,000,000,000元"],
        );
    }
    assert_says(&with("0.001元"), &["0.01元"]);
}

#[test]
fn years_go_from_2000_to_2099() {
    let with = |year: i16| {
        let old = "year      = 2024";
        Files::of("data/songjiang-2024").change("declaration.toml", old, &format!("year = {year}")).check()
    };
    let refused = |year: i16| with(year).findings().iter().any(|one| one.starts_with("SB201"));
    assert_eq!([1999, 2000, 2099, 2100].map(refused), [true, false, false, true]);
    assert_says(&with(1999), &["超出范围：2000 至 2099", "out of range: 2000 to 2099"]);
}

#[test]
fn declarations_are_found_seven_folders_down() {
    let folder = tempfile::tempdir().unwrap();
    let at = |depth: usize| folder.path().join("a/".repeat(depth)).join("unit");
    let place = |depth: usize| {
        fs::create_dir_all(at(depth)).unwrap();
        fs::copy(repository("data/songjiang-2024/declaration.toml"), at(depth).join("declaration.toml"))
            .unwrap();
    };
    place(7);
    let told = program(folder.path(), &["check"]);
    assert_refuses(&told, 1, &["declaration.toml is missing in this folder"]);
    place(6);
    assert_refuses(&program(folder.path(), &["check"]), 1, &["no project found"]);
}

#[test]
fn import_takes_files_of_64_mb() {
    let folder = tempfile::tempdir().unwrap();
    sparse(&folder.path().join("a.docx"), (64 << 20) + 1);
    let refused = ["larger than 64 MB", "keep the tables and texts of the declaration alone"];
    assert_refuses(&program(folder.path(), &["import", "a.docx", "unit"]), 2, &refused);
    assert!(!folder.path().join("unit").exists());
}

#[cfg(unix)]
#[test]
fn import_reads_what_a_pipe_brings_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "没有申报的内容\n").unwrap()
    });
    assert_refuses(&program(folder.path(), &["import", "pipe", "unit"]), 2, &["no project"]);
    writer.join().unwrap();
}

#[test]
fn a_name_longer_than_the_disk_allows_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (sample, name) = (repository("data/songjiang-2024"), format!("{}.xlsx", "长".repeat(100)));
    let told = program(folder.path(), &["export", sample.to_str().unwrap(), "--out", &name]);
    assert_refuses(&told, 2, &["the name is too long"]);
}

#[test]
fn a_cell_of_a_workbook_holds_32_767_characters() {
    let long = "字".repeat(32_768);
    let folder = Files::of("data/songjiang-2024")
        .change(
            "projects/1-big-data-network.toml",
            "zh = \"数据安全专项检查项目\"",
            &format!("zh = \"{long}\""),
        )
        .write();
    let told = program(folder.path(), &["export", ".", "--out", "a.xlsx"]);
    assert_refuses(&told, 2, &["a text has more than 32,767 characters"]);
    assert!(!folder.path().join("a.xlsx").exists());
}

#[test]
fn findings_far_down_a_large_file_point_to_their_lines() {
    let items: String = (0..2_000).map(|at| format!("[[indicator]]\nkind = {at}\n")).collect();
    let text = format!("{}\n{items}", Files::good().text(PROJECT));
    let checked = Files::good().with(PROJECT, text).check();
    let told = checked.told(Format::Human, Lang::En);
    assert!(checked.diagnostics.iter().count() >= 4_000);
    // The last of them points to its own line, by its number and its text.
    let line =
        checked.sources.iter().find(|(_, file)| file.path.ends_with(PROJECT)).unwrap().1.text.lines().count();
    assert!(told.contains(&format!("{line} │ kind = 1999\n")), "{}", &told[told.len() - 2000..]);
}

#[test]
fn eight_forms_may_be_like_one_another() {
    let chain = |count: usize| {
        let mut files = Files::good().change("declaration.toml", "\"shanghai-2024\"", "\"f1\"");
        for at in 1..=count {
            let like = if at == count { "shanghai-2024".to_owned() } else { format!("f{}", at + 1) };
            files = files.with(&format!("templates/forms/f{at}/form.toml"), format!("like = \"{like}\"\n"));
        }
        files.check()
    };
    assert!(!chain(7).diagnostics.has_errors(), "{:?}", chain(7).findings());
    assert!(chain(8).findings().iter().any(|one| one.starts_with("SB013")), "{:?}", chain(8).findings());
}

#[test]
fn an_amount_is_printed_with_six_decimals() {
    let with = |decimals: usize| {
        Files::good()
            .change("declaration.toml", "{{total}}", &format!("{{{{total | 万元.{decimals}}}}}"))
            .check()
    };
    assert!(!with(6).diagnostics.has_errors());
    assert!(with(7).findings().iter().any(|one| one.starts_with("SB303")));
}

#[test]
fn corrections_are_tried_for_sixty_errors_of_a_file() {
    let fixes = |errors: usize| {
        let items: String = (0..errors)
            .map(|at| {
                format!(
                    "[[indicator]]\nkind = \"数量指标\"\nname = \"甲{at}\"\ntarget = \"≥ 3 次\"\nweihgt = 1\n"
                )
            })
            .collect();
        let text = format!("{}\n{items}", Files::good().text(PROJECT));
        let checked = Files::good().with(PROJECT, text).check();
        checked.diagnostics.iter().filter(|finding| finding.fix.is_some() && finding.code.0 == 5).count()
    };
    assert_eq!((fixes(60), fixes(61)), (60, 0));
}
