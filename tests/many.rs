//! `shenbao build` of many declarations: side by side, what has not changed left out, and nothing half written.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::Files;
use support::{Run, build, listing, run, shenbao};
use tempfile::TempDir;

const UNITS: usize = 12;

/// A folder with declarations of one small project each, in `units/`, and a cache of its own.
struct Many(TempDir);

impl Many {
    fn new() -> Many {
        let many = Many(TempDir::new().unwrap());
        for number in 1..=UNITS {
            many.put(number, &of_unit(number));
        }
        many
    }

    fn unit(&self, number: usize) -> PathBuf {
        self.path().join(format!("units/unit-{number:02}"))
    }

    fn put(&self, number: usize, files: &Files) {
        for name in files.names() {
            let path = self.unit(number).join(&name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, files.bytes(&name)).unwrap();
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = shenbao(self.path());
        command.env("XDG_CACHE_HOME", self.path().join("cache"));
        command.arg("build").args(arguments.split_whitespace());
        command
    }

    #[track_caller]
    fn build(&self, arguments: &str, status: i32) -> Run {
        run(&mut self.command(arguments)).ended_with(status)
    }

    fn pdf(&self, number: usize) -> PathBuf {
        self.path().join(format!("out/unit-{number:02}.pdf"))
    }

    /// The only file of records.
    fn records(&self) -> PathBuf {
        let folder = self.path().join("cache/shenbao/built");
        let names = listing(&folder);
        assert_eq!(names.len(), 1, "{names:?}");
        folder.join(&names[0])
    }
}

/// A declaration of one project, of a unit of its own.
fn of_unit(number: usize) -> Files {
    Files::of("data/linjiang-2023")
        .without("projects/1-local-collections.toml")
        .change("declaration.toml", "languages = [\"zh\", \"en\"]", "languages = [\"zh\"]")
        .change(
            "declaration.toml",
            "实施单位\nname = { zh = \"临江区文化和旅游局\", en = \"Linjiang District Bureau of Culture and Tourism\"",
            &format!("实施单位\nname = {{ zh = \"临江区第{number}文化局\", en = \"Bureau No. {number}\""),
        )
}

fn with_error(number: usize) -> Files {
    of_unit(number).change("projects/2-venue-safety.toml", "\"21.4万元\"", "\"21.4\"")
}

/// What the last line on stdout says: `12 declarations: 12 built`.
fn sum(run: &Run) -> &str {
    run.stdout.lines().last().unwrap().split(';').next().unwrap()
}

/// How many rows of the table end in a result.
fn rows(run: &Run, result: &str) -> usize {
    run.stdout.lines().filter(|line| line.ends_with(result)).count()
}

#[test]
fn all_are_built_and_each_is_as_if_built_alone() {
    let many = Many::new();
    let run = many.build("units", 0);
    assert_eq!(sum(&run), "12 declarations: 12 built");
    assert_eq!(rows(&run, "  built"), UNITS);
    assert!(run.stdout.contains(" Bureau No. 7 "), "{}", run.stdout);
    for number in 1..=UNITS {
        assert!(fs::read(many.pdf(number)).unwrap() == build(&many.unit(number), &[]), "{number}");
    }
}

#[test]
fn a_report_has_a_row_a_unit_also_of_those_that_are_left_as_they_are() {
    let many = Many::new();
    many.put(3, &with_error(3));
    for (file, result) in [("first.md", "built"), ("second.md", "unchanged")] {
        let run = many.build(&format!("units --report {file}"), 1);
        let text = fs::read_to_string(many.path().join(file)).unwrap();
        let rows = |end: &str| text.lines().filter(|line| line.ends_with(&format!("| {end} |"))).count();
        assert_eq!((rows(result), rows("with errors")), (UNITS - 1, 1), "{text}");
        assert!(text.contains("| Pages |") && text.contains("| units/unit-07 | Bureau No. 7 |"), "{text}");
        assert!(text.contains("SB102"), "the finding of the third unit is listed: {text}");
        assert!(run.stderr.contains(file), "{}", run.stderr);
    }
}

#[test]
fn lines_come_in_the_order_of_the_folders_and_the_note_about_fonts_once() {
    let many = Many::new();
    let run = many.build("units --jobs 4", 0);
    let files: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("out")).collect();
    assert_eq!(files.len(), UNITS);
    assert!(files.is_sorted(), "{files:?}");
    assert!(run.stderr.matches("stand-in fonts").count() <= 1, "{}", run.stderr);
    assert!(!run.stderr.contains('\x1b'), "{}", run.stderr);
}

#[test]
fn bad_ones_do_not_stop_the_others() {
    let many = Many::new();
    many.put(3, &with_error(3));
    fs::write(many.unit(5).join("declaration.toml"), "form = ").unwrap();
    fs::write(many.unit(7).join("declaration.toml"), b"\xff\xfe").unwrap();
    fs::remove_dir_all(many.unit(9).join("projects")).unwrap();
    let run = many.build("units", 1);
    assert_eq!(sum(&run), "12 declarations: 8 built, 4 with errors");
    assert_eq!(listing(&many.path().join("out")).len(), UNITS - 4);
    let places: Vec<usize> = ["unit-03", "unit-05", "unit-07", "unit-09"]
        .iter()
        .map(|unit| run.stderr.find(&format!("units/{unit}")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{}", run.stderr);
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2_after_the_others_are_built() {
    let many = Many::new();
    fs::create_dir(many.unit(2).join("projects/8-a-folder.toml")).unwrap();
    let run = many.build("units", 2);
    assert_eq!(sum(&run), "12 declarations: 11 built, 1 not read or written");
    assert_eq!(listing(&many.path().join("out")).len(), UNITS - 1);
}

#[test]
fn findings_of_all_are_one_json_list() {
    let many = Many::new();
    many.put(2, &with_error(2));
    many.put(4, &with_error(4));
    let run = many.build("units --message-format json", 1);
    let json: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(run.stdout, "");
}

#[test]
fn what_has_not_changed_is_left_as_it_is() {
    let many = Many::new();
    many.put(3, &with_error(3));
    many.build("units", 1);
    let times = || -> Vec<_> {
        let built = (1..=UNITS).filter(|number| *number != 3);
        built.map(|number| fs::metadata(many.pdf(number)).unwrap().modified().unwrap()).collect()
    };
    let first = times();
    let again = many.build("units", 1);
    assert_eq!(sum(&again), "12 declarations: 11 unchanged, 1 with errors");
    assert_eq!(rows(&again, "  unchanged"), UNITS - 1);
    assert_eq!(times(), first);
    let forced = many.build("units --force", 1);
    assert_eq!(sum(&forced), "12 declarations: 11 built, 1 with errors");
    let fixed = of_unit(3);
    many.put(3, &fixed);
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 1 built, 11 unchanged");
}

#[test]
fn each_thing_that_a_document_depends_on_makes_it_new() {
    let many = Many::new();
    many.build("units", 0);
    many.put(1, &of_unit(1).change("projects/2-venue-safety.toml", "\"21.4万元\"", "\"21.5万元\""));
    fs::create_dir_all(many.unit(2).join("templates")).unwrap();
    fs::write(many.unit(2).join("templates/note.typ"), "").unwrap();
    fs::create_dir_all(many.unit(4).join("fonts")).unwrap();
    fs::write(many.unit(4).join("fonts/none.ttf"), "").unwrap();
    // Replaced by hand, taken away, and cut short.
    fs::copy(many.pdf(8), many.pdf(7)).unwrap();
    fs::remove_file(many.pdf(9)).unwrap();
    fs::write(many.pdf(10), "%PDF").unwrap();
    let run = many.build("units", 0);
    assert_eq!(sum(&run), "12 declarations: 6 built, 6 unchanged");
    assert!(fs::read(many.pdf(7)).unwrap() == build(&many.unit(7), &[]));
    // Another option makes another document under the same name.
    let drafts = many.build("units --no-check", 0);
    assert_eq!(sum(&drafts), "12 declarations: 12 built");
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 12 built");
}

#[test]
fn one_declaration_alone_is_always_built() {
    let many = Many::new();
    many.build("units", 0);
    let run = many.build("units/unit-01", 0);
    assert!(run.stderr.contains("unit-01.pdf"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn damaged_records_cost_a_build_and_nothing_else() {
    let many = Many::new();
    many.build("units", 0);
    let whole = fs::read_to_string(many.records()).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(lines.len(), UNITS);
    // The last line is torn, one is none, one has another total than a number.
    let odd = lines[2].replace("\"total\":\"", "\"total\":\"x");
    let torn = &lines[11][..40];
    let damaged = [&lines[..1], &["no line", &odd], &lines[3..11], &[torn]].concat().join("\n");
    fs::write(many.records(), damaged).unwrap();
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 3 built, 9 unchanged");
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 12 unchanged");
    fs::write(many.records(), b"\xff\0\n\n{}").unwrap();
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 12 built");
    fs::remove_file(many.records()).unwrap();
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 12 built");
}

#[test]
fn a_cache_that_cannot_be_written_is_no_hindrance() {
    let many = Many::new();
    fs::write(many.path().join("cache"), "no folder").unwrap();
    assert_eq!(sum(&many.build("units", 0)), "12 declarations: 12 built");
}

#[test]
fn fail_fast_begins_nothing_after_a_failure() {
    let many = Many::new();
    many.put(3, &with_error(3));
    let run = many.build("units --fail-fast --jobs 1", 1);
    assert_eq!(sum(&run), "12 declarations: 2 built, 1 with errors, 9 not built");
    assert_eq!(rows(&run, "  not built"), 9);
    assert_eq!(listing(&many.path().join("out")), ["unit-01.pdf", "unit-02.pdf"]);
}

#[test]
fn patterns_that_the_shell_has_left_alone_are_expanded() {
    let many = Many::new();
    let run = many.build("units/unit-0[1-3] units/*-1?", 0);
    assert_eq!(sum(&run), "6 declarations: 6 built");
    // The same folder twice is built once.
    assert_eq!(sum(&many.build("units/unit-01 ./units/*", 0)), "12 declarations: 6 built, 6 unchanged");
    let nothing = many.build("units/untl-*", 2);
    assert!(nothing.stderr.contains("units/untl-*"), "{}", nothing.stderr);
    many.build("units/unit-[", 2);
    // A folder whose name looks like a pattern is itself.
    fs::rename(many.unit(12), many.path().join("units/[12]")).unwrap();
    many.build("units/[12] --out alone.pdf", 0);
    assert!(many.path().join("alone.pdf").exists());
}

#[test]
fn no_worker_is_wrong_usage() {
    let many = Many::new();
    for wrong in ["--jobs 0", "--jobs -1", "--jobs many"] {
        many.build(&format!("units {wrong}"), 2);
    }
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_does_the_rest() {
    let many = Many::new();
    many.build("units", 0);
    let whole: Vec<Vec<u8>> = (1..=UNITS).map(|number| fs::read(many.pdf(number)).unwrap()).collect();
    let pdfs = || listing(&many.path().join("out")).iter().filter(|name| name.ends_with(".pdf")).count();
    for wait in [0, 1, 4, 7, 10] {
        fs::remove_dir_all(many.path().join("out")).unwrap();
        fs::remove_dir_all(many.path().join("cache/shenbao/built")).unwrap();
        let mut child =
            many.command("units --jobs 2").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Killed while some are done, however fast the machine is.
        while pdfs() < wait && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for number in 1..=UNITS {
            let left = fs::read(many.pdf(number));
            assert!(left.is_err() || left.unwrap() == whole[number - 1], "{number}");
        }
        fs::create_dir_all(many.path().join("out")).unwrap();
        fs::write(many.path().join("out/.shenbao-left"), "half").unwrap();
        let run = many.build("units", 0);
        // What each worker wrote last may not have been noted yet.
        assert!(wait <= 2 || !sum(&run).contains(" 12 built"), "{}", run.stdout);
        let names: Vec<String> = (1..=UNITS).map(|number| format!("unit-{number:02}.pdf")).collect();
        assert_eq!(listing(&many.path().join("out")), names);
        assert!((1..=UNITS).all(|number| fs::read(many.pdf(number)).unwrap() == whole[number - 1]));
    }
}
