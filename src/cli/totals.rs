//! `shenbao totals`

use shenbao::export::{
    Beside, department_text, scores_text, totals_json, totals_text, values_json, values_text,
};
use shenbao::narrative::{Scope, values};
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
    let Some(Whole { declaration, profile, ledger, evaluation, department, .. }) =
        whole.filter(|_| outcome == Outcome::Done)
    else {
        return outcome;
    };
    if args.values {
        let of_projects = values(&declaration, &ledger, &profile);
        let of_department = department.map(|own| {
            let mut all = values(&own.declaration, &own.ledger, &own.profile);
            all.retain(|value| value.scope != Scope::Overview);
            (own.declaration, all)
        });
        return ui.give(&match args.format {
            TotalsFormat::Text => {
                let own = of_department.map(|(own, all)| values_text(&own, &all, ui.lang()));
                let own = own.map(|text| format!("\n{text}")).unwrap_or_default();
                values_text(&declaration, &of_projects, ui.lang()) + &own
            }
            TotalsFormat::Json => values_json(&declaration, &of_projects, of_department.as_ref()),
        });
    }
    ui.give(&match args.format {
        TotalsFormat::Text => {
            let (lang, explain) = (ui.lang(), args.explain);
            let scores = evaluation.map(|own| scores_text(&declaration, &own, lang, explain));
            let whole = department
                .map(|own| department_text(&own.declaration, &own.ledger, &own.profile, lang, explain));
            let more = [scores, whole].into_iter().flatten().collect::<String>();
            totals_text(&declaration, &ledger, lang, explain) + &more
        }
        TotalsFormat::Json => {
            let department = department.as_ref().map(|own| (&own.declaration, &own.ledger));
            totals_json(&declaration, &ledger, Beside { evaluation: evaluation.as_ref(), department })
        }
    })
}
