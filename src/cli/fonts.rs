//! `shenbao fonts`

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use shenbao::diagnostic::Diagnostic;
use shenbao::form::{Fonts as Lists, Profile, Templates};
use shenbao::lang::{Lang, Words, say};
use shenbao::load::load;
use shenbao::render::{FontFolders, Fonts};
use shenbao::source::{Shown, Sources};

use super::args::{FontArgs, Fonts as Args};
use super::system::cache_folder;
use super::ui::Ui;
use super::{Outcome, folders};

/// Columns of the narrowest terminal.
const WIDTH: u16 = 80;

/// The profile shown outside a declaration.
const DEFAULT_FORM: &str = "shanghai-2024";

pub fn run(args: &Args, ui: &Ui) -> Outcome {
    let here = folders::above().unwrap_or_else(|| PathBuf::from("."));
    let here = here.join("declaration.toml").exists().then_some(here.as_path());
    let named = match &args.folder {
        Some(name) => match folders::one(name) {
            Ok(folder) => Some(folder),
            Err(failure) => return failure.told(ui),
        },
        None => None,
    };
    let folder = named.as_deref().or(here);
    let (mut diagnostics, mut sources, profile) = match folder {
        Some(folder) => {
            let loaded = load(folder);
            (loaded.diagnostics, loaded.sources, loaded.profile)
        }
        None => {
            let mut sources = Sources::default();
            let mut diagnostics = shenbao::diagnostic::Diagnostics::default();
            let profile = Profile::read(DEFAULT_FORM, &Templates::default(), &mut sources);
            let profile = profile.map_err(|finding| diagnostics.push(*finding)).ok();
            (diagnostics, sources, profile)
        }
    };
    // What else is wrong with a declaration is not this command's matter, unless it hides the form.
    let Some(profile) = profile else { return ui.tell(diagnostics, &sources) };
    match Fonts::find(&profile, &folders_for(folder, &args.fonts)) {
        Ok(fonts) => {
            ui.tell(fonts.warnings().iter().cloned().collect(), &Sources::default());
            ui.give(&format!("{}\n", table(&fonts, ui.lang())))
        }
        Err(finding) => {
            diagnostics = shenbao::diagnostic::Diagnostics::default();
            diagnostics.push(*finding);
            sources = Sources::default();
            ui.tell(diagnostics, &sources)
        }
    }
}

/// `fonts/` beside the declaration, then the named folders, then the system.
pub fn folders_for(folder: Option<&Path>, args: &FontArgs) -> FontFolders {
    let own = folder.map(|folder| folder.join("fonts")).filter(|own| own.is_dir());
    FontFolders {
        folders: own.into_iter().chain(args.font_path.iter().cloned()).collect(),
        system: !args.ignore_system_fonts,
        cache: cache_folder(),
    }
}

/// The fonts of a run, found once for all declarations of a form that have none of their own.
pub struct FontCache<'a> {
    args: &'a FontArgs,
    found: Mutex<Vec<(Lists, Found)>>,
}

type Found = Result<Arc<Fonts>, Box<Diagnostic>>;

impl<'a> FontCache<'a> {
    /// A cache that has found nothing yet.
    pub fn new(args: &'a FontArgs) -> FontCache<'a> {
        FontCache { args, found: Mutex::default() }
    }

    /// The fonts for a declaration in the form of `profile`.
    pub fn of(&self, folder: &Path, profile: &Profile) -> Found {
        if folder.join("fonts").is_dir() {
            return find(Some(folder), profile, self.args);
        }
        // Held while searching: whoever asks for the same fonts meanwhile had better wait than search too.
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, fonts)) = found.iter().find(|(lists, _)| *lists == profile.fonts) {
            return fonts.clone();
        }
        let fonts = find(None, profile, self.args);
        found.push((profile.fonts.clone(), fonts.clone()));
        fonts
    }
}

fn find(folder: Option<&Path>, profile: &Profile, args: &FontArgs) -> Found {
    Fonts::find(profile, &folders_for(folder, args)).map(Arc::new)
}

/// What serves each role, and below it the files, a line each because nothing says how long a path is.
fn table(fonts: &Fonts, lang: Lang) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.set_header(match lang {
        Lang::Zh => ["用处", "字体", "汉字", "更好的字体"],
        Lang::En => ["For", "Font", "Han", "Better"],
    });
    let mut files: Vec<String> = Vec::new();
    for service in fonts.services() {
        table.add_row([
            service.role.name().get(lang).to_owned(),
            service.family.clone(),
            service.han.to_string(),
            service.better.clone().unwrap_or_default(),
        ]);
        let file = format!(" {}\n   {}", service.family, place(service.path.as_deref(), lang));
        if !files.contains(&file) {
            files.push(file);
        }
    }
    if let Some(column) = table.column_mut(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n\n{}", table.trim_fmt(), files.join("\n"))
}

/// A file, or that the font is compiled in.
fn place(path: Option<&Path>, lang: Lang) -> String {
    match path {
        Some(path) => path.shown(),
        None => say!("（内置）", "(built in)").get(lang).to_owned(),
    }
}

/// One line when a free font stands in for an official one.
pub fn stand_in_note(fonts: &Fonts) -> Option<Words> {
    let missing: Vec<_> = fonts.services().iter().filter(|service| service.better.is_some()).collect();
    if missing.is_empty() {
        return None;
    }
    let list = |lang: Lang, comma: &str| {
        let names: Vec<String> =
            missing.iter().map(|service| service.role.name().get(lang).to_owned()).collect();
        names.join(comma)
    };
    let (zh, en) = (list(Lang::Zh, "、"), list(Lang::En, ", "));
    Some(Words {
        zh: format!("提示：{zh}用了替代字体；shenbao fonts 列出更好的字体"),
        en: format!("note: stand-in fonts are used for {en}; `shenbao fonts` names better ones"),
    })
}
