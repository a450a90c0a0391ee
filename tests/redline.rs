//! `shenbao build --against`: the same pages with what changed in them marked.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::Files;
use support::{Order, Run, listing, pages, run, sample, shenbao, squeezed};
use tempfile::TempDir;

const NETWORK: &str = "projects/1-big-data-network.toml";

fn sample_files() -> Files {
    Files::of("data/songjiang-2024")
}

/// The sample with a cheaper service, and with the price that follows from it in the text.
fn cheaper() -> Files {
    sample_files().change(NETWORK, "amount = \"800万元\"", "amount = \"750万元\"")
}

fn redline(files: &Files, against: &Path, options: &[&str]) -> Vec<u8> {
    let folder = files.write();
    let out = folder.path().join("redline.pdf");
    let mut command = shenbao(folder.path());
    command.args(["build", ".", "--out", "redline.pdf", "--against"]).arg(against).args(options);
    run(&mut command).ended_with(0);
    fs::read(out).unwrap()
}

#[test]
fn a_changed_amount_stands_beside_the_old_one_in_text_and_form() {
    let pages = pages(&redline(&cheaper(), &sample("songjiang-2024"), &["--lang", "zh"]), Order::Raw);
    let first = squeezed(&pages[0]);
    for said in ["修订对照", "不作报送", "18,081,000.0017,531,000.00−550,000.00", "10,180,000.009,630,000.00"]
    {
        assert!(first.contains(said), "{said} in {first}");
    }
    let rest: String = pages[1..].iter().map(|page| squeezed(page)).collect();
    for said in ["1808.10万元1753.10万元", "2024年预算合计1018万元963万元", "10,180,000.009,630,000.00"]
    {
        assert!(rest.contains(said), "{said}");
    }
    assert_eq!(rest.matches("7,044,200.00").count(), 4, "the other projects are as they were");
}

#[test]
fn what_is_the_same_is_not_marked() {
    let pages = pages(&redline(&sample_files(), &sample("songjiang-2024"), &["--lang", "zh"]), Order::Raw);
    assert!(squeezed(&pages[0]).contains("有改动的文字和单元格：0处。"), "{}", pages[0]);
}

#[test]
fn projects_that_went_and_came_are_both_there_and_the_bookmarks_hold_no_marks() {
    let training =
        fs::read_to_string(sample("songjiang-2024").join("projects/4-contract-staff.toml")).unwrap();
    let training = training.replace("编外人员工作经费", "专题培训");
    let files = sample_files().without("projects/2-portal.toml").with("projects/5-training.toml", training);
    let pdf = redline(&files, &sample("songjiang-2024"), &["--lang", "zh"]);
    let text = squeezed(&pages(&pdf, Order::Raw).concat());
    assert!(text.contains("门户网站管理") && text.contains("专题培训"));
    assert!(!text.contains(['\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}']));
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let toc = document.get_toc().unwrap().toc;
    assert!(toc.iter().any(|entry| entry.title.contains("门户网站管理")));
    assert!(toc.iter().all(|entry| !entry.title.contains(['\u{E000}', '\u{E002}'])), "{toc:?}");
}

#[test]
fn a_department_and_a_self_evaluation_are_compared_as_well() {
    let department = Files::of("data/qingxi-2026")
        .change("department.toml", "amount   = \"18万元\"", "amount   = \"20万元\"")
        .change("department.toml", "target = \"≥ 60 场\"", "target = \"≥ 70 场\"");
    let options = ["--department", "--lang", "zh"];
    let pages = pages(&redline(&department, &sample("qingxi-2026"), &options), Order::Raw);
    let said: String = pages.iter().map(|page| squeezed(page)).collect();
    for part in ["年度主要任务合计5,650,000.005,670,000.00+20,000.00", "49.5051.50", "阅读活动场次≥6070场"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    let results = "results/1-school-meals.toml";
    let text = fs::read_to_string(sample("shiqiao-2026").join(results)).unwrap();
    let evaluation =
        Files::of("data/shiqiao-2026").with(results, text.replace("388.46万元", "368.46万元").as_str());
    let options = ["--evaluation", "--lang", "zh", "--no-check"];
    let pages = support::pages(&redline(&evaluation, &sample("shiqiao-2026"), &options), Order::Raw);
    let said: String = pages.iter().map(|page| squeezed(page)).collect();
    assert!(said.contains("388.46368.46") && said.contains("97.9%92.86%"), "{said}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let status =
        Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap().status;
    assert!(status.success(), "{arguments:?}");
}

/// A repository whose last commit is the sample, and whose working tree has an edit.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    let unit = folder.path().join("unit");
    fs::create_dir_all(unit.join("projects")).unwrap();
    let put = |files: &Files| {
        files.names().iter().for_each(|name| fs::write(unit.join(name), files.bytes(name)).unwrap());
    };
    put(&sample_files());
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "as submitted"]);
    put(&cheaper());
    folder
}

fn against(folder: &Path, what: &str) -> Run {
    run(shenbao(folder).args(["build", "unit", "--lang", "zh", "--ui", "en", "--against", what]))
}

#[test]
fn a_revision_of_git_serves_as_well_and_the_file_is_named_apart() {
    let folder = repository();
    against(folder.path(), "HEAD").ended_with(0);
    let out = folder.path().join("out");
    assert_eq!(listing(&out), ["unit.redline.zh.pdf"]);
    let first = squeezed(&pages(&fs::read(out.join("unit.redline.zh.pdf")).unwrap(), Order::Raw)[0]);
    assert!(first.contains("−550,000.00"), "{first}");
}

#[test]
fn what_cannot_be_compared_with_is_told_and_nothing_is_built() {
    let folder = repository();
    let unknown = against(folder.path(), "v9").ended_with(1);
    assert!(unknown.stderr.contains("v9"), "{}", unknown.stderr);
    let broken = cheaper().change(NETWORK, "\"750万元\"", "\"750\"").write();
    let told = against(folder.path(), broken.path().to_str().unwrap()).ended_with(1);
    assert!(told.stderr.contains("SB102"), "{}", told.stderr);
    assert!(!folder.path().join("out").exists());
}
