//! `shenbao totals`

use std::path::PathBuf;

use shenbao::export::table::{Style, declarations};
use shenbao::export::{scores_text, totals_json, totals_text, values_json, values_text};
use shenbao::form::AmountUnit;
use shenbao::narrative::values;
use shenbao::pipeline::{Prepared, Whole, prepare};

use super::args::{Totals, TotalsFormat};
use super::report::drawn;
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Totals, ui: &Ui) -> Outcome {
    let folders = match folders::resolve(&args.folders) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let mut outcome = Outcome::Done;
    let mut read: Vec<(PathBuf, Whole)> = Vec::new();
    for folder in folders {
        let Prepared { sources, findings, whole, .. } = prepare(&folder);
        let told = ui.tell(findings, &sources);
        outcome = outcome.max(told);
        read.extend(whole.filter(|_| told == Outcome::Done).map(|whole| (folder, whole)));
    }
    let given = match read.as_slice() {
        [] => return outcome,
        [(_, only)] if outcome == Outcome::Done => ui.give(&one(only, args, ui)),
        all => ui.give(&many(all, args, ui)),
    };
    outcome.max(given)
}

fn one(whole: &Whole, args: &Totals, ui: &Ui) -> String {
    let Whole { declaration, profile, ledger, evaluation, .. } = whole;
    if args.values {
        let values = values(declaration, ledger, profile);
        return match args.format {
            TotalsFormat::Text => values_text(declaration, &values, ui.lang()),
            TotalsFormat::Json => values_json(declaration, &values),
        };
    }
    match args.format {
        TotalsFormat::Text => {
            let scores =
                evaluation.as_ref().map(|own| scores_text(declaration, own, ui.lang(), args.explain));
            totals_text(declaration, ledger, ui.lang(), args.explain) + &scores.unwrap_or_default()
        }
        TotalsFormat::Json => totals_json(declaration, ledger),
    }
}

/// Of many, a table; what was asked for of each in particular stands one after the other.
fn many(all: &[(PathBuf, Whole)], args: &Totals, ui: &Ui) -> String {
    let each = || all.iter().map(|(_, whole)| one(whole, args, ui));
    match args.format {
        TotalsFormat::Json => {
            let list: Vec<String> = each().map(|json| json.trim_end().to_owned()).collect();
            format!("[\n{}\n]\n", list.join(",\n"))
        }
        TotalsFormat::Text if args.values || args.explain => each().collect::<Vec<_>>().join("\n"),
        TotalsFormat::Text => {
            let named: Vec<(String, &Whole)> =
                all.iter().map(|(folder, whole)| (folder.display().to_string(), whole)).collect();
            let style = Style { lang: ui.lang(), unit: AmountUnit::Yuan };
            drawn(&declarations(&named, style), ui.given().width, 1)
        }
    }
}
