//! Values that are changed one by one, as the preview changes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;

use common::Files;
use proptest::prelude::*;
use proptest::sample::Index;
use shenbao::edit::{Addition, Change, Control, Edit, Field, Rejected, Session, fields, item_of};
use shenbao::fmt::{Formatted, format_text, usual_sections};
use shenbao::load::FileKind;
use shenbao::pipeline::prepare;

const FILE: &str = "projects/3-operations.toml";

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

fn of(folder: &Path, file: &str) -> Vec<Field> {
    fields(&text(folder, file), FileKind::of(Path::new(file)).unwrap().table())
}

/// The edit that makes the first value which says `was` say `to`.
fn edit(folder: &Path, file: &str, was: &str, to: &str) -> Edit {
    let path = of(folder, file).into_iter().find(|field| field.text == was).unwrap().path;
    Edit { file: file.to_owned(), path, was: was.to_owned(), to: to.to_owned() }
}

#[test]
fn an_amount_is_changed_undone_and_redone() {
    let folder = Files::of("data/songjiang-2024").write();
    let folder = folder.path();
    let before = text(folder, FILE);
    let mut session = Session::new(folder);
    session.change(edit(folder, FILE, "1.61万元", "20000")).unwrap();
    let after = text(folder, FILE);
    assert_eq!(after, before.replacen("1.61万元", "2万元", 1));
    session.undo().unwrap();
    assert_eq!((text(folder, FILE), session.steps()), (before.clone(), (0, 1)));
    session.redo().unwrap();
    assert_eq!((text(folder, FILE), session.steps()), (after, (1, 0)));
    session.undo().unwrap();
    assert!(matches!(session.undo(), Err(Rejected::Nothing)));
    assert_eq!(text(folder, FILE), before);
}

#[test]
fn what_somebody_else_saves_meanwhile_stays() {
    let folder = Files::of("data/songjiang-2024").write();
    let folder = folder.path();
    let before = text(folder, FILE);
    let mut session = Session::new(folder);
    let shown = edit(folder, FILE, "1.61万元", "2万元");
    fs::write(folder.join(FILE), before.replacen("# ", "# 核对过 ", 1).replace("start", "start ")).unwrap();
    let saved = text(folder, FILE);
    assert_ne!(saved, before);
    // Elsewhere in the file: both stay, also when the edit is undone.
    session.change(shown.clone()).unwrap();
    assert_eq!(text(folder, FILE), saved.replacen("1.61万元", "2万元", 1));
    session.undo().unwrap();
    assert_eq!(text(folder, FILE), saved);
    // At the same value: nothing is written, and what it says now is reported.
    fs::write(folder.join(FILE), saved.replacen("1.61万元", "3万元", 1)).unwrap();
    assert!(matches!(session.change(shown), Err(Rejected::Changed(now)) if now == "3万元"));
    assert!(text(folder, FILE).contains("3万元"));
}

#[test]
fn an_item_is_deleted_copied_and_moved() {
    let folder = Files::of("data/songjiang-2024").write();
    let folder = folder.path();
    let before = text(folder, FILE);
    let mut session = Session::new(folder);
    let amount = of(folder, FILE).into_iter().find(|field| field.text == "1.61万元").unwrap();
    let item = item_of(&amount.path).unwrap();
    let named = |path: &[String]| {
        let own = of(folder, FILE)
            .into_iter()
            .find(|own| own.path.starts_with(path) && own.path[path.len()] == "name");
        own.unwrap().text
    };
    let name = named(item);
    let count = || prepare(folder).whole.unwrap().declaration.projects[2].subprojects.len();
    assert_eq!(count(), 14);
    session.change_item(FILE, item, &name, Change::Copy).unwrap();
    assert_eq!(count(), 15);
    session.change_item(FILE, item, &name, Change::Down).unwrap();
    assert_eq!(named(item), name);
    assert!(matches!(session.change_item(FILE, item, "别的", Change::Delete), Err(Rejected::Changed(_))));
    session.change_item(FILE, item, &name, Change::Delete).unwrap();
    assert_eq!(count(), 14);
    for _ in 0..3 {
        session.undo().unwrap();
    }
    assert_eq!(text(folder, FILE), before);
    session.redo().unwrap();
    fs::write(folder.join(FILE), format!("{}# 后来\n", text(folder, FILE))).unwrap();
    assert!(matches!(session.undo(), Err(Rejected::Elsewhere)));
}

#[test]
fn what_would_not_load_is_refused_with_the_finding() {
    let folder = Files::of("data/songjiang-2024").write();
    let folder = folder.path();
    let before = text(folder, FILE);
    let mut session = Session::new(folder);
    let unknown = edit(folder, FILE, "数量指标", "质指标");
    let Err(Rejected::Finding(finding)) = session.change(unknown) else { panic!("it was written") };
    assert!(finding.message.zh.contains("质指标"), "{finding:?}");
    for file in
        ["../outside.toml", "/etc/passwd", "projects/../declaration.toml", "notes.txt", "projects/none.toml"]
    {
        let edit = Edit {
            file: file.to_owned(),
            path: vec!["name".to_owned()],
            was: String::new(),
            to: String::new(),
        };
        assert!(matches!(session.change(edit), Err(Rejected::Gone)), "{file}");
    }
    assert_eq!((text(folder, FILE), session.steps()), (before, (0, 0)));
}

/// A value of the same kind as that of a field.
fn other(field: &Field, number: u32) -> String {
    match field.control {
        Control::Amount => format!("{}.{:02}元", number % 9_000_000, number % 100),
        Control::Date => format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
        Control::Number => format!("{}", number % 90 + 1),
        Control::Paragraphs => format!("{}\n\n改动{number}“引号” \\ '''。\n", field.text.trim()),
        Control::Line => format!("{}{number}\"'", field.text),
        Control::Target => format!("≥ {number} 次"),
        Control::Switch => "true".to_owned(),
        Control::Kind | Control::Listed(_) => field.text.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// However edits of the session and of an editor follow each other, files load, and undoing leads back byte for byte.
    #[test]
    fn edits_keep_files_sound_and_lead_back(
        steps in prop::collection::vec((any::<Index>(), any::<Index>(), any::<u32>(), 0_u8..8), 20)
    ) {
        let files = Files::of("data/songjiang-2024");
        let folder = files.write();
        let folder = folder.path();
        let names = files.names();
        let mut session = Session::new(folder);
        let mut remarks = 0;
        for (file, place, number, what) in steps {
            let file = file.get(&names);
            if what == 0 {
                remarks += 1;
                fs::write(folder.join(file), format!("{}# {number}\n", text(folder, file))).unwrap();
                continue;
            }
            let found = of(folder, file);
            let field = place.get(&found);
            let (path, was) = (field.path.clone(), field.text.clone());
            let wish = Edit { file: file.clone(), path, was, to: other(field, number) };
            match what {
                1 => drop(session.undo()),
                2 => drop(session.redo()),
                _ => match session.change(wish.clone()) {
                    Ok(()) => {
                        let now = of(folder, file).into_iter().find(|own| own.path == wish.path).unwrap();
                        if matches!(field.control, Control::Line | Control::Paragraphs) {
                            prop_assert_eq!(now.text.trim_end(), wish.to.trim_end());
                        }
                    }
                    Err(Rejected::Finding(_)) => {}
                    Err(other) => prop_assert!(false, "{wish:?}: {other:?}"),
                },
            }
            prop_assert!(!prepare(folder).has_errors());
        }
        while session.steps().0 > 0 {
            session.undo().unwrap();
        }
        for name in &names {
            let now: String = text(folder, name);
            let own = files.text(name);
            if remarks == 0 {
                prop_assert_eq!(&now, own);
            } else {
                prop_assert!(now.starts_with(own), "{name}: {now}");
            }
        }
    }
}

fn words(text: &str) -> (String, Option<String>) {
    (text.to_owned(), None)
}

#[test]
fn what_is_added_stands_where_the_format_has_it_and_is_undone() {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    let folder = folder.path();
    let first = "# 项目\nname     = \"培训\"\nnature   = \"一次性项目\"\ncategory = \"其他运转类\"\nstart    = 2024-01-01\n\
                 end      = 2024-12-31\n\n# 下文待核\n[narrative.overview]\nzh = '''\n本项目预算{{total}}。\n'''\n\n\
                 [goal]\noverall = '''\n完成培训。\n'''\n";
    let file = "projects/5-training.toml";
    fs::write(folder.join(file), first).unwrap();
    let own = |text: &str| text.to_owned();
    let additions = [
        Addition::Subproject { id: own("talks"), name: words("讲座"), amount: own("20000") },
        Addition::Subproject { id: own("books"), name: words("教材"), amount: own("1万元") },
        Addition::Indicator { kind: own("数量指标"), name: words("场次"), target: own("≥ 4.00 场") },
        Addition::Step { task: words("筹备"), start: own("2024年1月5日"), end: own("2024-03-31") },
    ];
    let paths = ["subproject.0", "subproject.1", "indicator.0", "schedule.0"];
    let mut session = Session::new(folder);
    for (addition, path) in additions.iter().zip(paths) {
        let added = session.add("training", addition).unwrap();
        assert_eq!((added.file.as_str(), added.path.join(".").as_str()), (file, path));
    }
    let after = text(folder, file);
    let table = "end      = 2024-12-31\n\n[[subproject]]\nid     = \"talks\"\nname   = \"讲座\"\namount = \"2万元\"\n\n\
                 [[subproject]]\nid     = \"books\"\nname   = \"教材\"\namount = \"1万元\"\n\n# 下文待核\n";
    assert!(after.contains(table), "{after}");
    assert!(
        after.ends_with("[[schedule]]\ntask  = \"筹备\"\nstart = 2024-01-05\nend   = 2024-03-31\n"),
        "{after}"
    );
    let shaped = format_text(Path::new(file), &after, FileKind::Project, &usual_sections());
    assert!(matches!(shaped, Formatted::Text(shaped) if shaped == after), "{after}");
    for _ in &additions {
        session.undo().unwrap();
    }
    assert_eq!(text(folder, file), first);
    let unfit = Addition::Subproject { id: own("talks"), name: words("讲座"), amount: own("二万") };
    assert!(matches!(session.add("training", &unfit), Err(Rejected::Unfit(_))));
    assert!(matches!(session.add("none", &additions[0]), Err(Rejected::Gone)));
}

#[test]
fn a_file_is_created_where_none_is_and_goes_when_undone() {
    let folder = Files::of("data/songjiang-2024").write();
    let folder = folder.path();
    let (file, body) = ("projects/9-copy.toml", text(folder, FILE));
    let mut session = Session::new(folder);
    assert!(matches!(session.create("projects/1-operations.toml", body.clone()), Err(Rejected::Finding(_))));
    assert!(matches!(session.create("notes.txt", body.clone()), Err(Rejected::Gone)));
    session.create(file, body.clone()).unwrap();
    assert_eq!(prepare(folder).whole.unwrap().declaration.projects.len(), 5);
    session.undo().unwrap();
    assert!(!folder.join(file).exists());
    session.redo().unwrap();
    assert_eq!(text(folder, file), body);
    fs::write(folder.join(file), format!("{body}# 后来\n")).unwrap();
    assert!(matches!(session.undo(), Err(Rejected::Elsewhere)));
    assert!(folder.join(file).exists());
}

/// A declaration of two projects with their results.
fn evaluated() -> Files {
    ["1-rural-water", "2-water-tests"].iter().fold(Files::of("data/panlong-2026"), |files, name| {
        let name = format!("results/{name}.toml");
        let text = fs::read(common::repository("data/panlong-2026").join(&name)).unwrap();
        files.with(&name, text)
    })
}

/// The files of projects and results, by name.
fn all(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for part in ["projects", "results"] {
        for entry in fs::read_dir(folder.join(part)).into_iter().flatten() {
            let name = format!("{part}/{}", entry.unwrap().file_name().into_string().unwrap());
            let text = text(folder, &name);
            files.push((name, text));
        }
    }
    files.sort();
    files
}

fn projects(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("projects")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn names(folder: &Path) -> Vec<String> {
    all(folder).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_project_is_moved_copied_and_deleted_with_its_results() {
    let folder = evaluated().write();
    let folder = folder.path();
    let before = all(folder);
    let mut session = Session::new(folder);
    let (first, second) = ("projects/1-rural-water.toml", "projects/2-water-tests.toml");
    assert!(matches!(session.change_project(first, Change::Up), Err(Rejected::Unfit(_))));
    assert!(matches!(session.change_project("projects/3-none.toml", Change::Copy), Err(Rejected::Gone)));

    session.change_project(first, Change::Down).unwrap();
    let moved = ["projects/1-water-tests.toml", "projects/2-rural-water.toml"];
    let results = moved.map(|name| name.replace("projects", "results"));
    assert_eq!(names(folder), [&moved[..], &results.each_ref().map(String::as_str)].concat());
    assert_eq!(text(folder, moved[1]), before[0].1);

    // What is done to a file that was moved goes back with it.
    let amount = of(folder, moved[1]).into_iter().find(|field| field.control == Control::Amount).unwrap();
    session.change(edit(folder, moved[1], &amount.text, "1元")).unwrap();
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!(all(folder), before);
    session.redo().unwrap();
    session.undo().unwrap();

    let copy = session.change_project(second, Change::Copy).unwrap().unwrap();
    assert_eq!(copy.file, "projects/3-water-tests-2.toml");
    let original =
        (r#"zh = "农村饮用水水质检测", en = "Tests of rural drinking water" }"#, text(folder, second));
    let named = |zh: &str, en: &str| {
        let name = format!("zh = \"农村饮用水水质检测{zh}\", en = \"Tests of rural drinking water{en}\" }}");
        original.1.replacen(original.0, &name, 1)
    };
    assert_eq!(text(folder, &copy.file), named("（副本）", " (copy)"));
    let further = session.change_project(second, Change::Copy).unwrap().unwrap();
    assert_eq!(text(folder, &further.file), named("（副本2）", " (copy 2)"));
    session.undo().unwrap();
    session.change_project(second, Change::Delete).unwrap();
    let left = ["projects/1-rural-water.toml", "projects/3-water-tests-2.toml", "results/1-rural-water.toml"];
    assert_eq!(names(folder), left);
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!(all(folder), before);
}

#[test]
fn a_deleted_project_comes_back_with_its_byte_order_mark() {
    let folder = evaluated().write();
    let folder = folder.path();
    let file = "projects/2-water-tests.toml";
    fs::write(folder.join(file), format!("\u{feff}{}", text(folder, file))).unwrap();
    let before = all(folder);
    let mut session = Session::new(folder);
    session.change_project(file, Change::Delete).unwrap();
    session.undo().unwrap();
    assert_eq!(all(folder), before);
    session.redo().unwrap();
    assert!(!folder.join(file).exists());
    session.undo().unwrap();
    assert_eq!(all(folder), before);
}

#[test]
fn projects_keep_how_their_numbers_are_written() {
    let folder = evaluated().write();
    let folder = folder.path();
    fs::rename(folder.join("projects/1-rural-water.toml"), folder.join("projects/007-rural-water.toml"))
        .unwrap();
    Session::new(folder).change_project("projects/007-rural-water.toml", Change::Up).unwrap();
    // Results belong to a project by its id, whatever their number is.
    let now = [
        "projects/007-water-tests.toml",
        "projects/2-rural-water.toml",
        "results/007-water-tests.toml",
        "results/2-rural-water.toml",
    ];
    assert_eq!(names(folder), now);
}

#[test]
fn a_project_that_is_named_elsewhere_or_the_last_one_stays() {
    let folder = Files::of("data/anping-2026").write();
    let folder = folder.path();
    let before = all(folder);
    let mut session = Session::new(folder);
    let last = session.change_project("projects/1-canal-upkeep.toml", Change::Delete);
    assert!(matches!(last, Err(Rejected::Finding(_))), "{last:?}");
    assert_eq!(all(folder), before);
    // A name that is taken meanwhile keeps both files as they are.
    let folder = evaluated().write();
    let folder = folder.path();
    fs::create_dir(folder.join("results/1-water-tests.toml")).unwrap();
    let (before, mut session) = (projects(folder), Session::new(folder));
    let moved = session.change_project("projects/1-rural-water.toml", Change::Down);
    assert!(matches!(moved, Err(Rejected::Meanwhile)), "{moved:?}");
    assert_eq!((projects(folder), session.steps()), (before, (0, 0)));
}
