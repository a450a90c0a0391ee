//! Reads the files of forms, each over the form that it is like.

use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::examine::{self, Mistake};
use super::{Profile, Templates};
use crate::diagnostic::{Diagnostic, code};
use crate::lang::{Words, say};
use crate::source::{Sources, Span};

/// How many forms may be like one another in a row.
const MOST: usize = 8;

/// A file as it was read.
struct Read {
    text: String,
    shown: std::path::PathBuf,
}

/// Reads a profile, with all that it does not say taken from the form that it is like.
pub(super) fn profile(
    id: &str,
    templates: &Templates,
    sources: &mut Sources,
) -> Result<Profile, Box<Diagnostic>> {
    let files = chain(id, templates, sources)?;
    let (Some(own), further) = (files.first(), files.get(1..).unwrap_or_default()) else {
        return Err(open(&file_of(id), templates).map_or_else(|missing| missing, |own| own.circle(sources)));
    };
    let mut table = own.parse(sources)?;
    if let Some(like) = table.get_ref().get("like").and_then(|name| name.get_ref().as_str()) {
        // A mistake of that form is reported at its own place.
        profile(like, templates, sources)?;
    }
    let has_parts = table
        .get_ref()
        .get("grid")
        .is_some_and(|grid| grid.get_ref().as_table().is_some_and(|grid| grid.contains_key("part")));
    for file in further {
        merge(table.get_mut(), file.parse(sources)?.into_inner());
    }
    table.get_mut().remove("like");
    let profile = Profile::deserialize(Deserializer::from(table)).map_err(|error| {
        let reason = error.message().to_owned();
        let words = say!("{reason}", "{reason}");
        Box::new(own.finding(sources, error.span().unwrap_or(0..0), words).help(compare()))
    })?;
    match examine::mistake(&profile, &own.text) {
        None => Ok(profile),
        Some(Mistake { range, words, help }) => {
            // What another form says has no place here.
            let range = if has_parts { range } else { own.place("like") };
            Err(Box::new(own.finding(sources, range, words).help(help)))
        }
    }
}

fn file_of(form: &str) -> String {
    format!("forms/{form}/form.toml")
}

/// The file of a form, that of the form which it is like, and so on; nothing when they go in a circle.
fn chain(id: &str, templates: &Templates, sources: &mut Sources) -> Result<Vec<Read>, Box<Diagnostic>> {
    let mut files = vec![open(&file_of(id), templates)?];
    while let Some(file) = files.last() {
        let table = file.parse(sources)?;
        let Some(like) = table.get_ref().get("like").and_then(|name| name.get_ref().as_str()) else {
            return Ok(files);
        };
        let Ok(next) = open(&file_of(like), templates) else {
            let forms = templates.forms().join("  ");
            let words = say!("未知的表样“{like}”", "unknown form `{like}`");
            let finding = file.finding(sources, file.place(like), words);
            return Err(Box::new(finding.help(say!("可用的表样：{forms}", "available forms: {forms}"))));
        };
        if files.len() == MOST {
            break;
        }
        files.push(next);
    }
    Ok(Vec::new())
}

fn compare() -> Words {
    say!(
        "照程序自带的 shanghai-2024 表样对照修改",
        "compare it with the profile shanghai-2024 that comes with the program"
    )
}

/// Puts in what the form that this one is like says besides. Of a table such as `[limits]` each key counts by itself; what a
/// key holds is taken whole.
fn merge<'d>(table: &mut DeTable<'d>, below: DeTable<'d>) {
    for (key, other) in below {
        match (table.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), other.into_inner()) {
            (None, other) => {
                let place = key.span();
                table.insert(key, Spanned::new(place, other));
            }
            (Some(DeValue::Table(own)), DeValue::Table(other)) => {
                for (key, other) in other {
                    own.entry(key).or_insert(other);
                }
            }
            (Some(_), _) => {}
        }
    }
}

fn open(path: &str, templates: &Templates) -> Result<Read, Box<Diagnostic>> {
    let Some((bytes, shown)) = templates.read(path) else {
        let words = say!("未找到表样文件 {path}", "the form profile {path} is missing");
        return Err(Box::new(Diagnostic::error(code::UNREADABLE, words)));
    };
    Ok(Read { text: String::from_utf8_lossy(&bytes).into_owned(), shown })
}

impl Read {
    fn parse(&self, sources: &mut Sources) -> Result<Spanned<DeTable<'_>>, Box<Diagnostic>> {
        DeTable::parse(&self.text).map_err(|error| {
            let reason = error.message().to_owned();
            let words = say!("{reason}", "{reason}");
            Box::new(self.finding(sources, error.span().unwrap_or(0..0), words).help(compare()))
        })
    }

    fn circle(&self, sources: &mut Sources) -> Box<Diagnostic> {
        let words = say!("几个表样互相以 like 为准，成了循环", "forms are like each other in a circle");
        let help = say!("like 写一个自己完整的表样", "let `like` name a form that stands by itself");
        Box::new(self.finding(sources, self.place("like"), words).help(help))
    }

    fn place(&self, word: &str) -> Range<usize> {
        self.text.find(word).map_or(0..0, |start| start..start + word.len())
    }

    fn finding(&self, sources: &mut Sources, range: Range<usize>, words: Words) -> Diagnostic {
        let file = sources.add(&self.shown, self.text.clone());
        let Words { zh, en } = words;
        let words = say!("表样不能用：{zh}", "the form profile cannot be used: {en}");
        Diagnostic::error(code::BAD_PROFILE, words).at(Span::new(file, range))
    }
}

/// Reads a file that forms share.
pub(super) fn read<T: DeserializeOwned>(
    path: &str,
    templates: &Templates,
    sources: &mut Sources,
) -> Result<T, Box<Diagnostic>> {
    let file = open(path, templates)?;
    toml::from_str(&file.text).map_err(|error| {
        let reason = error.message().to_owned();
        let words = say!("{reason}", "{reason}");
        Box::new(file.finding(sources, error.span().unwrap_or(0..0), words).help(compare()))
    })
}
