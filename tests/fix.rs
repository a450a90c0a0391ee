//! `shenbao check --fix`: what it fixes, and what it leaves as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use shenbao::fix::{self, fix};

const PROJECT: &str = "projects/1-reading.toml";

/// The clean declaration with three mistakes that can be fixed and a comment beside one of them.
fn mistaken() -> Files {
    Files::of("tests/rules/base")
        .change(PROJECT, "target = \"≤ 30.00 天\"", "target   =   '48小时内'   # 采购部门的承诺")
        .change(PROJECT, "target = \"≥ 98.00 %\"", "target = \"\"\"\n≥ 100.00 %\"\"\"")
        .change(PROJECT, "target = \"≥ 24.00 场\"", "target = \"\\u6bcf\\u6708不少于两次\"")
}

/// The same after the fixes, and with nothing else changed.
fn fixed(files: &Files) -> String {
    let text = files.text(PROJECT);
    let text = text.replace("48小时内", "≤ 48 小时").replace("≥ 100.00 %", "= 100.00 %");
    text.replace("\\u6bcf\\u6708不少于两次", "≥ 2 次/月")
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command
        .current_dir(folder)
        .args(["check", "--ui", "en", "--only", "SB420,SB422"])
        .args(arguments)
        .output()
        .unwrap()
}

fn read(folder: &Path) -> String {
    String::from_utf8(fs::read(folder.join(PROJECT)).unwrap()).unwrap()
}

#[test]
fn fixes_change_what_is_wrong_and_not_a_byte_besides() {
    let files = mistaken();
    let folder = files.write();
    let output = run(folder.path(), &["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(read(folder.path()), fixed(&files));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        told.trim_start_matches("./"),
        "projects/1-reading.toml: 3 fixed\n3 fixed in 1 file\n1 declaration checked: 0 errors, 0 warnings, 0 notes\n"
    );
}

#[test]
fn fixing_twice_changes_nothing_more() {
    let folder = mistaken().write();
    run(folder.path(), &["--fix"]);
    let once = read(folder.path());
    let output = run(folder.path(), &["--fix"]);
    assert_eq!(read(folder.path()), once);
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("nothing to fix automatically\n"));
}

#[test]
fn a_dry_run_prints_the_patch_and_writes_nothing() {
    let files = mistaken();
    let folder = files.write();
    let output = run(folder.path(), &["--fix", "--dry-run"]);
    assert_eq!(read(folder.path()), files.text(PROJECT));
    assert_eq!(output.status.code(), Some(0));
    let patch = String::from_utf8(output.stdout).unwrap();
    let changed: Vec<&str> = patch.lines().filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(
        changed,
        [
            "--- a/projects/1-reading.toml",
            "+++ b/projects/1-reading.toml",
            "-target = \"\\u6bcf\\u6708不少于两次\"",
            "+target = \"≥ 2 次/月\"",
            "-≥ 100.00 %\"\"\"",
            "+= 100.00 %\"\"\"",
            "-target   =   '48小时内'   # 采购部门的承诺",
            "+target   =   '≤ 48 小时'   # 采购部门的承诺",
        ]
    );
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "3 to fix in 1 file; run without --dry-run to write them\n"
    );
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_stay() {
    let files = mistaken();
    let windows = |text: String| [b"\xef\xbb\xbf".as_slice(), text.replace('\n', "\r\n").as_bytes()].concat();
    let folder = files.clone().with(PROJECT, windows(files.text(PROJECT).to_owned())).write();
    run(folder.path(), &["--fix"]);
    assert_eq!(fs::read(folder.path().join(PROJECT)).unwrap(), windows(fixed(&files)));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let files = mistaken();
    let folder = files.write();
    let (path, elsewhere) = (folder.path().join(PROJECT), folder.path().join("elsewhere.toml"));
    fs::rename(&path, &elsewhere).unwrap();
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&elsewhere, &path).unwrap();
    run(folder.path(), &["--fix"]);
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), fixed(&files));
    assert_eq!(fs::metadata(&elsewhere).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is() {
    let folder = mistaken().write();
    let plan = fix(folder.path(), false, |_| true);
    let path = folder.path().join(PROJECT);
    fs::write(&path, "# another editor was faster\n").unwrap();
    assert!(fix::write(&plan.files[0]).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "# another editor was faster\n");
}

#[test]
fn a_sign_that_nobody_wrote_is_never_put_in_by_itself() {
    for target in ["95%", "200次", "2小时", "每月两次", "达到95%", "100%完成"] {
        let files = Files::of("tests/rules/base").change(
            PROJECT,
            "target = \"≥ 98.00 %\"",
            &format!("target = \"{target}\""),
        );
        let folder = files.write();
        let found = run(folder.path(), &[]);
        assert!(String::from_utf8(found.stdout).unwrap().contains("SB420"), "{target}");
        run(folder.path(), &["--fix"]);
        assert_eq!(read(folder.path()), files.text(PROJECT), "{target}");
    }
}

#[test]
fn what_was_accepted_is_not_fixed() {
    let files = mistaken();
    let accept = "\n[[accept]]\ncode   = \"SB422\"\nwhere  = \"reading\"\nreason = \"系统导出的格式\"\n";
    let head = format!("{}{accept}", files.text("declaration.toml"));
    let folder = files.with("declaration.toml", head).write();
    run(folder.path(), &["--fix"]);
    let text = read(folder.path());
    assert!(text.contains("≥ 100.00 %") && text.contains("≤ 48 小时"));
}

#[test]
fn only_the_codes_that_are_asked_for_are_fixed() {
    let folder = mistaken().write();
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder.path()).args(["check", "--fix", "--only", "SB422"]).output().unwrap();
    let text = read(folder.path());
    assert!(text.contains("= 100.00 %") && text.contains("48小时内"));
}

#[test]
fn a_guess_at_what_a_broken_file_means_is_left_to_people() {
    let files = mistaken().change(PROJECT, "nature   =", "natur    =");
    let folder = files.write();
    let output = run(folder.path(), &["--fix"]);
    assert_eq!(read(folder.path()), files.text(PROJECT));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn every_fix_of_the_reference_document_holds_and_is_made_once() {
    let folder = Files::of("tests/reference/songjiang-published").write();
    let before = Checked::of(folder.path());
    let first = fix(folder.path(), false, |_| true);
    assert_eq!(first.refused, []);
    assert_eq!(first.files.len(), 5, "a title, and something in each project");
    first.files.iter().for_each(|file| fix::write(file).unwrap());
    let after = Checked::of(folder.path());
    assert_eq!(totals(&after), totals(&before));
    assert_eq!(after.findings(), before.findings());
    let again = fix(folder.path(), false, |_| true);
    assert_eq!((again.files, again.refused), (Vec::new(), Vec::new()));
    let text = fs::read_to_string(folder.path().join("projects/1-big-data-network.toml")).unwrap();
    for fixed in ["管理办法", "各行政部门", "政务云", "≤ 48 小时", "≤ 20.00 万元"] {
        assert!(text.contains(fixed), "{fixed}");
    }
    for left in ["辦", "門", "務", "48小时内"] {
        assert!(!text.contains(left), "{left}");
    }
}

/// What the form prints of each project.
fn totals(checked: &Checked) -> Vec<String> {
    checked.ledger().projects.iter().map(|project| project.total.rounded.amount.form()).collect()
}

#[test]
fn a_dry_run_wants_fix() {
    let folder = mistaken().write();
    assert_eq!(run(folder.path(), &["--dry-run"]).status.code(), Some(2));
}

const NETWORK: &str = "projects/1-network.toml";

#[test]
fn slips_that_keep_a_file_from_loading_are_fixed_in_several_rounds() {
    let good = Files::good();
    let bad = good
        .clone()
        .change("declaration.toml", "form = \"shanghai-2024\"", "form ＝ “shanghai-2024”")
        .change("declaration.toml", "amount = \"300万元\"", "amount = \"300万\"")
        .change(NETWORK, "name = \"线路租用\"", "名称 = \"线路租用\"")
        .change(NETWORK, "price = \"20万元\"", "price = \"２０万元\"");
    let folder = bad.write();
    run(folder.path(), &["--fix"]);
    for name in ["declaration.toml", NETWORK] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), good.text(name));
    }
}

#[test]
fn a_file_typed_with_signs_and_spaces_of_full_width_is_fixed_at_once() {
    let good = Files::good();
    let names = ["declaration.toml", NETWORK];
    let is_text = |value: &str| value == "'''" || value == "\"\"\"";
    let typed = |text: &str| -> String {
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            // Texts of several lines hide what stands behind them, and are left to people.
            Some((key, value)) if !line.starts_with(['#', ' ']) && !is_text(value) => {
                let value = value.replace("{ ", "{　").replace(" }", "　}").replace(" = ", "　＝　");
                format!("{}　＝　{value}\n", key.replace(' ', "　"))
            }
            _ => format!("{line}\n"),
        });
        lines.collect()
    };
    let bad = names.into_iter().fold(good.clone(), |files, name| {
        let text = good.text(name);
        files.with(name, typed(text))
    });
    let folder = bad.write();
    run(folder.path(), &["--fix"]);
    for name in names {
        let fixed = fs::read_to_string(folder.path().join(name)).unwrap();
        let table = |text: &str| text.parse::<toml::Table>().unwrap();
        assert_eq!(table(&fixed), table(good.text(name)), "{name}: {fixed}");
    }
}

#[test]
fn an_invisible_character_is_deleted_where_it_breaks_a_value_or_a_key() {
    let good = Files::good();
    let bad = good.clone().change(NETWORK, "quantity = 4", "\u{2060}quantity = 4").change(
        NETWORK,
        "price = \"20万元\"",
        "price = \"20\u{200b}万元\"",
    );
    let folder = bad.write();
    run(folder.path(), &["--fix"]);
    assert_eq!(fs::read_to_string(folder.path().join(NETWORK)).unwrap(), good.text(NETWORK));
}

#[test]
fn a_suggested_fix_is_applied_only_when_asked_for() {
    let good = Files::good();
    let bad = good.clone().change(NETWORK, "nature = ", "natur = ");
    let folder = bad.write();
    let output = run(folder.path(), &["--fix"]);
    assert_eq!(fs::read_to_string(folder.path().join(NETWORK)).unwrap(), bad.text(NETWORK));
    assert_eq!(output.status.code(), Some(1));
    run(folder.path(), &["--fix", "--suggested"]);
    assert_eq!(fs::read_to_string(folder.path().join(NETWORK)).unwrap(), good.text(NETWORK));
}

#[test]
fn an_error_without_a_fix_is_reported_beside_the_others_that_are_fixed() {
    let bad = Files::good().change(NETWORK, "price = \"20万元\"", "price = \"36,8万元\"").change(
        NETWORK,
        "name = \"线路租用\"",
        "名称 = \"线路租用\"",
    );
    let folder = bad.write();
    let output = run(folder.path(), &["--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("SB101"));
    let text = fs::read_to_string(folder.path().join(NETWORK)).unwrap();
    assert!(text.contains("\nname = \"线路租用\"") && text.contains("36,8万元"));
}

#[test]
fn a_dry_run_shows_the_patch_and_the_errors_and_ends_with_1() {
    let bad = Files::good().change(NETWORK, "price = \"20万元\"", "price = \"２０万元\"").change(
        "declaration.toml",
        "date = 2023-11-20",
        "date = 2023-02-30",
    );
    let folder = bad.write();
    let output = run(folder.path(), &["--fix", "--dry-run"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("+price = \"20万元\""));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("SB201") && told.contains("SB101"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join(NETWORK)).unwrap(), bad.text(NETWORK));
}
