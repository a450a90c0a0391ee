//! `shenbao totals`

use shenbao::compute::compute;
use shenbao::export::{totals_json, totals_text, values_json, values_text};
use shenbao::load::load;
use shenbao::narrative::values;

use super::args::{Totals, TotalsFormat};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Totals, ui: &Ui) -> Outcome {
    let folder = match folders::only(&args.folder) {
        Ok(folder) => folder,
        Err(words) => {
            ui.say(&words);
            return Outcome::Failed;
        }
    };
    let loaded = load(&folder);
    let mut diagnostics = loaded.diagnostics;
    let computed = loaded.declaration.map(|declaration| {
        let ledger = compute(&declaration, &mut diagnostics);
        (declaration, ledger)
    });
    let outcome = ui.tell(diagnostics, &loaded.sources);
    if let (true, Outcome::Done, Some((declaration, ledger)), Some(profile)) =
        (args.values, outcome, &computed, &loaded.profile)
    {
        let values = values(declaration, ledger, profile);
        return ui.give(&match args.format {
            TotalsFormat::Text => values_text(declaration, &values, ui.lang()),
            TotalsFormat::Json => values_json(declaration, &values),
        });
    }
    match computed {
        Some((declaration, ledger)) if outcome == Outcome::Done => ui.give(&match args.format {
            TotalsFormat::Text => totals_text(&declaration, &ledger, ui.lang(), args.explain),
            TotalsFormat::Json => totals_json(&declaration, &ledger),
        }),
        _ => outcome,
    }
}
