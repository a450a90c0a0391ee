//! Forms as workbooks: the grid that the pages print, with numbers for figures and formulas for totals.

mod flat;
mod formulas;
mod heights;
mod paint;
mod text;

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use super::sheet::Book;
use super::table::{CostRows, Style, costs_with_places};
use crate::document::{Input, document};
use crate::form::AmountUnit;
use crate::lang::Lang;
use crate::model::Money;
use crate::narrative::Evaluated;
use crate::pipeline::Whole;
use formulas::{CostSheet, formulas};
use heights::high;
use paint::{TITLE_ROWS, Titles, paint};

/// What the forms of a declaration are printed with.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'p> {
    /// The declaration.
    pub whole: &'p Whole,
    /// Its languages, or the one that was asked for; never empty.
    pub languages: &'p [Lang],
    /// The self-evaluation, where its forms are printed in place of the declaration's.
    pub evaluation: Option<&'p Evaluated>,
    /// Whether persons and their telephones are left out.
    pub public: bool,
}

/// Adds the form of each project as a sheet, with the sheet of costs that their totals refer to, and gives the number of
/// forms.
///
/// # Errors
///
/// Texts longer than a cell may be.
pub fn forms(book: &mut Book, printed: Printed<'_>) -> Result<usize, XlsxError> {
    let Printed { whole, languages, evaluation, public } = printed;
    let profile = evaluation.map_or(&whole.profile, |own| &own.profile);
    let main = languages.first().copied().unwrap_or(Lang::Zh);
    let document = document(Input {
        declaration: &whole.declaration,
        ledger: &whole.ledger,
        narrative: &whole.narrative,
        profile,
        languages,
        draft: false,
        evaluation,
        public,
        against: None,
    });
    let style = Style { lang: main, unit: profile.grid.money.unit };
    let costs = evaluation.is_none().then(|| costs_with_places(&[whole], style));
    let printed: Vec<_> =
        document.projects.iter().filter_map(|part| Some((part, part.form.as_ref()?))).collect();
    let names: Vec<String> = printed
        .iter()
        .map(|(part, _)| {
            let name = match main {
                Lang::Zh => part.name.zh.as_ref(),
                Lang::En => part.name.en.as_ref(),
            };
            book.reserve(&format!("{} {}", part.number, name.map_or("", String::as_str)))
        })
        .collect();
    let of_costs = costs.as_ref().map(|(table, _)| book.reserve(&table.name));
    for ((part, form), name) in printed.iter().zip(&names) {
        let flat = flat::flat(form, languages, TITLE_ROWS);
        let high = high(flat, TITLE_ROWS);
        let costs = costs.as_ref().zip(of_costs.as_ref()).and_then(|((_, places), sheet)| {
            let index = part.number.checked_sub(1)?;
            cost_sheet(whole, index, places.get(index)?, sheet, style)
        });
        let titles = Titles {
            title: text::of_pair(&form.title, languages),
            year: text::of_pair(&form.year, languages),
            grouping: profile.grid.money.grouping,
        };
        let formulas = formulas(&high.flat, costs.as_ref());
        paint(book.sheet(name)?, &titles, &high, &formulas)?;
    }
    if let Some(((table, _), name)) = costs.zip(of_costs) {
        book.table_on(&name, &table, style)?;
    }
    Ok(names.len())
}

/// What the sheet of costs has of a project.
fn cost_sheet(
    whole: &Whole,
    index: usize,
    places: &CostRows,
    sheet: &str,
    style: Style,
) -> Option<CostSheet> {
    let ledger = whole.ledger.projects.get(index)?;
    let costs = ledger.costs.iter().chain(ledger.subprojects.iter().flat_map(|own| &own.costs));
    let annual = Money::sum(costs.map(|cost| cost.annual))?;
    let fen = Decimal::new(1, if style.unit == AmountUnit::Wan { 6 } else { 2 });
    let step = whole.declaration.round_to.map_or(Some(fen), |step| style.number(step.value))?;
    Some(CostSheet {
        name: format!("'{}'", sheet.replace('\'', "''")),
        amounts: (places.amounts()?, style.number(ledger.total.exact.amount)?),
        annual: (places.annual()?, style.number(annual)?),
        costs: places.rows.clone().map(|row| places.cells(row)).collect(),
        step,
    })
}
