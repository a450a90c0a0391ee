//! The paths by which texts, forms and pages name a value: `total`, `cost.ID.price`, `indicator.weight`.
//!
//! A text takes a value as `{{path}}` or `{{path | format}}`, a form's cell as `value = "path"` or `"path | format"`.

mod format;

pub use format::{Format, Printed, Unit, printed};

/// The paths that the overview of any declaration may name; `ID` stands for the id of a project.
pub const OVERVIEW: &[&str] = &[
    "year",
    "unit.name",
    "department.name",
    "break",
    "total",
    "annual",
    "budget_units",
    "project.count",
    "project.names",
    "project.list",
    "project.annual_list",
    "printed.count",
    "printed.total",
    "printed.annual",
    "project.ID.name",
    "project.ID.total",
    "project.ID.annual",
];

/// How many paths come first that texts of every scope have.
pub const COMMON: usize = 4;

/// The paths that a text of a project may name, besides `declaration.` and a path of the overview; `ID` stands for the
/// id of a cost or sub-project.
pub const PROJECT: &[&str] = &[
    "year",
    "unit.name",
    "department.name",
    "break",
    "total",
    "exact",
    "annual",
    "fiscal",
    "fiscal_annual",
    "appropriation",
    "carried_over",
    "other",
    "other_annual",
    "name",
    "nature",
    "category",
    "code",
    "attribute",
    "type",
    "start",
    "end",
    "period",
    "indicator.count",
    "subproject.count",
    "subproject.names",
    "subproject.list",
    "subproject.annual_list",
    "subproject.ID.name",
    "subproject.ID.total",
    "subproject.ID.annual",
    "subproject.ID.start",
    "subproject.ID.end",
    "subproject.ID.period",
    "subproject.ID.cost.count",
    "subproject.ID.cost.names",
    "subproject.ID.cost.list",
    "subproject.ID.cost.annual_list",
    "subproject.ID.cost.ID.…",
    "cost.count",
    "cost.names",
    "cost.list",
    "cost.annual_list",
    "cost.ID.name",
    "cost.ID.amount",
    "cost.ID.annual",
    "cost.ID.formula",
    "cost.ID.price",
    "cost.ID.quantity",
    "cost.ID.percent",
];

/// What only the cells of a form show, besides the paths of a project that name no id; `ID` stands for the id of a section
/// or of a source of funds.
pub const FORM: &[&str] = &[
    "date",
    "years.last",
    "years.before",
    "unit.code",
    "department.code",
    "goal.overall",
    "goal.annual",
    "narrative.ID",
    "indicator.weights",
    "unit.functions",
    "leader",
    "leader_phone",
    "contact",
    "contact_phone",
    "subject",
    "class",
    "source.ID.amount",
    "source.ID.total",
    "source.ID.last_year",
    "source.ID.last_year_spent",
    "source.ID.year_before",
    "source.last_year",
    "source.last_year_spent",
    "source.year_before",
    "cost.last_year",
    "cost.last_year_spent",
    "cost.year_before",
    "sign_off.preparer",
    "sign_off.reviewer",
    "sign_off.head",
    "sign_off.finance",
    "sign_off.phone",
    "sign_off.date",
];

/// What only the forms of self-evaluations show; `ID` stands for the id of a source of funds.
pub const EVALUATION: &[&str] = &[
    "achieved",
    "process",
    "conclusion",
    "problems",
    "measures",
    "spending.start",
    "spending.adjusted",
    "spending.spent",
    "spending.rate",
    "spending.ID.start",
    "spending.ID.adjusted",
    "spending.ID.spent",
    "spending.ID.rate",
    "execution.weight",
    "execution.score",
    "execution.reason",
    "score.weights",
    "score.total",
    "score.grade",
];

/// What only the forms of departments show: the sums of its tasks, of its income and of its outlay, and single lines of
/// these, whose id in the form `ID` stands for.
pub const DEPARTMENT: &[&str] = &[
    "until",
    "task.amount",
    "task.fiscal",
    "task.other",
    "income.amount",
    "income.share",
    "income.last_year",
    "income.year_before",
    "income.ID.amount",
    "income.ID.share",
    "income.ID.last_year",
    "income.ID.year_before",
    "outlay.amount",
    "outlay.share",
    "outlay.last_year",
    "outlay.year_before",
    "outlay.ID.amount",
    "outlay.ID.share",
    "outlay.ID.last_year",
    "outlay.ID.year_before",
];

/// What names a person or a way to reach one: not for the public.
pub fn is_private(path: &str) -> bool {
    matches!(path, "leader" | "leader_phone" | "contact" | "contact_phone" | "sign_off.phone")
}

/// A list that a form repeats rows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// `[[indicator]]` of the declaration's year, in the order of the form's tree.
    Indicator,
    /// `[[indicator]]` of the whole term, likewise.
    OverallIndicator,
    /// Both side by side, those of a kind in the same rows.
    IndicatorPair,
    /// `[[funding.source]]`
    Source,
    /// `[[cost]]`, also of sub-projects.
    Cost,
    /// `[[subproject]]`
    Subproject,
    /// `[[schedule]]`
    Schedule,
    /// The results of the indicators, in the order of the form's tree; on forms of evaluations.
    Result,
    /// The execution of the budget by source; on forms of evaluations.
    Spending,
    /// `[[task]]`; on forms of departments.
    Task,
    /// `[[income]]`, likewise.
    Income,
    /// `[[outlay]]`, likewise.
    Outlay,
    /// The projects of the declaration, likewise.
    Project,
}

impl List {
    /// Every list.
    pub const ALL: [List; 13] = [
        List::Indicator,
        List::OverallIndicator,
        List::IndicatorPair,
        List::Source,
        List::Cost,
        List::Subproject,
        List::Schedule,
        List::Result,
        List::Spending,
        List::Task,
        List::Income,
        List::Outlay,
        List::Project,
    ];

    /// Whether only the forms of evaluations repeat rows for it.
    pub fn is_of_evaluation(self) -> bool {
        matches!(self, List::Result | List::Spending)
    }

    /// Whether only the forms of departments do.
    pub fn is_of_department(self) -> bool {
        matches!(self, List::Task | List::Income | List::Outlay | List::Project)
    }

    /// What a cell that is repeated for its items may show of the item.
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            List::Indicator => &[
                "indicator.level1",
                "indicator.level2",
                "indicator.name",
                "indicator.target",
                "indicator.sign",
                "indicator.number",
                "indicator.unit",
                "indicator.weight",
                "indicator.explanation",
                "indicator.basis",
                "indicator.source",
                "indicator.scoring",
                "indicator.note",
                "indicator.core",
                "indicator.last_year",
                "indicator.year_before",
            ],
            List::OverallIndicator => &[
                "overall_indicator.level1",
                "overall_indicator.level2",
                "overall_indicator.name",
                "overall_indicator.target",
                "overall_indicator.sign",
                "overall_indicator.number",
                "overall_indicator.unit",
                "overall_indicator.weight",
                "overall_indicator.explanation",
                "overall_indicator.scoring",
                "overall_indicator.note",
            ],
            List::IndicatorPair => &["indicator_pair.level1", "indicator_pair.level2"],
            List::Source => &[
                "source.kind",
                "source.amount",
                "source.total",
                "source.last_year",
                "source.last_year_spent",
                "source.year_before",
            ],
            List::Cost => &[
                "cost.subproject",
                "cost.name",
                "cost.amount",
                "cost.annual",
                "cost.formula",
                "cost.quantity",
                "cost.price",
                "cost.percent",
                "cost.basis",
                "cost.last_year",
                "cost.last_year_spent",
                "cost.year_before",
            ],
            List::Subproject => &[
                "subproject.name",
                "subproject.total",
                "subproject.annual",
                "subproject.start",
                "subproject.end",
                "subproject.period",
            ],
            List::Schedule => {
                &["schedule.task", "schedule.start", "schedule.end", "schedule.period", "schedule.note"]
            }
            List::Result => &[
                "result.level1",
                "result.level2",
                "result.name",
                "result.target",
                "result.sign",
                "result.number",
                "result.unit",
                "result.explanation",
                "result.actual",
                "result.grade",
                "result.weight",
                "result.score",
                "result.reason",
            ],
            List::Spending => {
                &["spending.source", "spending.start", "spending.adjusted", "spending.spent", "spending.rate"]
            }
            List::Task => &["task.name", "task.content", "task.amount", "task.fiscal", "task.other"],
            List::Income => {
                &["income.kind", "income.amount", "income.share", "income.last_year", "income.year_before"]
            }
            List::Outlay => {
                &["outlay.kind", "outlay.amount", "outlay.share", "outlay.last_year", "outlay.year_before"]
            }
            List::Project => {
                &["project.name", "project.unit", "project.annual", "project.fiscal", "project.other"]
            }
        }
    }

    /// The lists whose items its items are, or have.
    pub fn with_parts(self) -> impl Iterator<Item = List> {
        let parts: &[List] = match self {
            List::IndicatorPair => &[List::OverallIndicator, List::Indicator],
            _ => &[],
        };
        [self].into_iter().chain(parts.iter().copied())
    }
}

/// A value as a text or a form names it: its path, and the format behind `|`.
pub fn split(written: &str) -> (&str, Option<&str>) {
    match written.split_once('|') {
        Some((path, format)) => (path.trim(), Some(format.trim())),
        None => (written.trim(), None),
    }
}

/// Whether the value at this path has paragraphs: a goal, or a section of the narrative.
pub fn is_body(path: &str) -> bool {
    matches!(path, "goal.overall" | "goal.annual") || path.starts_with("narrative.")
}

/// What stands between `{{` and `}}` in a label, in its order.
pub fn taken(label: &str) -> impl Iterator<Item = &str> {
    label.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(written, _)| written)
}

/// Every path that a cell of a form may show, where `of_kind` are those that only forms of its kind show, `repeated` is the
/// list whose items its rows are repeated for, and `sections` are the ids of the form's sections.
pub fn of_form<'p>(
    of_kind: &'static [&'static str],
    repeated: Option<List>,
    sections: impl Iterator<Item = &'p str>,
) -> impl Iterator<Item = String> {
    let plain = |path: &&&str| !path.contains("ID") && **path != "break";
    let own = PROJECT.iter().chain(FORM).chain(of_kind).filter(plain).map(|path| (*path).to_owned());
    let whole = OVERVIEW.iter().skip(COMMON).filter(plain).map(|path| format!("declaration.{path}"));
    let items =
        repeated.into_iter().flat_map(List::with_parts).flat_map(List::paths).map(|path| (*path).to_owned());
    let sections: Vec<String> = sections.map(|id| format!("narrative.{id}")).collect();
    items.chain(own).chain(whole).chain(sections)
}

/// Every path that names a value of the declaration as a whole by no id.
pub fn of_overview() -> impl Iterator<Item = &'static str> {
    OVERVIEW.iter().copied().filter(|path| !path.contains("ID") && *path != "break")
}

/// The general path that one with an id follows: `cost.meals.price` follows `cost.ID.price`.
fn follows(path: &str, pattern: &str) -> bool {
    let mut steps = path.split('.');
    if let Some(before) = pattern.strip_suffix(".…") {
        let (own, last) = path.rsplit_once('.').unwrap_or((path, ""));
        return PROJECT.contains(&format!("cost.ID.{last}").as_str()) && follows(own, before);
    }
    let same = |own: &str| steps.next().is_some_and(|step| own == step || (own == "ID" && !step.is_empty()));
    pattern.split('.').all(same) && steps.next().is_none()
}

/// Whether only forms show this path, and texts do not take it.
pub fn is_only_of_forms(path: &str) -> bool {
    FORM.iter().any(|pattern| follows(path, pattern))
}

/// Whether a cell may show this path: one of those of `of_form`, or one of a part that the declaration names by its id.
pub fn is_of_form<'p>(
    path: &str,
    of_kind: &'static [&'static str],
    repeated: Option<List>,
    sections: impl Iterator<Item = &'p str>,
) -> bool {
    let named = |pattern: &&&str| pattern.contains("ID") && **pattern != "narrative.ID";
    of_form(of_kind, repeated, sections).any(|known| known == path)
        || PROJECT.iter().chain(FORM).chain(of_kind).filter(named).any(|pattern| follows(path, pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_a_path_and_may_have_a_format() {
        assert_eq!(split(" total | 万元,.2 "), ("total", Some("万元,.2")));
        assert_eq!(split("name"), ("name", None));
        assert_eq!(taken("目标（{{start | year}}年—{{end}}）").collect::<Vec<_>>(), ["start | year", "end"]);
    }

    #[test]
    fn a_cell_shows_what_its_rows_are_repeated_for() {
        let shows = |path, list| is_of_form(path, &[], list, ["overview"].into_iter());
        assert!(
            shows("total", None) && shows("declaration.total", None) && shows("narrative.overview", None)
        );
        assert!(shows("indicator.weight", Some(List::Indicator)) && !shows("indicator.weight", None));
        assert!(
            shows("subproject.hall.cost.meals.price", None)
                && !shows("subproject.hall.cost.meals.prise", None)
        );
        assert!(shows("cost.meals.price", None) && !shows("cost.meals.prise", None));
        assert!(
            !shows("cost.ID.price.more", None) && !shows("narrative.plan", None) && !shows("break", None)
        );
    }
}
