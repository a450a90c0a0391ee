//! A built file is the same for the same input, and replaced only by a complete one.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use common::Files;
use support::{PRINTS, SAMPLES, build, listing, run, sample, sample_pdf, shenbao};
use tempfile::TempDir;

fn copy_of(name: &str) -> TempDir {
    Files::of(&format!("data/{name}")).write()
}

/// Builds a folder by a command prepared by the test; gives the bytes.
fn built_by(mut command: Command, folder: &Path, options: &[&str]) -> Vec<u8> {
    let out = TempDir::new().unwrap();
    let file = out.path().join("a.pdf");
    run(command.arg("build").arg(folder).args(options).arg("--out").arg(&file)).ended_with(0);
    fs::read(file).unwrap()
}

#[test]
fn the_same_input_gives_the_same_bytes_in_another_folder() {
    for name in SAMPLES {
        let copy = copy_of(name);
        for print in PRINTS {
            assert!(build(copy.path(), print.options()) == sample_pdf(name, print), "{name} {print:?}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_at_another_time_and_with_other_file_times() {
    let copy = copy_of("linjiang-2023");
    let first = build(copy.path(), &[]);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for name in ["declaration.toml", "projects/2-venue-safety.toml"] {
        fs::File::options()
            .append(true)
            .open(copy.path().join(name))
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    // Times in a PDF are in seconds.
    std::thread::sleep(Duration::from_millis(1100));
    let mut elsewhere = shenbao(copy.path());
    elsewhere.env("TZ", "Asia/Shanghai").env("SOURCE_DATE_EPOCH", "1").env("LC_ALL", "zh_CN.UTF-8");
    assert!(built_by(elsewhere, copy.path(), &[]) == first);
}

#[test]
fn the_same_input_gives_the_same_bytes_from_another_working_directory() {
    let folder = sample("linjiang-2023");
    let inside = built_by(shenbao(&folder), Path::new("."), &[]);
    let beside = built_by(shenbao(&folder.join("projects")), Path::new(".."), &[]);
    let above = built_by(shenbao(folder.parent().unwrap()), Path::new("linjiang-2023"), &[]);
    assert!(inside == beside && beside == above);
}

#[test]
fn a_cold_and_a_warm_font_index_give_the_same_bytes() {
    let home = TempDir::new().unwrap();
    let build = || {
        let mut command = shenbao(home.path());
        command.env("XDG_CACHE_HOME", home.path().join("cache"));
        built_by(command, &sample("linjiang-2023"), &[])
    };
    let cold = build();
    assert_eq!(listing(&home.path().join("cache/shenbao")).len(), 1);
    assert!(build() == cold);
}

#[test]
fn no_home_and_no_cache_give_the_same_bytes() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("a-file");
    fs::write(&file, "").unwrap();
    let mut nowhere = shenbao(home.path());
    nowhere.env("HOME", &file).env("XDG_CACHE_HOME", file.join("cache"));
    let mut homeless = shenbao(home.path());
    homeless.env_remove("HOME").env_remove("XDG_CACHE_HOME");
    let folder = sample("linjiang-2023");
    assert!(built_by(nowhere, &folder, &[]) == built_by(homeless, &folder, &[]));
    assert_eq!(listing(home.path()), ["a-file"]);
}

#[test]
fn a_failing_build_leaves_the_last_good_file() {
    let files = Files::of("data/linjiang-2023");
    let project = "projects/2-venue-safety.toml";
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out/a.pdf");
    let build = |files: &Files| {
        let input = files.write();
        run(shenbao(folder.path()).arg("build").arg(input.path()).arg("--out").arg(&out))
    };
    build(&files).ended_with(0);
    let good = fs::read(&out).unwrap();
    for bad in [
        // Before layout, before layout by its fonts, and in the middle of it.
        files.clone().change(project, "\"21.4万元\"", "\"21.4\""),
        files.clone().change(project, "\"视频监控设备更新\"", "\"视频\u{a000}监控设备更新\""),
        files.with("templates/main.typ", "#set page(width: 3cm)\n#panic(\"half-way\")"),
    ] {
        let failed = build(&bad).ended_with(1);
        assert!(failed.stderr.contains("error[SB"), "{}", failed.stderr);
        assert!(fs::read(&out).unwrap() == good);
        assert_eq!(listing(&folder.path().join("out")), ["a.pdf"]);
    }
}

#[test]
fn a_good_build_replaces_the_file_and_leaves_nothing_else() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("linjiang-2023.pdf"), "the old one").unwrap();
    let sample = sample("linjiang-2023");
    run(shenbao(folder.path()).arg("build").arg(&sample)).ended_with(0);
    assert_eq!(listing(&out), ["linjiang-2023.pdf"]);
    assert!(fs::read(out.join("linjiang-2023.pdf")).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn a_place_that_cannot_be_written_ends_with_2_and_says_so() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let sample = sample("linjiang-2023");
    for out in ["file/a.pdf", "file/", "file"] {
        let failed = run(shenbao(folder.path()).arg("build").arg(&sample).args(["--out", out])).ended_with(2);
        assert!(failed.stderr.contains("cannot be written"), "{}", failed.stderr);
        assert!(failed.stderr.contains("file/"), "{}", failed.stderr);
    }
    assert_eq!(listing(folder.path()), ["file"]);
}

#[test]
fn building_writes_nothing_beside_the_declaration() {
    let copy = copy_of("linjiang-2023");
    build(copy.path(), &[]);
    assert_eq!(listing(copy.path()), ["declaration.toml", "projects"]);
    assert_eq!(listing(&copy.path().join("projects")).len(), 2);
}
