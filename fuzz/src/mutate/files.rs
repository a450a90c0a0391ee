//! Changes to the files of a folder: renamed, missing, twice, elsewhere.

use fastrand::Rng;

use super::words::string;
use super::{Files, one};

/// Changes which files there are.
pub fn change(files: &mut Files, name: &str, rng: &mut Rng) -> String {
    let other = one(files, rng).unwrap_or_else(|| name.to_owned());
    match rng.u8(..10) {
        0 => {
            files.remove(name);
            format!("{name} deleted")
        }
        1..=3 => {
            let new = renamed(name, rng);
            let bytes = files.remove(name).unwrap_or_default();
            files.insert(new.clone(), bytes);
            format!("{name} renamed to {new}")
        }
        4 | 5 => {
            let new = renamed(name, rng);
            let bytes = files.get(name).cloned().unwrap_or_default();
            files.insert(new.clone(), bytes);
            format!("{name} copied to {new}")
        }
        6 => {
            let (one, two) = (files.get(name).cloned(), files.get(&other).cloned());
            files.insert(name.to_owned(), two.unwrap_or_default());
            files.insert(other.clone(), one.unwrap_or_default());
            format!("{name} and {other} swapped")
        }
        7 => {
            files.insert(name.to_owned(), Vec::new());
            format!("{name} emptied")
        }
        _ => own_form(files, rng),
    }
}

/// Another name, in another place perhaps.
fn renamed(name: &str, rng: &mut Rng) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let number = ["0", "1", "2", "01", "999999", "1000000", "-1", "一"][rng.usize(..8)];
    let stem = file.trim_end_matches(".toml");
    let id = stem.split_once('-').map_or(stem, |(_, id)| id);
    let file = match rng.u8(..9) {
        0 => format!("{number}-{id}.toml"),
        1 => format!("{id}.toml"),
        2 => format!("{file}.txt"),
        3 => file.to_uppercase(),
        4 => format!(".#{file}"),
        5 => format!("{number}-{}.toml", string(rng).replace(['/', '\0'], "")),
        6 => format!("{stem} 副本.toml"),
        7 => ["declaration.toml", "department.toml", "form.toml", "1-a.toml"][rng.usize(..4)].to_owned(),
        _ => file.to_owned(),
    };
    // No system takes longer ones, and the case is about the program.
    let file: String = file.chars().take(60).collect();
    let folder = match rng.u8(..8) {
        0 => "projects",
        1 => "results",
        2 => "",
        3 => "projects/1-a.toml.d",
        _ => folder,
    };
    if folder.is_empty() { file } else { format!("{folder}/{file}") }
}

/// A form of the declaration's own that rests on others, or on itself.
fn own_form(files: &mut Files, rng: &mut Rng) -> String {
    let names = ["own", "other", "shanghai-2024", "mof-2015", "evaluation-general"];
    let (name, like) = (names[rng.usize(..3)], names[rng.usize(..5)]);
    let path = format!("templates/forms/{name}/form.toml");
    let mut text = format!("like = \"{like}\"\n");
    if rng.u8(..3) == 0 {
        text += [
            "id = 1\n",
            "[grid]\n",
            "[[part]]\n",
            "kind = \"evaluation\"\n",
            "[limits]\nindicators_least = -1\n",
        ][rng.usize(..5)];
    }
    files.insert(path, text.into_bytes());
    if let Some(head) = files.get_mut("declaration.toml")
        && let Ok(text) = String::from_utf8(head.clone())
    {
        let lines = text.lines().map(|line| match line.starts_with("form ") || line.starts_with("form=") {
            true => format!("form = \"{name}\"\n"),
            false => format!("{line}\n"),
        });
        *head = lines.collect::<String>().into_bytes();
    }
    format!("a form {name} that is like {like}")
}
