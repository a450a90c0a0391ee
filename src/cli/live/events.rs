//! When to look at the files again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, RemoveKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use shenbao::lang::{Words, say};

/// A save is several events; this much silence ends it.
const SETTLED: Duration = Duration::from_millis(1);
/// As long as files keep changing, at most this much is waited for them.
const LONGEST: Duration = Duration::from_millis(100);

/// What happened.
#[derive(Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something changed at these paths.
    Paths(BTreeSet<PathBuf>),
    /// Anything may have changed.
    Anything,
    /// The user wants to end.
    Stop,
}

enum Message {
    Paths(Vec<PathBuf>),
    Anything,
    Stop,
}

/// Changes below some folders, told by the system or looked for at intervals.
pub struct Events {
    receiver: Receiver<Message>,
    sender: Sender<Message>,
    folders: Vec<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    /// How often to look where nothing is told.
    interval: Option<Duration>,
}

impl Events {
    /// Watches these folders and all below them. With an `interval` it looks for itself, which works on any drive.
    pub fn new(folders: Vec<PathBuf>, interval: Option<Duration>) -> Events {
        let (sender, receiver) = mpsc::channel();
        let mut events = Events { receiver, sender, folders, watcher: None, interval };
        if interval.is_none() {
            events.watch();
        }
        events
    }

    /// What ends the waiting from another thread.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let sender = self.sender.clone();
        // Whoever waited no more needs no stop.
        move || drop(sender.send(Message::Stop))
    }

    /// What makes the one who waits look at everything, from another thread.
    pub fn waker(&self) -> impl Fn() + Send + Sync + 'static {
        let sender = self.sender.clone();
        // Whoever waited no more needs not look.
        move || drop(sender.send(Message::Anything))
    }

    /// What to say when the system tells nothing and files are looked for instead.
    pub fn remark(&self) -> Option<Words> {
        let millis = self.interval?.as_millis();
        self.watcher
            .is_none()
            .then(|| say!("每 {millis} 毫秒看一次文件有没有改动", "looking for changes every {millis} ms"))
    }

    /// Asks the system to tell; where it cannot, as beyond its limit of folders, falls back to looking.
    fn watch(&mut self) {
        let sender = self.sender.clone();
        let tell = move |event: notify::Result<Event>| {
            let message = match event {
                Ok(event) if event.need_rescan() => Message::Anything,
                Ok(event) if is_change(&event.kind) => Message::Paths(event.paths),
                Ok(_) => return,
                Err(_) => Message::Anything,
            };
            // A program that has ended needs no message.
            let _ = sender.send(message);
        };
        self.watcher = notify::recommended_watcher(tell).ok().filter(|_| !self.folders.is_empty());
        let Some(watcher) = &mut self.watcher else { return self.look_instead() };
        let watched = self.folders.iter().all(|folder| {
            // A folder that is replaced as a whole is told by the one that holds it.
            let parent = parent(folder);
            let told =
                parent.is_none_or(|parent| watcher.watch(&parent, RecursiveMode::NonRecursive).is_ok());
            told && watcher.watch(folder, RecursiveMode::Recursive).is_ok()
        });
        if !watched {
            self.watcher = None;
            self.look_instead();
        }
    }

    fn look_instead(&mut self) {
        self.interval = Some(Duration::from_secs(1));
    }

    /// Waits for a change, and until it has settled.
    pub fn wait(&mut self) -> Wake {
        let first = match self.interval {
            Some(interval) => self.receiver.recv_timeout(interval),
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok(message) => self.settle(message, SETTLED),
            Err(RecvTimeoutError::Timeout) => Wake::Anything,
            Err(RecvTimeoutError::Disconnected) => Wake::Stop,
        }
    }

    /// Waits a little for a further change: a file that was just saved in two steps is seen half done.
    pub fn further(&mut self, patience: Duration) -> Option<Wake> {
        let message = self.receiver.recv_timeout(patience).ok()?;
        Some(self.settle(message, SETTLED))
    }

    fn settle(&mut self, first: Message, silence: Duration) -> Wake {
        let start = Instant::now();
        let mut paths = BTreeSet::new();
        let mut anything = false;
        let mut next = Ok(first);
        while let Ok(message) = next {
            match message {
                Message::Stop => return Wake::Stop,
                Message::Anything => anything = true,
                Message::Paths(list) => paths.extend(list),
            }
            if start.elapsed() > LONGEST {
                break;
            }
            next = self.receiver.recv_timeout(silence);
        }
        let replaced = |path: &PathBuf| self.folders.iter().any(|folder| is_same(folder, path));
        if self.watcher.is_some() && paths.iter().any(replaced) {
            // What is watched is the folder that was there before.
            self.watcher = None;
            self.watch();
            anything = true;
        }
        if anything { Wake::Anything } else { Wake::Paths(paths) }
    }
}

fn parent(folder: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(folder).ok()?.parent().map(Path::to_path_buf)
}

fn is_same(folder: &Path, path: &Path) -> bool {
    folder == path || std::fs::canonicalize(folder).is_ok_and(|folder| folder == path)
}

/// Whether a file's content or name may have changed. Reading it, as a build does, is no change.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Create(CreateKind::Any | CreateKind::File | CreateKind::Folder | CreateKind::Other)
        | EventKind::Remove(RemoveKind::Any | RemoveKind::File | RemoveKind::Folder | RemoveKind::Other)
        | EventKind::Modify(_)
        | EventKind::Any
        | EventKind::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn paths(wake: Wake) -> Vec<String> {
        let Wake::Paths(paths) = wake else { panic!("{wake:?}") };
        paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_save_is_told_once_and_reading_is_not() {
        // In a folder of its own: what is above is watched too, and other tests make theirs beside it.
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("unit");
        fs::create_dir(&folder).unwrap();
        let file = folder.join("a.toml");
        fs::write(&file, "a").unwrap();
        let mut events = Events::new(vec![folder.clone()], None);
        fs::read(&file).unwrap();
        assert_eq!(events.further(Duration::from_millis(100)), None);
        fs::write(&file, "b").unwrap();
        fs::write(&file, "c").unwrap();
        assert_eq!(paths(events.further(PATIENCE).unwrap()), ["a.toml"]);
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_again() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("unit");
        fs::create_dir(&folder).unwrap();
        let mut events = Events::new(vec![folder.clone()], None);
        fs::rename(&folder, above.path().join("old")).unwrap();
        fs::create_dir(&folder).unwrap();
        assert_eq!(events.further(PATIENCE), Some(Wake::Anything));
        while events.further(Duration::from_millis(200)).is_some() {}
        fs::write(folder.join("b.toml"), "b").unwrap();
        assert_eq!(paths(events.further(PATIENCE).unwrap()), ["b.toml"]);
    }

    #[test]
    fn without_the_system_it_looks_at_intervals_and_can_be_stopped() {
        let mut events = Events::new(vec![".".into()], Some(Duration::from_millis(1)));
        assert_eq!(events.wait(), Wake::Anything);
        events.stopper()();
        assert_eq!(events.further(PATIENCE), Some(Wake::Stop));
    }
}
