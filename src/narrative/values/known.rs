//! Every path that a text of a declaration may name.

use super::Scope;
use crate::model::{Cost, CostBasis, Declaration, Project};
use crate::paths::{COMMON, DEPARTMENT, OVERVIEW, PROJECT};

/// Every path that a text in this scope may name.
pub fn paths(declaration: &Declaration, scope: Scope) -> Vec<String> {
    let (common, whole) = OVERVIEW.split_at(COMMON);
    let mut paths: Vec<String> = common.iter().map(|path| (*path).to_owned()).collect();
    let mut whole: Vec<String> = of_any(whole).collect();
    for project in &declaration.projects {
        let id = &project.id;
        whole.extend(["name", "total", "annual"].map(|what| format!("project.{id}.{what}")));
    }
    let index = match scope {
        Scope::Overview => {
            paths.extend(whole);
            return paths;
        }
        Scope::Project(index) => index,
    };
    paths.extend(whole.iter().map(|path| format!("declaration.{path}")));
    if let Some(project) = declaration.projects.get(index) {
        project_paths(project, &mut paths);
        // A list of nothing is no value.
        let empty = |of: &str, none: bool| {
            none.then_some(["names", "list", "annual_list"].map(|what| format!("{of}.{what}")))
        };
        let empty =
            [empty("subproject", project.subprojects.is_empty()), empty("cost", project.costs.is_empty())];
        paths.retain(|path| !empty.iter().flatten().flatten().any(|own| own == path));
        if project.number == 0 {
            paths.extend(department_paths(declaration));
        }
    }
    paths
}

/// Those of a list that name no id.
fn of_any(paths: &[&str]) -> impl Iterator<Item = String> {
    paths.iter().filter(|path| !path.contains("ID")).map(|path| (*path).to_owned())
}

/// What a department has besides: the sums of its tasks, its income and outlay, and the lines that its form names.
fn department_paths(declaration: &Declaration) -> Vec<String> {
    let Some(own) = declaration.of_department.as_deref() else { return Vec::new() };
    let mut paths: Vec<String> = of_any(DEPARTMENT).collect();
    for (list, lines) in [("income", &own.income), ("outlay", &own.outlay)] {
        for id in lines.iter().filter_map(|line| line.id.as_ref()) {
            let what = ["amount", "share", "last_year", "year_before"];
            paths.extend(what.map(|what| format!("{list}.{id}.{what}")));
        }
    }
    paths
}

fn project_paths(project: &Project, paths: &mut Vec<String>) {
    let (_, own) = PROJECT.split_at(COMMON);
    let given = |path: &String| match path.as_str() {
        "code" => project.code.is_some(),
        "nature" => project.nature.is_some(),
        "category" => project.category.is_some(),
        "attribute" => project.attribute.is_some(),
        "type" => project.project_type.is_some(),
        _ => true,
    };
    paths.extend(of_any(own).filter(given));
    paths.extend(project.unit.as_ref().map(|_| "declaration.unit.name".to_owned()));
    for cost in &project.costs {
        cost_paths(cost, "cost", paths);
    }
    for subproject in &project.subprojects {
        let id = &subproject.id.value;
        let what = PROJECT.iter().filter_map(|path| path.strip_prefix("subproject.ID."));
        paths.extend(what.filter(|what| !what.contains("ID")).map(|what| format!("subproject.{id}.{what}")));
        for cost in &subproject.costs {
            cost_paths(cost, "cost", paths);
            cost_paths(cost, &format!("subproject.{id}.cost"), paths);
        }
    }
}

fn cost_paths(cost: &Cost, before: &str, paths: &mut Vec<String>) {
    let Some(id) = &cost.id else { return };
    let own: &[&str] = match cost.amount {
        CostBasis::Product { .. } => &["price", "quantity"],
        CostBasis::Share { .. } => &["percent"],
        CostBasis::Stated(_) => &[],
    };
    for what in ["name", "amount", "annual", "formula"].iter().chain(own) {
        paths.push(format!("{before}.{}.{what}", id.value));
    }
}
