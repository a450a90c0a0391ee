//! Projects that lie where no project is read, and declarations under another name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;

use common::{Checked, Files};
use shenbao::diagnostic::Format;
use shenbao::lang::Lang;
use tempfile::TempDir;

const WAGES: &str = "projects/2-wages.toml";

/// The small declaration with one project moved.
fn moved(to: &str) -> Files {
    let files = Files::good();
    let text = files.text(WAGES).to_owned();
    files.without(WAGES).with(to, text)
}

fn found(folder: &TempDir) -> Vec<String> {
    Checked::of(folder.path()).findings()
}

#[test]
fn a_project_outside_the_folder_of_projects_is_an_error_at_the_file() {
    for to in [
        "2-wages.toml",
        "wages.toml",
        "2-wages.TOML",
        "2-wages.toml.txt",
        "projects/x/2-wages.toml",
        "projects/x/y/wages.toml",
        "projects/x.toml/2-wages.toml",
        "项目/2-wages.toml",
        "Projects/2-wages.toml",
        "project/wages.toml",
    ] {
        let found = found(&moved(to).write());
        assert!(found.contains(&format!("SB011 {to}")), "{to}: {found:?}");
    }
}

#[test]
fn the_help_names_a_file_that_is_free() {
    let text = Files::good().text(WAGES).to_owned();
    let cases = [
        ("x/2-wages.toml", true, "projects/2-wages.toml"),
        ("wages.toml", true, "projects/2-wages.toml"),
        ("x/2-wages.toml", false, "projects/3-project-3.toml"),
        ("x/2-bus.toml", false, "projects/3-bus.toml"),
        ("x/工资.toml", false, "projects/3-project-3.toml"),
    ];
    for (to, moved, free) in cases {
        let to = if to.starts_with("x/") { format!("projects/{to}") } else { to.to_owned() };
        let files = if moved { Files::good().without(WAGES) } else { Files::good() };
        let told = Checked::of(files.with(&to, text.clone()).write().path()).told(Format::Human, Lang::En);
        assert!(told.contains(&format!("move it to {free},")), "{to}: {told}");
    }
}

#[test]
fn a_file_that_only_its_text_gives_away_is_found() {
    for text in
        ["[[cost]]\n", "[[ indicator ]]\n", "nature = \"其他\"\n", "name = \"甲\"\r\n[[subproject]]\r\n"]
    {
        let found = found(&Files::good().with("copy.toml", text).write());
        assert_eq!(found, ["SB011 copy.toml"], "{text}");
    }
    let utf16: Vec<u8> = "[[cost]]\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&Files::good().with("copy.toml", utf16).write()), ["SB011 copy.toml"]);
}

#[test]
fn a_folder_with_the_name_of_a_project_file_is_an_error() {
    let folder = Files::good().write();
    fs::create_dir(folder.path().join("projects/8-d.toml")).unwrap();
    assert_eq!(found(&folder), ["SB001 projects/8-d.toml"]);
}

#[test]
fn a_project_file_without_its_ending_is_an_error() {
    for to in ["projects/2-wages", "projects/2-wages.txt", "projects/2-wages.tml"] {
        let found = found(&moved(to).write());
        assert_eq!(found.first(), Some(&format!("SB011 {to}")), "{to}");
    }
}

#[test]
fn other_files_beside_a_declaration_are_left_alone() {
    let text = "[[cost]]\n";
    let folder = Files::good()
        .with(".2-old.toml", text)
        .with("templates/forms/own/form.toml", text)
        .with("forms/1-a.toml", text)
        .with("fonts/1-a.toml", text)
        .with("results/1-a.toml", text)
        .with("projects/.old/1-a.toml", text)
        .with("projects/2-wages.toml~", text)
        .with("projects/2-wages.toml.bak", text)
        .with("projects/1-notes.txt", "notes")
        .with("shenbao.toml", "colour = true\n")
        .with("project.schema.json", "{}")
        .with("declaration (1).toml", "form = \"shanghai-2024\"\n")
        .write();
    assert_eq!(found(&folder), [""; 0]);
}

#[test]
fn another_declaration_in_a_sub_folder_is_left_alone() {
    let files = Files::good();
    let head = files.text("declaration.toml").to_owned();
    let project = files.text(WAGES).to_owned();
    let files = files.with("project/declaration.toml", head).with("project/projects/2-wages.toml", project);
    assert_eq!(found(&files.write()), [""; 0]);
}

#[test]
fn a_declaration_under_another_name_is_named_in_the_help() {
    for to in [
        "declaration.toml.txt",
        "Declaration.toml",
        "declaration (1).toml",
        "declaration - 副本.toml",
        "declaration.txt",
        "declaration",
        "decleration.toml",
        "申报.toml",
    ] {
        let files = Files::good();
        let text = files.text("declaration.toml").to_owned();
        let folder = files.without("declaration.toml").with(to, text).write();
        let checked = Checked::of(folder.path());
        assert_eq!(checked.findings(), ["SB010 ."], "{to}");
        let told = Lang::ALL.map(|lang| checked.told(Format::Human, lang));
        assert!(told[0].contains(&format!("把 {to} 改名为 declaration.toml")), "{}", told[0]);
        assert!(told[1].contains(&format!("rename {to} to declaration.toml")), "{}", told[1]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_an_error_unless_it_is_hidden() {
    use std::os::unix::fs::symlink;
    let folder = Files::good().write();
    for hidden in ["projects/.#2-wages.toml", ".#declaration.toml", "projects/.#x"] {
        symlink("someone@host.1234", folder.path().join(hidden)).unwrap();
    }
    assert_eq!(found(&folder), [""; 0]);
    symlink("gone.toml", folder.path().join("projects/3-gone.toml")).unwrap();
    assert_eq!(found(&folder), ["SB001 projects/3-gone.toml"]);
    let told = Checked::of(folder.path()).told(Format::Human, Lang::En);
    assert!(told.contains("the link leads to a file that does not exist"), "{told}");
    fs::remove_file(folder.path().join("projects/3-gone.toml")).unwrap();
    symlink("gone.toml", folder.path().join("3-gone.toml")).unwrap();
    assert_eq!(found(&folder), ["SB011 3-gone.toml"]);
}
