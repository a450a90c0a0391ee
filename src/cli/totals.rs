//! `shenbao totals`

use shenbao::export::{scores_text, totals_json, totals_text, values_json, values_text};
use shenbao::narrative::values;
use shenbao::pipeline::{Prepared, Whole, prepare};

use super::args::{Totals, TotalsFormat};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Totals, ui: &Ui) -> Outcome {
    let folder = match folders::one(&args.folder) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let Prepared { sources, findings, whole, .. } = prepare(&folder);
    let outcome = ui.tell(findings, &sources);
    let Some(Whole { declaration, profile, ledger, evaluation, .. }) =
        whole.filter(|_| outcome == Outcome::Done)
    else {
        return outcome;
    };
    if args.values {
        let values = values(&declaration, &ledger, &profile);
        return ui.give(&match args.format {
            TotalsFormat::Text => values_text(&declaration, &values, ui.lang()),
            TotalsFormat::Json => values_json(&declaration, &values),
        });
    }
    ui.give(&match args.format {
        TotalsFormat::Text => {
            let scores = evaluation.map(|own| scores_text(&declaration, &own, ui.lang(), args.explain));
            totals_text(&declaration, &ledger, ui.lang(), args.explain) + &scores.unwrap_or_default()
        }
        TotalsFormat::Json => totals_json(&declaration, &ledger),
    })
}
