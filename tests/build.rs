//! `shenbao build`: which files it writes, where, and what it says.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::Files;
use support::{Order, Run, listing, pages, run, sample, shenbao};
use tempfile::TempDir;

/// Runs `shenbao build` in `folder` with a line of arguments.
fn build_in(folder: &Path, arguments: &str) -> Run {
    run(shenbao(folder).arg("build").args(arguments.split_whitespace()))
}

/// A folder that holds the small declaration as `unit`.
fn with_unit() -> TempDir {
    let folder = TempDir::new().unwrap();
    put(&Files::small(), &folder.path().join("unit"));
    folder
}

fn put(files: &Files, folder: &Path) {
    for name in files.names() {
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, files.bytes(&name)).unwrap();
    }
}

impl Files {
    /// A declaration of one project, without a finding.
    fn small() -> Files {
        let good = Files::of("data/linjiang-2023");
        good.without("projects/1-local-collections.toml").change(
            "declaration.toml",
            "languages = [\"zh\", \"en\"]",
            "languages = [\"zh\"]",
        )
    }
}

/// How many pages the small declaration has.
fn small_pages() -> usize {
    static COUNT: LazyLock<usize> =
        LazyLock::new(|| pages(&support::build(Files::small().write().path(), &[]), Order::Raw).len());
    *COUNT
}

/// The names of its pages' pictures.
fn picture_names(stem: &str, ending: &str) -> Vec<String> {
    (1..=small_pages()).map(|number| format!("{stem}-{number:02}.{ending}")).collect()
}

#[test]
fn the_default_is_out_and_the_folders_name() {
    let folder = with_unit();
    build_in(folder.path(), "unit").ended_with(0);
    build_in(folder.path(), "unit --lang en").ended_with(0);
    assert_eq!(listing(&folder.path().join("out")), ["unit.en.pdf", "unit.pdf"]);
}

#[test]
fn inside_a_declaration_no_folder_needs_a_name() {
    let folder = with_unit();
    let inside = folder.path().join("unit");
    build_in(&inside, "").ended_with(0);
    build_in(&inside, ". --out ..").ended_with(0);
    assert_eq!(listing(&inside.join("out")), ["unit.pdf"]);
    assert_eq!(listing(folder.path()), ["unit", "unit.pdf"]);
}

#[test]
fn above_declarations_all_of_them_are_built() {
    let folder = TempDir::new().unwrap();
    put(&Files::small(), &folder.path().join("2023/north"));
    put(&Files::small(), &folder.path().join("2023/south"));
    put(&Files::small(), &folder.path().join(".hidden/old"));
    build_in(folder.path(), "").ended_with(0);
    assert_eq!(listing(&folder.path().join("out")), ["north.pdf", "south.pdf"]);
}

#[test]
fn out_names_a_file_or_a_folder() {
    let folder = with_unit();
    build_in(folder.path(), "unit --out here/mine.pdf").ended_with(0);
    build_in(folder.path(), "unit --out there --lang zh").ended_with(0);
    assert_eq!(listing(&folder.path().join("here")), ["mine.pdf"]);
    assert_eq!(listing(&folder.path().join("there")), ["unit.zh.pdf"]);
    assert_eq!(listing(folder.path()), ["here", "there", "unit"]);
}

#[test]
fn several_declarations_go_into_a_folder_but_not_into_a_file() {
    let folder = with_unit();
    let songjiang = sample("songjiang-2024").display().to_string();
    build_in(folder.path(), &format!("unit {songjiang} --out all --lang zh")).ended_with(0);
    assert_eq!(listing(&folder.path().join("all")), ["songjiang-2024.zh.pdf", "unit.zh.pdf"]);
    let refused = build_in(folder.path(), &format!("unit {songjiang} --out one.pdf")).ended_with(2);
    assert!(refused.stderr.contains("--out"), "{}", refused.stderr);
    assert_eq!(listing(folder.path()), ["all", "unit"]);
}

#[test]
fn two_declarations_of_one_name_are_not_written_over_each_other() {
    let folder = TempDir::new().unwrap();
    put(&Files::small(), &folder.path().join("north/2023"));
    put(&Files::small(), &folder.path().join("south/2023"));
    let refused = build_in(folder.path(), "").ended_with(2);
    assert!(refused.stderr.contains("north") && refused.stderr.contains("south"), "{}", refused.stderr);
    assert_eq!(listing(folder.path()), ["north", "south"]);
}

#[test]
fn one_bad_declaration_among_several_does_not_stop_the_others() {
    let folder = with_unit();
    let bad = Files::small().change("projects/2-venue-safety.toml", "\"21.4万元\"", "\"21.4\"");
    put(&bad, &folder.path().join("bad"));
    let run = build_in(folder.path(), "bad unit").ended_with(1);
    assert!(run.stderr.contains("SB102"), "{}", run.stderr);
    assert_eq!(listing(&folder.path().join("out")), ["unit.pdf"]);
}

#[test]
fn png_writes_one_picture_a_page() {
    let folder = with_unit();
    build_in(folder.path(), "unit --format png").ended_with(0);
    let out = folder.path().join("out");
    assert_eq!(listing(&out), picture_names("unit", "png"));
    for name in listing(&out) {
        let bytes = fs::read(out.join(name)).unwrap();
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        // A4 at 144 pixels an inch.
        assert_eq!((number(16), number(20)), (1191, 1684));
    }
}

#[test]
fn svg_writes_one_drawing_a_page() {
    let folder = with_unit();
    build_in(folder.path(), "unit --format svg --lang zh").ended_with(0);
    let out = folder.path().join("out");
    assert_eq!(listing(&out), picture_names("unit.zh", "svg"));
    for name in listing(&out) {
        let text = fs::read_to_string(out.join(&name)).unwrap();
        assert!(text.starts_with("<svg ") && text.contains("viewBox=\"0 0 595.27"), "{name}");
        assert_well_formed(&text);
    }
}

/// Every tag that opens closes, in the right order.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1).map(|rest| rest.split_once('>').unwrap().0) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.trim()));
        } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) {
            open.push(tag.split_whitespace().next().unwrap());
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn pages_of_an_earlier_longer_document_are_removed() {
    let folder = with_unit();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    for number in 1..=small_pages() + 3 {
        fs::write(out.join(format!("unit-{number:02}.png")), "old").unwrap();
    }
    for name in ["other-09.png", "unit-2023.png", "unit-99.svg"] {
        fs::write(out.join(name), "not of this document").unwrap();
    }
    build_in(folder.path(), "unit --format png").ended_with(0);
    let mut wanted = picture_names("unit", "png");
    assert!(wanted.iter().all(|name| fs::read(out.join(name)).unwrap().len() > 1000));
    wanted.extend(["other-09.png", "unit-2023.png", "unit-99.svg"].map(str::to_owned));
    wanted.sort();
    assert_eq!(listing(&out), wanted);
}

#[test]
fn the_summary_goes_to_stderr_and_tells_file_pages_size_time_and_total() {
    let folder = with_unit();
    let english = build_in(folder.path(), "unit --ui en").ended_with(0);
    let chinese = build_in(folder.path(), "unit --ui zh").ended_with(0);
    assert_eq!((english.stdout.as_str(), chinese.stdout.as_str()), ("", ""));
    let size = fs::metadata(folder.path().join("out/unit.pdf")).unwrap().len().div_ceil(1024);
    let pages = small_pages();
    let last = |run: &Run| run.stderr.lines().last().unwrap().to_owned();
    let (english, chinese) = (last(&english), last(&chinese));
    assert!(english.starts_with(&format!("out/unit.pdf  {pages} pages  {size} KB  ")), "{english}");
    assert!(english.ends_with(" s  total CNY 58.6247 million"), "{english}");
    assert!(chinese.starts_with(&format!("out/unit.pdf  {pages} 页  {size} KB  ")), "{chinese}");
    assert!(chinese.ends_with(" 秒  合计 5862.47万元"), "{chinese}");
}

#[test]
fn messages_follow_the_locale_unless_told_otherwise() {
    let folder = TempDir::new().unwrap();
    let say = |locale: &str, options: &[&str]| {
        let mut command = shenbao(folder.path());
        command.env("LC_ALL", locale).args(["build", "missing"]).args(options);
        run(&mut command).ended_with(2).stderr
    };
    assert!(say("zh_CN.UTF-8", &[]).contains("错误[SB001]"));
    assert!(say("en_US.UTF-8", &[]).contains("error[SB001]"));
    assert!(say("C", &[]).contains("error[SB001]"));
    assert!(say("zh_CN.UTF-8", &["--ui", "en"]).contains("error[SB001]"));
    assert!(say("en_US.UTF-8", &["--ui", "zh"]).contains("错误[SB001]"));
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let folder = TempDir::new().unwrap();
    let colourful = |option: &str| build_in(folder.path(), option).ended_with(2).stderr.contains("\x1b[");
    assert!(!colourful("missing"));
    assert!(!colourful("missing --color never"));
    assert!(colourful("missing --color always"));
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = with_unit();
    for arguments in ["unit --bogus", "unit --lang fr", "unit --format docx", "missing", "unit missing"] {
        build_in(folder.path(), arguments).ended_with(2);
    }
}

#[test]
fn findings_come_as_json_on_request() {
    let folder = TempDir::new().unwrap();
    let bad = Files::small().change("projects/2-venue-safety.toml", "\"21.4万元\"", "\"21.4\"");
    put(&bad, &folder.path().join("bad"));
    let run = build_in(folder.path(), "bad --message-format json").ended_with(1);
    let json: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    let finding = &json[0];
    assert_eq!((finding["code"].as_str(), finding["severity"].as_str()), (Some("SB102"), Some("error")));
    assert!(finding["message"]["zh"].is_string() && finding["message"]["en"].is_string());
    let label = &finding["labels"][0];
    assert_eq!(label["path"], Path::new("bad/projects/2-venue-safety.toml").display().to_string());
    let line = bad.text("projects/2-venue-safety.toml").lines().position(|line| line.contains("\"21.4\""));
    assert_eq!(label["line"].as_u64(), line.map(|line| line as u64 + 1));
    assert_eq!(label["column"].as_u64(), Some(10));
    let good = build_in(with_unit().path(), "unit --message-format json").ended_with(0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&good.stderr).unwrap(), serde_json::json!([]));
}
