//! The ledger as JSON. Amounts are strings in 元 with two decimals at least, so that no reader loses a 分.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compute::{BudgetLedger, Derivation, Entry, Ledger, Node, Of, Scored, tree};
use crate::lang::Lang;
use crate::model::{BudgetLine, Declaration, Money, Project, Text, Year};
use crate::narrative::Evaluated;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<DepartmentJson<'a>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    evaluation: Option<EvaluationJson<'a>>,
}

/// 部门整体绩效目标
#[derive(Serialize)]
struct DepartmentJson<'a> {
    form: &'a str,
    tasks: Vec<TaskJson<'a>>,
    income: BudgetJson<'a>,
    outlay: BudgetJson<'a>,
}

#[derive(Serialize)]
struct TaskJson<'a> {
    name: Names<'a>,
    projects: Vec<&'a str>,
    amount: EntryJson<'a>,
    fiscal: EntryJson<'a>,
    other: EntryJson<'a>,
}

#[derive(Serialize)]
struct BudgetJson<'a> {
    total: EntryJson<'a>,
    lines: Vec<LineJson<'a>>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    kind: Names<'a>,
    amount: EntryJson<'a>,
}

/// 绩效自评
#[derive(Serialize)]
struct EvaluationJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    execution: Option<ScoreJson>,
    indicators: Vec<ResultJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'a str>,
}

#[derive(Serialize)]
struct ResultJson<'a> {
    name: Names<'a>,
    #[serde(flatten)]
    score: ScoreJson,
}

#[derive(Serialize)]
struct ScoreJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<String>,
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

/// What a declaration may have besides its projects.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Its self-evaluation.
    pub evaluation: Option<&'a Evaluated>,
    /// The department as a whole.
    pub department: Option<(&'a Declaration, &'a Ledger)>,
}

/// Writes the ledger as JSON, ending in a line break.
pub fn totals_json(declaration: &Declaration, ledger: &Ledger, beside: Beside<'_>) -> String {
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
        projects: tree
            .children
            .iter()
            .enumerate()
            .filter_map(|(index, node)| project_json(node, index, beside.evaluation))
            .collect(),
        department: beside.department.and_then(|(declaration, ledger)| department_json(declaration, ledger)),
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

fn department_json<'a>(declaration: &'a Declaration, ledger: &'a Ledger) -> Option<DepartmentJson<'a>> {
    let (written, own) = declaration.of_department.as_deref().zip(ledger.department.as_deref())?;
    let tasks = written.tasks.iter().zip(&own.tasks).map(|(task, own)| TaskJson {
        name: (&task.name).into(),
        projects: task.projects.iter().map(|id| id.value.as_str()).collect(),
        amount: entry(&own.amount),
        fiscal: entry(&own.fiscal),
        other: entry(&own.other),
    });
    Some(DepartmentJson {
        form: &written.form.value,
        tasks: tasks.collect(),
        income: budget_json(&written.income, &own.income),
        outlay: budget_json(&written.outlay, &own.outlay),
    })
}

fn budget_json<'a>(written: &'a [BudgetLine], own: &'a BudgetLedger) -> BudgetJson<'a> {
    let lines = written.iter().zip(&own.lines).map(|(line, amount)| LineJson {
        id: line.id.as_deref(),
        kind: (&line.kind).into(),
        amount: entry(amount),
    });
    BudgetJson { total: entry(&own.sum), lines: lines.collect() }
}

fn evaluation_json<'a>(
    project: &'a Project,
    index: usize,
    evaluated: &'a Evaluated,
) -> Option<EvaluationJson<'a>> {
    let (outcome, own) = project.outcome.as_ref().zip(evaluated.projects.get(index)?.as_ref())?;
    let score = |own: &Scored| ScoreJson {
        weight: own.weight.map(|weight| weight.normalize().to_string()),
        score: own.score.map(|score| score.normalize().to_string()),
    };
    let grades = evaluated.profile.evaluation.as_ref().map(|scheme| scheme.grades.as_slice());
    let results = outcome.indicators.iter().zip(&own.indicators);
    Some(EvaluationJson {
        execution: own.execution.as_ref().map(score),
        indicators: results
            .map(|(result, own)| ResultJson { name: (&result.name).into(), score: score(own) })
            .collect(),
        total: own.total.map(|total| total.normalize().to_string()),
        grade: own.grade.and_then(|place| Some(grades?.get(place)?.name.zh.as_str())),
    })
}

fn project_json<'a>(
    node: &Node<'a>,
    index: usize,
    evaluated: Option<&'a Evaluated>,
) -> Option<ProjectJson<'a>> {
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
        evaluation: evaluated.and_then(|own| evaluation_json(project, index, own)),
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
