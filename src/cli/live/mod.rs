//! Declarations that are made again when what they depend on changes, for `watch` and `preview`.

mod events;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Zoned;
use shenbao::lang::{Words, say};
use shenbao::model::Money;

use super::args::FontArgs;
use super::build::{Options, Surroundings};
use super::fonts::FontCache;
use super::{folders, stop};
use events::{Events, Wake};

/// How long a mistake has to stand before it is told: many editors write a file in steps.
const PATIENCE: Duration = Duration::from_millis(80);

/// How much of what the layout engine has computed is kept: that of so many builds before.
pub const KEPT: usize = 10;

/// Declarations whose files are watched.
pub struct Live<'a> {
    named: &'a [PathBuf],
    options: Options<'a>,
    font_args: &'a FontArgs,
    interval: Option<Duration>,
    watched: Vec<Watched>,
    events: Events,
    surroundings: Surroundings,
    fonts: Arc<FontCache<'a>>,
    asked: Arc<Asked>,
    stopped: bool,
}

/// Declarations that somebody asks for, though nothing changed.
struct Asked {
    folders: Mutex<BTreeSet<PathBuf>>,
    wake: Mutex<Box<dyn Fn() + Send + Sync>>,
}

impl Asked {
    fn new(events: &Events) -> Asked {
        Asked { folders: Mutex::default(), wake: Mutex::new(Box::new(events.waker())) }
    }
}

/// A declaration, with the state of its files when they were last looked at.
struct Watched {
    folder: PathBuf,
    /// As events may name it.
    absolute: PathBuf,
    /// `None` before they are looked at, and while one cannot be read.
    seen: Option<u128>,
    /// Whether it has to be made, whatever its files say.
    due: bool,
}

impl<'a> Live<'a> {
    /// Watches `folders`, which are what `named` stands for. All of them are due at first.
    pub fn new(
        named: &'a [PathBuf],
        folders: Vec<PathBuf>,
        options: Options<'a>,
        font_args: &'a FontArgs,
        interval: Option<Duration>,
    ) -> Live<'a> {
        let watched: Vec<Watched> = folders.into_iter().map(Watched::new).collect();
        let events = Events::new(places(&watched, font_args), interval);
        let asked = Arc::new(Asked::new(&events));
        stop::on_interrupt(events.stopper(), || ());
        Live {
            named,
            options,
            font_args,
            interval,
            watched,
            events,
            surroundings: Surroundings::of(options, font_args),
            fonts: Arc::new(FontCache::new(font_args)),
            asked,
            stopped: false,
        }
    }

    /// The folders that are watched.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.watched.iter().map(|watched| watched.folder.as_path())
    }

    /// What makes one of the folders due, from another thread.
    pub fn asker(&self) -> impl Fn(&Path) + Send + Sync + 'static {
        let asked = Arc::clone(&self.asked);
        move |folder| {
            asked.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf());
            asked.wake.lock().unwrap_or_else(PoisonError::into_inner)();
        }
    }

    /// The fonts to make them with.
    pub fn fonts(&self) -> Arc<FontCache<'a>> {
        Arc::clone(&self.fonts)
    }

    /// What to say when the system does not tell of changes.
    pub fn remark(&self) -> Option<Words> {
        self.events.remark()
    }

    /// Waits until a declaration has to be made, and gives those that have; `None` when the user wants to end.
    pub fn next(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            if self.stopped {
                return None;
            }
            let due = self.due();
            if !due.is_empty() {
                return Some(due);
            }
            let wake = self.events.wait();
            self.look(wake);
        }
    }

    /// Those of `folders` whose files stay as they are for a moment; the others are due again.
    pub fn settled(&mut self, mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
        let until = Instant::now() + PATIENCE;
        loop {
            let is_due = |folder: &PathBuf| self.watched.iter().any(|one| one.due && one.folder == *folder);
            folders.retain(|folder| !is_due(folder));
            if folders.is_empty() || self.stopped {
                return folders;
            }
            let left = until.saturating_duration_since(Instant::now());
            let Some(wake) = self.events.further(left) else { return folders };
            self.look(wake);
        }
    }

    /// Whether the user wants to end, for those who are busy with what is due.
    pub fn is_stopped(&mut self) -> bool {
        if !self.stopped
            && let Some(wake) = self.events.further(Duration::ZERO)
        {
            self.look(wake);
        }
        self.stopped
    }

    /// The declarations that are due, which are so no longer.
    fn due(&mut self) -> Vec<PathBuf> {
        let mut due = Vec::new();
        for watched in self.watched.iter_mut().filter(|watched| watched.due) {
            watched.due = false;
            // Taken before the files are read: what changes meanwhile is told by an event, and then differs.
            watched.seen = watched.seen.or_else(|| self.surroundings.fingerprint(&watched.folder));
            due.push(watched.folder.clone());
        }
        due
    }

    /// Sees what a change makes due.
    fn look(&mut self, wake: Wake) {
        let paths = match wake {
            Wake::Stop => {
                self.stopped = true;
                return;
            }
            Wake::Paths(paths) => Some(paths),
            Wake::Anything => None,
        };
        let asked = std::mem::take(&mut *self.asked.folders.lock().unwrap_or_else(PoisonError::into_inner));
        let is_asked = |watched: &&mut Watched| asked.contains(&watched.folder);
        self.watched.iter_mut().filter(is_asked).for_each(|watched| watched.due = true);
        let elsewhere = |paths: &BTreeSet<PathBuf>| paths.iter().any(|path| !self.holds(path));
        if paths.as_ref().is_none_or(elsewhere) {
            self.look_around();
        }
        let touched = |watched: &Watched| {
            paths.as_ref().is_none_or(|paths| paths.iter().any(|path| watched.holds(path)))
        };
        for watched in self.watched.iter_mut().filter(|watched| touched(watched)) {
            watched.look(&self.surroundings);
        }
    }

    /// Takes up declarations that came, lets go of those that went, and looks at the fonts again.
    fn look_around(&mut self) {
        let before = self.surroundings.hash();
        self.surroundings = Surroundings::of(self.options, self.font_args);
        if before != self.surroundings.hash() {
            self.fonts = Arc::new(FontCache::new(self.font_args));
            // Each fingerprint is of its surroundings too.
            self.watched.iter_mut().for_each(|watched| (watched.due, watched.seen) = (true, None));
        }
        // Where a pattern matches nothing any more, what it meant may come back.
        let Ok(now) = folders::find(self.named) else { return };
        if now.iter().map(PathBuf::as_path).eq(self.folders()) {
            return;
        }
        let mut old = std::mem::take(&mut self.watched);
        for folder in now {
            let known = old.iter().position(|watched| watched.folder == folder);
            self.watched.push(match known {
                Some(index) => old.swap_remove(index),
                None => Watched::new(folder),
            });
        }
        self.events = Events::new(places(&self.watched, self.font_args), self.interval);
        *self.asked.wake.lock().unwrap_or_else(PoisonError::into_inner) = Box::new(self.events.waker());
        stop::on_interrupt(self.events.stopper(), || ());
        // Between the old watch and the new one anything may have changed.
        for watched in &mut self.watched {
            watched.look(&self.surroundings);
        }
    }

    fn holds(&self, path: &Path) -> bool {
        self.watched.iter().any(|watched| watched.holds(path))
    }
}

impl Watched {
    fn new(folder: PathBuf) -> Watched {
        let absolute = std::path::absolute(&folder).unwrap_or_else(|_| folder.clone());
        Watched { folder, absolute, seen: None, due: true }
    }

    /// Sees whether the files are others than they were.
    fn look(&mut self, surroundings: &Surroundings) {
        let now = surroundings.fingerprint(&self.folder);
        self.due |= now != self.seen;
        self.seen = now;
    }

    /// Whether a path lies in the folder.
    fn holds(&self, path: &Path) -> bool {
        let within = |folder: &Path| path.strip_prefix(folder).is_ok_and(|rest| rest != Path::new(""));
        within(&self.absolute) || within(&self.folder)
    }
}

/// Every folder whose files count.
fn places(watched: &[Watched], fonts: &FontArgs) -> Vec<PathBuf> {
    watched.iter().map(|watched| watched.folder.clone()).chain(fonts.font_path.iter().cloned()).collect()
}

/// The time of day, for a line of what was made.
pub fn clock() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}

/// What a change makes of the total: `+5万元`; `None` when it is the same or there was none before.
pub fn change(before: Option<Money>, after: Money) -> Option<Words> {
    let before = before.filter(|before| *before != after)?;
    let sign = if after > before { '+' } else { '−' };
    let apart = after.apart(before);
    let (zh, en) = (apart.in_wan(None), apart.english());
    Some(say!("{sign}{zh}", "{sign}{en}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::args::{OutputFormat, Printed};

    #[test]
    fn files_that_changed_while_others_were_made_are_not_settled() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("declaration.toml"), "half").unwrap();
        let fonts = FontArgs { font_path: Vec::new(), ignore_system_fonts: true };
        let options = Options {
            lang: None,
            format: OutputFormat::Pdf,
            draft: false,
            public: false,
            printed: Printed::Declaration,
            once: false,
            against: None,
        };
        let named = [folder.path().to_path_buf()];
        let mut live = Live::new(&named, named.to_vec(), options, &fonts, None);
        assert_eq!(live.next().unwrap(), named);
        assert_eq!(live.settled(named.to_vec()), named);
        fs::write(folder.path().join("declaration.toml"), "and the rest").unwrap();
        while !live.watched.iter().any(|watched| watched.due) {
            assert!(!live.is_stopped());
        }
        assert!(live.settled(named.to_vec()).is_empty());
        assert_eq!(live.next().unwrap(), named);
    }

    #[test]
    fn a_change_of_the_total_has_its_sign() {
        let money = |text: &str| Money::parse(text).unwrap();
        let up = change(Some(money("80万元")), money("85.5万元")).unwrap();
        assert_eq!((up.zh.as_str(), up.en.as_str()), ("+5.5万元", "+CNY 55,000"));
        assert_eq!(change(Some(money("85万元")), money("80万元")).unwrap().zh, "−5万元");
        assert_eq!(change(Some(money("80万元")), money("800000元")), None);
        assert_eq!(change(None, money("80万元")), None);
    }
}
