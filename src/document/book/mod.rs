//! The front of a book of many declarations: cover, contents and tables, every string ready.

mod tables;

use serde::Serialize;

use super::parts::Pair;
use crate::compute::Ledger;
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Money};
use tables::{Table, printed};

/// A unit of the book, in the order of its pages.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'b> {
    /// Its declaration.
    pub declaration: &'b Declaration,
    /// Its amounts.
    pub ledger: &'b Ledger,
    /// The form that it is written for.
    pub profile: &'b Profile,
    /// The places of the projects that are printed.
    pub printed: &'b [usize],
}

/// What a department states of all units.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The department.
    pub name: Words,
    /// How many projects there are.
    pub projects: u32,
    /// Their amount in the year.
    pub amount: Money,
}

/// Where something begins, as page numbers of the book.
#[derive(Debug, Clone, Default)]
pub struct UnitPages {
    /// The unit.
    pub first: usize,
    /// Its printed projects.
    pub projects: Vec<usize>,
}

/// The cover's words and the book as a whole.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The title.
    pub title: Words,
    /// A line below it.
    pub below: Words,
    /// The date of the PDF: the last of the declarations.
    pub date: jiff::civil::Date,
    /// What is printed, in this order.
    pub languages: Vec<Lang>,
    /// What each page is marked with.
    pub mark: Option<Words>,
}

/// The front as templates get it.
#[derive(Debug, Serialize)]
pub struct Front {
    title: Pair,
    below: Pair,
    pdf: super::parts::Metadata,
    contents: Contents,
    tables: Vec<Table>,
}

#[derive(Debug, Serialize)]
struct Contents {
    title: Pair,
    entries: Vec<Entry>,
}

/// A line of the contents.
#[derive(Debug, Serialize)]
struct Entry {
    /// 1 for a unit, 2 for a project.
    level: u8,
    name: Pair,
    page: usize,
}

/// The front of a book; pages that are not known yet are printed as none.
pub fn front(cover: &Cover, units: &[Unit<'_>], pages: &[UnitPages], stated: Option<&Stated>) -> Front {
    let writer = Writer { languages: &cover.languages };
    let main = cover.languages.first().copied().unwrap_or(Lang::Zh);
    Front {
        title: writer.words(&cover.title),
        below: writer.words(&cover.below),
        pdf: super::parts::Metadata {
            title: cover.title.get(main).to_owned(),
            author: units
                .first()
                .map_or("", |unit| unit.declaration.department.name.str(main).trim())
                .to_owned(),
            description: cover.below.get(main).to_owned(),
            keywords: super::keywords(
                units.iter().map(|unit| super::trimmed(&unit.declaration.unit.name, main)),
            ),
            date: super::parts::DatePart {
                year: cover.date.year(),
                month: cover.date.month(),
                day: cover.date.day(),
            },
        },
        contents: writer.contents(units, pages),
        tables: vec![
            writer.by_unit(units, stated),
            writer.by_source(units),
            writer.by_category(units),
            writer.projects(units, pages),
        ],
    }
}

struct Writer<'w> {
    languages: &'w [Lang],
}

impl Writer<'_> {
    fn pair(&self, text: impl Fn(Lang) -> String) -> Pair {
        let printed = |lang| self.languages.contains(&lang).then(|| text(lang));
        Pair { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn words(&self, words: &Words) -> Pair {
        self.pair(|lang| words.get(lang).to_owned())
    }

    fn text(&self, text: &crate::model::Text) -> Pair {
        self.pair(|lang| super::trimmed(text, lang))
    }

    fn contents(&self, units: &[Unit<'_>], pages: &[UnitPages]) -> Contents {
        let mut entries = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            let own = pages.get(place).cloned().unwrap_or_default();
            entries.push(Entry { level: 1, name: self.text(&unit.declaration.unit.name), page: own.first });
            // A department has one form for all of its projects.
            let listed = printed(unit).into_iter().filter(|_| unit.ledger.department.is_none());
            for (number, (project, _)) in listed.enumerate() {
                let page = own.projects.get(number).copied().unwrap_or(own.first);
                entries.push(Entry { level: 2, name: self.text(&project.name), page });
            }
        }
        Contents { title: self.words(&say!("目录", "Contents")), entries }
    }
}
