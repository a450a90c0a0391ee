//! How far a run about many declarations is, as the last line of a terminal.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use shenbao::lang::{Lang, Words, say};

use crate::cli::ui::Ui;

/// A bar with what is done, how long the rest will take, and what is under way. Nothing where there is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    lang: Lang,
    under_way: BTreeMap<usize, String>,
}

/// The bar is of ASCII: fonts of Chinese terminals draw blocks and lines over two columns.
const TEMPLATE: &str = "[{bar:24}] {pos}/{len}  {left}{wide_msg}";

impl Progress {
    pub fn new(count: usize, ui: &Ui) -> Progress {
        let lang = ui.lang();
        let bar = if ui.draws() { ProgressBar::no_length() } else { ProgressBar::hidden() };
        bar.set_length(u64::try_from(count).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let style = style.progress_chars("=> ");
        bar.set_style(style.with_key("left", move |state: &ProgressState, out: &mut dyn Write| {
            // Nowhere to write it is no reason to stop.
            let _ = out.write_str(left(state).get(lang));
        }));
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, lang, under_way: BTreeMap::new() }
    }

    /// Whether there is a bar to see.
    pub fn is_shown(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// The bar itself, to be cleared by whoever ends the program.
    pub fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// A declaration is begun.
    pub fn begin(&mut self, number: usize, name: String) {
        self.under_way.insert(number, name);
        self.show_names();
    }

    /// It is done.
    pub fn end(&mut self, number: usize) {
        self.under_way.remove(&number);
        self.show_names();
        self.bar.inc(1);
    }

    fn show_names(&self) {
        let comma = say!("、", ", ");
        let names: Vec<&str> = self.under_way.values().map(String::as_str).collect();
        self.bar.set_message(names.join(comma.get(self.lang)));
    }

    /// Prints while the bar is out of the way.
    pub fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// How long the rest will take, by the pace so far.
fn left(state: &ProgressState) -> Words {
    if state.pos() == 0 {
        return say!("", "");
    }
    let (minutes, seconds) = (state.eta().as_secs() / 60, state.eta().as_secs() % 60);
    match minutes {
        0 => say!("剩余约 {seconds} 秒  ", "{seconds} s left  "),
        1..60 => say!("剩余约 {minutes} 分 {seconds} 秒  ", "{minutes} min {seconds} s left  "),
        _ => {
            let (hours, minutes) = (minutes / 60, minutes % 60);
            say!("剩余约 {hours} 小时 {minutes} 分  ", "{hours} h {minutes} min left  ")
        }
    }
}
