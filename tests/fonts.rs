//! Fonts: which are found and remembered, and what is said of a character or a font that is missing.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use common::{Files, repository};
use support::{Run, listing, run, sample, shenbao};
use tempfile::TempDir;

const PORTAL: &str = "projects/2-portal.toml";

/// Line and column where `needle` stands in a file, as an editor counts them.
fn place_of(files: &Files, file: &str, needle: char) -> String {
    let text = files.text(file);
    let line = text.lines().position(|line| line.contains(needle)).unwrap();
    let column = text.lines().nth(line).unwrap().chars().position(|ch| ch == needle).unwrap();
    format!("{file}:{}:{}:", line + 1, column + 1)
}

/// Builds a declaration that cannot be printed; gives its findings, one a line, with the folder left out.
fn refused(files: &Files) -> String {
    let folder = files.write();
    let out = TempDir::new().unwrap();
    let mut command = shenbao(out.path());
    command.arg("build").arg(folder.path()).args(["--message-format", "short", "--out", "a.pdf"]);
    let said = run(&mut command).ended_with(1).stderr;
    assert_eq!(listing(out.path()), [] as [String; 0]);
    said.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_character_that_no_font_has_is_told_at_its_line_and_column() {
    let good = Files::of("data/songjiang-2024");
    for (file, old, new) in [
        (PORTAL, "zh = \"门户网站管理\"", "zh = \"门户ꀀ网站管理\""),
        (PORTAL, "en = \"Portal website management\"", "en = \"Portal 😀 website management\""),
        (PORTAL, "设{{subproject.count}}个子项目", "设{{subproject.count}}ก个子项目"),
        (PORTAL, "\"门户网站测评数\"", "\"门户网站测评\u{2ffff}数\""),
        (PORTAL, "target = \"达标\"", "target = \"达标\u{1f4af}\""),
        (PORTAL, "持续提高区门户网站", "持续提高区ꀀ门户网站"),
        (PORTAL, "\"网站视频新闻服务费\"", "\"网站视频新闻ꀀ服务费\""),
        ("declaration.toml", "\"上海市松江区大数据中心\"", "\"上海市松江区ꀀ大数据中心\""),
        ("declaration.toml", "（共{{budget_units}}个", "（共ꀀ{{budget_units}}个"),
    ] {
        let files = good.clone().change(file, old, new);
        let rare = new.chars().find(|ch| !old.contains(*ch)).unwrap();
        let said = refused(&files);
        let place = place_of(&files, file, rare);
        assert!(said.contains(&format!("{place} error[SB502]: ")), "{place} is not in {said}");
        assert!(said.contains(&format!("U+{:04X}", u32::from(rare))), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn every_missing_character_of_all_files_is_told_in_one_run() {
    let files = Files::of("data/songjiang-2024")
        .change(PORTAL, "zh = \"门户网站管理\"", "zh = \"门户ꀀ网站管理\"")
        .change(PORTAL, "持续提高区门户网站", "持续提高区ก门户网站")
        .change("declaration.toml", "（共{{budget_units}}个", "（共ꀀ{{budget_units}}个");
    let said = refused(&files);
    assert_eq!(said.matches("error[SB502]").count(), 3, "{said}");
}

#[test]
fn a_private_or_a_control_character_is_told_as_what_it_is() {
    let good = Files::of("data/songjiang-2024");
    for (escape, words) in [("\\uE000", "private character"), ("\\u0007", "control character")] {
        let name = format!("zh = \"门户{escape}网站管理\"");
        let said = refused(&good.clone().change(PORTAL, "zh = \"门户网站管理\"", &name));
        assert!(said.contains(&format!("{PORTAL}:8:22: error[SB502]: ")) && said.contains(words), "{said}");
    }
}

#[test]
fn a_draft_and_a_redline_refuse_what_pdf_a_forbids_at_its_place() {
    let good = Files::of("data/songjiang-2024");
    let old = good.write();
    for (escape, place) in [("\\uFEFF", "8:22"), ("\\u0000", "8:22")] {
        let name = format!("zh = \"门户{escape}网站管理\"");
        let folder = good.clone().change(PORTAL, "zh = \"门户网站管理\"", &name).write();
        for extra in [&["--no-check"][..], &["--against", old.path().to_str().unwrap()]] {
            let mut command = shenbao(folder.path());
            command.arg("build").args(extra).args(["--message-format", "short"]);
            let said = run(&mut command).ended_with(1).stderr;
            assert!(said.contains(&format!("{PORTAL}:{place}: error[SB345]: ")), "{extra:?} {said}");
            assert!(!said.contains("SB503"), "{said}");
        }
    }
}

#[test]
fn a_rare_character_that_the_font_has_prints() {
    let files =
        Files::of("data/songjiang-2024").change(PORTAL, "zh = \"门户网站管理\"", "zh = \"𰻞门户龘网站\"");
    let pdf = support::build(files.write().path(), &["--lang", "zh"]);
    let text = support::pages(&pdf, support::Order::Raw).join("");
    assert!(support::squeezed(&text).contains("——𰻞门户龘网站"), "{text}");
}

/// Runs `build` or `fonts` without the system's fonts.
fn without_system_fonts(command: &str, folder: &Path, font_path: &Path, ui: &str) -> Run {
    let mut command_line = shenbao(folder);
    command_line.arg(command).arg(sample("linjiang-2023")).args(["--ignore-system-fonts", "--ui", ui]);
    run(command_line.arg("--font-path").arg(font_path))
}

#[test]
#[cfg_attr(feature = "embed-fonts", ignore = "the program brings a font")]
fn no_chinese_font_is_an_error_that_tells_how_to_install_one() {
    let folder = TempDir::new().unwrap();
    for command in ["build", "fonts"] {
        for ui in ["zh", "en"] {
            let said = without_system_fonts(command, folder.path(), folder.path(), ui).ended_with(1).stderr;
            for help in
                ["[SB501]", "apt-get install", "dnf install", "brew install", "Windows", "--font-path"]
            {
                assert!(said.contains(help), "{help}: {said}");
            }
        }
    }
    assert_eq!(listing(folder.path()), [] as [String; 0]);
}

#[test]
fn the_table_of_fonts_has_a_row_for_each_role() {
    let folder = TempDir::new().unwrap();
    let shown = run(shenbao(folder.path()).args(["fonts", "--ui", "en"])).ended_with(0);
    let roles = ["titles", "headings", "subheadings", "the text", "the form", "Latin letters"];
    let (table, files) = shown.stdout.split_once("\n\n").unwrap();
    let lines: Vec<&str> = table.lines().map(str::trim).collect();
    assert_eq!(lines.len(), 1 + roles.len(), "{}", shown.stdout);
    for (role, line) in roles.iter().zip(&lines[1..]) {
        assert!(line.starts_with(role), "{line}");
    }
    let files: Vec<&str> = files.lines().map(str::trim).collect();
    for pair in files.chunks(2) {
        assert!(table.contains(pair[0]) && Path::new(pair[1]).is_file(), "{pair:?}");
    }
    assert!(shown.stdout.lines().all(|line| line.chars().count() <= 80), "{}", shown.stdout);
    let of_declaration = run(shenbao(&sample("linjiang-2023")).args(["fonts", "--ui", "zh"])).ended_with(0);
    for role in ["标题", "一级标题", "二级标题", "正文", "表格", "西文"] {
        assert!(of_declaration.stdout.contains(role), "{}", of_declaration.stdout);
    }
}

/// The file that a table of fonts names for the text.
fn file_of_text(shown: &str) -> PathBuf {
    let (table, files) = shown.split_once("\n\n").unwrap();
    let line = table.lines().find(|line| line.trim().starts_with("the text")).unwrap();
    let files: Vec<&str> = files.lines().map(str::trim).collect();
    PathBuf::from(files.chunks(2).find(|pair| line.contains(pair[0])).unwrap()[1])
}

/// A Chinese font file of this machine, as `shenbao fonts` names it for the text.
fn chinese_font() -> PathBuf {
    let shown = run(shenbao(&repository("data")).args(["fonts", "--ui", "en"])).ended_with(0).stdout;
    file_of_text(&shown)
}

/// A folder of fonts, and a cache of its own.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        let bench = Bench { folder: TempDir::new().unwrap() };
        fs::create_dir(bench.fonts()).unwrap();
        bench
    }

    fn fonts(&self) -> PathBuf {
        self.folder.path().join("fonts")
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn add_font(&self, name: &str) {
        fs::hard_link(chinese_font(), self.fonts().join(name))
            .or_else(|_| fs::copy(chinese_font(), self.fonts().join(name)).map(drop))
            .unwrap();
    }

    /// Runs `shenbao fonts` with the folder's fonts alone.
    fn run(&self) -> Run {
        let mut command: Command = shenbao(self.folder.path());
        command.env("XDG_CACHE_HOME", self.cache()).args(["fonts", "--ignore-system-fonts"]);
        run(command.arg("--font-path").arg(self.fonts()))
    }

    /// The only file of the cache.
    fn index(&self) -> PathBuf {
        let names = listing(&self.cache().join("shenbao"));
        assert_eq!(names.len(), 1, "{names:?}");
        self.cache().join("shenbao").join(&names[0])
    }
}

/// Puts a file's time into the past, so that a rewrite shows.
fn age(file: &Path) -> SystemTime {
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().append(true).open(file).unwrap().set_modified(past).unwrap();
    past
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

#[test]
fn fonts_are_indexed_once() {
    let bench = Bench::new();
    bench.add_font("a.ttc");
    let first = bench.run().ended_with(0);
    let past = age(&bench.index());
    assert_eq!(bench.run().ended_with(0).stdout, first.stdout);
    assert_eq!(modified(&bench.index()), past);
}

#[test]
#[cfg_attr(feature = "embed-fonts", ignore = "the program brings a font")]
fn a_font_that_is_added_or_removed_is_noticed() {
    let bench = Bench::new();
    bench.run().ended_with(1);
    bench.add_font("a.ttc");
    assert!(bench.run().ended_with(0).stdout.contains("a.ttc"));
    let past = age(&bench.index());
    fs::rename(bench.fonts().join("a.ttc"), bench.fonts().join("b.ttc")).unwrap();
    assert!(bench.run().ended_with(0).stdout.contains("b.ttc"));
    assert_ne!(modified(&bench.index()), past);
    fs::create_dir(bench.fonts().join("below")).unwrap();
    fs::rename(bench.fonts().join("b.ttc"), bench.fonts().join("below/c.ttc")).unwrap();
    assert!(bench.run().ended_with(0).stdout.contains("c.ttc"));
    fs::remove_file(bench.fonts().join("below/c.ttc")).unwrap();
    assert!(bench.run().ended_with(1).stderr.contains("SB501"));
}

#[test]
fn a_damaged_index_is_rebuilt() {
    let bench = Bench::new();
    bench.add_font("a.ttc");
    let first = bench.run().ended_with(0);
    let good = fs::read(bench.index()).unwrap();
    let halved = good[..good.len() / 2].to_vec();
    let scrambled = String::from_utf8_lossy(&good).replace("\"family\"", "\"familie\"").into_bytes();
    for damage in [b"".to_vec(), b"nonsense\n".to_vec(), b"\xff\xfe\x00".to_vec(), halved, scrambled] {
        fs::write(bench.index(), &damage).unwrap();
        assert_eq!(bench.run().ended_with(0).stdout, first.stdout);
        assert!(fs::read(bench.index()).unwrap() == good);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let bench = Bench::new();
    bench.add_font("a.ttc");
    fs::write(bench.cache(), "a file where a folder should be").unwrap();
    let run = bench.run().ended_with(0);
    assert!(run.stdout.contains("a.ttc") && run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn fonts_beside_the_declaration_come_first() {
    let folder = Files::of("data/linjiang-2023").write();
    fs::create_dir(folder.path().join("fonts")).unwrap();
    fs::copy(chinese_font(), folder.path().join("fonts/own.ttc")).unwrap();
    let shown = run(shenbao(folder.path()).args(["fonts", "--ui", "en"])).ended_with(0).stdout;
    assert!(file_of_text(&shown).ends_with("own.ttc"), "{shown}");
}

/// What `build` says of a declaration with these bytes as the font file `fonts/own.ttc`.
fn said_of(bytes: &[u8], ui: &str) -> String {
    let folder = Files::of("data/linjiang-2023").write();
    fs::create_dir(folder.path().join("fonts")).unwrap();
    fs::write(folder.path().join("fonts/own.ttc"), bytes).unwrap();
    let out = TempDir::new().unwrap();
    let mut command = shenbao(out.path());
    command.arg("build").arg(folder.path()).args(["--ui", ui, "--lang", "zh", "--out", "a.pdf"]);
    let built = run(&mut command).ended_with(0).stderr;
    let text = support::pages(&fs::read(out.path().join("a.pdf")).unwrap(), support::Order::Raw).join("");
    assert!(support::squeezed(&text).contains("临江区文化和旅游局"), "{text}");
    let shown = run(shenbao(folder.path()).args(["fonts", "--ui", ui])).ended_with(0);
    assert!(!shown.stdout.contains("own.ttc") && shown.stderr.contains("own.ttc"), "{}", shown.stdout);
    built
}

#[test]
fn a_damaged_font_file_is_named_and_the_next_font_serves() {
    let good = fs::read(chinese_font()).unwrap();
    let mut blank = good.clone();
    let half = blank.len() / 3;
    blank[half..].fill(0);
    for bytes in [&good[..good.len() / 2], &good[..good.len() - 4096], &good[..200], &[], &blank] {
        let said = said_of(bytes, "en");
        let line = said.lines().find(|line| line.contains("own.ttc")).unwrap_or_else(|| panic!("{said}"));
        assert!(line.contains("SB505") && line.contains("is damaged"), "{said}");
    }
    assert!(said_of(&good[..good.len() / 2], "zh").contains("已损坏"));
    assert!(said_of(b"<!doctype html>", "en").contains("is not a font file"));
    assert!(said_of(b"wOF2 and the rest", "en").contains("unsupported format"));
}

#[test]
fn the_index_remembers_a_damaged_font_until_it_is_replaced() {
    let bench = Bench::new();
    bench.add_font("a.ttc");
    let good = fs::read(chinese_font()).unwrap();
    fs::write(bench.fonts().join("b.ttc"), &good[..good.len() / 2]).unwrap();
    for _ in 0..2 {
        let run = bench.run().ended_with(0);
        assert!(run.stderr.contains("b.ttc"), "{}", run.stderr);
    }
    fs::write(bench.fonts().join("b.ttc"), &good).unwrap();
    assert!(bench.run().ended_with(0).stderr.is_empty());
}

#[test]
fn a_font_that_was_damaged_and_kept_its_time_and_size_is_named() {
    let bench = Bench::new();
    let file = bench.fonts().join("a.ttc");
    fs::copy(chinese_font(), &file).unwrap();
    bench.run().ended_with(0);
    let (time, length) = (modified(&file), fs::metadata(&file).unwrap().len());
    fs::write(&file, vec![0; usize::try_from(length).unwrap()]).unwrap();
    fs::File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
    let said = bench.run().stderr;
    assert!(said.contains("a.ttc"), "{said}");
}

fn word(font: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([font[at], font[at + 1]]))
}

fn long(font: &[u8], at: usize) -> usize {
    u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize
}

/// The places of a table's entry in the directory of each face that has one.
fn entries(font: &[u8], tag: &[u8; 4]) -> Vec<usize> {
    let count = if font.starts_with(b"ttcf") { long(font, 8) } else { 0 };
    let heads: Vec<usize> = (0..count).map(|face| long(font, 12 + 4 * face)).collect();
    let heads = if heads.is_empty() { vec![0] } else { heads };
    let of_face = |head: usize| {
        let mut entries = (0..word(font, head + 4)).map(|table| head + 12 + 16 * table);
        entries.find(|at| &font[*at..*at + 4] == tag)
    };
    heads.into_iter().filter_map(of_face).collect()
}

#[test]
fn a_font_whose_tables_hold_nothing_is_damaged() {
    let good = fs::read(chinese_font()).unwrap();
    for tag in [b"hmtx", b"cmap", b"head", b"maxp", b"hhea", b"CFF ", b"loca", b"glyf"] {
        let mut bytes = good.clone();
        let entries = entries(&good, tag);
        for entry in &entries {
            let (from, length) = (long(&good, entry + 8), long(&good, entry + 12));
            bytes[from..from + length].fill(0);
        }
        // Outlines are in CFF, or in loca and glyf.
        if !entries.is_empty() {
            let said = said_of(&bytes, "en");
            let table = String::from_utf8_lossy(tag);
            assert!(said.contains("SB505") && said.contains("is damaged"), "{table}: {said}");
        }
    }
}

#[test]
fn a_font_without_a_table_that_it_needs_is_damaged() {
    let good = fs::read(chinese_font()).unwrap();
    for tag in [b"hmtx", b"cmap", b"head", b"maxp"] {
        let mut bytes = good.clone();
        entries(&good, tag).into_iter().for_each(|entry| bytes[entry..entry + 4].copy_from_slice(b"zzzz"));
        let (said, table) = (said_of(&bytes, "en"), String::from_utf8_lossy(tag));
        assert!(said.contains("SB505") && said.contains("is damaged"), "{table}: {said}");
    }
}

#[test]
fn one_bad_face_of_a_collection_is_named_and_the_others_serve() {
    let mut bytes = fs::read(chinese_font()).unwrap();
    let (all, bench) = (entries(&bytes, b"hmtx"), Bench::new());
    assert!(all.len() > 1, "the font for tests is a collection");
    // The last face gets a table beyond the end of the file.
    let last = all[all.len() - 1];
    bytes[last + 8..last + 12].copy_from_slice(&u32::MAX.to_be_bytes());
    fs::write(bench.fonts().join("own.ttc"), bytes).unwrap();
    let shown = bench.run().ended_with(0);
    assert!(shown.stderr.contains("own.ttc") && shown.stderr.contains("damaged"), "{}", shown.stderr);
    assert!(file_of_text(&shown.stdout).ends_with("own.ttc"), "{}", shown.stdout);
}

/// A font file whose families are called `name` in an encoding of a platform, and nothing else.
fn renamed(mut font: Vec<u8>, name: &[u8], platform: u16, encoding: u16) -> Vec<u8> {
    for table in entries(&font, b"name") {
        let names = long(&font, table + 8);
        let storage = names + word(&font, names + 4);
        for record in (0..word(&font, names + 2)).map(|record| names + 6 + 12 * record) {
            if word(&font, record + 6) == 1 {
                let text = storage + word(&font, record + 10);
                font[text..text + name.len()].copy_from_slice(name);
                font[record..record + 2].copy_from_slice(&platform.to_be_bytes());
                font[record + 2..record + 4].copy_from_slice(&encoding.to_be_bytes());
                let length = u16::try_from(name.len()).unwrap();
                font[record + 8..record + 10].copy_from_slice(&length.to_be_bytes());
            }
        }
    }
    font
}

#[test]
fn a_font_with_its_names_in_gbk_serves_and_prints() {
    let good = fs::read(chinese_font()).unwrap();
    let fang_song = b"\xb7\xc2\xcb\xce_GB2312";
    for (platform, encoding) in [(3, 3), (1, 25), (1, 0)] {
        let folder = Files::of("data/linjiang-2023").write();
        fs::create_dir(folder.path().join("fonts")).unwrap();
        let bytes = renamed(good.clone(), fang_song, platform, encoding);
        fs::write(folder.path().join("fonts/own.ttc"), bytes).unwrap();
        let shown = run(shenbao(folder.path()).args(["fonts", "--ui", "en"])).ended_with(0).stdout;
        assert!(shown.contains("仿宋_GB2312") && file_of_text(&shown).ends_with("own.ttc"), "{shown}");
        let pdf = support::build(folder.path(), &["--lang", "zh"]);
        let text = support::squeezed(&support::pages(&pdf, support::Order::Raw).join(""));
        assert!(text.contains("根据全面实施预算绩效管理的要求"), "{text}");
    }
}
