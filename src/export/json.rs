//! The ledger as JSON. Amounts are strings in 元 with two decimals at least, so that no reader loses a 分.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compute::{CostLedger, Derivation, Entry, Ledger, ProjectLedger};
use crate::lang::Lang;
use crate::model::{Cost, Declaration, Money, Project, Text, Year};

#[derive(Serialize)]
struct DeclarationJson<'a> {
    unit: Names<'a>,
    year: Year,
    form: &'a str,
    total: EntryJson<'a>,
    annual: EntryJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<DeclaredJson>,
    projects: Vec<ProjectJson<'a>>,
}

#[derive(Serialize)]
struct DeclaredJson {
    projects: u32,
    amount: String,
}

#[derive(Serialize)]
struct Names<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
}

impl<'a> From<&'a Text> for Names<'a> {
    fn from(text: &'a Text) -> Self {
        let get = |lang| text.exactly(lang).map(|prose| prose.value.trim());
        Names { zh: get(Lang::Zh), en: get(Lang::En) }
    }
}

#[derive(Serialize)]
struct ProjectJson<'a> {
    number: u32,
    id: &'a str,
    name: Names<'a>,
    total: EntryJson<'a>,
    exact: EntryJson<'a>,
    annual: EntryJson<'a>,
    fiscal: EntryJson<'a>,
    appropriation: EntryJson<'a>,
    carried_over: EntryJson<'a>,
    other: EntryJson<'a>,
    other_annual: EntryJson<'a>,
    years: BTreeMap<Year, String>,
    /// Of the years whose split is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_years: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    costs: Vec<CostJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subprojects: Vec<SubprojectJson<'a>>,
}

#[derive(Serialize)]
struct SubprojectJson<'a> {
    id: &'a str,
    name: Names<'a>,
    total: EntryJson<'a>,
    annual: String,
    costs: Vec<CostJson<'a>>,
}

#[derive(Serialize)]
struct CostJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: Names<'a>,
    total: EntryJson<'a>,
    annual: String,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    amount: String,
    from: HowJson<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum HowJson<'a> {
    Stated,
    Absent,
    Product {
        quantity: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Names<'a>>,
        price: String,
    },
    Share {
        percent: String,
        of: Names<'a>,
        base: String,
    },
    Sum {
        terms: Vec<TermJson<'a>>,
    },
    Years {
        years: BTreeMap<Year, String>,
    },
    Rounded {
        exact: String,
        step: String,
    },
    Remainder {
        whole: String,
        less: Vec<String>,
    },
}

#[derive(Serialize)]
struct TermJson<'a> {
    name: Names<'a>,
    amount: String,
}

/// Writes the ledger as JSON, ending in a line break.
pub fn totals_json(declaration: &Declaration, ledger: &Ledger) -> String {
    let projects = declaration.projects.iter().zip(&ledger.projects);
    let json = DeclarationJson {
        unit: (&declaration.unit.name).into(),
        year: declaration.year,
        form: &declaration.form,
        total: entry(&ledger.printed.total),
        annual: entry(&ledger.printed.annual),
        declared: declaration.overview.declared.map(|declared| DeclaredJson {
            projects: declared.projects.value,
            amount: plain(declared.amount.value),
        }),
        projects: projects.map(|(project, ledger)| project_json(project, ledger)).collect(),
    };
    // Strings and numbers alone cannot fail to serialize.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

fn plain(amount: Money) -> String {
    amount.exact_form().replace(',', "")
}

fn by_year(years: &BTreeMap<Year, Money>) -> BTreeMap<Year, String> {
    years.iter().map(|(year, amount)| (*year, plain(*amount))).collect()
}

fn entry(entry: &Entry) -> EntryJson<'_> {
    let from = match &entry.from {
        Derivation::Stated(_) => HowJson::Stated,
        Derivation::Absent => HowJson::Absent,
        Derivation::Product { quantity, unit, price } => HowJson::Product {
            quantity: quantity.normalize().to_string(),
            unit: unit.as_ref().map(Into::into),
            price: plain(*price),
        },
        Derivation::Share { percent, of, base } => {
            HowJson::Share { percent: percent.normalize().to_string(), of: of.into(), base: plain(*base) }
        }
        Derivation::Sum(terms) => HowJson::Sum {
            terms: terms
                .iter()
                .map(|term| TermJson { name: (&term.name).into(), amount: plain(term.amount) })
                .collect(),
        },
        Derivation::Years(years) => HowJson::Years { years: by_year(years) },
        Derivation::Rounded { exact, step } => HowJson::Rounded { exact: plain(*exact), step: plain(*step) },
        Derivation::Remainder { whole, less } => HowJson::Remainder {
            whole: plain(*whole),
            less: less.iter().map(|(_, amount)| plain(*amount)).collect(),
        },
    };
    EntryJson { amount: plain(entry.amount), from }
}

fn cost_json<'a>((cost, ledger): (&'a Cost, &'a CostLedger)) -> CostJson<'a> {
    CostJson {
        id: cost.id.as_ref().map(|id| id.value.as_str()),
        name: (&cost.name).into(),
        total: entry(&ledger.total),
        annual: plain(ledger.annual),
    }
}

fn project_json<'a>(project: &'a Project, ledger: &'a ProjectLedger) -> ProjectJson<'a> {
    let subprojects = project.subprojects.iter().zip(&ledger.subprojects);
    ProjectJson {
        number: project.number,
        id: project.id.as_str(),
        name: (&project.name).into(),
        total: entry(&ledger.total.rounded),
        exact: entry(&ledger.total.exact),
        annual: entry(&ledger.annual),
        fiscal: entry(&ledger.fiscal),
        appropriation: entry(&ledger.appropriation),
        carried_over: entry(&ledger.carried_over),
        other: entry(&ledger.other),
        other_annual: entry(&ledger.other_annual),
        years: by_year(&ledger.years.known),
        other_years: (!ledger.years.undated.is_zero()).then(|| plain(ledger.years.undated)),
        costs: project.costs.iter().zip(&ledger.costs).map(cost_json).collect(),
        subprojects: subprojects
            .map(|(subproject, ledger)| SubprojectJson {
                id: subproject.id.value.as_str(),
                name: (&subproject.name).into(),
                total: entry(&ledger.total),
                annual: plain(ledger.annual),
                costs: subproject.costs.iter().zip(&ledger.costs).map(cost_json).collect(),
            })
            .collect(),
    }
}
