//! `shenbao totals`

use std::path::PathBuf;

use shenbao::export::table::{Style, declarations};
use shenbao::export::{
    Beside, department_text, scores_text, totals_json, totals_text, values_json, values_text,
};
use shenbao::form::AmountUnit;
use shenbao::narrative::{Scope, values};
use shenbao::pipeline::{Prepared, Whole, prepare};
use shenbao::source::Shown;

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
    let Whole { declaration, ledger, evaluation, department, .. } = whole;
    if args.values {
        return values_of(whole, args, ui);
    }
    match args.format {
        TotalsFormat::Text => {
            let (lang, explain) = (ui.lang(), args.explain);
            let scores = evaluation.as_ref().map(|own| scores_text(declaration, own, lang, explain));
            let whole = department
                .as_ref()
                .map(|own| department_text(&own.declaration, &own.ledger, &own.profile, lang, explain));
            let more = [scores, whole].into_iter().flatten().collect::<String>();
            totals_text(declaration, ledger, lang, explain) + &more
        }
        TotalsFormat::Json => {
            let department = department.as_ref().map(|own| (&own.declaration, &own.ledger));
            totals_json(declaration, ledger, Beside { evaluation: evaluation.as_ref(), department })
        }
    }
}

fn values_of(whole: &Whole, args: &Totals, ui: &Ui) -> String {
    let Whole { declaration, profile, ledger, department, .. } = whole;
    let of_projects = values(declaration, ledger, profile);
    let of_department = department.as_ref().map(|own| {
        let mut all = values(&own.declaration, &own.ledger, &own.profile);
        all.retain(|value| value.scope != Scope::Overview);
        (own.declaration.clone(), all)
    });
    match args.format {
        TotalsFormat::Text => {
            let own = of_department.map(|(own, all)| values_text(&own, &all, ui.lang()));
            let own = own.map(|text| format!("\n{text}")).unwrap_or_default();
            values_text(declaration, &of_projects, ui.lang()) + &own
        }
        TotalsFormat::Json => values_json(declaration, &of_projects, of_department.as_ref()),
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
                all.iter().map(|(folder, whole)| (folder.shown(), whole)).collect();
            let style = Style { lang: ui.lang(), unit: AmountUnit::Yuan };
            drawn(&declarations(&named, style), ui.given().width, 1)
        }
    }
}
