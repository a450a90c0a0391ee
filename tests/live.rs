//! `watch` and `preview`, with files that change under them.

#![cfg(all(feature = "render", unix))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use common::Files;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use support::{build, shenbao};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(60);
const PROJECT: &str = "projects/1-big-data-network.toml";
/// An amount of it, and the same with 1万元 more.
const AMOUNT: &str = "\"6万元\"";
const MORE: &str = "\"7万元\"";

/// A program that stays, and the lines that it says on a stream.
struct Staying {
    child: Child,
    lines: Receiver<String>,
}

impl Staying {
    fn start(command: &mut Command, on_stdout: bool) -> Staying {
        let (stdout, stderr) =
            if on_stdout { (Stdio::piped(), Stdio::null()) } else { (Stdio::null(), Stdio::piped()) };
        let mut child = command.stdout(stdout).stderr(stderr).spawn().unwrap();
        let stream: Box<dyn Read + Send> = match child.stdout.take() {
            Some(stdout) => Box::new(stdout),
            None => Box::new(child.stderr.take().unwrap()),
        };
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Staying { child, lines }
    }

    /// The next line that holds this.
    #[track_caller]
    fn says(&self, what: &str) -> String {
        let mut before = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else { panic!("no `{what}` after:\n{before}") };
            if line.contains(what) {
                return line;
            }
            before.push_str(&line);
            before.push('\n');
        }
    }

    /// What Ctrl-C makes of it.
    fn interrupted(&mut self) -> Option<i32> {
        kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGINT).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Staying {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Watched {
    folder: TempDir,
    out: TempDir,
    watch: Staying,
}

fn watch(options: &[&str]) -> Watched {
    let (folder, out) = (files().write(), TempDir::new().unwrap());
    let mut command = shenbao(out.path());
    command.arg("watch").arg(folder.path()).args(options).args(["--out", "built.pdf"]);
    let watch = Staying::start(&mut command, false);
    watch.says("built.pdf");
    Watched { folder, out, watch }
}

impl Watched {
    fn pdf(&self) -> Vec<u8> {
        fs::read(self.out.path().join("built.pdf")).unwrap()
    }

    fn change(&self, old: &str, new: &str) {
        change(self.folder.path(), old, new);
    }
}

fn change(folder: &Path, old: &str, new: &str) {
    let path = folder.join(PROJECT);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

/// A declaration of one project, in which no rule finds an error.
fn files() -> Files {
    let others = ["2-portal", "3-operations", "4-contract-staff"];
    others.iter().fold(Files::of("data/songjiang-2024"), |files, other| {
        files.without(&format!("projects/{other}.toml"))
    })
}

#[test]
fn a_save_builds_anew_and_tells_the_change_of_the_total() {
    for options in [&[][..], &["--poll=50"]] {
        let mut watched = watch(options);
        watched.change(AMOUNT, MORE);
        let line = watched.watch.says("built.pdf");
        assert!(line.ends_with("(+CNY 10,000)"), "{line}");
        assert_eq!(watched.pdf(), build(watched.folder.path(), &[]));
        assert_eq!(watched.watch.interrupted(), Some(0));
    }
}

#[test]
fn a_mistake_is_told_while_the_last_file_stays_and_fixing_it_builds_again() {
    let watched = watch(&[]);
    let before = watched.pdf();
    watched.change(AMOUNT, "\"6\"");
    watched.watch.says("error[SB1");
    watched.watch.says("not built, the last file stays");
    assert_eq!(watched.pdf(), before);
    watched.change("\"6\"", AMOUNT);
    assert!(!watched.watch.says("built.pdf").contains("(+"), "the total is that of before");
    assert_eq!(watched.pdf(), before);
}

#[test]
fn declarations_that_come_later_are_watched_too() {
    let (above, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let put = |name: &str| -> PathBuf {
        let (from, to) = (files().write(), above.path().join(name));
        fs::rename(from.keep(), &to).unwrap();
        to
    };
    put("first");
    let mut command = shenbao(out.path());
    let watch = Staying::start(command.arg("watch").arg(above.path()), false);
    watch.says("first.pdf");
    let second = put("second");
    watch.says("second.pdf");
    change(&second, AMOUNT, MORE);
    assert!(watch.says("second.pdf").contains("+CNY 10,000"));
}

#[test]
fn a_link_that_leads_nowhere_hides_no_save() {
    // The lock of Emacs, a hidden link to itself, and the same while files are looked for at intervals.
    for (options, name, to) in [
        (&[][..], "projects/.#1-big-data-network.toml", "user@host.4711:1700000000"),
        (&[], "projects/.loop.toml", ".loop.toml"),
        (&["--poll=50"], "projects/.#1-big-data-network.toml", "user@host.4711:1700000000"),
    ] {
        let watched = watch(options);
        let link = watched.folder.path().join(name);
        symlink(to, &link).unwrap();
        watched.change(AMOUNT, MORE);
        assert!(watched.watch.says("built.pdf").ends_with("(+CNY 10,000)"), "{name}");
        fs::remove_file(link).unwrap();
        watched.change(MORE, AMOUNT);
        assert!(watched.watch.says("built.pdf").ends_with("(−CNY 10,000)"), "{name}");
    }
}

#[test]
fn several_are_built_side_by_side_and_one_with_a_mistake_stops_no_other() {
    let (above, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for name in ["a", "b", "c", "d", "e"] {
        fs::rename(files().write().keep(), above.path().join(name)).unwrap();
    }
    let bad = above.path().join("c");
    change(&bad, AMOUNT, "\"6\"");
    let mut command = shenbao(out.path());
    let mut watch = Staying::start(command.arg("watch").arg(above.path()), false);
    watch.says("c  errors: 1; not built");
    let mut built: Vec<_> = fs::read_dir(out.path().join("out")).unwrap().map(|file| file.unwrap()).collect();
    built.sort_by_key(|file| file.file_name());
    let names: Vec<_> = built.iter().map(|file| file.file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["a.pdf", "b.pdf", "d.pdf", "e.pdf"]);
    for file in built {
        assert_eq!(fs::read(file.path()).unwrap(), build(&above.path().join("a"), &[]));
    }
    change(&bad, "\"6\"", AMOUNT);
    watch.says("c.pdf");
    assert_eq!(watch.interrupted(), Some(0));
}

#[test]
fn an_interrupt_of_the_first_build_of_many_begins_no_other() {
    let (above, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for number in 0..200 {
        fs::rename(files().write().keep(), above.path().join(format!("unit-{number}"))).unwrap();
    }
    let mut command = shenbao(out.path());
    let mut watch = Staying::start(command.arg("watch").arg(above.path()), false);
    watch.says(".pdf");
    assert_eq!(watch.interrupted(), Some(0));
    assert!(fs::read_dir(out.path().join("out")).unwrap().count() < 150);
}

struct Previewed {
    folder: TempDir,
    host: String,
    path: String,
    preview: Staying,
}

fn preview() -> Previewed {
    let folder = files().write();
    let mut command = shenbao(folder.path());
    command.args(["preview", ".", "--no-open", "--port", "0"]);
    let preview = Staying::start(&mut command, true);
    let url = preview.says("http://");
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    Previewed { folder, host: host.to_owned(), path: format!("/{path}"), preview }
}

impl Previewed {
    /// The status and the body of an answer.
    fn ask(&self, head: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {}{path}", self.path), &self.host)
    }

    /// The state, once it is complete and later than this version.
    fn state(&self, after: u64) -> Value {
        loop {
            let state: Value = serde_json::from_str(&self.get("state.json").1).unwrap();
            if state["complete"] == true && state["version"].as_u64().unwrap() > after {
                return state;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn an_edit_changes_the_total_and_only_the_pages_that_show_it() {
    let preview = preview();
    let before = preview.state(0);
    change(preview.folder.path(), AMOUNT, MORE);
    let after = preview.state(before["version"].as_u64().unwrap());
    assert_ne!(before["totals"][0]["amount"], after["totals"][0]["amount"]);
    assert_eq!(after["change"]["amount"]["en"], "+CNY 10,000");
    let pages = before["pages"].as_array().unwrap().iter().zip(after["pages"].as_array().unwrap());
    let (same, changed): (Vec<_>, Vec<_>) = pages.partition(|(old, new)| old["id"] == new["id"]);
    assert!(!same.is_empty() && !changed.is_empty());
    assert!(same.iter().all(|(_, page)| page["moved"] == serde_json::json!([])));
    assert!(changed.iter().any(|(_, page)| page["moved"] != serde_json::json!([])));
    for (_, page) in changed {
        let (status, svg) = preview.get(&format!("page/{}.svg", page["id"].as_str().unwrap()));
        assert!(status == 200 && svg.contains("<svg"), "{status}");
    }
    let places: Value = serde_json::from_str(&preview.get("places.json").1).unwrap();
    assert_eq!(places["version"], after["version"]);
}

#[test]
fn a_mistake_leaves_the_pages_and_says_where_it_is() {
    let preview = preview();
    let before = preview.state(0);
    change(preview.folder.path(), AMOUNT, "\"6\"");
    let after = preview.state(before["version"].as_u64().unwrap());
    assert_eq!((&after["fresh"], &after["refused"]), (&false.into(), &false.into()));
    assert_eq!(before["pages"][0]["id"], after["pages"][0]["id"]);
    let place = &after["findings"][0]["place"];
    assert_eq!(place["file"], PROJECT);
    let text = fs::read_to_string(preview.folder.path().join(PROJECT)).unwrap();
    let line = text.lines().nth(usize::try_from(place["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
    assert!(line.contains("\"6\""), "{line}");
}

#[test]
fn only_who_knows_the_path_and_means_this_machine_is_answered() {
    let preview = preview();
    assert_eq!(preview.get("").0, 200);
    assert_eq!(preview.get("../Cargo.toml").0, 404);
    assert_eq!(preview.ask("GET /state.json", &preview.host).0, 404);
    let state = format!("GET {}state.json", preview.path);
    assert_eq!(preview.ask(&state, &preview.host).0, 200);
    // Another site whose name was made to point here.
    assert_eq!(preview.ask(&state, "example.org").0, 404);
    assert_eq!(preview.ask(&state.replace("GET", "POST"), &preview.host).0, 404);
}

#[test]
fn a_preview_follows_while_a_link_leads_nowhere() {
    let preview = preview();
    let before = preview.state(0);
    symlink("user@host.4711:1700000000", preview.folder.path().join("projects/.#1-big-data-network.toml"))
        .unwrap();
    change(preview.folder.path(), AMOUNT, MORE);
    let after = preview.state(before["version"].as_u64().unwrap());
    assert_eq!(after["change"]["amount"]["en"], "+CNY 10,000");
}

#[test]
fn a_total_comes_from_its_project_and_names_its_parts() {
    let preview = preview();
    preview.state(0);
    let places: Value = serde_json::from_str(&preview.get("places.json").1).unwrap();
    let text = fs::read_to_string(preview.folder.path().join(PROJECT)).unwrap();
    let line_of = |start: &str| 1 + text.lines().position(|line| line.starts_with(start)).unwrap();
    let sums: Vec<&Value> = places["places"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|place| place["derivation"].as_array().unwrap().len() > 1)
        .filter(|place| place["file"] == PROJECT && !place["excerpt"].as_str().unwrap().contains("{{"))
        .collect();
    assert!(!sums.is_empty());
    for sum in sums {
        assert_eq!(sum["line"], line_of("name "), "{sum}");
        let parts = &sum["derivation"].as_array().unwrap()[1..];
        for part in parts {
            assert_eq!(part["part"]["file"], PROJECT, "{part}");
            let line = usize::try_from(part["part"]["line"].as_u64().unwrap()).unwrap();
            let there = text.lines().nth(line - 1).unwrap();
            assert!(there.starts_with("name "), "{part}: {there}");
            assert_ne!(line, line_of("name "), "a part is named in its own line: {part}");
        }
    }
}

#[test]
fn an_address_without_its_last_slash_leads_to_the_page() {
    let preview = preview();
    let short = preview.path.trim_end_matches('/');
    assert_eq!(preview.ask(&format!("GET {short}"), &preview.host).0, 307);
    assert_eq!(preview.ask(&format!("GET {short}?again"), &preview.host).0, 307);
    assert_eq!(preview.ask(&format!("GET {short}0"), &preview.host).0, 404);
}

#[cfg(target_os = "linux")]
#[test]
fn connections_take_no_threads_and_ctrl_c_ends_them() {
    let mut preview = preview();
    preview.state(0);
    let threads = |preview: &Previewed| {
        let status = fs::read_to_string(format!("/proc/{}/status", preview.preview.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap().trim().to_owned();
        line.parse::<usize>().unwrap()
    };
    let before = threads(&preview);
    let mut open = Vec::new();
    for number in 0..120 {
        let mut stream = TcpStream::connect(&preview.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        match number % 3 {
            0 => write!(stream, "GET {}events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.path, preview.host)
                .unwrap(),
            1 => write!(stream, "GET / HTTP/1.1\r\nX: ").unwrap(),
            _ => {}
        }
        open.push(stream);
    }
    assert_eq!(preview.get("").0, 200);
    change(preview.folder.path(), AMOUNT, MORE);
    let mut event = Vec::new();
    let mut part = [0; 4096];
    while !String::from_utf8_lossy(&event).contains("event: reload\n") {
        let read = open[0].read(&mut part).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&event));
        event.extend_from_slice(&part[..read]);
    }
    // Two may be computing answers.
    assert!(threads(&preview) <= before + 2, "{} threads after {before}", threads(&preview));
    assert_eq!(preview.preview.interrupted(), Some(0));
    for mut stream in open {
        // What was half sent is reset, the rest is closed.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert!(TcpStream::connect(&preview.host).is_err());
}

#[test]
fn a_port_in_use_is_worded_in_both_languages() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = files().write();
    for (lang, words) in [("zh", "已被其他程序占用"), ("en", "is in use by another program")] {
        let mut command = shenbao(folder.path());
        command.args(["preview", ".", "--no-open", "--port", &port, "--ui", lang]);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words) && said.contains(&port), "{said}");
        assert!(!said.contains("os error"), "{said}");
    }
}

#[test]
fn without_a_browser_the_address_is_left_to_the_user() {
    let (folder, nowhere) = (files().write(), TempDir::new().unwrap());
    for (lang, words) in [("zh", "上面的地址"), ("en", "copy the address above")] {
        let mut command = shenbao(folder.path());
        command.args(["preview", ".", "--port", "0", "--ui", lang]).env("PATH", nowhere.path());
        let said = Staying::start(&mut command, false).says(words);
        assert!(!said.contains("os error") && !said.contains("status"), "{said}");
    }
}
