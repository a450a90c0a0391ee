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
