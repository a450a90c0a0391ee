//! `shenbao explain`

use shenbao::check;

use super::Outcome;
use super::args::Explain;
use super::check::code_of;
use super::failure::Failure;
use super::ui::Ui;

pub fn run(args: &Explain, ui: &Ui) -> Outcome {
    let Some(text) = &args.code else { return ui.give(&check::list(ui.lang())) };
    match code_of(text) {
        Ok(code) => ui.give(&check::explain(code, ui.lang())),
        Err(words) => Failure::usage(words).told(ui),
    }
}
