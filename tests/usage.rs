//! Wrong usage, folders named in other ways, and how much is said.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.args(args).current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("LANG").output().unwrap()
}

fn said(args: &[&str]) -> (String, Option<i32>) {
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), args);
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

const SAMPLE: &str = "data/songjiang-2024";

#[test]
fn wrong_usage_is_said_in_the_chosen_language() {
    let cases: [(&[&str], &str); 9] = [
        (&["--ui", "zh", "chek"], "错误：没有 chek 这个命令\n  建议：是不是 check？"),
        (&["check", "--ui=zh", "--foo"], "错误：未知的参数 --foo"),
        (&["totals", "--format", "xml", "--ui", "zh"], "建议：可以写：text、json"),
        (&["--ui", "zh", "totals", "--format"], "后面缺少值"),
        (&["--ui", "zh", "add", "cost", "portal"], "错误：缺少参数 --name <NAME>"),
        (&["--ui", "zh", "check", "--deny", "x"], "建议：可以写："),
        (&["chek"], "error: unknown command `chek`\n  help: did you mean check?"),
        (&["check", "--denny", "warnings"], "error: unknown argument --denny\n  help: did you mean --deny?"),
        (
            &["totals", "--format", "xml"],
            "error: --format <FORMAT> cannot be `xml`\n  help: write one of: text, json",
        ),
    ];
    for (args, expected) in cases {
        let (text, code) = said(args);
        assert!(text.contains(expected), "{args:?}\n{text}");
        assert_eq!(code, Some(2), "{args:?}");
        assert!(text.contains("--help"), "{text}");
    }
    let (text, _) = said(&["--ui", "zh", "add", "cost", "--foo"]);
    assert!(text.contains("用法：shenbao add cost"), "{text}");
    assert!(text.ends_with("说明和例子：shenbao add cost --help\n"), "{text}");
}

#[test]
fn help_and_version_are_no_errors() {
    for args in [["--help"], ["--version"]] {
        assert_eq!(said(&args), (String::new(), Some(0)));
    }
}

#[test]
fn a_file_of_a_declaration_stands_for_its_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let totals =
        |folder: &Path, named: &str| String::from_utf8(run(folder, &["totals", named]).stdout).unwrap();
    let whole = totals(root, SAMPLE);
    assert!(!whole.is_empty());
    for file in [
        "declaration.toml",
        "projects/2-portal.toml",
        "projects",
        "projects/",
        "decl*.toml",
        "project?/*.toml",
        "projects/../declaration.toml",
    ] {
        assert_eq!(totals(root, &format!("{SAMPLE}/{file}")), whole, "{file}");
    }
    let projects = root.join(SAMPLE).join("projects");
    assert_eq!(totals(&projects, "2-portal.toml"), whole);
    assert_eq!(totals(&root.join(SAMPLE), "declaration.toml"), whole);
}

#[test]
fn a_command_within_a_declaration_finds_it_above() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let within = root.join(SAMPLE).join("projects");
    assert_eq!(run(&within, &["totals"]).stdout, run(root, &["totals", SAMPLE]).stdout);
    for command in ["check", "fmt"] {
        let output = run(&within, &[command, "--ui", "en"]);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    // A folder above several declarations still means all of them.
    let output = run(&root.join("data"), &["check", "--ui", "en"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains(" declarations checked"));
}

#[test]
fn quiet_says_what_is_wrong_and_nothing_else() {
    let base = "tests/rules/base";
    assert!(said(&["check", base, "--ui", "en"]).0.contains("1 declaration checked"));
    assert_eq!(said(&["check", base, "--ui", "en", "-q"]), (String::new(), Some(0)));
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["-q", "check", SAMPLE, "--ui", "en"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("SB212"));
    assert_eq!(output.stderr, b"");
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["--quiet", "check", "nowhere", "--ui", "en"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("SB001"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn paths_for_code_hosts_are_relative_to_the_checkout() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("数据 a/b");
    std::fs::create_dir_all(folder.join(".git")).unwrap();
    std::fs::write(folder.join("declaration.toml"), "x = \n").unwrap();
    let check = |format: &str, workspace: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
        command.args(["check", ".", "--format", format]).current_dir(&folder).env_remove("GITHUB_WORKSPACE");
        command.envs(workspace.map(|root| ("GITHUB_WORKSPACE", root)));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let whole = Some(root.path());
    assert!(check("github", whole).contains("file=数据 a/b/declaration.toml,"));
    assert!(check("sarif", whole).contains("\"%E6%95%B0%E6%8D%AE%20a/b/declaration.toml\""));
    assert!(check("github", None).contains("file=declaration.toml,"));
    assert!(check("github", Some(Path::new("/nowhere"))).contains("file=declaration.toml,"));
}
