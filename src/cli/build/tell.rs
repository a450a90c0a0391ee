//! What is said of a declaration that was built, or was not.

use std::time::Duration;

use shenbao::lang::{Words, say};
use shenbao::source::Shown;

use super::one::{Made, Written};
use crate::cli::Outcome;
use crate::cli::ui::Ui;

/// What a declaration makes of the command.
pub(super) fn outcome(made: &Made) -> Outcome {
    let found = Outcome::of(&made.diagnostics);
    if made.written.is_none() { found.max(Outcome::Findings) } else { found }
}

/// Tells the findings and what was written.
pub(super) fn tell(made: &mut Made, draft: bool, timings: bool, ui: &Ui) -> Outcome {
    let outcome = outcome(made);
    ui.tell(std::mem::take(&mut made.diagnostics), &made.sources);
    if let Some(remark) = &made.remark {
        ui.say(remark);
    }
    if made.refused {
        ui.say(&refused());
    }
    let Some(written) = &made.written else { return outcome };
    if ui.talks() {
        if let Some(note) = &written.stand_in {
            ui.say(note);
        }
        ui.say(&summary(written));
    }
    if draft {
        ui.say(&drafted());
    }
    if timings {
        ui.say_text(&made.timings.line());
    }
    outcome
}

/// A line for what was written.
pub(in crate::cli) fn summary(written: &Written) -> Words {
    let (path, pages) = (written.file.shown(), written.pages);
    let kilobytes = written.size.div_ceil(1024);
    let took = seconds(written.took);
    let (zh, en) = (written.total.in_wan(Some(2)), written.total.english());
    Words {
        zh: format!("{path}  {pages} 页  {kilobytes} KB  {}  合计 {zh}", took.zh),
        en: format!("{path}  {pages} pages  {kilobytes} KB  {}  total {en}", took.en),
    }
}

/// `0.03 秒`
pub(super) fn seconds(took: Duration) -> Words {
    let (seconds, hundredths) = (took.as_secs(), took.subsec_millis() / 10);
    say!("{seconds}.{hundredths:02} 秒", "{seconds}.{hundredths:02} s")
}

/// What is said of a draft.
pub(super) fn drafted() -> Words {
    say!("没有检查，每页标明“草稿”", "not checked: each page is marked as a draft")
}

/// What is said when a rule keeps a declaration from being built.
pub(super) fn refused() -> Words {
    say!(
        "没有生成文件：请先改正以上错误；要先看样子，用 --no-check 生成草稿",
        "nothing was built: fix these errors first; to see the pages anyway, build a draft with --no-check"
    )
}
