//! Fonts by role: the best family that is there, from the declaration's own folder, named folders, the system, or the
//! program itself.

mod built_in;
mod charset;
mod face;
mod index;
mod mapped;
mod names;
mod reading;
mod said;
mod stamps;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use typst::text::FontVariant;
use typst_kit::fonts::FontStore;

use crate::diagnostic::Diagnostic;
use crate::form::{Fonts as Lists, Profile};
use crate::lang::{Words, say};
use charset::CharSet;
use face::{Face, faces};
pub use stamps::{Stamp, stamps};

/// Where fonts are looked for.
#[derive(Debug, Clone, Default)]
pub struct FontFolders {
    /// Folders looked into first, in this order.
    pub folders: Vec<PathBuf>,
    /// Whether the system's fonts are used after them.
    pub system: bool,
    /// Where the index of fonts is kept between runs; without it every run scans.
    pub cache: Option<PathBuf>,
}

/// What a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The document's title.
    Title,
    /// 一、
    Heading,
    /// （一）
    Subheading,
    /// Paragraphs.
    Body,
    /// Forms and page numbers.
    Table,
    /// Latin letters and digits in all of them.
    Latin,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] =
        [Role::Title, Role::Heading, Role::Subheading, Role::Body, Role::Table, Role::Latin];

    /// What people call it.
    pub fn name(self) -> Words {
        match self {
            Role::Title => say!("标题", "titles"),
            Role::Heading => say!("一级标题", "headings"),
            Role::Subheading => say!("二级标题", "subheadings"),
            Role::Body => say!("正文", "the text"),
            Role::Table => say!("表格", "the form"),
            Role::Latin => say!("西文", "Latin letters"),
        }
    }

    fn list(self, lists: &Lists) -> &[String] {
        match self {
            Role::Title => &lists.title,
            Role::Heading => &lists.heading,
            Role::Subheading => &lists.subheading,
            Role::Body => &lists.body,
            Role::Table => &lists.table,
            Role::Latin => &lists.latin,
        }
    }
}

/// The families of each role, as templates get them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Roles {
    title: RoleFonts,
    heading: RoleFonts,
    subheading: RoleFonts,
    body: RoleFonts,
    table: RoleFonts,
    latin: RoleFonts,
}

#[derive(Debug, Clone, Serialize)]
struct RoleFonts {
    /// Families that are there, best first; never empty.
    families: Vec<String>,
    /// Whether the first has a bold face.
    bold: bool,
}

/// The weight of plain text.
const REGULAR: u16 = 400;
/// The least weight that passes for bold.
const BOLD: u16 = 600;

/// What serves a role, for people.
#[derive(Debug, Clone)]
pub struct Service {
    /// The role.
    pub role: Role,
    /// The family that is used.
    pub family: String,
    /// The file that holds it; `None` when it is compiled into the program.
    pub path: Option<PathBuf>,
    /// How many Chinese characters it has.
    pub han: usize,
    /// The official family that would be better; `None` when one is used.
    pub better: Option<String>,
}

/// The fonts of a form, ready to lay out with.
pub struct Fonts {
    store: FontStore,
    roles: Roles,
    coverage: BTreeMap<Role, CharSet>,
    services: Vec<Service>,
    warnings: Vec<Diagnostic>,
}

impl Fonts {
    /// Finds the fonts that `profile` asks for. Without any Chinese font, an error that says how to install one.
    pub fn find(profile: &Profile, folders: &FontFolders) -> Result<Fonts, Box<Diagnostic>> {
        let lists = &profile.fonts;
        let wanted: BTreeSet<String> =
            Role::ALL.into_iter().flat_map(|role| role.list(lists)).map(|name| name.to_lowercase()).collect();
        let (faces, broken) = faces(&wanted, folders);
        let mut families: BTreeMap<String, Vec<&Face>> = BTreeMap::new();
        for face in &faces {
            families.entry(face.info.family.to_lowercase()).or_default().push(face);
        }
        let there = |role: Role| -> Vec<String> {
            let list = role.list(lists).iter();
            list.filter(|name| families.contains_key(&name.to_lowercase())).cloned().collect()
        };
        // A role whose own list is not there takes the text's fonts, and the text those of any role.
        let chinese = [Role::Body, Role::Table, Role::Heading, Role::Subheading, Role::Title];
        let fallback = chinese
            .into_iter()
            .map(there)
            .find(|list| !list.is_empty())
            .ok_or_else(|| Box::new(said::no_font(&broken)))?;
        let mut chosen: BTreeMap<Role, Vec<String>> = BTreeMap::new();
        for role in Role::ALL {
            let own = there(role);
            chosen.insert(role, if own.is_empty() { fallback.clone() } else { own });
        }
        let get = |role: Role| chosen.get(&role).cloned().unwrap_or_default();
        let role_fonts = |role: Role| {
            let names = get(role);
            let bold = names
                .first()
                .and_then(|name| families.get(&name.to_lowercase()))
                .is_some_and(|faces| faces.iter().any(|face| *face.weights().end() >= BOLD));
            RoleFonts { families: names, bold }
        };
        let coverage = chosen.iter().map(|(role, names)| (*role, covered(names, &families))).collect();
        let services = Role::ALL
            .into_iter()
            .filter_map(|role| service(role, &get(role), role.list(lists), &lists.stand_ins, &families))
            .collect();
        let roles = Roles {
            title: role_fonts(Role::Title),
            heading: role_fonts(Role::Heading),
            subheading: role_fonts(Role::Subheading),
            body: role_fonts(Role::Body),
            table: role_fonts(Role::Table),
            latin: role_fonts(Role::Latin),
        };
        let mut store = FontStore::new();
        for face in faces {
            face.push_to(&mut store);
        }
        // A file may be gone since it was found, and the engine lays out nothing where a font should be.
        for family in chosen.values().filter_map(|names| names.first()) {
            let face = store.book().select(&family.to_lowercase(), FontVariant::default());
            if face.is_none_or(|face| store.font(face).is_none()) {
                return Err(Box::new(said::gone(family)));
            }
        }
        let warnings = broken.iter().map(said::broken).collect();
        Ok(Fonts { store, roles, coverage, services, warnings })
    }

    pub(super) fn store(&self) -> &FontStore {
        &self.store
    }

    pub(super) fn roles(&self) -> &Roles {
        &self.roles
    }

    /// What serves each role.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The font files that do not serve because something is wrong with them.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Whether a character can be printed in a role.
    pub(super) fn has(&self, role: Role, ch: char) -> bool {
        if ch.is_whitespace() || is_invisible(ch) {
            return true;
        }
        let covers = |role| self.coverage.get(&role).is_some_and(|set: &CharSet| set.contains(ch));
        covers(role) || (!charset::is_han(ch) && covers(Role::Latin))
    }
}

/// Characters that are laid out as nothing.
fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The face of a family that plain text is set in.
fn regular<'f>(faces: &[&'f Face]) -> Option<&'f Face> {
    let distance = |face: &&&Face| {
        let weights = face.weights();
        REGULAR.clamp(*weights.start(), *weights.end().max(weights.start())).abs_diff(REGULAR)
    };
    faces.iter().min_by_key(distance).copied()
}

fn covered(names: &[String], families: &BTreeMap<String, Vec<&Face>>) -> CharSet {
    let mut set = CharSet::default();
    for face in names.iter().filter_map(|name| regular(families.get(&name.to_lowercase())?)) {
        set.extend(face.info.coverage.iter());
    }
    set
}

fn service(
    role: Role,
    names: &[String],
    list: &[String],
    stand_ins: &[String],
    families: &BTreeMap<String, Vec<&Face>>,
) -> Option<Service> {
    let family = names.first()?;
    let face = regular(families.get(&family.to_lowercase())?)?;
    let is_official = |name: &String| !stand_ins.contains(name);
    let better = if is_official(family) && list.contains(family) {
        None
    } else {
        list.iter().find(|name| is_official(name)).cloned()
    };
    let mut set = CharSet::default();
    set.extend(face.info.coverage.iter());
    Some(Service {
        role,
        family: family.clone(),
        path: face.path().map(Path::to_path_buf),
        han: set.count_han(),
        better,
    })
}
