//! What is shown, made anew after each change: first the pages, then what the rules find and where everything stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use shenbao::check::examine;
use shenbao::diagnostic::{Diagnostic, Diagnostics, Safety, Severity, Target};
use shenbao::lang::{Lang, Words};
use shenbao::model::Money;
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::render::{Fonts, Pages, view};

use super::Answers;
use super::answers::answers;
use super::edits::Edits;
use super::files::Files;
use super::offers::{Offers, lists};
use super::places::Spots;
use super::sheets::Sheets;
use super::state::{Change, Editing, FindingState, Lists, PageState, Places, State, boxed};
use super::totals::{each, totals, update_adds};
use crate::cli::build::{Options, Paper, input, not_begun, pages, printed};
use crate::cli::folders;
use crate::cli::live::{Live, change, clock};

/// What the browser shows.
pub struct Shown<'o> {
    options: Options<'o>,
    /// Where values can be edited.
    edits: Option<Arc<Edits>>,
    state: State,
    places: Arc<Places>,
    sheets: Sheets,
    total: Option<Money>,
    lists: Lists,
}

impl<'o> Shown<'o> {
    /// Nothing yet, in this run of the program.
    pub fn new(lang: Lang, options: Options<'o>, edits: Option<Arc<Edits>>, session: String) -> Shown<'o> {
        let state = State {
            version: 0,
            complete: true,
            session,
            lang: lang.tag(),
            title: Words { zh: String::new(), en: String::new() },
            folder: String::new(),
            listed: false,
            fresh: false,
            refused: false,
            draft: options.draft,
            edits: None,
            took: 0,
            time: clock(),
            change: None,
            pages: Vec::new(),
            totals: Vec::new(),
            findings: Vec::new(),
        };
        Shown {
            options,
            edits,
            state,
            places: Arc::default(),
            sheets: Sheets::default(),
            total: None,
            lists: Lists::default(),
        }
    }

    /// One of a list.
    pub fn listed(mut self) -> Shown<'o> {
        self.state.listed = true;
        self
    }

    /// What the server answers with now.
    pub fn answers(&self) -> Answers {
        answers(&self.state, &*self.places, self.sheets.clone())
    }

    /// Makes the declaration, and shows it as far as it could be made.
    pub fn make(&mut self, folder: &Path, live: &mut Live<'_>, publish: &dyn Fn(Answers)) {
        let start = Instant::now();
        self.state.folder = folders::name(folder);
        let mut prepared = prepare(folder);
        let made = self.pages(folder, live, &mut prepared);
        let files = Files { folder, sources: &prepared.sources };
        let (Some((fonts, pages)), Some(whole)) = (made, &prepared.whole) else {
            if !live.settled(vec![folder.to_path_buf()]).is_empty() {
                let mut found = prepared.findings.clone();
                found.extend(prepared.of_texts.iter().cloned());
                self.failed(found, prepared.whole.as_ref(), files, start);
                publish(self.answers());
            }
            return;
        };
        self.sheets = std::mem::take(&mut self.sheets).next(pages);
        let sheets = self.sheets.clone();
        thread::scope(|scope| {
            // The browser waits for this picture: rules and places come after it.
            scope.spawn(|| sheets.paint());
            self.first(whole, files, start);
            publish(self.answers());
        });

        let examined = examine(&mut prepared);
        let Some(whole) = &prepared.whole else { return };
        let files = Files { folder, sources: &prepared.sources };
        let only = self.options.lang.map(|lang| vec![lang]);
        let chosen = printed(whole, self.options.printed).unwrap_or(whole);
        let input = input(chosen, only.as_deref(), self.options);
        let regions = self.sheets.now.first().and_then(|sheet| {
            view::places(input, &prepared.templates, &fonts, &prepared.sources, sheet.pages())
        });
        self.second(whole, files, &examined.findings, &Spots::new(regions.unwrap_or_default()));
        publish(self.answers());
    }

    /// Lays the pages out, unless there are errors.
    fn pages(
        &self,
        folder: &Path,
        live: &mut Live<'_>,
        prepared: &mut Prepared,
    ) -> Option<(Arc<Fonts>, Pages)> {
        if prepared.has_errors() {
            return None;
        }
        let Prepared { sources, findings, templates, whole, .. } = prepared;
        let Some(whole) = printed(whole.as_ref()?, self.options.printed) else {
            findings.push(not_begun(folder, self.options.printed));
            return None;
        };
        let found = live.fonts().of(folder, input(whole, None, self.options).profile);
        let fonts = found.map_err(|finding| findings.push(*finding)).ok()?;
        findings.extend(fonts.warnings().iter().cloned());
        let paper = Paper { before: None, options: self.options, templates, fonts: &fonts };
        let pages = pages(whole, paper, sources, findings)?;
        Some((fonts, pages))
    }

    /// Errors: what was shown stays.
    fn failed(&mut self, mut findings: Diagnostics, whole: Option<&Whole>, files: Files<'_>, start: Instant) {
        findings.sort();
        let spots = Spots::new(Vec::new());
        let state = &mut self.state;
        state.version += 1;
        (state.complete, state.fresh, state.refused) = (true, false, false);
        state.findings = findings.iter().map(|finding| told(finding, files, &spots)).collect();
        // Everything still stands where it did.
        Arc::make_mut(&mut self.places).version = state.version;
        state.change = None;
        state.pages.iter_mut().for_each(|page| page.moved.clear());
        each(&mut state.totals, &mut |node| node.changed = false);
        // What is missing can be added all the same.
        whole.iter().for_each(|whole| update_adds(&mut state.totals, whole));
        self.stamp(start);
    }

    /// The pages, and the totals on them.
    fn first(&mut self, whole: &Whole, files: Files<'_>, start: Instant) {
        let Whole { declaration, ledger, .. } = whole;
        let before: BTreeMap<String, String> = self.amounts();
        let state = &mut self.state;
        state.version += 1;
        (state.complete, state.fresh) = (false, true);
        state.title = declaration.title.as_ref().unwrap_or(&declaration.unit.name).words();
        state.pages = page_states(&self.sheets, &state.pages);
        state.totals = totals(whole, files, &Spots::new(Vec::new()));
        let total = ledger.stated_total();
        state.change = change(self.total.replace(total), total).map(|amount| Change { amount });
        mark_changed(state, &before);
        self.lists = lists(whole);
        self.stamp(start);
    }

    /// What the rules find, and where on the pages everything stands.
    fn second(&mut self, whole: &Whole, files: Files<'_>, findings: &Diagnostics, spots: &Spots<'_>) {
        let Whole { declaration, .. } = whole;
        let state = &mut self.state;
        state.complete = true;
        state.refused = findings.has_errors() && !self.options.draft;
        state.findings = findings.iter().map(|finding| told(finding, files, spots)).collect();
        let mut changed = BTreeSet::new();
        each(&mut state.totals, &mut |node| {
            if node.changed {
                changed.insert(node.id.clone());
            }
        });
        state.totals = totals(whole, files, spots);
        each(&mut state.totals, &mut |node| node.changed = changed.contains(&node.id));
        for (index, page) in state.pages.iter_mut().enumerate() {
            let project = spots.project_of(index).and_then(|index| declaration.projects.get(index));
            page.label = project.map(|project| project.name.words());
        }
        let mut offers = self.edits.is_some().then(|| Offers::new(files, whole));
        self.places = Arc::new(spots.places(files, state.version, |region| offers.as_mut()?.of(region)));
    }

    fn stamp(&mut self, start: Instant) {
        self.state.took = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.state.time = clock();
        let editing = |edits: &Arc<Edits>| Editing { steps: edits.steps(), lists: self.lists.clone() };
        self.state.edits = self.edits.as_ref().map(editing);
    }

    /// What each total is now.
    fn amounts(&mut self) -> BTreeMap<String, String> {
        let mut amounts = BTreeMap::new();
        each(&mut self.state.totals, &mut |node| {
            amounts.insert(node.id.clone(), node.amount.zh.clone());
        });
        amounts
    }
}

fn mark_changed(state: &mut State, before: &BTreeMap<String, String>) {
    // At first nothing is new.
    if before.is_empty() {
        return;
    }
    each(&mut state.totals, &mut |node| node.changed = before.get(&node.id) != Some(&node.amount.zh));
}

/// The pages as they are now; their labels are those of before until they are known.
fn page_states(sheets: &Sheets, before: &[PageState]) -> Vec<PageState> {
    let states = sheets.now.iter().enumerate().map(|(index, sheet)| {
        let (width, height) = sheet.size;
        PageState {
            id: sheet.id.clone(),
            width,
            height,
            label: before.get(index).and_then(|page| page.label.clone()),
            text: sheet.text(),
            moved: sheets.news(sheet).into_iter().map(boxed).collect(),
        }
    });
    states.collect()
}

fn told(finding: &Diagnostic, files: Files<'_>, spots: &Spots<'_>) -> FindingState {
    let span = finding.span();
    let spot = span.and_then(|span| spots.of_span(span));
    let whole = finding.labels.iter().find_map(|label| match &label.target {
        Target::Path(path) => Some(files.within(path)),
        Target::Span(_) => None,
    });
    let whole = whole.map(|file| super::state::FilePlace { file, line: 1, column: 1 });
    FindingState {
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        code: finding.code.to_string(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        place: span.map(|span| files.place(span)).or(whole),
        excerpt: span.map(|span| files.excerpt(span)),
        page: spot.map(|(page, _)| page),
        rect: spot.map(|(_, rect)| boxed(rect)),
        fix: finding.fix.as_ref().map(|fix| match fix.safety {
            Safety::Safe => "safe",
            Safety::Suggested => "suggested",
        }),
    }
}
