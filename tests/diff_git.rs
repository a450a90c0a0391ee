//! The history of the sample in a git repository: what `shenbao diff` says of each edit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::Files;
use tempfile::TempDir;

const HEAD: &str = "declaration.toml";
const NETWORK: &str = "projects/1-big-data-network.toml";
const PORTAL: &str = "projects/2-portal.toml";
const STAFF: &str = "projects/4-contract-staff.toml";

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("shenbao").unwrap().current_dir(folder).arg("diff").args(arguments).output().unwrap()
}

/// What the user sees, and the exit status.
fn told(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| std::str::from_utf8(bytes).unwrap());
    let err = if err.is_empty() { String::new() } else { format!("── stderr\n{err}") };
    format!("{out}{err}── {}\n", output.status.code().unwrap())
}

/// A repository with the sample as its first commit.
struct History {
    folder: TempDir,
    name: String,
    files: Files,
}

impl History {
    fn new() -> History {
        let folder = TempDir::new().unwrap();
        git(folder.path(), &["init", "-q"]);
        let mut history =
            History { folder, name: "songjiang-2024".to_owned(), files: Files::of("data/songjiang-2024") };
        history.write();
        history
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Commits the files as they are now.
    fn write(&mut self) {
        for entry in fs::read_dir(self.path()).unwrap().map(Result::unwrap) {
            if entry.file_name() != ".git" {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
        for name in self.files.names() {
            let path = self.path().join("data").join(&self.name).join(&name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, self.files.bytes(&name)).unwrap();
        }
        git(self.path(), &["add", "-A"]);
        git(self.path(), &["commit", "-q", "--allow-empty", "-m", "edit"]);
    }

    /// Commits an edit and keeps what the program says of it.
    fn edit(&mut self, name: &str, arguments: &[&str], edit: impl FnOnce(Files) -> Files) {
        self.files = edit(std::mem::take(&mut self.files));
        self.write();
        let output = diff(self.path(), &[&["HEAD~1..HEAD"], arguments].concat());
        insta::assert_snapshot!(name, told(&output));
    }
}

const ZH: &[&str] = &["--ui", "zh"];
const EN: &[&str] = &["--ui", "en"];
const ZH_MARKDOWN: &[&str] = &["--ui", "zh", "--format", "markdown"];
const EN_MARKDOWN: &[&str] = &["--ui", "en", "--format", "markdown"];

/// The text from `from` up to `to`, and the file without it.
fn cut(files: Files, name: &str, from: &str, to: &str) -> (Files, String) {
    let text = files.text(name).to_owned();
    let start = text.find(from).unwrap();
    let end = start + text[start..].find(to).unwrap();
    let files = files.with(name, format!("{}{}", &text[..start], &text[end..]));
    (files, text[start..end].to_owned())
}

fn rename(files: Files, from: &str, to: &str) -> Files {
    let bytes = files.bytes(from).to_owned();
    files.without(from).with(to, bytes)
}

fn replace(files: Files, name: &str, old: &str, new: &str) -> Files {
    let text = files.text(name).to_owned();
    assert!(text.contains(old), "{old}");
    files.with(name, text.replace(old, new))
}

#[test]
fn money_is_followed_from_the_line_that_changed_up_to_the_whole() {
    let mut history = History::new();
    history.edit("01_price_changed", ZH, |files| files.change(NETWORK, "\"4万元\"", "\"4.5万元\""));
    history.edit("02_quantity_changed", EN, |files| files.change(PORTAL, "quantity = 24", "quantity = 12"));
    history.edit("03_amount_changed_and_its_share_followed", ZH_MARKDOWN, |files| {
        files.change(NETWORK, "\"800万元\"", "\"750万元\"")
    });
    history.edit("04_item_moved_between_subprojects", ZH, |files| {
        let (files, block) = cut(
            files,
            NETWORK,
            "[[subproject.cost]]\nid     = \"internal-review\"",
            "[[subproject.cost]]\nid       = \"unit-reviews\"",
        );
        files.change(NETWORK, "# ── 项目经费情况说明", &format!("{block}\n# ── 项目经费情况说明"))
    });
    history.edit("05_subprojects_reordered", EN, |files| {
        let (files, block) =
            cut(files, PORTAL, "[[subproject]]\nid     = \"video-news\"", "# ── 项目经费情况说明");
        files.change(
            PORTAL,
            "[[subproject]]\nid     = \"assessment\"",
            &format!("{block}[[subproject]]\nid     = \"assessment\""),
        )
    });
    history.edit("06_subproject_removed", ZH, |files| {
        let (mut files, _) =
            cut(files, PORTAL, "[[subproject]]\nid   = \"translation\"", "[[subproject]]\nid   = \"survey\"");
        for (from, to) in
            [("（2）{{subproject.translation", "（3）"), ("(2) {{subproject.translation", "(3) ")]
        {
            files = cut(files, PORTAL, from, to).0;
            files = cut(files, PORTAL, from, to).0;
        }
        files
    });
    history.edit("07_other_funds_added", EN, |files| {
        let files = files.change(PORTAL, "other        = \"0元\"", "other        = \"10万元\"");
        files.change(PORTAL, "carried_over = \"0元\"", "carried_over = \"2万元\"")
    });
    history.edit("08_rounding_changed", ZH, |files| files.change(HEAD, "\"100元\"", "\"1000元\""));
    history.edit("09_unit_of_an_amount_rewritten", EN, |files| {
        files.change(PORTAL, "amount = \"20万元\"", "amount = \"200,000元\"")
    });
    history.edit("10_sum_split_into_lines", EN, |files| {
        let lines = "[[subproject.cost]]\nname = \"平台测评\"\namount = \"5万元\"\n\
                     [[subproject.cost]]\nname = \"报告编制\"\namount = \"3.2万元\"\n";
        files.change(PORTAL, "amount = \"8万元\"\n", lines)
    });
}

#[test]
fn what_has_another_name_or_place_is_told_as_that() {
    let mut history = History::new();
    history.edit("11_project_renamed", ZH, |files| {
        let files = files.change(PORTAL, "zh = \"门户网站管理\"", "zh = \"政府网站管理\"");
        files.change(PORTAL, "en = \"Portal website management\"", "en = \"Government website management\"")
    });
    history.edit("12_file_renumbered", EN, |files| rename(files, STAFF, "projects/7-contract-staff.toml"));
    history.edit("13_projects_reordered", ZH, |files| {
        let files = rename(files, "projects/7-contract-staff.toml", "projects/01-contract-staff.toml");
        let files = rename(files, "projects/3-operations.toml", "projects/4-operations.toml");
        let files = rename(files, PORTAL, "projects/3-portal.toml");
        rename(files, NETWORK, "projects/02-big-data-network.toml")
    });
    history.edit("14_project_id_renamed", EN, |files| {
        rename(files, "projects/3-portal.toml", "projects/3-website.toml")
    });
    history.edit("15_subproject_id_renamed", ZH, |files| {
        let files =
            replace(files, "projects/3-website.toml", "{{subproject.survey.", "{{subproject.website-survey.");
        files.change("projects/3-website.toml", "id   = \"survey\"", "id   = \"website-survey\"")
    });
    history.edit("16_cost_renamed", EN, |files| {
        let name = "projects/01-contract-staff.toml";
        files.change(name, "zh = \"餐费\", en = \"Meals\"", "zh = \"伙食补助\", en = \"Meal allowance\"")
    });
    history.name = "songjiang-2025".to_owned();
    history.edit("17_year_rolled_over", ZH, |files| {
        let mut files = files;
        for name in files.names() {
            let text = files.text(&name).replace("2025-", "2026-").replace("2024-", "2025-");
            files = files.with(
                &name,
                text.replace("year      = 2024", "year      = 2025").replace("= 2023-11-20", "= 2024-11-18"),
            );
        }
        files
    });
}

#[test]
fn a_subproject_that_went_into_another_project_is_told_as_moved() {
    let mut history = History::new();
    history.edit("18_subproject_moved_to_another_project", ZH, |files| {
        let (files, block) =
            cut(files, PORTAL, "[[subproject]]\nid     = \"video-news\"", "# ── 项目经费情况说明");
        let mut files =
            files.change(NETWORK, "# ── 项目经费情况说明", &format!("{block}# ── 项目经费情况说明"));
        for (from, to) in [("（4）{{subproject.video", "'''"), ("(4) {{subproject.video", "'''")] {
            files = cut(files, PORTAL, from, to).0;
            files = cut(files, PORTAL, from, to).0;
        }
        files
    });
}

#[test]
fn indicators_goals_and_texts_are_told_by_what_they_say() {
    let mut history = History::new();
    history.edit("21_indicator_tightened", ZH, |files| {
        let files = files.change(NETWORK, "target = \"≤ 48.00 小时\"", "target = \"≤ 24 小时\"");
        files.change(NETWORK, "target = \"≥ 4.00 次\"", "target = \">= 4次\"")
    });
    let added = "\n[[indicator]]\nkind = \"质量指标\"\nname = { zh = \"报告合格率\", en = \"Reports accepted\" }\ntarget = \"= 100 %\"\n";
    history.edit("22_indicator_added", EN, |files| {
        let text = files.text(PORTAL).to_owned() + added;
        files.with(PORTAL, text)
    });
    history.edit("23_indicator_removed", ZH_MARKDOWN, |files| files.change(PORTAL, added, ""));
    history.edit("24_paragraph_rewritten", ZH, |files| {
        let old = "两人服从科室领导安排，完成各自岗位的任务；相应经费由中心发放。";
        let new = "两人由科室统一管理，按月考核，全年经费33.08万元由中心发放。";
        files.change(STAFF, old, new)
    });
    history.edit("25_number_replaced_by_a_value", EN, |files| files.change(STAFF, "33.08万元", "{{total}}"));
    history.edit("26_sentence_added_and_another_corrected", EN_MARKDOWN, |files| {
        let old = "Its budget for {{year}} is {{total}}.";
        let new = "Its budget for the year {{year}} is {{total}}.\nIt is paid monthly | in *cash*.";
        files.change(STAFF, old, new)
    });
    history.edit("27_goal_changed", ZH, |files| {
        files.change(PORTAL, "共12份；英文版每周更新新闻3～4篇", "共12份；英文版每周更新新闻4～5篇")
    });
    history.edit("30_target_becomes_a_range", ZH, |files| {
        files.change(NETWORK, "target = \">= 4次\"", "target = \"4～8 次\"")
    });
    history.edit("30_range_narrowed", EN, |files| files.change(NETWORK, "\"4～8 次\"", "\"4-6次\""));
    history.edit("28_whitespace_of_a_text_only", EN, |files| {
        let old = "本项目保障2名非编人员的用人经费，由{{cost.names}}组成。\n";
        let new = "  本项目保障2名非编人员的用人经费，\n由{{ cost.names }}组成。  \n";
        files.change(STAFF, old, new)
    });
    history.edit("29_comment_and_order_of_keys_only", ZH, |files| {
        let files = files.change(HEAD, "# 主管部门", "# 主管");
        files.change(PORTAL, "quantity = 24\nunit     = \"次\"\n", "unit = \"次\"\nquantity = 24.0\n")
    });
}

#[test]
fn what_comes_and_goes_is_told_and_what_cannot_be_read_does_not_hide_the_rest() {
    let mut history = History::new();
    let project = "name = \"网络安全演练\"\nnature = \"一次性项目\"\ncategory = \"特定目标类\"\n\
        start = 2024-03-01\nend = 2024-09-30\n[[cost]]\nname = \"演练服务费\"\namount = \"15万元\"\n\
        [narrative]\noverview = \"演练一次，预算{{total}}。\"\n[goal]\noverall = \"完成演练。\"\n\
        [[indicator]]\nkind = \"数量指标\"\nname = \"演练次数\"\ntarget = \"≥ 1 次\"\n";
    let drill = "projects/5-drill.toml";
    history.edit("31_project_added", ZH, |files| files.with(drill, project));
    history.edit("32_language_added", EN, |files| {
        let files = files.change(
            drill,
            "name = \"网络安全演练\"",
            "name = { zh = \"网络安全演练\", en = \"Security drill\" }",
        );
        let files = files.change(
            drill,
            "overview = \"演练一次，预算{{total}}。\"",
            "overview = { zh = \"演练一次，预算{{total}}。\", en = \"One drill, {{total}}.\" }",
        );
        files.change(
            drill,
            "overall = \"完成演练。\"",
            "overall = { zh = \"完成演练。\", en = \"Drill done.\" }",
        )
    });
    history.edit("33_project_deleted", EN, |files| files.without(drill));
    history.edit("34_broken_file", ZH, |files| {
        let files = files.change(PORTAL, "amount = \"20万元\"", "amount = \"20\"");
        files.change(STAFF, "\"9600元\"", "\"9900元\"")
    });
    history.edit("35_broken_declaration", EN, |files| files.change(HEAD, "[unit]", "[unit"));
}

#[test]
fn folders_that_are_new_deleted_or_untracked_are_told() {
    let mut history = History::new();
    assert_eq!(told(&diff(history.path(), &["--ui", "en"])), "── stderr\nno differences\n── 0\n");
    let small = Files::good();
    for name in small.names() {
        let path = history.path().join("small").join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, small.bytes(&name)).unwrap();
    }
    insta::assert_snapshot!("41_folder_added", told(&diff(history.path(), &["--ui", "en", "--exit-code"])));
    assert_eq!(told(&diff(history.path(), &["data", "--ui", "zh"])), "── stderr\n没有差别\n── 0\n");
    git(history.path(), &["add", "-A"]);
    git(history.path(), &["commit", "-q", "-m", "small"]);
    fs::remove_dir_all(history.path().join("small")).unwrap();
    insta::assert_snapshot!(
        "42_folder_deleted",
        told(&diff(history.path(), &["HEAD", "small", "--ui", "zh"]))
    );
    history.write();
    let below = history.path().join("data");
    insta::assert_snapshot!("43_from_a_folder_below", told(&diff(&below, &["HEAD~1...HEAD", "--ui", "en"])));
}

#[test]
fn a_revision_that_there_is_not_is_wrong_usage() {
    let history = History::new();
    for wrong in ["nowhere", "HEAD..nowhere", "HEAD..", "--output=x"] {
        let output = diff(history.path(), &[wrong, "--ui", "en"]);
        let expected = if wrong == "HEAD.." { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(expected), "{wrong}: {}", told(&output));
    }
    for nothing in [["HEAD", "nowhere"], ["HEAD", "data/other"]] {
        let output = diff(history.path(), &[&nothing[..], &["--ui", "en"]].concat());
        assert_eq!(output.status.code(), Some(2), "{nothing:?}");
        assert!(told(&output).contains("neither version has a declaration there"), "{}", told(&output));
    }
    let outside = TempDir::new().unwrap();
    let output = diff(outside.path(), &["--ui", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("outside a git repository, name the two folders"), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn the_driver_and_the_alias_of_the_page_work_in_git() {
    use std::os::unix::fs::PermissionsExt;
    let page = fs::read_to_string(common::repository("docs/diff.md")).unwrap();
    let script = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let tools = TempDir::new().unwrap();
    let driver = tools.path().join("shenbao-git-diff");
    fs::write(&driver, script).unwrap();
    fs::set_permissions(&driver, fs::Permissions::from_mode(0o755)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_shenbao")).parent().unwrap();
    let path = [tools.path(), program].map(|folder| folder.display().to_string()).join(":");
    let path = format!("{path}:{}", std::env::var("PATH").unwrap());

    let mut history = History::new();
    let command = |line: &str| line.trim().strip_prefix("git config ").map(str::to_owned);
    let settings: Vec<String> = page.lines().filter_map(command).collect();
    for setting in &settings {
        let (key, value) = setting.split_once(' ').unwrap();
        git(history.path(), &["config", key, value.trim_matches('\'')]);
    }
    assert_eq!(settings.len(), 2);
    let attributes = "declaration.toml diff=shenbao\n**/projects/*.toml diff=shenbao\n";
    assert!(page.contains(&attributes.replace("**", "    **").replace("declaration", "    declaration")));
    history.files = history.files.clone().change(NETWORK, "\"800万元\"", "\"750万元\"").without(STAFF);
    history.write();
    fs::write(history.path().join(".gitattributes"), attributes).unwrap();
    let run = |folder: &Path, arguments: &[&str]| {
        let mut git = Command::new("git");
        let output = git.current_dir(folder).env("PATH", &path).env("LC_ALL", "C").args(arguments).output();
        told(&output.unwrap())
    };
    let shown = run(history.path(), &["diff", "HEAD~1", "HEAD"]);
    let heads: Vec<&str> = shown.lines().filter(|line| line.starts_with("── data/")).collect();
    assert_eq!(heads.len(), 2, "{shown}");
    assert!(shown.contains("800万元") || shown.contains("8,000,000 → 7,500,000"), "{shown}");
    assert!(shown.contains("(deleted)") || shown.contains("（删除）"), "{shown}");
    let below = history.path().join("data");
    let budget = run(&below, &["budget", "HEAD~1..HEAD", "songjiang-2024", "--ui", "en"]);
    assert!(budget.starts_with("songjiang-2024: CNY 18,081,000 → CNY 17,200,200"), "{budget}");
}
