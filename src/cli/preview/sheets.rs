//! The pages that are shown, each with its picture, which is made when it is first asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use shenbao::render::Pages;
use shenbao::render::view::{Rect, Run, news};

/// A page.
pub struct Sheet {
    /// What tells its picture from any other.
    pub id: String,
    pub size: (i32, i32),
    pages: Arc<Pages>,
    index: usize,
    runs: Vec<Run>,
    picture: OnceLock<Vec<u8>>,
}

/// The pages of a document, and those of the one before, which a browser may still ask for.
#[derive(Clone, Default)]
pub struct Sheets {
    pub now: Vec<Arc<Sheet>>,
    before: Vec<Arc<Sheet>>,
}

impl Sheets {
    /// These pages after those of before, of which pictures are kept.
    pub fn next(self, pages: Pages) -> Sheets {
        let pages = Arc::new(pages);
        let old: BTreeMap<&str, &Arc<Sheet>> =
            self.now.iter().map(|sheet| (sheet.id.as_str(), sheet)).collect();
        let sheets = pages.marks().into_iter().zip(pages.sizes()).enumerate();
        let now = sheets.map(|(index, (id, size))| {
            let (runs, picture) = match old.get(id.as_str()) {
                Some(sheet) => (sheet.runs.clone(), sheet.picture.clone()),
                None => (pages.runs(index), OnceLock::new()),
            };
            Arc::new(Sheet { id, size, pages: Arc::clone(&pages), index, runs, picture })
        });
        Sheets { now: now.collect(), before: self.now }
    }

    /// The picture of a page.
    pub fn picture(&self, id: &str) -> Option<Vec<u8>> {
        let sheet = self.now.iter().chain(&self.before).find(|sheet| sheet.id == id)?;
        Some(sheet.picture().to_vec())
    }

    /// Makes the picture of the first page that changed, which the browser is about to ask for. More than this one would
    /// only keep it waiting.
    pub fn paint(&self) {
        if let Some(sheet) = self.now.iter().find(|sheet| self.before.iter().all(|old| old.id != sheet.id)) {
            sheet.picture();
        }
    }

    /// What is new on a page, compared with the page before that is most like it.
    pub fn news(&self, sheet: &Sheet) -> Vec<Rect> {
        if self.before.iter().any(|old| old.id == sheet.id) {
            return Vec::new();
        }
        let gone = self.before.iter().filter(|old| self.now.iter().all(|now| now.id != old.id));
        gone.map(|old| news(&old.runs, &sheet.runs)).min_by_key(Vec::len).unwrap_or_default()
    }
}

impl Sheet {
    /// All pages of its document.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// The page as SVG.
    fn picture(&self) -> &[u8] {
        self.picture.get_or_init(|| self.pages.svg_of(self.index).unwrap_or_default().into_bytes())
    }

    /// What it says, line by line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line: Option<Rect> = None;
        for run in &self.runs {
            let goes_on = line.is_some_and(|line| (line.top - run.rect.top).abs() < line.height / 2);
            if !goes_on && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&run.text);
            line = Some(run.rect);
        }
        text
    }
}
