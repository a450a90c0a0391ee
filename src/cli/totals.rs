//! `shenbao totals`

use shenbao::export::table::{Style, declaration, declarations};
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
    // Of each, what will be given and no more: the declarations of a province do not fit into memory.
    let (mut texts, mut rows) = (Vec::new(), Vec::new());
    let single = folders.len() == 1;
    let tabulated = !single && args.format == TotalsFormat::Text && !args.values && !args.explain;
    for folder in &folders {
        let Prepared { sources, findings, whole, .. } = prepare(folder);
        let told = ui.tell(findings, &sources);
        outcome = outcome.max(told);
        let Some(whole) = whole.filter(|_| told == Outcome::Done) else { continue };
        if tabulated {
            rows.push(declaration(&folder.shown(), &whole, ui.lang()));
        } else {
            texts.push(one(&whole, args, ui));
        }
    }
    if texts.is_empty() && rows.is_empty() {
        return outcome;
    }
    let given = if tabulated {
        let style = Style { lang: ui.lang(), unit: AmountUnit::Yuan };
        drawn(&declarations(rows, style), ui.given().width, 1)
    } else if args.format == TotalsFormat::Json && !single {
        let list: Vec<&str> = texts.iter().map(|json| json.trim_end()).collect();
        format!("[\n{}\n]\n", list.join(",\n"))
    } else {
        texts.join("\n")
    };
    outcome.max(ui.give(&given))
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
