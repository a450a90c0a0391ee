//! The ledger as JSON. Amounts are strings in 元 with two decimals at least, so that no reader loses a 分.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compute::{Derivation, Entry, Ledger, Node, Of, tree};
use crate::lang::Lang;
use crate::model::{Declaration, Money, Text, Year};

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
    let tree = tree(declaration, ledger);
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
        projects: tree.children.iter().filter_map(project_json).collect(),
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

fn project_json<'a>(node: &Node<'a>) -> Option<ProjectJson<'a>> {
    let Of::Project(project, ledger) = node.of else { return None };
    Some(ProjectJson {
        number: project.number,
        id: project.id.as_str(),
        name: (&project.name).into(),
        total: entry(node.total),
        exact: entry(&ledger.total.exact),
        annual: entry(&ledger.annual),
        fiscal: entry(&ledger.fiscal),
        appropriation: entry(&ledger.appropriation),
        carried_over: entry(&ledger.carried_over),
        other: entry(&ledger.other),
        other_annual: entry(&ledger.other_annual),
        years: by_year(&ledger.years.known),
        other_years: (!ledger.years.undated.is_zero()).then(|| plain(ledger.years.undated)),
        costs: node.children.iter().filter_map(cost_json).collect(),
        subprojects: node.children.iter().filter_map(subproject_json).collect(),
    })
}

fn subproject_json<'a>(node: &Node<'a>) -> Option<SubprojectJson<'a>> {
    let Of::Subproject(subproject, ledger) = node.of else { return None };
    Some(SubprojectJson {
        id: subproject.id.value.as_str(),
        name: (&subproject.name).into(),
        total: entry(node.total),
        annual: plain(ledger.annual),
        costs: node.children.iter().filter_map(cost_json).collect(),
    })
}

fn cost_json<'a>(node: &Node<'a>) -> Option<CostJson<'a>> {
    let Of::Cost(cost, ledger) = node.of else { return None };
    let (id, total) = (node.id(), entry(node.total));
    Some(CostJson { id, name: (&cost.name).into(), total, annual: plain(ledger.annual) })
}
