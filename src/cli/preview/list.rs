//! Several declarations: a list with the totals and findings of each, from which the page of one is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use shenbao::check::examine;
use shenbao::diagnostic::Severity;
use shenbao::lang::Words;
use shenbao::model::Money;
use shenbao::pipeline::prepare;
use shenbao::render::forget;

use super::access::secret;
use super::answers::page;
use super::edits::Edits;
use super::made::Shown;
use super::output::Options as Output;
use super::server::{Body, Server, Writes};
use super::trouble::cannot_start;
use super::{Answers, tell};
use crate::cli::args::Preview;
use crate::cli::build::Options;
use crate::cli::failure::Failure;
use crate::cli::live::{KEPT, Live};
use crate::cli::ui::Ui;
use crate::cli::{Outcome, folders};

/// How long the browser is kept waiting for the pages of a declaration that it opens.
const PATIENCE: Duration = Duration::from_secs(60);

/// `state.json` of the list.
#[derive(Serialize)]
struct ListState<'l> {
    session: &'l str,
    version: u64,
    lang: &'static str,
    /// Of all; none where that of one cannot be computed.
    total: Option<Words>,
    units: Vec<&'l Row>,
}

/// A declaration.
#[derive(Serialize)]
struct Row {
    folder: String,
    /// Of its unit; none where it cannot be read.
    name: Option<Words>,
    projects: usize,
    /// None where it cannot be computed.
    total: Option<Words>,
    #[serde(skip)]
    amount: Option<Money>,
    errors: usize,
    warnings: usize,
}

impl Row {
    fn of(folder: &Path) -> Row {
        let mut prepared = prepare(folder);
        let sound = !prepared.has_errors();
        let found = examine(&mut prepared).findings;
        let whole = prepared.whole.as_ref();
        let amount = whole.filter(|_| sound).map(|whole| whole.ledger.stated_total());
        Row {
            folder: folders::name(folder),
            name: whole.map(|whole| whole.declaration.unit.name.words()),
            projects: whole.map_or(0, |whole| whole.declaration.projects.len()),
            total: amount.map(words),
            amount,
            errors: found.count(Severity::Error),
            warnings: found.count(Severity::Warning),
        }
    }
}

fn words(amount: Money) -> Words {
    Words { zh: amount.in_wan(None), en: amount.english() }
}

/// The declarations that were opened, by their places in the list.
#[derive(Default)]
struct Opened {
    known: Mutex<Known>,
    changed: Condvar,
}

#[derive(Default)]
struct Known {
    wanted: BTreeSet<usize>,
    answers: BTreeMap<usize, Answers>,
}

impl Opened {
    fn is_wanted(&self, place: usize) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).wanted.contains(&place)
    }

    fn put(&self, place: usize, answers: Answers) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).answers.insert(place, answers);
        self.changed.notify_all();
    }

    /// The answers of a declaration, once they are there; `ask` has them made.
    fn of(&self, place: usize, ask: impl FnOnce()) -> Option<Answers> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.wanted.insert(place) {
            ask();
        }
        let is_missing = |known: &mut Known| !known.answers.contains_key(&place);
        let waited = self.changed.wait_timeout_while(known, PATIENCE, is_missing);
        let (known, _) = waited.unwrap_or_else(PoisonError::into_inner);
        known.answers.get(&place).cloned()
    }
}

/// The list, and all that it leads to.
struct List {
    /// Each declaration with its row, in the order of the folders.
    rows: BTreeMap<PathBuf, Option<Row>>,
    opened: Arc<Opened>,
    ask: Arc<dyn Fn(&Path) + Send + Sync>,
    lang: &'static str,
    session: String,
    version: u64,
}

impl List {
    fn answers(&mut self) -> Answers {
        self.version += 1;
        let rows = || self.rows.values().flatten();
        let amounts: Option<Vec<Money>> = rows().map(|row| row.amount).collect();
        let state = ListState {
            session: &self.session,
            version: self.version,
            lang: self.lang,
            total: amounts.and_then(Money::sum).map(words),
            units: rows().collect(),
        };
        let json = serde_json::to_vec(&state).unwrap_or_default();
        let folders: Vec<PathBuf> = self.rows.keys().cloned().collect();
        let (opened, ask) = (Arc::clone(&self.opened), Arc::clone(&self.ask));
        Arc::new(move |path: &str| match path {
            "" => page("list.html"),
            "state.json" => Some(Body { mime: "application/json", bytes: json.clone() }),
            path => match below(path) {
                Some((place, rest)) => {
                    let folder = folders.get(place)?;
                    opened.of(place, || ask(folder))?(rest)
                }
                None => page(path),
            },
        })
    }
}

/// The place in the list that a path begins with, and what follows.
fn below(path: &str) -> Option<(usize, &str)> {
    let (place, rest) = path.split_once('/')?;
    Some((place.parse().ok()?, rest))
}

pub fn run(
    args: &Preview,
    named: &[PathBuf],
    mut found: Vec<PathBuf>,
    options: Options<'_>,
    ui: &Ui,
) -> Outcome {
    found.sort();
    let edits =
        |folder: &PathBuf| args.edit.then(|| Arc::new(Edits::new(folder, ui.lang(), Output::of(args))));
    let edits: Vec<Option<Arc<Edits>>> = found.iter().map(edits).collect();
    let mut live = Live::new(named, found.clone(), options, &args.fonts, args.polling.interval());
    let (mut list, server) = match start(args, &found, &edits, &live, ui) {
        Ok(started) => started,
        Err(error) => return Failure::system(cannot_start(&error, args.port)).told(ui),
    };
    let mut shown: BTreeMap<usize, Shown<'_>> = BTreeMap::new();
    let mut told = false;
    while let Some(due) = live.next() {
        for folder in due {
            let Some(place) = found.iter().position(|own| *own == folder) else { continue };
            list.rows.insert(folder.clone(), Some(Row::of(&folder)));
            server.publish(list.answers());
            if !list.opened.is_wanted(place) {
                continue;
            }
            let edits = edits.get(place).cloned().flatten();
            let session = format!("{}-{place}", list.session);
            let own =
                shown.entry(place).or_insert_with(|| Shown::new(ui.lang(), options, edits, session).listed());
            own.make(&folder, &mut live, &|answers| {
                list.opened.put(place, answers);
                server.publish(server.answers());
            });
        }
        forget(KEPT);
        if !std::mem::replace(&mut told, true) && !tell(&server.url(), &live, args, ui) {
            return Outcome::Failed;
        }
    }
    ui.clear_line();
    Outcome::Done
}

fn start(
    args: &Preview,
    found: &[PathBuf],
    edits: &[Option<Arc<Edits>>],
    live: &Live<'_>,
    ui: &Ui,
) -> std::io::Result<(List, Server)> {
    let mut list = List {
        rows: found.iter().map(|folder| (folder.clone(), None)).collect(),
        opened: Arc::default(),
        ask: Arc::new(live.asker()),
        lang: ui.lang().tag(),
        session: secret()?,
        version: 0,
    };
    let edits = edits.to_vec();
    let writes = args.edit.then(|| {
        let answer = move |path: &str, body: &[u8]| {
            let (place, rest) = below(path)?;
            edits.get(place)?.as_ref()?.answer(rest, body)
        };
        Arc::new(answer) as Arc<Writes>
    });
    let server = Server::start(args.port, list.answers(), writes)?;
    Ok((list, server))
}
